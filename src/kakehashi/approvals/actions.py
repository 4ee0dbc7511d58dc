"""What can be done: papers are drafted, stamped, returned, withdrawn; routes are set and ended."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext, override

from kakehashi.approvals import queries
from kakehashi.approvals.lifecycle import State
from kakehashi.approvals.models import Approval, Route, RouteStep, Stamp
from kakehashi.approvals.policy import policy, routes
from kakehashi.approvals.queries import Paper
from kakehashi.approvals.rules import WAYS, first_step, kind_of
from kakehashi.directory.models import Office, Person
from kakehashi.directory.policy import seats_of
from kakehashi.directory.rules import RANK_NAMES, Role
from kakehashi.kernel.clock import TOKYO
from kakehashi.kernel.lifecycle import MoveNotAllowed
from kakehashi.kernel.scope import unscoped
from kakehashi.kernel.trail import record
from kakehashi.kernel.words import LANGUAGES


class NothingToApprove(ValueError):
    """There is no such thing, or no route for it at this desk."""


class NoReason(ValueError):
    """A paper is returned with a reason."""


class RouteTaken(ValueError):
    """This desk has a route for this kind of act on some of these days."""


@transaction.atomic
def draft(key: str, *, note: str = "", by: Person, at: datetime) -> Approval:
    """Put a thing on its way through the office, as it now is.

    Earlier papers about it fall, whatever stamps they have.  Raises `NothingToApprove`.
    """
    paper = queries.paper_of(by, key)
    ways = queries.routes_of(by, kind_of(key), at.astimezone(TOKYO).date())
    if paper is None or not ways:
        raise NothingToApprove(gettext("No route of your office asks for this."))
    route = ways[0]
    policy.require(by, "draft", route)
    _lapse_earlier(key, route, by=by, at=at)
    steps = [step.rank for step in route.steps.all()]
    made = Approval.objects.create(
        route=route,
        about=key,
        edition=queries.next_edition(key, route),
        digest=paper.digest,
        note=note.strip(),
        drafted_by=by,
        drafted_for_id=by.in_name_of,
        drafted_at=at,
        step=first_step(steps, _rank_of(by, route)) + 1,
        **{f"label_{language}": _said(paper, language) for language in LANGUAGES},
    )
    record(made.key, "draft", by=by, at=at)
    return made


@transaction.atomic
def stamp(approval: Approval, *, by: Person, at: datetime) -> None:
    """Stamp a paper and pass it on; the last stamp of its route is `approve`."""
    policy.require(by, "stamp", approval)
    if _is_last(approval):
        raise MoveNotAllowed(gettext("This is the last stamp: approve the paper."))
    _require_unchanged(approval, by)
    _give(approval, "stamped", by=by, at=at)
    approval.move("stamp", by=by, at=at, step=approval.step + 1)


@transaction.atomic
def approve(approval: Approval, *, by: Person, at: datetime) -> None:
    """Approve the paper: exactly what it names may leave.

    Raises `MoveNotAllowed` where the thing has changed since it was drafted.
    """
    policy.require(by, "approve", approval)
    if not _is_last(approval):
        raise MoveNotAllowed(gettext("More stamps are needed first: stamp it and pass it on."))
    _require_unchanged(approval, by)
    _give(approval, "stamped", by=by, at=at)
    approval.move("approve", by=by, at=at, step=approval.step + 1)


@transaction.atomic
def return_paper(approval: Approval, *, reason: str, by: Person, at: datetime) -> None:
    """Give the paper back to whoever drafted it.  Raises `NoReason`."""
    policy.require(by, "return_paper", approval)
    if not reason.strip():
        raise NoReason(gettext("Say what is to be mended."))
    _give(approval, "returned", reason=reason.strip(), by=by, at=at)
    approval.move("return_paper", by=by, at=at)


@transaction.atomic
def withdraw(approval: Approval, *, by: Person, at: datetime) -> None:
    """Take the paper back; what it names may no longer leave."""
    policy.require(by, "withdraw", approval)
    approval.move("withdraw", by=by, at=at)


@transaction.atomic
def lapse(approval: Approval, *, by: Person, at: datetime) -> None:
    """Let the paper fall, since a newer version takes its place."""
    policy.require(by, "lapse", approval)
    approval.move("lapse", by=by, at=at)


@transaction.atomic
def set_route(  # noqa: PLR0913 -- a route is a desk, a kind of act, a way and its days
    office: Office,
    *,
    role: Role,
    kind: str,
    way: str,
    valid_from: date,
    valid_to: date | None = None,
    source: str = "",
    by: Person,
    at: datetime,
) -> Route:
    """Say which way a kind of act goes through a desk from a day on.  Raises `RouteTaken`."""
    routes.require(by, "set_route", office)
    if valid_to is not None and valid_to < valid_from:
        raise RouteTaken(
            gettext("The last day lies before the first day. Choose a later last day.")
        )
    if _taken(office, role, kind, valid_from, valid_to):
        raise RouteTaken(gettext("The desk has a route on some of these days. End that first."))
    made = Route.objects.create(
        office=office,
        role=role,
        kind=kind,
        valid_from=valid_from,
        valid_to=valid_to,
        source=source.strip() or gettext("Set by the office itself"),
    )
    RouteStep.objects.bulk_create(
        [
            RouteStep(route=made, number=n, rank=rank)
            for n, rank in enumerate(WAYS[way], start=1)
        ]
    )
    record(made.key, "set_route", by=by, at=at)
    return made


@unscoped("this very row, as it was read")
@transaction.atomic
def end_route(route: Route, *, by: Person, at: datetime) -> None:
    """Let a route end with yesterday: from today on the desk works without it."""
    routes.require(by, "end_route", route.office)
    yesterday = at.astimezone(TOKYO).date() - timedelta(days=1)
    open_ = Route.objects.filter(pk=route.pk).exclude(valid_to__lte=yesterday)
    if not open_.update(valid_to=yesterday):
        raise MoveNotAllowed(gettext("This route has ended already."))
    record(route.key, "end_route", by=by, at=at)


def _require_unchanged(approval: Approval, by: Person) -> None:
    paper = queries.paper_of(by, approval.about)
    if paper is None or paper.digest != approval.digest:
        raise MoveNotAllowed(
            gettext("What this paper names has changed. It must be drafted again.")
        )


def _said(paper: Paper, language: str) -> str:
    """Call the thing by its name in one language."""
    with override(language):
        return paper.label()[:300]


def _rank_of(by: Person, route: Route) -> str:
    """Give the highest rank at which somebody sits at the route's desk."""
    here = [
        seat.rank
        for seat in seats_of(by)
        if (seat.office, seat.role) == (route.office_id, route.role)
    ]
    return max(here, key=list(RANK_NAMES).index)


@unscoped("earlier papers fall whoever drafted them")
def _lapse_earlier(key: str, route: Route, *, by: Person, at: datetime) -> None:
    earlier = Approval.objects.filter(about=key, route=route).exclude(
        state__in=(State.WITHDRAWN, State.LAPSED)
    )
    for one in earlier.select_related("route").order_by("pk"):
        lapse(one, by=by, at=at)


@unscoped("the steps of the paper's own route")
def _is_last(approval: Approval) -> bool:
    steps = RouteStep.objects.filter(route=approval.route_id, number__gt=approval.step)
    return not steps.exists()


@unscoped("the steps of the paper's own route")
def _give(
    approval: Approval, verdict: str, *, by: Person, at: datetime, reason: str = ""
) -> Stamp:
    """Put a stamp beside the others; a deputy's names both."""
    rank = RouteStep.objects.get(route=approval.route_id, number=approval.step).rank
    return Stamp.objects.create(
        approval=approval,
        step=approval.step,
        rank=rank,
        verdict=verdict,
        reason=reason,
        given_by=by,
        given_for_id=by.in_name_of,
        given_at=at,
    )


@unscoped("a desk has one route of a kind, whoever may know of it")
def _taken(
    office: Office, role: Role, kind: str, valid_from: date, valid_to: date | None
) -> bool:
    rows = Route.objects.filter(office=office, role=role, kind=kind)
    rows = rows.exclude(valid_to__lt=valid_from)
    return (rows.exclude(valid_from__gt=valid_to) if valid_to else rows).exists()
