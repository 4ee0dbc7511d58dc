from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from kakehashi.directory.models import Person, Seat
from kakehashi.directory.rules import OfficeKind, Role
from kakehashi.directory.tests import factories as make
from kakehashi.kernel import clock

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _october() -> Iterator[None]:
    before = clock.now()
    clock.live_at(make.NOON)
    yield
    clock.live_at(before)


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def test_the_list_of_offices_names_each_and_marks_what_is_assumed() -> None:
    make.mission("dublin", name_en="Embassy of Japan in Ireland", assumed=True)
    page = signed_in(make.officer(Role.MISSION)).get(reverse("directory:offices"))
    assert page.status_code == 200
    text = page.content.decode()
    assert "Embassy of Japan in Ireland" in text
    assert "assumed" in text
    none = signed_in(make.officer(Role.MISSION)).get(
        reverse("directory:offices"), {"kind": "host_body"}
    )
    assert "Embassy of Japan in Ireland" not in none.content.decode()


def test_whoever_has_not_signed_in_is_sent_to_the_door() -> None:
    office = make.office()
    for address in (
        reverse("directory:offices"),
        reverse("directory:office", args=[office.pk]),
        reverse("directory:people"),
        reverse("directory:municipalities"),
        reverse("directory:open_seat", args=[office.pk]),
    ):
        page = Client().get(address)
        assert page.status_code == 302
        assert page["Location"].startswith(reverse("account_login"))


def test_a_missions_page_shows_its_countries_places_and_people() -> None:
    mission = make.mission("dublin")
    make.place("2200", mission)
    officer = make.officer(Role.MISSION, mission, email="coordinator@demo.invalid")
    page = signed_in(officer).get(reverse("directory:office", args=[mission.pk]))
    text = page.content.decode()
    assert page.status_code == 200
    assert "coordinator@demo.invalid" in text
    assert "2200" in text
    assert "Country IE" in text
    assert reverse("directory:open_seat", args=[mission.pk]) not in text


def test_an_operator_opens_and_closes_a_seat() -> None:
    office = make.office(OfficeKind.SECRETARIAT, "CLAIR")
    operator = make.officer(Role.OPERATOR)
    new = make.person("new@demo.invalid")
    client = signed_in(operator)
    address = reverse("directory:open_seat", args=[office.pk])
    assert client.get(address).status_code == 200
    data = {"email": "nobody@demo.invalid", "role": "clair_desk", "starts_on": "2026-10-01"}
    again = client.post(address, data)
    assert again.status_code == 422
    assert "No account that you may know of" in again.content.decode()
    done = client.post(address, {**data, "email": "NEW@demo.invalid"})
    assert done.status_code == 302
    seat = Seat.objects.get(person=new)
    twice = client.post(address, {**data, "email": "new@demo.invalid"})
    assert twice.status_code == 422
    close = reverse("directory:close_seat", args=[seat.pk])
    assert client.get(close).status_code == 200
    assert client.post(close, {"ends_on": "2026-09-01"}).status_code == 422
    assert client.post(close, {"ends_on": "2026-10-02"}).status_code == 302
    seat.refresh_from_db()
    assert seat.ends_on is not None
    assert seat.ends_on.isoformat() == "2026-10-02"


def test_others_are_refused_with_the_rule_that_would_have_allowed_it() -> None:
    office = make.office(OfficeKind.SECRETARIAT, "CLAIR")
    seat = make.seat(make.person(), office, Role.CLAIR_DESK)
    client = signed_in(make.officer(Role.MISSION))
    for address in (
        reverse("directory:open_seat", args=[office.pk]),
        reverse("directory:close_seat", args=[seat.pk]),
    ):
        page = client.get(address)
        assert page.status_code == 403
        assert "you are an operator" in page.content.decode()
        assert client.post(address).status_code == 403


def test_people_one_may_not_know_of_are_not_there() -> None:
    stranger, applicant = make.person(), make.person("secret@demo.invalid")
    participant = make.officer(Role.PARTICIPANT, make.office())
    client = signed_in(stranger)
    assert client.get(reverse("directory:person", args=[stranger.pk])).status_code == 200
    assert client.get(reverse("directory:person", args=[applicant.pk])).status_code == 404
    seat = Seat.objects.get(person=participant)
    assert client.get(reverse("directory:close_seat", args=[seat.pk])).status_code == 404
    text = client.get(reverse("directory:people")).content.decode()
    assert "secret@demo.invalid" not in text


def test_a_reader_of_japanese_reads_japanese() -> None:
    make.mission("dublin")
    client = signed_in(make.officer(Role.MIC, language="ja"))
    page = client.get(reverse("directory:offices"), headers={"accept-language": "ja"})
    assert page.status_code == 200
    assert "事務所dublin" in page.content.decode()


def test_a_list_of_people_can_be_narrowed_by_role_and_name() -> None:
    desk = make.officer(Role.CLAIR_DESK, email="desk@demo.invalid")
    make.officer(Role.MISSION, email="mission@demo.invalid")
    client = signed_in(desk)
    by_role = client.get(reverse("directory:people"), {"role": "mission"}).content.decode()
    assert "mission@demo.invalid" in by_role
    by_name = client.get(reverse("directory:people"), {"q": "desk@"}).content.decode()
    assert "mission@demo.invalid" not in by_name
    table = client.get(reverse("directory:people"), {"format": "csv"}).content.decode()
    assert "mission@demo.invalid" in table


@pytest.mark.parametrize("rows", [1, 3, 100])
@pytest.mark.parametrize(
    ("name", "queries"), [("offices", 7), ("people", 6), ("municipalities", 6)]
)
def test_a_list_costs_the_same_however_long_it_is(
    name: str, queries: int, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    operator = make.officer(Role.OPERATOR)
    for number in range(rows):
        make.office(parent=make.host())
        make.municipality(f"31{number:03}")
        make.officer(Role.HOST)
    client = signed_in(operator)
    with django_assert_num_queries(make.AROUND + queries):
        assert client.get(reverse(f"directory:{name}")).status_code == 200


@pytest.mark.parametrize("rows", [1, 3, 100])
def test_an_office_costs_the_same_however_many_sit_there(
    rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    mission = make.mission("dublin")
    operator = make.officer(Role.OPERATOR)
    for _number in range(rows):
        make.officer(Role.MISSION, mission)
        make.office(parent=mission)
    client = signed_in(operator)
    with django_assert_num_queries(make.AROUND + 11):
        page = client.get(reverse("directory:office", args=[mission.pk]))
    assert page.status_code == 200
