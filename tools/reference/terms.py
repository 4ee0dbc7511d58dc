"""The programme's own words in both languages, from the programme pack."""

import csv
from collections.abc import Iterator
from pathlib import Path

from reference.shape import DRAWN, cell, table


def page(pack: Path) -> Iterator[str]:
    """Draw the glossary of a programme pack."""
    with (pack / "glossary.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    yield from ("# Words of the programme", "", DRAWN, "")
    yield "From `programmes/jet/glossary.csv`. The words of the code are in [Glossary of the models](glossary.md)."
    yield ""
    heads = ("English", "日本語", "Meaning", "意味", "Source")
    yield from table(heads, (_one(row) for row in rows))


def _one(row: dict[str, str]) -> Iterator[str]:
    for name in ("en", "ja", "definition_en", "definition_ja", "source"):
        yield cell(row[name])
