"""Where a wish to have something mended stands."""

from enum import StrEnum

from kakehashi.kernel.lifecycle import Lifecycle, Move
from kakehashi.kernel.words import pgettext_lazy


class State(StrEnum):
    """Where a wish to have something mended stands."""

    ASKED = "asked"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


CORRECTION = Lifecycle(
    {
        State.ASKED: pgettext_lazy("correction", "Asked"),
        State.ACCEPTED: pgettext_lazy("correction", "Mended"),
        State.REFUSED: pgettext_lazy("correction", "Not mended"),
        State.WITHDRAWN: pgettext_lazy("correction", "Withdrawn"),
    },
    Move("accept", (State.ASKED,), State.ACCEPTED, pgettext_lazy("correction", "Mend it so")),
    Move(
        "refuse",
        (State.ASKED,),
        State.REFUSED,
        pgettext_lazy("correction", "Do not mend it, with a reason"),
    ),
    Move("withdraw", (State.ASKED,), State.WITHDRAWN, pgettext_lazy("correction", "Withdraw")),
)
