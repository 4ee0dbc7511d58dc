"""Django's name tag, and the places of one's data and of the privacy notice in the footer."""

from typing import Any

from django.apps import AppConfig

from kakehashi.kernel.words import _
from kakehashi.web.navigation import Entry, register_footer


class Privacy(AppConfig):
    """The part `privacy`."""

    name = "kakehashi.privacy"

    def ready(self) -> None:
        """Offer one's own data to whoever is signed in, and the notice to everybody."""
        register_footer(
            Entry(
                order=30,
                label=_("My data"),
                url_name="privacy:my_data",
                may=_is_signed_in,
                match="privacy",
            )
        )
        register_footer(
            Entry(
                order=31,
                label=_("Privacy notice"),
                url_name="privacy:notice",
                may=lambda _person: True,
                match="privacy:notice",
            )
        )


def _is_signed_in(person: Any) -> bool:  # noqa: ANN401 -- a person, or nobody yet
    return bool(person and person.is_authenticated)
