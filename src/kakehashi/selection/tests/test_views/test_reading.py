"""The reader: the question first, the blind copy, the points."""

from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from kakehashi.directory.tests import factories as make
from kakehashi.kernel import clock
from kakehashi.selection.models import Screening
from kakehashi.selection.tests import factories as here
from kakehashi.selection.tests.pages import get, post, url

pytestmark = pytest.mark.django_db
NOON = here.NOON


@pytest.fixture(autouse=True)
def _autumn_of_2026() -> None:
    """Live on the day of the tests."""
    clock.live_at(make.NOON)


PRIVATE: dict[str, Any] = {
    "family_name": "Zzfamily",
    "given_name": "Zzgiven",
    "statement": "Zzgiven Zzfamily would like to teach. Write to zz@example.org.",
}
CANARIES = ("Zzfamily", "Zzgiven", "zz@example.org", "Zzstreet", "+353 1 000", "1999")


def private(cast: here.Cast) -> Screening:
    """Assign an application full of what a reader must not see."""
    (application,) = here.applied(cast, **PRIVATE)
    facts = {"address": "1 Zzstreet", "telephone": "+353 1 000", "date_of_birth": "1999-03-27"}
    type(application).objects.filter(pk=application.pk).update(**facts)
    (screening,) = here.assigned(cast, application)
    return screening


def test_the_cast_at_the_reading_pages(client: Client) -> None:
    cast, other = here.cast(), here.cast("london")
    (screening,) = here.assigned(cast, *here.applied(cast))
    page = url("screening", screening.pk)
    get(client, cast.reader, url("reading"))
    get(client, cast.reader, page)
    for stranger in (
        other.reader,
        cast.interviewer,
        cast.officer,
        screening.application.person,
    ):
        get(client, stranger, page, 404)
        post(client, stranger, url("score", screening.pk), 404, points=70)
    get(client, other.reader, url("reading"))
    for stranger in (cast.interviewer, cast.officer, make.person()):
        get(client, stranger, url("reading"), 403)
    client.logout()
    assert client.get(page).status_code == 302


def test_the_question_comes_before_any_content(client: Client) -> None:
    cast = here.cast()
    screening = private(cast)
    page = url("screening", screening.pk)
    html = get(client, cast.reader, page)
    assert "Do you know this applicant" in html
    assert "would like to teach" not in html
    assert 'name="points"' not in html
    post(client, cast.reader, url("score", screening.pk), 409, points=70)
    post(client, cast.reader, url("open_copy", screening.pk))
    html = get(client, cast.reader, page)
    assert "would like to teach" in html
    assert 'name="points"' in html


def test_a_reader_never_learns_who_it_is(client: Client) -> None:
    cast = here.cast()
    screening = private(cast)
    addresses = [
        url("reading"),
        f"{url('reading')}?format=csv",
        f"{url('reading')}?q=Zz",
        url("screening", screening.pk),
    ]
    before = "".join(get(client, cast.reader, address) for address in addresses)
    post(client, cast.reader, url("open_copy", screening.pk))
    after = "".join(get(client, cast.reader, address) for address in addresses)
    post(client, cast.reader, url("score", screening.pk), points=70, comment="Clear")
    done = "".join(get(client, cast.reader, address) for address in addresses)
    assert not [canary for canary in CANARIES if canary in before + after + done]


def test_a_reader_scores_and_goes_on_to_the_next(client: Client) -> None:
    cast = here.cast()
    first, second = here.assigned(cast, *here.applied(cast, 2))
    here.opened(first)
    answer = post(client, cast.reader, url("score", first.pk), points=70, comment="Clear")
    onward = get(client, cast.reader, answer["Location"], 302)
    assert onward == ""
    assert client.get(answer["Location"])["Location"] == url("screening", second.pk)
    post(client, cast.reader, url("declare_conflict", second.pk))
    assert client.get(url("next_reading"))["Location"] == url("reading")
    assert "It stays shut for you" in get(client, cast.reader, url("screening", second.pk))


def test_what_was_typed_stays_when_the_points_are_wrong(client: Client) -> None:
    cast = here.cast()
    (screening,) = here.assigned(cast, *here.applied(cast))
    here.opened(screening)
    data: dict[str, Any] = {"points": "170", "comment": "Kept words"}
    answer = post(client, cast.reader, url("score", screening.pk), 422, **data)
    html = answer.content.decode()
    assert "Kept words" in html
    assert 'aria-invalid="true"' in html
    screening.refresh_from_db()
    assert screening.state == "assigned"


def test_a_stale_page_is_told_so(client: Client) -> None:
    cast = here.cast()
    (screening,) = here.assigned(cast, *here.applied(cast))
    here.opened(screening)
    data: dict[str, Any] = {"points": 70, "version": screening.version}
    post(client, cast.reader, url("score", screening.pk), **data)
    post(client, cast.reader, url("score", screening.pk), 409, **data)


@pytest.mark.parametrize("number", [1, 3, 100])
def test_the_queue_takes_the_same_number_of_queries(
    client: Client, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    cast = here.cast()
    here.assigned(cast, *here.applied(cast, number))
    client.force_login(cast.reader)
    client.get(url("reading"))
    with django_assert_num_queries(8):
        client.get(url("reading"))
