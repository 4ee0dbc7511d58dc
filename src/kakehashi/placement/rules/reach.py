"""How large a market may grow, and which options it keeps when there are more; and the seed."""

import hashlib
from collections.abc import Mapping, Sequence
from math import gcd
from typing import TypeVar

K = TypeVar("K", int, tuple[int, int])

MOST_ARCS, LEAST_OPTIONS, MOST_PAIRS = 48_000, 24, 100  # of a market, a person, a couple


def within_reach(options: Mapping[K, int], most: int, *, number: int) -> dict[K, int]:
    """Keep at most `most` options: half the least costly, half drawn by lot from the rest.

    The cheap half keeps what was wished for; the drawn half keeps those who wished for the
    same few places from finding all of them full.  `number` is the lot.  Small markets keep
    everything.
    """
    if len(options) <= most:
        return dict(options)
    near = most - most // 2
    edge = sorted(options.values())[near - 1]
    kept = {key: cost for key, cost in options.items() if cost < edge}
    equals = sorted(key for key, cost in options.items() if cost == edge)
    kept.update((key, edge) for key in drawn(equals, near - len(kept), number))
    rest = sorted(key for key in options if key not in kept)
    kept.update((key, options[key]) for key in drawn(rest, most // 2, number))
    return kept


def drawn(keys: Sequence[K], count: int, number: int) -> list[K]:
    """Draw `count` of the keys, spread over all of them: the same number draws the same ones."""
    size = len(keys)
    if not size:
        return []
    step = number // size % size | 1
    while gcd(step, size) > 1:
        step += 1
    return [keys[(number + turn * step) % size] for turn in range(min(count, size))]


def reach(people: int) -> int:
    """Say how many options each person keeps, so that the whole market stays solvable.

    With 250 people nearly always all of them; from 2,000 on twenty-four, half of them near.
    """
    return max(LEAST_OPTIONS, MOST_ARCS // max(people, 1))


def lot(seed: str, *keys: str) -> int:
    """Draw a number from the committed seed: the same seed and keys draw the same one."""
    text = "\0".join(("kakehashi-edge/1", seed, *keys))
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big")


def commitment(seed: str, salt: str) -> str:
    """Bind a run to its seed before anyone may know it: SHA-256 of salt, zero byte, seed."""
    return hashlib.sha256(f"{salt}\0{seed}".encode()).hexdigest()
