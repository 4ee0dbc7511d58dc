"""Let the demo's accounts enter: a person each, a password, a seat."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.contrib.auth.hashers import make_password

from kakehashi.demo.rules import BY_SLUG, CAST, SINCE
from kakehashi.directory.actions import open_seat, register_people
from kakehashi.directory.models import Person
from kakehashi.directory.queries import offices_by_code
from kakehashi.kernel.scope import unscoped
from kakehashi.kernel.trail import record_many

SYSTEM = "system:demo"


@unscoped("the cast's own accounts, made a line above")
def enter(*, password: str, at: datetime) -> dict[str, Person]:
    """Give every account of the cast its person and a password; returns them by slug."""
    rows = [
        {
            "email": part.email,
            "given_name": part.given,
            "family_name": part.family,
            "name_ja": part.ja,
            "language": part.language,
        }
        for part in CAST
    ]
    people = register_people(rows, by=SYSTEM, at=at)
    secret = make_password(password)  # one hash for all: they share the password anyway
    for person in people.values():
        person.password = secret
    Person.objects.bulk_update(people.values(), ["password"])
    record_many([(person.key, "set_password") for person in people.values()], by=SYSTEM, at=at)
    return {part.slug: people[part.email] for part in CAST}


def seat(cast: Mapping[str, Person], slugs: Iterable[str], *, at: datetime) -> None:
    """Open the seats of these accounts; their offices must be known by now."""
    offices = offices_by_code()
    for slug in slugs:
        part = BY_SLUG[slug]
        if part.role is not None:
            open_seat(
                cast[slug],
                office=offices[part.office],
                role=part.role,
                starts_on=SINCE,
                rank=part.rank,
                by=SYSTEM,
                at=at,
            )
