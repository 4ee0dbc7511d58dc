"""The interviewer: whom one meets, one's own sheet, the others' after it."""

from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from kakehashi.directory.rules import Role
from kakehashi.directory.tests import factories as make
from kakehashi.kernel import clock
from kakehashi.selection.models import InterviewScore
from kakehashi.selection.tests import factories as here
from kakehashi.selection.tests.pages import get, post, url

pytestmark = pytest.mark.django_db
NOON = here.NOON


@pytest.fixture(autouse=True)
def _autumn_of_2026() -> None:
    """Live on the day of the tests."""
    clock.live_at(make.NOON)


def test_the_cast_at_the_interview_pages(client: Client) -> None:
    cast, other = here.cast(), here.cast("london")
    (application,) = here.applied(cast)
    page = url("interview", application.pk)
    get(client, cast.interviewer, url("interviews"))
    get(client, cast.interviewer, page)
    for stranger in (other.interviewer, cast.reader, cast.officer, application.person):
        get(client, stranger, page, 404)
        post(client, stranger, page, 404)
    for stranger in (cast.reader, cast.officer, make.person()):
        get(client, stranger, url("interviews"), 403)


def test_the_others_sheets_are_not_in_the_page_until_ones_own_is_in(client: Client) -> None:
    cast = here.cast()
    second = make.officer(Role.INTERVIEWER, cast.mission)
    (application,) = here.applied(cast)
    here.scored(cast, [application], 83)
    page = url("interview", application.pk)
    html = get(client, second, page)
    assert "1 sheet is in" in html
    assert "SECRET" not in html
    assert "83 / 100" not in html
    data: dict[str, Any] = {
        "held_on": "2026-09-30",
        "points": 60,
        "japanese_level": "N4",
        "comment": "Mine",
    }
    post(client, second, page, **data)
    html = get(client, second, page)
    assert "SECRET-interview" in html
    assert "83 / 100" in html
    assert "SECRET-screening" not in html
    post(client, second, page, 409, **data)
    assert InterviewScore.objects.count() == 2


@pytest.mark.parametrize("number", [1, 3, 100])
def test_the_list_of_interviews_takes_the_same_number_of_queries(
    client: Client, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    cast = here.cast()
    here.applied(cast, number)
    client.force_login(cast.interviewer)
    client.get(url("interviews"))
    with django_assert_num_queries(8):
        client.get(url("interviews"))
