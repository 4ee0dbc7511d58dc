"""The studio: whom a run places, as a list that a map shares; and why somebody is not elsewhere."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import (
    Count,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextField,
    Value,
)
from django.db.models.functions import Cast

from kakehashi.directory.models import Person
from kakehashi.directory.policy import holds
from kakehashi.directory.rules import Role
from kakehashi.kernel.scope import seen_by, unscoped
from kakehashi.kernel.words import Words, _
from kakehashi.placement.lifecycle import LockKind, LockState, RunState
from kakehashi.placement.models import Lock, Placement, Rejection, Request, Run
from kakehashi.placement.queries.people import OF_A_REQUEST, post_of, seeker_of
from kakehashi.placement.queries.review import MOST_SHOWN, placed_in
from kakehashi.placement.queries.stored import chosen_in, market_in
from kakehashi.placement.rules import PRIVATE, UNNAMED, obstacles, why_not
from kakehashi.recruitment.models import Application

FEW = 5  # under so many people a group is described, not counted


@unscoped("whoever may know of a run may know whom it places, by number")
def studio_rows(run: Run, before: Run | None) -> QuerySet[Placement]:
    """Find whom a run places; `was` is the request an earlier run gave, `by_hand` a lock's kind."""
    earlier = Placement.objects.filter(run=before, application=OuterRef("application"))
    standing = Lock.objects.filter(
        application=OuterRef("application"), state=LockState.STANDING
    ).exclude(kind=LockKind.BAN)
    rows = placed_in(run).annotate(by_hand=Subquery(standing.values("kind")[:1]))
    if before is None:
        return rows.annotate(was=Value(""), was_at=Value(None, output_field=IntegerField()))
    return rows.annotate(
        was=Subquery(earlier.values("request__number")[:1]),
        was_at=Subquery(earlier.values("request")[:1]),
    )


def shown_as(rows: QuerySet[Any], wanted: str, run: Run) -> QuerySet[Any]:
    """Narrow the list to what changed, what was decided by hand, or couples."""
    if wanted == "changed":
        return rows.filter(Q(was_at=None) | ~Q(was_at=F("request")))
    if wanted == "hand":
        return rows.exclude(by_hand=None)
    if wanted == "couples":
        pks = {pk for couple in run.counts.get("coupled", []) for pk in couple}
        return rows.filter(application__in=pks)
    raise ValueError(wanted)


@unscoped("counts the rows of the list it is given")
def counted_by_prefecture(rows: QuerySet[Placement]) -> Counter[str]:
    """Count the people of a list by the code of the prefecture they would go to."""
    ways = ("prefecture", "municipality__prefecture", "parent__prefecture")
    codes = [f"request__organisation__{it}__code" for it in ways]
    counted: Counter[str] = Counter()
    for *found, n in rows.order_by().values_list(*codes).annotate(n=Count("pk")):
        counted[next(filter(None, found), "")] += n
    return counted


def earlier_runs(person: Person, run: Run) -> QuerySet[Run]:
    """Find the solved runs of the same year that a run can be put beside, the newest first."""
    found = seen_by(person, Run).filter(year=run.year_id, solved_at__isnull=False)
    others = found.exclude(pk=run.pk).defer("market", "plan")
    return others.select_related("year", "wave").order_by("-number")


def before_of(person: Person, run: Run) -> Run | None:
    """Give the run that this one stays near to, or else the last one solved before it."""
    found = earlier_runs(person, run)
    if run.near_id:
        return found.filter(pk=run.near_id).first()
    return found.filter(number__lt=run.number).exclude(state=RunState.DISCARDED).first()


@dataclass(frozen=True, kw_only=True)
class Elsewhere:
    """Why somebody is not at a certain request: what forbids it, or that it was possible."""

    request: Request
    reasons: list[Words]
    is_possible: bool = False
    is_here: bool = False
    seats: int = 0
    used: int = 0


@unscoped("whoever may know of a run may know the requests in it by number")
def request_in(run: Run, number: str) -> Request | None:
    """Find a request of the run's year by its number."""
    found = Request.objects.filter(year=run.year_id, number=number.strip().upper())
    return found.select_related(*OF_A_REQUEST).first()


@unscoped("whoever may know of a run may know the requests in it")
def seat_in(run: Run, pk: int) -> Request | None:
    """Find a request of the run's year by its row."""
    found = Request.objects.filter(year=run.year_id, pk=pk)
    return found.select_related(*OF_A_REQUEST).first()


@unscoped("whoever may know of a run may know how full a request of it is")
def elsewhere(
    person: Person, run: Run, application: Application, request: Request
) -> Elsewhere:
    """Say why a run does not place somebody at a certain request, as this reader may know it."""
    market = market_in(run)
    place = next((it for it in market.places if it.id == f"r{request.pk}"), None)
    rows = Placement.objects.filter(run=run, request=request)
    used, here = rows.count(), rows.filter(application=application).exists()
    may_name = holds(person, Role.CLAIR_PLACEMENT)
    stored = [
        row.rule
        for row in Rejection.objects.filter(run=run, application=application)
        if request.pk in row.requests
    ]
    seeker = seeker_of(application, is_selected=True)
    codes = stored and [
        *dict.fromkeys([*stored, *obstacles(seeker.candidate, post_of(request))])
    ]
    return Elsewhere(
        request=request,
        reasons=[*dict.fromkeys(why_not(code, may_name_needs=may_name) for code in codes)]
        if place
        else [_("The request takes no part in this run.")],
        is_possible=place is not None and not codes,
        is_here=here,
        seats=place.seats if place else 0,
        used=used,
    )


@dataclass(frozen=True, kw_only=True)
class Kept:
    """Whom one hard rule keeps from a request; a few are described, not counted."""

    says: Words
    count: int
    people: list[Application]
    is_private: bool = False

    @property
    def is_few(self) -> bool:
        """Say whether the group is too small to be counted before those who may not know it."""
        return self.is_private and self.count < FEW

    @property
    def more(self) -> int:
        """Count the people that are not named."""
        return 0 if self.is_private else self.count - len(self.people)


def kept_from(person: Person, run: Run, request: Request) -> list[Kept]:
    """List which hard rules keep whom from a request, the most frequent first."""
    may_name = holds(person, Role.CLAIR_PLACEMENT)
    by_rule: dict[str, list[int]] = {}
    rows = _naming(seen_by(person, Rejection).filter(run=run), request.pk)
    for rule, who in rows.order_by("application").values_list("rule", "application"):
        by_rule.setdefault(rule, []).append(who)
    shown = {pk for pks in by_rule.values() for pk in pks[:MOST_SHOWN]}
    people = _applications(shown)
    found = []
    for rule, pks in by_rule.items():
        unnamed = rule in PRIVATE and not may_name
        found.append(
            Kept(
                says=UNNAMED if unnamed else why_not(rule, may_name_needs=True),
                count=len(pks),
                people=[] if unnamed else [people[pk] for pk in pks[:MOST_SHOWN]],
                is_private=unnamed,
            )
        )
    return sorted(found, key=lambda it: -it.count)


def _naming(rows: QuerySet[Rejection], pk: int) -> QuerySet[Rejection]:
    """Keep the rejections whose list names a request, as both databases write a list of numbers."""
    written = rows.annotate(written=Cast("requests", TextField()))
    ways = (f"[{pk}]", f"[{pk},", f" {pk},", f" {pk}]")
    return written.filter(reduce(or_, (Q(written__contains=way) for way in ways)))


def could_come(run: Run, request: Request) -> int:
    """Count the people for whom the run's market holds this request."""
    return chosen_in(run)[f"r{request.pk}"]


@unscoped("whoever may know of a run may know its people by number")
def _applications(pks: Iterable[int]) -> dict[int, Application]:
    return Application.objects.select_related("country").in_bulk(sorted(pks))


@unscoped("whoever may know of a run may know its people by number")
def applications_in(run: Run, placements: Iterable[str]) -> list[Placement]:
    """Find the placements of a run behind the rows that a form names."""
    keys = [int(key) for key in placements if key.isdigit()]
    found = placed_in(run).filter(pk__in=keys)
    return list(found)


@unscoped("whoever may know of a run may know whom it places, by number")
def placed_by_number(run: Run, number: str) -> Placement | None:
    """Find by an application's number where a run places somebody."""
    return placed_in(run).filter(application__number=number.strip()).first()


def decided_for(person: Person, application: Application) -> QuerySet[Lock]:
    """Find what stands decided by hand for somebody."""
    found = seen_by(person, Lock).filter(application=application, state=LockState.STANDING)
    related = ("request__organisation", "made_by")
    return found.select_related(*related).order_by("pk")


@unscoped("whether something is decided by hand is counted before everybody who sees runs")
def standing_locks(run: Run) -> int:
    """Count what stands decided by hand in a run's year."""
    told = Placement.objects.filter(application=OuterRef("application"), told_at__isnull=False)
    standing = Lock.objects.filter(year=run.year_id, state=LockState.STANDING)
    return standing.exclude(Exists(told)).count()
