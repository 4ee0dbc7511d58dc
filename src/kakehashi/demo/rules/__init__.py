"""What the demo tells, without a database: its cast, and how the rest is invented."""

from kakehashi.demo.rules.cast import BY_SLUG, CAST, CO, HOST, MISSION, SINCE, Part
from kakehashi.demo.rules.invention import (
    MOMENTS,
    NOT_STANDING,
    STATEMENT,
    TOKYO,
    YEAR,
    Invented,
    Stage,
    application_row,
    couple,
    people,
    quota,
    request_row,
)

__all__ = [
    "BY_SLUG",
    "CAST",
    "CO",
    "HOST",
    "MISSION",
    "MOMENTS",
    "NOT_STANDING",
    "SINCE",
    "STATEMENT",
    "TOKYO",
    "YEAR",
    "Invented",
    "Part",
    "Stage",
    "application_row",
    "couple",
    "people",
    "quota",
    "request_row",
]
