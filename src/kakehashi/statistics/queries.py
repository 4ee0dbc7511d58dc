"""What can be asked of the published figures: the yearbook's tables, as typed rows."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal

from django.db.models import Count, QuerySet, Sum
from django.utils.translation import get_language

from kakehashi.appointment.queries import serving_on
from kakehashi.directory.models import Office, Person
from kakehashi.directory.rules import EMPLOYER_NAMES, EmployerType, OfficeKind
from kakehashi.intake.models import Position, ProgrammeYear
from kakehashi.kernel.scope import seen_by, unscoped
from kakehashi.kernel.words import Words, _, say
from kakehashi.statistics import rules
from kakehashi.statistics.models import Census, CensusLine, YearFigure
from kakehashi.statistics.rules import Count as Counts
from kakehashi.statistics.rules import Counted, Line, RowKind

Name = Literal["country", "host", "employer"]

TITLES: dict[str, tuple[Words, str]] = {
    "country": (_("By country and position"), "国・職種別"),
    "host": (_("By host prefecture and designated city"), "取りまとめ団体・職種別"),
    "employer": (_("By type of contracting organisation"), "任用団体の種類・職種別"),
}
HEADS: dict[str, Words] = {
    "country": _("Country"),
    "host": _("Host prefecture or designated city"),
    "employer": _("Type of contracting organisation"),
}


@dataclass(frozen=True, kw_only=True)
class Row:
    """One row of a table: its code, its name in both languages, and what it counts.

    `counts` follow the table's positions; `kind` tells subtotals and the total apart.
    `prefecture` is the code of the one in which a host body lies.
    """

    code: str
    name_en: str
    name_ja: str
    counts: tuple[Counts, ...]
    total: Counts
    kind: RowKind
    prefecture: str = ""

    @property
    def name(self) -> str:
        """Name the row in the reader's language."""
        return self.name_ja if get_language() == "ja" else self.name_en

    @property
    def cells(self) -> list[int]:
        """Give the people of each position, and of all."""
        return [one.people for one in (*self.counts, self.total)]

    @property
    def pairs(self) -> list[int]:
        """Give organisations and people of each position, and of all."""
        both = ((one.organisations, one.people) for one in (*self.counts, self.total))
        return [number for pair in both for number in pair]


@dataclass(frozen=True, kw_only=True)
class Table:
    """One table of the yearbook; `in_pairs` where organisations stand beside people."""

    name: Name
    title: Words
    gloss: str
    head: Words
    positions: tuple[Position, ...]
    rows: list[Row]
    in_pairs: bool = False

    @property
    def by_prefecture(self) -> dict[str, list[int]]:
        """Add up the rows of each prefecture, its designated cities within it."""
        found: dict[str, list[int]] = {}
        for row in self.rows:
            if row.prefecture:
                before = found.get(row.prefecture, [0] * len(row.cells))
                found[row.prefecture] = [a + b for a, b in zip(before, row.cells, strict=True)]
        return found

    @property
    def total(self) -> Row:
        """Give the last row, which counts everyone."""
        return self.rows[-1]

    @property
    def body(self) -> list[Row]:
        """Give the rows above the total."""
        return self.rows[:-1]


@dataclass(frozen=True, kw_only=True)
class Change:
    """One year of the annual change, and where its figures come from.

    `census` is set where this system counted; then `published` is what the programme published
    for the same year, if that is known too.  `change` is against the year before.
    """

    year: int
    total: int | None
    change: int | None
    countries: int | None
    by_position: dict[str, int] = field(default_factory=dict)
    source: str = ""
    assumed: bool = False
    note: str = ""
    census: Census | None = None
    published: int | None = None


def positions_in(series: Iterable[Change]) -> list[str]:
    """List the codes of the positions that any of these years names."""
    return [*dict.fromkeys(code for row in series for code in row.by_position)]


def census_for(person: Person) -> QuerySet[Census]:
    """Find the counts this person may know of, the newest first, with their number of people."""
    counts = seen_by(person, Census).annotate(people=Sum("lines__people", default=0))
    return counts.select_related("taken_by").order_by("-taken_on")


def latest_official(person: Person) -> Census | None:
    """Give the newest official count."""
    return census_for(person).filter(is_official=True).first()


def tables(census: Census) -> list[Table]:
    """Make the three tables of one count; reads its lines once."""
    (lines, countries), positions = _lines(census), _positions()
    return [
        _by_country(lines, positions, countries),
        _by_host(lines, positions),
        _by_employer(lines, positions),
    ]


def table_by_country(census: Census) -> Table:
    """Count each country's people by position, most people first."""
    lines, countries = _lines(census)
    return _by_country(lines, _positions(), countries)


def table_by_host(census: Census) -> Table:
    """Count each host body's people by position, designated cities with a subtotal."""
    return _by_host(_lines(census)[0], _positions())


def table_by_employer(census: Census) -> Table:
    """Count organisations and people of each type of organisation, by position."""
    return _by_employer(_lines(census)[0], _positions())


@unscoped("published figures: the annual totals are open to everyone, as the yearbook is")
def annual_change() -> list[Change]:
    """List every year since the first; this system's official count goes before a published one."""
    published = {row.year: row for row in YearFigure.objects.order_by("year")}
    counted = {
        census.taken_on.year: census
        for census in Census.objects.filter(is_official=True).order_by("taken_on")
    }
    years = sorted({*published, *counted})
    by_census = _totals(counted.values())
    rows = [
        _counted(counted[year], by_census[counted[year].pk], published.get(year))
        if year in counted
        else _published(published[year])
        for year in years
    ]
    differences = rules.changes([(row.year, row.total) for row in rows])
    return [replace(row, change=change) for row, change in zip(rows, differences, strict=True)]


@unscoped("whether a day is a programme's census day; names nobody")
def is_census_day(day: date) -> bool:
    """Say whether the programme counts on this day."""
    return ProgrammeYear.objects.filter(census_on=day).exists()


@dataclass(frozen=True, slots=True)
class Group:
    """Numbers of an organisation, its host body, a country and a position; how many serve so."""

    organisation: int
    host_body: int | None
    employer_type: str
    country: int
    position: int
    people: int


def count_register(day: date) -> list[Group]:
    """Count the register on a day, by organisation, country and position; one query."""
    rows = serving_on(day).order_by(
        "organisation__code", "country__code", "position__code", "organisation", "country"
    )
    groups = rows.values_list(
        "organisation_id",
        "organisation__parent_id",
        "organisation__employer_type",
        "country_id",
        "position_id",
    ).annotate(people=Count("pk"))
    return [Group(*row) for row in groups]


@unscoped("published figures: counts by organisation, country and position; no names")
def _lines(census: Census) -> tuple[list[Line], dict[str, tuple[str, str]]]:
    """Read the lines of a census, and what its countries are called in both languages."""
    rows = CensusLine.objects.filter(census=census).values_list(
        "organisation__code",
        "host_body__code",
        "employer_type",
        "country__code",
        "position__code",
        "people",
        "country__name_en",
        "country__name_ja",
    )
    lines, countries = [], {}
    for row in rows:
        lines.append(Line(*row[:6]))
        countries[row[3]] = row[6:]
    return lines, countries


@unscoped("published figures: totals by year and position; no names")
def _totals(censuses: Iterable[Census]) -> dict[int, tuple[int, dict[str, int]]]:
    """Add up each count: its number of countries, and the people of each position."""
    ids = [census.pk for census in censuses]
    lines = CensusLine.objects.filter(census__in=ids, people__gt=0)
    groups = (
        lines.order_by("census", "position__rank", "position__code")
        .values_list("census", "position__code", "country")
        .annotate(some=Sum("people"))
    )
    countries: dict[int, set[int]] = {pk: set() for pk in ids}
    people: dict[int, dict[str, int]] = {pk: {} for pk in ids}
    for census, position, country, some in groups:
        countries[census].add(country)
        people[census][position] = people[census].get(position, 0) + some
    return {pk: (len(countries[pk]), people[pk]) for pk in ids}


@unscoped("the names of positions are open to everyone")
def _positions() -> tuple[Position, ...]:
    return tuple(Position.objects.order_by("rank", "code"))


@unscoped("the names of host bodies are open to everyone")
def _host_bodies() -> dict[str, Office]:
    found = Office.objects.filter(kind=OfficeKind.HOST_BODY).order_by("code")
    rows = found.select_related("prefecture")
    return {row.code: row for row in rows}


def _by_country(
    lines: list[Line], positions: tuple[Position, ...], names: Mapping[str, tuple[str, str]]
) -> Table:
    counted = rules.by_country(lines, [one.code for one in positions])
    return _table("country", positions, counted, names)


def _by_host(lines: list[Line], positions: tuple[Position, ...]) -> Table:
    bodies = _host_bodies()
    cities = [code for code, one in bodies.items() if _is_city(one)]
    counted = rules.by_host(
        lines,
        [one.code for one in positions],
        prefectures=[code for code in bodies if code not in set(cities)],
        cities=cities,
    )
    names = {code: (one.name_en, one.name_ja) for code, one in bodies.items()}
    lies = {code: one.prefecture.code for code, one in bodies.items() if one.prefecture}
    table = _table("host", positions, counted, names)
    rows = [replace(row, prefecture=lies.get(row.code, "")) for row in table.rows]
    return replace(table, rows=rows)


def _by_employer(lines: list[Line], positions: tuple[Position, ...]) -> Table:
    counted = rules.by_employer(lines, [one.code for one in positions])
    names = {code: _both(name) for code, name in EMPLOYER_NAMES.items()}
    names |= {EmployerType.CITY: _both(_("City (special wards included)"))}
    names |= {EmployerType.OTHER: _both(_("Other (private schools included)"))}
    return _table("employer", positions, counted, names)


def _table(
    name: Name,
    positions: tuple[Position, ...],
    counted: list[Counted],
    names: Mapping[str, tuple[str, str]],
) -> Table:
    title, gloss = TITLES[name]
    return Table(
        name=name,
        title=title,
        gloss=gloss,
        head=HEADS[name],
        positions=positions,
        rows=[_row(row, names) for row in counted],
        in_pairs=name == "employer",
    )


def _row(row: Counted, names: Mapping[str, tuple[str, str]]) -> Row:
    sums = {
        RowKind.SUBTOTAL: _("Designated cities, subtotal"),
        RowKind.TOTAL: _("Total"),
    }
    english, japanese = _both(sums[row.kind]) if row.kind in sums else names[row.key]
    return Row(
        code=row.key,
        name_en=english,
        name_ja=japanese,
        counts=row.counts,
        total=row.total,
        kind=row.kind,
    )


def _both(words: Words) -> tuple[str, str]:
    return say(words, "en"), say(words, "ja")


def _is_city(body: Office) -> bool:
    return body.employer_type == EmployerType.DESIGNATED_CITY


def _published(row: YearFigure) -> Change:
    figures = {"ALT": row.alt, "CIR": row.cir, "SEA": row.sea}
    return Change(
        year=row.year,
        total=row.total,
        change=None,
        countries=row.countries,
        by_position={code: people for code, people in figures.items() if people is not None},
        source=row.source,
        assumed=row.assumed,
        note=row.note,
    )


def _counted(
    census: Census, totals: tuple[int, dict[str, int]], published: YearFigure | None
) -> Change:
    countries, by_position = totals
    return Change(
        year=census.taken_on.year,
        total=sum(by_position.values()),
        change=None,
        countries=countries,
        by_position=by_position,
        census=census,
        published=published.total if published else None,
    )
