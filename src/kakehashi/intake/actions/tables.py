"""Pay and days off: dated rows set by those whose they are, never two of a kind at once."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext

from kakehashi.directory.models import Office, Person
from kakehashi.intake.models import DayOff, PayRate
from kakehashi.intake.policy import policy
from kakehashi.intake.queries import days_off_of, pay_rows
from kakehashi.intake.rules import a_year_later_on, in_fiscal_year, meets
from kakehashi.kernel.trail import Actor, record, record_many

COPIED = "copied from the row before"


class Overlaps(ValueError):
    """Another row says something of the same people on the same days."""


class NothingToCopy(ValueError):
    """There is no row to copy, or the copies are there already."""


@transaction.atomic
def set_pay(rate: PayRate, *, facts: Mapping[str, Any], by: Person, at: datetime) -> None:
    """Write a row of the pay table, new or known; raises `Overlaps`.

    The days are looked at again after the line in the trail, for which all writers queue: two of
    them cannot both find the days free.
    """
    policy.require(by, "set_pay", None)
    for name, value in facts.items():
        setattr(rate, name, value)
    rate.save()
    record(rate.key, "set_pay", by=by, at=at)
    for other in pay_rows():
        if other.pk != rate.pk and _same_pay(rate, other):
            raise Overlaps(
                gettext(
                    "Another row of the table holds for these people on these days: %(row)s."
                )
                % {"row": other}
            )


def _same_pay(one: PayRate, other: PayRate) -> bool:
    """Say whether two rows pay the same year of service of the same cohort on the same day."""
    years = one.year_of_service == other.year_of_service
    cohorts = meets((one.cohort_from, one.cohort_to), (other.cohort_from, other.cohort_to))
    days = meets((one.valid_from, one.valid_to), (other.valid_from, other.valid_to))
    return years and cohorts and days


@transaction.atomic
def clone_pay(cohort: int, *, by: Person, at: datetime) -> int:
    """Let a new cohort have rows of its own, as the one before; they are assumed until checked.

    The rows that would have held for it end with the cohort before.  Raises `NothingToCopy`.
    """
    policy.require(by, "set_pay", None)
    rows = [
        row
        for row in pay_rows()
        if row.cohort_from is not None and row.cohort_from < cohort and row.cohort_to is None
    ]
    if not rows:
        raise NothingToCopy(gettext("No open row of an earlier cohort is there to copy."))
    new = [_pay_for(row, cohort) for row in rows]
    for row in rows:
        row.cohort_to = cohort - 1
        row.save(update_fields=["cohort_to"])
    PayRate.objects.bulk_create(new)
    record_many([(row.key, "clone_pay") for row in (*rows, *new)], by=by, at=at)
    return len(new)


def _pay_for(row: PayRate, cohort: int) -> PayRate:
    names = ("year_of_service", "annual_yen", "monthly_yen", "taxes", "valid_from", "valid_to")
    facts = {name: getattr(row, name) for name in names}
    return PayRate(cohort_from=cohort, source=COPIED, assumed=True, **facts)


@transaction.atomic
def set_day_off(day: DayOff, *, facts: Mapping[str, Any], by: Person, at: datetime) -> None:
    """Write a row of a calendar of days off, new or known; raises `Overlaps`."""
    policy.require(by, "set_day_off", day.office)
    for name, value in facts.items():
        setattr(day, name, value)
    _must_be_free(day)
    day.save()
    record(day.key, "set_day_off", by=by, at=at)
    _must_be_free(day)


def _must_be_free(day: DayOff) -> None:
    """See that no row of the same calendar and kind holds on one of these days."""
    for other in days_off_of(day.office):
        same = (other.kind, other.at_schools, other.at_offices)
        if other.pk == day.pk or same != (day.kind, day.at_schools, day.at_offices):
            continue
        if meets((day.first_on, day.last_on), (other.first_on, other.last_on)):
            raise Overlaps(
                gettext("“%(row)s” holds on these days already. Change that row instead.")
                % {"row": other}
            )


@transaction.atomic
def drop_day_off(day: DayOff, *, by: Person, at: datetime) -> None:
    """Strike a row out of a calendar of days off."""
    policy.require(by, "set_day_off", day.office)
    key = day.key
    day.delete()
    record(key, "drop_day_off", by=by, at=at)


@transaction.atomic
def clone_days_off(office: Office | None, year: int, *, by: Actor, at: datetime) -> int:
    """Copy a fiscal year's days off to the next one, assumed until somebody checks them.

    What stands in the next year already stays.  Raises `NothingToCopy`.
    """
    if isinstance(by, Person):
        policy.require(by, "set_day_off", office)
    rows = list(days_off_of(office))
    there = {(row.kind, row.name_en) for row in rows if in_fiscal_year(row.first_on, year + 1)}
    new = [
        DayOff(
            office=office,
            kind=row.kind,
            name_en=row.name_en,
            name_ja=row.name_ja,
            first_on=a_year_later_on(row.first_on),
            last_on=a_year_later_on(row.last_on),
            at_schools=row.at_schools,
            at_offices=row.at_offices,
            source=COPIED,
            assumed=True,
        )
        for row in rows
        if in_fiscal_year(row.first_on, year) and (row.kind, row.name_en) not in there
    ]
    if not new:
        raise NothingToCopy(gettext("Nothing of that year is left to copy."))
    DayOff.objects.bulk_create(new)
    record_many([(row.key, "clone_days_off") for row in new], by=by, at=at)
    return len(new)
