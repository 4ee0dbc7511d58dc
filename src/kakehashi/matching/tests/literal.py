"""Stable mode once more, written from the words of the specification alone, as plainly as they stand.

It shares nothing with the engine and is in no hurry: `test_stable_proofs` compares the two.
"""

from hashlib import sha256
from typing import Any

Offers = list[tuple[str, str]]


def procedure(market: dict[str, Any]) -> dict[str, str]:
    """Who is placed where; for markets whose locks are of singles."""
    rules = _Rules(market)
    fixed = [(it["person"], it["place"]) for it in market["locks"]]
    coupled = {who for it in market["couples"] for who in (it["a"], it["b"])}
    apart = coupled | dict(fixed).keys()
    people = [it for it in market["people"] if it["id"] not in apart]
    wishes = {it["id"]: [wish["place"] for wish in it.get("options", [])] for it in people}
    held: Offers = []
    drawn = rules.drawn
    for couple in [
        None,
        *sorted(market["couples"], key=lambda it: max(drawn[it["a"]], drawn[it["b"]])),
    ]:
        for pair in couple["pairs"] if couple else []:
            both = [(couple["a"], pair["a"]), (couple["b"], pair["b"])]
            if rules.allowed([*fixed, *both]):
                fixed = [*fixed, *both]
                break
        held = rules.choice(fixed, held)
        while new := [
            (who, it.pop(0)) for who, it in wishes.items() if it and who not in dict(held)
        ]:
            held = rules.choice(fixed, [*held, *new])
    return dict(fixed + held)


class _Rules:
    def __init__(self, market: dict[str, Any]) -> None:
        self.places = {it["id"]: it for it in market["places"]}
        self.regions = {it["id"]: it for it in market["regions"]}
        start = b"kakehashi-priority/1\0" + market["seed"].encode() + b"\0"
        digest = {
            it["id"]: sha256(start + it["id"].encode()).digest() for it in market["people"]
        }
        self.drawn = {who: int.from_bytes(it, "big") for who, it in digest.items()}

    def priority(self, who: str, place: str) -> tuple[bool, int]:
        order = self.places[place].get("order", [])
        return (False, order.index(who)) if who in order else (True, self.drawn[who])

    def above(self, region: str | None) -> list[str]:
        return (
            [] if region is None else [region, *self.above(self.regions[region].get("parent"))]
        )

    def allowed(self, plan: Offers) -> bool:
        here = [at for _, at in plan]
        counted = [node for at in here for node in self.above(self.places[at]["region"])]
        limits = {region: it.get("max") for region, it in self.regions.items()}
        return all(here.count(it) <= self.places[it]["seats"] for it in here) and all(
            limit is None or counted.count(region) <= limit for region, limit in limits.items()
        )

    def choice(self, fixed: Offers, offers: Offers) -> Offers:
        accepted: Offers = []
        for offer in sorted(offers, key=lambda it: (*self.priority(*it), self.drawn[it[0]])):
            if self.allowed([*fixed, *accepted, offer]):
                accepted.append(offer)
        return accepted
