from collections.abc import Iterator
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from kakehashi.directory import actions
from kakehashi.directory.models import (
    ContactPoint,
    CooperativeMember,
    Office,
    Person,
    Reorganisation,
    SisterTie,
    Supervision,
)
from kakehashi.directory.rules import ChangeState, EmployerType, OfficeKind, Role
from kakehashi.directory.tests import factories as make
from kakehashi.kernel import clock

pytestmark = pytest.mark.django_db
CONTACT = {"desk_en": "JET desk", "desk_ja": "JET担当", "seen": "chain", "version": "0"}


@pytest.fixture(autouse=True)
def _october() -> Iterator[None]:
    before = clock.now()
    clock.live_at(make.NOON)
    yield
    clock.live_at(before)


class Town:
    """A town and its neighbour, and everyone who may or may not write its entry."""

    def __init__(self) -> None:
        host = make.host("pref-31")
        place = make.municipality("31201")
        at = place.prefecture
        self.office = make.office(code="town", name_en="East Town", parent=host, prefecture=at)
        self.other = make.office(code="other", name_en="West Town", parent=host, prefecture=at)
        self.officer = make.officer(Role.ORGANISATION, self.office)
        self.host = make.officer(Role.HOST, host)
        self.elsewhere = make.officer(Role.ORGANISATION, self.other)
        self.stranger = make.person()

    def url(self, name: str) -> str:
        return reverse(f"directory:{name}", args=[self.office.pk])


@pytest.fixture
def town() -> Town:
    return Town()


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def text_of(client: Client, address: str, **query: str) -> str:
    page = client.get(address, query)
    assert page.status_code == 200
    return page.content.decode()


OWN = ("edit_office", "history", "add_contact", "add_tie", "add_workplace", "supervise")
ABOVE = ("plan_merger", "plan_rename")


def test_each_page_opens_for_those_who_keep_the_entry_and_for_nobody_else(town: Town) -> None:
    told = {
        who: [
            name
            for name in (*OWN, *ABOVE)
            if signed_in(person).get(town.url(name)).status_code == 200
        ]
        for who, person in vars(town).items()
        if isinstance(person, Person)
    }
    assert told == {
        "officer": [*OWN],
        "host": [*OWN[:-1], *ABOVE],
        "elsewhere": [],
        "stranger": [],
    }
    for name in {*OWN, *ABOVE} - {"history"}:
        assert signed_in(town.elsewhere).post(town.url(name)).status_code == 403
        assert Client().get(town.url(name)).status_code == 302


def test_an_entry_is_edited_and_a_stale_page_loses_nothing(town: Town) -> None:
    client = signed_in(town.officer)
    page = text_of(client, town.url("edit_office"))
    assert 'name="telephone"' in page
    assert 'name="name_en"' not in page
    done = client.post(town.url("edit_office"), {"telephone": "0857", "version": "0"})
    assert done.status_code == 302
    stale = client.post(town.url("edit_office"), {"telephone": "0858", "version": "0"})
    assert stale.status_code == 409
    told = stale.content.decode()
    assert "now “0857”, yours “0858”" in told
    assert 'value="0858"' in told
    again = client.post(town.url("edit_office"), {"telephone": "0858", "version": "1"})
    assert again.status_code == 302
    town.office.refresh_from_db()
    assert (town.office.telephone, town.office.version) == ("0858", 2)
    history = text_of(client, town.url("history"))
    assert "<del>0857</del>" in history
    assert "<ins>0858</ins>" in history


def test_a_contact_point_is_added_changed_and_struck_out(town: Town) -> None:
    client = signed_in(town.officer)
    assert client.post(town.url("add_contact"), {**CONTACT, "desk_en": ""}).status_code == 422
    assert client.post(town.url("add_contact"), CONTACT).status_code == 302
    assert client.post(town.url("add_contact"), CONTACT).status_code == 422
    contact = ContactPoint.objects.get()
    change = reverse("directory:change_contact", args=[contact.pk])
    assert client.post(change, {**CONTACT, "hours": "9–17"}).status_code == 302
    assert client.post(change, {**CONTACT, "hours": "10–17"}).status_code == 422
    assert "9–17" in text_of(client, town.url("office"))
    assert "9–17" not in text_of(signed_in(town.elsewhere), town.url("office"))
    assert signed_in(town.elsewhere).get(change).status_code == 404
    assert "JET desk" in text_of(client, reverse("directory:contacts"), q="jet")
    drop = reverse("directory:drop_contact", args=[contact.pk])
    assert client.get(drop).status_code == 200
    assert client.post(drop).status_code == 302
    assert not ContactPoint.objects.exists()


def test_a_sister_city_is_added_and_ended(town: Town) -> None:
    make.country("US", name_en="United States")
    client = signed_in(town.officer)
    data = {"country": "US", "place_en": "Springfield", "since": "1990", "source": "own page"}
    assert client.post(town.url("add_tie"), {**data, "source": ""}).status_code == 422
    assert client.post(town.url("add_tie"), data).status_code == 302
    assert client.post(town.url("add_tie"), data).status_code == 422
    tie = SisterTie.objects.get()
    end = reverse("directory:end_tie", args=[tie.pk])
    assert signed_in(town.elsewhere).post(end, {"valid_to": "2026-09-30"}).status_code == 403
    assert client.post(end, {"valid_to": "2026-09-30"}).status_code == 302
    tie.refresh_from_db()
    assert tie.valid_to == date(2026, 9, 30)
    assert "Springfield" in text_of(client, reverse("directory:ties"), q="spring")


def test_a_workplace_stands_under_its_organisation(town: Town) -> None:
    client = signed_in(town.officer)
    data = {
        "code": "school",
        "name_en": "First School",
        "name_ja": "第一中学校",
        "workplace_type": "junior-high-school",
    }
    assert client.post(town.url("add_workplace"), data).status_code == 302
    assert client.post(town.url("add_workplace"), data).status_code == 422
    school = Office.objects.get(code="school")
    assert (school.kind, school.parent) == (OfficeKind.WORKPLACE, town.office)
    assert "First School" in text_of(client, town.url("office"))
    edit = reverse("directory:edit_office", args=[school.pk])
    assert client.get(edit).status_code == 200
    assert signed_in(town.elsewhere).get(edit).status_code == 403
    offices = reverse("directory:offices")
    assert "First School" not in text_of(client, offices)
    assert "First School" in text_of(client, offices, kind="workplace")
    assert "First School" in text_of(client, offices, q="第一")
    operator = signed_in(make.officer(Role.OPERATOR))
    seat = reverse("directory:open_seat", args=[school.pk])
    assert operator.get(seat).status_code == 200
    assert client.get(seat).status_code == 403


def test_a_cooperative_names_its_members(town: Town) -> None:
    client = signed_in(town.host)
    members = town.url("set_members")
    assert client.post(members, {"municipalities": ["31201"]}).status_code == 422
    Office.objects.filter(code="town").update(employer_type=EmployerType.PARTIAL_COOPERATIVE)
    assert client.post(members, {"municipalities": ["31201"]}).status_code == 302
    assert CooperativeMember.objects.get().municipality.code == "31201"
    assert "City 31201" in text_of(client, town.url("office"))


def test_a_merger_is_shown_before_it_happens_and_can_be_taken_back(town: Town) -> None:
    client = signed_in(town.host)
    data = {
        "others": [str(town.other.pk)],
        "goes_on": "new",
        "on": "2026-04-01",
        "ground": "Notice 12",
    }
    assert client.post(town.url("plan_merger"), data).status_code == 422
    data |= {"code": "city", "name_en": "Sea City", "name_ja": "海市"}
    shown = client.post(town.url("plan_merger"), data)
    assert shown.status_code == 200
    assert "People who hold them" in shown.content.decode()
    assert not Reorganisation.objects.exists()
    done = client.post(town.url("plan_merger"), {**data, "confirm": "1"})
    change = Reorganisation.objects.get()
    assert done["Location"] == reverse("directory:reorganisation", args=[change.pk])
    assert "Sea City" in text_of(client, done["Location"])
    found = text_of(client, reverse("directory:offices"), q="east town")
    assert "until 31 Mar 2026" in found
    assert "Sea City goes on in its place" in text_of(client, town.url("office"))
    undo = reverse("directory:undo_reorganisation", args=[change.pk])
    assert signed_in(town.elsewhere).post(undo).status_code == 403
    assert client.get(undo).status_code == 200
    assert client.post(undo).status_code == 302
    change.refresh_from_db()
    assert change.state == ChangeState.UNDONE


def test_an_old_name_is_found_and_shown_with_its_last_day(town: Town) -> None:
    client = signed_in(town.host)
    names = {"name_en": "Sunrise Town", "name_ja": "日の出町"}
    data = {**names, "on": "2026-04-01", "ground": "Notice 13"}
    assert client.post(town.url("plan_rename"), {**data, "on": ""}).status_code == 422
    assert client.post(town.url("plan_rename"), data).status_code == 302
    found = text_of(client, reverse("directory:offices"), q="East Town")
    assert "Sunrise Town" in found
    assert "East Town until 31 Mar 2026" in found


def test_supervisors_are_named_and_rotate(town: Town) -> None:
    old, new = (make.officer(Role.SUPERVISOR, town.office) for _ in range(2))
    participant = make.officer(Role.PARTICIPANT, town.office)
    client = signed_in(town.officer)
    data = {"participant": participant.pk, "supervisor": old.pk, "starts_on": "2026-10-01"}
    assert client.post(town.url("supervise"), data).status_code == 302
    assert client.post(town.url("supervise"), data).status_code == 422
    both = {"supervisor": old.pk, "successor": new.pk, "on": "2027-04-01"}
    assert client.post(town.url("hand_over"), both).status_code == 302
    ends = dict(Supervision.objects.values_list("supervisor", "ends_on"))
    assert ends == {old.pk: date(2027, 3, 31), new.pk: None}
    row = Supervision.objects.get(supervisor=new)
    end = reverse("directory:end_supervision", args=[row.pk])
    assert signed_in(town.elsewhere).get(end).status_code == 404
    assert signed_in(participant).get(end).status_code == 403
    assert client.post(end, {"ends_on": "2027-03-01"}).status_code == 422
    assert client.post(end, {"ends_on": "2027-07-31"}).status_code == 302
    assert str(old) in text_of(signed_in(participant), town.url("office"))


def test_a_participants_list_names_only_what_concerns_them(town: Town) -> None:
    participant = make.officer(Role.PARTICIPANT, town.office)
    make.office(OfficeKind.SECRETARIAT, "CLAIR", name_en="The secretariat")
    told = text_of(signed_in(participant), reverse("directory:offices"))
    assert [name in told for name in ("East Town", "West Town", "The secretariat")] == [
        True,
        False,
        True,
    ]


@pytest.mark.parametrize("rows", [1, 3, 100])
@pytest.mark.parametrize(
    ("name", "queries"), [("contacts", 5), ("ties", 6), ("reorganisations", 6)]
)
def test_the_other_lists_cost_the_same_however_long_they_are(
    name: str, queries: int, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    operator = make.officer(Role.OPERATOR)
    country = make.country("US")
    for _ in range(rows):
        office = make.office(parent=make.host())
        actions.add_contact(
            office,
            facts={"desk_en": "Desk", "desk_ja": "窓口"},
            by=operator,
            at=make.NOON,
        )
        tie = {"country": country, "place_en": "Springfield", "since": None}
        actions.add_tie(office, facts=tie, by=operator, at=make.NOON)
        actions.plan_rename(
            office,
            name_en="A",
            name_ja="あ",
            on=date(2027, 4, 1),
            ground="x",
            by=operator,
            at=make.NOON,
        )
    client = signed_in(operator)
    client.get(reverse("directory:municipalities"))  # what a process asks once is asked now
    with django_assert_num_queries(make.AROUND + queries):
        assert client.get(reverse(f"directory:{name}")).status_code == 200
