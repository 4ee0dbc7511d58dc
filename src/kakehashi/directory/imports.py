"""Tables that come in: contracting organisations, and people with their seats."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import cast

from kakehashi.directory.actions import import_organisations, import_people
from kakehashi.directory.models import Office, Person
from kakehashi.directory.policy import policy
from kakehashi.directory.queries import (
    countries_by_code,
    municipalities_by_code,
    offices_by_code,
    open_seats_of,
)
from kakehashi.directory.rules import EmployerType, OfficeKind, Role
from kakehashi.kernel import cells
from kakehashi.kernel.imports import Column, Fault, ImportKind, Row, offer_import
from kakehashi.kernel.words import LANGUAGES, _


def _host_bodies() -> Mapping[str, Office]:
    return offices_by_code(OfficeKind.HOST_BODY)


def _may_bring_organisations(person: Person) -> None:
    policy.require(person, "import_organisations", None)


def _may_bring_people(person: Person) -> None:
    policy.require(person, "import_people", None)


def _check_organisations(rows: list[Row], _by: object, _at: datetime) -> Iterable[Fault]:
    """Find codes of other offices, and cities outside their host body."""
    others = {
        code for code, one in offices_by_code().items() if one.kind != OfficeKind.ORGANISATION
    }
    for row in rows:
        city, host = row["municipality"], row["host_body"]
        if row["code"] in others:
            yield Fault(
                row=row["row"],
                column="code",
                value=row["code"],
                says=_("This code is an office of another kind."),
                fix=_("Choose another code."),
            )
        if city and city.prefecture_id != host.prefecture_id:
            yield Fault(
                row=row["row"],
                column="municipality",
                value=city.code,
                says=_("This municipality is not in the host body's prefecture."),
                fix=_("Correct the municipality or the host body."),
            )


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


def _write_organisations(rows: list[Row], *, by: object, at: datetime) -> int:
    return import_organisations(rows, by=cast("Person", by), at=at)


def _write_people(rows: list[Row], *, by: object, at: datetime) -> int:
    return import_people(rows, by=cast("Person", by), at=at)


offer_import(
    ImportKind(
        name="organisations",
        label=_("Contracting organisations"),
        columns=(
            Column(name="code", label=_("Code"), read=cells.text(40), example="toyooka"),
            Column(name="name_en", label=_("Name (English)"), read=cells.text(200)),
            Column(name="name_ja", label=_("Name (Japanese)"), read=cells.text(200)),
            Column(
                name="type",
                label=_("Type of organisation"),
                read=cells.one_of(*(str(one) for one in EmployerType)),
                example="city",
            ),
            Column(
                name="host_body",
                label=_("Host body"),
                read=cells.code,
                among=_host_bodies,
                example="pref-28",
            ),
            Column(
                name="municipality",
                label=_("Municipality"),
                read=cells.code,
                among=municipalities_by_code,
                required=False,
                example="28209",
            ),
            Column(
                name="telephone",
                label=_("Telephone"),
                read=cells.text(80),
                required=False,
                empty="",
            ),
            Column(
                name="address",
                label=_("Address"),
                read=cells.text(300),
                required=False,
                empty="",
            ),
        ),
        unique=("code",),
        require=_may_bring_organisations,
        write=_write_organisations,
        check=_check_organisations,
    )
)

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
    )
)
