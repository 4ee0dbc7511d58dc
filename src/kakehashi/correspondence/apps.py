"""Django's name tag, and the register's place in the menu."""

from typing import Any

from django.apps import AppConfig

from kakehashi.kernel.open_work import OpenWork
from kakehashi.kernel.open_work import register as register_work
from kakehashi.kernel.words import _
from kakehashi.web.navigation import Entry, register


class Correspondence(AppConfig):
    """The part `correspondence`."""

    name = "kakehashi.correspondence"

    def ready(self) -> None:
        """Offer the register to the desks that keep one."""
        register(
            Entry(
                order=77,
                label=_("Correspondence"),
                url_name="correspondence:entries",
                may=_keeps_a_register,
                match="correspondence",
            )
        )
        _offer_open_work()


def _keeps_a_register(person: Any) -> bool:  # noqa: ANN401 -- a person, or nobody yet
    from kakehashi.approvals.policy import DESKS  # noqa: PLC0415 -- models are ready only now
    from kakehashi.directory.policy import holds  # noqa: PLC0415 -- models are ready only now
    from kakehashi.directory.rules import Role  # noqa: PLC0415 -- models are ready only now

    return holds(person, *DESKS, Role.AUDITOR)


def _offer_open_work() -> None:
    from kakehashi.approvals.policy import DESKS  # noqa: PLC0415 -- models are ready only now
    from kakehashi.correspondence import actions  # noqa: PLC0415 -- the same

    register_work(
        OpenWork(
            name="correspondence",
            label=_("Letters to be answered"),
            roles=frozenset(DESKS),
            find=actions.letters_with,
            hand_over=actions.hand_over_letters,
        )
    )
