"""An Excel table of 6,000 rows and 40 columns: read and checked cell by cell, and written."""

import resource
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from functools import partial
from io import BytesIO
from typing import Any

import xlsxwriter
from python_calamine import CalamineWorkbook

from benchmarks.measure import Figure, apart, in_turn
from kakehashi.kernel import clock
from kakehashi.kernel.imports import Column, ImportKind, check
from kakehashi.kernel.workbooks import Sheet, write_workbook

ROWS, WIDE, TURNS = 6_000, 40, 5
MOST_SECONDS, MOST_GROWTH = 3.0, 1.2
FIRST = date(2027, 4, 1)
READERS: tuple[Callable[[str], Any], ...] = (str, int, date.fromisoformat, str)
KIND = ImportKind(
    name="bench",
    label="Bench",
    columns=[
        Column(name=f"column_{place}", label=f"Column {place}", read=READERS[place % 4])
        for place in range(WIDE)
    ],
    unique=["column_1"],
    require=lambda _person: None,
    write=lambda rows, **_: len(rows),
)


def _cells(row: int) -> list[str]:
    said = (f"架空の学校 {row}", str(row), str(FIRST + timedelta(days=row)), "a word or two")
    return [said[place % 4] for place in range(WIDE)]


def rows(count: int) -> Iterable[list[str]]:
    """Write out rows as they come; none is kept."""
    return (_cells(row) for row in range(count))


def _written(count: int = ROWS) -> bytes:
    headings = [column.name for column in KIND.columns]
    with write_workbook([Sheet(title="Bench", headings=headings, rows=rows(count))]) as file:
        return file.read()


def _bare() -> None:
    with xlsxwriter.Workbook(BytesIO(), {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        for place, cells in enumerate(rows(ROWS)):
            sheet.write_row(place, 0, cells)


def _checked(data: bytes) -> None:
    found = check(KIND, data, by=None, at=clock.now())
    if found.faults or len(found.rows) != ROWS:
        raise AssertionError(found.faults[:1] or len(found.rows))


def _bare_read(data: bytes) -> None:
    CalamineWorkbook.from_filelike(BytesIO(data)).get_sheet_by_index(0).to_python()


def _weighed(count: int) -> int:
    headings = [column.name for column in KIND.columns]
    write_workbook([Sheet(title="Bench", headings=headings, rows=rows(count))]).close()
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def figures() -> Iterator[Figure]:
    """Read and write beside the bare libraries; weigh a file ten times as long."""
    data = _written()
    ours, bare = in_turn(partial(_checked, data), partial(_bare_read, data), TURNS)
    yield _timed(f"read and check {ROWS:,} × {WIDE}", "calamine alone", ours, bare)
    ours, bare = in_turn(_written, _bare, TURNS)
    yield _timed(f"write {ROWS:,} × {WIDE}", "XlsxWriter alone", ours, bare)
    growth = apart(_weighed, 10 * ROWS) / apart(_weighed, ROWS)
    yield Figure(
        kind="excel",
        name=f"memory to write {10 * ROWS:,} × {WIDE}",
        baseline=f"{ROWS:,} × {WIDE}",
        ratio=growth,
        goal=f"≤ {MOST_GROWTH}×",
        met=growth <= MOST_GROWTH,
    )


def _timed(name: str, baseline: str, ours: float, bare: float) -> Figure:
    return Figure(
        kind="excel",
        name=name,
        baseline=baseline,
        ratio=ours / bare,
        seconds=ours,
        goal=f"≤ {MOST_SECONDS:.0f} s",
        met=ours <= MOST_SECONDS,
    )
