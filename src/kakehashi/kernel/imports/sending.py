"""Tables that leave: as CSV, as a workbook, and the rows of a file that are still wrong."""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from typing import IO

from django.utils.translation import gettext

from kakehashi.kernel.imports.checking import Read
from kakehashi.kernel.imports.kinds import IMPORTS, ExportKind, Fault
from kakehashi.kernel.imports.layouts import EXPLAINED, FIRST_ROW
from kakehashi.kernel.workbooks import FORMULA, Sheet, write_workbook

_DANGEROUS = re.compile(f"'*[{re.escape(''.join(FORMULA))}]")


def send(kind: ExportKind, *, by: object) -> bytes:
    """Write every row this person may know of, as CSV that a spreadsheet opens rightly."""
    kind.require(by)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([name for name, _value in kind.columns])
    for row in kind.rows(by):
        writer.writerow([harmless(value(row)) for _name, value in kind.columns])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def send_workbook(kind: ExportKind, *, by: object) -> IO[bytes]:
    """Write every row this person may know of, as a workbook in their language.

    What names a row cannot be typed over, so that the file can come back changed.
    """
    kind.require(by)
    names = [name for name, _value in kind.columns]
    brought = IMPORTS.get(kind.name)
    labels = {column.name: str(column.label) for column in brought.columns} if brought else {}
    key = brought.unique[0] if brought and brought.unique else ""
    sheet = Sheet(
        title=str(kind.label),
        headings=[labels.get(name, name) for name in names],
        rows=([value(row) for _name, value in kind.columns] for row in kind.rows(by)),
        locked=[names.index(key)] if key in names else [],
    )
    return write_workbook([sheet])


def harmless(value: object) -> str:
    """Write a value so that no spreadsheet takes it for a formula; reading takes it as it was."""
    text = "" if value is None else str(value)
    if isinstance(value, (int, float)):
        return text
    return f"'{text}" if _DANGEROUS.match(text) else text


def wrong_rows(read: Read) -> IO[bytes]:
    """Write the faulty rows alone, in the columns they came in, each with what is wrong.

    The file can be mended and sent again: the two columns that we add are not read.
    """
    layout, grid = read.layout, read.grid
    if layout is None or grid is None:
        return write_workbook([])
    by_row: dict[int, list[Fault]] = {}
    for fault in read.faults:
        if fault.row in read.lines:
            by_row.setdefault(fault.row, []).append(fault)
    columns = sorted(layout.headings)
    place_of = {name: columns.index(place) for place, name in layout.columns.items()}
    marked = {
        (index, place_of[name])
        for index, row in enumerate(sorted(by_row))
        for fault in by_row[row]
        for name in fault.column.split(", ")
        if name in place_of
    }
    sheet = Sheet(
        title=gettext("Rows to mend"),
        headings=[
            *(layout.headings[place] for place in columns),
            str(FIRST_ROW),
            str(EXPLAINED),
        ],
        rows=_mended_later(grid.rows, by_row, columns),
        marked=marked,
    )
    return write_workbook([sheet])


def _mended_later(
    lines: list[list[str]], by_row: dict[int, list[Fault]], columns: Sequence[int]
) -> Iterator[list[object]]:
    for row in sorted(by_row):
        line = lines[row - 1]
        cells: list[object] = [line[place] if place < len(line) else "" for place in columns]
        told = [
            f"{fault.cell or fault.column}: {fault.says} {fault.fix}" for fault in by_row[row]
        ]
        yield [*cells, row, "\n".join(told)]
