"""The engine on invented markets: seconds, and ratios to one monolithic integer programme.

A market is read before the clock starts. The rival has RIVAL_SECONDS; beyond them its ratio
is at most what is written. A market that is not proved in MOST_SECONDS counts as so many.
"""

import time
from collections.abc import Iterator
from statistics import median

from benchmarks.matching.markets import market
from benchmarks.matching.rivals import monolithic_seconds
from benchmarks.measure import Figure, Void, took
from kakehashi.matching import Plan, solve, verify
from kakehashi.matching.canonical import canonical_bytes
from kakehashi.matching.market import Market

SEEDS, MANY = 20, 2_000
SLOWEST = 19  # of twenty in order: 95 of 100
LARGE, LARGE_SEED = 5_800, 2
RIVAL_SEED, RIVAL_SECONDS, MOST_SECONDS = 3, 120.0, 60.0


def figures() -> Iterator[Figure]:
    """Solve twenty markets of 2,000 people and one of 5,800, and let the rival try one."""
    times = sorted(_seconds(market(MANY, seed)) for seed in range(1, SEEDS + 1))
    middle = median(times)
    seconds, ended = monolithic_seconds(market(MANY, RIVAL_SEED), RIVAL_SECONDS)
    rival = "one MILP, level after level" + ("" if ended else ", not done in time")
    yield _figure(f"{MANY:,} people, median of {SEEDS}", middle, (rival, seconds), 10.0)
    slow = times[SLOWEST - 1]
    yield _figure(f"{MANY:,} people, 95 of 100", slow, (rival, seconds), 30.0)
    large = _seconds(market(LARGE, LARGE_SEED))
    yield _figure(f"{LARGE:,} people", large, (f"{MANY:,} people", middle), 60.0)


def _seconds(asked: Market) -> float:
    """The seconds until the plan is proved, which the auditor must agree with."""
    end = time.perf_counter() + MOST_SECONDS
    found: list[Plan] = []
    seconds = took(lambda: found.append(solve(asked, stop=lambda: time.perf_counter() > end)))
    if not found[0].proved:
        return MOST_SECONDS
    if not verify(canonical_bytes(asked), found[0].to_bytes()).sound:
        raise Void("the auditor does not agree with the plan")
    return seconds


def _figure(name: str, seconds: float, baseline: tuple[str, float], most: float) -> Figure:
    return Figure(
        kind="matching",
        name=f"placement of {name}",
        baseline=baseline[0],
        ratio=seconds / baseline[1],
        seconds=seconds,
        goal=f"≤ {most:.0f} s",
        met=seconds <= most,
    )
