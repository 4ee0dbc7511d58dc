"""Django's name tag."""

from typing import Any

from django.apps import AppConfig

from kakehashi.kernel.words import _
from kakehashi.web.navigation import Entry, register_footer


class Web(AppConfig):
    """The part `web`."""

    name = "kakehashi.web"

    def ready(self) -> None:
        """Say who may know of what readers keep."""
        from kakehashi.web import policy  # noqa: F401, PLC0415 -- models are ready only now

        register_footer(
            Entry(
                order=1, label=_("Help"), url_name="web:help", may=_signed_in, match="web:help"
            )
        )


def _signed_in(person: Any) -> bool:  # noqa: ANN401 -- a person, or nobody yet
    return bool(person and person.is_authenticated)
