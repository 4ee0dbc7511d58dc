"""Tables in and out: CSV read with every row's error named, written all or nothing.

A part says in its `imports.py` what one kind of table looks like and which action writes it;
in `exports.py` which rows leave with which headings.  The terminal and the browser run both.
"""

import csv
import io
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.text import format_lazy

from kakehashi.kernel.words import Words, _

MOST_ROWS = 20_000
MOST_BYTES = 20_000_000


@dataclass(frozen=True, kw_only=True)
class Fault:
    """What is wrong with one cell (row as the spreadsheet counts it, headings are row 1)."""

    row: int
    column: str
    value: str
    says: Words
    fix: Words


class Unreadable(ValueError):
    """A cell cannot be taken as it is; says why and how to mend it."""

    def __init__(self, says: Words, fix: Words) -> None:
        super().__init__(str(says))
        self.says, self.fix = says, fix


@dataclass(frozen=True, kw_only=True)
class Column:
    """One heading.  `read` turns the cell's text into a value or raises `Unreadable`.

    With `among` (called once an import) the cell is a code and its value is looked up.  The
    fault of an unknown code lists some that are known, unless they are nobody's business.  Where
    there are many, `among_these` is called instead, with the codes that the table names.
    """

    name: str
    label: Words
    read: Callable[[str], Any] = str
    among: Callable[[], Mapping[str, Any]] | None = None
    among_these: Callable[[Collection[str]], Mapping[str, Any]] | None = None
    required: bool = True
    empty: Any = None  # the value of an empty cell that is not required
    example: str = ""
    is_listed: bool = True


Row = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class ImportKind:
    """A kind of table: its columns, who may bring it, what else is checked, what writes it.

    `unique` names the columns that make two rows the same row.  `check` yields what a single
    cell cannot know (each row carries its number under `"row"`).  `write` runs the officers'
    own bulk action inside the import's transaction and returns how many rows it wrote.
    """

    name: str
    label: Words
    columns: Sequence[Column]
    unique: Sequence[str]
    require: Callable[[Any], None]
    write: Callable[..., int]
    check: Callable[[list[Row], Any, datetime], Iterable[Fault]] = lambda _rows, _by, _at: ()


@dataclass(frozen=True, kw_only=True)
class ExportKind:
    """A kind of table that leaves: its headings, and the rows this person may know of."""

    name: str
    label: Words
    columns: Sequence[tuple[str, Callable[[Any], object]]]
    rows: Callable[[Any], Iterable[Any]]
    require: Callable[[Any], None]


@dataclass(kw_only=True)
class Read:
    """A table as it was understood: good rows, and every fault of the others."""

    rows: list[Row] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


class Faulty(Exception):
    """A table with faults; nothing of it was written."""

    def __init__(self, faults: list[Fault]) -> None:
        first = faults[0]
        super().__init__(
            f"{len(faults)} faults, the first in row {first.row}, {first.column}: {first.says}"
        )
        self.faults = faults


IMPORTS: dict[str, ImportKind] = {}
EXPORTS: dict[str, ExportKind] = {}


def offer_import(kind: ImportKind) -> None:
    """Make a kind of table known to the terminal and the browser."""
    IMPORTS[kind.name] = kind


def offer_export(kind: ExportKind) -> None:
    """Make a kind of export known to the terminal and the browser."""
    EXPORTS[kind.name] = kind


def bring(
    kind: ImportKind, data: bytes, *, by: object, at: datetime, dry_run: bool = False
) -> int:
    """Write a whole table, or nothing of it.

    Raises `Refused` when `by` may not, `Faulty` with every fault found.  With `dry_run` the
    table is written and taken back, so what a preview promises is what a real import does.
    """
    kind.require(by)
    found = check(kind, data, by=by, at=at)
    if found.faults:
        raise Faulty(found.faults)
    with transaction.atomic():
        count = kind.write(found.rows, by=by, at=at)
        if dry_run:
            transaction.set_rollback(True)
    return count


def check(kind: ImportKind, data: bytes, *, by: object, at: datetime) -> Read:
    """Read a table and find every fault in it; writes nothing."""
    try:
        heads, lines = _table(data)
    except Unreadable as error:
        fault = Fault(row=1, column="", value="", says=error.says, fix=error.fix)
        return Read(faults=[fault])
    found = Read(faults=list(_missing(kind, heads)))
    if found.faults:
        return found
    codes = _codes(kind, heads, lines)
    for number, line in enumerate(lines, start=2):
        if any(cell.strip() for cell in line):
            cells = dict(zip(heads, [*line, *[""] * len(heads)], strict=False))
            _take(kind, number, cells, codes, found)
    found.faults += _twice(kind, found.rows)
    found.faults += kind.check(found.rows, by, at)
    found.faults.sort(key=lambda fault: fault.row)
    return found


def _codes(
    kind: ImportKind, heads: list[str], lines: list[list[str]]
) -> dict[str, Mapping[str, Any]]:
    """Look up the codes of every column that has some, once for the whole table."""
    found: dict[str, Mapping[str, Any]] = {}
    for column in kind.columns:
        if column.among_these is not None:
            found[column.name] = column.among_these(_named(column, heads, lines))
        elif column.among is not None:
            found[column.name] = column.among()
    return found


def _named(column: Column, heads: list[str], lines: list[list[str]]) -> set[str]:
    """Gather the codes that a table names in a column; what cannot be read is found later."""
    if column.name not in heads:
        return set()
    place = heads.index(column.name)
    cells = {line[place].strip() for line in lines if place < len(line)} - {""}
    found = set()
    for cell in cells:
        with suppress(Unreadable):
            found.add(column.read(cell))
    return found


def send(kind: ExportKind, *, by: object) -> bytes:
    """Write every row this person may know of, as CSV that a spreadsheet opens rightly."""
    kind.require(by)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([name for name, _value in kind.columns])
    for row in kind.rows(by):
        writer.writerow([harmless(value(row)) for _name, value in kind.columns])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def harmless(value: object) -> str:
    """Write a value so that no spreadsheet takes it for a formula."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


def _table(data: bytes) -> tuple[list[str], list[list[str]]]:
    if len(data) > MOST_BYTES:
        raise Unreadable(_("The file is too large."), _("Send at most 20 MB at once."))
    text = text_of(data)
    try:
        lines = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error:
        raise Unreadable(
            _("This is not a CSV table."), _("Save the sheet as “CSV UTF-8” and send that.")
        ) from None
    if not lines:
        raise Unreadable(_("The file is empty."), _("Send a table with a heading row."))
    if len(lines) > MOST_ROWS:
        raise Unreadable(_("The table is too long."), _("Send at most 20,000 rows at once."))
    return [head.strip() for head in lines[0]], lines[1:]


def text_of(data: bytes) -> str:
    """Read a file as UTF-8 or, as older office software saves it, as CP932."""
    for encoding in ("utf-8-sig", "cp932"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise Unreadable(
        _("This is not a text file."), _("Save the sheet as “CSV UTF-8” and send that.")
    )


def _missing(kind: ImportKind, heads: list[str]) -> Iterable[Fault]:
    for column in kind.columns:
        if heads.count(column.name) > 1:
            says = _("This column stands twice.")
            yield Fault(
                row=1, column=column.name, value="", says=says, fix=_("Delete one of them.")
            )
        if column.required and column.name not in heads:
            fix = format_lazy(_("Add a column headed “{}”."), column.name)
            yield Fault(
                row=1, column=column.name, value="", says=_("This column is missing."), fix=fix
            )
    known = {column.name for column in kind.columns}
    for head in heads:
        if head and head not in known:
            fix = format_lazy(
                _("Delete it, or use one of these headings: {}."), ", ".join(sorted(known))
            )
            says = _("No such column is known here.")
            yield Fault(row=1, column=head, value=head, says=says, fix=fix)


def _take(
    kind: ImportKind,
    number: int,
    cells: dict[str, str],
    codes: dict[str, Mapping[str, Any]],
    found: Read,
) -> None:
    row: Row = {"row": number}
    whole = True
    for column in kind.columns:
        text = cells.get(column.name, "").strip()
        try:
            row[column.name] = _value(column, text, codes.get(column.name))
        except Unreadable as error:
            whole = False
            found.faults.append(
                Fault(
                    row=number, column=column.name, value=text, says=error.says, fix=error.fix
                )
            )
    if whole:
        found.rows.append(row)


def _value(column: Column, text: str, codes: Mapping[str, Any] | None) -> Any:  # noqa: ANN401 -- a cell
    if not text:
        if column.required:
            fix = format_lazy(_("Write a value, for example {}."), column.example or "…")
            raise Unreadable(_("This cell is empty."), fix)
        return column.empty
    value = column.read(text)
    if codes is None:
        return value
    if value in codes:
        return codes[value]
    if not column.is_listed:
        raise Unreadable(_("This is not known."), _("Check how it is written."))
    some = ", ".join(list(codes)[:8]) + (" …" if len(codes) > 8 else "")  # noqa: PLR2004 -- a line's worth
    raise Unreadable(
        _("This code is not known."), format_lazy(_("Use one of these: {}."), some)
    )


def _twice(kind: ImportKind, rows: list[Row]) -> Iterable[Fault]:
    first: dict[tuple[Any, ...], int] = {}
    for row in rows:
        key = tuple(row[name] for name in kind.unique)
        if key in first and kind.unique:
            yield Fault(
                row=row["row"],
                column=", ".join(kind.unique),
                value=", ".join(str(part) for part in key),
                says=format_lazy(_("This row repeats row {}."), first[key]),
                fix=_("Delete one of the two rows."),
            )
        first.setdefault(key, row["row"])
