"""The numbers drawn from the committed seed: who wins where everything else is equal."""

import hashlib


def weight(seed: str, people: tuple[str, ...], places: tuple[str, ...]) -> int:
    """The weight, below 2**32, of placing a person at a place or a couple on a pair.

    `people` and `places` have one entry for a single, two (a, then b) for a couple. It is
    the first four bytes of the SHA-256 of the texts joined by a zero byte.
    """
    text = "\0".join(("kakehashi-lottery/1", seed, *people, *places))
    return int.from_bytes(hashlib.sha256(text.encode("utf-8")).digest()[:4], "big")


def priority(seed: str, person: str) -> int:
    """A person's place, smaller first, in a queue that no `order` ranks (stable mode)."""
    text = f"kakehashi-priority/1\0{seed}\0{person}"
    return int.from_bytes(hashlib.sha256(text.encode("utf-8")).digest(), "big")
