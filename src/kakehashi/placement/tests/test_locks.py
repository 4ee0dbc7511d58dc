import json
from typing import Any

import pytest

from kakehashi.directory.models import Municipality
from kakehashi.directory.rules import Role
from kakehashi.directory.tests import factories as directory
from kakehashi.kernel.lifecycle import MoveNotAllowed
from kakehashi.kernel.models import Trace
from kakehashi.kernel.policy import Refused
from kakehashi.kernel.scope import seen_by
from kakehashi.kernel.testing import assert_sound
from kakehashi.placement import actions, queries
from kakehashi.placement.lifecycle import LOCK, LockKind, LockState
from kakehashi.placement.models import Lock, Placement, Request, Run
from kakehashi.placement.policy import policy
from kakehashi.placement.tests import factories as make
from kakehashi.recruitment.models import Application

pytestmark = pytest.mark.django_db
NOON = directory.NOON
WHY = {"reason": "The two schools know each other."}


def places(run: Run) -> dict[int, int]:
    rows = Placement.objects.filter(run=run).order_by("application")
    return dict(rows.values_list("application_id", "request_id"))


def market(run: Run) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(run.market)
    return found


def two_and_two() -> tuple[list[Request], list[Application], Run]:
    """Give two people who wish for the two prefectures of two requests, and a run that agrees."""
    requests = [make.accepted(make.organisation(host=f"pref-{code}")) for code in ("31", "13")]
    wishes = [directory.prefecture(code) for code in ("31", "13")]
    people = make.people({"wish_1": wishes[0]}, {"wish_1": wishes[1]})
    run = make.solved()
    assert places(run) == {people[n].pk: requests[n].pk for n in (0, 1)}
    return requests, people, run


def test_the_move_of_a_lock_has_a_rule_and_an_action() -> None:
    assert_sound(LOCK, policy, actions)


def test_whoever_is_locked_is_placed_there_again_by_the_next_run() -> None:
    requests, people, run = two_and_two()
    clair = make.clair()
    (lock,) = actions.lock(run, people[:1], by=clair, at=NOON, **WHY)
    again = make.solved(near=run)

    assert (lock.kind, lock.state, lock.reason) == (
        LockKind.LOCK,
        LockState.STANDING,
        WHY["reason"],
    )
    key = {"person": f"a{people[0].pk}", "place": f"r{requests[0].pk}"}
    assert market(again)["locks"] == [key]
    assert (again.counts["locks"], again.counts["locks_left"]) == (1, [])
    assert places(again) == places(run)
    assert Trace.objects.get(deed="lock").thing == lock.key


def test_a_swap_is_kept_by_the_next_run_and_undone_whole() -> None:
    requests, people, run = two_and_two()
    clair = make.clair()
    one, two = actions.swap(run, people[0], other=people[1], by=clair, at=NOON, **WHY)
    turned = make.solved(near=run)

    assert (one.other, two.other) == (two, one)
    assert places(turned) == {people[0].pk: requests[1].pk, people[1].pk: requests[0].pk}
    assert actions.lift(two, by=clair, at=NOON) == 2
    assert set(Lock.objects.values_list("state", "lifted_by")) == {(LockState.LIFTED, clair.pk)}
    assert places(make.solved(near=run)) == places(run)


def test_the_effect_of_a_swap_is_shown_before_it_is_made() -> None:
    requests, people, run = two_and_two()
    turned = {people[0].pk: requests[1].pk, people[1].pk: requests[0].pk}
    effect = queries.effect_of(run, LockKind.SWAP, turned, ask_engine=True)

    assert (effect.broken, effect.is_proved) == ([], True)
    changes = {str(it.name): it.change for it in effect.levels if it.change}
    cost = run.counts["weights"]["wish-none"] - run.counts["weights"]["wish-1"]
    assert changes == {"Wishes missed (sum of weights)": 2 * cost}
    assert [(it.application, it.before, it.after) for it in effect.moved] == [
        (people[0], requests[0], requests[1]),
        (people[1], requests[1], requests[0]),
    ]
    assert Lock.objects.count() == 0


def test_a_pin_to_a_full_request_says_who_would_have_to_move() -> None:
    requests, people, run = two_and_two()
    pinned = {people[0].pk: requests[1].pk}
    effect = queries.effect_of(run, LockKind.PIN, pinned, ask_engine=True)

    assert [it.application for it in effect.moved] == people
    actions.pin(run, people[0], request=requests[1], by=make.clair(), at=NOON, **WHY)
    assert places(make.solved())[people[0].pk] == requests[1].pk


def test_a_ban_keeps_somebody_away_and_is_read_as_a_reason() -> None:
    requests, people, run = two_and_two()
    clair = make.clair()
    actions.ban(run, people[0], request=requests[0], by=clair, at=NOON, **WHY)
    again = make.solved()

    assert places(again)[people[0].pk] == requests[1].pk
    (reason,) = queries.reasons_for(clair, again, people[0])
    assert str(reason.says) == "CLAIR has decided by hand that the person does not go there."
    assert reason.requests == [requests[0]]


def test_nothing_decided_by_hand_breaks_a_hard_rule() -> None:
    requests, people, run = two_and_two()
    strict = make.accepted(licence_required=True, qualification_required=True)
    run = make.solved()
    effect = queries.effect_of(run, LockKind.PIN, {people[0].pk: strict.pk}, ask_engine=True)

    assert [str(it) for it in effect.broken] == [
        "The post asks for a driving licence.",
        "The post asks for a teaching qualification.",
    ]
    with pytest.raises(actions.BreaksRule):
        actions.pin(run, people[0], request=strict, by=make.clair(), at=NOON, **WHY)
    assert requests[0].pk in places(run).values()


def test_two_cannot_be_pinned_to_one_seat() -> None:
    requests, people, run = two_and_two()
    clair = make.clair()
    actions.pin(run, people[0], request=requests[1], by=clair, at=NOON, **WHY)

    with pytest.raises(actions.BreaksRule, match="leave no room"):
        actions.pin(run, people[1], request=requests[1], by=clair, at=NOON, **WHY)


def test_a_new_decision_replaces_what_it_contradicts() -> None:
    requests, people, run = two_and_two()
    clair = make.clair()
    actions.lock(run, people, by=clair, at=NOON, **WHY)
    actions.swap(run, people[0], other=people[1], by=clair, at=NOON, **WHY)
    actions.ban(run, people[0], request=requests[1], by=clair, at=NOON, **WHY)

    standing = Lock.objects.filter(state=LockState.STANDING)
    assert list(standing.values_list("kind", "application")) == [("ban", people[0].pk)]
    actions.pin(run, people[0], request=requests[1], by=clair, at=NOON, **WHY)
    assert [it.kind for it in standing] == ["pin"]


def test_a_lock_that_can_be_kept_no_longer_is_left_out_and_named() -> None:
    requests, people, run = two_and_two()
    clair = make.clair()
    actions.lock(run, people, by=clair, at=NOON, **WHY)
    Request.objects.filter(pk=requests[0].pk).update(licence_required=True)
    make.withdraw(people[1])
    again = make.solved()

    assert again.counts["locks"] == 0
    assert again.counts["locks_left"] == [
        [people[0].pk, requests[0].pk, "licence"],
        [people[1].pk, requests[1].pk, "out"],
    ]


def test_only_a_solved_run_is_worked_on_and_only_with_a_reason() -> None:
    _requests, people, run = two_and_two()
    clair = make.clair()
    with pytest.raises(actions.ReasonMissing):
        actions.lock(run, people, reason="  ", by=clair, at=NOON)
    with pytest.raises(Refused):
        actions.lock(run, people, by=directory.officer(Role.AUDITOR), at=NOON, **WHY)
    Placement.objects.filter(application=people[1]).delete()
    with pytest.raises(actions.NotPlacedHere):
        actions.lock(run, people, by=clair, at=NOON, **WHY)
    actions.discard(run, by=clair, at=NOON)
    with pytest.raises(MoveNotAllowed):
        actions.lock(run, people[:1], by=clair, at=NOON, **WHY)


def test_whoever_has_been_told_is_kept_and_cannot_be_decided_on_again() -> None:
    requests, people, run = two_and_two()
    again = make.solved()
    make.released(run)
    with pytest.raises(MoveNotAllowed, match="has been told"):
        actions.lock(again, people[:1], by=make.clair(), at=NOON, **WHY)
    assert market(make.solved(near=run))["people"] == []
    assert requests[0].pk in places(run).values()


def test_a_couple_is_pinned_together_and_a_ban_can_set_it_loose() -> None:
    towns = [directory.municipality(f"31{n}") for n in (201, 202)]
    Municipality.objects.filter(pk__in=[it.pk for it in towns]).update(postal_areas="680")
    actions.load_neighbours(by="system:test", at=NOON)
    near = [make.accepted(make.organisation(municipality=town)) for town in towns]
    far = make.accepted(make.organisation(host="pref-13"))
    people = make.people(
        {"email": "one@demo.invalid", "partner_email": "two@demo.invalid"},
        {"email": "two@demo.invalid", "partner_email": "one@demo.invalid"},
    )
    run, clair = make.solved(), make.clair()
    actions.pin(run, people[0], request=near[1], by=clair, at=NOON, **WHY)
    together = make.solved(near=run)
    assert places(together) == {people[0].pk: near[1].pk, people[1].pk: near[0].pk}

    pinned = {people[0].pk: far.pk}
    effect = queries.effect_of(run, LockKind.PIN, pinned, ask_engine=True)
    assert people[0] in [it.application for it in effect.moved]
    actions.pin(run, people[0], request=far, by=clair, at=NOON, **WHY)
    apart = make.solved(near=run)
    assert apart.counts["apart"] == [[people[0].pk, people[1].pk, "hand"]]
    assert places(apart)[people[0].pk] == far.pk


@pytest.mark.parametrize("role", list(Role))
def test_what_is_decided_by_hand_is_read_by_the_desk_and_made_by_clair(role: Role) -> None:
    _requests, people, run = two_and_two()
    actions.lock(run, people[:1], by=make.clair(), at=NOON, **WHY)
    person = directory.officer(role)
    desk = (Role.CLAIR_PLACEMENT, Role.PLACEMENT_COMMITTEE, Role.AUDITOR)

    assert seen_by(person, Lock).count() == (role in desk)
    for name in ("lock", "pin", "ban", "swap", "lift"):
        assert policy.allows(person, name, run) == (role == Role.CLAIR_PLACEMENT)
