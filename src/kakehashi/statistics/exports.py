"""The yearbook as one long table: every row of every table of the newest official census."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from kakehashi.directory.models import Person
from kakehashi.kernel.imports import ExportKind, offer_export
from kakehashi.kernel.words import _
from kakehashi.statistics import queries
from kakehashi.statistics.policy import policy
from kakehashi.statistics.rules import Count


@dataclass(frozen=True, slots=True)
class Cell:
    """One count of one table: of a row, in a position (`all` for all of them)."""

    census: date
    table: str
    row: queries.Row
    position: str
    count: Count


def cells(person: Person) -> Iterator[Cell]:
    """Give every count of the newest official census; nothing where there is none."""
    census = queries.latest_official(person)
    if census is None:
        return
    for table in queries.tables(census):
        positions = [*(one.code for one in table.positions), "all"]
        for row in table.rows:
            counts = (*row.counts, row.total)
            for position, count in zip(positions, counts, strict=True):
                yield Cell(census.taken_on, table.name, row, position, count)


YEARBOOK = ExportKind(
    name="yearbook",
    label=_("Yearbook"),
    columns=(
        ("census", lambda cell: cell.census),
        ("table", lambda cell: cell.table),
        ("kind", lambda cell: cell.row.kind),
        ("code", lambda cell: cell.row.code),
        ("name_en", lambda cell: cell.row.name_en),
        ("name_ja", lambda cell: cell.row.name_ja),
        ("position", lambda cell: cell.position),
        ("organisations", lambda cell: cell.count.organisations),
        ("people", lambda cell: cell.count.people),
    ),
    rows=cells,
    require=lambda person: policy.require(person, "read_yearbook", None),
)
offer_export(YEARBOOK)
