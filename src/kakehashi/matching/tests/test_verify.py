import json
from collections.abc import Callable
from typing import Any, TypeAlias

import pytest

from kakehashi.matching import InvalidMarket, Verdict, read_market, solve, verify
from kakehashi.matching.tests.markets import Data, by_chance, market, shuffled, written

Planted: TypeAlias = Callable[[dict[str, Any]], object]


def example() -> Data:
    """Everyone has room; the couple, the quota and the lock all bind."""
    return market(
        regions=[{"id": "all"}, {"id": "31", "parent": "all", "min": 1, "max": 3}],
        places=[
            {"id": "p1", "region": "31", "seats": 2},
            {"id": "p2", "region": "31", "seats": 2, "tier": 2},
            {"id": "p3", "region": "all", "seats": 4},
        ],
        people=[
            {"id": "C-1", "options": [{"place": "p1", "cost": 0}, {"place": "p3", "cost": 4}]},
            {"id": "C-2", "options": [{"place": "p1", "cost": 1}, {"place": "p3", "cost": 2}]},
            {"id": "C-3"},
            {"id": "C-4"},
            {"id": "C-5", "options": [{"place": "p2", "cost": 0}, {"place": "p3", "cost": 9}]},
        ],
        couples=[
            {
                "a": "C-3",
                "b": "C-4",
                "pairs": [{"a": "p1", "b": "p2", "cost": 5}, {"a": "p3", "b": "p3", "cost": 7}],
            }
        ],
        quotas=[{"id": "q1", "max": 1, "people": ["C-1", "C-2"], "places": ["p1"]}],
        locks=[{"person": "C-5", "place": "p2"}],
    )


def checked(data: Data, change: Planted = lambda _: None) -> Verdict:
    """The verdict on the market's own plan, after something was planted in it."""
    plan = json.loads(solve(read_market(written(data))).to_bytes())
    change(plan)
    return verify(written(data), json.dumps(plan).encode())


def moved(who: str, place: str) -> Planted:
    return placed({who: place})


def placed(at: dict[str, str]) -> Planted:
    return lambda plan: plan["assignment"].update(at)


def unplaced(*people: str) -> Planted:
    def change(plan: dict[str, Any]) -> None:
        for who in people:
            del plan["assignment"][who]
        plan["unplaced"] = sorted([*plan["unplaced"], *people])

    return change


def test_the_engines_own_plan_is_sound_in_three_lines() -> None:
    verdict = checked(example())
    assert verdict.lines() == (
        (
            "feasible: yes (P1 the plan is of this market; P2 everyone is placed or unplaced, "
            "once; P3 everyone is on one of their options; P4 couples are on one of their "
            "pairs or unplaced; P5 seats; P6 maxima; P7 quotas; P8 locks)"
        ),
        (
            "levels: yes (shortfall 0, unplaced 0, unfilled/1 2, unfilled/2 1, cost 9, "
            f"lottery {dict(verdict.values)['lottery']})"
        ),
        f"optimality: {verdict.optimality}",
    )
    assert verdict.sound


PLANTED: list[tuple[str, Planted]] = [
    ("P1", lambda plan: plan.update(market_sha256="0" * 64)),
    ("P2", lambda plan: plan["unplaced"].append("C-1")),
    ("P2", lambda plan: plan["unplaced"].append("C-9")),
    ("P2", lambda plan: plan["assignment"].pop("C-1")),
    ("P2", moved("C-9", "p1")),
    ("P3", moved("C-1", "p2")),
    ("P3", moved("C-1", "p9")),
    ("P4", unplaced("C-4")),
    ("P4", moved("C-3", "p2")),
    ("P4", moved("C-3", "p1")),
    ("P7", placed({"C-1": "p1", "C-2": "p1"})),
    ("P8", moved("C-5", "p3")),
    ("P8", unplaced("C-5")),
]


@pytest.mark.parametrize(("name", "change"), PLANTED)
def test_a_planted_violation_is_noticed(name: str, change: Planted) -> None:
    verdict = checked(example(), change)
    assert {found for found, _ in verdict.broken} == {name}
    assert not verdict.sound
    assert verdict.lines()[0].startswith("feasible: no: ")
    assert verdict.lines()[2] == "optimality: not judged"


def test_one_too_many_on_the_seats_of_a_place_is_noticed() -> None:
    data = example() | {"quotas": []}
    data["places"][2]["seats"] = 3
    change = placed({"C-3": "p3", "C-4": "p3", "C-1": "p3", "C-2": "p3"})
    assert checked(data, change).broken == (("P5", "p3 has 4, may have 3"),)


def test_one_too_many_below_a_maximum_is_noticed() -> None:
    data = example() | {"quotas": []}
    data["places"][0]["seats"] = 3
    change = placed({"C-3": "p1", "C-4": "p2", "C-1": "p1", "C-2": "p1"})
    assert checked(data, change).broken == (("P6", "31 has 5, may have 3"),)


@pytest.mark.parametrize("index", range(6))
def test_an_understated_level_is_noticed(index: int) -> None:
    def change(plan: dict[str, Any]) -> None:
        plan["levels"][index]["value"] -= 1
        plan["bound"][index]["value"] -= 1

    verdict = checked(example(), change)
    assert verdict.broken == ()
    assert len(verdict.wrong) == 1
    assert not verdict.sound


def test_levels_of_another_market_are_noticed() -> None:
    verdict = checked(example(), lambda plan: plan["levels"].pop())
    assert verdict.wrong == ("they are not those of the market",)


def test_every_altered_value_of_the_market_is_noticed() -> None:
    data = example()
    plan = solve(read_market(written(data))).to_bytes()
    text = written(data)
    for old, new in (
        (b'"cost": 9', b'"cost": 8'),
        (b"a seed", b"b seed"),
        (b'"max": 3', b'"max": 4'),
    ):
        verdict = verify(text.replace(old, new), plan)
        assert ("P1", "the plan names another market") in verdict.broken


def test_another_order_of_the_market_is_the_same_market() -> None:
    data = example()
    plan = solve(read_market(written(data))).to_bytes()
    for seed in range(5):
        assert verify(written(shuffled(data, seed)), plan).sound


@pytest.mark.parametrize(
    "plan",
    [b"", b"[]", b"{}", b'{"format": "kakehashi-plan/2"}', b'{"assignment": 3}', b"null"],
)
def test_what_is_no_plan_is_not_feasible(plan: bytes) -> None:
    verdict = verify(written(example()), plan)
    assert [name for name, _ in verdict.broken] == ["P1"]
    assert not verdict.sound


def test_a_text_where_a_number_belongs_is_no_plan() -> None:
    verdict = checked(example(), lambda plan: plan["levels"][0].update(value="0"))
    assert [name for name, _ in verdict.broken] == ["P1"]


def worse(data: Data, change: Planted) -> Verdict:
    """A plan that keeps every rule, states its own levels truly, and claims to be proved."""

    def plant(plan: dict[str, Any]) -> None:
        change(plan)
        values = verify(written(data), json.dumps(plan).encode()).values
        plan["levels"] = plan["bound"] = [{"name": n, "value": v} for n, v in values]

    return checked(data, plant)


@pytest.mark.parametrize(
    "change",
    [
        placed({"C-1": "p3"}),
        unplaced("C-1"),
        unplaced("C-3", "C-4"),
        placed({"C-3": "p1", "C-4": "p2", "C-1": "p3"}),
    ],
)
def test_a_false_claim_of_proof_is_refuted(change: Planted) -> None:
    verdict = worse(example(), change)
    assert verdict.broken == ()
    assert verdict.wrong == ()
    assert verdict.refuted
    assert not verdict.sound
    assert verdict.optimality == "gap 1 or more: 'proved' is false, a better plan exists"


def test_two_who_should_change_places_refute_the_proof() -> None:
    data = example() | {"quotas": [], "couples": [], "locks": []}
    data["places"][0]["seats"] = 1
    verdict = worse(data, placed({"C-1": "p3", "C-2": "p1"}))
    assert verdict.refuted


def test_proved_with_a_bound_below_its_level_is_a_contradiction() -> None:
    verdict = checked(example(), lambda plan: plan["bound"][4].update(value=0))
    assert verdict.wrong == ("'proved' is false: a bound is not its level",)
    assert not verdict.sound


def test_proved_without_bounds_is_a_contradiction() -> None:
    verdict = checked(example(), lambda plan: plan.update(bound=None))
    assert verdict.wrong == ("the bounds are not those of the levels",)


def test_an_unproved_plan_is_sound_with_its_gap() -> None:
    def change(plan: dict[str, Any]) -> None:
        plan["proved"] = False
        plan["bound"][4]["value"] -= 3
        plan["bound"][5]["value"] = None

    verdict = checked(example(), change)
    assert verdict.optimality == "gap 3 (cost)"
    assert verdict.sound


def test_a_bound_above_its_level_is_wrong() -> None:
    def change(plan: dict[str, Any]) -> None:
        plan["proved"] = False
        plan["bound"][4]["value"] += 3

    assert checked(example(), change).wrong == ("the bound of cost is above its level",)


@pytest.mark.parametrize("seed", list(range(1000, 1150)))
def test_every_plan_of_the_engine_is_sound(seed: int) -> None:
    data = by_chance(seed, network=seed % 2 == 0)
    try:
        verdict = checked(data)
    except InvalidMarket:
        return
    assert verdict.sound
    assert verdict.optimality in {"certified", "solver's claim"}
    if seed % 2 == 0:
        assert verdict.optimality == "certified"
