"""Django's name tag, and the approvals' place in the menu."""

from typing import Any

from django.apps import AppConfig

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


def _has_a_desk(person: Any) -> bool:  # noqa: ANN401 -- a person, or nobody yet
    from kakehashi.approvals.policy import DESKS  # noqa: PLC0415 -- models are ready only now
    from kakehashi.directory.policy import holds  # noqa: PLC0415 -- models are ready only now
    from kakehashi.directory.rules import Role  # noqa: PLC0415 -- models are ready only now

    return holds(person, *DESKS, Role.AUDITOR, Role.OPERATOR)
