from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, date, datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from kakehashi.arrival.lifecycle import State
from kakehashi.arrival.models import Arrival
from kakehashi.arrival.tests import factories
from kakehashi.directory.models import Person
from kakehashi.directory.rules import Role
from kakehashi.directory.tests import factories as make
from kakehashi.kernel import clock

pytestmark = pytest.mark.django_db
LIST = reverse("arrival:arrivals")


@pytest.fixture(autouse=True)
def _summer_of_2027(monkeypatch: pytest.MonkeyPatch) -> None:
    """Live on the evening of the day on which wave A lands."""
    monkeypatch.setattr(clock, "_shift", clock._shift)  # put back afterwards
    clock.live_at(datetime(2027, 7, 27, 11, tzinfo=UTC))


def _page(client: Client, person: Person, url: str) -> tuple[int, str]:
    client.force_login(person)
    answer = client.get(url)
    return answer.status_code, answer.content.decode()


def test_the_cast_at_one_arrival(client: Client) -> None:
    arrival = factories.expected()
    url = reverse("arrival:arrival", args=[arrival.pk])

    for person in (
        arrival.person,
        make.officer(Role.ORGANISATION, arrival.organisation),
        make.officer(Role.HOST),
        make.officer(Role.MISSION),
        make.officer(Role.MOFA),
        factories.events_officer(),
    ):
        assert _page(client, person, url)[0] == 200
    for person in (
        make.officer(Role.ORGANISATION, factories.organisation("co-31999")),
        make.officer(Role.HOST, make.host("pref-32")),
        make.officer(Role.MISSION, make.mission("paris", "FR")),
        make.person(),
    ):
        assert _page(client, person, url)[0] == 404
    client.logout()
    assert client.get(url).status_code == 302


def test_only_those_who_meet_the_waves_are_shown_the_button(client: Client) -> None:
    arrival = factories.expected()
    url = reverse("arrival:arrival", args=[arrival.pk])

    assert "Record the arrival" in _page(client, factories.events_officer(), url)[1]
    assert "Record the arrival" not in _page(client, make.officer(Role.HOST), url)[1]


def test_an_arrival_is_recorded_from_its_page(client: Client) -> None:
    arrival = factories.expected()
    client.force_login(factories.events_officer())

    answer = client.post(
        reverse("arrival:arrive", args=[arrival.pk]), {"arrived_on": "2027-07-27"}
    )

    arrival.refresh_from_db()
    assert (answer.status_code, arrival.state) == (302, State.ARRIVED)


def test_a_day_that_cannot_be_is_drawn_again_with_what_was_typed(client: Client) -> None:
    arrival = factories.expected()
    client.force_login(factories.events_officer())

    answer = client.post(
        reverse("arrival:arrive", args=[arrival.pk]), {"arrived_on": "2027-07-29"}
    )

    page = answer.content.decode()
    assert answer.status_code == 200
    assert 'value="2027-07-29"' in page
    assert "There is a problem" in page


def test_who_may_not_is_told_the_rule(client: Client) -> None:
    arrival = factories.expected()
    client.force_login(make.officer(Role.HOST))

    for url, typed in (
        (reverse("arrival:arrive", args=[arrival.pk]), {"arrived_on": "2027-07-27"}),
        (reverse("arrival:arrive", args=[arrival.pk]), {}),
        (reverse("arrival:miss", args=[arrival.pk]), {}),
        (reverse("arrival:arrive_many"), {"row": str(arrival.pk)}),
        (reverse("arrival:expect"), {}),
    ):
        answer = client.post(url, typed)
        assert answer.status_code == 403
        assert "you work on events or placement at CLAIR" in answer.content.decode()


def test_what_one_may_not_know_of_is_404_before_anything_else(client: Client) -> None:
    arrival = factories.expected()
    client.force_login(make.person())

    for verb in ("arrive", "miss"):
        url = reverse(f"arrival:{verb}", args=[arrival.pk])
        assert (client.get(url).status_code, client.post(url).status_code) == (404, 404)


def test_a_move_is_not_made_by_looking(client: Client) -> None:
    arrival = factories.expected()
    client.force_login(factories.events_officer())

    assert client.get(reverse("arrival:arrive", args=[arrival.pk])).status_code == 405
    assert client.get(reverse("arrival:arrive_many")).status_code == 405
    assert client.get(reverse("arrival:miss", args=[arrival.pk])).status_code == 200
    arrival.refresh_from_db()
    assert arrival.state == State.EXPECTED


def test_somebody_who_did_not_come_is_recorded_once(client: Client) -> None:
    arrival = factories.expected()
    client.force_login(factories.events_officer())
    url = reverse("arrival:miss", args=[arrival.pk])

    assert client.post(url).status_code == 302
    assert client.post(url).status_code == 409


def test_the_ticked_people_arrive_on_one_day(client: Client) -> None:
    rows = [factories.expected() for _ in range(3)]
    client.force_login(factories.events_officer())
    url = reverse("arrival:arrive_many")
    ticked = {"row": [str(rows[0].pk), str(rows[1].pk)]}

    asked = client.post(url, ticked)
    assert asked.status_code == 200
    assert "Record 2 arrivals" in asked.content.decode()

    assert client.post(url, {**ticked, "arrived_on": "2027-07-27"}).status_code == 302
    states = Arrival.objects.order_by("pk").values_list("state", flat=True)
    assert list(states) == ["arrived", "arrived", "expected"]


def test_all_that_match_arrive_with_the_filter_kept(client: Client) -> None:
    first, _second = factories.expected(), factories.expected(wave="b")
    client.force_login(factories.events_officer())
    url = f"{reverse('arrival:arrive_many')}?wave=a"

    asked = client.post(url, {"all": "yes"})
    assert 'action="/arrival/arrive/?wave=a"' in asked.content.decode()
    client.post(url, {"all": "yes", "arrived_on": "2027-07-27"})

    assert list(Arrival.objects.filter(state="arrived")) == [first]


def test_a_day_that_cannot_be_is_asked_again_for_the_ticked_ones(client: Client) -> None:
    row = factories.expected()
    client.force_login(factories.events_officer())

    answer = client.post(
        reverse("arrival:arrive_many"), {"row": str(row.pk), "arrived_on": "2026-07-27"}
    )

    assert answer.status_code == 200
    assert "There is a problem" in answer.content.decode()


def test_nobody_ticked_leads_back_to_the_list(client: Client) -> None:
    client.force_login(factories.events_officer())

    answer = client.post(reverse("arrival:arrive_many"), {"row": "x"}, follow=True)

    assert "Choose at least one person" in answer.content.decode()


def test_everyone_placed_comes_onto_the_list(client: Client) -> None:
    placed = factories.placement()
    client.force_login(factories.events_officer())

    assert "1 placement of this year" in client.get(reverse("arrival:expect")).content.decode()
    assert client.post(reverse("arrival:expect")).status_code == 302
    assert Arrival.objects.get().placement == placed


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("wave=a", {"Mai"}),
        ("wave=b", {"Noor"}),
        ("state=arrived", {"Serving"}),
        ("year=2027", {"Mai", "Noor"}),
        ("position=CIR", {"Noor"}),
        ("country=IE", {"Mai", "Noor", "Serving"}),
        ("q=Mai", {"Mai"}),
        ("wave=z", {"Mai", "Noor", "Serving"}),
        ("year=x", {"Mai", "Noor", "Serving"}),
    ],
)
def test_the_list_is_narrowed(client: Client, asked: str, found: set[str]) -> None:
    factories.expected(make.person(family_name="Mai"))
    factories.expected(make.person(family_name="Noor"), wave="b", position="CIR")
    factories.serving(1)

    page = _page(client, factories.events_officer(), f"{LIST}?{asked}")[1]

    assert {name for name in ("Mai", "Noor", "Serving") if f"<b>{name}" in page} == found


@pytest.mark.parametrize("people", [1, 3, 100])
def test_the_list_costs_the_same_however_long(
    people: int,
    client: Client,
    django_assert_num_queries: Callable[[int], AbstractContextManager[object]],
) -> None:
    factories.expected()
    factories.serving(people)
    client.force_login(factories.events_officer())

    with django_assert_num_queries(10):
        assert client.get(LIST).status_code == 200


def test_the_pages_speak_japanese(client: Client) -> None:
    arrival = factories.expected()
    client.force_login(make.officer(Role.CLAIR_EVENTS, language="ja"))

    with override("en"):  # the pages must not leave the tests in Japanese
        for url in (LIST, reverse("arrival:arrival", args=[arrival.pk])):
            answer = client.get(url)
            assert answer.headers["Content-Language"] == "ja"
            assert str(arrival.organisation.name_ja) in answer.content.decode()


def test_the_csv_has_what_the_list_has(client: Client) -> None:
    factories.expected()
    client.force_login(factories.events_officer())

    lines = client.get(f"{LIST}?format=csv").content.decode("utf-8-sig").splitlines()

    assert lines[0].split(",")[:4] == [
        "Participant",
        "Application number",
        "Position",
        "Country",
    ]
    assert len(lines) == 2


def test_the_due_day_is_proposed(client: Client) -> None:
    arrival = factories.expected()
    page = _page(
        client, factories.events_officer(), reverse("arrival:arrival", args=[arrival.pk])
    )[1]

    assert f'value="{date(2027, 7, 27)}"' in page
