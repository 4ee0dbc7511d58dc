import pytest
from hypothesis import given
from hypothesis import strategies as st

from kakehashi.web.components import Arch, Tile, bar_parts, shade_of


def test_the_span_is_drawn_as_far_as_it_is_built() -> None:
    assert Arch(state="now", label="x", fraction=0).built == "0"
    assert Arch(state="now", label="x", fraction=0.625).built == "78.0"
    assert Arch(state="now", label="x", fraction=1).built == "120.0"
    assert Arch(state="now", label="x", fraction=7).built == "120.0"
    assert Arch(state="now", label="x", fraction=-1).built == "0"


@given(st.floats(0, 1000), st.lists(st.floats(0, 1000), max_size=4))
def test_a_bar_never_sticks_out_of_its_frame(whole: float, values: list[float]) -> None:
    parts = bar_parts(whole, *((value, "") for value in values))
    assert len(parts) == len(values)
    assert all(float(part.start) + float(part.width) <= 100.1 for part in parts)


def test_parts_of_a_bar_lie_end_to_end() -> None:
    drawn = [
        (part.start, part.width, part.kind) for part in bar_parts(200, (100, ""), (50, "shu"))
    ]
    assert drawn == [("0.0", "50.0", ""), ("50.0", "25.0", "shu")]


def test_nothing_asked_for_is_an_empty_bar() -> None:
    assert [part.width for part in bar_parts(0, (3, ""))] == ["0.0"]


def test_the_shade_counts_the_limits_that_are_reached() -> None:
    limits = (1, 80, 120, 170, 230)
    assert [shade_of(value, limits) for value in (0, 1, 79, 80, 169, 230, 9999)] == list(
        "0112355"
    )


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("鳥取県", "鳥取"),
        ("京都府", "京都"),
        ("東京都", "東京"),
        ("北海道", "北海道"),
        ("", ""),
    ],
)
def test_a_tile_has_room_for_the_short_name(name: str, short: str) -> None:
    assert Tile(code="31", english="", japanese=name, value="1").kanji == short
