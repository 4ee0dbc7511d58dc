import hashlib
from collections.abc import Mapping
from itertools import permutations
from random import Random

import pytest

from kakehashi.matching import InvalidMarket, Plan, outcome, read_market, solve, verify
from kakehashi.matching.lottery import priority
from kakehashi.matching.stable import _Procedure
from kakehashi.matching.tests.markets import Data, by_chance, market, shuffled, written


def stable(seed: int, *, couples: bool) -> Data:
    """A market by chance whose places rank some of the people."""
    chance = Random(seed)
    data = by_chance(seed, network=not couples) | {"mode": "stable", "quotas": []}
    people = [it["id"] for it in data["people"]]
    for place in data["places"]:
        place["order"] = chance.sample(people, chance.randint(0, len(people)))
    return data


def solved(data: Data) -> Plan:
    return solve(read_market(written(data)))


def test_priority_is_the_whole_hash_as_an_integer() -> None:
    text = b"kakehashi-priority/1\0seed\0C-1"
    assert priority("seed", "C-1") == int(hashlib.sha256(text).hexdigest(), 16)


def simple(**parts: object) -> Data:
    """Two who both wish p1 first; p1 ranks C-2 before C-1."""
    return market(
        mode="stable",
        regions=[{"id": "r"}],
        places=[
            {"id": "p1", "region": "r", "seats": 1, "order": ["C-2", "C-1"]},
            {"id": "p2", "region": "r", "seats": 1},
        ],
        people=[
            {"id": it, "options": [{"place": "p1", "cost": 0}, {"place": "p2", "cost": 0}]}
            for it in ("C-1", "C-2")
        ],
    ) | dict(parts)


def test_a_place_holds_whom_it_ranks_first() -> None:
    assert solved(simple()).assignment == {"C-1": "p2", "C-2": "p1"}


def test_a_maximum_above_two_places_holds_whom_either_ranks_first() -> None:
    data = simple(regions=[{"id": "r", "max": 1}])
    assert solved(data).assignment == {"C-2": "p1"}


def test_a_locked_person_is_never_displaced() -> None:
    data = simple(locks=[{"person": "C-1", "place": "p1"}])
    assert solved(data).assignment == {"C-1": "p1", "C-2": "p2"}


def test_a_couple_displaces_a_single_who_goes_on_proposing() -> None:
    data = simple(
        couples=[{"a": "C-3", "b": "C-4", "pairs": [{"a": "p1", "b": "p3", "cost": 0}]}]
    )
    data["people"] += [{"id": "C-3"}, {"id": "C-4"}]
    data["places"].append({"id": "p3", "region": "r", "seats": 1})
    plan = solved(data)
    assert plan.assignment["C-3"] == "p1"
    assert plan.assignment["C-4"] == "p3"
    assert len(plan.unplaced) == 1


def test_the_partner_of_a_locked_person_is_placed_first() -> None:
    pairs = [{"a": "p1", "b": "p1", "cost": 0}, {"a": "p1", "b": "p2", "cost": 0}]
    data = simple(
        couples=[{"a": "C-3", "b": "C-4", "pairs": pairs}],
        locks=[{"person": "C-3", "place": "p1"}],
    )
    data["people"] += [{"id": "C-3"}, {"id": "C-4"}]
    assert solved(data).assignment == {"C-3": "p1", "C-4": "p2"}


def test_two_partners_of_locked_people_who_need_one_seat_are_refused() -> None:
    pairs = [{"a": "p1", "b": "p2", "cost": 0}]
    data = simple(
        couples=[
            {"a": "C-3", "b": "C-4", "pairs": pairs},
            {"a": "C-5", "b": "C-6", "pairs": pairs},
        ],
        locks=[{"person": "C-3", "place": "p1"}, {"person": "C-5", "place": "p1"}],
        people=[{"id": f"C-{i}"} for i in range(1, 7)],
    )
    data["places"][0]["seats"] = 2
    with pytest.raises(InvalidMarket) as fault:
        solved(data)
    assert fault.value.path == "locks"


def test_the_plan_says_that_the_procedure_ended_and_bounds_nothing() -> None:
    data = simple()
    plan = solved(data)
    assert plan.bound is None
    assert plan.proved
    assert verify(written(data), plan.to_bytes()).optimality == "procedure"


@pytest.mark.parametrize("seed", list(range(60)))
def test_every_plan_keeps_the_rules(seed: int) -> None:
    data = stable(seed, couples=True)
    data["locks"] = [it for it in data["locks"] if it["person"] not in _coupled(data)]
    assert verify(written(data), solved(data).to_bytes()).sound


def _coupled(data: Data) -> set[str]:
    return {who for it in data["couples"] for who in (it["a"], it["b"])}


@pytest.mark.parametrize("seed", list(range(100, 140)))
def test_without_couples_and_maxima_no_pair_blocks(seed: int) -> None:
    data = stable(seed, couples=False)
    for region in data["regions"]:
        region["max"] = None
    data["places"][0]["order"] = [it["id"] for it in data["people"]]
    asked = read_market(written(data))
    assert outcome(asked, solve(asked).assignment).blocking in {0, None}


@pytest.mark.parametrize("seed", list(range(140, 200)))
def test_a_pair_blocks_where_the_choice_would_take_the_single_in(seed: int) -> None:
    data = stable(seed, couples=False) | {"locks": []}
    data["places"][0]["order"] = [it["id"] for it in data["people"]]
    asked = read_market(written(data))
    assignment = solve(asked).assignment
    procedure = _Procedure(asked)
    count = 0
    for person in asked.people:
        for option in person.options:
            if option.place == assignment.get(person.id):
                break
            count += person.id in procedure._chosen({**assignment, person.id: option.place})
    ranked = any(it.order for it in asked.places)
    assert outcome(asked, assignment).blocking == (count if ranked else None)


def test_pairs_that_block_are_counted() -> None:
    asked = read_market(written(simple()))
    assert outcome(asked, {"C-1": "p1", "C-2": "p2"}).blocking == 1
    assert outcome(asked, {}).blocking == 4
    assert outcome(asked, {"C-1": "p2", "C-2": "p1"}).blocking == 0


def test_where_no_place_ranks_anybody_blocking_is_not_counted() -> None:
    asked = read_market(written(by_chance(11, network=True)))
    seen = outcome(asked, solve(asked).assignment)
    assert seen.blocking is None
    assert seen.placed == sum(seen.filled.values())


@pytest.mark.parametrize("seed", list(range(200, 230)))
def test_who_proposes_first_changes_nothing(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    data = stable(seed, couples=False)
    at_once = solved(data).to_bytes()
    assert solved(shuffled_but_wishes(data, seed)).to_bytes() == at_once

    def one_by_one(self: _Procedure, unplaced: list[str]) -> None:
        while unplaced:
            who = unplaced.pop()
            place = next(self.wishes[who], None)
            if place is not None:
                offers = {**self.held, who: place}
                self.held = self._chosen(offers)
                unplaced += offers.keys() - self.held.keys()

    monkeypatch.setattr(_Procedure, "_propose", one_by_one)
    assert solved(data).to_bytes() == at_once


def shuffled_but_wishes(data: Data, seed: int) -> Data:
    wishes = {it["id"]: it["options"] for it in data["people"]}
    other = shuffled(data, seed)
    for person in other["people"]:
        person["options"] = wishes[person["id"]]
    return other


@pytest.mark.parametrize("seed", list(range(300, 312)))
def test_no_single_gains_by_stating_other_wishes(seed: int) -> None:
    data = stable(seed, couples=False)

    def got(who: str, assignment: Mapping[str, str], wishes: list[str]) -> int:
        return wishes.index(assignment[who]) if who in assignment else len(wishes)

    honest = solved(data).assignment
    for person in data["people"]:
        true = person["options"]
        wishes = [it["place"] for it in true]
        for size in range(len(true) + 1):
            for other in permutations(true, size):
                if person["id"] in {it["person"] for it in data["locks"]}:
                    continue
                person["options"] = list(other)
                told = solved(data).assignment
                assert got(person["id"], told, wishes) >= got(person["id"], honest, wishes)
        person["options"] = true
