"""What can be done about figures: take a census, and load the published series."""

from datetime import date, datetime
from pathlib import Path

from django.db import IntegrityError, transaction
from django.utils.translation import gettext

from kakehashi.directory.actions import keep, read_pack, sourced
from kakehashi.directory.models import Person
from kakehashi.kernel.clock import TOKYO
from kakehashi.kernel.scope import unscoped
from kakehashi.kernel.trail import Actor, record
from kakehashi.statistics.models import Census, CensusLine, YearFigure
from kakehashi.statistics.policy import policy
from kakehashi.statistics.queries import count_register, is_census_day

SYSTEM = "system:census"


class NotYet(ValueError):
    """The day has not come; nothing was counted."""


class CountedAlready(ValueError):
    """There is a census of this day; there is only one a day."""


class NoHostBody(ValueError):
    """An organisation with participants has no host body, so the tables would not agree."""


@transaction.atomic
def take_census(*, on: date, by: Actor = SYSTEM, at: datetime) -> Census:
    """Count the register as of a day, and keep the counts for ever.

    It is the official census where the programme counts on that day, else an interim one for
    CLAIR and the ministries.  Raises `CountedAlready`, `NotYet`, `NoHostBody`.
    """
    if isinstance(by, Person):
        policy.require(by, "take_census", None)
    if on > at.astimezone(TOKYO).date():
        raise NotYet(gettext("Day of the census: enter today or a day that has passed."))
    try:
        with transaction.atomic():
            census = Census.objects.create(
                taken_on=on,
                is_official=is_census_day(on),
                taken_by=by if isinstance(by, Person) else None,
                taken_at=at,
            )
    except IntegrityError:
        raise CountedAlready(
            gettext("There is a census of this day already. Enter another day.")
        ) from None
    CensusLine.objects.bulk_create(_lines(census), batch_size=500)
    record(census.key, "take_census", by=by, at=at)
    return census


@transaction.atomic
def take_todays_census(*, on: date, at: datetime) -> Census | None:
    """Take the official census if the programme counts on this day and nobody has yet."""
    if not is_census_day(on) or _taken(on):
        return None
    return take_census(on=on, at=at)


@transaction.atomic
def load_series(folder: Path, *, by: Actor, at: datetime) -> int:
    """Load the programme's published totals by year from its pack; returns how many are new.

    A year is known by its number, so that loading twice leaves the same rows.
    """
    if isinstance(by, Person):
        policy.require(by, "load_series", None)
    lines = read_pack(folder, "participants_by_year")
    written = keep(YearFigure, ("year",), map(_figure, lines))
    record("statistics.series/participants_by_year", "load_series", by=by, at=at)
    return written


def _figure(line: dict[str, str]) -> dict[str, object]:
    numbers = ("total", "countries", "alt", "cir", "sea")
    return {
        "year": int(line["year"]),
        "note": line["note"][:300],
        **{name: int(line[name]) if line[name] else None for name in numbers},
        **sourced(line),
    }


def _lines(census: Census) -> list[CensusLine]:
    found = []
    for group in count_register(census.taken_on):
        if group.host_body is None:
            raise NoHostBody(
                gettext(
                    "An organisation with participants has no host body. "
                    "Enter its host body in the directory, then count again."
                )
            )
        found.append(
            CensusLine(
                census=census,
                organisation_id=group.organisation,
                host_body_id=group.host_body,
                employer_type=group.employer_type,
                country_id=group.country,
                position_id=group.position,
                people=group.people,
            )
        )
    return found


@unscoped("there is one census a day, whoever took it")
def _taken(day: date) -> bool:
    return Census.objects.filter(taken_on=day).exists()
