"""The one written form of a market, so that the order of the input changes nothing.

Lists of objects stand in the order of their ids, lists of ids are sorted (not `order`,
not `objective`), a couple has a < b and its pairs turned with it, options and pairs stand
by (cost, places) in welfare mode and by wish in stable mode, defaults are written out.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import replace

from kakehashi.matching.market import FORMAT, WELFARE, Couple, Market, Pair


def arranged(market: Market) -> Market:
    """The same market with everything in canonical order."""
    by_cost = market.mode == WELFARE
    return replace(
        market,
        regions=tuple(sorted(market.regions, key=lambda it: it.id)),
        places=tuple(sorted(market.places, key=lambda it: it.id)),
        people=tuple(
            replace(
                person,
                options=tuple(sorted(person.options, key=lambda it: (it.cost, it.place)))
                if by_cost
                else person.options,
            )
            for person in sorted(market.people, key=lambda it: it.id)
        ),
        couples=tuple(
            sorted((_turned(it, by_cost=by_cost) for it in market.couples), key=lambda it: it.a)
        ),
        quotas=tuple(
            replace(it, people=tuple(sorted(it.people)), places=tuple(sorted(it.places)))
            for it in sorted(market.quotas, key=lambda it: it.id)
        ),
        locks=tuple(sorted(market.locks, key=lambda it: it.person)),
        previous=dict(sorted(market.previous.items())),
    )


def _turned(couple: Couple, *, by_cost: bool) -> Couple:
    pairs = couple.pairs
    if couple.a > couple.b:
        pairs = tuple(Pair(a=pair.b, b=pair.a, cost=pair.cost) for pair in pairs)
    if by_cost:
        pairs = tuple(sorted(pairs, key=lambda it: (it.cost, it.a, it.b)))
    return Couple(a=min(couple.a, couple.b), b=max(couple.a, couple.b), pairs=pairs)


def json_bytes(value: Mapping[str, object]) -> bytes:
    """The bytes of a market or a plan: sorted keys, no blanks, UTF-8, no final newline."""
    text = json.dumps(
        value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=vars
    )
    return text.encode("utf-8")


def canonical_bytes(market: Market) -> bytes:
    """The canonical form of a market, as `market_sha256` is taken of it."""
    return json_bytes({"format": FORMAT, **vars(arranged(market))})


def market_sha256(market: Market) -> str:
    """The hash, in hexadecimal, by which a plan names its market."""
    return hashlib.sha256(canonical_bytes(market)).hexdigest()
