"""The year's calendar without a database: events, patterns of dates, and how they move."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from typing import TypeAlias, TypeVar

from kakehashi.directory.rules import Role
from kakehashi.kernel.words import Words, _
from kakehashi.kernel.zones import time_zone

HOME = "Asia/Tokyo"
LAST_MOMENT = time(23, 59, 59)

EVENT_NAMES: dict[str, Words] = {
    "guidelines_issued": _("Guidelines issued"),
    "information_session": _("Information session"),
    "opens": _("Applications open"),
    "closes": _("Applications close"),
    "screening_results": _("Screening results"),
    "interviews_from": _("Interviews begin"),
    "interviews_to": _("Interviews end"),
    "spring_papers_by": _("Papers for April arrival due"),
    "results_spring": _("Results for April arrival"),
    "results": _("Results"),
    "reply_by": _("Reply forms due"),
    "placement_notice": _("Placement notices"),
    "papers_by": _("Papers due"),
    "terms_sent_by": _("Terms and conditions sent by"),
    "pre_departure_orientation": _("Pre-departure orientation"),
    "departure": _("Departure"),
    "departure_april": _("Departure for April arrival"),
    "departure_a": _("Departure of Group A"),
    "departure_b": _("Departure of Group B"),
    "departure_c": _("Departure of Group C"),
    "alternates_until": _("Last day to call alternates"),
    "demand_due": _("Requests of contracting organisations due"),
    "reappointment_opens": _("Reappointment opens"),
    "reappointment_provisional": _("Provisional reappointment answers due"),
    "reappointment_final": _("Final reappointment answers due"),
}
# The dates that concern those who have no mission's whole calendar, by the role of their seat.
_EMPLOYERS = (
    "demand_due",
    "placement_notice",
    "terms_sent_by",
    "departure_april",
    "departure_a",
    "departure_b",
    "departure_c",
    "reappointment_opens",
    "reappointment_provisional",
    "reappointment_final",
)
_SERVING = ("reappointment_opens", "reappointment_provisional", "reappointment_final")
EVENTS_OF: dict[str, tuple[str, ...]] = {
    Role.READER: ("closes", "screening_results"),
    Role.INTERVIEWER: ("screening_results", "interviews_from", "interviews_to"),
    Role.PLACEMENT_COMMITTEE: ("results", "demand_due", "placement_notice"),
    Role.HOST: _EMPLOYERS,
    Role.ADVISOR: _EMPLOYERS,
    Role.ORGANISATION: _EMPLOYERS,
    Role.SUPERVISOR: _EMPLOYERS,
    Role.PARTICIPANT: _SERVING,
    Role.AJET: _SERVING,
    Role.GROUP_LEADER: _SERVING,
    Role.JETAA: ("information_session", "opens", "closes", "pre_departure_orientation"),
    Role.ALUMNA: ("information_session", "opens", "closes"),
}
# Where no pattern names plain "departure", that of the first summer group is meant.
STANDS_FOR = {"departure": "departure_a"}

# Without a time a deadline ends with its day; everything else begins with it.
ENDS = frozenset(
    {
        "closes",
        "interviews_to",
        "spring_papers_by",
        "reply_by",
        "papers_by",
        "terms_sent_by",
        "alternates_until",
        "demand_due",
        "reappointment_provisional",
        "reappointment_final",
    }
)
# The second may not come before the first.
PAIRS = (("opens", "closes"), ("interviews_from", "interviews_to"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern:
    """An event as it recurs: month and day, `offset` years from the year of arrival.

    Without a `time` the whole day is meant; without a `zone` the mission's own.
    """

    event: str
    month: int
    day: int
    time: time | None
    zone: str
    offset: int
    source: str
    assumed: bool

    def moment(self, year: int, zone: str) -> datetime:
        """Say when the event is in the programme year `year`, in `zone` if it has none."""
        on = on_day(year + self.offset, self.month, self.day)
        whole = LAST_MOMENT if self.event in ENDS else time(0)
        return datetime.combine(on, self.time or whole, tzinfo=time_zone(self.zone or zone))


Patterns = Mapping[str, Mapping[str, Pattern]]
"""The patterns by country code and event; those of the country "" hold for every country."""


def on_day(year: int, month: int, day: int) -> date:
    """Give a day of the year; 29 February is the 28th where there is none."""
    try:
        return date(year, month, day)
    except ValueError:
        if (month, day) == (2, 29):
            return date(year, 2, 28)
        raise


def calendar_of(patterns: Patterns, countries: Iterable[str]) -> dict[str, Pattern]:
    """Give a mission's calendar: the default, over it the first country's that has its own."""
    own = next((patterns[code] for code in countries if code in patterns), {})
    return {**patterns.get("", {}), **own}


def is_home(pattern: Pattern) -> bool:
    """Answer whether an event takes place in Japan, the same for every mission."""
    return pattern.zone == HOME


def a_year_later(moment: datetime, zone: str) -> datetime:
    """Move a moment by one year as the calendar in its own zone has it: 17:00 stays 17:00."""
    local = moment.astimezone(time_zone(zone))
    on = on_day(local.year + 1, local.month, local.day)
    return datetime.combine(on, local.time(), tzinfo=time_zone(zone))


def out_of_order(moments: Mapping[str, datetime]) -> tuple[str, str] | None:
    """Name the first pair of events that come the wrong way round; None where all is well."""
    for first, then in PAIRS:
        if first in moments and then in moments and moments[then] < moments[first]:
            return first, then
    return None


@dataclass(frozen=True, slots=True)
class Crosstab:
    """Seats by country (rows) and by position and wave (columns), with every total."""

    columns: list[tuple[str, str]]
    rows: list[tuple[str, list[int], int]]
    totals: list[int]
    total: int


def crosstab(lines: Iterable[tuple[str, str, str, int]]) -> Crosstab:
    """Lay lines of (country, position, wave, seats) out as a table.

    Rows and columns stand in the order in which their names first come.
    """
    cells: dict[tuple[str, str, str], int] = {}
    for country, position, wave, seats in lines:
        key = country, position, wave
        cells[key] = cells.get(key, 0) + seats
    countries = list(dict.fromkeys(country for country, _position, _wave in cells))
    columns = list(dict.fromkeys((position, wave) for _country, position, wave in cells))
    rows = []
    for country in countries:
        row = [cells.get((country, *column), 0) for column in columns]
        rows.append((country, row, sum(row)))
    totals = [sum(cells.get((country, *one), 0) for country in countries) for one in columns]
    return Crosstab(columns, rows, totals, sum(totals))


class OffKind(StrEnum):
    """Why a day is free, or a stretch of days."""

    HOLIDAY = "holiday"
    CLOSED = "closed"
    SCHOOL_BREAK = "school_break"


OFF_NAMES: dict[str, Words] = {
    OffKind.HOLIDAY: _("National holiday"),
    OffKind.CLOSED: _("Office closed"),
    OffKind.SCHOOL_BREAK: _("School break"),
}
FISCAL_START = 4  # the month in which an office's and a school's year begins

D = TypeVar("D", int, date)
Span: TypeAlias = tuple[D | None, D | None]


def meets(one: Span[D], other: Span[D]) -> bool:
    """Say whether two stretches have a year or a day in common; an open end never ends."""
    (first, last), (begin, end) = one, other
    starts = first is None or end is None or first <= end
    ends = begin is None or last is None or begin <= last
    return starts and ends


def in_fiscal_year(day: date, year: int) -> bool:
    """Say whether a day lies between April of a year and March of the next."""
    return day.year - (day.month < FISCAL_START) == year


def a_year_later_on(day: date) -> date:
    """Move a day by a year; 29 February becomes 28 February."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return day.replace(year=day.year + 1, day=28)
