"""Readers are assigned in turn, declare first, and score once; interviewers keep their sheets."""

import pytest
from pytest_django import DjangoAssertNumQueries

from kakehashi.directory.rules import Role
from kakehashi.directory.tests import factories as make
from kakehashi.kernel.lifecycle import MoveNotAllowed
from kakehashi.kernel.policy import Refused
from kakehashi.kernel.testing import assert_sound
from kakehashi.kernel.trail import lines_about
from kakehashi.recruitment import actions as recruitment
from kakehashi.selection import actions
from kakehashi.selection.lifecycle import RESULT, ROUND, SCREENING, ResultState
from kakehashi.selection.models import InterviewScore, Result, Screening
from kakehashi.selection.policy import results as result_policy
from kakehashi.selection.policy import rounds, screenings
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
        with django_assert_num_queries(19):
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
        with pytest.raises(
            Refused, match="You can do this only if it was given to you to read"
        ):
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
        here.met(cast, application, points=points)


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


def test_an_interviewer_hands_in_their_own_sheet_once() -> None:
    cast = here.cast()
    (application,) = here.applied(cast)
    sheet = here.met(cast, application)
    assert (sheet.points, sheet.japanese_level, sheet.held_on) == (60, "N4", here.HELD_ON)
    assert deeds(sheet) == ["record_interview"]
    with pytest.raises(actions.AlreadyRecorded, match="in already"):
        here.met(cast, application)


def test_the_mission_types_the_sheets_that_came_on_paper() -> None:
    cast = here.cast()
    (application,) = here.applied(cast)
    assert here.met(cast, application, by=cast.officer).interviewer == cast.interviewer
    with pytest.raises(actions.NotAnInterviewer):
        here.met(cast, application, interviewer=cast.reader, by=cast.officer)


def test_others_record_no_interview() -> None:
    cast, other = here.cast(), here.cast("london")
    (application,) = here.applied(cast)
    for by in (other.interviewer, cast.reader, application.person):
        with pytest.raises(Refused, match="you interview for its embassy or consulate"):
            here.met(cast, application, interviewer=by)


def test_nobody_interviews_before_the_papers_are_complete() -> None:
    cast = here.cast()
    (application,) = here.applied(cast)
    recruitment.withdraw(application, by=application.person, at=NOON)
    with pytest.raises(MoveNotAllowed, match="Only complete applications"):
        here.met(cast, application)
