"""The states of an appointment."""

from enum import StrEnum

from kakehashi.kernel.lifecycle import Lifecycle, Move
from kakehashi.kernel.words import _


class State(StrEnum):
    """Where an appointment stands."""

    SERVING = "serving"
    COMPLETED = "completed"
    ENDED_EARLY = "ended_early"


APPOINTMENT = Lifecycle(
    {
        State.SERVING: _("Serving"),
        State.COMPLETED: _("Term completed"),
        State.ENDED_EARLY: _("Ended early"),
    },
    Move("complete", (State.SERVING,), State.COMPLETED, _("Term is completed")),
    Move("end_early", (State.SERVING,), State.ENDED_EARLY, _("End early")),
)
