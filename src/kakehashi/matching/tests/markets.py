"""Small markets for the tests, made by chance from a seed."""

import json
from random import Random
from typing import Any

from kakehashi.matching import InvalidMarket, read_market
from kakehashi.matching.market import OBJECTIVE

Data = dict[str, Any]


def written(data: Data) -> bytes:
    return json.dumps(data).encode()


def market(**parts: object) -> Data:
    return {
        "format": "kakehashi-market/1",
        "seed": "a seed",
        "mode": "welfare",
        "objective": list(OBJECTIVE),
        "regions": [],
        "places": [],
        "people": [],
    } | parts


def by_chance(seed: int, *, network: bool = False, people_up_to: int = 8) -> Data:
    """A valid market: all that the form allows, and tight enough to matter."""
    chance = Random(seed)
    regions = _regions(chance)
    places = [
        {
            "id": f"p{i}",
            "region": chance.choice(regions)["id"],
            "seats": chance.choice([0, 1, 1, 2, 3]),
            "tier": chance.choice([1, 1, 2]),
        }
        for i in range(chance.randint(1, people_up_to * 3 // 4))
    ]
    people: list[Data] = [
        {"id": f"C-{i}", "selected": chance.random() < 0.8, "options": []}
        for i in range(chance.randint(0, people_up_to))
    ]
    couples = [] if network else _couples(chance, people, places)
    _wish(chance, people, couples, places)
    objective = list(OBJECTIVE)
    if chance.random() < 0.5:
        objective.insert(chance.randint(0, 4), "moves")
    made = market(
        seed=str(seed),
        objective=objective,
        regions=regions,
        places=places,
        people=people,
        couples=couples,
        quotas=[] if network else _quotas(chance, people, places),
        locks=_locks(chance, people, couples),
        previous={
            it["id"]: chance.choice(places)["id"] for it in people if chance.random() < 0.4
        },
    )
    while not _valid(made):
        made["locks"].pop()
    return made


def _wish(chance: Random, people: list[Data], couples: list[Data], places: list[Data]) -> None:
    coupled = {who for it in couples for who in (it["a"], it["b"])}
    for person in people:
        if person["id"] not in coupled:
            wished = chance.sample(places, chance.randint(0, min(4, len(places))))
            costs = [{"place": it["id"], "cost": chance.randint(0, 4)} for it in wished]
            person["options"] = costs


def _valid(data: Data) -> bool:
    try:
        read_market(written(data))
    except InvalidMarket:
        return False
    return True


def _regions(chance: Random) -> list[Data]:
    found: list[Data] = []
    for i in range(chance.randint(1, 5)):
        least = chance.choice([0, 0, 1, 2])
        parent = chance.choice(found)["id"] if found and chance.random() < 0.7 else None
        most = chance.choice([None, None, least, least + 1, least + 2])
        found.append({"id": f"r{i}", "parent": parent, "min": least, "max": most})
    return found


def _couples(chance: Random, people: list[Data], places: list[Data]) -> list[Data]:
    single = [it["id"] for it in people]
    chance.shuffle(single)
    selected = {it["id"]: it for it in people}
    every = [(x["id"], y["id"]) for x in places for y in places]
    found = []
    for _ in range(min(chance.choice([0, 1, 2, 3]), len(single) // 2)):
        a, b = single.pop(), single.pop()
        selected[b]["selected"] = selected[a]["selected"]
        pairs = chance.sample(every, chance.randint(0, min(5, len(every))))
        costs = [{"a": x, "b": y, "cost": chance.randint(0, 4)} for x, y in pairs]
        found.append({"a": a, "b": b, "pairs": costs})
    return found


def _quotas(chance: Random, people: list[Data], places: list[Data]) -> list[Data]:
    def some(of: list[Data]) -> list[str]:
        return [it["id"] for it in chance.sample(of, chance.randint(0, len(of)))]

    return [
        {
            "id": f"q{i}",
            "max": chance.randint(0, 2),
            "people": some(people),
            "places": some(places),
        }
        for i in range(chance.choice([0, 0, 1, 2]))
    ]


def _locks(chance: Random, people: list[Data], couples: list[Data]) -> list[Data]:
    possible = {it["id"]: [option["place"] for option in it["options"]] for it in people}
    for couple in couples:
        for side in ("a", "b"):
            possible[couple[side]] = [pair[side] for pair in couple["pairs"]]
    return [
        {"person": who, "place": chance.choice(at)}
        for who, at in possible.items()
        if at and chance.random() < 0.12
    ]


def shuffled(data: Data, seed: int) -> Data:
    """The same market in another order, with couples turned."""
    chance = Random(seed)
    other: Data = json.loads(json.dumps(data))
    for couple in other.get("couples", []):
        chance.shuffle(couple["pairs"])
        if chance.random() < 0.5:
            couple["a"], couple["b"] = couple["b"], couple["a"]
            for pair in couple["pairs"]:
                pair["a"], pair["b"] = pair["b"], pair["a"]
    for person in other["people"]:
        chance.shuffle(person.get("options", []))
    for quota in other.get("quotas", []):
        chance.shuffle(quota["people"])
        chance.shuffle(quota["places"])
    for part in ("regions", "places", "people", "couples", "quotas", "locks"):
        if part in other:
            chance.shuffle(other[part])
    names = list(other)
    chance.shuffle(names)
    return {name: other[name] for name in names}
