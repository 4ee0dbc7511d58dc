"""Every plan of a small market, one after the other: what the engine must equal."""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator

from kakehashi.matching.tests.markets import Data

Given = dict[str, str]
Draw = Callable[[str, tuple[str, ...], tuple[str, ...]], int]
Counts = Counter[tuple[str, str]]
Options = list[tuple[tuple[str, ...], int]]


def drawn(seed: str, people: tuple[str, ...], places: tuple[str, ...]) -> int:
    parts = [it.encode() for it in ("kakehashi-lottery/1", seed, *people, *places)]
    return int.from_bytes(hashlib.sha256(b"\0".join(parts)).digest()[:4], "big")


class Brute:
    """The best of all plans by every level and then by the list in id order."""

    def __init__(self, data: Data, draw: Draw = drawn) -> None:
        self.data, self.draw = data, draw
        self.parents = {it["id"]: it["parent"] for it in data["regions"]}
        self.homes = {it["id"]: it["region"] for it in data["places"]}
        self.locks = {it["person"]: it["place"] for it in data["locks"]}
        self.most = {("r", it["id"]): it["max"] for it in data["regions"]}
        self.most |= {("p", it["id"]): it["seats"] for it in data["places"]}
        self.most |= {("q", it["id"]): it["max"] for it in data["quotas"]}
        self.units = list(self._units())

    def best(self) -> tuple[list[int], Given] | None:
        """The levels and the assignment of the best plan; None if none keeps the locks."""
        ids = sorted(it["id"] for it in self.data["people"])
        ranked = (
            (self._levels(given, cost, lottery), [given.get(it, "") for it in ids], given)
            for given, cost, lottery in self._plans(0, {}, Counter())
        )
        first = min(ranked, key=lambda it: it[:2], default=None)
        return None if first is None else (first[0], first[2])

    def _units(self) -> Iterator[tuple[tuple[str, ...], Options]]:
        coupled = set()
        for it in self.data["couples"]:
            coupled |= {it["a"], it["b"]}
            a, b = ("a", "b") if it["a"] < it["b"] else ("b", "a")
            yield (it[a], it[b]), [((p[a], p[b]), p["cost"]) for p in it["pairs"]]
        for it in self.data["people"]:
            if it["id"] not in coupled:
                yield (it["id"],), [((o["place"],), o["cost"]) for o in it["options"]]

    def _plans(self, n: int, given: Given, counts: Counts) -> Iterator[tuple[Given, int, int]]:
        if n == len(self.units):
            yield dict(given), 0, 0
            return
        people, options = self.units[n]
        if not any(who in self.locks for who in people):
            yield from self._plans(n + 1, given, counts)
        for at, cost in options:
            put = dict(zip(people, at, strict=True))
            more = counts + Counter(
                t for who, to in put.items() for t in self._touched(who, to)
            )
            kept = all(self.locks.get(who, to) == to for who, to in put.items())
            if kept and all(
                self.most[it] is None or n_ <= self.most[it] for it, n_ in more.items()
            ):
                won = self.draw(self.data["seed"], people, at)
                for full, paid, lottery in self._plans(n + 1, given | put, more):
                    yield full, paid + cost, lottery + won

    def _touched(self, who: str, place: str) -> Iterator[tuple[str, str]]:
        yield "p", place
        node = self.homes[place]
        while node is not None:
            yield "r", node
            node = self.parents[node]
        for it in self.data["quotas"]:
            if who in it["people"] and place in it["places"]:
                yield "q", it["id"]

    def _levels(self, given: Given, cost: int, lottery: int) -> list[int]:
        counts = Counter(t for who, at in given.items() for t in self._touched(who, at))
        data, values = self.data, []
        for name in data["objective"]:
            if name == "shortfall":
                short = (it["min"] - counts["r", it["id"]] for it in data["regions"])
                values.append(sum(it for it in short if it > 0))
            elif name == "unplaced":
                chosen = (it["id"] for it in data["people"] if it["selected"])
                values.append(sum(it not in given for it in chosen))
            elif name == "unfilled":
                for tier in sorted({it["tier"] for it in data["places"]}):
                    at = [it for it in data["places"] if it["tier"] == tier]
                    values.append(sum(it["seats"] - counts["p", it["id"]] for it in at))
            elif name == "moves":
                before = data["previous"].items()
                values.append(sum(given.get(who) != place for who, place in before))
            else:
                values.append(cost if name == "cost" else lottery)
        return values
