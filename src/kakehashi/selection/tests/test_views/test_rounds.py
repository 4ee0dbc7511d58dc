"""A round from the dry run to the release, and back."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from kakehashi.councils.tests.factories import resolution
from kakehashi.directory.rules import Role
from kakehashi.directory.tests import factories as make
from kakehashi.intake.tests import factories as intake
from kakehashi.kernel import clock, jobs
from kakehashi.kernel.models import Post
from kakehashi.selection import actions
from kakehashi.selection.lifecycle import RoundState
from kakehashi.selection.models import Screening
from kakehashi.selection.tests import factories as here
from kakehashi.selection.tests.pages import get, post, url

pytestmark = pytest.mark.django_db
NOON = here.NOON


@pytest.fixture(autouse=True)
def _autumn_of_2026() -> None:
    """Live on the day of the tests."""
    clock.live_at(make.NOON)


def test_the_cast_at_the_round_pages(client: Client) -> None:
    cast, other = here.cast(), here.cast("london")
    row = here.round_of(cast)
    mic, clair = make.officer(Role.MIC), make.officer(Role.CLAIR_PLACEMENT)
    for person in (cast.officer, cast.mofa):
        get(client, person, url("round", row.pk))
        get(client, person, url("assign", row.pk))
    for stranger in (other.officer, mic, clair, cast.reader, make.person()):
        get(client, stranger, url("round", row.pk), 404)
        post(client, stranger, url("decide", row.pk), 404)
    for person in (cast.officer, cast.mofa, mic, clair):
        get(client, person, url("rounds"))
    for stranger in (cast.reader, cast.interviewer, make.person()):
        get(client, stranger, url("rounds"), 403)
    actions.decide(row, by=cast.officer, at=NOON)
    for person in (mic, clair):
        html = get(client, person, url("round", row.pk))
        assert "Against the plan" in html
        post(client, person, url("reopen", row.pk), 403)
        get(client, person, url("letters", row.pk), 403)
        get(client, person, url("release", row.pk), 403)
        get(client, person, url("assign", row.pk), 403)


def test_moves_are_posted_after_the_visibility_was_tested(client: Client) -> None:
    cast, other = here.cast(), here.cast("london")
    row = here.round_of(cast)
    for name in ("decide", "reopen", "draft_results", "take_back"):
        get(client, other.officer, url(name, row.pk), 404)
        get(client, cast.officer, url(name, row.pk), 405)


def test_a_mission_opens_its_round_and_assigns_its_readers(client: Client) -> None:
    cast = here.cast()
    here.applied(cast, 3)
    answer = post(client, cast.officer, url("open_round"), mission=cast.mission.pk)
    page = answer["Location"]
    post(client, cast.officer, url("open_round"), 422, mission=cast.mission.pk)
    assert "This is a dry run" in get(client, cast.officer, page)
    data: dict[str, Any] = {"readers": [cast.reader.pk], "each": 1}
    post(client, cast.officer, f"{page}assign/", **data)
    assert Screening.objects.count() == 3


def test_the_way_from_the_dry_run_to_the_release(client: Client) -> None:
    cast = here.cast()
    intake.plan({("IE", "ALT", "a"): 1})
    found = here.applied(cast, 3)
    here.scored(cast, found, 90, 80, 70)
    row = here.round_of(cast)
    page = url("round", row.pk)
    html = get(client, cast.officer, page)
    assert "180" in html
    assert reverse("home:bring", args=["scores"]) in html
    post(client, cast.officer, url("decide", row.pk), version=row.version)
    html = get(client, cast.officer, page)
    assert "The council has not resolved yet" in html
    assert "only after a resolution of the joint council about this round" in html
    post(client, cast.officer, url("draft_results", row.pk))
    letters = get(client, cast.mofa, url("letters", row.pk))
    assert "3 letters wait" in letters
    one = Post.objects.get(decision="result:2027", to=found[0].person)
    assert "You have been shortlisted" in get(client, cast.mofa, url("letter", row.pk, one.pk))
    post(client, cast.mofa, url("release", row.pk), 403, count=3)
    resolution(row.key, at=clock.now())
    assert (
        "You typed 2"
        in post(client, cast.mofa, url("release", row.pk), 422, count=2).content.decode()
    )
    post(client, cast.mofa, url("release", row.pk), count=3)
    jobs.drain()
    row.refresh_from_db()
    assert row.state == RoundState.RELEASED


def test_a_release_pressed_twice_or_by_two_officers_is_one_job(client: Client) -> None:
    cast = here.cast()
    row = here.decided(cast, 90, 80, 70)
    here.drafted(cast, row)
    first, second = (
        post(client, cast.mofa, url("release", row.pk), count=3)["Location"] for _ in range(2)
    )
    assert first == second
    assert "Stop before it is done" in get(client, cast.mofa, first)
    post(client, cast.officer, url("release", row.pk), count=3)
    html = get(client, cast.officer, url("round", row.pk))
    assert "is releasing these results already" in html
    get(client, cast.officer, first, 404)
    jobs.drain()
    assert "All of it is done." in get(client, cast.mofa, first)
    results = Post.objects.filter(letter__startswith="selection/result_")
    assert results.exclude(sent_at=None).count() == results.count() == 3


def test_the_way_back_is_open_until_a_letter_has_left(client: Client) -> None:
    cast = here.cast()
    row = here.released(cast, 90, 80, 70)
    page = url("round", row.pk)
    assert "Take the release back" in get(client, cast.officer, page)
    post(client, cast.officer, url("take_back", row.pk))
    row.refresh_from_db()
    assert row.state == RoundState.DECIDED
    post(client, cast.officer, url("release", row.pk), count=3)
    jobs.drain()
    assert "Take the release back" not in get(client, cast.officer, page)
    post(client, cast.officer, url("take_back", row.pk), 409)


def test_the_council_s_members_are_led_to_record_the_resolution(client: Client) -> None:
    cast = here.cast()
    resolution("intake.plan/999", number="other")
    row = here.decided(cast, 90)
    link = f"{reverse('councils:adopt')}?about=selection.round/{row.pk}"
    assert link in get(client, make.officer(Role.MIC), url("round", row.pk))
    assert link not in get(client, cast.officer, url("round", row.pk))


def test_the_dry_run_can_be_narrowed(client: Client) -> None:
    cast = here.cast()
    intake.plan({("IE", "ALT", "a"): 1})
    first, second = here.applied(cast, 2)
    here.scored(cast, [first, second], 90, 80)
    page = url("round", here.round_of(cast).pk)
    html = get(client, cast.officer, f"{page}?outcome=alternate&line=IE-ALT")
    assert second.number in html
    assert first.number not in html
    assert "No one and nothing matches" in get(client, cast.officer, f"{page}?line=XX-ALT")


@pytest.mark.parametrize("number", [1, 3, 100])
def test_a_round_takes_the_same_number_of_queries(
    client: Client, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    cast = here.cast()
    row = here.decided(cast, *[50] * number)
    client.force_login(cast.officer)
    client.get(url("round", row.pk))
    with django_assert_num_queries(11):
        client.get(url("round", row.pk))
    actions.reopen(row, by=cast.officer, at=NOON)
    with django_assert_num_queries(10):
        client.get(url("round", row.pk))


@pytest.mark.parametrize("number", [1, 3, 100])
def test_lists_of_rounds_take_the_same_number_of_queries(
    client: Client, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    cast = here.cast()
    for index in range(number):
        mission = make.mission(f"mission-{index}")
        actions.open_round(cast.year, mission, by=cast.mofa, at=NOON)
    client.force_login(cast.mofa)
    client.get(url("rounds"))
    with django_assert_num_queries(10):
        client.get(url("rounds"))
