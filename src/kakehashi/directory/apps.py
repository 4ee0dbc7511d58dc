"""Django's name tag, and the directory's place in the menu."""

from typing import Any

from django.apps import AppConfig

from kakehashi.kernel.words import _
from kakehashi.web.navigation import Entry, register


class Directory(AppConfig):
    """The part `directory`."""

    name = "kakehashi.directory"

    def ready(self) -> None:
        """Offer the directory to everyone who holds a seat."""
        register(
            Entry(
                order=80,
                label=_("Directory"),
                url_name="directory:offices",
                may=_holds_a_seat,
                match="directory",
            )
        )
        _offer_open_work()


def _holds_a_seat(person: Any) -> bool:  # noqa: ANN401 -- a person, or nobody yet
    from kakehashi.directory.policy import seats_of  # noqa: PLC0415 -- models are ready only now

    return bool(seats_of(person))


def _offer_open_work() -> None:
    from kakehashi.directory.actions import leaving  # noqa: PLC0415 -- models are ready only now

    leaving.offer()
