"""People come as a table, alone or with the seat they take."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.contrib.auth.hashers import make_password
from django.db import transaction

from kakehashi.directory.actions.seats import require_seat, seat_in_bulk
from kakehashi.directory.models import Person
from kakehashi.directory.policy import policy
from kakehashi.directory.queries import people_by_email
from kakehashi.directory.rules import Role
from kakehashi.kernel.imports import Row
from kakehashi.kernel.scope import unscoped
from kakehashi.kernel.trail import Actor, record_many

FACTS = ("family_name", "given_name", "name_ja", "language", "nationality")


@transaction.atomic
def register_people(
    rows: Iterable[Mapping[str, object]], *, by: Actor, at: datetime
) -> dict[str, Person]:
    """Give everyone in the rows an account, and return each by address.

    A row holds `email` and any of `family_name`, `given_name`, `name_ja`, `language`,
    `nationality` (a `Country` or None).  Whoever has an account already keeps it as it is.
    Nobody can sign in with a password before setting one.
    """
    if isinstance(by, Person):
        policy.require(by, "register_people", None)
    wanted = {str(row["email"]).strip().lower(): row for row in rows}
    there = people_by_email(wanted)
    new = [_person(email, row, at) for email, row in wanted.items() if email not in there]
    Person.objects.bulk_create(new, batch_size=500)
    record_many([(person.key, "register") for person in new], by=by, at=at)
    return {email: there[email] for email in there} | {person.email: person for person in new}


@unscoped("writes only what was read for it")
@transaction.atomic
def import_people(rows: list[Row], *, by: Person, at: datetime) -> int:
    """Bring people, each with the seat named in the row, if one is.

    Whoever is known by address gets the facts the table fills in; what it leaves empty stays.
    A seat is `role`, `office` (an `Office`), `starts_on` and perhaps `ends_on`; a seat of that
    kind from the same day only gets its new end.  Who may not give a seat on screen may not give
    it by a table either.
    """
    policy.require(by, "import_people", None)
    for role, office in {(Role(row["role"]), row["office"]) for row in rows if row.get("role")}:
        require_seat(by, "open", role, office)
    people = register_people(rows, by=by, at=at)
    changed = [person for row in rows if (person := _changed(people[row["email"]], row))]
    Person.objects.bulk_update(changed, [*FACTS], batch_size=80)
    record_many([(person.key, "import_person") for person in changed], by=by, at=at)
    seat_in_bulk([(people[row["email"]], row) for row in rows if row.get("role")], by=by, at=at)
    return len(rows)


def _person(email: str, row: Mapping[str, object], at: datetime) -> Person:
    facts = {name: row[name] for name in FACTS if row.get(name)}
    return Person(email=email, password=make_password(None), joined_at=at, **facts)


def _changed(person: Person, row: Row) -> Person | None:
    """Lay the row's facts over a person; None where nothing is new."""
    new = {
        name: row[name]
        for name in FACTS
        if row.get(name) and getattr(person, name) != row[name]
    }
    for name, value in new.items():
        setattr(person, name, value)
    return person if new else None
