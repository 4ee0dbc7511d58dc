"""Reads a workbook in a process of its own, which may use little memory and little time.

Run as a script with the file on its standard input; answers with one JSON object.  A file that
unpacks to more than its size lets think, or claims a cell in the last row of the last column,
ends this process and nothing else.  It imports nothing of ours.
"""

import io
import json
import re
import resource
import sys
import zipfile
from datetime import date, datetime, time, timedelta
from types import ModuleType
from typing import Any

MEMORY, SECONDS = 1 << 30, 20
ROWS, CELLS, LETTERS = 21_000, 1_500_000, 60_000_000
LONGEST = 32_767  # what a spreadsheet's cell can hold
NAME = re.compile(r'<(?:\w+:)?sheet\b[^>]*?\bname="([^"]*)"[^>]*?\b\w+:id="([^"]*)"')
ENTRY = re.compile(r"<(?:\w+:)?Relationship\b[^>]*>")
PLACE = re.compile(rb'\br="([A-Z]{1,3})(\d{1,7})"')
ERROR = re.compile(
    rb'<(?:\w+:)?c\b([^>]*\bt="e"[^>]*)>(?:<(?:\w+:)?f\b.*?</(?:\w+:)?f>)?<(?:\w+:)?v>([^<]*)'
)
FORMULA = re.compile(
    rb"<(?:\w+:)?c\b([^>]*)>\s*<(?:\w+:)?f\b[^>]*(?:/>|>[^<]*</(?:\w+:)?f>)\s*"
    rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>|</(?:\w+:)?c>)"
)
HIDDEN_ROW = re.compile(rb'<(?:\w+:)?row\b[^>]*\bhidden="(?:1|true)"[^>]*>')
HIDDEN_COLUMN = re.compile(rb'<(?:\w+:)?col\b[^>]*\bhidden="(?:1|true)"[^>]*>')
NUMBER = re.compile(rb'\br="(\d{1,7})"')
MIDNIGHT = time()


class TooMuch(Exception):
    """The workbook holds more than any table we take."""


def limit() -> None:
    """Let this process grow and compute only so far."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def words(value: object) -> str:
    """Write a cell's value as a person would type it."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)  # noqa: PLR2004 -- beyond it a float is no whole number
    if isinstance(value, datetime):
        day = value.date().isoformat()
        return day if value.time() == MIDNIGHT else f"{day} {value:%H:%M:%S}"
    if isinstance(value, (date, time)):
        return value.isoformat()
    if isinstance(value, timedelta):
        return str(value)
    return str(value)[:LONGEST]


def read(data: bytes) -> dict[str, Any]:
    """Give every sheet with its cells, and what of it a reader of the sheet would not see."""
    import python_calamine as calamine  # noqa: PLC0415 -- after the limits

    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        answer = {"sheets": sheets_of(calamine, book), "is_1904": False}
        if zipfile.is_zipfile(io.BytesIO(data)):
            look_behind(data, answer)
    except calamine.PasswordError:
        return {"fault": "password"}
    except (TooMuch, MemoryError):
        return {"fault": "extent"}
    except Exception:  # noqa: BLE001 -- whatever a broken file brings about, it is broken
        return {"fault": "broken"}
    return answer


def sheets_of(calamine: ModuleType, book: Any) -> list[dict[str, Any]]:  # noqa: ANN401 -- calamine comes after the limits
    """Read every worksheet, hidden ones too, as long as all of them together are bearable."""
    sheets: list[dict[str, Any]] = []
    cells, letters = 0, 0
    for meta in book.sheets_metadata:
        if meta.typ != calamine.SheetTypeEnum.WorkSheet:
            continue
        sheet = book.get_sheet_by_name(meta.name)
        cells += min(sheet.total_height, ROWS) * sheet.total_width
        refuse_more_than(CELLS, cells)
        rows = [
            [words(value) for value in row]
            for row in sheet.to_python(skip_empty_area=False, nrows=ROWS)
        ]
        letters += sum(len(cell) for row in rows for cell in row)
        refuse_more_than(LETTERS, letters)
        merged = sheet.merged_cell_ranges or []
        shown = meta.visible == calamine.SheetVisibleEnum.Visible
        sheets.append({"name": meta.name, "shown": shown, "rows": rows, "merged": merged})
    return sheets


def refuse_more_than(most: int, count: int) -> None:
    """End the reading where there is more than any table we take."""
    if count > most:
        raise TooMuch


def look_behind(data: bytes, answer: dict[str, Any]) -> None:
    """Find errors, formulas without a result, and hidden rows and columns in an .xlsx file."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = set(archive.namelist())
        if "xl/workbook.xml" not in names:
            return
        book = archive.read("xl/workbook.xml").decode(errors="replace")
        links = archive.read("xl/_rels/workbook.xml.rels").decode(errors="replace")
        answer["is_1904"] = bool(re.search(r'\bdate1904="(?:1|true)"', book))
        targets = dict(map(target, ENTRY.findall(links)))
        there = {name: targets.get(link, "") for name, link in NAME.findall(book)}
        for sheet in answer["sheets"]:
            path = there.get(escaped(sheet["name"]), "")
            if path in names:
                sheet.update(found(archive.read(path)))


def target(entry: str) -> tuple[str, str]:
    """Read which part of the file a link names."""
    link = re.search(r'\bId="([^"]*)"', entry)
    path = re.search(r'\bTarget="([^"]*)"', entry)
    where = path[1] if path else ""
    return (link[1] if link else ""), where[1:] if where.startswith("/") else f"xl/{where}"


def escaped(name: str) -> str:
    """Write a sheet's name as the workbook's list writes it."""
    return name.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")


def found(text: bytes) -> dict[str, Any]:
    """Say which cells of a sheet hold no value though something is there, and what is hidden."""
    columns = []
    for entry in HIDDEN_COLUMN.findall(text):
        ends = [re.search(rb'\b%s="(\d+)"' % end, entry) for end in (b"min", b"max")]
        columns.append([int(end[1]) for end in ends if end])
    return {
        "errors": [
            [place(head), error.decode(errors="replace")] for head, error in ERROR.findall(text)
        ],
        "formulas": [place(head) for head in FORMULA.findall(text)],
        "hidden_rows": [
            int(n[1]) for row in HIDDEN_ROW.findall(text) if (n := NUMBER.search(row))
        ],
        "hidden_columns": columns,
    }


def place(head: bytes) -> list[int]:
    """Read a cell's address as row and column, from 0."""
    at = PLACE.search(head)
    if at is None:
        return [-1, -1]
    column = 0
    for letter in at[1]:
        column = column * 26 + letter - 64
    return [int(at[2]) - 1, column - 1]


if __name__ == "__main__":
    limit()
    sys.stdout.write(json.dumps(read(sys.stdin.buffer.read())))
