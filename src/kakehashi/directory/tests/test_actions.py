from datetime import date, timedelta
from pathlib import Path

import pytest
from pytest_django import DjangoAssertNumQueries

from kakehashi.directory import actions
from kakehashi.directory.models import (
    Country,
    InterviewPlace,
    MissionArea,
    Municipality,
    Office,
    Person,
    Prefecture,
    Seat,
)
from kakehashi.directory.policy import holds
from kakehashi.directory.queries import officers_by_office, officers_of, people_by_email
from kakehashi.directory.rules import OfficeKind, Role
from kakehashi.directory.tests import factories as make
from kakehashi.kernel.models import Trace
from kakehashi.kernel.policy import Refused
from kakehashi.kernel.trail import verify_trail

pytestmark = pytest.mark.django_db
PACK = Path(__file__).parents[4] / "programmes" / "jet"
SYSTEM = "system:set_up"


def rows_there() -> dict[str, list[tuple[object, ...]]]:
    kept = [Country, Prefecture, Municipality, Office, MissionArea, InterviewPlace]
    return {model.__name__: list(model._default_manager.values_list()) for model in kept}


def test_the_pack_gives_every_place_and_office() -> None:
    counts = actions.load_pack(PACK, by=SYSTEM, at=make.NOON)
    assert counts["municipalities"] == Municipality.objects.count() == 1741
    assert counts["prefectures"] == Prefecture.objects.count() == 47
    kinds = {kind: Office.objects.filter(kind=kind).count() for kind in OfficeKind}
    assert kinds[OfficeKind.MINISTRY] == 3
    assert kinds[OfficeKind.SECRETARIAT] == 1
    assert kinds[OfficeKind.OVERSEAS_OFFICE] == counts["clair_offices"]
    assert kinds[OfficeKind.MISSION] == counts["missions"]
    assert kinds[OfficeKind.HOST_BODY] == 67
    chapters = Office.objects.filter(parent__code="JETAA").count()
    assert kinds[OfficeKind.ASSOCIATION] == counts["associations"] + chapters
    assert chapters == 11
    delhi = MissionArea.objects.filter(country__code="BT").get().mission
    assert [*delhi.areas.order_by("country__code").values_list("country__code", flat=True)] == [
        "BT",
        "IN",
    ]
    assert Office.objects.get(code="london").parent == Office.objects.get(code="MOFA")
    assert Office.objects.get(code="clair-london").parent == Office.objects.get(code="CLAIR")
    assert Office.objects.get(code="city-01100").municipality == Municipality.objects.get(
        code="01100"
    )


def test_loading_the_pack_again_changes_no_row_and_leaves_one_line_a_table() -> None:
    actions.load_pack(PACK, by=SYSTEM, at=make.NOON)
    before = rows_there()
    assert Trace.objects.filter(thing__startswith="directory.pack/").count() == 11
    actions.load_pack(PACK, by=SYSTEM, at=make.NOON)
    assert rows_there() == before
    assert Trace.objects.filter(thing__startswith="directory.pack/").count() == 22
    assert verify_trail() is None


def test_a_changed_row_of_the_pack_is_changed_in_place(tmp_path: Path) -> None:
    for file in PACK.glob("*.csv"):
        (tmp_path / file.name).write_bytes(file.read_bytes())
    actions.load_pack(PACK, by=SYSTEM, at=make.NOON)
    ireland = Country.objects.get(code="IE")
    table = tmp_path / "countries.csv"
    table.write_text(table.read_text().replace("Ireland", "Ireland (Éire)"))
    missions = tmp_path / "missions.csv"
    missions.write_text(missions.read_text().replace(",IN BT,", ",IN,"))
    actions.load_pack(tmp_path, by=SYSTEM, at=make.NOON)
    assert Country.objects.get(code="IE").pk == ireland.pk
    assert Country.objects.get(code="IE").name_en == "Ireland (Éire)"
    assert list(MissionArea.objects.filter(country__code="BT")) == []


def test_a_folder_without_a_table_is_no_pack(tmp_path: Path) -> None:
    with pytest.raises(actions.NoPack, match=r"has no countries\.csv"):
        actions.load_pack(tmp_path, by=SYSTEM, at=make.NOON)


def test_only_an_operator_loads_the_pack_in_person() -> None:
    with pytest.raises(Refused, match="you are an operator"):
        actions.load_pack(PACK, by=make.officer(Role.CLAIR_DESK), at=make.NOON)
    actions.load_pack(PACK, by=make.officer(Role.OPERATOR), at=make.NOON)


def test_a_seat_gives_its_rights_from_its_first_to_its_last_day() -> None:
    person = make.person()
    office = make.office(OfficeKind.SECRETARIAT, "CLAIR")
    operator = make.officer(Role.OPERATOR)
    seat = actions.open_seat(
        person,
        office=office,
        role=Role.CLAIR_DESK,
        starts_on=make.TODAY,
        by=operator,
        at=make.NOON,
    )
    assert holds(person, Role.CLAIR_DESK)
    actions.close_seat(seat, ends_on=make.TODAY, by=operator, at=make.NOON)
    assert holds(person, Role.CLAIR_DESK)
    tomorrow = Person.objects.get(pk=person.pk)
    tomorrow.as_of = make.TODAY + timedelta(days=1)
    assert not holds(tomorrow, Role.CLAIR_DESK)
    deeds = Trace.objects.filter(thing=seat.key).order_by("number")
    assert [*deeds.values_list("deed", flat=True)] == ["open_seat", "close_seat"]


def test_nobody_holds_the_same_seat_twice() -> None:
    person, office = make.person(), make.office(OfficeKind.SECRETARIAT, "CLAIR")
    make.seat(person, office, Role.CLAIR_DESK)
    with pytest.raises(actions.SeatHeldAlready):
        make.seat(person, office, Role.CLAIR_DESK)


def test_a_seat_cannot_end_before_it_starts() -> None:
    seat = make.seat(make.person(), make.office(), Role.ORGANISATION)
    with pytest.raises(actions.SeatEndsTooEarly):
        actions.close_seat(
            seat, ends_on=date(2026, 3, 31), by=make.officer(Role.OPERATOR), at=make.NOON
        )


def test_an_organisations_officer_seats_its_supervisors_and_no_one_elses() -> None:
    mine, other = make.office(), make.office()
    officer = make.officer(Role.ORGANISATION, mine)
    colleague = make.person()

    def seat(office: Office, role: Role) -> Seat:
        return actions.open_seat(
            colleague,
            office=office,
            role=role,
            starts_on=make.TODAY,
            by=officer,
            at=make.NOON,
        )

    made = seat(mine, Role.SUPERVISOR)
    actions.close_seat(made, ends_on=make.TODAY, by=officer, at=make.NOON)
    with pytest.raises(Refused):
        seat(other, Role.SUPERVISOR)
    with pytest.raises(Refused):
        seat(mine, Role.ORGANISATION)


def test_many_seats_open_and_close_in_one_go_with_a_line_for_each() -> None:
    office = make.office()
    people = [make.person() for _ in range(3)]
    days = (make.TODAY, date(2027, 9, 30))
    wanted = [(person, office) for person in people]
    events = make.officer(Role.CLAIR_EVENTS)
    seats = actions.open_seats(
        wanted, role=Role.PARTICIPANT, days=days, by=events, at=make.NOON
    )
    assert len(seats) == 3
    again = actions.open_seats(
        wanted, role=Role.PARTICIPANT, days=days, by=events, at=make.NOON
    )
    assert again == []
    assert all(holds(person, Role.PARTICIPANT) for person in people)
    closed = actions.close_seats(seats, ends_on=make.TODAY, by="system:appoint", at=make.NOON)
    assert closed == 3
    assert {*Seat.objects.filter(role=Role.PARTICIPANT).values_list("ends_on", flat=True)} == {
        make.TODAY
    }


def test_people_are_registered_once_and_cannot_sign_in_before_setting_a_password() -> None:
    mission = make.officer(Role.MISSION)
    rows: list[dict[str, object]] = [
        {
            "email": "Aoife@Demo.invalid",
            "given_name": "Aoife",
            "nationality": make.country("IE"),
        },
        {"email": "liam@demo.invalid", "given_name": "Liam"},
    ]
    people = actions.register_people(rows, by=mission, at=make.NOON)
    assert {*people} == {"aoife@demo.invalid", "liam@demo.invalid"}
    assert not people["aoife@demo.invalid"].has_usable_password()
    assert people["aoife@demo.invalid"].joined_at == make.NOON
    again = actions.register_people(rows, by=mission, at=make.NOON)
    assert {one.pk for one in again.values()} == {one.pk for one in people.values()}
    with pytest.raises(Refused):
        actions.register_people(rows, by=make.person(), at=make.NOON)


def test_five_hundred_people_cost_as_many_queries_as_five(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    rows = [{"email": f"p{n}@demo.invalid"} for n in range(500)]
    with django_assert_max_num_queries(25):
        actions.register_people(rows, by=SYSTEM, at=make.NOON)
    assert len(people_by_email([str(row["email"]) for row in rows])) == 500


def test_letters_reach_whoever_sits_in_an_office_that_day() -> None:
    office, other = make.office(), make.office()
    now, gone = make.person(), make.person()
    make.seat(now, office, Role.ORGANISATION)
    make.seat(gone, office, Role.ORGANISATION, ends_on=date(2026, 9, 30))
    assert officers_of(office, Role.ORGANISATION, on=make.TODAY) == [now]
    assert officers_of(office, Role.SUPERVISOR, on=make.TODAY) == []
    assert officers_by_office([office.pk, other.pk], Role.ORGANISATION, on=make.TODAY) == {
        office.pk: [now],
        other.pk: [],
    }
