from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from kakehashi.intake.rules import (
    ENDS,
    EVENT_NAMES,
    PAIRS,
    STANDS_FOR,
    Pattern,
    a_year_later,
    calendar_of,
    crosstab,
    is_home,
    on_day,
    out_of_order,
)

ZONES = ["Asia/Tokyo", "Pacific/Honolulu", "Europe/London", "America/New_York", "Pacific/Apia"]


def pattern(event: str = "closes", at: time | None = None, zone: str = "") -> Pattern:
    return Pattern(
        event=event, month=11, day=15, time=at, zone=zone, offset=-1, source="x", assumed=False
    )


def test_a_deadline_is_a_moment_in_the_zone_in_which_it_is_announced() -> None:
    hawaii = pattern(at=time(23, 59), zone="Pacific/Honolulu").moment(2027, "America/Chicago")
    assert hawaii.astimezone(UTC) == datetime(2026, 11, 16, 9, 59, tzinfo=UTC)
    own = pattern(at=time(17)).moment(2027, "Europe/London")
    assert own.astimezone(UTC) == datetime(2026, 11, 15, 17, tzinfo=UTC)


def test_a_deadline_without_a_time_ends_with_its_day_and_a_beginning_begins_with_it() -> None:
    closes = pattern("closes").moment(2027, "Asia/Tokyo")
    opens = pattern("opens").moment(2027, "Asia/Tokyo")
    assert (closes.date(), closes.time()) == (date(2026, 11, 15), time(23, 59, 59))
    assert (opens.date(), opens.time()) == (date(2026, 11, 15), time(0))


@given(
    st.datetimes(min_value=datetime(2020, 1, 1), max_value=datetime(2090, 1, 1)),  # noqa: DTZ001 -- moments on a wall clock
    st.sampled_from(ZONES),
)
def test_a_year_later_the_clock_on_the_wall_shows_the_same(wall: datetime, zone: str) -> None:
    moment = wall.replace(tzinfo=ZoneInfo(zone), second=0, microsecond=0)
    local = moment.astimezone(UTC).astimezone(ZoneInfo(zone))  # as it really is there
    later = a_year_later(moment, zone)
    assert later.time() == local.time()
    assert later.date() == on_day(local.year + 1, local.month, local.day)


def test_the_29th_of_february_becomes_the_28th() -> None:
    leap = datetime(2028, 2, 29, 17, tzinfo=ZoneInfo("Asia/Tokyo"))
    assert a_year_later(leap, "Asia/Tokyo").date() == date(2029, 2, 28)


def test_a_missions_calendar_is_the_default_with_its_first_countrys_own_rows() -> None:
    default = {"closes": pattern(), "opens": pattern("opens")}
    own = {"closes": pattern(at=time(12))}
    patterns = {"": default, "IN": own, "BT": {"opens": pattern("opens", time(1))}}
    assert calendar_of(patterns, ["ZZ", "IN", "BT"]) == {**default, **own}
    assert calendar_of(patterns, []) == default
    assert is_home(pattern(zone="Asia/Tokyo"))
    assert not is_home(pattern())


def test_dates_the_wrong_way_round_are_named() -> None:
    early, late = datetime(2026, 9, 1, tzinfo=UTC), datetime(2026, 11, 1, tzinfo=UTC)
    assert out_of_order({"opens": early, "closes": late}) is None
    assert out_of_order({"opens": late, "closes": early}) == ("opens", "closes")
    assert out_of_order({"closes": early}) is None


def test_every_event_that_a_rule_names_has_a_name() -> None:
    named = {
        *ENDS,
        *STANDS_FOR,
        *STANDS_FOR.values(),
        *(name for pair in PAIRS for name in pair),
    }
    assert named - {*EVENT_NAMES} == set()


LINES = st.lists(
    st.tuples(
        st.sampled_from(["IE", "GB", "FR"]),
        st.sampled_from(["ALT", "CIR"]),
        st.sampled_from(["a", "b"]),
        st.integers(0, 500),
    )
)


@given(LINES)
def test_the_totals_of_a_plan_agree_across_and_down(
    lines: list[tuple[str, str, str, int]],
) -> None:
    table = crosstab(lines)
    assert table.total == sum(seats for *_where, seats in lines)
    assert table.total == sum(total for _country, _seats, total in table.rows)
    for index, total in enumerate(table.totals):
        assert total == sum(seats[index] for _country, seats, _total in table.rows)
    assert all(sum(seats) == total for _country, seats, total in table.rows)
