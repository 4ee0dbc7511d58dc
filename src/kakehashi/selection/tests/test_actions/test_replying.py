"""People accept and decline for themselves; the mission keeps what came on paper."""

from datetime import UTC, datetime

import pytest

from kakehashi.intake.tests import factories as intake
from kakehashi.kernel.lifecycle import MoveNotAllowed
from kakehashi.kernel.models import Post
from kakehashi.kernel.policy import Refused
from kakehashi.selection import actions
from kakehashi.selection.lifecycle import ResultState
from kakehashi.selection.tests import factories as here

pytestmark = pytest.mark.django_db
NOON, LATER = here.NOON, here.LATER


def test_a_person_accepts_their_own_place_and_gets_a_receipt() -> None:
    cast = here.cast()
    row = here.released(cast, 90, 80)
    result = here.result_of(here.results(row)[0].application)
    person = result.application.person
    actions.accept(result, by=person, at=LATER)
    assert (result.state, result.replied_at) == (ResultState.ACCEPTED, LATER)
    receipt = Post.objects.get(letter="selection/reply_received")
    assert (receipt.to.pk, receipt.facts["reply"]) == (person.pk, "accepted")
    actions.decline(result, by=person, at=LATER)
    assert result.state == ResultState.DECLINED
    with pytest.raises(MoveNotAllowed):
        actions.accept(result, by=person, at=LATER)


def test_nobody_accepts_for_somebody_else() -> None:
    cast, other = here.cast(), here.cast("london")
    row = here.released(cast, 90, 80)
    first, second = here.results(row)
    result = here.result_of(first.application)
    for by in (second.application.person, other.officer, cast.reader):
        with pytest.raises(Refused, match="it is your own result"):
            actions.accept(result, by=by, at=NOON)


def test_nobody_accepts_what_they_have_not_been_told() -> None:
    row = here.decided(here.cast(), 70)
    mine = here.result_of(here.results(row)[0].application)
    with pytest.raises(MoveNotAllowed):
        actions.accept(mine, by=mine.application.person, at=NOON)


def test_there_is_nothing_to_accept_for_who_was_not_selected() -> None:
    cast = here.cast()
    row = here.released(cast, 90, 80, 70)
    result = here.result_of(here.results(row)[2].application)
    with pytest.raises(Refused, match="it offers a place"):
        actions.accept(result, by=result.application.person, at=NOON)


def test_a_late_reply_is_refused_with_both_times_but_declining_is_never_too_late() -> None:
    cast = here.cast()
    closes = datetime(2027, 4, 14, 16, tzinfo=UTC)
    intake.deadline("reply_by", cast.mission, closes)
    row = here.released(cast, 90)
    result = here.result_of(here.results(row)[0].application)
    late = datetime(2027, 4, 14, 17, tzinfo=UTC)
    with pytest.raises(
        actions.ReplyTooLate, match=r"17:00 in Dublin \(Thu 15 Apr, 01:00 in To"
    ):
        actions.accept(result, by=result.application.person, at=late)
    actions.decline(result, by=result.application.person, at=late)


def test_the_mission_keeps_paper_replies_all_or_none() -> None:
    cast = here.cast()
    row = here.released(cast, 90, 80, 70)
    shortlisted, alternate, unlucky = (
        here.result_of(one.application) for one in here.results(row)
    )
    with pytest.raises(Refused):
        actions.accept_many([shortlisted, unlucky], by=cast.officer, at=NOON)
    assert actions.accept_many([shortlisted, alternate], by=cast.officer, at=NOON) == 2
    states = [one.state for one in here.results(row)]
    assert states == [ResultState.ACCEPTED, ResultState.ACCEPTED, ResultState.TOLD]
    assert actions.accept_many([], by=cast.officer, at=NOON) == 0
