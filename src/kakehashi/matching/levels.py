"""Counts a plan's levels again, in integers, from nothing but the market and the plan."""

from collections import Counter
from collections.abc import Mapping

from kakehashi.matching.lottery import weight
from kakehashi.matching.market import Market, level_names


def level_values(market: Market, assignment: Mapping[str, str]) -> tuple[int, ...]:
    """The value of every level of `level_names(market)`; `assignment` is person → place."""
    at = {place.id: place for place in market.places}
    used = Counter(assignment.values())
    cost, lottery = _cost_and_lottery(market, assignment)
    values = {
        "shortfall": _shortfall(market, used),
        "unplaced": sum(it.selected and it.id not in assignment for it in market.people),
        "moves": sum(assignment.get(who) != where for who, where in market.previous.items()),
        "cost": cost,
        "lottery": lottery,
    }
    for place in at.values():
        name = f"unfilled/{place.tier}"
        values[name] = values.get(name, 0) + place.seats - used[place.id]
    return tuple(values[name] for name in level_names(market))


def _shortfall(market: Market, used: Mapping[str, int]) -> int:
    parents = {region.id: region.parent for region in market.regions}
    counts: Counter[str] = Counter()
    for place in market.places:
        node: str | None = place.region
        while node is not None:
            counts[node] += used[place.id]
            node = parents[node]
    return sum(max(0, region.min - counts[region.id]) for region in market.regions)


def _cost_and_lottery(market: Market, assignment: Mapping[str, str]) -> tuple[int, int]:
    cost = lottery = 0
    for person in market.people:
        for option in person.options:
            if assignment.get(person.id) == option.place:
                cost += option.cost
                lottery += weight(market.seed, (person.id,), (option.place,))
    for couple in market.couples:
        for pair in couple.pairs:
            if (assignment.get(couple.a), assignment.get(couple.b)) == (pair.a, pair.b):
                cost += pair.cost
                lottery += weight(market.seed, (couple.a, couple.b), (pair.a, pair.b))
    return cost, lottery
