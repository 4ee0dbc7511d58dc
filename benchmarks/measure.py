"""How a thing is measured: turn and turn about with its baseline, and medians compared."""

import os
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from statistics import median
from typing import TypeVar

import django
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

ROUNDS = int(os.environ.get("BENCH_ROUNDS", "200"))
WARM = 5
MOST_EMPTIES = 12  # times the CPU of an empty view that the baseline may cost

T = TypeVar("T")


class Void(Exception):
    """The run says nothing: its baseline was too dear, or a page did not answer."""


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One figure: what was measured, against what, and the goal it is held to.

    `ratio` is the median divided by the baseline's median of the same run (times, no unit);
    `queries`, `kilobytes` and `seconds` where they were counted; `goal` says the goal in words.
    """

    kind: str
    name: str
    baseline: str
    ratio: float
    goal: str
    met: bool
    queries: int | None = None
    kilobytes: float | None = None
    seconds: float | None = None


def took(act: Callable[[], object]) -> float:
    """Give the seconds an act takes."""
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def apart(act: Callable[..., T], *given: object) -> T:
    """Do it in a fresh process, so that its memory is its own; one that dies is an error."""
    fresh = get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=fresh, initializer=django.setup) as process:
        return process.submit(act, *given).result()


def in_turn(
    one: Callable[[], object], other: Callable[[], object], rounds: int = ROUNDS
) -> tuple[float, float]:
    """Do both in turn, and give the median seconds of each."""
    for _ in range(WARM):
        one()
        other()
    times = [(took(one), took(other)) for _ in range(rounds)]
    return median(first for first, _ in times), median(second for _, second in times)


_fair: set[str] = set()


def require_fair(client: Client, hello: str, rounds: int = ROUNDS) -> None:
    """Compare the baseline's CPU with an empty view's, once a baseline and run.

    Raises `Void` where the baseline is too dear.
    """
    if hello in _fair:
        return

    def cpu(path: str) -> float:
        began = time.process_time()
        client.get(path)
        return time.process_time() - began

    for _ in range(WARM):
        cpu(hello)
    pairs = [(cpu(hello), cpu("/bench/empty/")) for _ in range(rounds)]
    share = median(first for first, _ in pairs) / median(second for _, second in pairs)
    if share > MOST_EMPTIES:
        raise Void(f"the baseline costs {share:.1f} empty views; {MOST_EMPTIES} is the most")
    _fair.add(hello)


def counted(act: Callable[[], object]) -> int:
    """Count the queries of an act."""
    with CaptureQueriesContext(connection) as queries:
        act()
    return len(queries)
