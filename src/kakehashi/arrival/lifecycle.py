"""The states of somebody's arrival."""

from enum import StrEnum

from kakehashi.kernel.lifecycle import Lifecycle, Move
from kakehashi.kernel.words import _


class State(StrEnum):
    """Where an arrival stands."""

    EXPECTED = "expected"
    ARRIVED = "arrived"
    MISSED = "missed"


ARRIVAL = Lifecycle(
    {
        State.EXPECTED: _("Expected"),
        State.ARRIVED: _("Arrived"),
        State.MISSED: _("Did not come"),
    },
    Move("arrive", (State.EXPECTED,), State.ARRIVED, _("Has arrived")),
    Move("miss", (State.EXPECTED,), State.MISSED, _("Did not come")),
)
