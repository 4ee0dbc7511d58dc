"""Applications as a table: what officers bring in."""

from collections.abc import Callable, Iterable
from datetime import datetime
from functools import partial
from typing import Any

from kakehashi.directory.models import Person
from kakehashi.directory.policy import holds, offices_of
from kakehashi.directory.queries import (
    countries_by_code,
    offices_by_code,
    people_by_email,
    places_by_code,
    prefectures_by_code,
)
from kakehashi.directory.rules import OfficeKind, Role
from kakehashi.intake.lifecycle import YearState
from kakehashi.intake.queries import positions_by_code
from kakehashi.kernel import cells
from kakehashi.kernel.imports import Column, Fault, ImportKind, Row, offer_import
from kakehashi.kernel.words import _
from kakehashi.recruitment import queries
from kakehashi.recruitment.actions import import_applications
from kakehashi.recruitment.models import Application
from kakehashi.recruitment.policy import desks
from kakehashi.recruitment.rules import (
    FIELD_NAMES,
    JAPANESE_LEVELS,
    LONGEST_STATEMENT,
    Setting,
)

_optional = partial(Column, required=False)


def _prefecture(name: str) -> Column:
    return _optional(
        name=name, label=FIELD_NAMES[name], among=prefectures_by_code, example="31"
    )


def _months(name: str) -> Column:
    return _optional(
        name=name, label=FIELD_NAMES[name], read=cells.whole(0, 720), empty=0, example="12"
    )


def _yes_no(name: str) -> Column:
    return _optional(
        name=name, label=FIELD_NAMES[name], read=cells.yes_no, empty=False, example="no"
    )


def _words(name: str, most: int, example: str = "") -> Column:
    return _optional(
        name=name, label=FIELD_NAMES[name], read=cells.text(most), empty="", example=example
    )


COLUMNS = (
    Column(name="email", label=_("E-mail"), read=cells.email, example="name@example.org"),
    Column(
        name="family_name",
        label=FIELD_NAMES["family_name"],
        read=cells.text(80),
        example="Fernweh",
    ),
    _words("given_name", 80, "Maya"),
    _optional(
        name="date_of_birth",
        label=FIELD_NAMES["date_of_birth"],
        read=cells.day,
        example="1999-03-27",
    ),
    Column(
        name="nationality",
        label=_("Nationality"),
        read=cells.code,
        among=countries_by_code,
        example="IE",
    ),
    Column(
        name="mission",
        label=_("Embassy or consulate"),
        read=cells.code,
        among=partial(offices_by_code, OfficeKind.MISSION),
        example="dublin",
    ),
    Column(
        name="position",
        label=_("Position"),
        read=cells.code,
        among=positions_by_code,
        example="ALT",
    ),
    _optional(
        name="interview_place",
        label=FIELD_NAMES["interview_place"],
        read=cells.code,
        among=places_by_code,
        example="2100",
    ),
    _words("university", 200, "University of Galway"),
    _words("major", 200, "History"),
    _optional(
        name="degree_on", label=FIELD_NAMES["degree_on"], read=cells.day, example="2027-06-18"
    ),
    _optional(
        name="japanese_level",
        label=FIELD_NAMES["japanese_level"],
        read=cells.one_of(*JAPANESE_LEVELS),
        empty="none",
        example="N4",
    ),
    _words("other_languages", 200, "Irish"),
    _months("teaching_months"),
    _yes_no("teaching_qualification"),
    _yes_no("driving_licence"),
    _months("months_in_japan"),
    _words("statement", LONGEST_STATEMENT),
    _yes_no("early_departure"),
    _yes_no("may_be_alt"),
    _optional(
        name="dependants",
        label=FIELD_NAMES["dependants"],
        read=cells.whole(0, 20),
        empty=0,
        example="0",
    ),
    _optional(name="partner_email", label=_("Partner’s e-mail"), read=cells.email, empty=""),
    _prefecture("wish_1"),
    _prefecture("wish_2"),
    _prefecture("wish_3"),
    _optional(
        name="setting",
        label=FIELD_NAMES["setting"],
        read=cells.one_of(*Setting),
        empty=Setting.NONE,
        example="rural",
    ),
    Column(
        name="year",
        label=_("Year of arrival"),
        read=cells.code,
        among=queries.years_by_number,
        example="2027",
    ),
)


def _require(person: Any) -> None:  # noqa: ANN401 -- the kernel knows no person
    desks.require(person, "import_applications", None)


def _fault(row: Row, column: str, value: object, words: tuple[Any, Any]) -> Fault:
    return Fault(row=row["row"], column=column, value=str(value), says=words[0], fix=words[1])


def _theirs(rows: list[Row], by: Person) -> Iterable[Fault]:
    """A mission brings its own applications; MOFA brings everybody's."""
    if holds(by, Role.MOFA):
        return
    mine = offices_of(by, Role.MISSION)
    for row in rows:
        if row["mission"].pk not in mine:
            words = _("This is not your embassy or consulate."), _("Leave this row out.")
            yield _fault(row, "mission", row["mission"].code, words)


def _years(rows: list[Row]) -> Iterable[Fault]:
    for row in rows:
        if row["year"].state != YearState.OPEN:
            words = _("This year is not open for applications."), _("Write the year under way.")
            yield _fault(row, "year", row["year"].year, words)


def _places(rows: list[Row]) -> Iterable[Fault]:
    for row in rows:
        place = row["interview_place"]
        if place is not None and place.mission_id != row["mission"].pk:
            words = (
                _("This place belongs to another embassy or consulate."),
                _("Write the code of one of its own places, or leave the cell empty."),
            )
            yield _fault(row, "interview_place", place.code, words)


def _twice(rows: list[Row]) -> Iterable[Fault]:
    """One live application a year, whatever stands here already."""
    people = people_by_email([row["email"] for row in rows])
    years = {row["year"].pk: row["year"] for row in rows}
    keys = [person.pk for person in people.values()]
    there = {key: queries.people_who_applied(keys, year) for key, year in years.items()}
    for row in rows:
        person = people.get(row["email"])
        if person is not None and person.pk in there[row["year"].pk]:
            words = (
                _("This person has an application of this year already."),
                _("Leave this row out."),
            )
            yield _fault(row, "email", row["email"], words)


def _check(rows: list[Row], by: Person, _at: datetime) -> Iterable[Fault]:
    yield from _theirs(rows, by)
    checks: tuple[Callable[[list[Row]], Iterable[Fault]], ...] = (_years, _places, _twice)
    for check in checks:
        yield from check(rows)


offer_import(
    ImportKind(
        name="applications",
        label=_("Applications"),
        columns=COLUMNS,
        unique=("email", "year"),
        require=_require,
        write=import_applications,
        check=_check,
        undoes=(Application, Person),
    )
)
