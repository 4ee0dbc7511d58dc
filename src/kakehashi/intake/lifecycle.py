"""The states of a programme year and of a version of its plan."""

from enum import StrEnum

from kakehashi.kernel.lifecycle import Lifecycle, Move
from kakehashi.kernel.words import _


class YearState(StrEnum):
    """Where a programme year stands."""

    PREPARING = "preparing"
    OPEN = "open"
    CLOSED = "closed"


YEAR = Lifecycle(
    {
        YearState.PREPARING: _("In preparation"),
        YearState.OPEN: _("Under way"),
        YearState.CLOSED: _("Closed"),
    },
    Move("open_year", (YearState.PREPARING,), YearState.OPEN, _("Open this year")),
    Move("close_year", (YearState.OPEN,), YearState.CLOSED, _("Close this year")),
)


class PlanState(StrEnum):
    """Where a version of the invitation plan stands."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RELEASED = "released"
    SUPERSEDED = "superseded"


PLAN = Lifecycle(
    {
        PlanState.DRAFT: _("Draft"),
        PlanState.SUBMITTED: _("Before the council"),
        PlanState.RELEASED: _("In force"),
        PlanState.SUPERSEDED: _("Replaced by a newer version"),
    },
    Move("submit_plan", (PlanState.DRAFT,), PlanState.SUBMITTED, _("Submit to the council")),
    Move("return_plan", (PlanState.SUBMITTED,), PlanState.DRAFT, _("Return for correction")),
    Move("release_plan", (PlanState.SUBMITTED,), PlanState.RELEASED, _("Release the numbers")),
    Move(
        "supersede_plan",
        (PlanState.RELEASED,),
        PlanState.SUPERSEDED,
        _("Replace by a newer one"),
    ),
)
