"""The invitation plan: versions are drafted, put before the council, released, replaced."""

from collections.abc import Sequence
from datetime import datetime
from typing import TypeAlias

from django.db import transaction
from django.db.models import F, Max
from django.utils.translation import gettext

from kakehashi.approvals.queries import require_approval
from kakehashi.councils.queries import require_resolution
from kakehashi.directory.models import Country, Person
from kakehashi.directory.queries import officers_everywhere
from kakehashi.intake.letters import COUNCIL, PlanBeforeCouncil
from kakehashi.intake.lifecycle import PlanState, YearState
from kakehashi.intake.models import Plan, PlanLine, Position, ProgrammeYear, Wave
from kakehashi.intake.policy import policy
from kakehashi.intake.queries import digest_of, plan_in_force, waves_by_code, years_by_number
from kakehashi.kernel.clock import TOKYO
from kakehashi.kernel.imports import Row
from kakehashi.kernel.lifecycle import MoveNotAllowed
from kakehashi.kernel.outbox import Draft, post
from kakehashi.kernel.scope import unscoped
from kakehashi.kernel.trail import record

Lines: TypeAlias = Sequence[tuple[Country, Position, Wave, int]]
MOST_SEATS = 20_000


class LineFault(ValueError):
    """A line of the plan cannot stand: wrong wave, wrong number, or twice."""


@transaction.atomic
def draft_plan(
    year: ProgrammeYear,
    *,
    reason: str,
    by: Person,
    at: datetime,
    copy_from: Plan | None = None,
) -> Plan:
    """Begin a new version of the plan, empty or as another version is."""
    policy.require(by, "draft_plan", year)
    _require_open(year)
    plan = Plan.objects.create(
        year=year,
        number=_next_number(year),
        reason=reason,
        drafted_by=by,
        drafted_at=at,
    )
    if copy_from:
        copy_lines(copy_from, plan)
    record(plan.key, "draft_plan", by=by, at=at)
    return plan


@transaction.atomic
def set_lines(plan: Plan, lines: Lines, *, by: Person, at: datetime) -> int:
    """Write the whole table of a draft anew; lines of no seats are left out.

    Returns how many lines stand.  Raises `LineFault`, and `MoveNotAllowed` when the version is no
    longer a draft or somebody changed it since it was read.
    """
    policy.require(by, "set_lines", plan)
    _require_open(plan.year)
    _check(plan, lines)
    _touch(plan)
    _write_lines(plan, lines)
    record(plan.key, "set_lines", by=by, at=at)
    plan.refresh_from_db()
    return sum(seats > 0 for *_where, seats in lines)


@transaction.atomic
def import_plan(rows: list[Row], *, by: Person, at: datetime) -> int:
    """Bring tables of numbers: each year in them gets a new draft version.

    A row holds `year` (a `ProgrammeYear`), `country`, `position`, `wave` (its code) and `seats`.
    """
    policy.require(by, "import_plan", None)
    for year in years_by_number().values():
        mine = [row for row in rows if row["year"].pk == year.pk]
        if not mine:
            continue
        waves = waves_by_code(year)
        reason = gettext("Imported from a table")
        plan = draft_plan(year, reason=reason, by=by, at=at)
        lines = [
            (row["country"], row["position"], waves[row["wave"]], row["seats"]) for row in mine
        ]
        set_lines(plan, lines, by=by, at=at)
    return len(rows)


@transaction.atomic
def submit_plan(plan: Plan, *, by: Person, at: datetime) -> None:
    """Put the version before the joint council; from then on its numbers stand still."""
    policy.require(by, "submit_plan", plan)
    _require_open(plan.year)
    _tell_the_council(plan, at=at)
    plan.move("submit_plan", by=by, at=at, submitted_at=at)


def _tell_the_council(plan: Plan, *, at: datetime) -> None:
    """Write to everyone who sits on the joint council that this version lies before it."""
    letter = PlanBeforeCouncil(version=f"{plan.year}-{plan.number}", reason=plan.reason)
    for person in officers_everywhere(*COUNCIL, on=at.astimezone(TOKYO).date()):
        draft = Draft(letter=letter, to=person, language=person.language, about=plan.key)
        post(draft, at=at)


@transaction.atomic
def return_plan(plan: Plan, *, by: Person, at: datetime) -> None:
    """Give the version back to MIC for correction."""
    policy.require(by, "return_plan", plan)
    _require_open(plan.year)
    plan.move("return_plan", by=by, at=at)


@transaction.atomic
def release_plan(plan: Plan, *, by: Person, at: datetime) -> None:
    """Put the numbers in force, and the version before them out of force.

    Raises `NoResolution` until the joint council has resolved about this version as it now is: a
    version that came back and was corrected needs another resolution.  Raises `NoApproval` where MIC
    has a route for it and has not approved exactly these numbers.
    """
    policy.require(by, "release_plan", plan)
    _require_open(plan.year)
    require_resolution(plan.key, since=plan.submitted_at)
    require_approval(plan.key, lambda: digest_of(plan), by=by, at=at)
    before = plan_in_force(plan.year)
    if before:
        supersede_plan(before, by=by, at=at)
    plan.move("release_plan", by=by, at=at, released_at=at)


@transaction.atomic
def supersede_plan(plan: Plan, *, by: Person, at: datetime) -> None:
    """Take the version out of force, since a newer one is put in force."""
    policy.require(by, "supersede_plan", plan)
    plan.move("supersede_plan", by=by, at=at)


@unscoped("a copy has the lines of what it is a copy of")
def copy_lines(source: Plan, target: Plan) -> None:
    """Copy every line of one version to another, perhaps of another year, wave by wave."""
    waves = waves_by_code(target.year)
    lines = PlanLine.objects.filter(plan=source).select_related("wave").order_by("pk")
    PlanLine.objects.bulk_create(
        [
            PlanLine(
                plan=target,
                country_id=line.country_id,
                position_id=line.position_id,
                wave=waves[line.wave.code],
                seats=line.seats,
            )
            for line in lines
            if line.wave.code in waves
        ],
        batch_size=500,
    )


def _require_open(year: ProgrammeYear) -> None:
    if year.state == YearState.CLOSED:
        raise MoveNotAllowed(gettext("This year is closed. Its plan cannot be changed."))


def _check(plan: Plan, lines: Lines) -> None:
    there: set[tuple[int, int, int]] = set()
    for country, position, wave, seats in lines:
        where = f"{country.code} {position.code} {wave.code}"
        if wave.year_id != plan.year_id:
            raise LineFault(
                gettext(
                    "%(where)s: this wave belongs to another year. Choose one of this year."
                )
                % {"where": where}
            )
        if not 0 <= seats <= MOST_SEATS:
            raise LineFault(
                gettext("%(where)s: write a number of seats from 0 to %(most)s.")
                % {"where": where, "most": MOST_SEATS}
            )
        key = (country.pk, position.pk, wave.pk)
        if key in there:
            raise LineFault(
                gettext("%(where)s: this line stands twice. Delete one of them.")
                % {"where": where}
            )
        there.add(key)


@unscoped("the version is the caller's; only whether it moved meanwhile is asked")
def _touch(plan: Plan) -> None:
    """Note that the draft changes, unless it moved on since it was read."""
    as_i_saw_it = Plan.objects.filter(pk=plan.pk, version=plan.version, state=PlanState.DRAFT)
    if not as_i_saw_it.update(version=F("version") + 1):
        raise MoveNotAllowed(
            gettext("This version is no longer the draft you opened. Open it again.")
        )


@unscoped("the lines of the version whose change was allowed")
def _write_lines(plan: Plan, lines: Lines) -> None:
    PlanLine.objects.filter(plan=plan).delete()
    PlanLine.objects.bulk_create(
        [
            PlanLine(plan=plan, country=country, position=position, wave=wave, seats=seats)
            for country, position, wave, seats in lines
            if seats
        ],
        batch_size=500,
    )


@unscoped("numbers of versions run on, whoever may know of them")
def _next_number(year: ProgrammeYear) -> int:
    last: int | None = Plan.objects.filter(year=year).aggregate(last=Max("number"))["last"]
    return (last or 0) + 1
