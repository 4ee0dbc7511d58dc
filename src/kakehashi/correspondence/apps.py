"""Django's name tag, and the register's place in the menu."""

from typing import Any

from django.apps import AppConfig

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


def _keeps_a_register(person: Any) -> bool:  # noqa: ANN401 -- a person, or nobody yet
    from kakehashi.approvals.policy import DESKS  # noqa: PLC0415 -- models are ready only now
    from kakehashi.directory.policy import holds  # noqa: PLC0415 -- models are ready only now
    from kakehashi.directory.rules import Role  # noqa: PLC0415 -- models are ready only now

    return holds(person, *DESKS, Role.AUDITOR)
