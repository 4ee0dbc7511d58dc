"""The pages of a programme year: the year, its plan, its dates, and the lists behind them."""

from kakehashi.intake.views.lists import documents, glossary, pay
from kakehashi.intake.views.plans import draft_plan, lines, move_plan, plan, plans
from kakehashi.intake.views.tables import (
    add_day_off,
    add_pay,
    clone_days_off,
    clone_pay,
    days_off,
    drop_day_off,
    set_day_off,
    set_pay,
)
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
    "add_day_off",
    "add_pay",
    "clone_days_off",
    "clone_pay",
    "clone_year",
    "create_year",
    "dates",
    "days_off",
    "documents",
    "draft_plan",
    "drop_day_off",
    "glossary",
    "lines",
    "move_plan",
    "move_year",
    "pay",
    "plan",
    "plans",
    "set_day_off",
    "set_deadline",
    "set_pay",
    "year",
    "years",
]
