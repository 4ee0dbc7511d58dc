import pytest

from kakehashi.directory.models import Person
from kakehashi.directory.rules import Role
from kakehashi.directory.tests import factories as directory
from kakehashi.kernel.scope import seen_by
from kakehashi.kernel.testing import assert_sound
from kakehashi.placement import actions
from kakehashi.placement.lifecycle import (
    PLACEMENT,
    REQUEST,
    RUN,
    PlacementState,
    RequestState,
    RunState,
)
from kakehashi.placement.models import Placement, Request, Run, Weight
from kakehashi.placement.policy import policy
from kakehashi.placement.tests import factories as make

pytestmark = pytest.mark.django_db


def keys(person: Person, model: type[Request | Placement | Run | Weight]) -> list[int]:
    return sorted(seen_by(person, model).values_list("pk", flat=True))


def test_every_move_of_a_request_has_a_rule_and_an_action() -> None:
    assert_sound(REQUEST, policy, actions)


def test_every_move_of_runs_and_placements_has_a_rule_and_can_be_reached() -> None:
    for lifecycle, states in ((RUN, RunState), (PLACEMENT, PlacementState)):
        assert lifecycle.reachable() == set(states) == set(lifecycle.names)
        assert set(lifecycle.moves) <= set(policy.lines)


def test_a_draft_is_seen_by_its_own_organisation_alone() -> None:
    ours = make.organisation()
    officer = make.officer_of(ours)
    draft = make.draft(ours, officer)

    assert keys(officer, Request) == [draft.pk]
    assert keys(make.host_officer(ours), Request) == []
    assert keys(make.clair(), Request) == []


def test_a_filed_request_is_seen_by_its_host_body_and_clair() -> None:
    ours = make.organisation()
    officer = make.officer_of(ours)
    draft = make.draft(ours, officer)
    actions.file(draft, by=officer, at=directory.NOON)

    assert keys(make.host_officer(ours), Request) == [draft.pk]
    assert keys(make.clair(), Request) == [draft.pk]
    assert keys(make.host_officer(make.organisation(host="pref-13")), Request) == []
    assert keys(make.officer_of(make.organisation()), Request) == []
    assert keys(directory.officer(Role.PLACEMENT_COMMITTEE), Request) == []
    assert keys(directory.officer(Role.AUDITOR), Request) == []


def test_the_committee_and_the_auditor_see_what_was_accepted() -> None:
    accepted = make.accepted()
    make.draft()

    assert keys(directory.officer(Role.PLACEMENT_COMMITTEE), Request) == [accepted.pk]
    assert keys(directory.officer(Role.AUDITOR), Request) == [accepted.pk]


@pytest.mark.parametrize("role", list(Role))
def test_runs_and_their_rules_are_for_clair_the_committee_and_the_auditor(role: Role) -> None:
    make.accepted()
    run = make.solved()
    person = directory.officer(role)
    desk = (Role.CLAIR_PLACEMENT, Role.PLACEMENT_COMMITTEE, Role.AUDITOR)

    assert keys(person, Run) == ([run.pk] if role in desk else [])
    assert bool(keys(person, Weight)) == (role in desk)


def test_before_anybody_is_told_only_clair_knows_of_a_placement() -> None:
    request = make.accepted()
    (application,) = make.people({})
    make.solved()
    (placement,) = Placement.objects.all()

    assert keys(make.clair(), Placement) == [placement.pk]
    for person in (
        application.person,
        make.officer_of(request.organisation),
        make.host_officer(request.organisation),
        directory.officer(Role.MISSION),
        directory.officer(Role.MOFA),
        directory.officer(Role.PLACEMENT_COMMITTEE),
    ):
        assert keys(person, Placement) == []


def test_once_told_those_concerned_know_and_nobody_else() -> None:
    placement = make.one_told()
    office = placement.request.organisation
    stranger = make.organisation(host="pref-13")
    knowing = [
        placement.person,
        make.officer_of(office),
        directory.officer(Role.SUPERVISOR, office),
        make.host_officer(office),
        directory.officer(Role.MISSION),
        directory.officer(Role.MOFA),
        directory.officer(Role.MIC),
        directory.officer(Role.MEXT),
        make.clair(),
    ]
    unknowing = [
        make.officer_of(stranger),
        make.officer_of(make.organisation()),
        make.host_officer(stranger),
        directory.officer(Role.MISSION, directory.mission("paris", "FR")),
        directory.officer(Role.AUDITOR),
        directory.officer(Role.PARTICIPANT, office),
        directory.officer(Role.ADVISOR),
        directory.officer(Role.OPERATOR),
        directory.person(),
    ]

    assert [keys(person, Placement) for person in knowing] == [[placement.pk]] * len(knowing)
    assert [keys(person, Placement) for person in unknowing] == [[]] * len(unknowing)


@pytest.mark.parametrize("name", ["solve", "fail", "tell", "untell"])
def test_what_the_system_does_no_person_can(name: str) -> None:
    assert not policy.allows(make.clair(), name, None)


def test_clair_returns_only_what_the_host_body_has_passed_on() -> None:
    request = make.accepted()
    clair = make.clair()

    for state in RequestState:
        request.state = state
        assert policy.allows(clair, "return_request", request) == (
            state == RequestState.CHECKED
        )
