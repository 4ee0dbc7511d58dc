"""Who may know of papers and routes, and who drafts, stamps, returns and withdraws them."""

from django.db.models import Q

from kakehashi.approvals.models import Approval, Route, RouteStep, Stamp
from kakehashi.directory.models import Office, Person
from kakehashi.directory.policy import CLAIR_ROLES, holds, seats_of
from kakehashi.directory.rules import Rank, Role
from kakehashi.kernel.policy import Policy, rule
from kakehashi.kernel.scope import EVERYTHING, NOTHING, sight, unscoped
from kakehashi.kernel.words import _

DESKS = (
    Role.MIC,
    Role.MOFA,
    Role.MEXT,
    Role.MISSION,
    *CLAIR_ROLES,
    Role.HOST,
    Role.ORGANISATION,
)


def _at_my_desks(person: Person, way: str) -> Q:
    """Say what belongs to the desks at which this person sits; to operator and auditor, all."""
    if holds(person, Role.AUDITOR, Role.OPERATOR):
        return EVERYTHING
    found = NOTHING
    for seat in seats_of(person):
        if seat.role in DESKS:
            found |= Q(**{f"{way}office": seat.office, f"{way}role": seat.role})
    return found


@sight(Route)
def routes_visible_to(person: Person) -> Q:
    """Say which routes one may know of: those of one's own desks."""
    return _at_my_desks(person, "")


@sight(RouteStep)
def steps_visible_to(person: Person) -> Q:
    """Say which steps one may know of: those of the routes one may know of."""
    return _at_my_desks(person, "route__")


@sight(Approval)
def approvals_visible_to(person: Person) -> Q:
    """Say which papers one may know of: those of one's own desks."""
    return _at_my_desks(person, "route__")


@sight(Stamp)
def stamps_visible_to(person: Person) -> Q:
    """Say which stamps one may know of: those on the papers one may know of."""
    return _at_my_desks(person, "approval__route__")


@rule(_("you sit at the desk whose route it is"))
def sits_at_the_desk(person: Person, thing: Route | Approval) -> bool:
    """Answer for whoever works at the desk."""
    route = thing.route if isinstance(thing, Approval) else thing
    return any(
        (one.office, one.role) == (route.office_id, route.role) for one in seats_of(person)
    )


@rule(_("its next stamp is yours, and you did not draft it"))
def stamps_next(person: Person, thing: Route | Approval) -> bool:
    """Answer for whoever has the rank of the next step at this desk, or stands in for them."""
    if not isinstance(thing, Approval) or person.pk in {
        thing.drafted_by_id,
        thing.drafted_for_id,
    }:
        return False
    rank = next_rank(thing)
    wanted = (thing.route.office_id, thing.route.role, rank)
    return bool(rank) and any(
        (one.office, one.role, one.rank) == wanted for one in seats_of(person)
    )


@rule(_("you drafted it"))
def drafted_it(person: Person, thing: Route | Approval) -> bool:
    """Answer for whoever drafted the paper, or stands in for them."""
    return isinstance(thing, Approval) and thing.drafted_by_id in {person.pk, person.in_name_of}


@unscoped("a route's steps are asked by whoever may know of the paper")
def next_rank(approval: Approval) -> str:
    """Say the rank of the stamp that is asked next; nothing where none is."""
    steps = RouteStep.objects.filter(route=approval.route_id, number=approval.step)
    return steps.values_list("rank", flat=True).first() or ""


policy = Policy[Person, Route | Approval](
    draft=sits_at_the_desk,
    stamp=stamps_next,
    approve=stamps_next,
    return_paper=stamps_next,
    withdraw=drafted_it,
    lapse=sits_at_the_desk,
)


@rule(_("you are an operator"))
def is_operator(person: Person, _office: Office) -> bool:
    """Answer for whoever sets the system up."""
    return holds(person, Role.OPERATOR)


@rule(_("you are head of division in this office"))
def heads_it(person: Person, office: Office) -> bool:
    """Answer for the heads of the office, each for their own desk."""
    return any(one.office == office.pk and one.rank == Rank.HEAD for one in seats_of(person))


routes = Policy[Person, Office](
    set_route=is_operator | heads_it, end_route=is_operator | heads_it
)
