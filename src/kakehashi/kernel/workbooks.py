"""Workbooks that leave: headings that stay in sight, days as days, codes as text, nothing that runs.

Rows are written one after the other and never held together, however many there are.
"""

import tempfile
import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import IO, Any

from django.utils.translation import get_language, gettext

from kakehashi.kernel.clock import TOKYO

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# A spreadsheet takes a cell that begins so for a formula; Japanese ones take full-width signs too.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
LONGEST = 32_767  # characters a spreadsheet's cell can hold
MOST_DIGITS = 10**15  # beyond it a spreadsheet forgets digits
NARROWEST, WIDEST, SAMPLED = 6, 60, 200
FONTS = {"ja": "Yu Gothic", "en": "Calibri"}
EDITS = {
    "sort": True,
    "autofilter": True,
    "format_cells": True,
    "format_columns": True,
    "format_rows": True,
    "insert_rows": True,
    "delete_rows": True,
}
Place = tuple[int, int]


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """One sheet.  `above` stands over the headings; `marked` are cells (row of `rows`, column) in red.

    `locked` columns cannot be typed over; all others can.  `lists` give the values that may be
    chosen in a column, or the range of another sheet that holds them; `formats` is "text" or
    "day" where the empty cells below shall be so.
    """

    title: str
    headings: Sequence[str]
    rows: Iterable[Sequence[object]]
    above: Sequence[Sequence[str]] = ()
    locked: Collection[int] = ()
    marked: Collection[Place] = ()
    lists: Mapping[int, list[str] | str] = field(default_factory=dict)
    formats: Mapping[int, str] = field(default_factory=dict)
    ready: int = 0  # empty rows that lists and formats cover


def write_workbook(sheets: Iterable[Sheet]) -> IO[bytes]:
    """Write the sheets, one after the other, into a file without a name; it stands at its start."""
    file = tempfile.TemporaryFile()  # noqa: SIM115 -- the caller sends it and closes it
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_numbers": False,
        "strings_to_urls": False,
    }
    import xlsxwriter  # noqa: PLC0415 -- takes 0.2 s to load, and most processes write none

    try:
        with xlsxwriter.Workbook(file, options) as book:
            for sheet in sheets:
                _Writer(book, sheet).write()
        file.seek(0)
    except BaseException:
        file.close()
        raise
    return file


def width_of(text: str) -> int:
    """Say how many columns of a typewriter a text takes; a Japanese letter takes two."""
    lines = text.split("\n")
    return max(
        sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in line)
        for line in lines
    )


class _Writer:
    """Writes one sheet."""

    def __init__(self, book: Any, sheet: Sheet) -> None:  # noqa: ANN401 -- xlsxwriter has no types
        self.book, self.sheet = book, sheet
        self.page = book.add_worksheet(_title(sheet.title))
        self.widths = [0] * len(sheet.headings)
        self.made: dict[tuple[str, ...], Any] = {}

    def write(self) -> None:
        """Write headings, then row after row."""
        sheet, head = self.sheet, len(self.sheet.above)
        for over, line in enumerate(sheet.above):
            for column, text in enumerate(line):
                self.page.write_string(over, column, text, self._look("note"))
        for column, heading in enumerate(sheet.headings):
            self._widen(column, heading)
            self.page.write_string(head, column, heading, self._look("head"))
        last = head
        for index, row in enumerate(sheet.rows):
            last = head + 1 + index
            for column, value in enumerate(row):
                self._cell(last, column, value, marked=(index, column) in sheet.marked)
                if index < SAMPLED:
                    self._widen(column, _words(value))
        self._finish(head, last)

    def _finish(self, head: int, last: int) -> None:
        page, sheet = self.page, self.sheet
        page.freeze_panes(head + 1, 1 if sheet.headings else 0)
        if sheet.headings:
            page.autofilter(head, 0, max(last, head + sheet.ready), len(sheet.headings) - 1)
        for column, width in enumerate(self.widths):
            kind = sheet.formats.get(column, "")
            look = self._look(kind, *self._free(column)) if kind or sheet.locked else None
            page.set_column(column, column, max(NARROWEST, min(WIDEST, width + 2)), look)
        for column, values in sheet.lists.items():
            page.data_validation(
                head + 1, column, head + max(sheet.ready, 1), column, _choice(values)
            )
        if sheet.locked:
            page.protect("", EDITS)

    def _cell(self, row: int, column: int, value: object, *, marked: bool) -> None:
        look = [*self._free(column), *(["bad"] if marked else [])]
        if value is None or value == "":
            if look:
                self.page.write_blank(row, column, None, self._look(*look))
        elif isinstance(value, bool):
            self.page.write_string(row, column, _words(value), self._look(*look))
        elif isinstance(value, (int, float)) and abs(value) < MOST_DIGITS:
            self.page.write_number(row, column, value, self._look(*look))
        elif isinstance(value, datetime):
            local = value.astimezone(TOKYO).replace(tzinfo=None) if value.tzinfo else value
            self.page.write_datetime(row, column, local, self._look("moment", *look))
        elif isinstance(value, date):
            self.page.write_datetime(row, column, value, self._look("day", *look))
        else:
            text = str(value)[:LONGEST]
            quoted = ["quoted"] if text.startswith(FORMULA) else []
            self.page.write_string(row, column, text, self._look("text", *look, *quoted))

    def _free(self, column: int) -> list[str]:
        return ["free"] if self.sheet.locked and column not in self.sheet.locked else []

    def _widen(self, column: int, text: str) -> None:
        if column < len(self.widths):
            self.widths[column] = max(self.widths[column], width_of(text))

    def _look(self, *names: str) -> Any:  # noqa: ANN401 -- xlsxwriter has no types
        if names not in self.made:
            look = {
                "font_name": FONTS.get(get_language() or "en", FONTS["en"]),
                "valign": "top",
            }
            for name in names:
                look |= _LOOKS.get(name, {})
            self.made[names] = self.book.add_format(look)
        return self.made[names]


_LOOKS: dict[str, dict[str, Any]] = {
    "head": {"bold": True, "text_wrap": True, "bottom": 1, "pattern": 1, "bg_color": "silver"},
    "note": {"italic": True},
    "text": {"num_format": "@"},
    "day": {"num_format": "yyyy-mm-dd"},
    "moment": {"num_format": "yyyy-mm-dd hh:mm"},
    "free": {"locked": False},
    "bad": {"pattern": 1, "bg_color": "yellow", "bold": True},
    "quoted": {"quote_prefix": True},
}


def _words(value: object) -> str:
    if isinstance(value, bool):
        return gettext("Yes") if value else gettext("No")
    return "" if value is None else str(value)


def _choice(values: list[str] | str) -> dict[str, Any]:
    return {"validate": "list", "source": values, "error_type": "warning"}


def _title(title: str) -> str:
    """Keep of a title what a sheet's tab may show."""
    kept = "".join(" " if letter in "[]:*?/\\" else letter for letter in title)
    return kept.strip("' ")[:31] or "1"
