"""Until when an organisation answers to a placement: so many working days after it was told."""

from datetime import date, timedelta

from django.db.models import QuerySet

from kakehashi.directory.models import Person
from kakehashi.intake.queries import days_off_between
from kakehashi.kernel.clock import TOKYO
from kakehashi.kernel.dated import in_force
from kakehashi.kernel.scope import seen_by, unscoped
from kakehashi.placement.lifecycle import PlacementState
from kakehashi.placement.models import Placement, StepTime

ANSWER = "answer"
WEEKEND = (5, 6)  # Saturday and Sunday, as Python counts


def step_times_for(person: Person, on: date) -> QuerySet[StepTime]:
    """Find in how many working days each step is taken on a day."""
    return seen_by(person, StepTime).filter(in_force(on)).order_by("pk")


@unscoped("an organisation must know until when it answers")
def days_to_answer(on: date) -> int | None:
    """Give the working days that hold on a day; nothing where no row does."""
    rows = StepTime.objects.filter(in_force(on), code=ANSWER)
    return rows.values_list("working_days", flat=True).first()


def answer_by(placement: Placement) -> date | None:
    """Give the last day for the organisation's answer, while it owes one.

    The day it was told is not counted; Saturdays, Sundays and days off at the organisation's own
    desk are no working days.
    """
    if placement.told_at is None or placement.state != PlacementState.TOLD:
        return None
    told = placement.told_at.astimezone(TOKYO).date()
    days = days_to_answer(told)
    if days is None:
        return None
    last = told + timedelta(days=3 * days + 30)
    off = days_off_between(placement.request.organisation, told, last, school=False)
    return nth_working_day(told, days, off)


def nth_working_day(day: date, days: int, off: set[date]) -> date:
    """Count working days on from a day, which is not counted itself; none at all is the day."""
    one, left = day, days
    while left > 0:
        one += timedelta(days=1)
        left -= one.weekday() not in WEEKEND and one not in off
    return one
