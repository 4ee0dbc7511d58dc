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
from kakehashi.intake.actions.year import (
    YearExists,
    clone_year,
    close_year,
    create_year,
    open_year,
)

__all__ = [
    "LineFault",
    "OutOfOrder",
    "YearExists",
    "clone_year",
    "close_year",
    "create_year",
    "draft_plan",
    "import_plan",
    "load_pack",
    "open_year",
    "patterns_of",
    "release_plan",
    "return_plan",
    "set_deadline",
    "set_lines",
    "submit_plan",
    "supersede_plan",
]
