"""Where the lines and bars of a chart go: pure arithmetic, drawn by `web/chart.html` as SVG.

Coordinates are strings with one decimal, in units of the drawing's view box; nothing needs a
style attribute or a script.  Every chart carries its numbers as a table.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import ceil, floor, log10

from kakehashi.kernel.words import Words
from kakehashi.web.components import Key
from kakehashi.web.dates import number_words

WIDE, NARROW = (1120, 330), (360, 250)
TOP, FOOT, RIGHT = 30, 34, 16
CHARACTER = 8  # units one digit of an axis label takes


@dataclass(frozen=True, kw_only=True)
class Series:
    """One row of values, as many as the chart has labels; `None` where nothing is known."""

    name: Words
    values: Sequence[float | None]


@dataclass(frozen=True, kw_only=True)
class Data:
    """What a chart shows.

    `name` is unique on the page; `title` and `summary` are what a screen reader says; `head` heads
    the first column of the table; `marked` are positions to be shown in vermilion with their value.
    """

    name: str
    title: Words
    summary: Words
    head: Words
    labels: Sequence[Words]
    series: Sequence[Series]
    marked: frozenset[int] = frozenset()


@dataclass(frozen=True, kw_only=True)
class Tick:
    """A mark on an axis: where, and what it says."""

    at: str
    label: str
    anchor: str = "middle"
    baseline: str = ""


@dataclass(frozen=True, kw_only=True)
class Rect:
    """One bar."""

    x: str
    y: str
    width: str
    height: str
    kind: str
    title: str


@dataclass(frozen=True, kw_only=True)
class Line:
    """One unbroken stretch of a line."""

    points: str
    kind: str


@dataclass(frozen=True, kw_only=True)
class Dot:
    """A value worth marking, with its words above it."""

    x: str
    y: str
    label_y: str
    label: str
    anchor: str
    ring: bool


@dataclass(frozen=True, kw_only=True)
class Drawing:
    """One SVG: its size and everything in it."""

    width: int
    height: int
    left: str
    right: str
    zero: str
    label_y: str
    grid: list[Tick]
    labels: list[Tick]
    rects: list[Rect]
    lines: list[Line]
    dots: list[Dot]


@dataclass(frozen=True, kw_only=True)
class Picture:
    """A chart ready to draw: a wide and a narrow SVG, the legend, and the table of its numbers."""

    data: Data
    wide: Drawing
    narrow: Drawing
    keys: list[Key]
    rows: list[tuple[Words, list[str]]]


def bar_chart(data: Data) -> Picture:
    """Draw bars, side by side where there are several series."""
    keys = [Key(label=one.name, colour=str(n)) for n, one in enumerate(data.series)]
    return _picture(data, _bars, keys)


def stacked_chart(data: Data) -> Picture:
    """Draw bars whose series stand on one another; nothing may be below nought."""
    keys = [Key(label=one.name, colour=str(n)) for n, one in enumerate(data.series)]
    return _picture(data, _stacks, keys, highest=max(_heights(data), default=0))


def line_chart(data: Data) -> Picture:
    """Draw lines; a line breaks where a value is not known."""
    keys = [
        Key(label=one.name, colour=str(n) if n else "line0")
        for n, one in enumerate(data.series)
    ]
    return _picture(data, _lines, keys)


def axis(low: float, high: float, wanted: int = 4) -> list[float]:
    """Choose round ticks (1, 2 or 5 times a power of ten) that span `low` to `high` and hold 0."""
    low, high = min(low, 0), max(high, 0)
    if low == high:
        return [0, 1]
    rough = (high - low) / wanted
    power = 10.0 ** floor(log10(rough))
    step = next(power * n for n in (1, 2, 5, 10) if power * n >= rough * 0.999)
    whole = step >= 1
    ticks = [n * step for n in range(floor(low / step), ceil(high / step) + 1)]
    return [round(tick) if whole else tick for tick in ticks]


@dataclass(frozen=True)
class _Frame:
    """The paper of one drawing: turns a position or a value into a coordinate."""

    data: Data
    width: int
    height: int
    ticks: list[float]

    @property
    def left(self) -> float:
        return 14 + CHARACTER * max(len(_tick(tick)) for tick in self.ticks)

    @property
    def slot(self) -> float:
        return (self.width - RIGHT - self.left) / max(len(self.data.labels), 1)

    def x(self, position: float) -> float:
        return self.left + self.slot * (position + 0.5)

    def y(self, value: float) -> float:
        low, high = self.ticks[0], self.ticks[-1]
        room = self.height - TOP - FOOT
        return TOP + room * (1 - (value - low) / (high - low))


_Ink = tuple[list[Rect], list[Line], list[Dot]]


def _picture(
    data: Data, draw: Callable[[_Frame], _Ink], keys: list[Key], highest: float = 0
) -> Picture:
    values = [v for one in data.series for v in one.values if v is not None]
    ticks = axis(min(values, default=0), max(*values, highest) if values else highest)
    return Picture(
        data=data,
        wide=_drawing(_Frame(data, *WIDE, ticks), draw, most=9),
        narrow=_drawing(_Frame(data, *NARROW, ticks), draw, most=3),
        keys=keys if len(data.series) > 1 else [],
        rows=[
            (label, [number_words(one.values[n]) for one in data.series])
            for n, label in enumerate(data.labels)
        ],
    )


def _drawing(frame: _Frame, draw: Callable[[_Frame], _Ink], most: int) -> Drawing:
    rects, lines, dots = draw(frame)
    return Drawing(
        width=frame.width,
        height=frame.height,
        left=_n(frame.left),
        right=_n(frame.width - RIGHT),
        zero=_n(frame.y(0)),
        label_y=_n(frame.height - 10),
        grid=[
            Tick(at=_n(frame.y(t)), label=_tick(t), baseline=_n(frame.y(t) + 4))
            for t in frame.ticks
        ],
        labels=[
            Tick(at=_n(frame.x(n)), label=str(frame.data.labels[n]))
            for n in _sparse(len(frame.data.labels), most)
        ],
        rects=rects,
        lines=lines,
        dots=dots,
    )


def _sparse(count: int, most: int) -> list[int]:
    """Choose which labels have room: every so many, and always the last."""
    if count <= most:
        return list(range(count))
    step = ceil((count - 1) / (most - 1))
    chosen = [n for n in range(0, count - 1, step) if count - 1 - n >= step * 0.7]
    return [*chosen, count - 1]


def _bars(frame: _Frame) -> _Ink:
    data = frame.data
    wide = min(frame.slot * 0.66, 60) / max(len(data.series), 1)
    rects, dots = [], []
    for s, one in enumerate(data.series):
        for n, value in enumerate(one.values):
            if value is None:
                continue
            marked = n in data.marked
            left = frame.x(n) + wide * (s - len(data.series) / 2)
            top, foot = sorted((frame.y(value), frame.y(0)))
            kind = " bar--hi" if marked and len(data.series) == 1 else f" bar--{s}" if s else ""
            rects.append(
                Rect(
                    x=_n(left),
                    y=_n(top),
                    width=_n(wide),
                    height=_n(foot - top),
                    kind=f"bar{kind}",
                    title=f"{data.labels[n]} {one.name}: {number_words(value)}",
                )
            )
            if marked:
                dots.append(_dot(frame, n, value, ring=False))
    return rects, [], dots


def _heights(data: Data) -> list[float]:
    """Add up what stands on one another at each position."""
    return [sum(one.values[n] or 0 for one in data.series) for n in range(len(data.labels))]


def _stacks(frame: _Frame) -> _Ink:
    data = frame.data
    wide = min(frame.slot * 0.66, 60)
    rects, feet = [], [0.0] * len(data.labels)
    for s, one in enumerate(data.series):
        for n, value in enumerate(one.values):
            if not value:
                continue
            top, foot = frame.y(feet[n] + value), frame.y(feet[n])
            rects.append(
                Rect(
                    x=_n(frame.x(n) - wide / 2),
                    y=_n(top),
                    width=_n(wide),
                    height=_n(foot - top),
                    kind=f"bar bar--{s}" if s else "bar",
                    title=f"{data.labels[n]} {one.name}: {number_words(value)}",
                )
            )
            feet[n] += value
    return rects, [], []


def _lines(frame: _Frame) -> _Ink:
    data = frame.data
    lines, dots = [], []
    for s, one in enumerate(data.series):
        kind = f"line line--{s}" if s else "line"
        lines += [Line(points=points, kind=kind) for points in _stretches(frame, one)]
        dots += [
            _dot(frame, n, value, ring=True)
            for n, value in enumerate(one.values)
            if value is not None and n in data.marked
        ]
    return [], lines, dots


def _stretches(frame: _Frame, one: Series) -> list[str]:
    stretches: list[list[str]] = [[]]
    for n, value in enumerate(one.values):
        if value is None:
            stretches.append([])
        else:
            stretches[-1].append(f"{_n(frame.x(n))},{_n(frame.y(value))}")
    return [" ".join(points) for points in stretches if points]


def _dot(frame: _Frame, position: int, value: float, *, ring: bool) -> Dot:
    last = len(frame.data.labels) - 1
    anchor = "end" if position == last and last else "start" if position == 0 else "middle"
    x, y = frame.x(position), frame.y(value)
    aside = {"end": x + frame.slot / 2, "start": x - frame.slot / 2, "middle": x}[anchor]
    label = number_words(value)
    rivals = [one.values[position] for one in frame.data.series]
    below = ring and any(rival is not None and rival > value for rival in rivals)
    label_y = y + 24 if below else max(_clear(frame, aside, anchor, label) - 12, 16)
    return Dot(
        x=_n(x if ring else aside),
        y=_n(y),
        label_y=_n(label_y),
        label=label,
        anchor=anchor,
        ring=ring,
    )


def _clear(frame: _Frame, x: float, anchor: str, label: str) -> float:
    """Find how high a label must hang so that it covers no value beside it."""
    wide = 10 * len(label)
    start = {"start": x, "middle": x - wide / 2, "end": x - wide}[anchor]
    reach = frame.slot / 2
    under = [
        frame.y(value)
        for one in frame.data.series
        for n, value in enumerate(one.values)
        if value is not None and start - reach < frame.x(n) < start + wide + reach
    ]
    return min(under, default=frame.y(0))


def _tick(value: float) -> str:
    return number_words(value if value == round(value) else float(f"{value:.6g}"))


def _n(value: float) -> str:
    return f"{value:.1f}"
