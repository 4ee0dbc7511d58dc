from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from kakehashi.arrival.rules import may_have_arrived, may_still_serve

DUE = date(2027, 7, 27)
DAYS = st.dates(date(2000, 1, 1), date(2040, 12, 31))


@given(DAYS, DAYS)
def test_nobody_arrives_tomorrow(on: date, today: date) -> None:
    assert may_have_arrived(on, due_on=on, today=today) == (on <= today)


def test_a_slip_in_the_year_is_noticed() -> None:
    today = DUE + timedelta(days=400)

    assert may_have_arrived(DUE + timedelta(days=300), due_on=DUE, today=today)
    assert not may_have_arrived(date(2026, 7, 26), due_on=DUE, today=today)
    assert not may_have_arrived(date(2028, 8, 1), due_on=DUE, today=today)


@given(DAYS)
def test_whoever_came_six_years_ago_no_longer_serves(arrived_on: date) -> None:
    assert may_still_serve(arrived_on, today=arrived_on)
    assert may_still_serve(arrived_on, today=arrived_on + timedelta(days=5 * 365))
    assert not may_still_serve(arrived_on, today=arrived_on + timedelta(days=6 * 366))
    assert not may_still_serve(arrived_on, today=arrived_on - timedelta(days=1))
