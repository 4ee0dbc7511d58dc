"""Who may know of absences and deputies, and who names, accepts and withdraws them."""

from django.db.models import Q

from kakehashi.deputies.models import Deputy
from kakehashi.directory.models import Person, Seat
from kakehashi.directory.policy import PRIVATE_ROLES, holds, offices_of, seats_of
from kakehashi.directory.rules import Rank, Role
from kakehashi.kernel.policy import Policy, rule
from kakehashi.kernel.scope import EVERYTHING, in_anothers_name, sight
from kakehashi.kernel.words import _

OFFICER_ROLES = tuple(role for role in Role if role not in PRIVATE_ROLES)


@sight(Deputy)
def deputies_visible_to(person: Person) -> Q:
    """Say which absences one may know of: one's own, those one stands in for, those of one's office.

    The operator and the auditor know of all.
    """
    if holds(person, Role.OPERATOR, Role.AUDITOR):
        return EVERYTHING
    own = Q(seat__person=person) | Q(person=person)
    return own | Q(seat__office__in=offices_of(person, *OFFICER_ROLES))


def _seat_of(thing: Deputy | Seat) -> Seat:
    return thing.seat if isinstance(thing, Deputy) else thing


@rule(_("this seat is yours and you act in your own name"))
def is_the_holder(person: Person, thing: Deputy | Seat) -> bool:
    """Answer for whoever holds the seat; a deputy does not pass it on."""
    return _seat_of(thing).person_id == person.pk and in_anothers_name(person) is None


@rule(_("you head the office of this seat"))
def is_the_head(person: Person, thing: Deputy | Seat) -> bool:
    """Answer for whoever has the rank of head at the same desk of the same office."""
    seat = _seat_of(thing)
    return in_anothers_name(person) is None and any(
        held.rank == Rank.HEAD and (held.office, held.role) == (seat.office_id, seat.role)
        for held in seats_of(person)
    )


@rule(_("you are an operator"))
def is_operator(person: Person, _thing: Deputy | Seat) -> bool:
    """Answer for those who give and close seats."""
    return holds(person, Role.OPERATOR) and in_anothers_name(person) is None


@rule(_("you are the deputy named"))
def is_the_deputy(person: Person, thing: Deputy | Seat) -> bool:
    """Answer for whoever was named."""
    return isinstance(thing, Deputy) and thing.person_id == person.pk


policy = Policy[Person, Deputy | Seat](
    name_deputy=is_the_holder | is_the_head | is_operator,
    accept=is_the_head | is_operator,
    decline=is_the_head | is_operator,
    withdraw=is_the_holder | is_the_deputy | is_the_head | is_operator,
    act=is_the_deputy,
)
