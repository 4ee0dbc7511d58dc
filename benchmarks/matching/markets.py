"""Invented markets at the programme's size, made by chance from a seed.

What stands in them: host bodies with minima and maxima in blocks, contracting organisations
with one to three requests, two dozen options a person, one in thirty in a couple, caps on
nationalities in some host bodies. Every number is invented; none is the programme's.
"""

import json
from collections import Counter
from collections.abc import Iterator
from random import Random
from typing import Any

from kakehashi.matching import Market, read_market
from kakehashi.matching.market import OBJECTIVE

Data = dict[str, Any]

HOST_BODIES, BLOCKS = 67, 8
OPTIONS = 24  # a person, half of them in one wished block
PAIRS = 24  # a couple
COUPLED = 0.03
SELECTED = 0.95
QUOTAS = 28  # host body x nationality
SEATS_PER_PERSON = (0.92, 1.05)
NATIONS = ("us", "gb", "ca", "au", "nz", "ie", "za", "jm")
SHARES = (50, 12, 10, 6, 5, 4, 5, 8)


def invented(people: int, seed: int) -> Data:
    """A market of so many people, in the form of a market file."""
    chance = Random(f"{people}/{seed}")  # noqa: S311 -- invented, not secret
    bodies = [f"h{i:02}" for i in range(HOST_BODIES)]
    weights = [chance.paretovariate(1.2) for _ in bodies]
    places = list(
        _places(chance, bodies, weights, round(people * chance.uniform(*SEATS_PER_PERSON)))
    )
    nations = chance.choices(NATIONS, SHARES, k=people)
    everyone = [
        {"id": f"C-{i:06}", "selected": chance.random() < SELECTED, "options": []}
        for i in range(people)
    ]
    coupled = int(people * COUPLED) // 2 * 2
    couples = [
        _couple(chance, everyone[i], everyone[i + 1], places) for i in range(0, coupled, 2)
    ]
    for person in everyone[coupled:]:
        person["options"] = _options(chance, places)
    return {
        "format": "kakehashi-market/1",
        "seed": f"invented {people}/{seed}",
        "mode": "welfare",
        "objective": list(OBJECTIVE),
        "regions": [*_tree(chance, bodies, places)],
        "places": places,
        "people": everyone,
        "couples": couples,
        "quotas": list(_quotas(chance, bodies, places, everyone, nations)),
    }


def market(people: int, seed: int) -> Market:
    """The same, read by the engine."""
    return read_market(json.dumps(invented(people, seed)).encode())


def _places(
    chance: Random, bodies: list[str], weights: list[float], seats: int
) -> Iterator[Data]:
    """Requests of one to four seats until there are so many seats, a few to an organisation."""
    number = 0
    while seats > 0:
        (body,) = chance.choices(bodies, weights)
        organisation = f"{body}-{chance.randint(0, max(1, seats // 40)):03}"
        asked = min(seats, chance.choice((1, 1, 1, 2, 2, 3, 4)))
        tier = chance.choice((1, 1, 1, 2))
        yield {"id": f"p{number:06}", "region": organisation, "seats": asked, "tier": tier}
        number, seats = number + 1, seats - asked


def _tree(chance: Random, bodies: list[str], places: list[Data]) -> Iterator[Data]:
    """Blocks, host bodies with a minimum and a maximum, organisations."""
    seats: Counter[str] = Counter()
    for place in places:
        seats[_body(place)] += place["seats"]
    for block in range(BLOCKS):
        yield {"id": f"b{block}"}
    for i, body in enumerate(bodies):
        most = round(seats[body] * chance.uniform(0.9, 1.1))
        least = min(most, round(seats[body] * chance.uniform(0.7, 0.95)))
        yield {"id": body, "parent": f"b{i % BLOCKS}", "min": least, "max": most}
    for organisation in sorted({place["region"] for place in places}):
        yield {"id": organisation, "parent": organisation.split("-")[0]}


def _body(place: Data) -> str:
    name: str = place["region"].split("-")[0]
    return name


def _options(chance: Random, places: list[Data]) -> list[Data]:
    """A wished block costs least; within it and beyond it places fit better or worse."""
    wished = {f"h{i:02}" for i in range(chance.randrange(BLOCKS), HOST_BODIES, BLOCKS)}
    near = [place for place in places if _body(place) in wished]
    some = chance.sample(near, min(len(near), OPTIONS // 2))
    some += chance.sample(places, min(len(places), OPTIONS - len(some)))
    costs = {
        it["id"]: (0 if _body(it) in wished else 100) + chance.choice((0, 0, 3, 5, 10, 15, 25))
        for it in some
    }
    return [{"place": place, "cost": cost} for place, cost in costs.items()]


def _couple(chance: Random, a: Data, b: Data, places: list[Data]) -> Data:
    """Two people on pairs of places of one host body."""
    b["selected"] = a["selected"]
    body = _body(chance.choice(places))
    near = [place["id"] for place in places if _body(place) == body]
    pairs = {(chance.choice(near), chance.choice(near)) for _ in range(PAIRS)}
    return {
        "a": a["id"],
        "b": b["id"],
        "pairs": [
            {"a": at, "b": to, "cost": chance.choice((0, 5, 10, 20, 50))}
            for at, to in sorted(pairs)
        ],
    }


def _quotas(
    chance: Random, bodies: list[str], places: list[Data], people: list[Data], of: list[str]
) -> Iterator[Data]:
    """At most so many of one nationality in one host body."""
    for i in range(QUOTAS):
        nation = chance.choices(NATIONS, SHARES)[0]
        body = bodies[i * len(bodies) // QUOTAS]
        here = [place for place in places if _body(place) == body]
        seats, share = sum(it["seats"] for it in here), of.count(nation) / max(1, len(of))
        yield {
            "id": f"q{i:02}",
            "max": round(seats * share * chance.uniform(0.6, 1.1)),
            "people": [it["id"] for it, its in zip(people, of, strict=True) if its == nation],
            "places": [it["id"] for it in here],
        }
