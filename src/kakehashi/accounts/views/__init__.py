"""The pages of accounts."""

from kakehashi.accounts.views.devices import devices, end_device, end_others
from kakehashi.accounts.views.failures import failures, locked
from kakehashi.accounts.views.invitations import (
    invitations,
    invite,
    resend,
    welcome,
    withdraw,
)
from kakehashi.accounts.views.kept import kept, throw_away
from kakehashi.accounts.views.leaving import hand_over, leave, leaving
from kakehashi.accounts.views.resets import (
    ask_reset,
    confirm_reset,
    refuse_reset,
    resets,
    rules,
)
from kakehashi.accounts.views.session import presence

__all__ = [
    "ask_reset",
    "confirm_reset",
    "devices",
    "end_device",
    "end_others",
    "failures",
    "hand_over",
    "invitations",
    "invite",
    "kept",
    "leave",
    "leaving",
    "locked",
    "presence",
    "refuse_reset",
    "resend",
    "resets",
    "rules",
    "throw_away",
    "welcome",
    "withdraw",
]
