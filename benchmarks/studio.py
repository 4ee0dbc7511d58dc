"""The placement studio on a demo of real size: the market built, and the pages of its run."""

from collections.abc import Iterator
from functools import partial

from django.test import Client

from benchmarks.measure import Figure, in_turn, took
from benchmarks.pages import LIST, PERSON, Page, measured
from benchmarks.stage import signed_in
from kakehashi.kernel.scope import unscoped
from kakehashi.placement.lifecycle import RunState
from kakehashi.placement.models import Placement, Request, Run
from kakehashi.placement.queries import market_of

KIND = "studio"
BUILD = 3.0  # seconds
TIMES = 5


def figures() -> Iterator[Figure]:
    """Build the market of the trial run anew, then open its pages."""
    run, client = _run(), signed_in("clair-placement")
    yield _market(run, client)
    for page in _pages(run):
        yield measured(page, client)


def _market(run: Run, client: Client) -> Figure:
    hello = f"/bench/hello/{run.counts['people']}/"
    base, _empty = in_turn(partial(client.get, hello), partial(client.get, "/bench/empty/"))
    seconds = min(took(partial(market_of, run, run.counts["weights"])) for _ in range(TIMES))
    people, requests = run.counts["people"], run.counts["requests"]
    return Figure(
        kind=KIND,
        name=f"the market of {people:,} people and {requests:,} requests",
        baseline="hello list",
        ratio=seconds / base,
        seconds=seconds,
        goal=f"≤ {BUILD:g} s",
        met=seconds <= BUILD,
    )


def _pages(run: Run) -> Iterator[Page]:
    one = run.placements.order_by("pk")[run.placements.count() // 2]
    here = f"/placement/runs/{run.pk}/"
    slug = "clair-placement"
    lists = {
        "placed": ("the studio's list of people", Placement),
        "unfilled": ("the studio's empty seats", Request),
        "locks": ("decisions by hand", Placement),
    }
    for path, (name, table) in lists.items():
        address = "/placement/locks/" if path == "locks" else f"{here}{path}/"
        yield Page(name=name, slug=slug, path=address, table=table, bar=LIST, kind=KIND)
    pages = {
        "": "one run",
        f"people/{one.application_id}/": "one person in a run",
        f"requests/{one.request_id}/": "one request in a run",
    }
    for path, name in pages.items():
        yield Page(
            name=name, slug=slug, path=f"{here}{path}", table=Placement, bar=PERSON, kind=KIND
        )


@unscoped("whoever measures takes the run that lies before the committee")
def _run() -> Run:
    return Run.objects.filter(state=RunState.SOLVED).select_related("year", "wave").latest("pk")
