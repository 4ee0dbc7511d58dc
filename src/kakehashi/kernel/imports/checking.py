"""Finds every fault of a table before a row of it is written, and writes all of it or nothing."""

from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.text import format_lazy

from kakehashi.kernel.imports.grids import Grid, Place, read_grids
from kakehashi.kernel.imports.kinds import Column, Fault, Faulty, ImportKind, Row, Unreadable
from kakehashi.kernel.imports.layouts import Layout, best_sheet, lay_out, misfits, table_rows
from kakehashi.kernel.words import _

MAC_DAYS = 1462  # days between the two calendars of spreadsheets, 1900 and 1904
LONGEST_CODE = 13


@dataclass(frozen=True, kw_only=True)
class Choices:
    """What the sender has decided about a file: its sheet, the row of headings, what they mean.

    `mend` takes the values we propose, such as a code with the zero it lost.
    """

    sheet: str = ""
    head: int | None = None
    mapping: Mapping[str, str] = field(default_factory=dict)
    mend: bool = False


AS_IT_IS = Choices()


@dataclass(kw_only=True)
class Read:
    """A table as it was understood: good rows, and every fault of the others."""

    rows: list[Row] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    sheets: list[Grid] = field(default_factory=list)
    grid: Grid | None = None
    layout: Layout | None = None
    lines: dict[int, dict[str, str]] = field(default_factory=dict)
    mended: int = 0


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


def check(
    kind: ImportKind, data: bytes, *, by: object, at: datetime, choices: Choices = AS_IT_IS
) -> Read:
    """Read a table and find every fault in it; writes nothing."""
    found = Read()
    try:
        found.sheets = read_grids(data)
        found.grid = _sheet(kind, found.sheets, choices)
    except Unreadable as error:
        found.faults = [Fault(row=1, column="", value="", says=error.says, fix=error.fix)]
        return found
    grid = found.grid
    layout = lay_out(kind, grid, mapping=choices.mapping, head=choices.head)
    found.layout = layout
    found.lines = dict(table_rows(kind, grid, layout))
    found.faults = list(misfits(kind, layout))
    if not found.faults and not found.lines:
        says = _("There is no row below the headings.")
        fix = _("Fill in at least one row.")
        found.faults = [Fault(row=layout.first + 1, column="", value="", says=says, fix=fix)]
    if not found.faults:
        _check_cells(kind, found, grid, layout, mend=choices.mend)
        found.faults += _twice(kind, found.rows)
        found.faults += kind.check(found.rows, by, at)
    found.faults = [_placed(fault, layout) for fault in found.faults]
    found.faults.sort(key=lambda fault: fault.row)
    return found


def _sheet(kind: ImportKind, grids: list[Grid], choices: Choices) -> Grid:
    named = [grid for grid in grids if grid.name == choices.sheet]
    if choices.sheet and named:
        return named[0]
    return best_sheet(kind, grids, mapping=choices.mapping)


def _placed(fault: Fault, layout: Layout) -> Fault:
    """Add a cell's address in the sheet to a fault that has none."""
    if fault.cell:
        return fault
    return replace(fault, cell=layout.where(fault.row, fault.column.split(",")[0]))


def _check_cells(
    kind: ImportKind, found: Read, grid: Grid, layout: Layout, *, mend: bool
) -> None:
    codes = _codes(kind, found.lines.values())
    places = {name: place for place, name in layout.columns.items()}
    for number, cells in found.lines.items():
        row: Row = {"row": number}
        faults: list[Fault] = []
        for column in kind.columns:
            text = cells.get(column.name, "")
            at = (number - 1, places.get(column.name, -1))
            try:
                row[column.name] = _cell(column, text, codes.get(column.name), grid, at)
            except Unreadable as error:
                if mend and error.mend:
                    row[column.name] = _value(column, error.mend, codes.get(column.name))
                    cells[column.name] = error.mend
                    found.mended += 1
                    continue
                fault = Fault(
                    row=number,
                    column=column.name,
                    value=text,
                    says=error.says,
                    fix=error.fix,
                    mend=error.mend,
                )
                faults.append(fault)
        found.faults += faults
        if not faults:
            found.rows.append(row)


def _codes(
    kind: ImportKind, lines: Collection[Mapping[str, str]]
) -> dict[str, Mapping[str, Any]]:
    """Look up the codes of every column that has some, once for the whole table."""
    found: dict[str, Mapping[str, Any]] = {}
    for column in kind.columns:
        if column.among_these is not None:
            found[column.name] = column.among_these(_named(column, lines))
        elif column.among is not None:
            found[column.name] = column.among()
    return found


def _named(column: Column, lines: Iterable[Mapping[str, str]]) -> set[str]:
    """Gather the codes that a table names in a column; what cannot be read is found later."""
    found = set()
    for cell in {line.get(column.name, "") for line in lines} - {""}:
        with suppress(Unreadable):
            found.add(column.read(cell))
    return found


def _cell(
    column: Column, text: str, codes: Mapping[str, Any] | None, grid: Grid, at: Place
) -> object:
    if at in grid.odd:
        raise grid.odd[at]
    if grid.is_1904 and getattr(column.read, "form", "") == "day" and text.isdecimal():
        text = (date(1899, 12, 30) + timedelta(int(text[:6]) + MAC_DAYS)).isoformat()
    return _value(column, text, codes)


def _value(column: Column, text: str, codes: Mapping[str, Any] | None) -> object:
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
    whole = _with_zeros(str(value), codes)
    if whole:
        raise Unreadable(
            _("This code has lost the zero in front."),
            format_lazy(_("Write {}, in a cell formatted as text."), whole),
            mend=whole,
        )
    some = ", ".join(list(codes)[:8]) + (" …" if len(codes) > 8 else "")  # noqa: PLR2004 -- a line's worth
    raise Unreadable(
        _("This code is not known."), format_lazy(_("Use one of these: {}."), some)
    )


def _with_zeros(code: str, codes: Mapping[str, Any]) -> str:
    """Find the one known code that this would be with zeros in front, as numbers lose them."""
    if not code.isdecimal():
        return ""
    longer = [code.zfill(length) for length in range(len(code) + 1, LONGEST_CODE + 1)]
    known = [one for one in longer if one in codes]
    return known[0] if len(known) == 1 else ""


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
