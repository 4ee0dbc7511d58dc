"""Where in a sheet the table stands: its headings, which column is which, where its rows end."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.text import format_lazy

from kakehashi.kernel.imports.grids import Grid, address
from kakehashi.kernel.imports.kinds import Fault, ImportKind
from kakehashi.kernel.words import LANGUAGES, Words, _, say

LOOKED_AT = 40  # rows among which the headings are looked for
DEEPEST = 3  # rows that headings may take
LEFT_OUT = "-"  # what a mapping says of a column that is not to be read
EXPLAINED = _("What is wrong, and how to mend it")
FIRST_ROW = _("Row in the file that was sent")
_TOTAL = re.compile(r"(総|小|合)?計|総数|(grand|sub)?totals?|sum", re.IGNORECASE)
_NOTE = re.compile(r"[※*\uff0a]|[(（]?注|備考|notes?\b", re.IGNORECASE)
_DECORATION = re.compile(
    r"[\s*※_\-\u2010・:：.。,、()（）【】\[\]「」“”\"'/]+|必須|任意|required|optional"
)


@dataclass(kw_only=True)
class Layout:
    """How a sheet is read: `columns` says which heading of ours each column answers to.

    Rows and columns count from 0.  `strange` are headings nobody knows yet, `left_out` those
    that shall not be read.
    """

    head: int = 0
    depth: int = 1
    headings: dict[int, str] = field(default_factory=dict)
    columns: dict[int, str] = field(default_factory=dict)
    strange: dict[int, str] = field(default_factory=dict)
    left_out: dict[int, str] = field(default_factory=dict)
    notes: list[Words] = field(default_factory=list)

    @property
    def first(self) -> int:
        """Give the first row below the headings."""
        return self.head + self.depth

    def where(self, row: int, name: str) -> str:
        """Name the cell of a row (as the sheet counts it) under one of our headings."""
        for column, ours in self.columns.items():
            if ours == name:
                return address(row - 1, column)
        return ""


def plain(heading: str) -> str:
    """Take from a heading what only decorates it: width, case, spaces, brackets, “required”."""
    return _DECORATION.sub("", unicodedata.normalize("NFKC", heading).casefold())


def known_headings(kind: ImportKind) -> dict[str, str]:
    """Say which headings are understood, in both languages, and which column each means."""
    found: dict[str, set[str]] = {}
    for column in kind.columns:
        en, ja = (say(column.label, language) for language in LANGUAGES)
        for heading in (en, ja, en + ja, ja + en):
            found.setdefault(plain(heading), set()).add(column.name)
    known = {heading: names.pop() for heading, names in found.items() if len(names) == 1}
    known |= {plain(column.name): column.name for column in kind.columns}
    ours = {plain(say(words, one)) for words in (EXPLAINED, FIRST_ROW) for one in LANGUAGES}
    return known | dict.fromkeys(ours, LEFT_OUT)


def lay_out(
    kind: ImportKind, grid: Grid, *, mapping: Mapping[str, str] = {}, head: int | None = None
) -> Layout:
    """Find the headings of a sheet and what they mean.

    `mapping` says by hand what a heading (as `plain` gives it) means; `head` in which row they
    begin.
    """
    known = known_headings(kind) | dict(mapping)
    tops = range(min(LOOKED_AT, len(grid.rows))) if head is None else (head,)
    best = (0, -1, -_likely(grid) if head is None else -head)
    for top in tops:
        for depth in range(1, DEEPEST + 1):
            ours = set(_meanings(_cells(grid, top, depth), known).values()) - {LEFT_OUT}
            if ours:
                best = max(best, (len(ours), -depth, -top))
    top, depth = -best[2], -best[1]
    return _layout(grid, top, depth, known)


def best_sheet(
    kind: ImportKind, grids: Sequence[Grid], *, mapping: Mapping[str, str] = {}
) -> Grid:
    """Choose the sheet whose headings say most; hidden sheets only when they are all there is."""
    shown = [grid for grid in grids if grid.shown and not grid.is_empty]
    among = shown or [grid for grid in grids if not grid.is_empty]
    return max(among, key=lambda grid: len(lay_out(kind, grid, mapping=mapping).columns))


def misfits(kind: ImportKind, layout: Layout) -> Iterator[Fault]:
    """Find columns that are missing, stand twice, or mean nothing to us."""
    row = layout.head + 1
    names = list(layout.columns.values())
    for column in kind.columns:
        if names.count(column.name) > 1:
            says: Words = _("This column stands twice.")
            fix: Words = _("Delete one of them.")
            yield Fault(row=row, column=column.name, value="", says=says, fix=fix)
        if column.required and column.name not in names:
            says = _("This column is missing.")
            fix = format_lazy(_("Add a column headed “{}”."), column.name)
            yield Fault(row=row, column=column.name, value="", says=says, fix=fix)
    headings = ", ".join(sorted(column.name for column in kind.columns))
    fix = format_lazy(_("Delete it, or use one of these headings: {}."), headings)
    for place, heading in layout.strange.items():
        yield Fault(
            row=row,
            column=heading,
            value=heading,
            says=_("No such column is known here."),
            fix=fix,
            cell=address(layout.first - 1, place),
        )


def table_rows(
    kind: ImportKind, grid: Grid, layout: Layout
) -> Iterator[tuple[int, dict[str, str]]]:
    """Give each row of the table with its number in the sheet; totals and notes are left out.

    What is left out is noted in the layout; a row that could be written is never left out.
    """
    needed = {column.name for column in kind.columns if column.required}
    heads = [grid.rows[layout.head + n] for n in range(layout.depth) if layout.depth]
    places = [(place, name) for place, name in layout.columns.items()]
    skipped: dict[str, list[int]] = {"total": [], "note": [], "heading": []}
    for index in range(layout.first, len(grid.rows)):
        line = grid.rows[index]
        cells = {name: line[place] if place < len(line) else "" for place, name in places}
        odd = [place for place, _name in places if (index, place) in grid.odd]
        if not odd and not any(cells.values()) and not _said(line):
            continue
        why = "heading" if line in heads else _skipped(line, cells, needed)
        if why and (why == "total" or not odd):
            skipped[why].append(index + 1)
        elif odd or any(cells.values()):
            yield index + 1, cells
    for why, rows in skipped.items():
        if rows:
            layout.notes.append(format_lazy(_WHY[why], ", ".join(map(str, rows[:8]))))


_WHY = {
    "total": _("Rows that give totals were left out: {}."),
    "note": _("Rows that are notes were left out: {}."),
    "heading": _("Headings that are repeated were left out: {}."),
}


def _skipped(line: list[str], cells: dict[str, str], needed: set[str]) -> str:
    """Say why a row is none of the table's: a total or a note, and not whole."""
    said = _said(line)
    if not any(not cells.get(name) for name in needed):
        return ""
    if any(_TOTAL.fullmatch(re.sub(r"\s", "", plain(cell))) for cell in said[:2]):
        return "total"
    if len(said) == 1 and (
        _NOTE.match(said[0]) or (len(needed) > 1 and not any(cells.values()))
    ):
        return "note"
    return ""


def _said(line: Iterable[str]) -> list[str]:
    return [cell for cell in line if cell]


def _layout(grid: Grid, top: int, depth: int, known: Mapping[str, str]) -> Layout:
    layout = Layout(head=top, depth=depth)
    cells = _cells(grid, top, depth)
    meanings = _meanings(cells, known)
    for place, said in cells.items():
        heading = " ".join(dict.fromkeys(filter(None, said)))
        if not heading:
            _headless(grid, layout, place)
            continue
        layout.headings[place] = heading
        name = meanings.get(place)
        if name is None:
            layout.strange[place] = heading
        elif name == LEFT_OUT:
            layout.left_out[place] = heading
        else:
            layout.columns[place] = name
    return layout


def _headless(grid: Grid, layout: Layout, place: int) -> None:
    """Note a column that has cells but no heading."""
    if any(place < len(row) and row[place] for row in grid.rows[layout.first :]):
        letter = address(0, place)[:-1]
        layout.notes.append(
            format_lazy(_("Column {} has no heading and was not read."), letter)
        )


def _cells(grid: Grid, top: int, depth: int) -> dict[int, list[str]]:
    """Give what stands over each column in the rows of headings, spread over merged cells."""
    rows = [list(row) for row in grid.rows[top : top + depth]]
    width = max(map(len, grid.rows), default=0)
    for row in rows:
        row.extend([""] * (width - len(row)))
    for (first, left), (last, right) in grid.merged:
        if top <= first and last < top + depth:
            for row in rows[first - top : last - top + 1]:
                row[left : right + 1] = [rows[first - top][left]] * (
                    min(right, width - 1) - left + 1
                )
    return {place: [row[place] for row in rows] for place in range(width)}


def _meanings(cells: dict[int, list[str]], known: Mapping[str, str]) -> dict[int, str]:
    """Say what each column means by any one of its headings, or by all of them together."""
    found = {}
    for place, said in cells.items():
        stated = [cell for cell in said if cell]
        for heading in (" ".join(dict.fromkeys(stated)), *reversed(stated)):
            name = known.get(plain(heading)) if plain(heading) else None
            if name is not None:
                found[place] = name
                break
    return found


def _likely(grid: Grid) -> int:
    """Guess the row of headings where none of them is known: the first with two cells or more."""
    for index, row in enumerate(grid.rows[:LOOKED_AT]):
        if len(_said(row)) > 1:
            return index
    return next((index for index, row in enumerate(grid.rows) if _said(row)), 0)
