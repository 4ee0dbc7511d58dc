from random import Random
from typing import Any

import pytest

from kakehashi.matching import InvalidMarket, Plan, read_market, solve
from kakehashi.matching import levels as levels_module
from kakehashi.matching import program as program_module
from kakehashi.matching import search as search_module
from kakehashi.matching import welfare as welfare_module
from kakehashi.matching.glop import Answer, Glop
from kakehashi.matching.program import Programme
from kakehashi.matching.tests.brute import Brute, Draw, drawn
from kakehashi.matching.tests.markets import Data, by_chance, market, shuffled, written


def solved(data: Data) -> Plan:
    return solve(read_market(written(data)))


def assert_best(data: Data, draw: Draw = drawn) -> None:
    best = Brute(data, draw).best()
    if best is None:
        with pytest.raises(InvalidMarket) as fault:
            solved(data)
        assert fault.value.path == "locks"
        return
    plan = solved(data)
    everyone = {it["id"] for it in data["people"]}
    assert ([it.value for it in plan.levels], dict(plan.assignment)) == best
    assert plan.unplaced == tuple(sorted(everyone - best[1].keys()))
    assert plan.bound == plan.levels
    assert plan.proved


@pytest.mark.parametrize("seed", list(range(300)))
def test_a_small_market_is_solved_to_the_levels_and_the_bytes_of_brute_force(seed: int) -> None:
    assert_best(by_chance(seed))


@pytest.fixture(params=[1, 3])
def coarse(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Draw:
    """A lottery of one lot or three, so that most markets end in a tie."""
    lots: int = request.param

    def weight(seed: str, people: tuple[str, ...], places: tuple[str, ...]) -> int:
        return drawn(seed, people, places) % lots

    monkeypatch.setattr(program_module, "weight", weight)
    monkeypatch.setattr(levels_module, "weight", weight)
    return weight


@pytest.mark.parametrize("seed", list(range(300, 380)))
def test_of_equal_plans_the_first_in_the_order_of_ids_is_chosen(
    seed: int, coarse: Draw
) -> None:
    assert_best(by_chance(seed), coarse)


def test_several_people_share_a_goal_only_as_far_as_it_stays_small(
    coarse: Draw, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(welfare_module, "PACK", 4)
    for seed in range(380, 400):
        assert_best(by_chance(seed), coarse)


def triangles(count: int) -> Data:
    """Three places and three couples who each need two of them, some times over.

    Half of every couple would fill all seats; in truth only one of three couples fits.
    """
    names = [f"{i}{side}" for i in range(count) for side in "abc"]
    around = {"a": "b", "b": "c", "c": "a"}
    return market(
        regions=[{"id": "r", "parent": None, "min": 0, "max": None}],
        places=[{"id": it, "region": "r", "seats": 1, "tier": 1} for it in names],
        people=[
            {"id": f"{it}{side}", "selected": True, "options": []}
            for it in names
            for side in "12"
        ],
        couples=[
            {
                "a": f"{it}1",
                "b": f"{it}2",
                "pairs": [{"a": it, "b": it[:-1] + around[it[-1]], "cost": 1}],
            }
            for it in names
        ],
        quotas=[],
        locks=[],
        previous={},
    )


@pytest.mark.parametrize("large", [0, 4000])
@pytest.mark.parametrize("count", [1, 2, 3])
def test_a_bound_out_of_reach_is_given_up(
    count: int, large: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(welfare_module, "LARGE", large)
    assert_best(triangles(count))


@pytest.mark.parametrize("large", [0, 4000])
def test_a_run_stopped_in_a_search_says_between_what_the_level_lies(
    large: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(welfare_module, "LARGE", large)
    data = triangles(2)
    best = solved(data)
    for limit in range(2, 80):
        plan = solve(read_market(written(data)), work_limit=limit)
        if plan.proved:
            assert plan == best
            return
        assert plan.bound is not None
        for bound, level, lowest in zip(plan.bound, plan.levels, best.levels, strict=True):
            if bound != level:
                assert level.value is not None
                assert lowest.value is not None
                assert bound.value is None or bound.value <= lowest.value <= level.value
                break
    pytest.fail("no more relaxations than these are enough for two triangles")


def test_couples_whose_locked_halves_need_one_seat_leave_no_plan() -> None:
    data = triangles(1)
    for it in data["couples"]:
        it["pairs"] = [{"a": "0a", "b": "0b", "cost": 0}]
    data["places"][0]["seats"] = 2
    data["locks"] = [{"person": "0a1", "place": "0a"}, {"person": "0b1", "place": "0a"}]
    assert Brute(data).best() is None
    with pytest.raises(InvalidMarket) as fault:
        solved(data)
    assert fault.value.path == "locks"


@pytest.mark.parametrize("seed", list(range(400, 480)))
def test_assuming_a_level_and_going_back_ends_in_the_same_plan(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(welfare_module, "LARGE", 0)
    assert_best(by_chance(seed))


@pytest.mark.parametrize("seed", list(range(600, 660)))
def test_the_network_and_the_relaxations_find_the_same_bytes(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = by_chance(seed, network=True)
    assert Programme(read_market(written(data))).is_network
    by_flow = solved(data).to_bytes()
    monkeypatch.setattr(Programme, "is_network", False)
    monkeypatch.setattr(search_module, "solve_network", None)
    assert solved(data).to_bytes() == by_flow


@pytest.mark.parametrize("seed", list(range(700, 730)))
def test_the_order_of_the_input_changes_no_byte(seed: int) -> None:
    data = by_chance(seed)
    try:
        plan = solved(data).to_bytes()
    except InvalidMarket:
        pytest.fail("choose another seed: this market has no plan")
    for other in range(3):
        assert solved(shuffled(data, other)).to_bytes() == plan


def test_wrong_prices_do_not_make_a_wrong_plan(monkeypatch: pytest.MonkeyPatch) -> None:
    honest, chance = Glop.solve, Random(2)

    def careless(self: Glop, *asked: Any) -> Answer | None:  # noqa: ANN401 -- as given
        answer = honest(self, *asked)
        if chance.random() < 0.5:
            return answer
        return answer and Answer(answer.z, answer.y * 0.9 + 0.01, answer.basis)

    monkeypatch.setattr(Glop, "solve", careless)
    for seed in range(800, 815):
        assert_best(by_chance(seed))


def test_a_relaxation_that_gives_up_does_not_make_a_wrong_plan(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    honest, chance = Glop.solve, Random(1)

    def weary(self: Glop, *asked: Any) -> Answer | None:  # noqa: ANN401 -- as given
        return None if chance.random() < 0.3 else honest(self, *asked)

    monkeypatch.setattr(Glop, "solve", weary)
    for seed in range(815, 840):
        assert_best(by_chance(seed))


def test_nobody_and_nowhere_is_a_plan_too() -> None:
    plan = solved(market())
    assert plan.assignment == {}
    assert [it.name for it in plan.levels] == ["shortfall", "unplaced", "cost", "lottery"]
    assert [it.value for it in plan.levels] == [0, 0, 0, 0]
    assert plan.proved


def test_a_run_without_work_allowed_gives_an_unproved_plan_that_keeps_the_rules() -> None:
    data = by_chance(11) | {"locks": []}
    plan = solve(read_market(written(data)), work_limit=0)
    assert plan.assignment == {}
    assert not plan.proved
    assert plan.bound is not None
    assert {it.value for it in plan.bound} == {None}


def test_a_stopped_run_keeps_the_bounds_of_the_levels_it_finished() -> None:
    data = by_chance(11, network=True) | {"locks": []}
    whole = solve(read_market(written(data)))
    steps = iter([False, False, True])
    plan = solve(read_market(written(data)), stop=lambda: next(steps))
    assert plan.bound is not None
    assert plan.bound[:2] == whole.levels[:2]
    assert {it.value for it in plan.bound[2:]} == {None}
    assert not plan.proved


def test_progress_is_heard_level_by_level() -> None:
    data = by_chance(11, network=True) | {"locks": []}
    heard: list[str] = []
    plan = solve(read_market(written(data)), progress=lambda it: heard.append(it.level))
    names = [it.name for it in plan.levels]
    assert heard[: len(names)] == names[: len(heard)]
    assert heard[0] == "shortfall"
