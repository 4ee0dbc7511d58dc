"""Who may know of an arrival, and who records it."""

from django.db.models import Q

from kakehashi.arrival.models import Arrival
from kakehashi.directory.models import Person
from kakehashi.directory.policy import CENTRAL_ROLES, holds, offices_of
from kakehashi.directory.rules import Role
from kakehashi.kernel.policy import Policy, rule
from kakehashi.kernel.scope import EVERYTHING, sight
from kakehashi.kernel.words import _

LOCAL_ROLES = (Role.ORGANISATION, Role.SUPERVISOR, Role.HOST, Role.ADVISOR)


@sight(Arrival, about="person")
def arrivals_visible_to(person: Person) -> Q:
    """Say which arrivals one may know of.

    One's own; those at one's organisation or under one's host body; those one's mission sent;
    and all of them for CLAIR and the ministries.
    """
    if holds(person, *CENTRAL_ROLES):
        return EVERYTHING
    here = offices_of(person, Role.ORGANISATION, Role.SUPERVISOR)
    under = offices_of(person, Role.HOST, Role.ADVISOR)
    sent = offices_of(person, Role.MISSION)
    return (
        Q(person=person.pk)
        | Q(organisation__in=here)
        | Q(organisation__parent__in=under)
        | Q(placement__application__mission__in=sent)
    )


@rule(_("you work on events or placement at CLAIR"))
def receives_people(person: Person, _arrival: Arrival | None) -> bool:
    """Answer for those who meet the waves and keep the list of them."""
    return holds(person, Role.CLAIR_EVENTS, Role.CLAIR_PLACEMENT)


@rule(
    _(
        "you receive or send participants: at an organisation, host body, mission, CLAIR, ministry"
    )
)
def works_with_arrivals(person: Person, _arrival: Arrival | None) -> bool:
    """Answer for the offices that have a list of arrivals of their own."""
    return holds(person, *CENTRAL_ROLES, *LOCAL_ROLES, Role.MISSION)


policy = Policy[Person, Arrival | None](
    see_list=works_with_arrivals,
    expect=receives_people,
    arrive=receives_people,
    miss=receives_people,
    import_arrivals=receives_people,
)
