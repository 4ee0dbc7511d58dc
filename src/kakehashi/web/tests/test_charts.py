from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from kakehashi.web.charts import Data, Series, axis, bar_chart, line_chart, stacked_chart

VALUES = st.floats(min_value=-1e9, max_value=1e9, allow_nan=False).map(lambda v: round(v, 3))


def chart_of(
    *series: Sequence[float | None],
    labels: list[str] | None = None,
    marked: frozenset[int] = frozenset(),
) -> Data:
    return Data(
        name="c",
        title="Title",
        summary="Summary",
        head="Year",
        labels=labels or [str(n) for n in range(len(series[0]))],
        series=[Series(name=f"s{n}", values=values) for n, values in enumerate(series)],
        marked=marked,
    )


def test_ticks_are_round_numbers_and_hold_zero() -> None:
    assert axis(848, 5761) == [0, 2000, 4000, 6000]
    assert axis(0, 0) == [0, 1]
    assert axis(-30, 55) == [-50, 0, 50, 100]


def test_stacked_bars_stand_on_one_another_and_fit_the_axis() -> None:
    picture = stacked_chart(chart_of([40, 10], [30, None], [50, 0]))
    first = [bar for bar in picture.wide.rects if bar.title.startswith("0 ")]
    assert [bar.kind for bar in first] == ["bar", "bar bar--1", "bar bar--2"]
    feet = [round(float(bar.y) + float(bar.height), 1) for bar in first]
    assert feet == [float(picture.wide.zero), float(first[0].y), float(first[1].y)]
    assert picture.wide.grid[-1].label == "150"
    assert len(picture.wide.rects) == 4
    assert picture.rows[1] == ("1", ["10", "–", "0"])


@given(VALUES, VALUES)
def test_the_axis_spans_every_value_and_stays_short(one: float, other: float) -> None:
    ticks = axis(min(one, other), max(one, other))
    assert ticks[0] <= min(one, other, 0)
    assert ticks[-1] >= max(one, other, 0) * 0.999999
    assert len(ticks) <= 8
    assert ticks == sorted(set(ticks))


@given(st.lists(st.lists(VALUES | st.none(), min_size=5, max_size=5), min_size=1, max_size=3))
def test_nothing_is_drawn_outside_the_paper(series: list[list[float | None]]) -> None:
    data = chart_of(*series, marked=frozenset({0, 4}))
    for picture in (bar_chart(data), line_chart(data)):
        for drawing in (picture.wide, picture.narrow):
            for rect in drawing.rects:
                assert 0 <= float(rect.x) <= float(rect.x) + float(rect.width) <= drawing.width
                assert (
                    0 <= float(rect.y) <= float(rect.y) + float(rect.height) <= drawing.height
                )
            for line in drawing.lines:
                for point in line.points.split():
                    x, y = map(float, point.split(","))
                    assert 0 <= x <= drawing.width
                    assert 0 <= y <= drawing.height
            assert all(0 <= float(dot.label_y) <= drawing.height for dot in drawing.dots)


def test_a_line_breaks_where_nothing_is_known() -> None:
    drawing = line_chart(chart_of([1, 2, None, 4])).wide
    assert [len(line.points.split()) for line in drawing.lines] == [2, 1]


def test_the_table_carries_every_number() -> None:
    picture = bar_chart(chart_of([848, None, 5761], [0, 1, 2], labels=["1987", "1988", "2019"]))
    assert picture.rows == [
        ("1987", ["848", "0"]),
        ("1988", ["–", "1"]),
        ("2019", ["5,761", "2"]),
    ]
    assert [key.label for key in picture.keys] == ["s0", "s1"]


def test_one_series_needs_no_legend() -> None:
    assert bar_chart(chart_of([1, 2])).keys == []


def test_thirty_years_show_few_labels_and_always_the_last() -> None:
    years = [str(year) for year in range(1987, 2020)]
    picture = bar_chart(chart_of(list(range(33)), labels=years))
    for drawing, most in ((picture.wide, 9), (picture.narrow, 3)):
        assert drawing.labels[0].label == "1987"
        assert drawing.labels[-1].label == "2019"
        assert len(drawing.labels) <= most


def test_an_empty_chart_is_still_a_chart() -> None:
    drawing = line_chart(chart_of([], labels=[])).wide
    assert drawing.lines == []
    assert drawing.labels == []
    assert [tick.label for tick in drawing.grid] == ["0", "1"]
