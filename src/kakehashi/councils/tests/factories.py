"""Councils and resolutions for every part's tests."""

from datetime import date, datetime

from kakehashi.councils import actions
from kakehashi.councils.models import Council, Resolution
from kakehashi.councils.queries import council_for
from kakehashi.councils.rules import kind_of
from kakehashi.directory.rules import Role
from kakehashi.directory.tests import factories as make

COUNCILS = {
    "joint": "numbers results",
    "steering": "programme-plans",
    "placement": "placement-rules placements",
    "counselling": "case-advice counselling-system",
}
RECORDER = {"placement": Role.PLACEMENT_COMMITTEE, "counselling": Role.COUNSELLING_COMMITTEE}


def councils() -> dict[str, Council]:
    """Load the four councils; give them by their code."""
    rows = [
        {
            "code": code,
            "name_en": f"The {code} council",
            "name_ja": f"{code}会議",
            "members_en": "Members",
            "members_ja": "委員",
            "decides": decides,
            "source": "test",
            "assumed": "no",
        }
        for code, decides in COUNCILS.items()
    ]
    actions.load_councils(rows, by="system:test", at=make.NOON)
    return {one.code: one for one in Council.objects.all()}


def resolution(about: str, number: str = "1", at: datetime = make.NOON) -> Resolution:
    """Let the council that decides on it resolve about a thing, by the thing's key."""
    every = councils()
    council = council_for(kind_of(about)) or every["steering"]
    by = make.officer(RECORDER.get(council.code, Role.MIC))
    return actions.adopt(
        council,
        number=number,
        adopted_on=date(2026, 9, 30),
        about=about,
        text_en="Resolved.",
        text_ja="決議する。",
        by=by,
        at=at,
    )
