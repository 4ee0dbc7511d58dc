from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from kakehashi.directory import actions
from kakehashi.directory.models import ContactPoint, FieldChange, Office, Person, Supervision
from kakehashi.directory.queries import (
    contacts_of,
    fields_for,
    found_by,
    history_of,
    offices_for,
    supervisions_for,
)
from kakehashi.directory.rules import FIELD_HANDS, FIELDS_AT, OfficeKind, Role, plain
from kakehashi.directory.tests import factories as make
from kakehashi.kernel.imports import IMPORTS, Faulty, bring
from kakehashi.kernel.open_work import CannotTake, hand_over, lying_with
from kakehashi.kernel.policy import Refused

pytestmark = pytest.mark.django_db
DESK = {"desk_en": "JET desk", "desk_ja": "JET担当"}


@pytest.fixture
def town() -> Office:
    return make.office(
        code="town", parent=make.host("pref-31"), name_en="Tottori Town", name_ja="鳥取町"
    )


def test_every_field_that_can_be_edited_is_somebodys() -> None:
    assert {name for names in FIELDS_AT.values() for name in names} == set(FIELD_HANDS)
    assert set(FIELDS_AT) == set(OfficeKind)


def test_an_officer_changes_their_own_entry_and_sees_before_and_after(town: Office) -> None:
    officer = make.officer(Role.ORGANISATION, town)
    changed = actions.edit_office(
        town, facts={"telephone": "0857", "fax": ""}, version=0, by=officer, at=make.NOON
    )
    assert changed == ["telephone"]
    (line,) = history_of(officer, town)
    assert (line.deed, line.by, line.at) == ("edit_office", str(officer), make.NOON)
    assert [(row.field, row.before, row.after) for row in line.fields] == [
        ("telephone", "", "0857")
    ]
    assert history_of(make.officer(Role.ORGANISATION, make.office()), town)[0].fields == []


def test_the_frame_is_not_the_offices_own(town: Office) -> None:
    officer = make.officer(Role.ORGANISATION, town)
    assert "name_en" not in fields_for(officer, town)
    with pytest.raises(Refused):
        actions.edit_office(town, facts={"name_en": "X"}, version=0, by=officer, at=make.NOON)
    keeper = make.officer(Role.HOST)
    assert "name_en" in fields_for(keeper, town)
    actions.edit_office(town, facts={"name_en": "X"}, version=0, by=keeper, at=make.NOON)
    town.refresh_from_db()
    assert (town.name_en, town.version) == ("X", 1)


def test_a_stale_page_writes_nothing(town: Office) -> None:
    officer, keeper = make.officer(Role.ORGANISATION, town), make.officer(Role.HOST)
    actions.edit_office(town, facts={"fax": "1"}, version=0, by=officer, at=make.NOON)
    with pytest.raises(actions.StalePage):
        actions.edit_office(town, facts={"fax": "2"}, version=0, by=keeper, at=make.NOON)
    assert Office.objects.get(code="town").fax == "1"


def test_strangers_change_nothing(town: Office) -> None:
    for person in (
        make.person(),
        make.officer(Role.HOST, make.host("pref-32")),
        make.officer(Role.PARTICIPANT, town),
        make.officer(Role.MISSION),
    ):
        assert fields_for(person, town) == ()
        with pytest.raises(Refused):
            actions.edit_office(town, facts={"fax": "2"}, version=0, by=person, at=make.NOON)


def test_a_contact_point_is_known_as_far_as_it_says(town: Office) -> None:
    officer = make.officer(Role.ORGANISATION, town)
    for seen in ("public", "offices", "chain"):
        facts = {**DESK, "name": seen, "seen": seen}
        actions.add_contact(town, facts=facts, by=officer, at=make.NOON)
    known = {
        "own": officer,
        "host": make.officer(Role.HOST),
        "clair": make.officer(Role.CLAIR_COORDINATOR),
        "elsewhere": make.officer(Role.ORGANISATION, make.office()),
        "participant": make.officer(Role.PARTICIPANT, town),
        "stranger": make.person(),
    }
    told = {
        who: [row.name for row in contacts_of(person, town)] for who, person in known.items()
    }
    everything = ["chain", "offices", "public"]
    assert told == {
        "own": everything,
        "host": everything,
        "clair": everything,
        "elsewhere": ["offices", "public"],
        "participant": ["public"],
        "stranger": ["public"],
    }
    found = {
        who: found_by(person, offices_for(person), "chain").exists()
        for who, person in known.items()
    }
    assert found == {who: told[who] == everything for who in known}


def test_a_contact_point_is_changed_once_and_struck_out_with_its_past_kept(
    town: Office,
) -> None:
    officer = make.officer(Role.ORGANISATION, town)
    contact = actions.add_contact(town, facts=DESK, by=officer, at=make.NOON)
    with pytest.raises(actions.ThereAlready):
        actions.add_contact(town, facts=DESK, by=officer, at=make.NOON)
    actions.change_contact(
        contact, facts={"telephone": "1"}, version=0, by=officer, at=make.NOON
    )
    with pytest.raises(actions.StalePage):
        actions.change_contact(
            contact, facts={"telephone": "2"}, version=0, by=officer, at=make.NOON
        )
    actions.drop_contact(contact, by=officer, at=make.NOON)
    assert not ContactPoint.objects.exists()
    gone = FieldChange.objects.filter(field="telephone").order_by("-trace").first()
    assert gone is not None
    assert (gone.before, gone.after) == ("1", "")


def test_supervisors_rotate_and_nobody_is_left_alone(town: Office) -> None:
    officer, old, new = (
        make.officer(role, town)
        for role in (Role.ORGANISATION, Role.SUPERVISOR, Role.SUPERVISOR)
    )
    people = [make.officer(Role.PARTICIPANT, town) for _ in range(3)]
    for one in people:
        actions.supervise(
            one,
            supervisor=old,
            office=town,
            starts_on=date(2026, 8, 1),
            by=officer,
            at=make.NOON,
        )
    moved = actions.hand_over(
        town, supervisor=old, successor=new, on=date(2027, 4, 1), by=officer, at=make.NOON
    )
    assert moved == 3
    days = Supervision.objects.order_by("starts_on", "pk").values_list(
        "supervisor", "starts_on", "ends_on"
    )
    assert list(days) == [
        *[(old.pk, date(2026, 8, 1), date(2027, 3, 31))] * 3,
        *[(new.pk, date(2027, 4, 1), None)] * 3,
    ]
    assert supervisions_for(people[0]).count() == 2
    assert supervisions_for(make.officer(Role.MISSION)).count() == 0
    with pytest.raises(actions.NotTheirs):
        actions.supervise(
            make.person(),
            supervisor=new,
            office=town,
            starts_on=date(2027, 4, 1),
            by=officer,
            at=make.NOON,
        )


HEADS = "code,name_en,name_ja,type,host_body,telephone,version\n"


def bring_offices(rows: str, by: Person) -> int:
    return bring(IMPORTS["organisations"], (HEADS + rows).encode(), by=by, at=make.NOON)


def test_a_table_comes_back_with_changes_and_an_empty_cell_leaves_what_is_there(
    town: Office,
) -> None:
    desk = make.officer(Role.CLAIR_DESK)
    bring_offices("town,Tottori Town,鳥取町,city,pref-31,0857-22,0\n", desk)
    bring_offices("town,Tottori Town,鳥取町,city,pref-31,,1\n", desk)
    town.refresh_from_db()
    assert (town.telephone, town.version) == ("0857-22", 1)
    with pytest.raises(Faulty) as error:
        bring_offices("town,Tottori Town,鳥取町,city,pref-31,1,0\n", desk)
    assert [(one.row, one.column) for one in error.value.faults] == [(2, "version")]
    bring_offices("town,Tottori Town,鳥取町,city,pref-31,-,1\n", desk)
    town.refresh_from_db()
    assert town.telephone == ""


def test_a_cell_of_somebody_elses_is_named_by_row_and_column(town: Office) -> None:
    officer = make.officer(Role.ORGANISATION, town)
    with pytest.raises(Faulty) as error:
        bring_offices(
            "town,New Name,鳥取町,city,pref-31,1,\nnew,New,新,city,pref-31,,\n", officer
        )
    assert [(one.row, one.column) for one in error.value.faults] == [
        (2, "name_en"),
        (3, "code"),
    ]
    assert bring_offices("town,Tottori Town,鳥取町,city,pref-31,1,\n", officer) == 1


@pytest.mark.parametrize("count", [3, 300])
def test_a_long_table_of_organisations_costs_no_query_per_row(
    count: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    make.host("pref-31")
    desk = make.officer(Role.CLAIR_DESK)
    rows = "".join(f"o{n},Office {n},団体{n},city,pref-31,1,\n" for n in range(count))
    with django_assert_max_num_queries(45):
        bring_offices(rows, desk)
    with django_assert_max_num_queries(45):
        bring_offices(rows.replace(",1,", ",2,"), desk)
    assert Office.objects.filter(telephone="2").count() == count


@given(st.text(max_size=40))
def test_what_is_plain_stays_plain(text: str) -> None:
    assert plain(plain(text)) == plain(text)


def test_the_two_kana_the_widths_and_the_macrons_are_one() -> None:
    assert {plain(word) for word in ("ﾄｯﾄﾘ", "トットリ", "とっとり")} == {"とっとり"}
    assert plain("Kōchi　Ｃity") == "kochi city"
    assert plain("がぎ") == "がぎ"


def test_no_supervisor_leaves_anybody_alone(town: Office) -> None:
    officer, old, new = (
        make.officer(role, town)
        for role in (Role.ORGANISATION, Role.SUPERVISOR, Role.SUPERVISOR)
    )
    begun, ahead = (make.officer(Role.PARTICIPANT, town) for _ in range(2))
    tomorrow = make.TODAY + timedelta(days=1)
    for one, day in ((begun, date(2026, 8, 1)), (ahead, tomorrow)):
        actions.supervise(
            one, supervisor=old, office=town, starts_on=day, by=officer, at=make.NOON
        )
    seat = old.seats.get()
    (load,) = lying_with(seat)
    assert (load.kind.name, len(load.pieces)) == ("supervisions", 2)
    keys = [piece.key for piece in load.pieces]
    assert hand_over(seat, "supervisions", keys, to=new, by=officer, at=make.NOON) == 2
    assert lying_with(seat) == []
    rows = Supervision.objects.order_by("starts_on", "pk")
    yesterday = make.TODAY - timedelta(days=1)
    assert list(rows.values_list("participant", "supervisor", "starts_on", "ends_on")) == [
        (begun.pk, old.pk, date(2026, 8, 1), yesterday),
        (begun.pk, new.pk, make.TODAY, None),
        (ahead.pk, new.pk, tomorrow, None),
    ]


def test_nobody_is_supervised_twice_by_the_same_successor(town: Office) -> None:
    officer, old, new = (
        make.officer(role, town)
        for role in (Role.ORGANISATION, Role.SUPERVISOR, Role.SUPERVISOR)
    )
    participant = make.officer(Role.PARTICIPANT, town)
    for one in (old, new):
        actions.supervise(
            participant,
            supervisor=one,
            office=town,
            starts_on=date(2026, 8, 1),
            by=officer,
            at=make.NOON,
        )
    seat = old.seats.get()
    keys = [piece.key for piece in lying_with(seat)[0].pieces]
    with pytest.raises(CannotTake):
        hand_over(seat, "supervisions", keys, to=new, by=officer, at=make.NOON)
    assert Supervision.objects.filter(supervisor=old, ends_on=None).count() == 1
