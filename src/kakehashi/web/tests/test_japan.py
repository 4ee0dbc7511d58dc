from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from kakehashi.web.components import shade_of
from kakehashi.web.japan import Counted, Places, legend, outlines, places, steps

CODES = [f"{number:02}" for number in range(1, 48)]


@dataclass
class Prefecture:
    code: str
    name_en: str = "Tottori"
    name_ja: str = "鳥取県"


def drawn(counted: dict[str, Counted], *codes: str) -> Places:
    return places(
        [Prefecture(code) for code in codes],
        counted,
        lambda code: f"/list/?prefecture={code}",
        name="p",
        label="People",
    )


def test_each_prefecture_has_an_outline_and_room_for_its_number() -> None:
    known = outlines()
    assert list(known) == CODES
    assert [code for code, (path, _) in known.items() if path[:1] + path[-1:] != "Mz"] == []
    inside = [0 < x < 1000 and 0 < y < 1080 for _, (x, y) in known.values()]
    assert inside == [True] * 47


def test_no_number_on_the_map_covers_another() -> None:
    places_ = [at for _, at in outlines().values()]
    close = [
        (one, other)
        for n, one in enumerate(places_)
        for other in places_[:n]
        if abs(one[0] - other[0]) < 36 and abs(one[1] - other[1]) < 18
    ]
    assert close == []


def test_map_and_table_say_the_same_as_the_tiles_and_lead_to_the_same_pages() -> None:
    shown = drawn({"31": Counted(value=1204, cells=(3, 1204))}, "31", "32")
    assert [(tile.value, tile.url) for tile in shown.tiles] == [
        ("1,204", "/list/?prefecture=31"),
        ("0", "/list/?prefecture=32"),
    ]
    assert [one.tile for one in shown.outlines] == list(shown.tiles)
    assert [(tile.code, list(cells)) for tile, cells in shown.rows] == [
        ("31", ["3", "1,204"]),
        ("32", ["0"]),
    ]


def test_without_numbers_of_its_own_the_table_has_the_value_of_the_tile() -> None:
    shown = drawn({}, "31")
    assert (list(shown.columns), shown.rows[0][1]) == (["People"], ["0"])


def test_the_legend_covers_every_number_without_a_gap() -> None:
    limits = steps([0, 1, 2, 3, 5, 8, 13, 21])
    assert limits == [1, 2, 3, 8, 13]
    assert [str(key.label) for key in legend(limits)] == [
        "1",
        "2",
        "3–7",
        "8–12",
        "13 or more",
    ]
    assert (steps([0, 0]), legend([])) == ([], [])


@given(st.lists(st.integers(0, 5000), max_size=47))
def test_nothing_is_the_lightest_and_the_most_the_darkest(values: list[int]) -> None:
    limits = steps(values)
    assert limits == sorted(set(limits))
    assert [shade_of(value, limits) == "0" for value in values] == [not v for v in values]
    if any(values):
        assert shade_of(max(values), limits) == str(len(limits))
