"""Applications that come as a table: whole ones, handed in elsewhere."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from kakehashi.directory.actions import register_people
from kakehashi.directory.models import Person
from kakehashi.intake.models import ProgrammeYear
from kakehashi.kernel.trail import record_many
from kakehashi.recruitment import queries
from kakehashi.recruitment.lifecycle import State
from kakehashi.recruitment.models import Application
from kakehashi.recruitment.policy import desks
from kakehashi.recruitment.rules import Setting, number_of

_SAME = (
    "family_name",
    "given_name",
    "date_of_birth",
    "mission",
    "position",
    "interview_place",
    "university",
    "major",
    "degree_on",
    "other_languages",
    "teaching_months",
    "teaching_qualification",
    "driving_licence",
    "months_in_japan",
    "statement",
    "early_departure",
    "may_be_alt",
    "dependants",
    "wish_1",
    "wish_2",
    "wish_3",
)


@transaction.atomic
def import_applications(rows: Sequence[dict[str, Any]], *, by: Person, at: datetime) -> int:
    """Write many applications at once, as handed in; says how many.

    A row holds the import's columns with their codes looked up.  People without an account get
    one.  A partner named by address is noted by the number of their application of that year.
    """
    desks.require(by, "import_applications", None)
    if not rows:
        return 0
    people = register_people([_person_of(row) for row in rows], by="system:import", at=at)
    by_year: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        by_year[row["year"].pk].append(row)
    made = [_made(some, people, by=by, at=at) for some in by_year.values()]
    fresh = [application for some in made for application in some]
    Application.objects.bulk_create(fresh, batch_size=1000)
    record_many([(one.key, "import_application") for one in fresh], by=by, at=at)
    return len(fresh)


def _made(
    rows: list[dict[str, Any]], people: dict[str, Person], *, by: Person, at: datetime
) -> list[Application]:
    """Build the applications of one year under running numbers, partners by their numbers."""
    year: ProgrammeYear = rows[0]["year"]
    first = queries.next_running(year)
    numbered = [
        (number_of(year=year.year, running=first + index), row)
        for index, row in enumerate(rows)
    ]
    partners = {row["partner_email"] for row in rows if row.get("partner_email")}
    numbers = queries.numbers_by_email(partners, year)
    numbers |= {row["email"]: number for number, row in numbered}
    return [
        Application(
            number=number,
            person=people[row["email"]],
            year=year,
            country=row["nationality"],
            partner_number=numbers.get(row.get("partner_email") or "", ""),
            japanese_level=row.get("japanese_level") or "none",
            setting=row.get("setting") or Setting.NONE,
            keyed_by=by,
            started_at=at,
            submitted_at=at,
            state=State.SUBMITTED,
            **{name: row[name] for name in _SAME if row.get(name) is not None},
        )
        for number, row in numbered
    ]


def _person_of(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "email": row["email"],
        "family_name": row["family_name"],
        "given_name": row.get("given_name") or "",
        "nationality": row["nationality"],
    }
