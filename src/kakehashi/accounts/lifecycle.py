"""The states of an invitation to a seat, and of taking a lost second factor off an account."""

from enum import StrEnum

from kakehashi.kernel.lifecycle import Lifecycle, Move
from kakehashi.kernel.words import pgettext_lazy


class InvitationState(StrEnum):
    """Where an invitation stands; that it has run out is a matter of time, not a state."""

    WAITING = "waiting"
    ACCEPTED = "accepted"
    WITHDRAWN = "withdrawn"


INVITATION = Lifecycle(
    {
        InvitationState.WAITING: pgettext_lazy("invitation", "Waiting for an answer"),
        InvitationState.ACCEPTED: pgettext_lazy("invitation", "Accepted"),
        InvitationState.WITHDRAWN: pgettext_lazy("invitation", "Withdrawn"),
    },
    Move(
        "accept",
        (InvitationState.WAITING,),
        InvitationState.ACCEPTED,
        pgettext_lazy("invitation", "Take the seat"),
    ),
    Move(
        "resend",
        (InvitationState.WAITING,),
        InvitationState.WAITING,
        pgettext_lazy("invitation", "Send it again"),
    ),
    Move(
        "withdraw",
        (InvitationState.WAITING,),
        InvitationState.WITHDRAWN,
        pgettext_lazy("invitation", "Withdraw it"),
    ),
)


class ResetState(StrEnum):
    """Where the wish to take a second factor off an account stands."""

    ASKED = "asked"
    DONE = "done"
    REFUSED = "refused"


RESET = Lifecycle(
    {
        ResetState.ASKED: pgettext_lazy("second factor", "Waiting for the second person"),
        ResetState.DONE: pgettext_lazy("second factor", "Taken off"),
        ResetState.REFUSED: pgettext_lazy("second factor", "Refused"),
    },
    Move(
        "confirm_reset",
        (ResetState.ASKED,),
        ResetState.DONE,
        pgettext_lazy("second factor", "Take the second factor off"),
    ),
    Move(
        "refuse_reset",
        (ResetState.ASKED,),
        ResetState.REFUSED,
        pgettext_lazy("second factor", "Refuse"),
    ),
)
