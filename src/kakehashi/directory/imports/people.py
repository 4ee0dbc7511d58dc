"""People come in as a table, each with a seat where one is named."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import cast

from kakehashi.directory.actions import import_people
from kakehashi.directory.models import Person, Seat
from kakehashi.directory.policy import policy
from kakehashi.directory.queries import (
    countries_by_code,
    offices_by_code,
    open_seats_of,
)
from kakehashi.directory.rules import Role
from kakehashi.kernel import cells
from kakehashi.kernel.imports import Column, Fault, ImportKind, Row, offer_import
from kakehashi.kernel.words import LANGUAGES, _


def _may_bring_people(person: Person) -> None:
    policy.require(person, "import_people", None)


def _check_people(rows: list[Row], _by: object, _at: datetime) -> Iterable[Fault]:
    """Find seats of which something is missing, that end before they start, or are held already."""
    seat = ("role", "office", "starts_on")
    held = open_seats_of(row["email"] for row in rows)
    for row in rows:
        given = [name for name in (*seat, "ends_on") if row[name]]
        for name in seat if given else ():
            if not row[name]:
                yield Fault(
                    row=row["row"],
                    column=name,
                    value="",
                    says=_("A seat needs a role, an office and a first day."),
                    fix=_("Fill in this cell, or leave the whole seat empty."),
                )
        if _held_since(row, held):
            yield Fault(
                row=row["row"],
                column="role",
                value=row["role"],
                says=_("This person holds this seat already, from another day."),
                fix=_("Close that seat first, or write its own first day."),
            )
        if row["starts_on"] and row["ends_on"] and row["ends_on"] < row["starts_on"]:
            yield Fault(
                row=row["row"],
                column="ends_on",
                value=str(row["ends_on"]),
                says=_("The last day lies before the first day."),
                fix=_("Choose a later last day."),
            )


def _held_since(row: Row, held: Mapping[tuple[str, str, str], date]) -> bool:
    """Say whether an open seat is asked for that is held open already, from another day."""
    if not (row["role"] and row["office"] and row["starts_on"]) or row["ends_on"]:
        return False
    key = row["email"], row["role"], row["office"].code
    since = held.get(key)
    return since is not None and since != row["starts_on"]


def _write_people(rows: list[Row], *, by: object, at: datetime) -> int:
    return import_people(rows, by=cast("Person", by), at=at)


offer_import(
    ImportKind(
        name="people",
        label=_("People and seats"),
        columns=(
            Column(name="email", label=_("E-mail address"), read=cells.email, example="a@b.jp"),
            Column(name="family_name", label=_("Family name"), read=cells.text(80)),
            Column(
                name="given_name",
                label=_("Given name"),
                read=cells.text(80),
                required=False,
                empty="",
            ),
            Column(
                name="name_ja",
                label=_("Name in Japanese"),
                read=cells.text(80),
                required=False,
                empty="",
            ),
            Column(
                name="language",
                label=_("Language"),
                read=cells.one_of(*LANGUAGES),
                required=False,
                empty="en",
            ),
            Column(
                name="nationality",
                label=_("Nationality"),
                read=cells.code,
                among=countries_by_code,
                required=False,
            ),
            Column(
                name="role",
                label=_("Role"),
                read=cells.one_of(*(str(one) for one in Role)),
                required=False,
                empty="",
            ),
            Column(
                name="office",
                label=_("Office"),
                read=cells.code,
                among=offices_by_code,
                required=False,
            ),
            Column(name="starts_on", label=_("First day"), read=cells.day, required=False),
            Column(name="ends_on", label=_("Last day"), read=cells.day, required=False),
        ),
        unique=("email", "role", "office"),
        require=_may_bring_people,
        write=_write_people,
        check=_check_people,
        undoes=(Seat, Person),
    )
)
