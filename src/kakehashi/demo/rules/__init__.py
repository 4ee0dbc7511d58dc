"""What the demo tells, without a database: its cast, and how the rest is invented."""

from kakehashi.demo.rules.cast import BY_SLUG, CAST, CO, HOST, LATE, MISSION, SINCE, Part
from kakehashi.demo.rules.invention import (
    MOMENTS,
    NOT_STANDING,
    TOKYO,
    YEAR,
    Group,
    Invented,
    Stage,
    groups,
    people,
)
from kakehashi.demo.rules.marginals import Figure, Marginals, read, shared
from kakehashi.demo.rules.papers import (
    STATEMENT,
    application_row,
    couple,
    request_row,
    workplaces,
)

__all__ = [
    "BY_SLUG",
    "CAST",
    "CO",
    "HOST",
    "LATE",
    "MISSION",
    "MOMENTS",
    "NOT_STANDING",
    "SINCE",
    "STATEMENT",
    "TOKYO",
    "YEAR",
    "Figure",
    "Group",
    "Invented",
    "Marginals",
    "Part",
    "Stage",
    "application_row",
    "couple",
    "groups",
    "people",
    "read",
    "request_row",
    "shared",
    "workplaces",
]
