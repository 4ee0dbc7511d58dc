"""What can be done to a programme year: load, create, clone, plan, date, open and close."""

from kakehashi.intake.actions.calendar import OutOfOrder, set_deadline
from kakehashi.intake.actions.pack import load_pack, patterns_of
from kakehashi.intake.actions.plan import (
    LineFault,
    draft_plan,
    import_plan,
    release_plan,
    return_plan,
    set_lines,
    submit_plan,
    supersede_plan,
)
from kakehashi.intake.actions.tables import (
    NothingToCopy,
    Overlaps,
    clone_days_off,
    clone_pay,
    drop_day_off,
    set_day_off,
    set_pay,
)
from kakehashi.intake.actions.year import (
    YearExists,
    clone_year,
    close_year,
    create_year,
    open_year,
)

__all__ = [
    "LineFault",
    "NothingToCopy",
    "OutOfOrder",
    "Overlaps",
    "YearExists",
    "clone_days_off",
    "clone_pay",
    "clone_year",
    "close_year",
    "create_year",
    "draft_plan",
    "drop_day_off",
    "import_plan",
    "load_pack",
    "open_year",
    "patterns_of",
    "release_plan",
    "return_plan",
    "set_day_off",
    "set_deadline",
    "set_lines",
    "set_pay",
    "submit_plan",
    "supersede_plan",
]
