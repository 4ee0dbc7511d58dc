"""Django's name tag, the part's place in the footer, and the banner of whoever acts for another."""

from typing import Any

from django.apps import AppConfig

from kakehashi.kernel.words import _
from kakehashi.web.navigation import Entry, register_footer


class Deputies(AppConfig):
    """The part `deputies`."""

    name = "kakehashi.deputies"

    def ready(self) -> None:
        """Offer absence and deputies to everyone who holds an officer's seat."""
        from kakehashi.deputies.views import banner  # noqa: PLC0415 -- models are ready only now

        register_footer(
            Entry(
                order=20,
                label=_("Absence and deputies"),
                url_name="deputies:deputies",
                may=_is_an_officer,
                match="deputies",
            )
        )
        banner.stand()


def _is_an_officer(person: Any) -> bool:  # noqa: ANN401 -- a person, or nobody yet
    from kakehashi.deputies.queries import knows_deputies  # noqa: PLC0415 -- models are ready only now

    return knows_deputies(person)
