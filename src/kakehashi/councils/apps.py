"""Django's name tag, and the councils' place in the menu."""

from typing import Any

from django.apps import AppConfig

from kakehashi.kernel.words import _
from kakehashi.web.navigation import Entry, register


class Councils(AppConfig):
    """The part `councils`."""

    name = "kakehashi.councils"

    def ready(self) -> None:
        """Offer the councils to those who may know of resolutions."""
        register(
            Entry(
                order=75,
                label=_("Councils"),
                url_name="councils:councils",
                may=_reads_resolutions,
                match="councils",
            )
        )


def _reads_resolutions(person: Any) -> bool:  # noqa: ANN401 -- a person, or nobody yet
    from kakehashi.councils.policy import READERS  # noqa: PLC0415 -- models are ready only now
    from kakehashi.directory.policy import holds  # noqa: PLC0415 -- models are ready only now

    return holds(person, *READERS)
