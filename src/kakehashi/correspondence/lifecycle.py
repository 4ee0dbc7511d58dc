"""Where a letter of the register stands."""

from enum import StrEnum

from kakehashi.kernel.lifecycle import Lifecycle, Move
from kakehashi.kernel.words import pgettext_lazy


class State(StrEnum):
    """Where a letter of the register stands."""

    DRAFTED = "drafted"
    REGISTERED = "registered"
    ASSIGNED = "assigned"
    SENT = "sent"
    ANSWERED = "answered"
    CLOSED = "closed"
    DISCARDED = "discarded"


WAITS = (State.REGISTERED, State.ASSIGNED, State.SENT)
ENTRY = Lifecycle(
    {
        State.DRAFTED: pgettext_lazy("letter", "Draft"),
        State.REGISTERED: pgettext_lazy("letter", "Registered"),
        State.ASSIGNED: pgettext_lazy("letter", "Assigned"),
        State.SENT: pgettext_lazy("letter", "Sent"),
        State.ANSWERED: pgettext_lazy("letter", "Answered"),
        State.CLOSED: pgettext_lazy("letter", "Closed"),
        State.DISCARDED: pgettext_lazy("letter", "Discarded"),
    },
    Move("register", (State.DRAFTED,), State.REGISTERED, pgettext_lazy("letter", "Register")),
    Move("send", (State.DRAFTED,), State.SENT, pgettext_lazy("letter", "Send")),
    Move(
        "assign",
        (State.REGISTERED, State.ASSIGNED),
        State.ASSIGNED,
        pgettext_lazy("letter", "Say who answers"),
    ),
    Move("answer", WAITS, State.ANSWERED, pgettext_lazy("letter", "Answer")),
    Move(
        "close",
        (*WAITS, State.ANSWERED),
        State.CLOSED,
        pgettext_lazy("letter", "Close"),
    ),
    Move("discard", (State.DRAFTED,), State.DISCARDED, pgettext_lazy("letter", "Discard")),
)
