"""What can be asked about a programme year: its plan, dates, papers, pay and words."""

from collections.abc import Collection, Mapping
from datetime import date, datetime, time, timedelta

from django.db.models import F, Q, QuerySet, Sum
from django.urls import reverse
from django.utils.translation import gettext

from kakehashi.approvals.queries import Paper, paper
from kakehashi.approvals.rules import digest
from kakehashi.councils.queries import Subject, describe
from kakehashi.directory.models import Country, Office, Person
from kakehashi.directory.policy import CENTRAL_ROLES, holds, offices_of, seats_of
from kakehashi.directory.queries import countries_by_code, offices_for
from kakehashi.directory.rules import Role
from kakehashi.intake.lifecycle import PLAN, YEAR, PlanState, YearState
from kakehashi.intake.models import (
    Deadline,
    DocumentRequirement,
    GlossaryTerm,
    PayRate,
    Plan,
    PlanLine,
    Position,
    ProgrammeYear,
    Wave,
)
from kakehashi.intake.policy import policy
from kakehashi.intake.rules import EVENTS_OF, STANDS_FOR
from kakehashi.kernel.clock import TOKYO
from kakehashi.kernel.dated import in_force
from kakehashi.kernel.lifecycle import Move
from kakehashi.kernel.scope import seen_by, unscoped
from kakehashi.web.offers import Due, Reader


def may(person: Person, action: str, thing: object = None) -> bool:
    """Answer whether a button shall be shown to this person."""
    return policy.allows(person, action, thing)


def require(person: Person, action: str, thing: object = None) -> None:
    """Refuse a page whose button would be refused, with the same sentence."""
    policy.require(person, action, thing)


def moves_of_year(person: Person, year: ProgrammeYear) -> list[Move[YearState]]:
    """List what this person can do to the year's state now."""
    return [one for one in YEAR.moves_from(year.state) if may(person, one.name, year)]


def moves_of_plan(person: Person, plan: Plan) -> list[Move[PlanState]]:
    """List what this person can do to the plan's state now; a newer one replaces it by itself."""
    moves = [one for one in PLAN.moves_from(plan.state) if one.name != "supersede_plan"]
    return [one for one in moves if may(person, one.name, plan)]


def years_for(person: Person) -> QuerySet[ProgrammeYear]:
    """Find the years this person may know of, the latest first."""
    return seen_by(person, ProgrammeYear).order_by("-year")


@unscoped("the number of a year is printed in every guideline")
def year_of(number: int) -> ProgrammeYear:
    """Find a year by its number; raises `ProgrammeYear.DoesNotExist`."""
    return ProgrammeYear.objects.get(year=number)


def current_year(person: Person) -> ProgrammeYear | None:
    """Find the latest year under way, or where none is the latest this person knows of."""
    years = list(years_for(person))
    under_way = (one for one in years if one.state == YearState.OPEN)
    return next(under_way, years[0] if years else None)


@unscoped("the numbers of years are open to whoever may bring a table")
def years_by_number() -> dict[str, ProgrammeYear]:
    """Look up years by their number, written as text."""
    return {str(one.year): one for one in ProgrammeYear.objects.order_by("-year")}


def plans_for(person: Person) -> QuerySet[Plan]:
    """Find the versions of plans this person may know of, the newest first, with their seats."""
    found = seen_by(person, Plan).select_related("year", "drafted_by")
    return found.annotate(seats=Sum("lines__seats")).order_by("-year__year", "-number")


@describe("intake.plan")
def plans_in_words(person: Person, numbers: Collection[int]) -> dict[int, Subject]:
    """Say for a resolution which version of which year's plan it is about."""
    return {
        row.pk: Subject(
            label=gettext("Invitation plan %(version)s")
            % {"version": f"{row.year}-{row.number}"},
            url=reverse("intake:plan", args=[row.pk]),
        )
        for row in plans_for(person).filter(pk__in=numbers)
    }


def lines_for(person: Person) -> QuerySet[PlanLine]:
    """Find the lines of the plans this person may know of."""
    found = seen_by(person, PlanLine)
    return found.select_related("country", "position", "wave", "plan__year")


def released_lines_for(person: Person) -> QuerySet[PlanLine]:
    """Find the lines in force, for an export."""
    found = lines_for(person).filter(plan__state=PlanState.RELEASED)
    return found.order_by("plan__year__year", "country__code", "position__rank", "wave__pk")


@unscoped("a released plan is what selection and placement work to")
def plan_in_force(year: ProgrammeYear) -> Plan | None:
    """Find the plan in force, if one was released."""
    return Plan.objects.filter(year=year, state=PlanState.RELEASED).first()


@unscoped("the latest version of a plan is what the next one starts from")
def latest_plan(year: ProgrammeYear) -> Plan | None:
    """Find the plan in force, or where none is the latest version."""
    rows = Plan.objects.filter(year=year)
    return rows.filter(state=PlanState.RELEASED).first() or rows.order_by("-number").first()


@unscoped("the numbers in force are published")
def quota(
    year: ProgrammeYear,
    *,
    country: Country | None = None,
    position: Position | None = None,
) -> int:
    """Count the seats of the plan in force, of one country or position where named."""
    lines = PlanLine.objects.filter(plan__year=year, plan__state=PlanState.RELEASED)
    if country is not None:
        lines = lines.filter(country=country)
    if position is not None:
        lines = lines.filter(position=position)
    return lines.aggregate(all=Sum("seats"))["all"] or 0


@unscoped("the numbers in force are published")
def seats_by(year: ProgrammeYear) -> dict[tuple[int, int], int]:
    """Count the seats in force by the numbers of country and position."""
    lines = PlanLine.objects.filter(plan__year=year, plan__state=PlanState.RELEASED)
    rows = lines.values("country", "position").annotate(all=Sum("seats"))
    return {(row["country"], row["position"]): row["all"] for row in rows}


def deadlines_for(person: Person, year: ProgrammeYear) -> QuerySet[Deadline]:
    """Find the dates of a year: first the programme's own, then each mission's, as they come."""
    found = seen_by(person, Deadline).filter(year=year).select_related("mission", "year")
    return found.order_by("mission__name_en", "at", "pk")


def dates_for(person: Person) -> QuerySet[Deadline]:
    """Find every date of every year this person may know of."""
    return seen_by(person, Deadline).select_related("mission", "year")


def missions_dated(person: Person, year: ProgrammeYear) -> list[tuple[str, str]]:
    """List code and name of the missions that have dates in a year."""
    rows = offices_for(person).filter(deadlines__year=year).distinct().order_by("name_en")
    return [(one.code, str(one)) for one in rows]


@unscoped("when applications close is announced to everyone")
def deadline(year: ProgrammeYear, mission: Office | None, event: str) -> Deadline | None:
    """Find the mission's own date of an event, else the programme's."""
    for name in (event, STANDS_FOR.get(event, "")):
        rows = Deadline.objects.filter(year=year, event=name).select_related("mission")
        found = list(rows.filter(Q(mission=mission) | Q(mission=None)))
        found.sort(key=lambda one: one.mission_id is None)
        if found:
            return found[0]
    return None


def due_for(reader: Reader, event: str) -> Due | None:
    """Say until when something of the reader's year is due for them, if a date is set.

    At their own mission, else the programme's own date, else the nearest of all missions.
    """
    known = reader.keep("intake.due", lambda: _dues(reader))
    return known.get(event) or known.get(STANDS_FOR.get(event, ""))


def in_force_for(reader: Reader, year: ProgrammeYear) -> tuple[Plan | None, int]:
    """Give the plan in force and how many it invites, asked once for the reader's page."""

    def ask() -> tuple[Plan | None, int]:
        plan = plan_in_force(year)
        return plan, quota(year) if plan else 0

    return reader.keep("intake.in_force", ask)


def _dues(reader: Reader) -> dict[str, Due]:
    if reader.year is None:
        return {}
    own = offices_of(reader.person, Role.MISSION, Role.READER, Role.INTERVIEWER)
    rows = seen_by(reader.person, Deadline).filter(year=reader.year)
    if own:
        rows = rows.filter(Q(mission=None) | Q(mission__in=own))
    found: dict[str, tuple[tuple[int, int], Due]] = {}
    names = ("event", "mission", "at", "time_zone", "whole_day")
    for event, mission, at, zone, whole in rows.order_by("at", "pk").values_list(*names):
        nearness = 0 if mission in own else 1 if mission is None else 2
        rank = nearness, int(at < reader.at)
        if event not in found or rank < found[event][0]:
            found[event] = rank, Due(at=at, zone=zone, whole_day=whole)
    return {event: due for event, (_rank, due) in found.items()}


def dates_in(person: Person, first: date, last: date) -> QuerySet[Deadline]:
    """Find the dates between two days that concern this person by their seats, as they come.

    A mission's people have their own mission's; the ministries, CLAIR, the auditor and the operator
    every mission's; everybody else the events of `EVENTS_OF`, the programme's own ones.
    """
    begin = datetime.combine(first, time(0), tzinfo=TOKYO) - timedelta(days=1)
    end = datetime.combine(last, time(0), tzinfo=TOKYO) + timedelta(days=2)
    rows = dates_for(person).filter(at__range=(begin, end)).order_by("at", "event", "pk")
    if holds(person, *CENTRAL_ROLES, Role.AUDITOR, Role.OPERATOR):
        return rows
    own = Q(mission__in=offices_of(person, Role.MISSION))
    for seat in seats_of(person):
        events = Q(event__in=EVENTS_OF.get(seat.role, ()))
        here = Q(mission=seat.office) | Q(mission=None)
        own |= events & here
    if holds(person, Role.MISSION):
        own |= Q(mission=None)
    return rows.filter(own)


@unscoped("when applications close is announced to everyone")
def deadlines_by_mission(year: ProgrammeYear, event: str) -> dict[int | None, Deadline]:
    """Look up every date of an event by the mission's number; None is the programme's own."""
    rows = Deadline.objects.filter(year=year, event=event)
    return {row.mission_id: row for row in rows}


@unscoped("which papers are asked is announced to everyone")
def documents_for(country: Country | None, on: date) -> list[DocumentRequirement]:
    """List the papers asked of a country's applicants: its own rows replace the general ones."""
    rows = DocumentRequirement.objects.filter(in_force(on)).select_related("country")
    found = rows.filter(Q(country=None) | Q(country=country)).order_by("pk")
    by_code = {row.code: row for row in found if row.country_id is None}
    by_code |= {row.code: row for row in found if row.country_id is not None}
    return list(by_code.values())


def documents_known_to(person: Person, on: date) -> QuerySet[DocumentRequirement]:
    """Find every paper asked on a day, those for all first."""
    found = seen_by(person, DocumentRequirement).filter(in_force(on)).select_related("country")
    return found.order_by("country__name_en", "pk")


@unscoped("positions are open to everyone")
def positions_by_code() -> dict[str, Position]:
    """Look up positions by their code, in the programme's order."""
    return {one.code: one for one in Position.objects.order_by("rank", "code")}


@unscoped("waves are announced to everyone")
def waves_by_code(year: ProgrammeYear) -> dict[str, Wave]:
    """Look up a year's waves by their code, as they arrive."""
    return {one.code: one for one in Wave.objects.filter(year=year).order_by("arrives_on")}


@unscoped("codes of waves are open to whoever may bring a table")
def waves_by_year_and_code() -> dict[tuple[int, str], Wave]:
    """Look up every wave by the number of its year's row and its code."""
    return {(one.year_id, one.code): one for one in Wave.objects.order_by("arrives_on")}


def codes_of_lines(year: ProgrammeYear) -> dict[str, Mapping[str, Country | Position | Wave]]:
    """Look up what a line of a year's plan may name, each by its code."""
    return {
        "country": countries_by_code(),
        "position": positions_by_code(),
        "wave": waves_by_code(year),
    }


def waves_for(person: Person, year: ProgrammeYear) -> QuerySet[Wave]:
    """Find a year's waves, as they arrive."""
    return seen_by(person, Wave).filter(year=year).order_by("arrives_on", "pk")


@unscoped("the pay table is published")
def pay_for(cohort: int, year_of_service: int, on: date) -> PayRate | None:
    """Find what somebody who arrived in `cohort` is paid in a year of service, as of a day."""
    here = Q(cohort_from=None) | Q(cohort_from__lte=cohort)
    still = Q(cohort_to=None) | Q(cohort_to__gte=cohort)
    which = Q(year_of_service=None) | Q(year_of_service=year_of_service)
    rows = PayRate.objects.filter(in_force(on), here, still, which)
    closest = (
        F(name).desc(nulls_last=True)  # PostgreSQL would put a row for all before one for some
        for name in ("cohort_from", "year_of_service", "valid_from")
    )
    return rows.order_by(*closest, "pk").first()


def pay_known_to(person: Person, on: date) -> QuerySet[PayRate]:
    """Find the whole pay table as of a day, the newest cohort first."""
    found = seen_by(person, PayRate).filter(in_force(on))
    return found.order_by("-cohort_from", "year_of_service", "pk")


def glossary_for(person: Person) -> QuerySet[GlossaryTerm]:
    """Find the programme's words."""
    return seen_by(person, GlossaryTerm).order_by("en", "pk")


@unscoped("what is approved is the whole table of numbers")
def digest_of(plan: Plan) -> str:
    """Name a version of the plan by all its numbers."""
    lines = PlanLine.objects.filter(plan=plan, seats__gt=0)
    facts = lines.order_by("country__code", "position__code", "wave__code")
    rows = facts.values_list("country__code", "position__code", "wave__code", "seats")
    return digest(plan.year.year, plan.number, [*rows])


@paper("intake.plan")
def paper_of_plan(person: Person, pk: int) -> Paper | None:
    """Lay a version of the plan on paper for who may know of it."""
    found = plans_for(person).filter(pk=pk).first()
    if found is None:
        return None

    def label() -> str:
        facts = {"year": found.year.year, "number": found.number}
        return gettext("Invitation plan %(year)s, version %(number)s") % facts

    url = reverse("intake:plan", args=[pk])
    return Paper(label=label, url=url, digest=digest_of(found))
