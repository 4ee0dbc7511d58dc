import json
from collections.abc import Callable
from functools import reduce
from typing import Any

import pytest

from kakehashi.matching import InvalidMarket, canonical_bytes, read_market
from kakehashi.matching.tests.markets import Data, market, written

Change = Callable[[Data], Any]


def sound() -> Data:
    """A valid market in which every rule of the form has something to hold."""
    return market(
        regions=[
            {"id": "chugoku", "parent": None},
            {"id": "31", "parent": "chugoku", "min": 1, "max": 3},
            {"id": "32"},
        ],
        places=[
            {"id": "p1", "region": "31", "seats": 2, "tier": 1, "order": ["C-1", "C-2"]},
            {"id": "p2", "region": "31", "seats": 1},
            {"id": "p3", "region": "32", "seats": 3},
        ],
        people=[
            {"id": "C-1", "options": [{"place": "p1", "cost": 0}, {"place": "p2", "cost": 4}]},
            {"id": "C-2", "options": [{"place": "p2", "cost": 1}]},
            {"id": "C-3"},
            {"id": "C-4", "options": []},
            {"id": "C-5", "selected": False, "options": [{"place": "p3", "cost": 1}]},
            {"id": "C-6", "selected": False, "options": [{"place": "p2", "cost": 1}]},
        ],
        couples=[
            {
                "a": "C-4",
                "b": "C-3",
                "pairs": [{"a": "p1", "b": "p2", "cost": 3}, {"a": "p3", "b": "p3", "cost": 3}],
            }
        ],
        quotas=[
            {"id": "q1", "max": 1, "people": ["C-1", "C-5"], "places": ["p1", "p3"]},
            {"id": "q2", "max": 0, "people": ["C-2"], "places": []},
        ],
        locks=[{"person": "C-4", "place": "p3"}],
        previous={"C-5": "p2"},
    )


def test_the_sound_market_is_valid() -> None:
    assert read_market(written(sound())).people[0].id == "C-1"


def within(data: Data, way: tuple[str | int, ...]) -> Any:  # noqa: ANN401 -- a part of JSON
    start: Any = data
    return reduce(lambda inner, step: inner[step], way, start)


def put(*way: str | int, value: object) -> Change:
    """Write a value at a place of the file."""

    def change(data: Data) -> None:
        inner = within(data, way[:-1])
        if isinstance(inner, list) and way[-1] == len(inner):
            inner.append(value)
        else:
            inner[way[-1]] = value

    return change


def drop(*way: str | int) -> Change:
    def change(data: Data) -> None:
        inner = within(data, way[:-1])
        del inner[way[-1]]

    return change


LOCK_C2 = {"person": "C-2", "place": "p2"}
LOCK_C6 = {"person": "C-6", "place": "p2"}

FAULTS: list[tuple[str, Change]] = [
    ("format", put("format", value="kakehashi-market/2")),
    ("mode", put("mode", value="fair")),
    ("seed", put("seed", value=7)),
    ("seed", drop("seed")),
    ("colour", put("colour", value="red")),
    ("objective", put("objective", value=["shortfall", "unplaced", "cost", "lottery"])),
    ("objective", put("objective", 5, value="moves")),
    (
        "objective",
        put(
            "objective",
            value=["moves", "shortfall", "moves", "unplaced", "unfilled", "cost", "lottery"],
        ),
    ),
    (
        "objective",
        put("objective", value=["unplaced", "shortfall", "unfilled", "cost", "lottery"]),
    ),
    ("objective[1]", put("objective", 1, value=3)),
    ("objective", put("objective", value="cost")),
    ("regions", put("regions", value={})),
    ("regions[2]", put("regions", 2, value="31")),
    ("regions[2].id", put("regions", 2, "id", value="31")),
    ("regions[2].id", put("regions", 2, "id", value="")),
    ("regions[2].id", put("regions", 2, "id", value="a\0b")),
    ("regions[2].id", put("regions", 2, "id", value="\ud800")),
    ("regions[2].parent", put("regions", 2, "parent", value="nowhere")),
    ("regions[2].parent", put("regions", 2, "parent", value="32")),
    ("regions[0].parent", put("regions", 0, "parent", value="31")),
    ("regions[1].min", put("regions", 1, "min", value=4)),
    ("regions[1].min", put("regions", 1, "min", value=-1)),
    ("regions[1].min", put("regions", 1, "min", value=None)),
    ("regions[1].max", put("regions", 1, "max", value=1_000_001)),
    ("regions[1].max", put("regions", 1, "max", value=3.0)),
    ("places[1].id", put("places", 1, "id", value="p1")),
    ("places[1].region", put("places", 1, "region", value="33")),
    ("places[1].region", drop("places", 1, "region")),
    ("places[1].seats", put("places", 1, "seats", value=True)),
    ("places[1].seats", drop("places", 1, "seats")),
    ("places[0].tier", put("places", 0, "tier", value=0)),
    ("places[0].order[1]", put("places", 0, "order", 1, value="C-1")),
    ("places[0].order[1]", put("places", 0, "order", 1, value="C-9")),
    ("people[1].id", put("people", 1, "id", value="C-1")),
    ("people[1].selected", put("people", 1, "selected", value=1)),
    ("people[0].options[1].place", put("people", 0, "options", 1, "place", value="p1")),
    ("people[0].options[1].place", put("people", 0, "options", 1, "place", value="p9")),
    ("people[0].options[1].cost", put("people", 0, "options", 1, "cost", value=-2)),
    ("people[0].options[1].cost", drop("people", 0, "options", 1, "cost")),
    ("people[0].options[1].rank", put("people", 0, "options", 1, "rank", value=1)),
    ("people[2].options", put("people", 2, "options", value=[{"place": "p1", "cost": 0}])),
    ("couples[0]", put("people", 2, "selected", value=False)),
    ("couples[0].a", put("couples", 0, "a", value="C-9")),
    ("couples[0].b", put("couples", 0, "b", value="C-9")),
    ("couples[0].b", put("couples", 0, "b", value="C-4")),
    ("couples[1].b", put("couples", 1, value={"a": "C-1", "b": "C-3", "pairs": []})),
    ("couples[0].pairs[0].b", put("couples", 0, "pairs", 0, "b", value="p9")),
    (
        "couples[0].pairs[1]",
        put("couples", 0, "pairs", 0, value={"a": "p3", "b": "p3", "cost": 0}),
    ),
    ("quotas[1].id", put("quotas", 1, "id", value="q1")),
    ("quotas[0].max", put("quotas", 0, "max", value=None)),
    ("quotas[0].people[1]", put("quotas", 0, "people", 1, value="C-1")),
    ("quotas[0].people[1]", put("quotas", 0, "people", 1, value="C-9")),
    ("quotas[0].places[0]", put("quotas", 0, "places", 0, value="p9")),
    ("quotas[0].places[1]", put("quotas", 0, "places", 1, value="p1")),
    ("quotas", put("mode", value="stable")),
    ("locks[0].person", put("locks", 0, "person", value="C-9")),
    ("locks[0].place", put("locks", 0, "place", value="p9")),
    ("locks[0].place", put("locks", 0, "place", value="p2")),
    ("locks[1].person", put("locks", 1, value={"person": "C-4", "place": "p3"})),
    ("locks[1].place", put("locks", 1, value={"person": "C-2", "place": "p1"})),
    ("locks[1].place", put("locks", 1, value={"person": "C-3", "place": "p2"})),
    ("locks[1]", put("locks", value=[LOCK_C2, LOCK_C6])),
    ("previous.C-9", put("previous", "C-9", value="p1")),
    ("previous.C-5", put("previous", "C-5", value="p9")),
    ("previous.C-5", put("previous", "C-5", value=None)),
    ("previous", put("previous", value=[])),
]


@pytest.mark.parametrize(("path", "change"), FAULTS)
def test_every_fault_is_named_by_its_path(path: str, change: Change) -> None:
    data = sound()
    change(data)
    with pytest.raises(InvalidMarket) as fault:
        read_market(written(data))
    assert fault.value.path == path


def _two_locked_at_once(data: Data) -> None:
    data["places"][1]["seats"] = 2
    data["locks"] = [LOCK_C2, LOCK_C6]


def test_locks_that_break_a_maximum_are_named() -> None:
    data = sound()
    _two_locked_at_once(data)
    data["regions"][1] |= {"min": 0, "max": 1}
    with pytest.raises(InvalidMarket, match="max of region '31'") as fault:
        read_market(written(data))
    assert fault.value.path == "locks[1]"


def test_locks_that_break_a_quota_are_named() -> None:
    data = sound()
    _two_locked_at_once(data)
    data["quotas"][1] |= {"max": 1, "people": ["C-2", "C-6"], "places": ["p2"]}
    with pytest.raises(InvalidMarket, match="quota 'q2'") as fault:
        read_market(written(data))
    assert fault.value.path == "locks[1]"


def test_a_lock_that_leaves_the_partner_no_room_is_named() -> None:
    data = sound()
    data["places"][2]["seats"] = 1
    with pytest.raises(InvalidMarket) as fault:
        read_market(written(data))
    assert fault.value.path == "locks[0]"


@pytest.mark.parametrize(
    ("data", "path"),
    [
        (b"{", "market"),
        (b"\xff", "market"),
        (b"[]", "market"),
        (b"[" * 100_000, "market"),
        (b'{"format": NaN}', "market"),
        (b'{"seed": "a", "seed": "b"}', "seed"),
        (written(sound()).replace(b'"C-5": "p2"', b'"C-5": "p2", "C-5": "p1"'), "previous.C-5"),
    ],
)
def test_what_is_no_market_at_all_is_refused(data: bytes, path: str) -> None:
    with pytest.raises(InvalidMarket) as fault:
        read_market(data)
    assert fault.value.path == path


def test_ids_that_are_equal_in_nfc_are_one_id() -> None:
    data = sound()
    data["people"].append({"id": "か\u3099", "options": []})
    data["people"].append({"id": "が", "options": []})
    with pytest.raises(InvalidMarket) as fault:
        read_market(written(data))
    assert fault.value.path == "people[7].id"


def test_minima_out_of_reach_and_seats_of_nobody_are_solved_not_refused() -> None:
    data = market(
        regions=[{"id": "r", "min": 1_000_000}],
        places=[{"id": "p", "region": "r", "seats": 0}],
        people=[{"id": "C"}],
        quotas=[{"id": "q", "max": 0, "people": ["C"], "places": ["p"]}],
    )
    assert read_market(written(data)).regions[0].min == 1_000_000


def test_the_canonical_form_is_written_out_in_full() -> None:
    data = market(
        seed="か\u3099",
        regions=[{"id": "b"}, {"id": "a", "parent": "b"}],
        places=[
            {"id": "p2", "region": "a", "seats": 1},
            {"id": "p1", "region": "b", "seats": 2},
        ],
        people=[
            {"id": "C-2"},
            {"id": "C-1"},
            {"id": "C-0", "options": [{"place": "p2", "cost": 1}, {"place": "p1", "cost": 1}]},
        ],
        couples=[{"a": "C-2", "b": "C-1", "pairs": [{"a": "p1", "b": "p2", "cost": 0}]}],
    )
    expected = (
        '{"couples":[{"a":"C-1","b":"C-2","pairs":[{"a":"p2","b":"p1","cost":0}]}],'
        '"format":"kakehashi-market/1","locks":[],"mode":"welfare",'
        '"objective":["shortfall","unplaced","unfilled","cost","lottery"],"people":['
        '{"id":"C-0","options":[{"cost":1,"place":"p1"},{"cost":1,"place":"p2"}],"selected":true},'
        '{"id":"C-1","options":[],"selected":true},{"id":"C-2","options":[],"selected":true}],'
        '"places":[{"id":"p1","order":[],"region":"b","seats":2,"tier":1},'
        '{"id":"p2","order":[],"region":"a","seats":1,"tier":1}],"previous":{},"quotas":[],'
        '"regions":[{"id":"a","max":null,"min":0,"parent":"b"},'
        '{"id":"b","max":null,"min":0,"parent":null}],"seed":"が"}'
    )
    assert canonical_bytes(read_market(written(data))) == expected.encode()


def test_stable_mode_keeps_the_order_of_wishes() -> None:
    options = [{"place": "p3", "cost": 5}, {"place": "p1", "cost": 0}]
    data = sound() | {"mode": "stable", "quotas": []}
    data["people"][0]["options"] = options
    seen = json.loads(canonical_bytes(read_market(written(data))))
    assert seen["people"][0]["options"] == options
    assert seen["couples"][0]["pairs"] == [
        {"a": "p2", "b": "p1", "cost": 3},
        {"a": "p3", "b": "p3", "cost": 3},
    ]
