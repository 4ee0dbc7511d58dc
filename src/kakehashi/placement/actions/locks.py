"""What an officer decides by hand on a run's page: lock, pin, ban, swap; each can be undone."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext

from kakehashi.directory.models import Person
from kakehashi.kernel.lifecycle import MoveNotAllowed
from kakehashi.kernel.moving import move_many
from kakehashi.kernel.scope import unscoped
from kakehashi.kernel.trail import record_many
from kakehashi.placement.lifecycle import LockKind, LockState, RunState
from kakehashi.placement.models import Lock, Placement, Request, Run
from kakehashi.placement.policy import policy
from kakehashi.placement.queries import effect_of
from kakehashi.placement.queries.people import LIVE
from kakehashi.recruitment.models import Application


class ReasonMissing(ValueError):
    """Whatever is decided by hand needs a reason."""


class BreaksRule(ValueError):
    """A hard rule, or a decision that stands, forbids what was asked."""


class NotPlacedHere(ValueError):
    """Only somebody whom this run places can be locked or swapped."""


@transaction.atomic
def lock(
    run: Run, applications: Iterable[Application], *, reason: str, by: Person, at: datetime
) -> list[Lock]:
    """Keep people where this run puts them: the next runs of the year place them there too."""
    policy.require(by, "lock", run)
    places = _places(run, applications)
    return _decide(run, LockKind.LOCK, places, reason=reason, by=by, at=at)


@transaction.atomic
def pin(
    run: Run,
    application: Application,
    *,
    request: Request,
    reason: str,
    by: Person,
    at: datetime,
) -> Lock:
    """Send somebody to a request; the next runs of the year place them there."""
    policy.require(by, "pin", run)
    places = {application.pk: request.pk}
    (found,) = _decide(run, LockKind.PIN, places, reason=reason, by=by, at=at)
    return found


@transaction.atomic
def ban(
    run: Run,
    application: Application,
    *,
    request: Request,
    reason: str,
    by: Person,
    at: datetime,
) -> Lock:
    """Rule a request out for somebody; the next runs of the year do not place them there."""
    policy.require(by, "ban", run)
    places = {application.pk: request.pk}
    (found,) = _decide(run, LockKind.BAN, places, reason=reason, by=by, at=at)
    return found


@transaction.atomic
def swap(
    run: Run,
    application: Application,
    *,
    other: Application,
    reason: str,
    by: Person,
    at: datetime,
) -> list[Lock]:
    """Let two people change places; undoing one half undoes the other."""
    policy.require(by, "swap", run)
    places = _places(run, [application, other])
    turned = {application.pk: places[other.pk], other.pk: places[application.pk]}
    one, two = _decide(run, LockKind.SWAP, turned, reason=reason, by=by, at=at)
    for half, mate in ((one, two), (two, one)):
        half.other = mate
        half.save(update_fields=["other"])
    return [one, two]


@transaction.atomic
def lift(lock: Lock, *, by: Person, at: datetime) -> int:
    """Undo what was decided by hand; the halves of a swap are undone together."""
    return lift_many([lock], by=by, at=at)


@transaction.atomic
def lift_many(locks: Iterable[Lock], *, by: Person, at: datetime) -> int:
    """Undo several decisions, all or none; what is undone already stays as it is."""
    rows = list(locks)
    for row in rows:
        policy.require(by, "lift", row)
    standing = Q(pk__in=[row.pk for row in rows], state=LockState.STANDING)
    found = _with_halves(standing)
    return move_many(found, "lift", by=by, at=at, lifted_by=by, lifted_at=at)


def _decide(
    run: Run, kind: LockKind, places: dict[int, int], *, reason: str, by: Person, at: datetime
) -> list[Lock]:
    if run.state != RunState.SOLVED:
        raise MoveNotAllowed(gettext("Only a solved run can be worked on by hand."))
    said = reason.strip()
    if not said:
        raise ReasonMissing(gettext("Reason: write why, in a sentence."))
    _not_told(places)
    if broken := effect_of(run, kind, places, ask_engine=False).broken:
        raise BreaksRule(" ".join(str(one) for one in broken))
    _lift_contrary(kind, places, by=by, at=at)
    found = [
        Lock(
            kind=kind,
            year=run.year,
            run=run,
            application_id=who,
            request_id=where,
            reason=said,
            made_by=by,
            made_at=at,
        )
        for who, where in places.items()
    ]
    Lock.objects.bulk_create(found, batch_size=500)
    record_many([(one.key, str(kind)) for one in found], by=by, at=at)
    return found


@unscoped("a run places whom it places, whoever works on it")
def _places(run: Run, applications: Iterable[Application]) -> dict[int, int]:
    wanted = {one.pk for one in applications}
    rows = Placement.objects.filter(run=run, application__in=wanted).order_by("application")
    found = dict(rows.values_list("application_id", "request_id"))
    if set(found) != wanted or not wanted:
        raise NotPlacedHere(gettext("This run does not place that person."))
    return found


@unscoped("whoever has been told keeps their place")
def _not_told(places: dict[int, int]) -> None:
    if Placement.objects.filter(application__in=list(places), state__in=LIVE).exists():
        raise MoveNotAllowed(gettext("This person has been told of a place and keeps it."))


@unscoped("one decision by hand stands for a person, whoever made the one before")
def _lift_contrary(kind: LockKind, places: dict[int, int], *, by: Person, at: datetime) -> None:
    """Undo what contradicts the new decision: another place, or the ban of this one."""
    exactly = Q(pk__in=())
    for who, where in places.items():
        exactly |= Q(application=who, request=where)
    other_place = Q() if kind == LockKind.BAN else Q(application__in=list(places))
    contrary = exactly | (other_place & ~Q(kind=LockKind.BAN)) if other_place else exactly
    old = _with_halves(Q(state=LockState.STANDING) & contrary)
    if old:
        move_many(old, "lift", by=by, at=at, lifted_by=by, lifted_at=at)


@unscoped("the halves of a swap are undone together")
def _with_halves(which: Q) -> list[Lock]:
    found = Lock.objects.filter(which)
    halves = found.exclude(other=None).values_list("other_id", flat=True)
    return list(Lock.objects.filter(Q(pk__in=found.values("pk")) | Q(pk__in=list(halves))))
