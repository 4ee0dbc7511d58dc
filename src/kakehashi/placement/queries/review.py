"""What a run did, for those who judge it: by number, never by name.

Whoever may know of a run may know, by application number, whom it places and why; names,
needs and papers stay with those who may know of the placement or the application.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, QuerySet, Value

from kakehashi.directory.models import Office, Person, Prefecture
from kakehashi.directory.policy import holds
from kakehashi.directory.queries import offices_for
from kakehashi.directory.rules import Role
from kakehashi.kernel.models import Post
from kakehashi.kernel.scope import seen_by, unscoped
from kakehashi.kernel.words import Words
from kakehashi.placement.lifecycle import RunState
from kakehashi.placement.models import NodeLimit, Placement, Rejection, Request, Run
from kakehashi.placement.queries.people import OF_A_REQUEST
from kakehashi.placement.queries.stored import plan_in
from kakehashi.placement.rules import PRIVATE, level_name, why_not
from kakehashi.recruitment.models import Application

MOST_SHOWN = 20  # requests named under one reason


@dataclass(frozen=True, kw_only=True)
class LevelLine:
    """One level of the plan: its value, and what it cannot go below (None: not known)."""

    name: Words
    value: int | None
    bound: int | None
    is_settled: bool


@dataclass(frozen=True, kw_only=True)
class HostLine:
    """What a run gives one host body."""

    office: Office
    seats: int
    placed: int
    minimum: int
    maximum: int | None

    @property
    def share(self) -> int:
        """Say how full it is, in whole percent."""
        return round(100 * self.placed / self.seats) if self.seats else 0


@dataclass(frozen=True, kw_only=True)
class Reason:
    """Why some requests could not be given to a person."""

    says: Words
    count: int
    requests: list[Request]

    @property
    def more(self) -> int:
        """Count the requests that are not named."""
        return self.count - len(self.requests)


def levels_of(run: Run) -> list[LevelLine]:
    """List the levels of a run's plan in the order in which they count."""
    if not run.plan:
        return []
    plan = plan_in(run)
    bounds = {it.name: it.value for it in plan.bound or ()}
    return [
        LevelLine(
            name=level_name(it.name),
            value=it.value,
            bound=bounds.get(it.name),
            is_settled=bounds.get(it.name) == it.value,
        )
        for it in plan.levels
    ]


def hosts_of(person: Person, run: Run) -> list[HostLine]:
    """List what a run gives each host body, by their codes."""
    found: dict[str, list[int]] = run.counts.get("hosts", {})
    limits = {
        limit.office_id: limit for limit in seen_by(person, NodeLimit).filter(year=run.year)
    }
    offices = offices_for(person).filter(pk__in=[int(pk) for pk in found]).order_by("code")
    lines = []
    for office in offices:
        seats, placed = found[str(office.pk)]
        limit = limits.get(office.pk)
        lines.append(
            HostLine(
                office=office,
                seats=seats,
                placed=placed,
                minimum=limit.minimum if limit else 0,
                maximum=limit.maximum if limit else None,
            )
        )
    return lines


def prefectures_for(person: Person) -> QuerySet[Prefecture]:
    """Find the 47 prefectures."""
    return seen_by(person, Prefecture).order_by("code")


@unscoped("whoever may know of a run may know whom it places, by number")
def placed_in(run: Run) -> QuerySet[Placement]:
    """Find everybody a run places."""
    rows = Placement.objects.filter(run=run)
    related = ("application__country", *(f"request__{name}" for name in OF_A_REQUEST))
    return rows.select_related(*related).order_by("application__number")


@unscoped("whoever may know of a run may know how many wishes it meets")
def wishes_met(run: Run) -> dict[int | None, int]:
    """Count the people placed by the rank of the wish that is met; None for no wish met."""
    rows = Placement.objects.filter(run=run).values_list("wish_met").annotate(Count("pk"))
    return dict(rows.order_by("wish_met"))


@unscoped("whoever may know of a run may know who stays without a place, by number")
def unplaced_in(run: Run) -> QuerySet[Application]:
    """Find everybody the run leaves without a place."""
    found = Application.objects.filter(pk__in=run.counts.get("unplaced", []))
    return found.select_related("country", "position").order_by("number")


@unscoped("whoever may know of a run may know which seats stay empty")
def unfilled_in(run: Run) -> QuerySet[Request]:
    """Find the requests a run does not fill."""
    found = Request.objects.filter(pk__in=[int(pk) for pk in run.counts.get("unfilled", {})])
    return found.select_related(*OF_A_REQUEST).order_by("number")


@unscoped("whoever may know of a run may know what it did with one person, by number")
def person_in(run: Run, pk: int) -> Application | None:
    """Find an application that took part in a run."""
    took_part = Rejection.objects.filter(run=run, application=pk).exists()
    placed = Placement.objects.filter(run=run, application=pk).exists()
    if not (took_part or placed or pk in run.counts.get("unplaced", [])):
        return None
    related = ("country", "position", "wish_1", "wish_2", "wish_3")
    return Application.objects.select_related(*related).filter(pk=pk).first()


def reasons_for(person: Person, run: Run, application: Application) -> list[Reason]:
    """List what kept a person from which requests, the most frequent reason first."""
    rows = list(seen_by(person, Rejection).filter(run=run, application=application))
    may_name = holds(person, Role.CLAIR_PLACEMENT)
    shown = {pk for row in rows for pk in row.requests[:MOST_SHOWN]}
    requests = _requests(shown)
    found = [
        Reason(
            says=why_not(row.rule, may_name_needs=may_name),
            count=len(row.requests),
            requests=[]  # which posts it is about would name the need
            if row.rule in PRIVATE and not may_name
            else [requests[pk] for pk in row.requests[:MOST_SHOWN]],
        )
        for row in rows
    ]
    return sorted(found, key=lambda reason: -reason.count)


@unscoped("the requests of a run are named to whoever may know of the run")
def _requests(pks: Iterable[int]) -> dict[int, Request]:
    return Request.objects.select_related("organisation").in_bulk(list(pks))


@unscoped("the person who releases letters reads them first")
def letters_of(run: Run) -> QuerySet[Post]:
    """Find the letters that wait with a run's batches, each with the run's row as `run_pk`."""
    drafted = Post.objects if run.batch_id else Post.objects.none()
    found = drafted.filter(batch__about=run.key, cancelled_at=None)
    found = found.annotate(run_pk=Value(run.pk))
    return found.select_related("to").order_by("letter", "pk")


def letter_in(run: Run, pk: int) -> Post | None:
    """Find one letter of a run's batch."""
    return letters_of(run).filter(pk=pk).first()


def is_going_on(run: Run) -> bool:
    """Say whether the engine may still be at work."""
    return run.state == RunState.WAITING
