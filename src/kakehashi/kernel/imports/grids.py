"""A file as rows of text: CSV as offices save it, and workbooks, each with what to know of it."""

import csv
import io
import json
import re
import subprocess
import sys
import zipfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.utils.text import format_lazy

from kakehashi.kernel.imports.kinds import Unreadable
from kakehashi.kernel.words import Words, _

MOST_ROWS = 20_000
MOST_BYTES = 20_000_000
MOST_UNPACKED = 400_000_000
SANDBOX = Path(__file__).with_name("sandbox.py")
WAIT = 120  # seconds by the wall; the sandbox ends itself after 20 of its own
SEPARATORS = (",", "\t", ";")
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
OLD_EXCEL = ("Workbook".encode("utf-16-le"), "Book".encode("utf-16-le"))
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
TYPED_AS_FORMULA = re.compile(r'="((?:[^"]|"")*)"')
KEPT_HARMLESS = re.compile("'('*[=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20])")
Place = tuple[int, int]  # row and column, from 0


@dataclass(kw_only=True)
class Grid:
    """One sheet: its rows of text from row 1 on, and what a reader should know of it.

    `odd` holds cells that have no value though something stands there.
    """

    name: str = ""
    shown: bool = True
    rows: list[list[str]]
    merged: list[tuple[Place, Place]] = field(default_factory=list)
    odd: dict[Place, Unreadable] = field(default_factory=dict)
    notes: list[Words] = field(default_factory=list)
    is_1904: bool = False

    @property
    def is_empty(self) -> bool:
        """Say whether nothing stands in it."""
        return not any(cell for row in self.rows for cell in row)


def address(row: int, column: int) -> str:
    """Name a cell as a spreadsheet does: (6, 2) is C7."""
    letters, rest = "", column + 1
    while rest:
        rest, letter = divmod(rest - 1, 26)
        letters = chr(65 + letter) + letters
    return f"{letters}{row + 1}"


def read_grids(data: bytes) -> list[Grid]:
    """Read every sheet of a file; a CSV file is one sheet.

    Raises `Unreadable` with what the file is, and what to do about it.
    """
    if len(data) > MOST_BYTES:
        raise Unreadable(_("The file is too large."), _("Send at most 20 MB at once."))
    _no_other_file(data)
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0")):
        grids = _workbook(data)
    else:
        grids = [_csv(text_of(data))]
    if all(grid.is_empty for grid in grids):
        raise Unreadable(_("The file is empty."), _("Send a table with a heading row."))
    return grids


def text_of(data: bytes) -> str:
    """Read a file as UTF-8, UTF-16 or, as older office software saves it, CP932 or JIS."""
    encodings = ["utf-8-sig", "cp932"]
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    elif b"\x1b$" in data[:10_000]:
        encodings = ["iso2022_jp_ext"]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise Unreadable(
        _("This is not a text file."), _("Save the sheet as “CSV UTF-8” and send that.")
    )


def _no_other_file(data: bytes) -> None:
    start = data[:1000].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if start.startswith(b"%pdf"):
        raise Unreadable(
            _("This is a PDF, not a table."), _("Send the spreadsheet it was printed from.")
        )
    if start.startswith((b"<html", b"<!doctype", b"<table", b"<?xml", b"mime-version:")):
        raise Unreadable(
            _("This is a web page or XML, though its name may say Excel."),
            _(
                "Open it in the spreadsheet, save it as an Excel workbook (.xlsx) and send that."
            ),
        )


def _csv(text: str) -> Grid:
    separator, text = _separator(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    rows: list[list[str]] = []
    try:
        for line in reader:
            rows.append([_cell(cell) for cell in line])
            if len(rows) > MOST_ROWS:
                raise Unreadable(
                    _("The table is too long."), _("Send at most 20,000 rows at once.")
                )
    except csv.Error:
        raise Unreadable(
            format_lazy(_("This is not a CSV table (line {})."), reader.line_num),
            _("Save the sheet as “CSV UTF-8” or as an Excel workbook (.xlsx) and send that."),
        ) from None
    return Grid(rows=rows)


def _separator(text: str) -> tuple[str, str]:
    """Find what stands between the cells: the sign that makes the usual row widest."""
    told = re.match(r'"?sep=(.)"?\r?\n', text)
    if told:
        return told[1], "\n" + text[told.end() :]
    best, widest = ",", 0
    for sign in SEPARATORS:
        lines = csv.reader(io.StringIO(text[:20_000], newline=""), delimiter=sign)
        try:
            widths = sorted(
                len(line) for line, _n in zip(lines, range(20), strict=False) if line
            )
        except csv.Error:
            continue
        if widths and widths[len(widths) // 2] > widest:
            best, widest = sign, widths[len(widths) // 2]
    return best, text


def _cell(text: str) -> str:
    """Take a cell's text without what protected it from being a formula, and without rubbish."""
    formula = TYPED_AS_FORMULA.fullmatch(text)
    if formula:
        text = formula[1].replace('""', '"')
    elif KEPT_HARMLESS.match(text):
        text = text[1:]
    return _tidy(text)


def _tidy(text: str) -> str:
    if text.isalnum():
        return text
    text = text.replace("_x000D_", "").replace("\r\n", "\n").replace("\r", "\n")
    return CONTROLS.sub("", text).strip()


def _workbook(data: bytes) -> list[Grid]:
    _no_other_package(data)
    told = _from_sandbox(data)
    if "fault" in told:
        raise _WORKBOOK_FAULTS[told["fault"]]
    return [_grid(sheet, is_1904=told["is_1904"]) for sheet in told["sheets"]]


def _no_other_package(data: bytes) -> None:
    if data.startswith(b"\xd0\xcf"):
        if ENCRYPTED in data:
            raise _WORKBOOK_FAULTS["password"]
        if not any(name in data for name in OLD_EXCEL):
            raise _WORKBOOK_FAULTS["other"]
        return
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            inside = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        raise _WORKBOOK_FAULTS["broken"] from None
    fault = _package_fault(inside)
    if fault:
        raise _WORKBOOK_FAULTS[fault]


def _package_fault(inside: list[zipfile.ZipInfo]) -> str:
    names = {one.filename for one in inside}
    if any(one.flag_bits & 1 for one in inside):
        return "password"
    if "xl/workbook.bin" in names:
        return "binary"
    if not names & {"xl/workbook.xml", "content.xml"}:
        return "other"
    return "extent" if sum(one.file_size for one in inside) > MOST_UNPACKED else ""


def _from_sandbox(data: bytes) -> dict[str, Any]:
    try:
        done = subprocess.run(  # noqa: S603 -- our own script; the file is only its input
            [sys.executable, "-I", str(SANDBOX)],
            input=data,
            capture_output=True,
            timeout=WAIT,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return {"fault": "extent"}
    if done.returncode:
        return {"fault": "broken" if done.returncode > 0 else "extent"}
    told: dict[str, Any] = json.loads(done.stdout)
    return told


_XLSX = _("Save it as an Excel workbook (.xlsx) and send that.")
_WORKBOOK_FAULTS = {
    "password": Unreadable(
        _("This workbook is protected by a password."),
        _("Take the password off (File, Info, Protect Workbook), save it and send that."),
    ),
    "extent": Unreadable(
        _("This workbook holds far more cells than any table we take."),
        _("Copy the table alone into a new workbook and send that."),
    ),
    "broken": Unreadable(
        _("This workbook is damaged or is no workbook."),
        _("Open it in the spreadsheet, save it as an Excel workbook (.xlsx) and send that."),
    ),
    "binary": Unreadable(_("This is a binary workbook (.xlsb)."), _XLSX),
    "other": Unreadable(
        _("This is not a spreadsheet, though its name may say so."),
        _("Send an Excel workbook (.xlsx) or a CSV file."),
    ),
}


def _grid(sheet: dict[str, Any], *, is_1904: bool) -> Grid:
    if len(sheet["rows"]) > MOST_ROWS and any(map(any, sheet["rows"][MOST_ROWS:])):
        raise Unreadable(_("The table is too long."), _("Send at most 20,000 rows at once."))
    grid = Grid(
        name=sheet["name"],
        shown=sheet["shown"],
        rows=[[_tidy(cell) for cell in row] for row in sheet["rows"][:MOST_ROWS]],
        merged=[((a, b), (c, d)) for (a, b), (c, d) in sheet["merged"]],
        is_1904=is_1904,
    )
    _odd_cells(grid, sheet)
    _hidden(grid, sheet)
    _fill_merged(grid)
    return grid


def _odd_cells(grid: Grid, sheet: dict[str, Any]) -> None:
    for (row, column), error in sheet.get("errors", ()):
        says = format_lazy(_("This cell holds an error, {}."), error)
        fix = _("Correct the formula, or write the value itself.")
        grid.odd[row, column] = Unreadable(says, fix)
    for row, column in sheet.get("formulas", ()):
        grid.odd[row, column] = Unreadable(
            _("This cell holds a formula whose result is not in the file."),
            _("Open the file in the spreadsheet and save it again, or write the value itself."),
        )


def _hidden(grid: Grid, sheet: dict[str, Any]) -> None:
    rows = [row for row in sheet.get("hidden_rows", ()) if _stands(grid, row - 1)]
    if rows:
        some = ", ".join(map(str, rows[:8])) + (" …" if len(rows) > 8 else "")  # noqa: PLR2004 -- a line's worth
        grid.notes.append(format_lazy(_("Hidden rows are read too: {}."), some))
    width = max(map(len, grid.rows), default=0)
    columns = [
        address(0, column - 1)[:-1]
        for ends in sheet.get("hidden_columns", ())
        for column in range(min(ends), min(max(ends), width) + 1)
    ]
    if columns:
        some = ", ".join(columns)
        grid.notes.append(format_lazy(_("Hidden columns are read too: {}."), some))


def _stands(grid: Grid, row: int) -> bool:
    return 0 <= row < len(grid.rows) and any(grid.rows[row])


def _fill_merged(grid: Grid) -> None:
    """Let a value that spans several rows stand in each of them, as it was meant."""
    for (top, left), (bottom, right) in grid.merged:
        if left != right or not _stands(grid, top) or left >= len(grid.rows[top]):
            continue
        for row in grid.rows[top + 1 : bottom + 1]:
            if left < len(row) and not row[left]:
                row[left] = grid.rows[top][left]
