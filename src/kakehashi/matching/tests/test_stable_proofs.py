"""Stable mode beside what others wrote: the package `matching`, and the words of the specification."""

from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matching.games import HospitalResident

from kakehashi.matching import read_market, solve
from kakehashi.matching.tests.literal import procedure
from kakehashi.matching.tests.markets import Data, by_chance, market, written

LINES = 60  # the transcription must stay short enough to be read beside the specification


def placed(data: Data) -> dict[str, str]:
    return dict(solve(read_market(written(data))).assignment)


def without_regions(seed: int) -> Data:
    """Up to forty singles, up to ten places of one region without limits, tight enough to matter."""
    chance = Random(seed)
    people = [f"C-{i}" for i in range(chance.randint(1, 40))]
    ids = [f"p{i}" for i in range(chance.randint(1, 10))]
    return market(
        mode="stable",
        seed=str(seed),
        regions=[{"id": "r"}],
        places=[
            {
                "id": it,
                "region": "r",
                "seats": chance.randint(1, 4),
                "order": chance.sample(people, chance.randint(0, len(people))),
            }
            for it in ids
        ],
        people=[
            {
                "id": who,
                "options": [
                    {"place": it, "cost": 0}
                    for it in chance.sample(ids, chance.randint(0, len(ids)))
                ],
            }
            for who in people
        ],
    )


def by_the_package(data: Data) -> dict[str, str]:
    """The residents' best stable matching; the package wants both sides to rank each other.

    It refuses a resident without a wish and a hospital nobody ranks, so these are left out.
    """
    wishes = {it["id"]: [wish["place"] for wish in it["options"]] for it in data["people"]}
    ranked = {}
    for place in data["places"]:
        order = place["order"]
        asking = [who for who, wished in wishes.items() if place["id"] in wished]
        text = f"kakehashi-priority/1\0{data['seed']}\0"
        drawn = {who: sha256((text + who).encode()).hexdigest() for who in asking}
        listed = [who for who in order if who in asking]
        rest = sorted(set(asking) - set(order), key=lambda who: drawn[who])
        ranked[place["id"]] = [*listed, *rest]
    game = HospitalResident.create_from_dictionaries(
        {who: wished for who, wished in wishes.items() if wished},
        {place: asking for place, asking in ranked.items() if asking},
        {it["id"]: it["seats"] for it in data["places"] if ranked[it["id"]]},
    )
    return {who.name: at.name for at, held in game.solve("resident").items() for who in held}


def test_without_regions_the_package_matching_says_the_same_of_300_markets() -> None:
    found = 0
    for seed in range(300):
        data = without_regions(seed)
        ours = placed(data)
        assert ours == by_the_package(data), seed
        found += len(ours) < sum(bool(it["options"]) for it in data["people"])
    assert found > 100  # in so many somebody with wishes is left without a place


def with_regions(seed: int) -> Data:
    """A small market with nested maxima, locked singles and couples."""
    chance = Random(seed)
    data = by_chance(seed) | {"mode": "stable", "quotas": []}
    coupled = {who for it in data["couples"] for who in (it["a"], it["b"])}
    data["locks"] = [it for it in data["locks"] if it["person"] not in coupled]
    people = [it["id"] for it in data["people"]]
    for place in data["places"]:
        place["order"] = chance.sample(people, chance.randint(0, len(people)))
    return data


def test_with_regions_and_couples_the_words_of_the_specification_say_the_same() -> None:
    nested = couples = 0
    for seed in range(1000, 1300):
        data = with_regions(seed)
        ours = placed(data)
        assert ours == procedure(data), seed
        capped = {it["id"] for it in data["regions"] if it["max"] is not None}
        nested += any(it["parent"] in capped for it in data["regions"] if it["id"] in capped)
        couples += any(it["a"] in ours for it in data["couples"])
    assert nested > 60
    assert couples > 50


def test_the_transcription_is_short_enough_to_be_read() -> None:
    source = Path(__file__).with_name("literal.py").read_text(encoding="utf-8")
    lines = [it for it in source.splitlines() if it.strip()]
    assert len(lines) <= LINES


@st.composite
def lies(draw: st.DrawFn) -> tuple[Data, str, list[str]]:
    """A small market with nested maxima, a single of it, and other wishes for them."""
    places = [f"p{i}" for i in range(draw(st.integers(1, 5)))]
    people = [f"C-{i}" for i in range(draw(st.integers(1, 5)))]
    limit = st.none() | st.integers(0, 3)
    regions: list[Data] = [{"id": "r0", "parent": None, "max": draw(limit)}]
    for i in range(1, draw(st.integers(1, 4))):
        parent = draw(st.sampled_from([it["id"] for it in regions]))
        regions.append({"id": f"r{i}", "parent": parent, "max": draw(limit)})
    wishes = st.lists(st.sampled_from(places), unique=True)
    data = market(
        mode="stable",
        seed=draw(st.text("ab", max_size=6)),
        regions=regions,
        places=[
            {
                "id": it,
                "region": draw(st.sampled_from([region["id"] for region in regions])),
                "seats": draw(st.integers(0, 2)),
                "order": draw(st.lists(st.sampled_from(people), unique=True)),
            }
            for it in places
        ],
        people=[{"id": it, "options": _options(draw(wishes))} for it in people],
    )
    return data, draw(st.sampled_from(people)), draw(wishes)


def _options(wishes: list[str]) -> list[Data]:
    return [{"place": it, "cost": 0} for it in wishes]


@given(lies())
@settings(max_examples=600, deadline=None)
def test_no_single_gains_by_a_lie(case: tuple[Data, str, list[str]]) -> None:
    data, liar, told = case
    person = next(it for it in data["people"] if it["id"] == liar)
    wishes = [it["place"] for it in person["options"]]

    def rank(assignment: Mapping[str, str]) -> int:
        """How far down the true list; a place that was never wished is as bad as none."""
        at = assignment.get(liar)
        return wishes.index(at) if at in wishes else len(wishes)

    honest = rank(placed(data))
    person["options"] = _options(told)
    assert rank(placed(data)) >= honest


@pytest.mark.parametrize("seed", list(range(2000, 2060)))
def test_neither_the_locked_nor_an_earlier_couple_is_ever_displaced(seed: int) -> None:
    data = with_regions(seed)
    text = f"kakehashi-priority/1\0{data['seed']}\0"

    def turn(couple: Data) -> str:
        return max(sha256((text + couple[it]).encode()).hexdigest() for it in ("a", "b"))

    queue = sorted(data["couples"], key=turn)
    before: dict[str, str] = {it["person"]: it["place"] for it in data["locks"]}
    for count in range(len(queue) + 1):
        now = placed(data | {"couples": queue[:count]})
        assert {who: now.get(who) for who in before} == before
        before |= {
            who: now[who] for it in queue[:count] for who in (it["a"], it["b"]) if who in now
        }
