"""Results leave all at once, after the council, and can be taken back until one is sent."""

import pytest
from pytest_django import DjangoAssertNumQueries

from kakehashi.councils.queries import NoResolution
from kakehashi.councils.tests.factories import resolution
from kakehashi.directory.rules import Role
from kakehashi.directory.tests import factories as make
from kakehashi.kernel import jobs
from kakehashi.kernel.lifecycle import MoveNotAllowed
from kakehashi.kernel.models import BatchState, Post
from kakehashi.kernel.outbox import WrongCount
from kakehashi.kernel.policy import Refused
from kakehashi.kernel.trail import verify_trail
from kakehashi.recruitment import actions as recruitment
from kakehashi.selection import actions
from kakehashi.selection.lifecycle import ResultState, RoundState
from kakehashi.selection.tests import factories as here

pytestmark = pytest.mark.django_db
NOON, LATER = here.NOON, here.LATER


def test_letters_are_drafted_for_everybody_in_their_own_language() -> None:
    cast = here.cast()
    row = here.decided(cast, 90, 80, 70, seats=1)
    batch = here.drafted(cast, row)
    assert (batch.state, row.batch) == (BatchState.DRAFT, batch)
    letters = list(batch.letters.order_by("to__email").values_list("letter", "decision"))
    assert letters == [
        ("selection/result_shortlisted", "result:2027"),
        ("selection/result_alternate", "result:2027"),
        ("selection/result_not_selected", "result:2027"),
    ]


def test_drafting_again_throws_the_first_drafts_away() -> None:
    cast = here.cast()
    row = here.decided(cast, 90)
    first = here.drafted(cast, row)
    second = actions.draft_results(row, by=cast.officer, at=NOON)
    first.refresh_from_db()
    assert (first.state, second.state) == (BatchState.CANCELLED, BatchState.DRAFT)
    assert Post.objects.filter(cancelled_at=None, decision="result:2027").count() == 1


def test_a_release_tells_everybody_at_once() -> None:
    cast = here.cast()
    row = here.released(cast, 90, 80, 70, at=LATER)
    assert (row.state, row.released_at) == (RoundState.RELEASED, LATER)
    assert {one.state for one in here.results(row)} == {ResultState.TOLD}
    assert set(Post.objects.filter(batch=row.batch).values_list("released_at", flat=True)) == {
        LATER
    }
    assert verify_trail() is None


def test_nothing_is_released_without_a_resolution_of_the_council() -> None:
    cast = here.cast()
    row = here.decided(cast, 90)
    actions.draft_results(row, by=cast.officer, at=NOON)
    with pytest.raises(NoResolution):
        actions.release(row, count=1, by=cast.mofa, at=NOON)
    assert here.results(row)[0].state == ResultState.PROPOSED


def test_a_resolution_about_an_earlier_proposal_releases_nothing() -> None:
    cast = here.cast()
    row = here.decided(cast, 90, 80)
    resolution(row.key, "1")
    actions.reopen(row, by=cast.officer, at=NOON)
    actions.decide(row, by=cast.officer, at=LATER)
    actions.draft_results(row, by=cast.officer, at=LATER)
    with pytest.raises(NoResolution):
        actions.release(row, count=2, by=cast.mofa, at=LATER)

    resolution(row.key, "2", at=LATER)
    actions.release(row, count=2, by=cast.mofa, at=LATER)
    assert {one.state for one in here.results(row)} == {ResultState.TOLD}


def test_nothing_is_released_without_letters_or_with_the_wrong_count() -> None:
    cast = here.cast()
    row = here.decided(cast, 90, 80)
    resolution(row.key)
    with pytest.raises(actions.NotDrafted, match="Draft the letters first"):
        actions.release(row, count=2, by=cast.mofa, at=NOON)
    actions.draft_results(row, by=cast.officer, at=NOON)
    with pytest.raises(WrongCount, match="You typed 3, but 2"):
        actions.release(row, count=3, by=cast.mofa, at=NOON)
    row.refresh_from_db()
    assert row.state == RoundState.DECIDED


def test_who_has_withdrawn_meanwhile_gets_no_result() -> None:
    cast = here.cast()
    row = here.decided(cast, 90, 80)
    batch = here.drafted(cast, row)
    gone = here.results(row)[0].application
    recruitment.withdraw(gone, by=gone.person, at=NOON)
    with pytest.raises(actions.NotDrafted, match="Somebody has withdrawn"):
        actions.release(row, count=2, by=cast.mofa, at=NOON)
    batch = actions.draft_results(row, by=cast.officer, at=NOON)
    actions.release(row, count=1, by=cast.officer, at=NOON)
    assert list(batch.letters.values_list("to__email", flat=True)) == [
        "applicant2@demo.invalid"
    ]
    assert [one.state for one in here.results(row)] == [ResultState.PROPOSED, ResultState.TOLD]


def test_a_release_can_be_taken_back_until_a_letter_has_left() -> None:
    cast = here.cast()
    row = here.released(cast, 90, 80)
    actions.take_back(row, by=cast.officer, at=NOON)
    assert (row.state, row.released_at) == (RoundState.DECIDED, None)
    assert {one.state for one in here.results(row)} == {ResultState.PROPOSED}
    row = type(row).objects.select_related("batch", "year").get(pk=row.pk)
    actions.release(row, count=2, by=cast.mofa, at=LATER)
    jobs.drain()
    with pytest.raises(MoveNotAllowed, match="on their way"):
        actions.take_back(row, by=cast.officer, at=LATER)
    row.refresh_from_db()
    assert row.state == RoundState.RELEASED


def test_a_release_stands_once_somebody_has_replied() -> None:
    cast = here.cast()
    row = here.released(cast, 90)
    result = here.results(row)[0]
    actions.accept(here.result_of(result.application), by=result.application.person, at=NOON)
    with pytest.raises(MoveNotAllowed, match="replied already"):
        actions.take_back(row, by=cast.officer, at=NOON)


def test_only_mofa_and_the_mission_release() -> None:
    cast, other = here.cast(), here.cast("london")
    row = here.decided(cast, 90)
    here.drafted(cast, row)
    for by in (cast.reader, other.officer, make.officer(Role.CLAIR_PLACEMENT)):
        with pytest.raises(Refused, match="or work at MOFA's desk"):
            actions.release(row, count=1, by=by, at=NOON)


@pytest.mark.parametrize("number", [3, 60])
def test_a_release_takes_the_same_number_of_queries_for_any_number(
    number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    cast = here.cast()
    row = here.decided(cast, *[50] * number)
    here.drafted(cast, row)
    row = type(row).objects.select_related("batch", "year", "mission").get(pk=row.pk)
    with django_assert_num_queries(49):
        actions.release(row, count=number, by=cast.mofa, at=NOON)
