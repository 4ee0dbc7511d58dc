"""Where a paper stands on its way through the office."""

from enum import StrEnum

from kakehashi.kernel.lifecycle import Lifecycle, Move
from kakehashi.kernel.words import _, pgettext_lazy


class State(StrEnum):
    """Where a paper stands."""

    CIRCULATING = "circulating"
    APPROVED = "approved"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"


APPROVAL = Lifecycle(
    {
        State.CIRCULATING: _("On its way"),
        State.APPROVED: pgettext_lazy("approval", "Approved"),
        State.RETURNED: pgettext_lazy("approval", "Returned"),
        State.WITHDRAWN: pgettext_lazy("approval", "Withdrawn"),
        State.LAPSED: _("Replaced by a newer version"),
    },
    Move("stamp", (State.CIRCULATING,), State.CIRCULATING, _("Stamp and pass on")),
    Move("approve", (State.CIRCULATING,), State.APPROVED, pgettext_lazy("approval", "Approve")),
    Move(
        "return_paper",
        (State.CIRCULATING,),
        State.RETURNED,
        pgettext_lazy("approval", "Return with a reason"),
    ),
    Move(
        "withdraw",
        (State.CIRCULATING, State.APPROVED),
        State.WITHDRAWN,
        pgettext_lazy("approval", "Withdraw"),
    ),
    Move(
        "lapse",
        (State.CIRCULATING, State.APPROVED, State.RETURNED),
        State.LAPSED,
        _("Replace by a new version"),
    ),
)
