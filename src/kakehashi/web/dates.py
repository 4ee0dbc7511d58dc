"""How a day, a moment, an era and a number are written for a reader, in English and in Japanese."""

from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from typing import Literal
from zoneinfo import ZoneInfo

from babel.dates import get_timezone_location
from django.utils.translation import get_language

from kakehashi.kernel.zones import time_zone

Style = Literal["long", "table", "short", "era"]

NONE = "–"
HOME = ZoneInfo("Asia/Tokyo")
DAYS_EN = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
DAYS_JA = "月火水木金土日"
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July",
    "August", "September", "October", "November", "December",
)  # fmt: skip

# First day, English, Japanese; the newest first.
ERAS = (
    (date(2019, 5, 1), "Reiwa", "令和"),
    (date(1989, 1, 8), "Heisei", "平成"),
    (date(1926, 12, 25), "Showa", "昭和"),
    (date(1912, 7, 30), "Taisho", "大正"),
    (date(1868, 1, 25), "Meiji", "明治"),
)


def japanese() -> bool:
    """Say whether the reader of the moment reads Japanese."""
    return (get_language() or "en").startswith("ja")


def era_year(day: date) -> str:
    """Name the era and its year, `Reiwa 9` or `令和9年`; a year before the table stays as it is."""
    day = plain_day(day)
    for first, english, kanji in ERAS:
        if day >= first:
            year = day.year - first.year + 1
            if japanese():
                return f"{kanji}{'元' if year == 1 else year}年"
            return f"{english} {year}"
    return f"{day.year}年" if japanese() else str(day.year)


def day_words(day: date | None, style: Style = "long") -> str:
    """Write a day: long in a sentence, `table` in a cell, `short` without its year, `era` for offices."""
    if day is None:
        return NONE
    day = plain_day(day)
    return _day_ja(day, style) if japanese() else _day_en(day, style)


def plain_day(day: date) -> date:
    """Take the day out of a moment: the one it falls on in Tokyo."""
    if not isinstance(day, datetime):
        return day
    return (day.astimezone(HOME) if day.tzinfo else day).date()


def _day_ja(day: date, style: Style) -> str:
    if style == "table":
        return f"{day.year}/{day.month}/{day.day}"
    weekday = DAYS_JA[day.weekday()]
    if style == "short":
        return f"{day.month}/{day.day}（{weekday}）"
    era = f"（{era_year(day)}）" if style == "era" else ""
    return f"{day.year}年{era}{day.month}月{day.day}日（{weekday}）"


def _day_en(day: date, style: Style) -> str:
    weekday, month = DAYS_EN[day.weekday()], MONTHS[day.month - 1]
    if style == "table":
        return f"{day.day} {month[:3]} {day.year}"
    if style == "short":
        return f"{weekday[:3]} {day.day} {month[:3]}"
    era = f" ({era_year(day)})" if style == "era" else ""
    return f"{weekday} {day.day} {month} {day.year}{era}"


def zone_named(zone: tzinfo | str | None) -> tzinfo:
    """Find a time zone by its name in the time zone database; Tokyo where none is given or known."""
    if isinstance(zone, tzinfo):
        return zone
    try:
        return time_zone(zone) if zone else HOME
    except (KeyError, ValueError, OSError):
        return HOME


def place_of(zone: tzinfo) -> str:
    """Name the city a time zone is called after, in the reader's language."""
    name = getattr(zone, "key", str(zone))
    return str(
        get_timezone_location(name, locale="ja" if japanese() else "en", return_city=True)
    )


def clock(moment: datetime) -> str:
    """Write the time of day: `17:00`, or `17時`, `17時30分`."""
    if not japanese():
        return f"{moment:%H:%M}"
    minutes = f"{moment.minute}分" if moment.minute else ""
    return f"{moment.hour}時{minutes}"


def moment_words(
    moment: datetime | None,
    zone: tzinfo | str | None = None,
    place: str = "",
    style: Style = "long",
) -> str:
    """Write a moment in the reader's zone first, then in Tokyo.

    `place` names the zone better than its own city does (Wellington for Pacific/Auckland).  In a
    table only the Tokyo time stands, as officers compare rows.
    """
    if moment is None:
        return NONE
    tokyo = moment.astimezone(HOME)
    if style == "table":
        day = _day_ja(tokyo, style) if japanese() else f"{_day_en(tokyo, style)},"
        return f"{day} {tokyo.hour:02}:{tokyo.minute:02}"
    there = zone_named(zone)
    local = moment.astimezone(there)
    if local.utcoffset() == tokyo.utcoffset() and not place:
        return _once(tokyo, style)
    name = place or place_of(there)
    return _twice_ja(local, tokyo, name) if japanese() else _twice_en(local, tokyo, name)


def _once(tokyo: datetime, style: Style) -> str:
    if japanese():
        return f"{day_words(tokyo, style)}{clock(tokyo)}"
    return f"{day_words(tokyo, style)}, {clock(tokyo)} in Tokyo"


def _twice_en(local: datetime, tokyo: datetime, place: str) -> str:
    again = "" if local.date() == tokyo.date() else f"{day_words(tokyo, 'short')}, "
    return (
        f"{day_words(local.date())}, {clock(local)} in {place} ({again}{clock(tokyo)} in Tokyo)"
    )


def _twice_ja(local: datetime, tokyo: datetime, place: str) -> str:
    again = "" if local.date() == tokyo.date() else day_words(tokyo.date(), "short")
    return f"{day_words(local.date())}{clock(local)}（{place}）、日本時間{again}{clock(tokyo)}"


@dataclass(frozen=True, slots=True)
class Leaf:
    """A calendar leaf: the month above, the day below."""

    month: str
    day: int
    iso: str


def leaf(day: date) -> Leaf:
    """Tear one leaf off the calendar."""
    local = plain_day(day)
    month = f"{local.month}月" if japanese() else MONTHS[local.month - 1][:3]
    return Leaf(month, local.day, local.isoformat())


def number_words(number: float | None) -> str:
    """Write a number with its thousands apart; a dash where there is none, `0` for zero."""
    return NONE if number is None else f"{number:,}"


def percent_words(share: float | None) -> str:
    """Write a share between 0 and 1 as whole percent."""
    return NONE if share is None else f"{share * 100:.0f}%"
