"""A round is opened once, ranks against the plan, and can be taken back."""

import pytest

from kakehashi.directory.rules import Role
from kakehashi.directory.tests import factories as make
from kakehashi.intake.tests import factories as intake
from kakehashi.kernel.lifecycle import MoveNotAllowed
from kakehashi.kernel.models import Post
from kakehashi.kernel.policy import Refused
from kakehashi.selection import actions
from kakehashi.selection.lifecycle import ResultState, RoundState
from kakehashi.selection.models import Result
from kakehashi.selection.rules import Outcome
from kakehashi.selection.tests import factories as here

pytestmark = pytest.mark.django_db
NOON, LATER = here.NOON, here.LATER


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
    assert [(one.outcome, one.rank, int(one.total_points)) for one in here.results(row)] == [
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
        here.met(cast, late)
    actions.draft_results(row, by=cast.officer, at=NOON)
    actions.reopen(row, by=cast.officer, at=NOON)
    assert (row.state, row.batch) == (RoundState.OPEN, None)
    assert not Result.objects.exists()
    assert not Post.objects.filter(cancelled_at=None).exclude(decision="").exists()
    here.met(cast, late)
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
