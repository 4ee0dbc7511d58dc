from datetime import date

import pytest

from kakehashi.directory.models import Office, Person, Seat
from kakehashi.directory.rules import OfficeKind, Role
from kakehashi.directory.tests import factories as make
from kakehashi.kernel.imports import EXPORTS, IMPORTS, Faulty, bring, send
from kakehashi.kernel.policy import Refused

pytestmark = pytest.mark.django_db

ORGANISATIONS = "code,name_en,name_ja,type,host_body,municipality,telephone,address\n"
PEOPLE = (
    "email,family_name,given_name,name_ja,language,nationality,role,office,starts_on,ends_on\n"
)


def bring_organisations(rows: str, by: Person) -> int:
    return bring(IMPORTS["organisations"], (ORGANISATIONS + rows).encode(), by=by, at=make.NOON)


def bring_people(rows: str, by: Person) -> int:
    return bring(IMPORTS["people"], (PEOPLE + rows).encode(), by=by, at=make.NOON)


def faults(error: pytest.ExceptionInfo[Faulty]) -> list[tuple[int, str]]:
    return [(fault.row, fault.column) for fault in error.value.faults]


@pytest.fixture
def desk() -> Person:
    make.host("pref-31")
    make.municipality("31201")
    make.municipality("32201")
    return make.officer(Role.CLAIR_DESK)


def test_organisations_come_in_and_are_changed_by_their_code(desk: Person) -> None:
    row = "tottori,Tottori City,鳥取市,city,pref-31,31201,0857-22-8111,Tottori\n"
    assert bring_organisations(row, desk) == 1
    made = Office.objects.get(code="tottori")
    assert (made.kind, made.employer_type) == (OfficeKind.ORGANISATION, "city")
    assert made.parent == Office.objects.get(code="pref-31")
    assert made.prefecture == make.prefecture("31")
    assert bring_organisations(row.replace("Tottori City", "City of Tottori"), desk) == 1
    made.refresh_from_db()
    assert made.name_en == "City of Tottori"
    assert Office.objects.filter(kind=OfficeKind.ORGANISATION).count() == 1


def test_every_fault_of_a_table_of_organisations_is_named(desk: Person) -> None:
    rows = (
        "pref-31,A,あ,city,pref-31,,,\n"  # a host body's code
        "b,B,い,hamlet,pref-31,,,\n"  # no such type
        "c,C,う,city,pref-99,,,\n"  # no such host body
        "d,D,え,city,pref-31,32201,,\n"  # a city of another prefecture
        "e,,お,city,pref-31,,,\n"  # no name
        "f,F,か,city,pref-31,,,\nf,F,か,city,pref-31,,,\n"  # twice
    )
    with pytest.raises(Faulty) as error:
        bring_organisations(rows, desk)
    assert faults(error) == [
        (2, "code"),
        (3, "type"),
        (4, "host_body"),
        (5, "municipality"),
        (6, "name_en"),
        (8, "code"),
    ]
    assert not Office.objects.filter(kind=OfficeKind.ORGANISATION).exists()


@pytest.mark.usefixtures("desk")
def test_people_come_in_with_their_seats_and_coming_again_changes_only_what_is_new() -> None:
    operator = make.officer(Role.OPERATOR)
    row = "mori@demo.invalid,Mori,Yuki,森ゆき,ja,,host,pref-31,2026-04-01,\n"
    assert bring_people(row, operator) == 1
    mori = Person.objects.get(email="mori@demo.invalid")
    assert (str(mori.name_ja), mori.language) == ("森ゆき", "ja")
    seat = Seat.objects.get(person=mori)
    assert (seat.role, seat.starts_on, seat.ends_on) == (Role.HOST, date(2026, 4, 1), None)
    later = row.replace("Yuki", "Yūki").replace("2026-04-01,\n", "2026-04-01,2027-03-31\n")
    assert bring_people(later, operator) == 1
    mori.refresh_from_db()
    seat.refresh_from_db()
    assert mori.given_name == "Yūki"
    assert seat.ends_on == date(2027, 3, 31)
    assert Seat.objects.filter(person=mori).count() == 1


def test_every_fault_of_a_table_of_people_is_named(desk: Person) -> None:
    rows = (
        "nowhere,A,,,,,,,,\n"
        "b@demo.invalid,B,,,fr,,,,,\n"
        "c@demo.invalid,C,,,,,host,,,\n"
        "d@demo.invalid,D,,,,,host,pref-31,2026-04-01,2026-03-31\n"
        "e@demo.invalid,E,,,,XX,,,,\n"
    )
    with pytest.raises(Faulty) as error:
        bring_people(rows, desk)
    assert faults(error) == [
        (2, "email"),
        (3, "language"),
        (4, "office"),
        (4, "starts_on"),
        (5, "ends_on"),
        (6, "nationality"),
    ]
    assert not Person.objects.filter(family_name="D").exists()


@pytest.mark.usefixtures("desk")
def test_a_seat_that_is_held_already_is_a_fault_and_no_accident() -> None:
    operator = make.officer(Role.OPERATOR)
    row = "mori@demo.invalid,Mori,,,,,host,pref-31,2026-04-01,\n"
    assert bring_people(row, operator) == 1

    with pytest.raises(Faulty) as error:
        bring_people(row.replace("2026-04-01", "2026-05-01"), operator)
    assert faults(error) == [(2, "role")]
    assert bring_people(row, operator) == 1


def test_only_those_who_keep_the_directory_bring_tables(desk: Person) -> None:
    assert desk.pk
    with pytest.raises(Refused):
        bring_organisations("", make.officer(Role.PARTICIPANT, make.office()))
    with pytest.raises(Refused):
        bring_people("", make.person())


def test_what_leaves_can_come_in_again(desk: Person) -> None:
    bring_organisations("tottori,Tottori City,鳥取市,city,pref-31,31201,0857,=1+1\n", desk)
    table = send(EXPORTS["organisations"], by=desk)
    assert table.decode("utf-8-sig").splitlines() == [
        f"{ORGANISATIONS.strip()},fax,website,kana,version",
        "tottori,Tottori City,鳥取市,city,pref-31,31201,0857,'=1+1,,,,0",
    ]
    people = send(EXPORTS["people"], by=desk)
    assert people.decode("utf-8-sig").splitlines() == [
        PEOPLE.strip(),
        f"{desk.email},,,,en,,clair_desk,CLAIR,2026-04-01,",
    ]
    with pytest.raises(Refused):
        send(EXPORTS["people"], by=make.officer(Role.HOST))
    with pytest.raises(Refused):
        send(EXPORTS["organisations"], by=make.person())


def test_nobody_gives_by_a_table_a_seat_they_may_not_give_on_screen(desk: Person) -> None:
    row = f"{desk.email},Mori,,,,,operator,CLAIR,2026-04-01,\n"
    with pytest.raises(Refused, match="you are an operator"):
        bring_people(row, desk)
    assert not Seat.objects.filter(role=Role.OPERATOR).exists()
    assert bring_people("new@demo.invalid,New,,,,,,,,\n", desk) == 1
