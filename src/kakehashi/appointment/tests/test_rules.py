from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kakehashi.appointment.rules import is_over, may_end_on, term, term_on, years_after

DAYS = st.dates(date(1990, 1, 1), date(2060, 12, 31))
ONE_DAY = timedelta(days=1)


def test_the_term_is_a_year_from_the_day_after_arrival() -> None:
    first = term(date(2026, 7, 26), 1)

    assert (first.starts_on, first.ends_on) == (date(2026, 7, 27), date(2027, 7, 26))


@given(DAYS, st.integers(1, 4))
def test_terms_follow_one_another_without_a_gap(arrived_on: date, year: int) -> None:
    assert term(arrived_on, year).ends_on + ONE_DAY == term(arrived_on, year + 1).starts_on


@given(DAYS, st.integers(0, 2500))
def test_the_term_of_a_day_holds_that_day(arrived_on: date, later: int) -> None:
    day = arrived_on + ONE_DAY + timedelta(days=later)
    found = term_on(arrived_on, day)

    if found is None:
        assert day > term(arrived_on, 5).ends_on
    else:
        assert found.starts_on <= day <= found.ends_on
        assert found == term(arrived_on, found.year_of_service)


@given(DAYS)
def test_whoever_lands_today_starts_tomorrow(arrived_on: date) -> None:
    assert term_on(arrived_on, arrived_on) == term(arrived_on, 1)


def test_nobody_serves_a_sixth_year() -> None:
    assert term_on(date(2020, 8, 1), date(2025, 8, 1)) == term(date(2020, 8, 1), 5)
    assert term_on(date(2020, 8, 1), date(2025, 8, 2)) is None


def test_a_leap_day_moves_on_to_march() -> None:
    assert years_after(date(2028, 2, 29), 1) == date(2029, 3, 1)
    assert term(date(2028, 2, 28), 1).ends_on == date(2029, 2, 28)


@pytest.mark.parametrize(
    ("day", "may"),
    [
        (date(2026, 7, 26), False),
        (date(2026, 7, 27), True),
        (date(2027, 7, 25), True),
        (date(2027, 7, 26), False),
    ],
)
def test_a_term_ends_early_only_within_itself(day: date, *, may: bool) -> None:
    assert may_end_on(day, starts_on=date(2026, 7, 27), ends_on=date(2027, 7, 26)) == may


def test_a_term_is_over_on_its_last_day() -> None:
    assert is_over(date(2027, 7, 26), today=date(2027, 7, 26))
    assert not is_over(date(2027, 7, 26), today=date(2027, 7, 25))
