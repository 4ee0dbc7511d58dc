"""What the figures say: a table and a plot for each database, kept in the reference."""

import json
import platform
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from html import escape
from pathlib import Path

from benchmarks.measure import Figure

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "reference" / "benchmarks"
HEADS = ("Figure", "Baseline", "Ratio", "Queries", "kB", "Seconds", "Goal", "Met")
ROW, LABEL, SCALE = 26, 330, 360  # of the plot, in its units


def write(found: Iterable[Figure], *, database: str, people: int) -> None:
    """Keep the figures of this run instead of earlier ones of their kinds; draw both pages anew."""
    found = list(found)
    FOLDER.mkdir(parents=True, exist_ok=True)
    kept = FOLDER / f"{database.lower()}.json"
    before = json.loads(kept.read_text(encoding="utf-8")) if kept.exists() else {}
    before |= {figure.kind: {} for figure in found}
    for figure in found:
        before[figure.kind][figure.name] = asdict(figure) | {"people": people}
    kept.write_text(json.dumps(before, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    all_of_them = [_figure(row) for rows in before.values() for row in rows.values()]
    (FOLDER / f"{database.lower()}.svg").write_text(plot(all_of_them), encoding="utf-8")
    (FOLDER / "README.md").write_text(page(), encoding="utf-8")


def _figure(row: dict[str, object]) -> Figure:
    return Figure(**{name: value for name, value in row.items() if name != "people"})  # type: ignore[arg-type]  # as it was kept


def page() -> str:
    """Say how the figures came about, with each database's table and plot."""
    lines = [
        "# Benchmarks",
        "",
        "<!-- Written by `python3 run.py bench`; changes by hand are lost. -->",
        "",
        "Each ratio is a median divided by its baseline's median of the same run, taken turn and",
        "turn about; machines differ, so times alone say little. The baseline of pages is a *hello",
        "list* (`benchmarks/baseline.py`): session, person and 25 rows, three queries.",
        f"Measured with Python {platform.python_version()} on two shared cores.",
    ]
    for kept in sorted(FOLDER.glob("*.json")):
        rows = json.loads(kept.read_text(encoding="utf-8"))
        found = [_figure(row) for kind in rows.values() for row in kind.values()]
        people = {row["people"] for row in rows.get("pages", {}).values()}
        name = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}[kept.stem]
        said = " and ".join(f"{number:,}" for number in sorted(people))
        lines += ["", f"## {name}", ""]
        lines += [f"Pages were measured on a demo of {said} people.", ""] if said else []
        lines += [text(found), ""]
        lines += [f"![Ratios on {name}]({kept.stem}.svg)"]
    return "\n".join([*lines, ""])


def text(found: Iterable[Figure]) -> str:
    """Write figures as a table of Markdown."""
    lines = ["| " + " | ".join(HEADS) + " |", "|" + "---|" * len(HEADS)]
    return "\n".join([*lines, *("| " + " | ".join(_cells(figure)) + " |" for figure in found)])


def _cells(figure: Figure) -> Iterator[str]:
    yield from (figure.name, figure.baseline, f"{figure.ratio:.2f}×")
    yield "–" if figure.queries is None else str(figure.queries)
    yield "–" if figure.kilobytes is None else f"{figure.kilobytes:.0f}"
    yield "–" if figure.seconds is None else f"{figure.seconds:.1f}"
    yield from (figure.goal, "yes" if figure.met else "**no**")


def plot(found: list[Figure]) -> str:
    """Draw the ratios as bars, each with its number."""
    most = max((figure.ratio for figure in found), default=1.0)
    bars = []
    for place, figure in enumerate(found):
        y, width = place * ROW + 8, figure.ratio / most * SCALE
        colour = "navy" if figure.met else "orangered"
        bars.append(
            f'<text x="{LABEL - 8}" y="{y + 13}" text-anchor="end">{escape(figure.name)}</text>'
            f'<rect x="{LABEL}" y="{y}" width="{width:.1f}" height="18" fill="{colour}"/>'
            f'<text x="{LABEL + width + 6:.1f}" y="{y + 13}">{figure.ratio:.2f}×</text>'
        )
    height = len(found) * ROW + 16
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {LABEL + SCALE + 80} {height}" '
        'font-family="sans-serif" font-size="12" role="img">'
        "<title>Ratios to the baseline; vermilion where a goal was missed</title>"
        f"{''.join(bars)}</svg>\n"
    )
