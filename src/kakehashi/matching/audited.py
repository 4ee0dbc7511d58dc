"""The auditor's own reading of a market file: canonical form, counts, levels.

No code of the solver. The market is taken to be valid.
"""

import hashlib
import json
import unicodedata
from collections import Counter
from collections.abc import Iterator
from operator import itemgetter
from typing import Any


class AuditedMarket:
    """A market file, normalised by this file's own reading of the form."""

    def __init__(self, value: Any) -> None:  # noqa: ANN401 -- JSON may be anything
        data = _nfc(value)
        self.welfare = data["mode"] == "welfare"
        self.data = data
        _write_out(data, by_cost=self.welfare)
        self.places = {it["id"]: it for it in data["places"]}
        self.regions = {it["id"]: it for it in data["regions"]}
        self.couples = {who: it for it in data["couples"] for who in (it["a"], it["b"])}
        self.locks = {it["person"]: it["place"] for it in data["locks"]}
        self.counted: dict[str, list[tuple[str, set[str]]]] = {}
        for it in data["quotas"]:
            places = set(it["places"])
            for who in it["people"]:
                self.counted.setdefault(who, []).append((it["id"], places))
        self.selected = {it["id"]: it["selected"] for it in data["people"]}
        self.units: list[tuple[tuple[str, ...], dict[tuple[str, ...], int]]] = [
            ((it["id"],), {(o["place"],): o["cost"] for o in it["options"]})
            for it in data["people"]
            if it["id"] not in self.couples
        ]
        self.units += [
            ((it["a"], it["b"]), {(pair["a"], pair["b"]): pair["cost"] for pair in it["pairs"]})
            for it in data["couples"]
        ]

    def digest(self) -> str:
        """The SHA-256 of its canonical form."""
        text = json.dumps(self.data, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()

    def knows(self, who: str, place: str) -> bool:
        """Whether both are of this market."""
        return who in self.selected and place in self.places

    def above(self, place: str) -> Iterator[str]:
        """The regions that count a place, from the nearest up."""
        node = self.places[place]["region"]
        while node is not None:
            yield node
            node = self.regions[node]["parent"]

    def drawn(self, people: tuple[str, ...], at: tuple[str, ...]) -> int:
        """The lottery's weight of a unit at these places."""
        text = "\0".join(["kakehashi-lottery/1", self.data["seed"], *people, *at])
        return int(hashlib.sha256(text.encode()).hexdigest()[:8], 16)

    def names(self) -> list[str]:
        """The levels, in order."""
        tiers = [f"unfilled/{it}" for it in sorted({p["tier"] for p in self.places.values()})]
        plain = ["shortfall", "unplaced", "unfilled", "cost", "lottery"]
        wished = self.data["objective"] if self.welfare else plain
        return [n for it in wished for n in (tiers if it == "unfilled" else [it])]

    def of_unit(
        self, people: tuple[str, ...], at: tuple[str, ...], cost: int
    ) -> dict[str, int]:
        """What a unit at these places (none: unplaced) adds to the levels, seats apart."""
        stays = dict(zip(people, at, strict=True)) if at else {}
        previous = self.data["previous"]
        return {
            "unplaced": 0 if at else sum(self.selected[who] for who in people),
            "moves": sum(who in previous and stays.get(who) != previous[who] for who in people),
            "cost": cost,
            "lottery": self.drawn(people, at) if at else 0,
        }

    def counts(self, given: dict[str, str]) -> Counter[tuple[str, str]]:
        """How many are at each place and in each region."""
        found: Counter[tuple[str, str]] = Counter()
        for place in given.values():
            found[("place", place)] += 1
            found.update(("region", node) for node in self.above(place))
        return found

    def levels(self, given: dict[str, str]) -> list[tuple[str, int]]:
        """The value of every level."""
        counts, value = self.counts(given), Counter[str]()
        for people, options in self.units:
            at = tuple(given[who] for who in people if who in given)
            value.update(self.of_unit(people, at if at in options else (), options.get(at, 0)))
        for name, node in self.regions.items():
            value["shortfall"] += max(0, node["min"] - counts[("region", name)])
        for name, place in self.places.items():
            value[f"unfilled/{place['tier']}"] += place["seats"] - counts[("place", name)]
        return [(name, value[name]) for name in self.names()]

    def quotas_of(self, who: str, place: str) -> frozenset[str]:
        """The quotas that count this person there."""
        return frozenset(name for name, places in self.counted.get(who, ()) if place in places)


def _nfc(value: Any) -> Any:  # noqa: ANN401 -- JSON may be anything
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, list):
        return [_nfc(it) for it in value]
    if isinstance(value, dict):
        return {_nfc(name): _nfc(it) for name, it in value.items()}
    return value


DEFAULTS: dict[str, dict[str, Any]] = {
    "regions": {"parent": None, "min": 0, "max": None},
    "places": {"tier": 1, "order": []},
    "people": {"selected": True, "options": []},
    "couples": {},
    "quotas": {},
    "locks": {},
}


def _write_out(data: dict[str, Any], *, by_cost: bool) -> None:
    """Defaults written out, everything in canonical order."""
    data.update({"couples": [], "quotas": [], "locks": [], "previous": {}} | data)
    for couple in data["couples"]:
        if couple["a"] > couple["b"]:
            couple["a"], couple["b"] = couple["b"], couple["a"]
            couple["pairs"] = [it | {"a": it["b"], "b": it["a"]} for it in couple["pairs"]]
    for part, missing in DEFAULTS.items():
        data[part] = [missing | item for item in data[part]]
        data[part].sort(key=itemgetter({"couples": "a", "locks": "person"}.get(part, "id")))
    for quota in data["quotas"]:
        quota |= {"people": sorted(quota["people"]), "places": sorted(quota["places"])}
    if by_cost:
        for person in data["people"]:
            person["options"].sort(key=itemgetter("cost", "place"))
        for couple in data["couples"]:
            couple["pairs"].sort(key=itemgetter("cost", "a", "b"))
