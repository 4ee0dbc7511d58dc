"""Django's name tag, and intake's place in the menu."""

from typing import Any

from django.apps import AppConfig

from kakehashi.kernel.words import _
from kakehashi.web.navigation import Entry, register


class Intake(AppConfig):
    """The part `intake`."""

    name = "kakehashi.intake"

    def ready(self) -> None:
        """Offer the programme year to those who prepare it."""
        register(
            Entry(
                order=10,
                label=_("Programme year"),
                url_name="intake:years",
                may=_prepares,
                match="intake",
            )
        )
        _offer_open_work()


def _prepares(person: Any) -> bool:  # noqa: ANN401 -- a person, or nobody yet
    from kakehashi.directory.policy import holds  # noqa: PLC0415 -- models are ready only now
    from kakehashi.intake.policy import PREPARING  # noqa: PLC0415 -- models are ready only now

    return holds(person, *PREPARING)


def _offer_open_work() -> None:
    from kakehashi.intake.actions import leaving  # noqa: PLC0415 -- models are ready only now

    leaving.offer()
