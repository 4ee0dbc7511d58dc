"""How the yearbook's tables are made of one count: plain arithmetic.

Every table is the same lines, sorted differently, so their totals cannot differ.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Line:
    """So many people of a country serve in a position with an organisation."""

    organisation: str
    host_body: str
    employer_type: str
    country: str
    position: str
    people: int


@dataclass(frozen=True, slots=True)
class Count:
    """How many contracting organisations, and how many people serve with them."""

    organisations: int
    people: int


class RowKind(StrEnum):
    """Whether a row counts one thing, some of the rows above it, or all."""

    ONE = "one"
    SUBTOTAL = "subtotal"
    TOTAL = "total"


@dataclass(frozen=True, slots=True)
class Counted:
    """One row: what it counts (`key`), each position in its order, and all positions together.

    An organisation with people in two positions stands under both, and once in `total`.
    """

    key: str
    counts: tuple[Count, ...]
    total: Count
    kind: RowKind = RowKind.ONE


# The lines of the yearbook's table by type (2009 edition); special wards are counted with the
# cities and private schools under “other” (assumed, as that table has no line for them).
GROUP_OF = {
    "prefecture": "prefecture",
    "designated-city": "designated-city",
    "city": "city",
    "special-ward": "city",
    "town": "town",
    "village": "village",
    "partial-cooperative": "partial-cooperative",
    "private-school": "other",
    "other": "other",
}
GROUPS = tuple(dict.fromkeys(GROUP_OF.values()))

SUBTOTAL, TOTAL = "subtotal", "total"


def counted(
    lines: Collection[Line], positions: Sequence[str], key: str, kind: RowKind = RowKind.ONE
) -> Counted:
    """Count these lines as one row."""
    by_position = {
        position: [one for one in lines if one.position == position] for position in positions
    }
    counts = tuple(_count(some) for some in by_position.values())
    return Counted(key=key, counts=counts, total=_count(lines), kind=kind)


def sorted_by(
    lines: Iterable[Line], positions: Sequence[str], key_of: Callable[[Line], str]
) -> dict[str, Counted]:
    """Count the lines apart, by what `key_of` says of each."""
    piles: dict[str, list[Line]] = {}
    for one in lines:
        piles.setdefault(key_of(one), []).append(one)
    return {key: counted(pile, positions, key) for key, pile in piles.items()}


def by_country(lines: Collection[Line], positions: Sequence[str]) -> list[Counted]:
    """Count each country's people, most people first, and all of them."""
    rows = sorted_by(lines, positions, lambda one: one.country).values()
    ordered = sorted(rows, key=lambda row: (-row.total.people, row.key))
    return [*ordered, counted(lines, positions, TOTAL, RowKind.TOTAL)]


def by_host(
    lines: Collection[Line],
    positions: Sequence[str],
    *,
    prefectures: Sequence[str],
    cities: Sequence[str],
) -> list[Counted]:
    """Count each host body: prefectures, designated cities with their subtotal, and all.

    A host body with nobody has a row of noughts; one that is in neither list is an error.
    """
    found = sorted_by(lines, positions, lambda one: one.host_body)
    if strange := found.keys() - {*prefectures, *cities}:
        raise LookupError(f"no such host body: {sorted(strange)}")
    nobody: list[Line] = []
    rows = [
        found.get(key) or counted(nobody, positions, key) for key in (*prefectures, *cities)
    ]
    in_cities = [one for one in lines if one.host_body in set(cities)]
    return [
        *rows,
        counted(in_cities, positions, SUBTOTAL, RowKind.SUBTOTAL),
        counted(lines, positions, TOTAL, RowKind.TOTAL),
    ]


def by_employer(lines: Collection[Line], positions: Sequence[str]) -> list[Counted]:
    """Count each type of contracting organisation, organisations and people, and all."""
    found = sorted_by(lines, positions, lambda one: GROUP_OF[one.employer_type])
    rows = [found.get(group) or counted([], positions, group) for group in GROUPS]
    return [*rows, counted(lines, positions, TOTAL, RowKind.TOTAL)]


def changes(totals: Sequence[tuple[int, int | None]]) -> list[int | None]:
    """Say by how many each (year, total) differs from the year before; `None` where unknown."""
    known = dict(totals)
    found: list[int | None] = []
    for year, total in totals:
        before = known.get(year - 1)
        found.append(None if total is None or before is None else total - before)
    return found


def _count(lines: Collection[Line]) -> Count:
    return Count(
        organisations=len({one.organisation for one in lines if one.people}),
        people=sum(one.people for one in lines),
    )
