"""Fiscal years, numbers, due dates and attachments, as plain values."""

from datetime import date, datetime, time
from enum import StrEnum

from kakehashi.kernel.words import Words, pgettext_lazy
from kakehashi.kernel.zones import time_zone

APRIL = 4
MOST_BYTES = 10_000_000
EXAMPLE = 12  # the number that shows how an office writes its numbers
CLOSE_OF_BUSINESS = time(17, 0)


class Direction(StrEnum):
    """Whether a letter came in or goes out."""

    IN = "in"
    OUT = "out"


DIRECTION_NAMES: dict[str, Words] = {
    Direction.IN: pgettext_lazy("letter", "Received"),
    Direction.OUT: pgettext_lazy("letter", "Sent out"),
}
TYPES: tuple[tuple[bytes, str, str], ...] = (
    (b"%PDF-", "application/pdf", "pdf"),
    (b"\x89PNG\r\n\x1a\n", "image/png", "png"),
    (b"\xff\xd8\xff", "image/jpeg", "jpg"),
)
OFFICE_FILES = {
    b"word/": (
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "docx",
    ),
    b"xl/": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"),
}
ZIP = b"PK\x03\x04"


def fiscal_year(day: date) -> int:
    """Give the Japanese fiscal year of a day: it begins in April."""
    return day.year if day.month >= APRIL else day.year - 1


def number_text(prefix: str, number: int, suffix: str, year: int) -> str:
    """Write a number as the office does; without words of its own, year and number."""
    return f"{prefix}{number}{suffix}" if prefix or suffix else f"{year}-{number}"


def due_moment(day: date, clock: time | None, zone: str) -> datetime:
    """Give the moment at which something is due in a time zone; by itself, at 17:00 there."""
    return datetime.combine(day, clock or CLOSE_OF_BUSINESS, time_zone(zone))


def type_of(data: bytes) -> tuple[str, str] | None:
    """Say what a file is by what is in it, whatever it is called; nothing for what is not taken."""
    for start, media, ending in TYPES:
        if data.startswith(start):
            return media, ending
    if data.startswith(ZIP) and b"[Content_Types].xml" in data:
        return next((kind for mark, kind in OFFICE_FILES.items() if mark in data), None)
    return None
