"""A programme year is created from the pack, cloned from the last one, opened and closed."""

import tomllib
from datetime import datetime
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext

from kakehashi.directory.actions import read_pack, sourced
from kakehashi.directory.models import MissionArea, Office, Person
from kakehashi.directory.rules import OfficeKind
from kakehashi.intake.actions.pack import patterns_of
from kakehashi.intake.actions.plan import copy_lines
from kakehashi.intake.models import Deadline, Plan, ProgrammeYear, Wave
from kakehashi.intake.policy import policy
from kakehashi.intake.queries import latest_plan
from kakehashi.intake.rules import (
    HOME,
    Pattern,
    Patterns,
    a_year_later,
    calendar_of,
    is_home,
    on_day,
)
from kakehashi.kernel.scope import unscoped
from kakehashi.kernel.trail import record


class YearExists(ValueError):
    """There is such a year already."""


@transaction.atomic
def create_year(year: int, *, folder: Path, by: Person, at: datetime) -> ProgrammeYear:
    """Prepare a year from the pack's patterns: waves, the programme's dates, each mission's.

    Raises `YearExists`.
    """
    policy.require(by, "create_year", None)
    _must_be_new(year)
    with (folder / "programme.toml").open("rb") as file:
        census = tomllib.load(file)["census"]
    made = ProgrammeYear.objects.create(
        year=year, census_on=on_day(year, census["month"], census["day"])
    )
    Wave.objects.bulk_create(
        Wave(
            year=made,
            code=line["code"],
            name_en=line["name_en"],
            name_ja=line["name_ja"],
            arrives_on=on_day(year, int(line["arrives_month"]), int(line["arrives_day"])),
            **sourced(line),
        )
        for line in read_pack(folder, "waves")
    )
    Deadline.objects.bulk_create(_deadlines(made, patterns_of(folder)), batch_size=500)
    record(made.key, "create_year", by=by, at=at)
    return made


@transaction.atomic
def clone_year(year_row: ProgrammeYear, *, by: Person, at: datetime) -> ProgrammeYear:
    """Prepare the next year as this one was: waves and dates one year later, numbers as a draft.

    A date stays what it is in its own time zone.  What was copied is marked assumed, since nobody
    has confirmed it for the new year.  Raises `YearExists`.
    """
    policy.require(by, "clone_year", year_row)
    _must_be_new(year_row.year + 1)
    census = year_row.census_on
    made = ProgrammeYear.objects.create(
        year=year_row.year + 1,
        census_on=on_day(census.year + 1, census.month, census.day),
        cloned_from=year_row,
    )
    _clone_calendar(year_row, made)
    plan = latest_plan(year_row)
    if plan:
        copy = Plan.objects.create(
            year=made,
            number=1,
            reason=gettext("Copied from %(year)s") % {"year": year_row.year},
            drafted_by=by,
            drafted_at=at,
        )
        copy_lines(plan, copy)
        record(copy.key, "draft_plan", by=by, at=at)
    record(made.key, "clone_year", by=by, at=at)
    return made


@transaction.atomic
def open_year(year: ProgrammeYear, *, by: Person, at: datetime) -> None:
    """Let the year begin: from now on everyone who signs in sees its dates."""
    policy.require(by, "open_year", year)
    year.move("open_year", by=by, at=at)


@transaction.atomic
def close_year(year: ProgrammeYear, *, by: Person, at: datetime) -> None:
    """Let the year end: nothing of it is changed any more."""
    policy.require(by, "close_year", year)
    year.move("close_year", by=by, at=at)


@unscoped("a year exists whoever may know of it")
def _must_be_new(year: int) -> None:
    if ProgrammeYear.objects.filter(year=year).exists():
        raise YearExists(
            gettext("The programme year %(year)s exists already.") % {"year": year}
        )


@unscoped("every mission gets its calendar, whoever creates the year")
def _deadlines(year: ProgrammeYear, patterns: Patterns) -> list[Deadline]:
    """Lay out the programme's own dates in Tokyo's time, then each mission's in its own."""
    rows = [_deadline(year, None, one, HOME) for one in patterns.get("", {}).values()]
    serves: dict[int, list[str]] = {}
    for area in MissionArea.objects.select_related("country").order_by("country__code"):
        serves.setdefault(area.mission_id, []).append(area.country.code)
    missions = Office.objects.filter(kind=OfficeKind.MISSION).select_related("country")
    for mission in missions.order_by("pk"):
        own = mission.country.code if mission.country else ""
        countries = sorted(serves.get(mission.pk, []), key=lambda code: (code != own, code))
        calendar = calendar_of(patterns, countries).values()
        abroad = (one for one in calendar if not is_home(one))
        rows += [_deadline(year, mission, one, mission.time_zone) for one in abroad]
    return rows


def _deadline(
    year: ProgrammeYear, mission: Office | None, pattern: Pattern, zone: str
) -> Deadline:
    return Deadline(
        year=year,
        mission=mission,
        event=pattern.event,
        at=pattern.moment(year.year, zone),
        time_zone=pattern.zone or zone,
        whole_day=pattern.time is None,
        source=pattern.source[:300],
        assumed=pattern.assumed,
    )


@unscoped("every date of a year is copied, whoever clones it")
def _clone_calendar(last: ProgrammeYear, made: ProgrammeYear) -> None:
    waves = list(Wave.objects.filter(year=last).order_by("pk"))
    deadlines = list(Deadline.objects.filter(year=last).order_by("pk"))
    for wave in waves:
        on = wave.arrives_on
        wave.arrives_on = on_day(on.year + 1, on.month, on.day)
    for deadline in deadlines:
        deadline.at = a_year_later(deadline.at, deadline.time_zone)
    rows: list[Wave | Deadline] = [*waves, *deadlines]
    for row in rows:
        row.pk, row.year = None, made
        row.source = f"as in {last.year}: {row.source}"[:300]
        row.assumed = True
    Wave.objects.bulk_create(waves)
    Deadline.objects.bulk_create(deadlines, batch_size=500)
