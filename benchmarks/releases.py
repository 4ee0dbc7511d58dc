"""Two thousand results: proposed, drafted and released, each as the one action of the button."""

from collections.abc import Callable, Iterator
from functools import partial

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from benchmarks.measure import Figure, in_turn, require_fair, took
from kakehashi.councils.tests.factories import resolution
from kakehashi.intake.tests import factories as intake
from kakehashi.selection import actions
from kakehashi.selection.models import Round
from kakehashi.selection.tests import factories as make

RESULTS = 2_000
PROPOSE, RELEASE = (2.0, 30), (3.0, 100)  # seconds, queries


def figures() -> Iterator[Figure]:
    """Carry one round of 2,000 from its scores to its letters."""
    cast = make.cast()
    intake.plan({("IE", "ALT", "a"): RESULTS // 2})
    make.scored(cast, make.applied(cast, RESULTS), *(place % 100 for place in range(RESULTS)))
    round_ = make.round_of(cast)
    hello = _hello(cast)
    who, at = cast.officer, make.NOON
    yield _figure("propose", partial(actions.decide, round_, by=who, at=at), hello, PROPOSE)
    resolution(round_.key, number="R1")
    draft = partial(actions.draft_results, round_, by=who, at=at)
    yield _figure("draft", draft, hello, RELEASE)
    yield _figure("release", partial(_release, round_, cast), hello, RELEASE)


def _release(round_: Round, cast: make.Cast) -> None:
    actions.release(round_, count=RESULTS, by=cast.mofa, at=make.NOON)


def _hello(cast: make.Cast) -> float:
    client = Client(headers={"host": "localhost"})
    client.force_login(cast.officer)
    path = f"/bench/hello/{RESULTS}/"
    require_fair(client, path)
    return in_turn(partial(client.get, path), partial(client.get, "/bench/empty/"))[0]


def _figure(
    deed: str, act: Callable[[], object], hello: float, bar: tuple[float, int]
) -> Figure:
    with CaptureQueriesContext(connection) as queries:
        seconds = took(act)
    most, asked = bar
    return Figure(
        kind="releases",
        name=f"{deed} {RESULTS:,} results",
        baseline="hello list",
        ratio=seconds / hello,
        queries=len(queries),
        seconds=seconds,
        goal=f"≤ {most:g} s, ≤ {asked} queries",
        met=seconds <= most and len(queries) <= asked,
    )
