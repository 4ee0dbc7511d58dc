"""Django's name tag, and the approvals' place in the menu."""

from typing import Any

from django.apps import AppConfig

from kakehashi.kernel.open_work import OpenWork
from kakehashi.kernel.open_work import register as register_work
from kakehashi.kernel.words import _
from kakehashi.web.navigation import Entry, register


class Approvals(AppConfig):
    """The part `approvals`."""

    name = "kakehashi.approvals"

    def ready(self) -> None:
        """Offer the approvals to the desks that may have a route."""
        register(
            Entry(
                order=76,
                label=_("Approvals"),
                url_name="approvals:approvals",
                may=_has_a_desk,
                match="approvals",
            )
        )
        _offer_open_work()


def _has_a_desk(person: Any) -> bool:  # noqa: ANN401 -- a person, or nobody yet
    from kakehashi.approvals.policy import DESKS  # noqa: PLC0415 -- models are ready only now
    from kakehashi.directory.policy import holds  # noqa: PLC0415 -- models are ready only now
    from kakehashi.directory.rules import Role  # noqa: PLC0415 -- models are ready only now

    return holds(person, *DESKS, Role.AUDITOR, Role.OPERATOR)


def _offer_open_work() -> None:
    from kakehashi.approvals.policy import DESKS  # noqa: PLC0415 -- models are ready only now
    from kakehashi.approvals.queries import papers_with  # noqa: PLC0415 -- the same

    register_work(
        OpenWork(
            name="approvals",
            label=_("Papers that wait for a stamp"),
            roles=frozenset(DESKS),
            find=papers_with,
        )
    )
