"""Results: one's own without a point, the desk's list."""

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from kakehashi.directory.models import Person
from kakehashi.directory.rules import Role
from kakehashi.directory.tests import factories as make
from kakehashi.intake.tests import factories as intake
from kakehashi.kernel import clock
from kakehashi.selection import actions
from kakehashi.selection.lifecycle import ResultState
from kakehashi.selection.models import Screening
from kakehashi.selection.tests import factories as here
from kakehashi.selection.tests.pages import get, post, url

pytestmark = pytest.mark.django_db
NOON = here.NOON


@pytest.fixture(autouse=True)
def _autumn_of_2026() -> None:
    """Live on the day of the tests."""
    clock.live_at(make.NOON)


def test_the_cast_at_one_result(client: Client) -> None:
    cast, other = here.cast(), here.cast("london")
    row = here.decided(cast, 90, 80)
    result = here.results(row)[0]
    person, page = result.application.person, url("result", result.pk)
    clair = make.officer(Role.CLAIR_PLACEMENT)
    for stranger in (person, clair, other.officer, cast.reader, make.officer(Role.MIC)):
        get(client, stranger, page, 404)
        post(client, stranger, url("accept", result.pk), 404)
    for officer in (cast.officer, cast.mofa):
        assert "SECRET-interview" in get(client, officer, page)
    here.drafted(cast, row)
    actions.release(row, count=2, by=cast.mofa, at=NOON)
    get(client, person, page)
    html = get(client, clair, page) + get(client, clair, url("round", row.pk))
    assert not [mark for mark in ("SECRET", "90.00", "180.00") if mark in html]
    assert "180.00" in get(client, cast.officer, url("round", row.pk))
    for stranger in (other.officer, cast.reader, here.results(row)[1].application.person):
        get(client, stranger, page, 404)


def test_an_applicant_never_meets_a_point_or_a_comment(client: Client) -> None:
    cast = here.cast()
    row = here.released(cast, 93, 87, 71)
    for result in here.results(row):
        person = result.application.person
        html = get(client, person, url("result", result.pk))
        html += get(
            client, person, reverse("recruitment:application", args=[result.application.pk])
        )
        html += get(client, person, reverse("recruitment:mine"))
        if result.outcome != "not_selected":
            html += get(client, person, url("decline", result.pk))
        for address in ("results", "rounds", "reading", "interviews"):
            html += get(client, person, url(address), 403)
        marks = ("SECRET", "93.00", "87.00", "71.00", "186.00", "174.00", "142.00")
        assert not [mark for mark in marks if mark in html]


def test_an_applicant_reads_what_a_reply_means_before_replying(client: Client) -> None:
    cast = here.cast()
    intake.deadline("reply_by", cast.mission)
    row = here.released(cast, 90, 80, 70)
    chosen, spare, unlucky = here.results(row)
    page = url("result", chosen.pk)
    html = get(client, chosen.application.person, page)
    assert html.index("What your reply means") < html.index("I accept")
    assert "17:00 in Dublin" in html.replace("Office dublin", "Dublin")
    assert "number 1 among the alternates" in get(
        client, spare.application.person, url("result", spare.pk)
    )
    assert "I accept" not in get(client, unlucky.application.person, url("result", unlucky.pk))
    post(client, chosen.application.person, url("accept", chosen.pk), version=chosen.version)
    assert "You have accepted" in get(client, chosen.application.person, page)
    post(client, chosen.application.person, url("accept", chosen.pk), 409)
    post(client, chosen.application.person, url("decline", chosen.pk))
    chosen.refresh_from_db()
    assert chosen.state == ResultState.DECLINED


def test_the_mission_keeps_paper_replies_from_its_list(client: Client) -> None:
    cast = here.cast()
    row = here.released(cast, 90, 80, 70)
    chosen, _spare, unlucky = here.results(row)
    post(client, cast.officer, url("accept_many"), row=[chosen.pk])
    chosen.refresh_from_db()
    assert chosen.state == ResultState.ACCEPTED
    post(client, cast.officer, url("accept_many"), 403, row=[unlucky.pk])
    post(client, cast.mofa, url("accept_many"), 403, row=[_spare.pk])
    get(client, cast.officer, url("accept_many"), 405)


def test_a_list_of_results_holds_nobody_else_s(client: Client) -> None:
    cast, other = here.cast(), here.cast("london")
    row = here.released(cast, 90)
    number = here.results(row)[0].application.number
    clair = make.officer(Role.CLAIR_PLACEMENT)
    for address in (url("results"), f"{url('results')}?format=csv"):
        assert number in get(client, cast.officer, address)
        assert number in get(client, clair, address)
        assert number not in get(client, other.officer, address)
    for stranger in (cast.reader, make.officer(Role.MIC), make.person()):
        get(client, stranger, url("results"), 403)


@pytest.mark.parametrize("number", [1, 3, 100])
def test_the_list_of_results_takes_the_same_number_of_queries(
    client: Client, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    cast = here.cast()
    here.decided(cast, *[50] * number)
    client.force_login(cast.officer)
    client.get(url("results"))
    with django_assert_num_queries(9):
        client.get(url("results"))


def test_every_page_is_drawn_in_japanese(client: Client) -> None:
    cast = here.cast()
    row = here.released(cast, 90, 80)
    result = here.results(row)[0]
    screening = Screening.objects.earliest("pk")
    pages = {
        cast.reader: [url("reading"), url("screening", screening.pk)],
        cast.interviewer: [url("interviews"), url("interview", result.application.pk)],
        cast.officer: [
            url("rounds"),
            url("round", row.pk),
            url("letters", row.pk),
            url("results"),
            url("result", result.pk),
            url("assign", row.pk),
        ],
        result.application.person: [url("result", result.pk), url("decline", result.pk)],
    }
    for person, addresses in pages.items():
        Person.objects.filter(pk=person.pk).update(language="ja")
        client.force_login(Person.objects.get(pk=person.pk))
        for address in addresses:
            answer = client.get(address, headers={"Accept-Language": "ja"})
            assert (answer.status_code, '<html lang="ja"' in answer.content.decode()) == (
                200,
                True,
            )
