"""The pages of `speed`: lists, searches, one person, queues, the outbox."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from django.db.models import Model
from django.test import Client

from benchmarks.measure import Figure, Void, counted, in_turn, require_fair
from benchmarks.stage import signed_in
from kakehashi.appointment.models import Appointment
from kakehashi.directory.models import Office, Person
from kakehashi.kernel.models import Batch
from kakehashi.kernel.scope import unscoped
from kakehashi.placement.models import Placement
from kakehashi.recruitment.models import Application
from kakehashi.selection.models import Screening

M = TypeVar("M", bound=Model)
LIST, PERSON, QUEUE = (4.0, 12, 60.0), (5.0, 20, 60.0), (5.0, 15, 60.0)


@dataclass(frozen=True, kw_only=True)
class Page:
    """A page to be measured: who opens it, of which table it is, and what it may cost."""

    name: str
    slug: str
    path: str
    table: type[Model]
    bar: tuple[float, int, float] = LIST  # baselines, queries, kB
    kind: str = "pages"


def pages() -> Iterator[Page]:
    """List them, with the numbers that this run's data gave their things."""
    lists = {
        "applications": ("clair-placement", "/recruitment/", Application),
        "participants": ("clair-placement", "/appointment/", Appointment),
        "placements": ("clair-placement", "/placement/placements/", Placement),
        "offices": ("clair-placement", "/directory/", Office),
    }
    for name, (slug, path, table) in lists.items():
        yield Page(name=f"{name}, first page", slug=slug, path=path, table=table)
        yield Page(name=f"{name}, page 40", slug=slug, path=f"{path}?page=40", table=table)
    name = _middle(Person).family_name
    yield Page(
        name="search by name", slug="clair-placement", path=f"/search/?q={name}", table=Person
    )
    number = _middle(Application).number
    yield Page(
        name="search by number",
        slug="clair-placement",
        path=f"/search/?q={number}",
        table=Person,
    )
    for path, table, name in (
        ("/recruitment/application/", Application, "one application"),
        ("/appointment/", Appointment, "one appointment"),
    ):
        one = f"{path}{_middle(table).pk}/"
        yield Page(name=name, slug="clair-placement", path=one, table=table, bar=PERSON)
    yield Page(
        name="a reader's queue",
        slug="reader",
        path="/selection/reading/",
        table=Screening,
        bar=QUEUE,
    )
    yield Page(name="the outbox", slug="clair-placement", path="/outbox/", table=Batch)
    yield Page(
        name="home of a placement officer", slug="clair-placement", path="/", table=Person
    )


def figures() -> Iterator[Figure]:
    """Measure each page turn and turn about with a hello list of its own table's size."""
    for page in pages():
        yield measured(page, signed_in(page.slug))


def measured(page: Page, client: Client) -> Figure:
    """Measure one page.  Raises `Void` where it does not answer or the baseline is too dear."""
    hello = f"/bench/hello/{size_of(page.table)}/"
    answer = client.get(page.path)
    if answer.status_code != 200:  # noqa: PLR2004 -- found and drawn
        raise Void(f"{page.path} answered {answer.status_code}")
    require_fair(client, hello)
    base, ours = in_turn(partial(client.get, hello), partial(client.get, page.path))
    most, queries, size = page.bar
    ratio, asked, weight = (
        ours / base,
        counted(partial(client.get, page.path)),
        len(answer.content) / 1000,
    )
    return Figure(
        kind=page.kind,
        name=page.name,
        baseline="hello list",
        ratio=ratio,
        queries=asked,
        kilobytes=weight,
        goal=f"≤ {most:g}×, ≤ {queries} queries, ≤ {size:g} kB",
        met=ratio <= most and asked <= queries and weight <= size,
    )


@unscoped("whoever measures knows how large a table is")
def size_of(table: type[Model]) -> int:
    """Count the rows of a page's own table."""
    return table._default_manager.count()


@unscoped("whoever measures picks a thing from the middle")
def _middle(table: type[M]) -> M:
    rows = table._default_manager.order_by("pk")
    return rows[rows.count() // 2]
