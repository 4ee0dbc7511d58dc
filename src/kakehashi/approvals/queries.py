"""What can be asked: which way a thing goes, what was approved, what waits for whose stamp."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import gettext

from kakehashi.approvals.lifecycle import State
from kakehashi.approvals.models import Approval, Route, RouteStep, Stamp
from kakehashi.approvals.policy import DESKS, policy
from kakehashi.approvals.rules import kind_of
from kakehashi.directory.models import Person, Seat
from kakehashi.directory.policy import seats_held, seats_of
from kakehashi.kernel.clock import TOKYO
from kakehashi.kernel.dated import in_force
from kakehashi.kernel.lifecycle import Move
from kakehashi.kernel.open_work import Piece
from kakehashi.kernel.scope import seen_by, unscoped

LONGEST_NUMBER = 9  # digits; no row of ours has a longer one


class NoApproval(PermissionDenied):
    """What shall leave needs its office's approval, and has none for exactly this."""


@dataclass(frozen=True, kw_only=True)
class Paper:
    """A thing that shall leave: what it is called, where it is, and the name of all it says."""

    label: Callable[[], str]
    url: str
    digest: str


@dataclass(frozen=True, kw_only=True)
class Box:
    """How a thing stands with its office's route, for the thing's own page."""

    route: Route
    approval: Approval | None
    is_current: bool
    draft_url: str

    @property
    def is_approved(self) -> bool:
        """Say whether exactly this was approved."""
        return bool(self.approval and self.approval.state == State.APPROVED and self.is_current)


Reader = Callable[[Person, int], Paper | None]
_readers: dict[str, Reader] = {}


def paper(model: str) -> Callable[[Reader], Reader]:
    """Mark the function that lays a part's thing (`intake.plan`) on paper for who may know of it."""

    def remember(reader: Reader) -> Reader:
        _readers[model] = reader
        return reader

    return remember


def paper_of(person: Person, key: str) -> Paper | None:
    """Lay the thing a key names on paper, if this person may know of it."""
    model, _slash, number = key.partition("/")
    is_number = number.isascii() and number.isdigit() and len(number) <= LONGEST_NUMBER
    reader = _readers.get(model)
    return reader(person, int(number)) if reader and is_number else None


@unscoped("which way an office's acts go binds them whoever may read it")
def routes_of(person: Person, kind: str, on: date) -> list[Route]:
    """List the routes in force for a kind of act at the desks where this person sits."""
    mine = Q(pk__in=())
    for seat in seats_of(person):
        if seat.role in DESKS:
            mine |= Q(office=seat.office, role=seat.role)
    rows = Route.objects.filter(in_force(on), mine, kind=kind).select_related("office")
    return list(rows.prefetch_related("steps").order_by("pk"))


def require_approval(key: str, digest: Callable[[], str], *, by: Person, at: datetime) -> None:
    """Let what a key names leave, or refuse until the office has approved exactly this.

    Raises `NoApproval`.  Where the desks of whoever lets it go have no route for it, nothing is
    asked, nor is the digest worked out.
    """
    routes = routes_of(by, kind_of(key), at.astimezone(TOKYO).date())
    if not routes:
        return
    found = [
        one for route in routes if (one := live(key, route)) and one.state == State.APPROVED
    ]
    if not found:
        names = " → ".join(str(step.name) for step in routes[0].steps.all())
        words = gettext("This needs the approval of the office first: %(office)s, %(steps)s.")
        raise NoApproval(words % {"office": routes[0].office, "steps": names})
    now = digest()
    if all(one.digest != now for one in found):
        raise NoApproval(
            gettext("It has changed since the office approved it. Have it approved again.")
        )


@unscoped("what was approved binds whoever may read it")
def live(key: str, route: Route) -> Approval | None:
    """Find the paper about a thing that is on its way or approved."""
    rows = Approval.objects.filter(about=key, route=route)
    return rows.filter(state__in=(State.CIRCULATING, State.APPROVED)).order_by("-pk").first()


def box(person: Person, key: str, on: date) -> Box | None:
    """Say how a thing stands with the route of this person's desk; nothing where there is none."""
    routes = routes_of(person, kind_of(key), on)
    shown = paper_of(person, key) if routes else None
    if not routes or shown is None:
        return None
    last = approvals_for(person).filter(about=key, route=routes[0]).order_by("-edition").first()
    return Box(
        route=routes[0],
        approval=last,
        is_current=last is not None and last.digest == shown.digest,
        draft_url=f"{reverse('approvals:draft')}?about={key}",
    )


def approvals_for(person: Person) -> QuerySet[Approval]:
    """Find the papers one may know of, each with the rank of the stamp that is asked next."""
    steps = seen_by(person, RouteStep).filter(route=OuterRef("route"), number=OuterRef("step"))
    found = seen_by(person, Approval).select_related(
        "route__office", "drafted_by", "drafted_for"
    )
    return found.annotate(next_rank=Subquery(steps.values("rank")[:1]))


def waiting_for(person: Person) -> QuerySet[Approval]:
    """Find the papers whose next stamp is this person's."""
    mine = Q(pk__in=())
    for seat in seats_of(person):
        if seat.rank:
            mine |= Q(route__office=seat.office, route__role=seat.role, next_rank=seat.rank)
    found = approvals_for(person).filter(mine, state=State.CIRCULATING)
    return found.exclude(drafted_by=person).exclude(
        Q(drafted_for__isnull=False) & Q(drafted_for=person)
    )


def stamps_on(person: Person, approval: Approval) -> QuerySet[Stamp]:
    """Find the stamps on a paper."""
    found = seen_by(person, Stamp).filter(approval=approval)
    return found.select_related("given_by", "given_for").order_by("pk")


def editions_of(person: Person, approval: Approval) -> QuerySet[Approval]:
    """Find the other versions of a paper, newest first."""
    same = approvals_for(person).filter(about=approval.about, route=approval.route_id)
    return same.exclude(pk=approval.pk).order_by("-edition")


@unscoped("numbers of versions run on, whoever may know of them")
def next_edition(key: str, route: Route) -> int:
    """Give the number of the next version of a paper."""
    last = Approval.objects.filter(about=key, route=route).order_by("-edition").first()
    return last.edition + 1 if last else 1


def routes_for(person: Person) -> QuerySet[Route]:
    """Find the routes one may know of, with their steps."""
    found = seen_by(person, Route).select_related("office").prefetch_related("steps")
    return found.order_by(F("valid_to").desc(nulls_first=True), "office", "pk")


def moves_for(person: Person, approval: Approval) -> list[Move[State]]:
    """List the moves this person may make now; the last stamp approves, the others pass on."""
    is_last = not seen_by(person, RouteStep).filter(
        route=approval.route_id, number__gt=approval.step
    )
    hidden = {"lapse", "stamp" if is_last else "approve"}
    on_offer = Approval.lifecycle.moves_from(approval.state)
    return [
        move
        for move in on_offer
        if move.name not in hidden and policy.allows(person, move.name, approval)
    ]


def require(person: Person, action: str, thing: Route | Approval) -> None:
    """Refuse a page whose button would be refused, with the same sentence."""
    policy.require(person, action, thing)


@unscoped("what lies with a seat is asked by whoever lets it end")
def papers_with(seat: Seat) -> list[Piece]:
    """List the papers whose next stamp nobody could give without the holder of this seat."""
    if not seat.rank:
        return []
    steps = RouteStep.objects.filter(route=OuterRef("route"), number=OuterRef("step"))
    papers = Approval.objects.annotate(next_rank=Subquery(steps.values("rank")[:1])).filter(
        state=State.CIRCULATING,
        route__office=seat.office_id,
        route__role=seat.role,
        next_rank=seat.rank,
    )
    same = Seat.objects.filter(
        seats_held(), office=seat.office_id, role=seat.role, rank=seat.rank, acts_for=None
    )
    there = same.filter(person__is_active=True).exclude(person=seat.person_id)
    others = {*there.values_list("person", flat=True)}
    return [
        Piece(
            key=one.key,
            words=gettext("Waits for a stamp: %(paper)s") % {"paper": one.label},
            url=reverse("approvals:approval", args=[one.pk]),
        )
        for one in papers.order_by("pk")
        if not others - {one.drafted_by_id, one.drafted_for_id}
    ]
