"""Stable mode once more, written from the words of the specification alone, as plainly as they stand.

It shares nothing with the engine and is in no hurry: `test_stable_proofs` compares the two.
"""

from hashlib import sha256
from typing import Any


def _drawn(seed: str, who: str) -> int:
    text = b"kakehashi-priority/1\0" + seed.encode() + b"\0" + who.encode()
    return int.from_bytes(sha256(text).digest(), "big")


def procedure(market: dict[str, Any]) -> dict[str, str]:  # noqa: C901 -- one page, as the words stand
    """Who is placed where; for markets whose locks are of singles."""
    places = {it["id"]: it for it in market["places"]}
    regions = {it["id"]: it for it in market["regions"]}
    drawn = {it["id"]: _drawn(market["seed"], it["id"]) for it in market["people"]}

    def priority(who: str, place: str) -> tuple[bool, int]:
        order = places[place].get("order", [])
        return (False, order.index(who)) if who in order else (True, drawn[who])

    def allowed(plan: list[tuple[str, str]]) -> bool:
        seats = all(
            sum(at == place for _, at in plan) <= it["seats"] for place, it in places.items()
        )
        below = {
            region: [at for _, at in plan if region in _ancestors(places[at]["region"])]
            for region in regions
        }
        limits = {region: it.get("max") for region, it in regions.items()}
        return seats and all(
            limit is None or len(below[region]) <= limit for region, limit in limits.items()
        )

    def _ancestors(region: str | None) -> list[str]:
        return [] if region is None else [region, *_ancestors(regions[region].get("parent"))]

    def choice(offers: list[tuple[str, str]]) -> list[tuple[str, str]]:
        accepted: list[tuple[str, str]] = []
        for offer in sorted(offers, key=lambda it: (*priority(*it), drawn[it[0]])):
            if allowed([*fixed, *accepted, offer]):
                accepted.append(offer)
        return accepted

    fixed = [(it["person"], it["place"]) for it in market["locks"]]
    coupled = {who for it in market["couples"] for who in (it["a"], it["b"])}
    free = {
        it["id"]: [wish["place"] for wish in it.get("options", [])] for it in market["people"]
    }
    wishes = {who: it for who, it in free.items() if who not in coupled | dict(fixed).keys()}
    held: list[tuple[str, str]] = []
    queue = sorted(market["couples"], key=lambda it: max(drawn[it["a"]], drawn[it["b"]]))
    for couple in [None, *queue]:
        for pair in couple["pairs"] if couple else []:
            both = [(couple["a"], pair["a"]), (couple["b"], pair["b"])]
            if allowed([*fixed, *both]):
                fixed = [*fixed, *both]
                break
        held = choice(held)
        while new := [
            (who, it.pop(0)) for who, it in wishes.items() if it and who not in dict(held)
        ]:
            held = choice([*held, *new])
    return dict(fixed + held)
