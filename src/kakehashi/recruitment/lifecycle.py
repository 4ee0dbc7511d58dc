"""The states of an application and of a reference, as the person concerned would say them."""

from enum import StrEnum

from kakehashi.kernel.lifecycle import Lifecycle, Move
from kakehashi.kernel.words import _, pgettext_lazy


class State(StrEnum):
    """Where an application stands."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    INCOMPLETE = "incomplete"
    COMPLETE = "complete"
    WITHDRAWN = "withdrawn"


APPLICATION = Lifecycle(
    {
        State.DRAFT: _("Being written"),
        State.SUBMITTED: _("Handed in"),
        State.INCOMPLETE: _("Papers missing"),
        State.COMPLETE: _("Complete"),
        State.WITHDRAWN: _("Withdrawn"),
    },
    Move("submit", (State.DRAFT,), State.SUBMITTED, _("Hand in")),
    Move(
        "complete",
        (State.SUBMITTED, State.INCOMPLETE),
        State.COMPLETE,
        _("Papers are complete"),
    ),
    Move(
        "find_incomplete",
        (State.SUBMITTED, State.COMPLETE),
        State.INCOMPLETE,
        _("Papers are missing"),
    ),
    Move(
        "withdraw",
        (State.DRAFT, State.SUBMITTED, State.INCOMPLETE, State.COMPLETE),
        State.WITHDRAWN,
        _("Withdraw the application"),
    ),
)


class ReferenceState(StrEnum):
    """Where a reference stands."""

    ASKED = "asked"
    RECEIVED = "received"


REFERENCE = Lifecycle(
    {
        ReferenceState.ASKED: pgettext_lazy("reference", "Asked for"),
        ReferenceState.RECEIVED: _("Received"),
    },
    Move(
        "write_reference",
        (ReferenceState.ASKED,),
        ReferenceState.RECEIVED,
        _("Send the reference"),
    ),
)
