from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from kakehashi.appointment.lifecycle import State
from kakehashi.appointment.models import Appointment
from kakehashi.appointment.tests import factories
from kakehashi.arrival.tests import factories as arrival
from kakehashi.directory.models import Office, Person, Seat
from kakehashi.directory.rules import Role
from kakehashi.directory.tests import factories as make
from kakehashi.intake.models import PayRate
from kakehashi.kernel import clock

pytestmark = pytest.mark.django_db
LIST, MINE = reverse("appointment:appointments"), reverse("appointment:mine")


@pytest.fixture(autouse=True)
def _autumn_of_2026(monkeypatch: pytest.MonkeyPatch) -> None:
    """Live on the day of the tests."""
    monkeypatch.setattr(clock, "_shift", clock._shift)  # put back afterwards
    clock.live_at(make.NOON)


def _url(name: str, one: Appointment | Office, *more: object) -> str:
    return reverse(f"appointment:{name}", args=[one.pk, *more])


def _get(client: Client, person: Person, url: str) -> tuple[int, str]:
    client.force_login(person)
    answer = client.get(url, headers={"Accept-Language": "en"})
    return answer.status_code, answer.content.decode("utf-8", "replace")


def test_the_cast_at_one_appointment(client: Client) -> None:
    one = factories.appointment()
    place = one.organisation

    for person in (
        make.officer(Role.ORGANISATION, place),
        make.officer(Role.SUPERVISOR, place),
        make.officer(Role.HOST),
        make.officer(Role.ADVISOR),
        make.officer(Role.CLAIR_COORDINATOR),
    ):
        assert _get(client, person, _url("appointment", one))[0] == 200
        assert _get(client, person, _url("notice", one, "ja"))[0] == 200
    for person in (
        make.officer(Role.ORGANISATION, arrival.organisation("co-31999")),
        make.officer(Role.HOST, make.host("pref-32")),
        make.officer(Role.MOFA),
        make.person(),
    ):
        assert _get(client, person, _url("appointment", one))[0] == 404
        assert _get(client, person, _url("notice", one, "ja"))[0] == 404
    client.logout()
    assert client.get(_url("appointment", one)).status_code == 302


def test_the_person_concerned_is_led_to_their_own_page(client: Client) -> None:
    one = factories.appointment()
    client.force_login(one.person)

    answer = client.get(_url("appointment", one))

    assert (answer.status_code, answer.headers["Location"]) == (302, MINE)


def test_my_page_says_where_until_when_and_for_how_much(client: Client) -> None:
    PayRate.objects.create(
        cohort_from=2025,
        year_of_service=1,
        annual_yen=4_020_000,
        monthly_yen=335_000,
        taxes="gross",
        source="IN25",
        assumed=True,
    )
    one = factories.appointment()
    supervisor = make.officer(Role.SUPERVISOR, one.organisation)

    status, page = _get(client, one.person, MINE)

    assert status == 200
    for words in (one.organisation.name_en, "4,020,000", "IN25", "Assumed", "27 July 2027"):
        assert words in page
    assert supervisor.email in page
    assert _url("notice", one, "en") in page


def test_whoever_has_no_appointment_is_told_when_it_begins(client: Client) -> None:
    status, page = _get(client, make.person(), MINE)

    assert status == 200
    assert "You have no appointment yet" in page


def test_a_notice_in_a_language_we_do_not_write_is_not_there(client: Client) -> None:
    one = factories.appointment()

    assert _get(client, one.person, _url("notice", one, "en"))[1].startswith("%PDF")
    assert _get(client, one.person, _url("notice", one, "fr"))[0] == 404


def test_the_organisation_sends_the_notice_once(client: Client) -> None:
    one = factories.appointment()
    client.force_login(make.officer(Role.ORGANISATION, one.organisation))

    assert client.get(_url("give_notice", one)).status_code == 405
    assert client.post(_url("give_notice", one)).status_code == 302
    assert client.post(_url("give_notice", one)).status_code == 409


def test_the_organisation_ends_a_term_early(client: Client) -> None:
    one = factories.appointment()
    client.force_login(make.officer(Role.ORGANISATION, one.organisation))
    url = _url("end_early", one)

    assert "repay the travel" in client.get(url).content.decode()
    wrong = client.post(url, {"ended_on": "2030-01-01", "ground": "Family"})
    assert "There is a problem" in wrong.content.decode()
    assert 'value="2030-01-01"' in wrong.content.decode()
    assert client.post(url, {"ended_on": "2026-12-31"}).status_code == 200
    assert client.post(url, {"ended_on": "2026-12-31", "ground": "Family"}).status_code == 302

    one.refresh_from_db()
    assert one.state == State.ENDED_EARLY


def test_a_term_is_completed_only_when_it_is_over(client: Client) -> None:
    one = factories.appointment()
    client.force_login(make.officer(Role.ORGANISATION, one.organisation))

    assert client.get(_url("complete", one)).status_code == 405
    assert client.post(_url("complete", one)).status_code == 409
    clock.live_at(datetime(2027, 7, 28, 1, tzinfo=UTC))
    assert "Term is completed" in client.get(_url("appointment", one)).content.decode()
    assert client.post(_url("complete", one)).status_code == 302


def test_others_are_told_whose_decision_it_is(client: Client) -> None:
    one = factories.appointment()

    for person in (make.officer(Role.HOST), make.officer(Role.CLAIR_PLACEMENT)):
        client.force_login(person)
        for name in ("give_notice", "end_early"):
            answer = client.post(_url(name, one))
            assert answer.status_code == 403
            assert "the organisation that employs them" in answer.content.decode()


def test_what_one_may_not_know_of_is_404_before_anything_else(client: Client) -> None:
    one = factories.appointment()
    client.force_login(make.person())

    for name in ("give_notice", "end_early", "complete"):
        url = _url(name, one)
        assert (client.get(url).status_code, client.post(url).status_code) == (404, 404)


def test_the_organisation_names_and_relieves_supervisors(client: Client) -> None:
    place = arrival.organisation()
    client.force_login(make.officer(Role.ORGANISATION, place))
    url = _url("supervisors", place)
    typed = {
        "family_name": "Sato",
        "given_name": "Yui",
        "email": "sato@demo.invalid",
        "starts_on": "2026-10-01",
    }

    assert client.post(url, {**typed, "email": "sato"}).status_code == 200
    assert client.post(url, typed).status_code == 302
    assert "There is a problem" in client.post(url, typed).content.decode()
    assert "sato@demo.invalid" in client.get(url).content.decode()

    seat = Seat.objects.get(person__email="sato@demo.invalid")
    away = reverse("appointment:relieve_supervisor", args=[place.pk, seat.pk])
    assert client.get(away).status_code == 200
    assert client.post(away, {"ends_on": "2020-01-01"}).status_code == 200
    assert client.post(away, {"ends_on": "2026-10-31"}).status_code == 302


def test_other_organisations_supervisors_are_not_mine_to_name(client: Client) -> None:
    place, other = arrival.organisation(), arrival.organisation("co-31999")
    seat = make.seat(make.person(), place, Role.SUPERVISOR)
    away = reverse("appointment:relieve_supervisor", args=[other.pk, seat.pk])

    for person in (make.officer(Role.ORGANISATION, other), make.officer(Role.HOST)):
        assert _get(client, person, _url("supervisors", place))[0] == 403
    client.force_login(make.officer(Role.ORGANISATION, other))
    assert client.post(away, {"ends_on": "2026-10-31"}).status_code == 404


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("position=CIR", 1),
        ("country=GB", 1),
        ("service=3", 1),
        ("state=completed", 0),
        ("q=co-31302", 2),
        ("service=9", 3),
    ],
)
def test_the_list_is_narrowed(client: Client, asked: str, found: int) -> None:
    factories.appointment()
    factories.appointment(arrived_on=datetime(2024, 8, 1, tzinfo=UTC).date(), country="GB")
    other = arrival.organisation("co-32201", parent=make.host("pref-32"))
    factories.appointment(other, position="CIR")

    page = _get(client, make.officer(Role.CLAIR_PLACEMENT), f"{LIST}?{asked}")[1]

    assert page.count("<b>Serving</b>") == found


@pytest.mark.parametrize("people", [1, 3, 100])
def test_the_list_costs_the_same_however_long(
    people: int,
    client: Client,
    django_assert_num_queries: Callable[[int], AbstractContextManager[object]],
) -> None:
    factories.appointments(people)
    client.force_login(make.officer(Role.CLAIR_PLACEMENT))

    with django_assert_num_queries(9):
        assert client.get(LIST).status_code == 200


@pytest.mark.parametrize("people", [1, 3, 100])
def test_my_page_costs_the_same_however_many_colleagues(
    people: int,
    client: Client,
    django_assert_num_queries: Callable[[int], AbstractContextManager[object]],
) -> None:
    one = factories.appointments(people)[0]
    client.force_login(one.person)

    with django_assert_num_queries(8):
        assert client.get(MINE).status_code == 200


def test_the_pages_speak_japanese(client: Client) -> None:
    one = factories.appointment()
    officer = make.officer(Role.ORGANISATION, one.organisation, language="ja")
    client.force_login(officer)

    with override("en"):  # the pages must not leave the tests in Japanese
        for url in (LIST, _url("appointment", one), _url("end_early", one)):
            answer = client.get(url)
            assert answer.headers["Content-Language"] == "ja"
            assert one.organisation.name_ja in answer.content.decode()
