"""Django's name tag; accounts also listen for the beginning of every sign-in."""

from collections.abc import Callable
from typing import Any

from django.apps import AppConfig

from kakehashi.kernel.words import _
from kakehashi.web.navigation import Entry, register


class Accounts(AppConfig):
    """The part `accounts`."""

    name = "kakehashi.accounts"

    def ready(self) -> None:
        """Offer invitations to those who may invite."""
        from kakehashi.accounts import imports, jobs, reactions  # noqa: F401, PLC0415 -- they make themselves known; models are ready only now
        from kakehashi.accounts.actions import open_invitations  # noqa: PLC0415 -- likewise
        from kakehashi.accounts.views import session  # noqa: F401, PLC0415 -- it hears every sign-in, from the first one of a process

        open_invitations.offer()

        register(
            Entry(
                order=97,
                label=_("Accounts"),
                url_name="accounts:resets",
                may=_may("list_resets"),
                match="accounts",
            )
        )
        register(
            Entry(
                order=82,
                label=_("Invitations"),
                url_name="accounts:invitations",
                may=_may("list_invitations"),
                match="accounts:invitations",
            )
        )


def _may(line: str) -> Callable[[Any], bool]:
    """Let the policy say who finds a page in the menu."""

    def allowed(person: Any) -> bool:  # noqa: ANN401 -- a person, or nobody yet
        from kakehashi.accounts.policy import policy  # noqa: PLC0415 -- models are ready only now

        return policy.allows(person, line, None)

    return allowed
