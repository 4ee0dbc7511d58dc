from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from kakehashi.web.dates import (
    Style,
    clock,
    day_words,
    era_year,
    leaf,
    moment_words,
    number_words,
    percent_words,
)

FRIDAY = date(2027, 1, 29)
DEADLINE = datetime(2026, 11, 13, 10, 59, tzinfo=UTC)


@pytest.mark.parametrize(
    ("style", "english", "kanji"),
    [
        ("long", "Friday 29 January 2027", "2027年1月29日（金）"),
        ("table", "29 Jan 2027", "2027/1/29"),
        ("short", "Fri 29 Jan", "1/29（金）"),
        ("era", "Friday 29 January 2027 (Reiwa 9)", "2027年（令和9年）1月29日（金）"),
        ("no such style", "Friday 29 January 2027", "2027年1月29日（金）"),
    ],
)
def test_a_day_is_written_as_each_language_writes_it(
    style: Style, english: str, kanji: str
) -> None:
    with override("en"):
        assert day_words(FRIDAY, style) == english
    with override("ja"):
        assert day_words(FRIDAY, style) == kanji


@pytest.mark.parametrize(
    ("day", "kanji"),
    [
        (date(2019, 5, 1), "令和元年"),
        (date(2019, 4, 30), "平成31年"),
        (date(1989, 1, 8), "平成元年"),
        (date(1989, 1, 7), "昭和64年"),
        (date(1926, 12, 24), "大正15年"),
        (date(1912, 7, 29), "明治45年"),
        (date(1867, 1, 1), "1867年"),
    ],
)
def test_an_era_begins_on_its_first_day(day: date, kanji: str) -> None:
    with override("ja"):
        assert era_year(day) == kanji


def test_a_deadline_abroad_says_the_local_time_first_and_then_tokyo() -> None:
    with override("en"):
        assert moment_words(DEADLINE, "Pacific/Auckland", "Wellington") == (
            "Friday 13 November 2026, 23:59 in Wellington (19:59 in Tokyo)"
        )
    with override("ja"):
        assert moment_words(DEADLINE, "Pacific/Auckland", "ウェリントン") == (
            "2026年11月13日（金）23時59分（ウェリントン）、日本時間19時59分"
        )


def test_the_other_day_is_named_where_tokyo_is_already_in_it() -> None:
    with override("en"):
        assert moment_words(datetime(2026, 11, 13, 22, 0, tzinfo=UTC), "America/New_York") == (
            "Friday 13 November 2026, 17:00 in New York (Sat 14 Nov, 07:00 in Tokyo)"
        )
    with override("ja"):
        assert moment_words(datetime(2026, 11, 13, 22, 0, tzinfo=UTC), "America/New_York") == (
            "2026年11月13日（金）17時（ニューヨーク）、日本時間11/14（土）7時"
        )


@pytest.mark.parametrize("zone", [None, "", "Asia/Tokyo", "Nowhere/Atall", "../../etc/passwd"])
def test_without_another_zone_tokyo_is_said_once(zone: str | None) -> None:
    with override("en"):
        assert moment_words(DEADLINE, zone) == "Friday 13 November 2026, 19:59 in Tokyo"
    with override("ja"):
        assert moment_words(DEADLINE, zone) == "2026年11月13日（金）19時59分"


def test_a_table_gives_every_moment_in_tokyo() -> None:
    with override("en"):
        assert moment_words(DEADLINE, style="table") == "13 Nov 2026, 19:59"
    with override("ja"):
        assert moment_words(DEADLINE, style="table") == "2026/11/13 19:59"


def test_the_day_of_a_moment_is_its_day_in_tokyo() -> None:
    evening = datetime(2027, 1, 28, 16, 0, tzinfo=UTC)
    with override("en"):
        assert day_words(evening) == "Friday 29 January 2027"
        assert leaf(evening).iso == "2027-01-29"
        assert leaf(evening).month == "Jan"


def test_full_hours_are_short_in_japanese() -> None:
    with override("ja"):
        assert clock(datetime(2027, 1, 29, 17, 0, tzinfo=UTC)) == "17時"


def test_none_and_zero_are_not_the_same() -> None:
    assert number_words(None) == "–"
    assert number_words(0) == "0"
    assert number_words(1204) == "1,204"
    assert percent_words(None) == "–"
    assert percent_words(0.814) == "81%"
    assert day_words(None) == "–"
    assert moment_words(None) == "–"


@given(st.dates(min_value=date(1868, 1, 25)), st.sampled_from(["en", "ja"]))
def test_a_later_day_never_has_an_earlier_year_of_the_same_era(
    day: date, language: str
) -> None:
    with override(language):
        here, next_year = (
            era_year(day),
            era_year(day + timedelta(days=366)) if day.year < 9000 else "",
        )
        assert here != next_year
