from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from kakehashi.appointment.tests import factories as appointment
from kakehashi.arrival.tests import factories as arrival
from kakehashi.directory.models import Person
from kakehashi.directory.rules import Role
from kakehashi.directory.tests import factories as make
from kakehashi.kernel import clock
from kakehashi.statistics.models import Census
from kakehashi.statistics.tests import factories

pytestmark = pytest.mark.django_db
YEARBOOK, TAKE = reverse("statistics:yearbook"), reverse("statistics:take_census")
CENSUSES, ANNUAL = reverse("statistics:censuses"), reverse("statistics:annual_csv")
TABLES = ("country", "host", "employer")


@pytest.fixture(autouse=True)
def _autumn_of_2026(monkeypatch: pytest.MonkeyPatch) -> None:
    """Live on the day of the tests."""
    monkeypatch.setattr(clock, "_shift", clock._shift)  # put back afterwards
    clock.live_at(make.NOON)


def _url(name: str, census: Census, *more: object) -> str:
    return reverse(f"statistics:{name}", args=[census.pk, *more])


def _get(client: Client, person: Person, url: str) -> tuple[int, str]:
    client.force_login(person)
    answer = client.get(url)
    return answer.status_code, answer.content.decode("utf-8-sig")


def test_everyone_signed_in_reads_the_official_yearbook(client: Client) -> None:
    factories.register()
    factories.published(1987, 848, countries=4)
    census = factories.census()
    urls = [
        YEARBOOK,
        CENSUSES,
        ANNUAL,
        _url("census", census),
        _url("all_tables", census),
        *(_url("table_csv", census, name) for name in TABLES),
    ]

    for person in (make.person(), make.officer(Role.HOST), make.officer(Role.MIC)):
        assert [_get(client, person, url)[0] for url in urls] == [200] * len(urls)
    client.logout()
    assert [client.get(url).status_code for url in urls] == [302] * len(urls)


def test_an_interim_count_is_404_to_everyone_but_clair_and_the_ministries(
    client: Client,
) -> None:
    census = factories.census(official=False)
    urls = [_url("census", census), _url("all_tables", census)]
    urls += [_url("table_csv", census, name) for name in TABLES]

    for role in (Role.MIC, Role.MOFA, Role.MEXT, Role.CLAIR_PLACEMENT):
        assert {_get(client, make.officer(role), url)[0] for url in urls} == {200}
    for person in (make.officer(Role.HOST), make.officer(Role.MISSION), make.person()):
        assert {_get(client, person, url)[0] for url in urls} == {404}
        assert "There is no official census yet" in _get(client, person, YEARBOOK)[1]


def test_the_yearbook_shows_the_chart_from_1987_with_its_numbers(client: Client) -> None:
    factories.register()
    factories.published(1987, 848, countries=4, alt=813, cir=35)
    factories.published(2020, None, note="no figure published (border closure)")
    factories.census()

    page = _get(client, make.person(), YEARBOOK)[1]

    assert "<svg" in page
    assert "From 848 people of 4 countries in 1987 to 6 people of 2 countries in 2026." in page
    assert "Counted by this system" in page
    assert "No figure was published." in page
    assert "HIST" in page


def test_the_yearbook_of_a_new_system_is_empty_and_says_when_it_fills(client: Client) -> None:
    status, page = _get(client, make.person(), YEARBOOK)

    assert status == 200
    assert "There is no official census yet" in page


def test_a_table_comes_as_csv_with_its_subtotal(client: Client) -> None:
    factories.register()
    census = factories.census()

    lines = _get(client, make.person(), _url("table_csv", census, "host"))[1].splitlines()

    assert lines[0] == "code,name_en,name_ja,ALT,CIR,SEA,total"
    assert lines[-2].split(",")[0] == "subtotal"
    assert lines[-1].endswith(",4,1,1,6")


def test_the_table_by_type_comes_in_pairs(client: Client) -> None:
    factories.register()
    census = factories.census()

    lines = _get(client, make.person(), _url("table_csv", census, "employer"))[1].splitlines()

    assert lines[0].split(",")[3:5] == ["ALT_organisations", "ALT_people"]
    assert lines[-1].endswith(",3,4,1,1,1,1,4,6")


def test_a_table_nobody_publishes_is_not_there(client: Client) -> None:
    assert _get(client, make.person(), _url("table_csv", factories.census(), "names"))[0] == 404


def test_the_annual_change_comes_as_csv_with_its_sources(client: Client) -> None:
    factories.register()
    factories.published(2024, 5861, source="HIST-EN24")
    factories.published(2025, 5933)
    factories.census()

    lines = _get(client, make.person(), ANNUAL)[1].splitlines()

    assert lines[0] == "year,total,change,countries,ALT,CIR,SEA,source,note"
    assert lines[1] == "2024,5861,,,,,,HIST-EN24,"
    assert lines[2] == "2025,5933,72,,,,,HIST,"
    assert lines[3] == '2026,6,-5927,2,4,1,1,"Census of this system, 1 Oct 2026",'


def test_the_register_is_counted_from_the_page_once_a_day(client: Client) -> None:
    factories.register()
    client.force_login(make.officer(Role.CLAIR_PLACEMENT))

    assert client.get(TAKE).status_code == 200
    assert client.post(TAKE, {"on": "2026-10-01"}).status_code == 302
    for day in ("2026-10-01", "2026-10-02", "yesterday"):
        again = client.post(TAKE, {"on": day})
        assert again.status_code == 200
        assert "There is a problem" in again.content.decode()
    assert Census.objects.count() == 1


def test_what_cannot_be_counted_is_said_on_the_page(client: Client) -> None:
    appointment.appointment(arrival.organisation("co-stray", hosted=False))
    client.force_login(make.officer(Role.MIC))

    page = client.post(TAKE, {"on": "2026-10-01"}).content.decode()

    assert "has no host body" in page


def test_others_are_told_who_counts(client: Client) -> None:
    for person in (make.officer(Role.MOFA), make.officer(Role.HOST), make.person()):
        client.force_login(person)
        answer = client.post(TAKE, {"on": "2026-10-01"})
        assert answer.status_code == 403
        assert "plan the numbers at the Ministry" in answer.content.decode()
    assert not Census.objects.exists()


@pytest.mark.parametrize("people", [1, 3, 100])
def test_the_yearbook_costs_the_same_however_many_serve(
    people: int,
    client: Client,
    django_assert_num_queries: Callable[[int], AbstractContextManager[object]],
) -> None:
    appointment.appointments(people)
    factories.published(1987, 848)
    factories.census()
    client.force_login(make.person())

    with django_assert_num_queries(12):
        assert client.get(YEARBOOK).status_code == 200


@pytest.mark.parametrize("days", [1, 3, 100])
def test_the_list_of_censuses_costs_the_same_however_long(
    days: int,
    client: Client,
    django_assert_num_queries: Callable[[int], AbstractContextManager[object]],
) -> None:
    for number in range(days):
        factories.census(
            date.fromordinal(date(2026, 6, 1).toordinal() + number), official=False
        )
    client.force_login(make.officer(Role.MIC))

    with django_assert_num_queries(7):
        assert client.get(CENSUSES).status_code == 200


def test_the_pages_speak_japanese(client: Client) -> None:
    factories.register()
    census = factories.census()
    client.force_login(make.person(language="ja"))

    with override("en"):  # the pages must not leave the tests in Japanese
        for url in (YEARBOOK, CENSUSES, _url("census", census), _url("all_tables", census)):
            answer = client.get(url)
            assert answer.headers["Content-Language"] == "ja"
        assert "事務所pref-31" in client.get(YEARBOOK).content.decode()
