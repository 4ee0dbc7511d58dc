"""How the invented year is invented: plain chance from a seed, no database.

Municipalities bear their real names.  People, organisations' requests and scores are invented,
and every page of a demo says so.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from random import Random
from typing import TypeAlias
from zoneinfo import ZoneInfo

from kakehashi.demo.rules.marginals import Marginals, shared
from kakehashi.demo.rules.names import named

Group: TypeAlias = tuple[str, str, int]
"""A country, a position, and how many people."""

TOKYO = ZoneInfo("Asia/Tokyo")
YEAR = 2027  # the year of arrival that the demo tells


class Stage(StrEnum):
    """Where a demo can stop: at the arch that is then under way."""

    PLAN = "plan"
    RECRUITMENT = "recruitment"
    SELECTION = "selection"
    PLACEMENT = "placement"
    ARRIVAL = "arrival"
    APPOINTMENT = "appointment"


NOT_STANDING = ("support", "alumni")
MOMENTS: dict[Stage, datetime] = {
    Stage.PLAN: datetime(2026, 9, 15, 9, 0, tzinfo=TOKYO),
    Stage.RECRUITMENT: datetime(2026, 10, 26, 9, 0, tzinfo=TOKYO),
    Stage.SELECTION: datetime(2027, 2, 15, 9, 0, tzinfo=TOKYO),
    Stage.PLACEMENT: datetime(2027, 4, 16, 9, 0, tzinfo=TOKYO),
    Stage.ARRIVAL: datetime(2027, 6, 30, 9, 0, tzinfo=TOKYO),
    Stage.APPOINTMENT: datetime(2027, 8, 10, 9, 0, tzinfo=TOKYO),
}


@dataclass(frozen=True, kw_only=True)
class Invented:
    """One invented person."""

    email: str
    given: str
    family: str
    country: str
    position: str


def people(groups: Sequence[Group], *, start: int, kind: str, chance: Random) -> list[Invented]:
    """Invent the people of some groups, in an order that has nothing to do with their country."""
    wanted = [(country, position) for country, position, count in groups for _ in range(count)]
    chance.shuffle(wanted)
    found = []
    for number, (country, position) in enumerate(wanted, start=start):
        given, family = named(country, chance)
        found.append(
            Invented(
                email=f"{kind}{number:05d}@demo.invalid",
                given=given,
                family=family,
                country=country,
                position=position,
            )
        )
    return found


def groups(count: int, marginals: Marginals) -> list[Group]:
    """Share so many people among the countries and their positions."""
    return [
        (country, position, number)
        for country, those in shared(count, marginals.countries).items()
        for position, number in marginals.positions(country, those).items()
    ]
