"""Where the naming of a deputy stands."""

from enum import StrEnum

from kakehashi.kernel.lifecycle import Lifecycle, Move
from kakehashi.kernel.words import _, pgettext_lazy


class State(StrEnum):
    """Where the naming of a deputy stands."""

    NAMED = "named"
    STANDING = "standing"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


DEPUTY = Lifecycle(
    {
        State.NAMED: _("Waits to be accepted"),
        State.STANDING: pgettext_lazy("deputy", "Named"),
        State.DECLINED: pgettext_lazy("deputy", "Not accepted"),
        State.WITHDRAWN: pgettext_lazy("deputy", "Withdrawn"),
    },
    Move("accept", (State.NAMED,), State.STANDING, pgettext_lazy("deputy", "Accept")),
    Move("decline", (State.NAMED,), State.DECLINED, pgettext_lazy("deputy", "Do not accept")),
    Move(
        "withdraw",
        (State.NAMED, State.STANDING),
        State.WITHDRAWN,
        pgettext_lazy("deputy", "Withdraw"),
    ),
)
