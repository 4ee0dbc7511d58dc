"""The states of a request, of a run, of one placement, and of what an officer decides by hand."""

from enum import StrEnum

from kakehashi.kernel.lifecycle import Lifecycle, Move
from kakehashi.kernel.words import _


class RequestState(StrEnum):
    """Where an organisation's request stands."""

    DRAFT = "draft"
    FILED = "filed"
    CHECKED = "checked"
    RETURNED = "returned"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


_OPEN = (RequestState.DRAFT, RequestState.FILED, RequestState.CHECKED, RequestState.RETURNED)
REQUEST = Lifecycle(
    {
        RequestState.DRAFT: _("Draft"),
        RequestState.FILED: _("With the host body"),
        RequestState.CHECKED: _("With CLAIR"),
        RequestState.RETURNED: _("Returned for correction"),
        RequestState.ACCEPTED: _("Accepted"),
        RequestState.DECLINED: _("Declined"),
        RequestState.WITHDRAWN: _("Withdrawn"),
    },
    Move("file", (RequestState.DRAFT, RequestState.RETURNED), RequestState.FILED, _("File")),
    Move("check", (RequestState.FILED,), RequestState.CHECKED, _("Pass on to CLAIR")),
    Move(
        "return_request",
        (RequestState.FILED, RequestState.CHECKED),
        RequestState.RETURNED,
        _("Return for correction"),
    ),
    Move("accept", (RequestState.CHECKED,), RequestState.ACCEPTED, _("Accept")),
    Move("decline_request", (RequestState.CHECKED,), RequestState.DECLINED, _("Decline")),
    Move("withdraw", _OPEN, RequestState.WITHDRAWN, _("Withdraw")),
)


class RunState(StrEnum):
    """Where a placement run stands."""

    WAITING = "waiting"
    SOLVED = "solved"
    FAILED = "failed"
    RELEASED = "released"
    DISCARDED = "discarded"


RUN = Lifecycle(
    {
        RunState.WAITING: _("Being computed"),
        RunState.SOLVED: _("Solved, before the committee"),
        RunState.FAILED: _("Failed"),
        RunState.RELEASED: _("Released"),
        RunState.DISCARDED: _("Set aside"),
    },
    Move("solve", (RunState.WAITING,), RunState.SOLVED, _("Solve")),
    Move("fail", (RunState.WAITING,), RunState.FAILED, _("Fail")),
    Move("release_run", (RunState.SOLVED,), RunState.RELEASED, _("Release the notices")),
    Move("take_back", (RunState.RELEASED,), RunState.SOLVED, _("Take the release back")),
    Move(
        "discard",
        (RunState.WAITING, RunState.SOLVED, RunState.FAILED),
        RunState.DISCARDED,
        _("Set aside"),
    ),
)


class PlacementState(StrEnum):
    """Where one person's placement stands."""

    PROPOSED = "proposed"
    TOLD = "told"
    AGREED = "agreed"
    OBJECTED = "objected"
    VACATED = "vacated"


PLACEMENT = Lifecycle(
    {
        PlacementState.PROPOSED: _("Proposed"),
        PlacementState.TOLD: _("Told"),
        PlacementState.AGREED: _("Agreed"),
        PlacementState.OBJECTED: _("The organisation objects"),
        PlacementState.VACATED: _("Vacated"),
    },
    Move("tell", (PlacementState.PROPOSED,), PlacementState.TOLD, _("Tell")),
    Move("untell", (PlacementState.TOLD,), PlacementState.PROPOSED, _("Take the notice back")),
    Move(
        "agree",
        (PlacementState.TOLD, PlacementState.OBJECTED),
        PlacementState.AGREED,
        _("Accept this person"),
    ),
    Move("object", (PlacementState.TOLD,), PlacementState.OBJECTED, _("Object, with a ground")),
    Move(
        "answer",
        (PlacementState.OBJECTED,),
        PlacementState.TOLD,
        _("Answer: the placement stands"),
    ),
    Move(
        "vacate",
        (PlacementState.TOLD, PlacementState.AGREED, PlacementState.OBJECTED),
        PlacementState.VACATED,
        _("Vacate"),
    ),
)


class LockKind(StrEnum):
    """What an officer has decided by hand for one person and one request."""

    LOCK = "lock"
    PIN = "pin"
    SWAP = "swap"
    BAN = "ban"


KIND_NAMES = {
    LockKind.LOCK: _("Stays here"),
    LockKind.PIN: _("Goes here"),
    LockKind.SWAP: _("Swapped"),
    LockKind.BAN: _("Not here"),
}


class LockState(StrEnum):
    """Whether what was decided by hand still holds."""

    STANDING = "standing"
    LIFTED = "lifted"


LOCK = Lifecycle(
    {LockState.STANDING: _("Standing"), LockState.LIFTED: _("Undone")},
    Move("lift", (LockState.STANDING,), LockState.LIFTED, _("Undo")),
)
