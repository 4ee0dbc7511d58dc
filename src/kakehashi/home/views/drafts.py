"""How a draft is shown: what was understood of the file, what is wrong, what it would do."""

from dataclasses import dataclass

from django.utils.translation import gettext

from kakehashi.kernel.imports import IMPORTS, LEFT_OUT, Column, Fault, Grid, Layout, Read, plain
from kakehashi.kernel.models import Upload
from kakehashi.kernel.words import Words

SHOWN_ROWS = 8
SHOWN_FAULTS = 200
SAMPLES = 3


@dataclass(frozen=True, kw_only=True)
class Heading:
    """One heading of the file: what it means now, and a few cells below it."""

    said: str
    key: str
    meaning: str
    samples: str
    is_strange: bool


@dataclass(frozen=True, kw_only=True)
class SheetChoice:
    """One sheet that may be read instead."""

    name: str
    rows: int
    is_hidden: bool
    is_read: bool


@dataclass(frozen=True, kw_only=True)
class Meaning:
    """One of our columns, as it is offered for a heading."""

    name: str
    label: Words


def preview(upload: Upload, found: Read) -> dict[str, object]:
    """Say everything the page of a draft shows."""
    grid, layout = found.grid, found.layout
    if grid is None or layout is None:
        return {"faults": found.faults, "fault_count": len(found.faults)}
    kind = IMPORTS[upload.kind]
    wrong = {fault.row for fault in found.faults if fault.row in found.lines}
    return {
        "faults": found.faults[:SHOWN_FAULTS],
        "fault_count": len(found.faults),
        "faults_more": max(0, len(found.faults) - SHOWN_FAULTS),
        "faulty_rows": len(wrong),
        "mends": sum(bool(fault.mend) for fault in found.faults),
        "mended": found.mended,
        "count": len(found.lines),
        "grid": grid,
        "head": layout.head + 1,
        "headings": _headings(grid, layout),
        "is_strange": bool(layout.strange) or _lacks(layout, list(kind.columns), found.faults),
        "meanings": [Meaning(name=one.name, label=one.label) for one in kind.columns],
        "left_out": LEFT_OUT,
        "sheets": _sheets(found),
        "notes": [*grid.notes, *layout.notes, *_other_sheets(found)],
        "rows": _rows(found, layout, list(kind.columns)),
    }


def _lacks(layout: Layout, columns: list[Column], faults: list[Fault]) -> bool:
    """Say whether the headings are at fault."""
    names = list(layout.columns.values())
    missing = any(one.required and one.name not in names for one in columns)
    return missing or len(set(names)) < len(names) or (not faults and not names)


def _headings(grid: Grid, layout: Layout) -> list[Heading]:
    shown = []
    for place, said in sorted(layout.headings.items()):
        below = [row[place] for row in grid.rows[layout.first :] if place < len(row)]
        samples = [cell for cell in below if cell][:SAMPLES]
        meaning = layout.columns.get(place, LEFT_OUT if place in layout.left_out else "")
        shown.append(
            Heading(
                said=said,
                key=plain(said),
                meaning=meaning,
                samples=" · ".join(samples),
                is_strange=place in layout.strange,
            )
        )
    return shown


def _sheets(found: Read) -> list[SheetChoice]:
    """List the sheets one may choose from; nothing where there is but one."""
    full = [grid for grid in found.sheets if not grid.is_empty]
    if len(full) < 2:  # noqa: PLR2004 -- one is no choice
        return []
    return [
        SheetChoice(
            name=grid.name,
            rows=sum(any(row) for row in grid.rows),
            is_hidden=not grid.shown,
            is_read=grid is found.grid,
        )
        for grid in full
    ]


def _other_sheets(found: Read) -> list[str]:
    hidden = [grid.name for grid in found.sheets if not grid.shown and grid is not found.grid]
    if not hidden:
        return []
    return [gettext("Hidden sheets were not read: %(names)s.") % {"names": ", ".join(hidden)}]


def _rows(found: Read, layout: Layout, columns: list[Column]) -> list[list[str]]:
    """Give our headings and the first rows under them, as typed."""
    kept = [one for one in columns if one.name in layout.columns.values()]
    if not kept:
        return []
    lines = list(found.lines.items())[:SHOWN_ROWS]
    heads = [gettext("Row"), *(str(one.label) for one in kept)]
    return [heads, *([str(n), *(cells[one.name] for one in kept)] for n, cells in lines)]
