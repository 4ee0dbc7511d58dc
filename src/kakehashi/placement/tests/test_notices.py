import pytest

from kakehashi.councils.queries import NoResolution
from kakehashi.directory.rules import Role
from kakehashi.directory.tests import factories as directory
from kakehashi.intake.tests import factories as intake
from kakehashi.kernel import jobs
from kakehashi.kernel.lifecycle import MoveNotAllowed
from kakehashi.kernel.models import BatchState, Post
from kakehashi.kernel.outbox import WrongCount, waiting
from kakehashi.kernel.policy import Refused
from kakehashi.placement import actions, figures
from kakehashi.placement.lifecycle import PlacementState, RunState
from kakehashi.placement.models import Placement, Run
from kakehashi.placement.tests import factories as make

pytestmark = pytest.mark.django_db
NOON = directory.NOON


def small_run(seats: int = 1, people: int = 1) -> Run:
    office = make.organisation()
    make.accepted(office, seats=seats)
    make.host_officer(office, language="ja")
    make.people(*[{} for _ in range(people)])
    return make.solved()


def states() -> set[str]:
    return set(Placement.objects.values_list("state", flat=True))


def test_every_side_has_a_letter_of_its_own_in_its_language() -> None:
    run = small_run(seats=2, people=2)
    batch = actions.draft_notices(run, by=make.clair(), at=NOON)

    letters = Post.objects.filter(batch=batch).order_by("pk")
    kinds = [letter.letter.removeprefix("placement/placement_notice_") for letter in letters]
    assert kinds[:2] == ["candidate", "candidate"]
    assert kinds.count("organisation") == 1
    hosts = [letter for letter in letters if letter.letter.endswith("host")]
    assert {letter.language for letter in hosts} == {"en", "ja"}
    assert run.batch == batch
    assert states() == {PlacementState.PROPOSED}


def test_drafts_can_be_drafted_again_and_the_old_ones_are_thrown_away() -> None:
    run, clair = small_run(), make.clair()
    old = actions.draft_notices(run, by=clair, at=NOON)
    new = actions.draft_notices(run, by=clair, at=NOON)
    old.refresh_from_db()

    assert (old.state, new.state) == (BatchState.CANCELLED, BatchState.DRAFT)
    live = Post.objects.filter(cancelled_at=None).exclude(decision="")
    assert [letter.batch for letter in live if letter.about.startswith("placement")] == [new]


def test_a_release_tells_everybody_at_once() -> None:
    run, clair = small_run(), make.clair()
    make.resolved(run)
    batch = actions.draft_notices(run, by=clair, at=NOON)
    actions.release_run(run, count=waiting(batch), by=clair, at=NOON)

    (placement,) = Placement.objects.all()
    assert (placement.state, placement.told_at) == (PlacementState.TOLD, NOON)
    assert (run.state, run.released_at) == (RunState.RELEASED, NOON)
    assert figures.placed(intake.year()) == 1
    jobs.drain()
    batch.refresh_from_db()
    assert batch.state == BatchState.SENT


def test_nothing_is_released_without_a_resolution() -> None:
    run, clair = small_run(), make.clair()
    batch = actions.draft_notices(run, by=clair, at=NOON)

    with pytest.raises(NoResolution):
        actions.release_run(run, count=waiting(batch), by=clair, at=NOON)
    assert states() == {PlacementState.PROPOSED}


def test_nothing_is_released_when_the_number_typed_is_another() -> None:
    run, clair = small_run(), make.clair()
    make.resolved(run)
    batch = actions.draft_notices(run, by=clair, at=NOON)

    with pytest.raises(WrongCount):
        actions.release_run(run, count=waiting(batch) + 1, by=clair, at=NOON)
    assert states() == {PlacementState.PROPOSED}
    assert Run.objects.get().state == RunState.SOLVED


def test_nothing_is_released_before_it_was_drafted() -> None:
    run = small_run()
    make.resolved(run)

    with pytest.raises(MoveNotAllowed):
        actions.release_run(run, count=0, by=make.clair(), at=NOON)


@pytest.mark.parametrize("role", [Role.PLACEMENT_COMMITTEE, Role.AUDITOR, Role.MOFA])
def test_only_clair_drafts_releases_and_takes_back(role: Role) -> None:
    run = small_run()
    make.resolved(run)
    actions.draft_notices(run, by=make.clair(), at=NOON)
    person = directory.officer(role)

    for act in (
        lambda: actions.draft_notices(run, by=person, at=NOON),
        lambda: actions.release_run(run, count=1, by=person, at=NOON),
        lambda: actions.take_back(run, by=person, at=NOON),
    ):
        with pytest.raises(Refused):
            act()


def test_a_plan_without_a_proof_is_released_only_with_a_reason() -> None:
    run, clair = small_run(), make.clair()
    Run.objects.filter(pk=run.pk).update(is_proved=False)
    run.refresh_from_db()
    make.resolved(run)
    batch = actions.draft_notices(run, by=clair, at=NOON)
    count = waiting(batch)

    with pytest.raises(actions.Unproved):
        actions.release_run(run, count=count, by=clair, at=NOON, reason=" ")
    actions.release_run(run, count=count, by=clair, at=NOON, reason="The committee agrees.")
    assert run.unproved_reason == "The committee agrees."


@pytest.mark.parametrize("field", ["market", "plan"])
def test_altered_bytes_are_never_released(field: str) -> None:
    run, clair = small_run(seats=2), make.clair()
    make.resolved(run)
    batch = actions.draft_notices(run, by=clair, at=NOON)
    text = getattr(run, field)
    altered = text.replace('"seats":2', '"seats":3').replace('"value":1', '"value":0')
    assert altered != text
    Run.objects.filter(pk=run.pk).update(**{field: altered})

    with pytest.raises(actions.NotSound):
        actions.release_run(run, count=waiting(batch), by=clair, at=NOON)
    assert states() == {PlacementState.PROPOSED}


def test_whoever_declines_after_the_draft_makes_it_out_of_date() -> None:
    office = make.organisation()
    make.accepted(office, seats=2)
    leaving, _staying = make.people({}, {})
    run, clair = make.solved(), make.clair()
    make.resolved(run)
    batch = actions.draft_notices(run, by=clair, at=NOON)
    make.withdraw(leaving)

    with pytest.raises(actions.NoticesOutOfDate):
        actions.release_run(run, count=waiting(batch), by=clair, at=NOON)
    batch = actions.draft_notices(run, by=clair, at=NOON)
    actions.release_run(run, count=waiting(batch), by=clair, at=NOON)
    assert sorted(states()) == [PlacementState.PROPOSED, PlacementState.TOLD]


def test_two_runs_cannot_tell_the_same_person() -> None:
    make.accepted(seats=2)
    make.people({})
    one, other, clair = make.solved(), make.solved(), make.clair()
    make.released(one)

    with pytest.raises(actions.TakenMeanwhile):
        actions.draft_notices(other, by=clair, at=NOON)
    assert states() == {PlacementState.TOLD, PlacementState.PROPOSED}


def test_two_runs_cannot_be_drafted_at_once() -> None:
    make.accepted(seats=2)
    make.people({})
    one, other, clair = make.solved(), make.solved(), make.clair()
    actions.draft_notices(one, by=clair, at=NOON)

    with pytest.raises(actions.TakenMeanwhile, match="run 1"):
        actions.draft_notices(other, by=clair, at=NOON)
    actions.discard(one, by=clair, at=NOON)
    assert waiting(actions.draft_notices(other, by=clair, at=NOON)) > 0


def test_a_seat_that_another_run_has_filled_is_not_given_twice() -> None:
    make.accepted(seats=1)
    first, second = make.people({}, {})
    one, other, clair = make.solved(seed="x"), make.solved(seed="x"), make.clair()
    Placement.objects.filter(run=other).delete()
    placed = Placement.objects.get(run=one).application_id
    late = first if placed == second.pk else second
    copy = Placement.objects.get(run=one)
    copy.pk, copy.run, copy.application, copy.person = None, other, late, late.person
    copy.save()
    make.released(one)

    with pytest.raises(actions.TakenMeanwhile):
        actions.draft_notices(other, by=clair, at=NOON)


def test_alternates_are_not_told_before_they_are_upgraded() -> None:
    make.accepted(seats=2)
    make.people({}, {"outcome": "alternate", "rank": 1})
    run = make.solved(with_alternates=True)
    make.released(run)

    assert Placement.objects.count() == 2
    assert Placement.objects.filter(state=PlacementState.TOLD).count() == 1


def test_a_run_with_nobody_to_tell_has_no_notices() -> None:
    make.accepted()
    run = make.solved()

    with pytest.raises(actions.NothingToTell):
        actions.draft_notices(run, by=make.clair(), at=NOON)


def test_a_release_can_be_taken_back_until_it_is_sent() -> None:
    run, clair = small_run(), make.clair()
    make.released(run)
    actions.take_back(run, by=clair, at=NOON)

    (placement,) = Placement.objects.all()
    assert (placement.state, placement.told_at) == (PlacementState.PROPOSED, None)
    assert (run.state, run.released_at) == (RunState.SOLVED, None)
    jobs.drain()
    assert Post.objects.filter(batch=run.batch, sent_at=None).count() == waiting(run.batch)  # type: ignore[arg-type]  # drafted above


def test_what_has_been_sent_cannot_be_taken_back() -> None:
    run, clair = small_run(), make.clair()
    make.released(run)
    jobs.drain()
    run.refresh_from_db()

    with pytest.raises(MoveNotAllowed):
        actions.take_back(run, by=clair, at=NOON)
    assert states() == {PlacementState.TOLD}


def test_a_run_that_is_set_aside_throws_its_drafts_away() -> None:
    run, clair = small_run(), make.clair()
    batch = actions.draft_notices(run, by=clair, at=NOON)
    actions.discard(run, by=clair, at=NOON)
    batch.refresh_from_db()

    assert (run.state, batch.state) == (RunState.DISCARDED, BatchState.CANCELLED)
    assert waiting(batch) == 0
