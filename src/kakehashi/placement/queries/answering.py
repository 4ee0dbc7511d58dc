"""When an organisation answers to a placement, and when a mission tells its candidates."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Count, Min, QuerySet

from kakehashi.directory.models import Office, Person
from kakehashi.intake.queries import days_off_between
from kakehashi.kernel.clock import TOKYO
from kakehashi.kernel.dated import in_force
from kakehashi.kernel.models import Batch, BatchState
from kakehashi.kernel.outbox import is_held
from kakehashi.kernel.scope import seen_by, unscoped
from kakehashi.placement.lifecycle import PlacementState
from kakehashi.placement.models import Placement, Run, StepTime

ANSWER = "answer"
CANDIDATE = "candidate"  # a mission with days of its own: candidate/GB-LON
MISSION = "placements__application__mission"  # of a batch of letters
MORNING = time(9)  # where the mission is: an office that is open answers questions
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


@unscoped("a candidate is told on the day that holds for their mission, whoever releases")
def days_to_tell(on: date) -> Callable[[Office], int]:
    """Give the working days after which each mission tells; none, where no row says so."""
    rows = StepTime.objects.filter(in_force(on), code__startswith=CANDIDATE)
    days = dict(rows.values_list("code", "working_days"))
    usual = days.get(CANDIDATE, 0)
    return lambda mission: days.get(code_of_mission(mission), usual)


def code_of_mission(mission: Office) -> str:
    """Name the row of a mission that has days of its own."""
    return f"{CANDIDATE}/{mission.code}"


def candidates_told_at(mission: Office, at: datetime) -> datetime:
    """Say when a mission's candidates are told if their placements are released at a moment.

    Working days are the mission's, where it is: Saturdays, Sundays and its days off are none.
    """
    zone = ZoneInfo(mission.time_zone)
    today = at.astimezone(zone).date()
    days = days_to_tell(at.astimezone(TOKYO).date())(mission)
    if not days:
        return at
    off = days_off_between(mission, today, today + timedelta(days=3 * days + 30), school=False)
    return datetime.combine(nth_working_day(today, days, off), MORNING, zone)


def candidate_told_at(placement: Placement) -> datetime | None:
    """Give the moment at which a candidate will be told, as long as they have not been."""
    notice = placement.notice
    return notice.leaves_at if notice is not None and is_held(notice) else None


@dataclass(frozen=True, kw_only=True)
class ToldLater:
    """Candidates of one mission who are told later than the organisations."""

    mission: Office
    batch: int
    count: int
    days: int
    leaves_at: datetime | None  # empty before the release


@unscoped("the person who releases letters sees which of them wait, and for how long")
def batches_for(run: Run) -> list[Batch]:
    """List a run's batches that were not thrown away, its own first, with whom each tells later.

    `candidates` counts them, `mission_id` names their mission; the run's own batch has neither.
    """
    found = Batch.objects.filter(about=run.key).exclude(state=BatchState.CANCELLED)
    told = {"candidates": Count("placements"), "mission": Min(MISSION)}
    return list(found.annotate(**told).order_by("pk"))


@unscoped("the person who releases letters sees which of them wait, and for how long")
def told_later(batches: Sequence[Any], on: date) -> list[ToldLater]:
    """List the batches (of `batches_for`) that wait for their mission's day, or will."""
    waits = (BatchState.DRAFT, BatchState.RELEASED)
    some = [one for one in batches if one.candidates and one.state in waits]
    if not some:
        return []
    missions = Office.objects.in_bulk([one.mission for one in some])
    days = days_to_tell(on)
    return [
        ToldLater(
            mission=missions[one.mission],
            batch=one.pk,
            count=one.candidates,
            days=days(missions[one.mission]),
            leaves_at=one.leaves_at,
        )
        for one in some
    ]


def nth_working_day(day: date, days: int, off: set[date]) -> date:
    """Count working days on from a day, which is not counted itself; none at all is the day."""
    one, left = day, days
    while left > 0:
        one += timedelta(days=1)
        left -= one.weekday() not in WEEKEND and one not in off
    return one
