"""What can be done about accounts."""

from kakehashi.accounts.actions.devices import (
    begin,
    end_device,
    end_others,
    factor_due,
    forget,
    rename,
    see,
)
from kakehashi.accounts.actions.failures import count_anew, forget_old_failures, note_failure
from kakehashi.accounts.actions.invitations import (
    InvitedAlready,
    NoLongerValid,
    Terms,
    accept,
    accept_with_new_account,
    import_invitations,
    invite,
    resend,
    why_not,
    withdraw,
)
from kakehashi.accounts.actions.kept import (
    Typed,
    forget_old_texts,
    keep_text,
    text_of,
    throw_away,
)
from kakehashi.accounts.actions.leaving import hand_over, leave, warn_of_ends
from kakehashi.accounts.actions.resets import (
    NothingToReset,
    ask_reset,
    confirm_reset,
    refuse_reset,
)
from kakehashi.accounts.actions.rules import TooLow, change_number, choose_roles, load_pack

__all__ = [
    "InvitedAlready",
    "NoLongerValid",
    "NothingToReset",
    "Terms",
    "TooLow",
    "Typed",
    "accept",
    "accept_with_new_account",
    "ask_reset",
    "begin",
    "change_number",
    "choose_roles",
    "confirm_reset",
    "count_anew",
    "end_device",
    "end_others",
    "factor_due",
    "forget",
    "forget_old_failures",
    "forget_old_texts",
    "hand_over",
    "import_invitations",
    "invite",
    "keep_text",
    "leave",
    "load_pack",
    "note_failure",
    "refuse_reset",
    "rename",
    "resend",
    "see",
    "text_of",
    "throw_away",
    "warn_of_ends",
    "why_not",
    "withdraw",
]
