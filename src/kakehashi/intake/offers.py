"""What the programme year offers to home: the plan's next step, and the calendar's dates."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext, ngettext

from kakehashi.councils.queries import resolution_about
from kakehashi.directory.policy import CENTRAL_ROLES, PRIVATE_ROLES, holds
from kakehashi.directory.rules import Role
from kakehashi.intake.lifecycle import PlanState, YearState
from kakehashi.intake.models import Deadline, Plan
from kakehashi.intake.policy import INFORMED, JOINT, PREPARING
from kakehashi.intake.queries import dates_in, in_force_for, plans_for, waves_for
from kakehashi.intake.rules import EVENT_NAMES
from kakehashi.intake.views.plans import plan_listing
from kakehashi.kernel.words import _
from kakehashi.kernel.zones import time_zone
from kakehashi.web import offers
from kakehashi.web.offers import Happening, Level, Moment, Reader, Span, Work, tally

MOST = 3  # pieces of news

offers.opens("intake.plan", plans_for, "intake:plan")


def _submitted(reader: Reader) -> list[tuple[Plan, bool]]:
    """List the plans before the council, each with whether it is resolved."""

    def ask() -> list[tuple[Plan, bool]]:
        plans = plans_for(reader.person).filter(year=reader.year, state=PlanState.SUBMITTED)
        return [
            (plan, resolution_about(plan.key, since=plan.submitted_at) is not None)
            for plan in plans
        ]

    return reader.keep("intake.submitted", ask)


@offers.must_do
def plan_to_do(reader: Reader) -> Iterable[Work]:
    """Say what the invitation plan waits for: a draft for MIC, a resolution for the council."""
    person, year = reader.person, reader.year
    if year is None or not holds(person, *JOINT):
        return
    if holds(person, Role.MIC):
        asked = {"year": str(year), "state": PlanState.DRAFT.value}
        found = tally(plan_listing(person), "intake:plans", asked, moment="drafted_at")
        if found.count:
            says = ngettext(
                "A version of the plan is in draft",
                "%(n)s versions of the plan are in draft",
                found.count,
            )
            yield Work(
                label=says % {"n": found.count},
                url=found.url,
                count=found.count,
                note=_("Numbers by country, position and wave; then it goes to the council."),
                action=_("Open the plan"),
                tone="now",
            )
    for plan, is_resolved in _submitted(reader):
        yield from _step_of(plan, reader, is_resolved=is_resolved)


def _step_of(plan: Plan, reader: Reader, *, is_resolved: bool) -> Iterable[Work]:
    name = {"version": f"{plan.year}-{plan.number}"}
    url = reverse("intake:plan", args=[plan.pk])
    if not is_resolved:
        yield Work(
            label=gettext("Invitation plan %(version)s is before the council") % name,
            url=url,
            note=_("Record the resolution; then MIC releases the numbers."),
            action=_("Open the plan"),
            tone="warn",
        )
    elif holds(reader.person, Role.MIC):
        yield Work(
            label=gettext("Invitation plan %(version)s is resolved: release it") % name,
            url=url,
            note=_("Missions and host bodies start from the numbers."),
            action=_("Release the numbers"),
            tone="now",
            primary=True,
        )


@offers.others_must_do
def plan_waited_for(reader: Reader) -> Iterable[Work]:
    """Say who holds the plan: the council, or MIC, as long as no numbers are in force."""
    person, year = reader.person, reader.year
    if year is None or not holds(person, *CENTRAL_ROLES, *INFORMED):
        return
    waiting = _submitted(reader)
    for plan, is_resolved in waiting:
        if not is_resolved:
            yield Work(
                label=_("A resolution about the invitation plan"),
                url=reverse("intake:plan", args=[plan.pk]),
                whom=_("The joint council"),
                since=plan.submitted_at,
            )
    idle = not waiting and not holds(person, Role.MIC)
    if idle and year.state == YearState.OPEN and in_force_for(reader, year)[0] is None:
        yield Work(
            label=_("The numbers of the year"),
            url=reverse("intake:years"),
            whom=_("MIC"),
            note=_("No invitation plan is in force yet."),
        )


@offers.dates
def calendar(reader: Reader, span: Span) -> Iterable[Moment]:
    """Give the year's dates; the same date of many missions is one line."""
    together: dict[tuple[date, str], list[Deadline]] = defaultdict(list)
    for row in dates_in(reader.person, span.first, span.last):
        day = row.at.astimezone(time_zone(row.time_zone)).date()
        if span.first <= day <= span.last:
            together[day, row.event].append(row)
    for (day, event), rows in together.items():
        first = rows[0]
        yield Moment(
            key=f"dates/{first.year_id}/{event}/{_mission(rows)}/{day}",
            label=EVENT_NAMES[event],
            on=day,
            at=None if all(row.whole_day for row in rows) else first.at,
            zone=first.time_zone,
            note=_whose(rows),
            url=_page(reader, first),
        )


def _mission(rows: list[Deadline]) -> int:
    return rows[0].mission_id or 0 if len(rows) == 1 else 0


def _page(reader: Reader, row: Deadline) -> str:
    """Lead those who prepare the year to its list of dates."""
    prepares = holds(reader.person, *PREPARING)
    if not prepares:
        return ""
    return reverse("intake:dates", args=[row.year_id]) + f"?event={row.event}"


def _whose(rows: list[Deadline]) -> str:
    missions = [row.mission for row in rows if row.mission is not None]
    if len(missions) < len(rows):
        return gettext("The whole programme")
    if len(missions) == 1:
        return str(missions[0])
    whole = all(row.whole_day for row in rows)
    many = gettext("%(n)s missions") if whole else gettext("%(n)s missions, the first")
    return many % {"n": len(missions)}


@offers.dates
def waves(reader: Reader, span: Span) -> Iterable[Moment]:
    """Give the days on which the year's waves arrive, to the programme's officers."""
    officers = (role for role in Role if role not in PRIVATE_ROLES)
    if reader.year is None or not holds(reader.person, *officers):
        return
    for wave in waves_for(reader.person, reader.year):
        if span.first <= wave.arrives_on <= span.last:
            yield Moment(
                key=f"wave/{wave.pk}",
                label=gettext("Arrival: %(wave)s") % {"wave": wave},
                on=wave.arrives_on,
                note=gettext("Programme year %(year)s") % {"year": reader.year},
            )


@offers.happened
def plans_released(reader: Reader) -> Iterable[Happening]:
    """Tell which numbers were released."""
    if not holds(reader.person, *CENTRAL_ROLES, *INFORMED, Role.AUDITOR):
        return
    rows = plans_for(reader.person).filter(released_at__isnull=False).order_by("-released_at")
    for plan in rows[:MOST]:
        yield Happening(
            at=plan.released_at,
            text=gettext("MIC released invitation plan %(version)s")
            % {"version": f"{plan.year}-{plan.number}"},
            url=reverse("intake:plan", args=[plan.pk]),
        )


@offers.levels
def invited(reader: Reader) -> Iterable[Level]:
    """Count whom the plan in force invites."""
    person, year = reader.person, reader.year
    if year is None or not holds(person, *CENTRAL_ROLES, *INFORMED, Role.AUDITOR):
        return
    plan, people = in_force_for(reader, year)
    if plan is not None:
        yield Level(
            arch="plan",
            label=_("Invited by the plan"),
            count=people,
            url=reverse("intake:plan", args=[plan.pk]),
        )
