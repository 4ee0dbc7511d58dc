"""What the component templates draw: plain values, made by views, without a word of HTML.

Each class names its template; `{% include %}` it with the variable of that name.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from kakehashi.kernel.words import Words
from kakehashi.web.dates import Leaf, leaf

Tone = Literal["", "ok", "now", "warn", "bad", "info", "conf", "solid", "line"]
Stage = Literal["done", "now", "next", "missing"]

# The drawn arch begins 8 units after the clipping's left edge and is 112 units long.
LEFT, SPAN = 8, 112


@dataclass(frozen=True, kw_only=True)
class Arch:
    """One span of the bridge (`web/bridge.html`: `arches`): a stage, and how far it is built.

    `fraction` (0 to 1) counts only for the stage that is going on.  `missing` is a stage whose
    dates nobody has set yet.
    """

    state: Stage
    label: Words
    dates: Words = ""
    fraction: float = 0
    link: Words = ""
    url: str = ""

    @property
    def built(self) -> str:
        """Say how wide the built part of the span is, in units of the drawing."""
        share = min(max(self.fraction, 0), 1)
        return f"{LEFT + SPAN * share:.1f}" if share else "0"


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One key figure (`web/kpis.html`: `figures`); `note` compares it with something."""

    label: Words
    value: Words | float | None
    unit: Words = ""
    note: Words = ""
    change: int | None = None
    url: str = ""


@dataclass(frozen=True, kw_only=True)
class Dated:
    """One line of the dated list (`web/dates.html`: `dates`); `soon` marks the nearest."""

    on: date
    label: Words
    note: Words = ""
    soon: bool = False
    url: str = ""

    @property
    def leaf(self) -> Leaf:
        """Tear the leaf off the calendar, in the reader's language."""
        return leaf(self.on)


@dataclass(frozen=True, kw_only=True)
class News:
    """One line of the feed (`web/feed.html`: `news`), newest first."""

    at: Words
    text: Words
    iso: str = ""
    url: str = ""


@dataclass(frozen=True, kw_only=True)
class Task:
    """One row of the work table (`web/tasks.html`: `tasks`): what, why, by when, and the button."""

    label: Words
    url: str
    note: Words = ""
    due: Words = ""
    tone: Tone = ""
    action: Words = ""
    primary: bool = False


@dataclass(frozen=True, kw_only=True)
class Check:
    """One row of a checklist (`web/checklist.html`: `checks`); the whole row is the link."""

    label: Words
    url: str = ""
    note: Words = ""
    state: Words = ""
    tone: Tone = ""


@dataclass(frozen=True, kw_only=True)
class Step:
    """One step of a long form or run (`web/steps.html`: `steps`)."""

    label: Words
    state: Literal["done", "now", "next"]
    url: str = ""


@dataclass(frozen=True, kw_only=True)
class Crumb:
    """One place on the way here (`web/pagehead.html`: `crumbs`); the last has no address."""

    label: Words
    url: str = ""


@dataclass(frozen=True, kw_only=True)
class Tile:
    """One of the 47 tiles (`web/tiles.html`: `tiles`); `code` is JIS X 0401, `shade` 0 to 5."""

    code: str
    english: str
    japanese: str
    value: Words
    shade: Literal["0", "1", "2", "3", "4", "5", "r1", "r2", "g", "g2", "y"] = "0"
    unit: Words = ""
    url: str = ""
    current: bool = False
    cells: Sequence[Words] = ()

    @property
    def kanji(self) -> str:
        """Give the name as a small tile has room for it: 鳥取 for 鳥取県, 北海道 as it is."""
        return self.japanese[:-1] if self.japanese[-1:] in "都府県" else self.japanese


@dataclass(frozen=True, kw_only=True)
class Key:
    """One entry of a legend; `shade` for tiles, `colour` for charts and bars."""

    label: Words
    shade: str = ""
    colour: str = ""


@dataclass(frozen=True, kw_only=True)
class Part:
    """One stretch of a bar, in percent of the whole bar."""

    start: str
    width: str
    kind: str = ""


@dataclass(frozen=True, kw_only=True)
class Bar:
    """One row of a table of bars (`web/bars.html`: `bars`): the number always stands beside it."""

    label: Words
    gloss: str = ""
    parts: Sequence[Part] = ()
    cells: Sequence[Words] = ()
    url: str = ""


def bar_parts(whole: float, *values: tuple[float, str]) -> list[Part]:
    """Lay values end to end along a bar that stands for `whole`; nothing sticks out of it."""
    parts, start = [], 0.0
    for value, kind in values:
        width = min(100 * value / whole, 100 - start) if whole > 0 else 0.0
        parts.append(Part(start=f"{start:.1f}", width=f"{max(width, 0):.1f}", kind=kind))
        start += max(width, 0)
    return parts


def shade_of(value: float, limits: Sequence[float]) -> str:
    """Choose the shade of a tile: how many of the rising limits the value reaches, at most 5."""
    return str(min(sum(value >= limit for limit in limits), 5))
