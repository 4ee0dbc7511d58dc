"""What is true of a term of appointment without asking the database."""

from dataclasses import dataclass
from datetime import date, timedelta

from kakehashi.arrival.rules import MOST_YEARS

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Term:
    """A year of service: which one, its first and its last day."""

    year_of_service: int
    starts_on: date
    ends_on: date


def years_after(day: date, years: int) -> date:
    """Give the same day of a later year; 29 February becomes 1 March where there is none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def term(arrived_on: date, year_of_service: int) -> Term:
    """Give the term of a year of service: one year, the first from the day after arrival.

    Terms follow one another without a gap (rules C1 and S8: SYD-C, FJ11, IN26).
    """
    first = arrived_on + ONE_DAY
    return Term(
        year_of_service=year_of_service,
        starts_on=years_after(first, year_of_service - 1),
        ends_on=years_after(first, year_of_service) - ONE_DAY,
    )


def term_on(arrived_on: date, day: date) -> Term | None:
    """Give the term that runs on a day; the first one before it starts.

    None once the five years are over that are the most anyone may serve (rule C2).
    """
    for year_of_service in range(1, MOST_YEARS + 1):
        found = term(arrived_on, year_of_service)
        if day <= found.ends_on:
            return found
    return None


def may_end_on(day: date, *, starts_on: date, ends_on: date) -> bool:
    """Say whether a term can end early on this day: within it, and before its own last day."""
    return starts_on <= day < ends_on


def is_over(ends_on: date, *, today: date) -> bool:
    """Say whether a term's last day has come."""
    return today >= ends_on
