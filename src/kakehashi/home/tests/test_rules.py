from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from kakehashi.home.rules import ARCHES, STANDING, Counts, fractions, stages

NOTHING = Counts(
    plan_released=False,
    invited=0,
    applied=0,
    undecided=0,
    selected=0,
    placed=0,
    expected=0,
    arrived=0,
    serving=0,
)
number = st.integers(0, 500)
counts = st.builds(
    Counts,
    plan_released=st.booleans(),
    invited=number,
    applied=number,
    undecided=number,
    selected=number,
    placed=number,
    expected=number,
    arrived=number,
    serving=number,
)


def test_an_empty_year_begins_with_the_plan() -> None:
    assert stages(NOTHING) == {
        "plan": "now",
        "recruitment": "next",
        "selection": "next",
        "placement": "next",
        "arrival": "next",
        "appointment": "next",
        "support": "missing",
        "alumni": "missing",
    }


def test_a_year_in_placement_shows_how_many_are_placed() -> None:
    year = replace(
        NOTHING, plan_released=True, invited=100, applied=220, selected=100, placed=74
    )

    assert fractions(year)["placement"] == 0.74
    assert stages(year)["placement"] == "now"


def test_a_whole_year_is_built_as_far_as_the_parts_stand() -> None:
    year = replace(
        NOTHING,
        plan_released=True,
        invited=100,
        applied=220,
        selected=100,
        placed=100,
        arrived=98,
        serving=98,
    )

    assert [stages(year)[arch] for arch in ARCHES] == ["done"] * 6 + ["missing"] * 2


@given(counts)
def test_at_most_one_arch_is_under_way_and_no_arch_is_overbuilt(year: Counts) -> None:
    found = list(stages(year).values())

    assert found.count("now") == (0 if found[:6] == ["done"] * 6 else 1)
    assert set(fractions(year)) == STANDING
    assert all(0 <= share <= 1 for share in fractions(year).values())
