"""The pages of a programme year: the year, its plan, its dates, and the lists behind them."""

from kakehashi.intake.views.lists import documents, glossary, pay
from kakehashi.intake.views.plans import draft_plan, lines, move_plan, plan, plans
from kakehashi.intake.views.years import (
    clone_year,
    create_year,
    dates,
    move_year,
    set_deadline,
    year,
    years,
)

__all__ = [
    "clone_year",
    "create_year",
    "dates",
    "documents",
    "draft_plan",
    "glossary",
    "lines",
    "move_plan",
    "move_year",
    "pay",
    "plan",
    "plans",
    "set_deadline",
    "year",
    "years",
]
