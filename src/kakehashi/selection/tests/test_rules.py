"""The rules of scores and results, as people of the programme would say them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kakehashi.selection.rules import (
    Candidate,
    Outcome,
    alternates_for,
    blinded,
    dealt,
    mean,
    ranked,
    shares,
    verdicts,
)

POINTS = st.integers(0, 100)
MEANS = st.none() | POINTS.map(Decimal)


def candidate(number: int, screening: int | None, interview: int | None) -> Candidate:
    return Candidate(
        application=number,
        number=f"27-{number:05d}",
        group=(1, 1),
        screening=None if screening is None else Decimal(screening),
        interview=None if interview is None else Decimal(interview),
    )


@st.composite
def fields(draw: st.DrawFn) -> list[Candidate]:
    rows = draw(st.lists(st.tuples(st.none() | POINTS, st.none() | POINTS), max_size=30))
    return [candidate(index, *row) for index, row in enumerate(rows, start=1)]


def outcome_of(found: list[Candidate], places: int) -> dict[int, tuple[Outcome, int | None]]:
    return {
        one.candidate.application: (one.outcome, one.rank)
        for one in verdicts(found, places=places)
    }


def test_the_mean_has_two_places_and_halves_go_up() -> None:
    assert mean([]) is None
    assert mean([70, 75]) == Decimal("72.50")
    assert mean([1, 0, 0, 0, 0, 0, 0, 0]) == Decimal("0.13")


def test_the_total_is_the_mean_of_the_readings_and_the_mean_of_the_interviews() -> None:
    assert candidate(1, 70, 80).total == 150
    assert candidate(2, None, 80).total == 80


def test_who_was_not_interviewed_is_not_selected_whatever_the_reading_said() -> None:
    found = outcome_of([candidate(1, 100, None), candidate(2, 1, 1)], 2)
    assert found == {1: (Outcome.NOT_SELECTED, None), 2: (Outcome.SHORTLISTED, 1)}


def test_of_equal_totals_the_lower_number_comes_first_and_it_is_said() -> None:
    found = verdicts([candidate(2, 50, 50), candidate(1, 50, 50)], places=1)
    assert [(one.candidate.application, one.outcome, one.is_tied) for one in found] == [
        (1, Outcome.SHORTLISTED, True),
        (2, Outcome.ALTERNATE, True),
    ]


def test_equal_totals_within_one_outcome_are_no_tie() -> None:
    found = verdicts([candidate(1, 50, 50), candidate(2, 50, 50)], places=2)
    assert [one.is_tied for one in found] == [False, False]


@pytest.mark.parametrize(("places", "alternates"), [(0, 0), (1, 1), (2, 1), (3, 2), (10, 5)])
def test_half_as_many_alternates_as_places_are_kept_rounded_up(
    places: int, alternates: int
) -> None:
    assert alternates_for(places) == alternates


@given(fields(), st.integers(0, 12))
def test_never_more_are_shortlisted_than_there_are_places(
    found: list[Candidate], places: int
) -> None:
    proposed = [one.outcome for one in verdicts(found, places=places)]
    met = len(ranked(found))
    assert proposed.count(Outcome.SHORTLISTED) == min(places, met)
    spare = alternates_for(places)
    assert proposed.count(Outcome.ALTERNATE) == min(spare, max(met - places, 0))
    assert len(proposed) == len(found)


@given(fields(), st.integers(0, 12))
def test_nobody_is_passed_over_for_somebody_with_a_lower_total(
    found: list[Candidate], places: int
) -> None:
    order = [Outcome.SHORTLISTED, Outcome.ALTERNATE, Outcome.NOT_SELECTED]
    proposed = verdicts(found, places=places)
    met = [one for one in proposed if one.candidate.interview is not None]
    for one in met:
        for other in met:
            if one.candidate.total > other.candidate.total:
                assert order.index(one.outcome) <= order.index(other.outcome)


@given(fields(), st.integers(0, 12), st.randoms(use_true_random=False))
def test_the_order_in_which_they_come_changes_nothing(
    found: list[Candidate], places: int, chance: object
) -> None:
    shuffled = list(found)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]  # a Random
    assert outcome_of(found, places) == outcome_of(shuffled, places)


@given(fields(), st.integers(0, 12))
def test_ranks_count_from_one_within_an_outcome(found: list[Candidate], places: int) -> None:
    proposed = verdicts(found, places=places)
    for outcome in (Outcome.SHORTLISTED, Outcome.ALTERNATE):
        ranks = [one.rank for one in proposed if one.outcome == outcome]
        assert ranks == list(range(1, len(ranks) + 1))
    assert {one.rank for one in proposed if one.outcome == Outcome.NOT_SELECTED} <= {None}


@given(st.integers(0, 500), st.dictionaries(st.integers(), st.integers(0, 90), max_size=8))
def test_the_shares_of_the_missions_add_up_to_the_quota(
    quota: int, applicants: dict[int, int]
) -> None:
    divided = shares(quota, applicants)
    assert divided.keys() == applicants.keys()
    everybody = sum(applicants.values())
    assert sum(divided.values()) == (quota if everybody else 0)
    for key, count in applicants.items():
        assert abs(divided[key] - quota * count / max(everybody, 1)) < 1


def test_a_country_s_places_go_by_the_largest_remainder() -> None:
    assert shares(10, {"dublin": 2, "london": 1}) == {"dublin": 7, "london": 3}
    assert shares(1, {"dublin": 5, "london": 5}) == {"dublin": 1, "london": 0}


@given(
    st.lists(st.integers(1, 40), unique=True, max_size=20),
    st.lists(st.integers(100, 110), unique=True, max_size=6),
    st.integers(1, 4),
)
def test_readings_are_dealt_evenly_and_nobody_reads_twice(
    applications: list[int], readers: list[int], each: int
) -> None:
    pairs = dealt([(one, one) for one in applications], readers, each=each)
    assert len(pairs) == len(set(pairs)) == len(applications) * min(each, len(readers))
    loads = [sum(reader == one for _a, reader in pairs) for one in readers]
    assert not loads or max(loads) - min(loads) <= 1


def test_nobody_reads_their_own_application() -> None:
    assert dealt([(1, 100), (2, 7)], [100, 101], each=1) == [(1, 101), (2, 100)]


def test_what_somebody_reads_already_counts() -> None:
    assert dealt([(1, 7)], [100, 101], each=1, there=[(1, 100)]) == []
    assert dealt([(1, 7)], [100, 101], each=2, there=[(1, 100)]) == [(1, 101)]


def test_somebody_else_reads_what_a_reader_stepped_aside_from() -> None:
    assert dealt([(1, 7)], [100, 101], each=1, aside=[(1, 100)]) == [(1, 101)]
    assert dealt([(1, 7)], [100], each=1, aside=[(1, 100)]) == []


def test_names_and_addresses_are_hidden_in_what_people_write() -> None:
    text = "I am Maya FERNWEH, write to maya.f@example.org. Mayabe not."
    assert blinded(text, ["Maya", "Fernweh"]) == "I am ▇▇▇ ▇▇▇, write to ▇▇▇ Mayabe not."
