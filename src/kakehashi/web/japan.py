"""The 47 prefectures in three forms: tiles of one size, their outlines, and a table.

Whoever reads chooses the form; each prints the numbers and leads to the same pages.  The outlines
come from `outlines.json`, made by `tools/outlines.py`; they leave out small islands.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Protocol

from django.utils.translation import gettext

from kakehashi.kernel.words import Words
from kakehashi.web.components import Key, Tile, shade_of
from kakehashi.web.dates import number_words

FILE = Path(__file__).with_name("outlines.json")


@dataclass(frozen=True, kw_only=True)
class Outline:
    """One prefecture on the geographic map: its border, and the place of its number."""

    tile: Tile
    path: str
    x: int
    y: int


@dataclass(frozen=True, kw_only=True)
class Places:
    """A number for each prefecture (`web/places.html`: `places`).

    `name` is unique on the page, `label` says what is counted.  `heads` are the number columns of
    the table, one for each of a tile's `cells`; without any, the table shows the tile's value.
    """

    name: str
    label: Words
    tiles: Sequence[Tile]
    keys: Sequence[Key] = ()
    heads: Sequence[Words] = ()

    @property
    def outlines(self) -> list[Outline]:
        """Give the tiles their borders."""
        known = outlines()
        return [
            Outline(tile=tile, path=path, x=x, y=y)
            for tile in self.tiles
            for path, (x, y) in [known[tile.code]]
        ]

    @property
    def rows(self) -> list[tuple[Tile, Sequence[Words]]]:
        """Give the rows of the table: each prefecture and its numbers."""
        return [(tile, tile.cells or (f"{tile.value}{tile.unit}",)) for tile in self.tiles]

    @property
    def columns(self) -> Sequence[Words]:
        """Head the number columns of the table."""
        return self.heads or (self.label,)


@lru_cache(maxsize=1)
def outlines() -> Mapping[str, tuple[str, tuple[int, int]]]:
    """Read the path of each prefecture, and where its number stands, by JIS X 0401 code."""
    found = json.loads(FILE.read_text())
    return {code: (one["path"], (one["at"][0], one["at"][1])) for code, one in found.items()}


def steps(values: Sequence[float]) -> list[float]:
    """Choose up to five round limits from which a tile is a shade darker, by rank of the values.

    Nothing (0) stays the lightest; every shade above it covers about as many prefectures.
    """
    known = sorted(value for value in values if value > 0)
    if not known:
        return []
    chosen = {known[len(known) * n // 5] for n in range(5)}
    return sorted(chosen)


def legend(limits: Sequence[float]) -> list[Key]:
    """Say what each shade stands for: “1–4”, “5–9”, “10 or more”."""
    keys = []
    for shade, low in enumerate(limits, start=1):
        last = shade == len(limits)
        high = low if last else limits[shade] - 1
        words: Words = (
            gettext("%(number)s or more") % {"number": number_words(low)}
            if last
            else number_words(low)
            if high <= low
            else f"{number_words(low)}–{number_words(high)}"
        )
        keys.append(Key(label=words, shade=str(shade)))
    return keys


class Named(Protocol):
    """What a prefecture is here: a code of JIS X 0401 and a name in both languages."""

    code: str
    name_en: str
    name_ja: str


@dataclass(frozen=True, kw_only=True)
class Counted:
    """What is counted for each prefecture: the number on the map, and the columns of the table."""

    value: int = 0
    cells: Sequence[int] = ()


def places(
    prefectures: Iterable[Named],
    counted: Mapping[str, Counted],
    link: Callable[[str], str] | None = None,
    **look: Any,  # noqa: ANN401 -- name, label and heads, as `Places` has them
) -> Places:
    """Put a number on each prefecture; `link` gives the page its tile leads to, by its code."""
    limits = steps([one.value for one in counted.values()])
    tiles = []
    for one in prefectures:
        here = counted.get(one.code, Counted())
        tiles.append(
            Tile(
                code=one.code,
                english=one.name_en,
                japanese=one.name_ja,
                value=number_words(here.value),
                shade=shade_of(here.value, limits),  # type: ignore[arg-type]  # "0" to "5"
                url=link(one.code) if link else "",
                cells=[number_words(n) for n in here.cells or (here.value,)],
            )
        )
    return Places(tiles=tiles, keys=legend(limits), **look)
