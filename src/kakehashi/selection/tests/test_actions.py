"""What can be done in selection, by whom, and what happens to whoever comes too late."""

from datetime import UTC, datetime

import pytest
from pytest_django import DjangoAssertNumQueries

from kakehashi.councils.queries import NoResolution
from kakehashi.councils.tests.factories import resolution
from kakehashi.directory.models import Person
from kakehashi.directory.rules import Role
from kakehashi.directory.tests import factories as make
from kakehashi.intake.tests import factories as intake
from kakehashi.kernel import jobs
from kakehashi.kernel.lifecycle import MoveNotAllowed
from kakehashi.kernel.models import BatchState, Post
from kakehashi.kernel.outbox import WrongCount
from kakehashi.kernel.policy import Refused
from kakehashi.kernel.testing import assert_sound
from kakehashi.kernel.trail import lines_about, verify_trail
from kakehashi.recruitment import actions as recruitment
from kakehashi.recruitment.models import Application
from kakehashi.selection import actions
from kakehashi.selection.lifecycle import RESULT, ROUND, SCREENING, ResultState, RoundState
from kakehashi.selection.models import InterviewScore, Result, Screening
from kakehashi.selection.policy import results as result_policy
from kakehashi.selection.policy import rounds, screenings
from kakehashi.selection.rules import Outcome
from kakehashi.selection.tests import factories as here

pytestmark = pytest.mark.django_db
NOON, LATER = here.NOON, here.LATER


def deeds(thing: Screening | Result | InterviewScore) -> list[str]:
    return [line.deed for line in reversed(lines_about([thing.key]))]


def test_the_lifecycles_are_sound() -> None:
    assert_sound(SCREENING, screenings, actions)
    assert_sound(ROUND, rounds, actions)
    assert RESULT.reachable() == set(ResultState)
    assert set(result_policy.lines) == {"accept", "decline"}


# ── reading ──


def test_readings_are_assigned_in_turn_and_not_twice() -> None:
    cast = here.cast()
    second = make.officer(Role.READER, cast.mission)
    found = here.applied(cast, 3)
    readers = [cast.reader, second]
    assert actions.assign(found, readers=readers, each=1, by=cast.officer, at=NOON) == 3
    assert actions.assign(found, readers=readers, each=1, by=cast.officer, at=NOON) == 0
    assert actions.assign(found, readers=readers, each=2, by=cast.mofa, at=NOON) == 3
    loads = [Screening.objects.filter(reader=reader).count() for reader in readers]
    assert loads == [3, 3]
    assert deeds(Screening.objects.earliest("pk")) == ["assign"]


def test_only_those_in_charge_assign_and_only_readers_of_the_mission_read() -> None:
    cast, other = here.cast(), here.cast("london")
    found = here.applied(cast)
    for by in (cast.reader, other.officer, found[0].person):
        with pytest.raises(Refused, match="you coordinate for its embassy or consulate"):
            actions.assign(found, readers=[cast.reader], each=1, by=by, at=NOON)
    with pytest.raises(actions.NotAReader):
        actions.assign(found, readers=[other.reader], each=1, by=cast.officer, at=NOON)
    assert not Screening.objects.exists()


def test_assigning_takes_the_same_number_of_queries_for_any_number(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    cast = here.cast()
    found = here.applied(cast, 40)
    actions.assign(found[:1], readers=[cast.reader], each=1, by=cast.officer, at=NOON)
    for some in (found[1:3], found[3:]):
        with django_assert_num_queries(10):
            actions.assign(some, readers=[cast.reader], each=1, by=cast.officer, at=NOON)


def test_nobody_scores_before_saying_that_they_know_nobody_here() -> None:
    cast = here.cast()
    (screening,) = here.assigned(cast, *here.applied(cast))
    with pytest.raises(actions.NotDeclared, match="Say first"):
        actions.score(screening, points=70, comment="", by=cast.reader, at=NOON)
    here.opened(screening)
    actions.score(screening, points=70, comment="Clear", by=cast.reader, at=LATER)
    assert (screening.state, screening.points, screening.comment) == ("scored", 70, "Clear")
    assert (screening.declared_at, screening.scored_at) == (NOON, LATER)
    assert deeds(screening) == ["assign", "open_copy", "score"]


def test_a_reader_scores_their_own_queue_alone() -> None:
    cast, other = here.cast(), here.cast("london")
    (screening,) = here.assigned(cast, *here.applied(cast))
    here.opened(screening)
    for by in (cast.officer, other.reader, cast.mofa, screening.application.person):
        with pytest.raises(Refused, match="You can do this only if it was given to you to read"):
            actions.score(screening, points=70, comment="", by=by, at=NOON)


@pytest.mark.parametrize("points", [-1, 101])
def test_points_go_from_0_to_100(points: int) -> None:
    cast = here.cast()
    (application,) = here.applied(cast)
    (screening,) = here.assigned(cast, application)
    here.opened(screening)
    with pytest.raises(actions.OutOfRange, match="from 0 to 100"):
        actions.score(screening, points=points, comment="", by=cast.reader, at=NOON)
    with pytest.raises(actions.OutOfRange, match="from 0 to 100"):
        met(cast, application, points=points)


def test_a_second_tab_cannot_score_twice() -> None:
    cast = here.cast()
    (screening,) = here.assigned(cast, *here.applied(cast))
    here.opened(screening)
    stale = Screening.objects.select_related("application__year").get(pk=screening.pk)
    actions.score(screening, points=70, comment="", by=cast.reader, at=NOON)
    with pytest.raises(MoveNotAllowed, match="Someone else has moved this on"):
        actions.score(stale, points=10, comment="", by=cast.reader, at=NOON)
    screening.refresh_from_db()
    assert screening.points == 70


def test_who_knows_the_applicant_steps_aside_and_somebody_else_reads() -> None:
    cast = here.cast()
    second = make.officer(Role.READER, cast.mission)
    found = here.applied(cast)
    (screening,) = here.assigned(cast, *found)
    actions.declare_conflict(screening, by=cast.reader, at=NOON)
    with pytest.raises(MoveNotAllowed):
        actions.open_copy(screening, by=cast.reader, at=NOON)
    readers = [cast.reader, second]
    assert actions.assign(found, readers=readers, each=1, by=cast.officer, at=NOON) == 1
    assert Screening.objects.get(state="assigned").reader == second


# ── interviews ──


def met(
    cast: here.Cast,
    application: Application,
    *,
    interviewer: Person | None = None,
    by: Person | None = None,
    points: int = 60,
) -> InterviewScore:
    who = interviewer or cast.interviewer
    return actions.record_interview(
        application,
        interviewer=who,
        points=points,
        japanese_level="N4",
        comment="SECRET",
        held_on=here.HELD_ON,
        by=by or who,
        at=NOON,
    )


def test_an_interviewer_hands_in_their_own_sheet_once() -> None:
    cast = here.cast()
    (application,) = here.applied(cast)
    sheet = met(cast, application)
    assert (sheet.points, sheet.japanese_level, sheet.held_on) == (60, "N4", here.HELD_ON)
    assert deeds(sheet) == ["record_interview"]
    with pytest.raises(actions.AlreadyRecorded, match="in already"):
        met(cast, application)


def test_the_mission_types_the_sheets_that_came_on_paper() -> None:
    cast = here.cast()
    (application,) = here.applied(cast)
    assert met(cast, application, by=cast.officer).interviewer == cast.interviewer
    with pytest.raises(actions.NotAnInterviewer):
        met(cast, application, interviewer=cast.reader, by=cast.officer)


def test_others_record_no_interview() -> None:
    cast, other = here.cast(), here.cast("london")
    (application,) = here.applied(cast)
    for by in (other.interviewer, cast.reader, application.person):
        with pytest.raises(Refused, match="you interview for its embassy or consulate"):
            met(cast, application, interviewer=by)


def test_nobody_interviews_before_the_papers_are_complete() -> None:
    cast = here.cast()
    (application,) = here.applied(cast)
    recruitment.withdraw(application, by=application.person, at=NOON)
    with pytest.raises(MoveNotAllowed, match="Only complete applications"):
        met(cast, application)


# ── rounds ──


def test_a_mission_opens_one_round_a_year() -> None:
    cast, other = here.cast(), here.cast("london")
    row = here.round_of(cast)
    assert (row.state, row.mission) == (RoundState.OPEN, cast.mission)
    with pytest.raises(actions.AlreadyOpen):
        actions.open_round(cast.year, cast.mission, by=cast.mofa, at=NOON)
    with pytest.raises(Refused):
        actions.open_round(cast.year, cast.mission, by=other.officer, at=NOON)


def test_deciding_ranks_against_the_places_of_the_plan() -> None:
    cast = here.cast()
    intake.plan({("IE", "ALT", "a"): 2})
    here.scored(cast, here.applied(cast, 4), 50, 90, 60, 70)
    unmet = here.applied(cast)[0]
    row = here.round_of(cast)
    counts = actions.decide(row, by=cast.officer, at=NOON)
    assert counts == {
        Outcome.SHORTLISTED: 2,
        Outcome.ALTERNATE: 1,
        Outcome.NOT_SELECTED: 2,
    }
    assert [(one.outcome, one.rank, one.total_points) for one in here.results(row)] == [
        ("not_selected", None, 100),
        ("shortlisted", 1, 180),
        ("alternate", 1, 120),
        ("shortlisted", 2, 140),
        ("not_selected", None, 0),
    ]
    assert here.result_of(unmet).interview_points is None
    assert {one.state for one in here.results(row)} == {ResultState.PROPOSED}


def test_a_country_s_places_are_shared_by_complete_applications() -> None:
    dublin, cork = here.cast("dublin"), here.cast("cork")
    intake.plan({("IE", "ALT", "a"): 3})
    here.scored(dublin, here.applied(dublin, 4), 90, 80, 70, 60)
    here.scored(cork, here.applied(cork, 2), 99, 98)
    counts = [
        actions.decide(here.round_of(cast), by=cast.officer, at=NOON)[Outcome.SHORTLISTED]
        for cast in (dublin, cork)
    ]
    assert counts == [2, 1]


def test_without_a_plan_in_force_nobody_is_shortlisted() -> None:
    cast = here.cast()
    here.scored(cast, here.applied(cast), 90)
    counts = actions.decide(here.round_of(cast), by=cast.officer, at=NOON)
    assert counts[Outcome.SHORTLISTED] == 0


def test_once_proposed_scores_stand_still_until_the_proposal_is_taken_back() -> None:
    cast = here.cast()
    late = here.applied(cast)[0]
    row = here.decided(cast, 70)
    with pytest.raises(MoveNotAllowed, match="scores stand still"):
        met(cast, late)
    actions.draft_results(row, by=cast.officer, at=NOON)
    actions.reopen(row, by=cast.officer, at=NOON)
    assert (row.state, row.batch) == (RoundState.OPEN, None)
    assert not Result.objects.exists()
    assert not Post.objects.filter(cancelled_at=None).exclude(decision="").exists()
    met(cast, late)
    assert actions.decide(row, by=cast.officer, at=NOON)[Outcome.SHORTLISTED] == 1


def test_only_those_in_charge_propose() -> None:
    cast, other = here.cast(), here.cast("london")
    row = here.round_of(cast)
    for by in (cast.reader, cast.interviewer, other.officer, make.officer(Role.MIC)):
        with pytest.raises(Refused, match="or work at MOFA's desk"):
            actions.decide(row, by=by, at=NOON)


def test_a_stale_round_is_not_decided_twice() -> None:
    cast = here.cast()
    row = here.round_of(cast)
    stale = type(row).objects.get(pk=row.pk)
    actions.decide(row, by=cast.officer, at=NOON)
    with pytest.raises(MoveNotAllowed):
        actions.decide(stale, by=cast.mofa, at=NOON)


# ── release ──


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
    assert list(batch.letters.values_list("to__email", flat=True)) == ["applicant2@demo.invalid"]
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
    with django_assert_num_queries(47):
        actions.release(row, count=number, by=cast.mofa, at=NOON)


# ── replies ──


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
    with pytest.raises(MoveNotAllowed):
        proposed = here.decided(other, 70, seats=5)
        mine = here.result_of(here.results(proposed)[0].application)
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
    with pytest.raises(actions.ReplyTooLate, match=r"17:00 in Dublin \(Thu 15 Apr, 01:00 in To"):
        actions.accept(result, by=result.application.person, at=late)
    actions.decline(result, by=result.application.person, at=late)


def test_the_mission_keeps_paper_replies_all_or_none() -> None:
    cast = here.cast()
    row = here.released(cast, 90, 80, 70)
    shortlisted, alternate, unlucky = (here.result_of(one.application) for one in here.results(row))
    with pytest.raises(Refused):
        actions.accept_many([shortlisted, unlucky], by=cast.officer, at=NOON)
    assert actions.accept_many([shortlisted, alternate], by=cast.officer, at=NOON) == 2
    states = [one.state for one in here.results(row)]
    assert states == [ResultState.ACCEPTED, ResultState.ACCEPTED, ResultState.TOLD]
    assert actions.accept_many([], by=cast.officer, at=NOON) == 0
