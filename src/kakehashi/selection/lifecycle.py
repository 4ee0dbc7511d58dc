"""The states of a screening, of a round of results, and of one person's result."""

from enum import StrEnum

from kakehashi.kernel.lifecycle import Lifecycle, Move
from kakehashi.kernel.words import _


class ScreeningState(StrEnum):
    """Where one reader's screening of one application stands."""

    ASSIGNED = "assigned"
    SCORED = "scored"
    CONFLICTED = "conflicted"


SCREENING = Lifecycle(
    {
        ScreeningState.ASSIGNED: _("To be read"),
        ScreeningState.SCORED: _("Scored"),
        ScreeningState.CONFLICTED: _("Reader knows the applicant"),
    },
    Move("score", (ScreeningState.ASSIGNED,), ScreeningState.SCORED, _("Save the score")),
    Move(
        "declare_conflict",
        (ScreeningState.ASSIGNED,),
        ScreeningState.CONFLICTED,
        _("I know this person"),
    ),
)


class RoundState(StrEnum):
    """Where a mission's round of results stands."""

    OPEN = "open"
    DECIDED = "decided"
    RELEASED = "released"


ROUND = Lifecycle(
    {
        RoundState.OPEN: _("Scores coming in"),
        RoundState.DECIDED: _("Proposed, before the council"),
        RoundState.RELEASED: _("Released"),
    },
    Move("decide", (RoundState.OPEN,), RoundState.DECIDED, _("Propose these results")),
    Move("reopen", (RoundState.DECIDED,), RoundState.OPEN, _("Take the proposal back")),
    Move("release", (RoundState.DECIDED,), RoundState.RELEASED, _("Release the results")),
    Move("take_back", (RoundState.RELEASED,), RoundState.DECIDED, _("Take the release back")),
)


class ResultState(StrEnum):
    """Where a person's result stands, as they would say it."""

    PROPOSED = "proposed"
    TOLD = "told"
    ACCEPTED = "accepted"
    DECLINED = "declined"


RESULT = Lifecycle(
    {
        ResultState.PROPOSED: _("Not decided yet"),
        ResultState.TOLD: _("Told, waiting for the reply"),
        ResultState.ACCEPTED: _("Accepted"),
        ResultState.DECLINED: _("Declined"),
    },
    Move("tell", (ResultState.PROPOSED,), ResultState.TOLD, _("Tell")),
    Move("take_back", (ResultState.TOLD,), ResultState.PROPOSED, _("Take the result back")),
    Move("accept", (ResultState.TOLD,), ResultState.ACCEPTED, _("Accept")),
    Move(
        "decline", (ResultState.TOLD, ResultState.ACCEPTED), ResultState.DECLINED, _("Decline")
    ),
)
