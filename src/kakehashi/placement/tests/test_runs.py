import json
from collections.abc import Callable

import pytest
from pytest_django import Settings

from kakehashi.directory.rules import Role
from kakehashi.directory.tests import factories as directory
from kakehashi.intake.tests import factories as intake
from kakehashi.kernel import jobs
from kakehashi.kernel.lifecycle import MoveNotAllowed
from kakehashi.kernel.models import JobRun, Trace
from kakehashi.kernel.models import RunState as JobState
from kakehashi.kernel.policy import Refused
from kakehashi.placement import actions, queries
from kakehashi.placement.actions import runs
from kakehashi.placement.lifecycle import PlacementState, RunState
from kakehashi.placement.models import Placement, Rejection, Run, Weight
from kakehashi.placement.rules import commitment
from kakehashi.placement.tests import factories as make

pytestmark = pytest.mark.django_db
NOON = directory.NOON


class Killed(BaseException):
    """Stands for a worker that is gone from one moment to the next."""


def started() -> Run:
    make.weights()
    return actions.start_run(intake.year(), by=make.clair(), at=NOON)


def test_a_run_places_people_with_reasons_that_add_up() -> None:
    here = make.accepted(setting="rural")
    prefecture = directory.prefecture("31")
    (application,) = make.people({"wish_2": prefecture, "setting": "urban"})
    run = make.solved()

    (placement,) = Placement.objects.filter(run=run)
    assert (placement.application, placement.request) == (application, here)
    assert (placement.state, placement.wish_met) == (PlacementState.PROPOSED, 2)
    assert placement.parts == [["wish-2", 100], ["area-opposite", 60]]
    assert placement.cost == 160
    assert (run.state, run.is_proved, run.failure) == (RunState.SOLVED, True, "")
    assert run.verdict["sound"] is True
    assert len(run.verdict["lines"]) == 3


def test_the_levels_of_a_run_are_told_in_plain_words() -> None:
    make.accepted(seats=2)
    make.people({})
    levels = queries.levels_of(make.solved())

    assert [(str(level.name), level.value, level.is_settled) for level in levels[:4]] == [
        ("Places below the agreed least", 0, True),
        ("People without a place", 0, True),
        ("Seats left empty, priority 1", 1, True),
        ("Wishes missed (sum of weights)", 0, True),
    ]


def test_a_run_keeps_whom_it_leaves_and_which_seats_stay_empty() -> None:
    office = make.organisation()
    empty = make.accepted(office, licence_required=True, seats=2)
    (left,) = make.people({})
    run = make.solved()

    assert run.counts["unplaced"] == [left.pk]
    assert run.counts["unfilled"] == {str(empty.pk): 2}
    assert run.counts["hosts"] == {str(office.parent_id): [2, 0]}


def test_the_seed_is_committed_in_the_trail_before_the_market_is_built() -> None:
    run = started()

    assert run.market == ""
    assert run.seed_commitment == commitment(run.seed, run.salt)
    lines = Trace.objects.filter(deed="commit_seed").values_list("thing", flat=True)
    assert list(lines) == [f"placement.seed/{run.seed_commitment}"]


def test_two_runs_never_have_the_same_seed() -> None:
    one = started()
    jobs.drain()
    other = started()

    assert one.seed != other.seed
    assert (one.number, other.number) == (1, 2)


def test_a_run_needs_every_weight() -> None:
    make.weights()
    Weight.objects.filter(code="wish-2").delete()

    with pytest.raises(actions.WeightsMissing, match="wish-2"):
        actions.start_run(intake.year(), by=make.clair(), at=NOON)
    assert Run.objects.count() == JobRun.objects.count() == 0


def test_one_run_of_a_year_is_computed_at_a_time() -> None:
    run = started()

    with pytest.raises(actions.RunGoingOn):
        actions.start_run(intake.year(), by=make.clair(), at=NOON)
    assert list(Run.objects.all()) == [run]


@pytest.mark.parametrize("role", [Role.PLACEMENT_COMMITTEE, Role.AUDITOR, Role.MOFA, Role.HOST])
def test_only_clair_starts_stops_and_sets_runs_aside(role: Role) -> None:
    run = started()
    person = directory.officer(role)

    for act in (
        lambda: actions.start_run(run.year, by=person, at=NOON),
        lambda: actions.stop(run, by=person, at=NOON),
        lambda: actions.discard(run, by=person, at=NOON),
    ):
        with pytest.raises(Refused):
            act()


def test_a_worker_that_was_killed_solves_the_same_market_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    make.accepted()
    make.people({})
    run = started()

    def killed(*_args: object) -> None:
        raise Killed

    monkeypatch.setattr(runs, "_solve", killed)
    with pytest.raises(Killed):
        jobs.drain()
    run.refresh_from_db()
    market = run.market
    assert (run.state, bool(market)) == (RunState.WAITING, True)

    monkeypatch.undo()
    make.accepted()
    assert run.job is not None
    JobRun.objects.update(taken_at=None)
    jobs.perform(run.job.pk)
    jobs.perform(run.job.pk)
    run.refresh_from_db()
    assert (run.state, run.market) == (RunState.SOLVED, market)
    assert Placement.objects.filter(run=run).count() == 1


def test_a_run_done_twice_is_stored_once() -> None:
    make.accepted()
    make.people({})
    run = make.solved()
    assert run.job is not None

    runs.compute(run.job, run.pk)
    assert Placement.objects.filter(run=run).count() == 1
    assert Rejection.objects.filter(run=run).count() == 0


def test_a_failed_run_keeps_the_kind_of_fault_and_none_of_its_words(
    monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    settings.KAKEHASHI_JOBS_RAISE = False
    run = started()

    def broken(*_args: object) -> None:
        raise ValueError("Aoife Byrne has asthma")

    monkeypatch.setattr(runs, "market_of", broken)
    jobs.drain()
    run.refresh_from_db()
    assert (run.state, run.failure) == (RunState.FAILED, "ValueError")
    job = JobRun.objects.get()
    assert job.state == JobState.FAILED
    assert "asthma" not in job.failure


def test_a_run_that_the_queue_ends_for_taking_too_long_has_failed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    run = started()

    def late(*_args: object) -> None:
        raise SystemExit

    monkeypatch.setattr(runs, "_solve", late)
    with pytest.raises(SystemExit):
        jobs.drain()
    run.refresh_from_db()
    assert (run.state, run.failure) == (RunState.FAILED, "SystemExit")


def test_reasons_that_do_not_add_up_are_never_stored(
    monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    settings.KAKEHASHI_JOBS_RAISE = False
    make.accepted()
    make.people({"wish_1": directory.prefecture("13")})
    run = started()
    monkeypatch.setattr("kakehashi.placement.actions.results.cost_of", lambda _parts: 1)
    jobs.drain()
    run.refresh_from_db()

    assert (run.state, run.failure) == (RunState.FAILED, "CostsDiffer")
    assert Placement.objects.count() == 0


def test_a_stopped_run_keeps_the_best_plan_it_had_without_a_proof() -> None:
    make.accepted()
    make.people({})
    run = started()
    build: Callable[..., None] = runs._build

    def then_stop(run: Run) -> None:
        build(run)
        actions.stop(run, by=make.clair(), at=NOON)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(runs, "_build", then_stop)
        jobs.drain()
    run.refresh_from_db()

    assert (run.state, run.is_proved) == (RunState.SOLVED, False)
    assert json.loads(run.plan)["proved"] is False
    assert run.verdict["sound"] is True


def test_a_run_stopped_before_it_began_has_no_plan() -> None:
    run = started()
    actions.stop(run, by=make.clair(), at=NOON)
    jobs.drain()
    run.refresh_from_db()

    assert (run.state, run.failure, run.plan) == (RunState.FAILED, "Stopped", "")


def test_a_solved_run_cannot_be_stopped() -> None:
    run = make.solved()

    with pytest.raises(MoveNotAllowed):
        actions.stop(run, by=make.clair(), at=NOON)


def test_a_run_that_is_set_aside_while_it_is_computed_stores_nothing() -> None:
    make.accepted()
    make.people({})
    run = started()
    build: Callable[..., None] = runs._build

    def then_discard(run: Run) -> None:
        build(run)
        actions.discard(Run.objects.get(pk=run.pk), by=make.clair(), at=NOON)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(runs, "_build", then_discard)
        jobs.drain()
    run.refresh_from_db()

    assert (run.state, run.plan) == (RunState.DISCARDED, "")
    assert Placement.objects.count() == 0


def test_taking_the_sealed_files_stands_in_the_trail() -> None:
    run = make.solved()
    auditor = directory.officer(Role.AUDITOR)
    actions.open_sealed(run, by=auditor, at=NOON)

    line = Trace.objects.get(deed="open_sealed")
    assert (line.thing, line.kind) == (run.key, "view")
    with pytest.raises(Refused):
        actions.open_sealed(run, by=directory.officer(Role.PLACEMENT_COMMITTEE), at=NOON)


def test_a_rejected_need_is_named_to_clair_alone() -> None:
    make.accepted(family_housing=False)
    (application,) = make.people({"dependants": 2})
    run = make.solved()

    def said(role: Role) -> list[str]:
        reasons = queries.reasons_for(directory.officer(role), run, application)
        return [str(reason.says) for reason in reasons]

    assert said(Role.CLAIR_PLACEMENT) == ["The post has no housing for a family."]
    assert said(Role.PLACEMENT_COMMITTEE) == ["A need that may not be named here."]
    assert said(Role.HOST) == []
