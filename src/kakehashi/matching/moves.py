"""The auditor's judgement of a claim that no plan is better. No code of the solver.

A step leaves one node and enters another: a single leaves a place for another (or for
nowhere), or a place or region takes one more or one fewer. A cycle of steps is another
plan; if one costs less, the claim is false. If none does, the prices that follow from the
steps are an integer dual bound; where every couple agrees with them, it equals the levels.
Costs are packed, a digit of 64 bits a level, so that one integer compares all levels.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kakehashi.matching.audited import AuditedMarket

DIGIT = 64
NOWHERE = ("", "")  # the node of everyone without a place, and above every root
Node = tuple[str, str]
Change = tuple[str, tuple[str, ...]]  # who is put where; () is nowhere
Way = tuple[Node, int]  # to a node, at a cost
Step = tuple[Node, Node, int, Change | None]
REFUTED = "gap 1 or more: 'proved' is false, a better plan exists"


def judged(market: "AuditedMarket", given: dict[str, str]) -> tuple[str, bool]:
    """The third line of the verdict, and whether the claim is refuted.

    Where quotas stand in the way of the cycle found, only cycles that fill no quota
    further are looked for, and better places for one unit alone.
    """
    plan = _Plan(market, given)
    prices, better = _prices(plan.steps(keep_quotas=False))
    if prices is not None and plan.couples_agree(prices):
        return "certified", False
    if (
        (prices is None and plan.quotas_kept(better))
        or _prices(plan.steps(keep_quotas=True))[0] is None
        or plan.a_unit_is_better_elsewhere()
    ):
        return REFUTED, True
    return "solver's claim", False


def _prices(steps: Iterable[Step]) -> tuple[dict[Node, int] | None, list[Change]]:
    """Shortest ways to every node (Bellman, Ford); or the changes of a cycle below 0."""
    shortest: dict[tuple[Node, Node], tuple[int, Change | None]] = {}
    for source, target, cost, change in steps:
        known = shortest.get((source, target))
        if known is None or cost < known[0]:
            shortest[source, target] = cost, change
    leaving: dict[Node, list[Way]] = {}
    for (source, target), (cost, _) in shortest.items():
        leaving.setdefault(source, []).append((target, cost))
    far = dict.fromkeys((NOWHERE, *(node for ends in shortest for node in ends)), 0)
    came: dict[Node, Node] = {}
    circle: list[Node] = []
    nearer = list(leaving)  # only from these may a way have become shorter
    while not circle:
        nearer = _shortened(nearer, leaving, far, came)
        if not nearer:
            return far, []
        circle = _circle(came)
    changes = (shortest[came[node], node][1] for node in circle)
    return None, [it for it in changes if it is not None]


def _shortened(
    nearer: Iterable[Node],
    leaving: Mapping[Node, list[Way]],
    far: dict[Node, int],
    came: dict[Node, Node],
) -> list[Node]:
    """Go on from the nodes that came nearer; give those that come nearer by that."""
    found: dict[Node, None] = {}
    for source in nearer:
        here = far[source]
        for target, cost in leaving.get(source, ()):
            if here + cost < far[target]:
                far[target] = here + cost
                came[target] = source
                found[target] = None
    return list(found)


def _circle(came: Mapping[Node, Node]) -> list[Node]:
    """Nodes whose shortest ways run in a circle, which then costs less than nothing."""
    sound: set[Node] = set()
    for start in came:
        way: dict[Node, None] = {}
        node: Node | None = start
        while node is not None and node not in sound:
            if node in way:
                nodes = list(way)
                return nodes[nodes.index(node) :]
            way[node] = None
            node = came.get(node)
        sound.update(way)
    return []


class _Plan:
    """A plan that keeps the rules, and what changes of it would cost."""

    def __init__(self, market: "AuditedMarket", given: dict[str, str]) -> None:
        self.market, self.given = market, given
        self.counts = market.counts(given)
        self.held = Counter(q for who, at in given.items() for q in market.quotas_of(who, at))
        names = market.names()
        self.worth = {name: 1 << DIGIT * i for i, name in enumerate(reversed(names))}
        self.costs: dict[tuple[str, ...], dict[tuple[str, ...], int]] = {}

    def steps(self, *, keep_quotas: bool) -> Iterator[Step]:
        """Every step; with `keep_quotas` only such as fill no quota further."""
        yield from self._of_tree()
        for people, options in self.market.units:
            if len(people) == 1 and people[0] not in self.market.locks:
                yield from self._of_single(people[0], options, keep_quotas=keep_quotas)

    def _of_single(
        self, who: str, options: Mapping[tuple[str, ...], int], *, keep_quotas: bool
    ) -> Iterator[Step]:
        now = (self.given[who],) if who in self.given else ()
        costs = self._unit_costs((who,), options)
        held = self.market.quotas_of(who, now[0]) if now and keep_quotas else frozenset[str]()
        for at, cost in costs.items():
            fills = at and keep_quotas and not self.market.quotas_of(who, at[0]) <= held
            if at != now and not fills:
                yield _place(now), _place(at), cost - costs[now], (who, at)

    def _unit_costs(
        self, people: tuple[str, ...], options: Mapping[tuple[str, ...], int]
    ) -> dict[tuple[str, ...], int]:
        """The packed cost of each thing a unit may be given; () is nothing."""
        if people not in self.costs:
            locks = self.market.locks
            costs = {
                at: self._packed(self.market.of_unit(people, at, cost))
                for at, cost in options.items()
                if all(locks.get(who, to) == to for who, to in zip(people, at, strict=True))
            }
            if not any(who in locks for who in people):
                costs = {(): self._packed(self.market.of_unit(people, (), 0)), **costs}
            self.costs[people] = costs
        return self.costs[people]

    def _packed(self, values: Mapping[str, int]) -> int:
        return sum(self.worth.get(name, 0) * value for name, value in values.items())

    def _of_tree(self) -> Iterator[Step]:
        for name, place in self.market.places.items():
            node, above = ("place", name), ("region", place["region"])
            yield from self._one_more_or_fewer(node, above, place["seats"])
        for name, region in self.market.regions.items():
            above = NOWHERE if region["parent"] is None else ("region", region["parent"])
            yield from self._one_more_or_fewer(("region", name), above, region["max"])

    def _one_more_or_fewer(self, node: Node, above: Node, most: int | None) -> Iterator[Step]:
        count = self.counts[node]
        if most is None or count < most:
            yield node, above, self._at(node, count + 1) - self._at(node, count), None
        if count > 0:
            yield above, node, self._at(node, count - 1) - self._at(node, count), None

    def _at(self, node: Node, count: int) -> int:
        """What so many people at a place or region cost."""
        kind, name = node
        if kind == "place":
            return -count * self.worth[f"unfilled/{self.market.places[name]['tier']}"]
        return max(0, int(self.market.regions[name]["min"]) - count) * self.worth["shortfall"]

    def couples_agree(self, prices: Mapping[Node, int]) -> bool:
        """Whether at these prices no couple would rather be elsewhere."""
        for people, options in self.market.units:
            if len(people) == 1:
                continue
            costs = {
                at: cost - sum(prices[_place((to,))] - prices[NOWHERE] for to in at)
                for at, cost in self._unit_costs(people, options).items()
                if all(_place((to,)) in prices for to in at)  # else nobody can ever be there
            }
            if costs[self._now(people)] > min(costs.values()):
                return False
        return True

    def _now(self, people: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(self.given[who] for who in people if who in self.given)

    def quotas_kept(self, changes: Iterable[Change]) -> bool:
        """Whether the plan with these changes keeps every quota."""
        given = dict(self.given)
        for who, at in changes:
            given.pop(who, None)
            given.update((who, place) for place in at)
        held = Counter(q for who, at in given.items() for q in self.market.quotas_of(who, at))
        return all(held[it["id"]] <= it["max"] for it in self.market.data["quotas"])

    def a_unit_is_better_elsewhere(self) -> bool:
        """Whether moving one couple or single alone makes the plan better."""
        gain = {name: self._gain(name) for name in self.market.places}
        for people, options in self.market.units:
            costs, now = self._unit_costs(people, options), self._now(people)
            least = costs[now] - sum(self._seat(place) for place in now)
            for at, cost in costs.items():
                hopeful = at != now and cost - sum(gain[place] for place in at) < least
                if hopeful and self._moved(people, now, at, cost - costs[now]):
                    return True
        return False

    def _seat(self, place: str) -> int:
        """What an empty seat there costs."""
        return self.worth[f"unfilled/{self.market.places[place]['tier']}"]

    def _gain(self, place: str) -> int:
        """The most that one more person there can save: a seat filled, and every minimum nearer."""
        above = self.market.above(place)
        short = sum(self.counts["region", it] < self._least(it) for it in above)
        return self._seat(place) + short * self.worth["shortfall"]

    def _least(self, region: str) -> int:
        return int(self.market.regions[region]["min"])

    def _moved(
        self, people: tuple[str, ...], now: tuple[str, ...], at: tuple[str, ...], cost: int
    ) -> bool:
        change, held = Counter[Node](), Counter(self.held)
        for places, sign in ((now, -1), (at, 1)):
            for who, place in zip(people, places, strict=False):
                for node in [
                    ("place", place),
                    *(("region", it) for it in self.market.above(place)),
                ]:
                    change[node] += sign
                for quota in self.market.quotas_of(who, place):
                    held[quota] += sign
        for node, more in change.items():
            kind, name = node
            most = (
                self.market.places[name]["seats"]
                if kind == "place"
                else self.market.regions[name]["max"]
            )
            if more > 0 and most is not None and self.counts[node] + more > most:
                return False
            cost += self._at(node, self.counts[node] + more) - self._at(node, self.counts[node])
        return cost < 0 and all(
            held[it["id"]] <= it["max"] for it in self.market.data["quotas"]
        )


def _place(at: tuple[str, ...]) -> Node:
    return ("place", at[0]) if at else NOWHERE
