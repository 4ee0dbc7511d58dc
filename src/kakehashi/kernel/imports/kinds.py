"""What a kind of table is: its columns, who may bring or take it, and which action writes it."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Model

from kakehashi.kernel.words import Words


@dataclass(frozen=True, kw_only=True)
class Fault:
    """What is wrong with one cell (row as the spreadsheet counts it, headings are mostly row 1).

    `cell` is the cell's address in the sheet, such as C7; `mend` the value we would put there.
    """

    row: int
    column: str
    value: str
    says: Words
    fix: Words
    cell: str = ""
    mend: str = ""


class Unreadable(ValueError):
    """A cell cannot be taken as it is; says why and how to mend it, perhaps with the value itself."""

    def __init__(self, says: Words, fix: Words, *, mend: str = "") -> None:
        super().__init__(str(says))
        self.says, self.fix, self.mend = says, fix, mend


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
    `undoes` names the models whose rows an undo may put back or take away, in that order; a
    write that reaches further cannot be undone as a whole.  `put_back` lays old values over what
    was changed, as pairs of a thing and its facts, and records that; without it they are stored
    as they were.
    """

    name: str
    label: Words
    columns: Sequence[Column]
    unique: Sequence[str]
    require: Callable[[Any], None]
    write: Callable[..., int]
    check: Callable[[list[Row], Any, datetime], Iterable[Fault]] = lambda _rows, _by, _at: ()
    undoes: Sequence[type[Model]] = ()
    put_back: Callable[..., None] | None = None


@dataclass(frozen=True, kw_only=True)
class ExportKind:
    """A kind of table that leaves: its headings, and the rows this person may know of."""

    name: str
    label: Words
    columns: Sequence[tuple[str, Callable[[Any], object]]]
    rows: Callable[[Any], Iterable[Any]]
    require: Callable[[Any], None]


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
