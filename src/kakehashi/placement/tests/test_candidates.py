"""Candidates are told by their mission: the same day, or so many working days later."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from kakehashi.directory.models import Person
from kakehashi.directory.rules import Role
from kakehashi.directory.tests import factories as directory
from kakehashi.intake.models import DayOff
from kakehashi.kernel import clock, jobs
from kakehashi.kernel.lifecycle import MoveNotAllowed
from kakehashi.kernel.models import Batch, BatchState, Post
from kakehashi.kernel.outbox import WrongCount, waiting
from kakehashi.kernel.policy import Refused
from kakehashi.placement import actions, queries
from kakehashi.placement.lifecycle import PlacementState
from kakehashi.placement.models import Placement, Run, StepTime
from kakehashi.placement.queries.lists import placement_for_applicant
from kakehashi.placement.tests import factories as make
from kakehashi.placement.tests.pages import as_, at, read

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _the_clock_is_set_back() -> Iterator[None]:
    before = clock.now()
    yield
    clock.live_at(before)


NOON = directory.NOON  # Thursday 1 October 2026, noon in Tokyo
TEN = datetime(2026, 10, 15, 8, tzinfo=UTC)  # ten working days on, nine o'clock in Dublin
CANDIDATE, MISSION = (
    "placement/placement_notice_candidate",
    "placement/placement_notice_mission",
)


def days_of_mission(days: int = 10) -> StepTime:
    return actions.set_days_of_mission(
        directory.mission("dublin"), working_days=days, by=make.clair(), at=NOON
    )


def released(people: int = 1) -> tuple[Run, list[Placement]]:
    """Release a run whose mission tells its candidates after ten working days."""
    days_of_mission()
    make.accepted(seats=people)
    make.people(*[{} for _ in range(people)])
    run = make.solved()
    make.resolved(run)
    actions.draft_notices(run, by=make.clair(), at=NOON)
    letters = queries.letters_of(run).count()
    actions.release_run(run, count=letters, by=make.clair(), at=NOON)
    clock.live_at(NOON)
    jobs.drain(at=NOON)
    return run, make.told(run)


def told(person: Person) -> list[str]:
    """List the letters of placement that have left to somebody."""
    rows = Post.objects.filter(to=person, letter__startswith="placement/")
    return list(rows.exclude(sent_at=None).order_by("pk").values_list("letter", flat=True))


def sees(person: Person, placement: Placement) -> bool:
    return queries.placements_for(person).filter(pk=placement.pk).exists()


def test_a_candidate_knows_nothing_before_the_day_of_their_mission() -> None:
    run, (placement,) = released()
    candidate, mission = placement.person, directory.officer(Role.MISSION)

    assert placement.state == PlacementState.TOLD
    assert queries.candidate_told_at(placement) == TEN
    assert told(candidate) == []
    assert not sees(candidate, placement)
    assert read(candidate, "mine").count(str(placement.request.organisation)) == 0
    assert as_(candidate).get(at("placement", placement.pk)).status_code == 404
    assert sees(make.officer_of(placement.request.organisation), placement)
    assert sees(mission, placement)
    (letter,) = Post.objects.filter(letter=MISSION, batch=run.batch).distinct()[:1]
    assert "10 working days from today" in letter.body

    clock.live_at(TEN - timedelta(minutes=1))
    jobs.drain(at=TEN - timedelta(minutes=1))
    assert told(candidate) == []
    clock.live_at(TEN)
    jobs.drain(at=TEN)
    assert told(candidate) == [CANDIDATE]
    assert sees(candidate, placement)
    assert as_(candidate).get(at("mine")).status_code == 200


def test_the_applicants_own_page_says_nothing_either() -> None:
    run, (placement,) = released()
    before = as_(placement.person).get(at("mine")).content.decode()
    assert str(placement.request.organisation) not in before
    assert placement_for_applicant(placement.application) is None
    clock.live_at(TEN)
    jobs.drain(at=TEN)
    assert placement_for_applicant(placement.application) is not None
    assert run.state == "released"


def test_days_off_at_the_mission_are_no_working_days() -> None:
    office = directory.mission("dublin")
    days_of_mission()
    DayOff.objects.create(
        office=office,
        kind="closed",
        first_on=NOON.date() + timedelta(days=4),  # Monday and Tuesday
        last_on=NOON.date() + timedelta(days=5),
        source="test",
    )
    assert queries.candidates_told_at(office, NOON) == TEN + timedelta(days=4)
    assert queries.candidates_told_at(directory.mission("paris", "FR"), NOON) == NOON


def test_accepting_somebody_brings_their_letter_first_and_theirs_alone() -> None:
    _run, (one, other) = released(people=2)
    organisation = make.officer_of(one.request.organisation)
    clock.live_at(NOON)
    actions.agree(one, by=organisation, at=NOON)
    jobs.drain(at=NOON)

    assert told(one.person) == [CANDIDATE, "placement/placement_accepted"]
    assert sees(one.person, one)
    assert (told(other.person), sees(other.person, other)) == ([], False)
    clock.live_at(TEN)
    jobs.drain(at=TEN)
    assert told(one.person) == [CANDIDATE, "placement/placement_accepted"]
    assert told(other.person) == [CANDIDATE]


def test_a_place_vacated_before_the_day_takes_the_letter_away() -> None:
    _run, (placement,) = released()
    actions.object(
        placement,
        ground="The post was cut.",
        by=make.officer_of(placement.request.organisation),
        at=NOON,
    )
    actions.vacate(placement, ground="The objection is upheld.", by=make.clair(), at=NOON)
    clock.live_at(TEN)
    jobs.drain(at=TEN)
    assert told(placement.person) == []
    assert not Post.objects.filter(letter="placement/place_withdrawn").exists()


def test_once_told_a_candidate_is_told_of_the_end_as_well() -> None:
    _run, (placement,) = released()
    clock.live_at(TEN)
    jobs.drain(at=TEN)
    actions.vacate(placement, ground="The post was cut.", by=make.clair(), at=TEN)
    jobs.drain(at=TEN)
    assert told(placement.person) == [CANDIDATE, "placement/place_withdrawn"]


def test_the_count_is_that_of_all_letters_and_all_are_drafted_anew_together() -> None:
    days_of_mission()
    make.accepted(seats=2)
    make.people({}, {})
    run, clair = make.solved(), make.clair()
    make.resolved(run)
    own = actions.draft_notices(run, by=clair, at=NOON)
    actions.draft_notices(run, by=clair, at=NOON)
    own.refresh_from_db()
    assert own.state == BatchState.CANCELLED
    batches = queries.batches_for(run)
    assert [batch.state for batch in batches] == [BatchState.DRAFT, BatchState.DRAFT]
    letters = sum(waiting(batch) for batch in batches)
    assert letters == queries.letters_of(run).count()
    with pytest.raises(WrongCount):
        actions.release_run(run, count=waiting(batches[0]), by=clair, at=NOON)
    assert "Candidates who are told later" in read(clair, "notices", run.pk)

    actions.release_run(run, count=letters, by=clair, at=NOON)
    assert "15 October 2026" in read(clair, "notices", run.pk)
    actions.take_back(run, by=clair, at=NOON)
    assert {batch.state for batch in queries.batches_for(run)} == {BatchState.DRAFT}
    actions.discard(run, by=clair, at=NOON)
    assert queries.batches_for(run) == []
    assert not Placement.objects.exclude(notice=None).exists()


def test_nothing_is_taken_back_once_a_letter_has_left() -> None:
    run, _placements = released()
    with pytest.raises(MoveNotAllowed):
        actions.take_back(run, by=make.clair(), at=NOON)
    assert Batch.objects.filter(about=run.key, state=BatchState.RELEASED).count() == 1


def test_only_clair_sets_the_days_of_a_mission() -> None:
    clair, mission = make.clair(), directory.mission("dublin")
    page = at("set_days_of_mission")
    assert page in read(clair, "rules")
    wrong = as_(clair).post(page, {"mission": mission.pk, "working_days": "soon"})
    assert wrong.status_code == 422
    as_(clair).post(page, {"mission": mission.pk, "working_days": "5"})
    as_(clair).post(page, {"mission": mission.pk, "working_days": "6", "source": "Talk of May"})
    (row,) = StepTime.objects.all()
    assert (row.code, row.working_days, row.assumed) == ("candidate/dublin", 6, False)
    officer = directory.officer(Role.MISSION)
    assert as_(officer).get(page).status_code == 403
    with pytest.raises(Refused):
        actions.set_days_of_mission(mission, working_days=1, by=officer, at=NOON)
