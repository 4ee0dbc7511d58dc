"""Stable mode: people propose in the order of their wishes, places hold whom they rank first.

Person-proposing deferred acceptance with caps on a tree of regions, after Kamada and
Kojima. Nested maxima make the outcome independent of who proposes first, and give singles
no reason to misstate their wishes. Locked people come first and are never displaced;
couples come after the singles, and for them no stability is claimed.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from kakehashi.matching.lottery import priority
from kakehashi.matching.market import Couple, InvalidMarket, Market, Pair

Key = tuple[int, int, str]
Node = tuple[str, str]


@dataclass(frozen=True)
class Outcome:
    """What a committee sees of a plan, whichever mode made it.

    `filled` counts people by tier; `blocking` counts pairs of a single and a place that
    would both rather have each other, None where no place ranks anybody.
    """

    placed: int
    filled: Mapping[int, int]
    moves: int
    blocking: int | None


class _Tree:
    """Seats and maxima, and how many count for each."""

    def __init__(self, market: Market) -> None:
        parents = {it.id: it.parent for it in market.regions}
        self.most = {("region", it.id): it.max for it in market.regions}
        self.most |= {("place", it.id): it.seats for it in market.places}
        self.nodes: dict[str, list[Node]] = {}
        for place in market.places:
            self.nodes[place.id] = [("place", place.id)]
            node: str | None = place.region
            while node is not None:
                self.nodes[place.id].append(("region", node))
                node = parents[node]

    def fits(self, counts: Counter[Node], places: Sequence[str]) -> bool:
        """Whether one more at each of these places still keeps every seat and maximum."""
        more = Counter(node for place in places for node in self.nodes[place])
        return all(
            (most := self.most[node]) is None or counts[node] + count <= most
            for node, count in more.items()
        )

    def add(self, counts: Counter[Node], places: Sequence[str]) -> None:
        """Count one more at each of these places."""
        for place in places:
            counts.update(self.nodes[place])


class _Ranks:
    """The priority of people at places: by `order`, then everyone else by the lottery."""

    def __init__(self, market: Market) -> None:
        self.drawn = {it.id: priority(market.seed, it.id) for it in market.people}
        self._listed = {
            (who, place.id): index
            for place in market.places
            for index, who in enumerate(place.order)
        }
        self._last = len(market.people)

    def key(self, who: str, place: str) -> Key:
        """Smaller comes first; comparable between places."""
        return self._listed.get((who, place), self._last), self.drawn[who], who


class _Procedure:
    """The state of the proposals: who is fixed, who is held, who has which wishes left."""

    def __init__(self, market: Market) -> None:
        self.market, self.tree, self.ranks = market, _Tree(market), _Ranks(market)
        self.fixed: dict[str, str] = {lock.person: lock.place for lock in market.locks}
        self.taken: Counter[Node] = Counter()
        self.held: dict[str, str] = {}
        coupled = {who for it in market.couples for who in (it.a, it.b)}
        self.wishes: dict[str, Iterator[str]] = {
            person.id: iter([option.place for option in person.options])
            for person in market.people
            if person.id not in coupled and person.id not in self.fixed
        }

    def run(self) -> dict[str, str]:
        """Who is placed where when nobody proposes any more."""
        locks = dict(self.fixed)
        self.tree.add(self.taken, list(locks.values()))
        touched = [it for it in self.market.couples if it.a in locks or it.b in locks]
        if not self._partners(touched, locks):
            raise InvalidMarket("locks", "no plan keeps every lock of a couple")
        self._propose(list(self.wishes))
        free = [it for it in self.market.couples if it not in touched]
        drawn = self.ranks.drawn
        for couple in sorted(free, key=lambda it: max(drawn[it.a], drawn[it.b])):
            self._seat(couple)
        return {**self.fixed, **self.held}

    def _partners(self, couples: Sequence[Couple], locks: Mapping[str, str]) -> bool:
        """Put the partners of locked people on the first pairs that fit together."""
        if not couples:
            return True
        first, rest = couples[0], couples[1:]
        for pair in first.pairs:
            put = {first.a: pair.a, first.b: pair.b}
            if any(locks.get(who, place) != place for who, place in put.items()):
                continue
            places = [place for who, place in put.items() if who not in locks]
            before = self.taken.copy()
            if self.tree.fits(self.taken, places):
                self.tree.add(self.taken, places)
                if self._partners(rest, locks):
                    self.fixed.update(put)
                    return True
            self.taken = before
        return False

    def _propose(self, unplaced: list[str]) -> None:
        """Everyone without a place asks for their next wish, until all have or give up."""
        while unplaced:
            offers = dict(self.held)
            for who in unplaced:
                place = next(self.wishes[who], None)
                if place is not None:
                    offers[who] = place
            self.held = self._chosen(offers)
            unplaced = sorted(offers.keys() - self.held.keys())

    def _chosen(self, offers: Mapping[str, str]) -> dict[str, str]:
        """The choice of a set of offers: in priority order, where there is still room."""
        counts, chosen = self.taken.copy(), {}
        for who in sorted(offers, key=lambda it: self.ranks.key(it, offers[it])):
            if self.tree.fits(counts, [offers[who]]):
                self.tree.add(counts, [offers[who]])
                chosen[who] = offers[who]
        return chosen

    def _seat(self, couple: Couple) -> None:
        """The couple's first pair beside everyone locked and every earlier couple."""
        for pair in couple.pairs:
            if self.tree.fits(self.taken, _both(pair)):
                self.fixed.update({couple.a: pair.a, couple.b: pair.b})
                self.tree.add(self.taken, _both(pair))
                before = self.held
                self.held = self._chosen(before)
                self._propose(sorted(before.keys() - self.held.keys()))
                return


def _both(pair: Pair) -> list[str]:
    return [pair.a, pair.b]


def propose(market: Market) -> dict[str, str]:
    """The assignment of stable mode for a market in canonical order.

    Raises `InvalidMarket` at `locks` where the partners of locked people find no room.
    """
    return _Procedure(market).run()


def outcome(market: Market, assignment: Mapping[str, str]) -> Outcome:
    """The figures of a plan by which two modes can be compared."""
    tiers = {place.id: place.tier for place in market.places}
    filled = Counter(tiers[place] for place in assignment.values())
    ranked = any(place.order for place in market.places)
    return Outcome(
        placed=len(assignment),
        filled={tier: filled[tier] for tier in sorted(set(tiers.values()))},
        moves=sum(assignment.get(who) != at for who, at in market.previous.items()),
        blocking=_blocking(market, assignment) if ranked else None,
    )


def _blocking(market: Market, assignment: Mapping[str, str]) -> int:
    """Pairs of a single and an earlier wish whose choice would take the single in.

    The single's own seat counts as left. So a maximum above both places can leave such a
    pair without any couple: a better rank at the later wish displaced who was in the way.
    """
    free = {it.id for it in market.people} - {lock.person for lock in market.locks}
    free -= {who for couple in market.couples for who in (couple.a, couple.b)}
    queues = _Queues(market, assignment, free)
    count = 0
    for person in market.people:
        if person.id in free:
            for option in person.options:
                if option.place == assignment.get(person.id):
                    break
                count += queues.would_take(person.id, option.place)
    return count


class _Queues:
    """At every place and region: who is fixed there, and the keys of the free, in order."""

    def __init__(
        self, market: Market, assignment: Mapping[str, str], free: AbstractSet[str]
    ) -> None:
        self.tree, self.ranks, self.assignment = _Tree(market), _Ranks(market), assignment
        self.taken: Counter[Node] = Counter()
        self.tree.add(self.taken, [it for who, it in assignment.items() if who not in free])
        self.queues: dict[Node, list[Key]] = {node: [] for node in self.tree.most}
        for who in free & assignment.keys():
            for node in self.tree.nodes[assignment[who]]:
                self.queues[node].append(self.ranks.key(who, assignment[who]))
        for queue in self.queues.values():
            queue.sort()

    def would_take(self, who: str, place: str) -> bool:
        """Whether there is room beside the fixed and all free people of higher priority."""
        key, now = self.ranks.key(who, place), self.assignment.get(who)
        ahead: set[Node] = set()
        if now is not None and self.ranks.key(who, now) < key:
            ahead.update(self.tree.nodes[now])
        counts = Counter(
            {
                node: self.taken[node] + bisect_left(self.queues[node], key) - (node in ahead)
                for node in self.tree.nodes[place]
            }
        )
        return self.tree.fits(counts, [place])
