"""How far the year's bridge is built: plain counts in, plain states out."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Stage = Literal["done", "now", "next", "missing"]
ARCHES = (
    "plan",
    "recruitment",
    "selection",
    "placement",
    "arrival",
    "appointment",
    "support",
    "alumni",
)
STANDING = frozenset(ARCHES[:6])  # the parts that are built; the others are dotted


@dataclass(frozen=True, kw_only=True)
class Counts:
    """How many people each stage of a year has reached, and how many it waits for."""

    plan_released: bool
    invited: int
    applied: int
    undecided: int
    selected: int
    placed: int
    expected: int
    arrived: int
    serving: int


MORNING = 7  # the hour, in the reader's own zone, from which the daily digest is written


def is_due(local: datetime) -> bool:
    """Say whether the morning has come where the reader is."""
    return local.hour >= MORNING


def fractions(counts: Counts) -> dict[str, float]:
    """Say how much of each standing arch is built, from 0 to 1."""
    awaited = counts.expected + counts.arrived
    return {
        "plan": 1.0 if counts.plan_released else 0.0,
        "recruitment": 1.0 if counts.selected else _share(counts.applied, counts.invited),
        "selection": 0.0
        if not counts.selected
        else _share(counts.selected, counts.selected + counts.undecided),
        "placement": _share(counts.placed, counts.selected),
        "arrival": _share(counts.arrived, awaited),
        "appointment": _share(counts.serving, counts.arrived) if not counts.expected else 0.0,
    }


def stages(counts: Counts) -> dict[str, Stage]:
    """Say of each arch whether it is done, going on, ahead, or not planned yet.

    Exactly the first arch that is not whole is the one going on.
    """
    built = fractions(counts)
    found: dict[str, Stage] = {}
    before_is_whole = True
    for arch in ARCHES:
        if arch not in STANDING:
            found[arch] = "missing"
        elif built[arch] >= 1:
            found[arch] = "done"
        else:
            found[arch] = "now" if before_is_whole else "next"
            before_is_whole = False
    return found


def _share(part: int, whole: int) -> float:
    return min(part / whole, 1.0) if whole else 0.0
