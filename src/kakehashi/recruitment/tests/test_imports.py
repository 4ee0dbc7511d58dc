"""Every kind of fault a table of applications can have, and that what leaves can come back."""

import csv
import io
from datetime import date

import pytest

from kakehashi.directory.models import Person
from kakehashi.directory.rules import Role
from kakehashi.directory.tests import factories as make
from kakehashi.intake.tests import factories as plan
from kakehashi.kernel.imports import EXPORTS, IMPORTS, Faulty, bring, check, send
from kakehashi.kernel.policy import Refused
from kakehashi.recruitment.models import Application
from kakehashi.recruitment.tests import factories as ours

pytestmark = pytest.mark.django_db
KIND = IMPORTS["applications"]
HEADS = [column.name for column in KIND.columns]


@pytest.fixture(autouse=True)
def _ground() -> None:
    ours.mission()
    plan.year()
    plan.position("ALT")
    make.prefecture("31")


def cells(**other: str) -> dict[str, str]:
    usual = {
        "email": "maya@demo.invalid",
        "family_name": "Fernweh",
        "given_name": "Maya",
        "date_of_birth": "2003-03-27",
        "nationality": "IE",
        "mission": "dublin",
        "position": "ALT",
        "interview_place": "2100",
        "university": "University of Galway",
        "major": "History",
        "degree_on": "2026-06-18",
        "japanese_level": "N4",
        "other_languages": "Irish",
        "teaching_months": "6",
        "teaching_qualification": "yes",
        "driving_licence": "no",
        "months_in_japan": "1",
        "statement": "I want to learn, and to teach.\nTruly.",
        "early_departure": "no",
        "may_be_alt": "no",
        "dependants": "2",
        "partner_email": "",
        "wish_1": "31",
        "wish_2": "",
        "wish_3": "",
        "setting": "rural",
        "year": "2027",
    }
    return usual | other


def table(*rows: dict[str, str]) -> bytes:
    out = io.StringIO()
    writer = csv.DictWriter(out, HEADS)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def brought(*rows: dict[str, str], by: Person | None = None) -> int:
    return bring(KIND, table(*rows), by=by or ours.coordinator(), at=make.NOON)


def test_the_columns_are_those_agreed() -> None:
    assert ",".join(HEADS) == (
        "email,family_name,given_name,date_of_birth,nationality,mission,position,"
        "interview_place,university,major,degree_on,japanese_level,other_languages,"
        "teaching_months,teaching_qualification,driving_licence,months_in_japan,statement,"
        "early_departure,may_be_alt,dependants,partner_email,wish_1,wish_2,wish_3,setting,year"
    )


def test_a_whole_row_becomes_an_application_handed_in() -> None:
    assert brought(cells()) == 1
    one = Application.objects.get()
    assert (one.name, one.country.code, one.degree_on) == (
        "Maya Fernweh",
        "IE",
        date(2026, 6, 18),
    )
    assert (one.japanese_level, one.teaching_months, one.teaching_qualification) == (
        "N4",
        6,
        True,
    )
    assert (one.dependants, one.setting, one.wish_2) == (2, "rural", None)
    assert one.wish_1 is not None
    assert one.wish_1.code == "31"
    assert one.statement == "I want to learn, and to teach.\nTruly."
    assert one.state == "submitted"


def test_only_what_is_needed_need_be_there() -> None:
    needed = {
        "email": "a@demo.invalid",
        "family_name": "A",
        "nationality": "IE",
        "mission": "dublin",
        "position": "ALT",
        "year": "2027",
    }
    lines = [",".join(needed), ",".join(needed.values())]
    found = bring(KIND, "\n".join(lines).encode(), by=ours.coordinator(), at=make.NOON)
    one = Application.objects.get()
    assert found == 1
    assert (one.japanese_level, one.setting, one.teaching_months) == ("none", "none", 0)


def test_a_dry_run_writes_nothing() -> None:
    assert bring(KIND, table(cells()), by=ours.coordinator(), at=make.NOON, dry_run=True) == 1
    assert Application.objects.count() == 0
    assert not Person.objects.filter(email="maya@demo.invalid").exists()


@pytest.mark.parametrize(
    ("column", "value", "says"),
    [
        ("email", "", "This cell is empty."),
        ("email", "maya", "This is not an e-mail address."),
        ("family_name", "", "This cell is empty."),
        ("family_name", "x" * 81, "This is longer than 80 characters."),
        ("date_of_birth", "27th March", "This is not a day."),
        ("nationality", "XX", "This code is not known."),
        ("nationality", "", "This cell is empty."),
        ("mission", "atlantis", "This code is not known."),
        ("position", "DIVER", "This code is not known."),
        ("interview_place", "9999", "This code is not known."),
        ("degree_on", "2026-02-30", "This is not a day."),
        ("japanese_level", "N6", "This word is not known here."),
        ("teaching_months", "-1", "This is not a whole number that can stand here."),
        ("teaching_qualification", "perhaps", "This is neither yes nor no."),
        ("months_in_japan", "many", "This is not a whole number that can stand here."),
        ("dependants", "21", "This is not a whole number that can stand here."),
        ("partner_email", "somebody", "This is not an e-mail address."),
        ("wish_1", "99", "This code is not known."),
        ("setting", "moon", "This word is not known here."),
        ("year", "1999", "This code is not known."),
    ],
)
def test_a_cell_that_cannot_stand_is_named(column: str, value: str, says: str) -> None:
    with pytest.raises(Faulty) as error:
        brought(cells(), cells(email="second@demo.invalid") | {column: value})
    faults = [(one.row, one.column, str(one.says)) for one in error.value.faults]
    assert faults == [(3, column, says)]
    assert all(str(one.fix) for one in error.value.faults)
    assert Application.objects.count() == 0


def _faults(*rows: dict[str, str], by: Person | None = None) -> list[tuple[int, str, str]]:
    found = check(KIND, table(*rows), by=by or ours.coordinator(), at=make.NOON)
    return [(one.row, one.column, str(one.says)) for one in found.faults]


def test_a_mission_brings_its_own_and_mofa_everybodys() -> None:
    ours.mission("cork")
    rows = (cells(), cells(email="b@demo.invalid", mission="cork", interview_place=""))
    assert _faults(*rows) == [(3, "mission", "This is not your embassy or consulate.")]
    assert _faults(*rows, by=make.officer(Role.MOFA)) == []


def test_a_place_of_another_mission_is_a_fault() -> None:
    cork = ours.mission("cork")
    place = cork.places.get()
    assert _faults(cells(interview_place=place.code)) == [
        (2, "interview_place", "This place belongs to another embassy or consulate.")
    ]


def test_a_year_that_is_not_under_way_is_a_fault() -> None:
    plan.year(2028, opened=False)
    assert _faults(cells(year="2028")) == [
        (2, "year", "This year is not open for applications.")
    ]


def test_the_same_person_twice_is_a_fault_in_the_table_and_against_what_stands() -> None:
    assert _faults(cells(), cells()) == [
        (3, "email, year", "This row repeats row 2."),
    ]
    ours.application(make.person(email="maya@demo.invalid"))
    assert _faults(cells()) == [
        (2, "email", "This person has an application of this year already.")
    ]


@pytest.mark.parametrize("role", [Role.CLAIR_PLACEMENT, Role.READER, Role.AUDITOR])
def test_others_bring_no_applications(role: Role) -> None:
    with pytest.raises(Refused):
        brought(cells(), by=make.officer(role))


def test_what_leaves_has_the_headings_of_what_comes_and_can_come_back() -> None:
    brought(
        cells(partner_email="pat@demo.invalid"),
        cells(
            email="pat@demo.invalid", family_name="=SUM(A1)", partner_email="maya@demo.invalid"
        ),
    )
    data = send(EXPORTS["applications"], by=ours.coordinator())
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert list(rows[0]) == HEADS
    assert rows[0] == cells(partner_email="pat@demo.invalid")
    assert (rows[1]["family_name"], rows[1]["partner_email"]) == (
        "'=SUM(A1)",
        "maya@demo.invalid",
    )
    Application.objects.all().delete()
    assert bring(KIND, data, by=ours.coordinator(), at=make.NOON) == 2


def test_an_export_holds_what_its_reader_may_know_of_and_no_reference() -> None:
    mine = ours.application()
    other = ours.application(at=ours.mission("cork"))
    ours.reference(mine, text="CANARY-REFERENCE")
    data = send(EXPORTS["applications"], by=ours.coordinator()).decode()
    assert mine.person.email in data
    assert other.person.email not in data
    assert "CANARY-REFERENCE" not in data
    for person in (mine.person, make.officer(Role.READER), make.person()):
        with pytest.raises(Refused):
            send(EXPORTS["applications"], by=person)
