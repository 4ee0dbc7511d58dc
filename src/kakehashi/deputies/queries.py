"""What can be asked about absences: who stands in for whom, and what was done meanwhile."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet

from kakehashi.deputies.lifecycle import State
from kakehashi.deputies.models import Deputy
from kakehashi.deputies.policy import OFFICER_ROLES, policy
from kakehashi.directory.models import Person, Seat
from kakehashi.directory.policy import holds, seats_held
from kakehashi.kernel.lifecycle import Move
from kakehashi.kernel.models import Trace
from kakehashi.kernel.scope import in_anothers_name, seen_by, unscoped
from kakehashi.kernel.trail import FOR, subject_of

PARTS = ("seat__person", "seat__office", "person", "acting_seat")


def knows_deputies(person: object) -> bool:
    """Answer whether absence and deputies concern this person at all."""
    if not isinstance(person, Person):
        return False
    return in_anothers_name(person) is not None or holds(person, *OFFICER_ROLES)


def deputies_for(person: Person) -> QuerySet[Deputy]:
    """Find the absences one may know of."""
    return seen_by(person, Deputy).select_related(*PARTS)


@unscoped("one's own seats")
def own_seats(person: Person, on: date) -> QuerySet[Seat]:
    """List the officer's seats of one's own; those one only stands in for are not among them."""
    held = Seat.objects.filter(seats_held(on), person=person, acts_for=None)
    return held.filter(role__in=OFFICER_ROLES).select_related("office").order_by("pk")


@unscoped("whoever stands in may know of it whatever seat they act from")
def standing_for(person: Person, on: date) -> QuerySet[Deputy]:
    """List the seats this person stands in for on a day."""
    rows = Deputy.objects.filter(person=person, state=State.STANDING, acting_seat__isnull=False)
    now = rows.filter(starts_on__lte=on, ends_on__gte=on).filter(_still_held(on))
    return now.select_related(*PARTS).order_by("pk")


def _still_held(on: date) -> Q:
    begun = Q(seat__starts_on__lte=on)
    return begun & (Q(seat__ends_on=None) | Q(seat__ends_on__gte=on))


def acting(person: Person, deputy: int, on: date) -> Deputy | None:
    """Find what this person acts from, unless it has ended meanwhile."""
    return standing_for(person, on).filter(pk=deputy).first()


def to_accept(person: Person) -> list[Deputy]:
    """List the deputies that wait for this person's word."""
    rows = deputies_for(person).filter(state=State.NAMED).order_by("starts_on", "pk")
    return [row for row in rows if policy.allows(person, "accept", row)]


def seat_for(person: Person, pk: int) -> Seat | None:
    """Find a seat for which this person may name a deputy."""
    seat = seen_by(person, Seat).select_related("office", "person").filter(pk=pk).first()
    return seat if seat and seat.acts_for_id is None else None


def colleagues(person: Person, seat: Seat, on: date) -> list[Person]:
    """List who sits in the same office and may be named without asking."""
    held = seen_by(person, Seat).filter(seats_held(on), office=seat.office_id, acts_for=None)
    there = held.filter(role__in=OFFICER_ROLES).exclude(person=seat.person_id)
    return list(
        seen_by(person, Person)
        .filter(pk__in=there.values("person"))
        .order_by("family_name", "pk")
    )


@unscoped("whether a deputy may be named hangs on every seat they hold, and on every absence")
def stands_against(
    seat: Seat, person: Person, starts_on: date, ends_on: date
) -> tuple[bool, bool, bool]:
    """Say whether the seat has a deputy already, the person is away, or is looked after there.

    All three for any of the days between the two.
    """
    live = Deputy.objects.filter(
        state__in=(State.NAMED, State.STANDING), starts_on__lte=ends_on, ends_on__gte=starts_on
    )
    mine = Seat.objects.filter(person=person, starts_on__lte=ends_on).exclude(
        ends_on__lt=starts_on
    )
    private = mine.exclude(role__in=OFFICER_ROLES).exists()
    away = live.filter(seat__person=person).exists()
    return live.filter(seat=seat).exists(), away, private


@unscoped("a deputy of the same office needs nobody's word")
def sits_there(seat: Seat, person: Person, starts_on: date, ends_on: date) -> bool:
    """Say whether the person holds a seat in the same office on all of these days."""
    held = Seat.objects.filter(
        Q(ends_on=None) | Q(ends_on__gte=ends_on),
        person=person,
        office=seat.office_id,
        acts_for=None,
        starts_on__lte=starts_on,
    )
    return held.filter(role__in=OFFICER_ROLES).exists()


def done_meanwhile(person: Person, deputy: Deputy) -> QuerySet[Trace]:
    """Find what the deputy did in the holder's name on the days, as far as one may read it."""
    by = f"{subject_of(deputy.person)}{FOR}{subject_of(deputy.seat.person)}"
    return seen_by(person, Trace).filter(by=by).order_by("-number")


def moves_for(person: Person, deputy: Deputy) -> Iterable[Move[State]]:
    """List the moves this person may make now."""
    on_offer = Deputy.lifecycle.moves_from(deputy.state)
    return [move for move in on_offer if policy.allows(person, move.name, deputy)]


def may(person: Person, action: str, thing: Deputy | Seat) -> bool:
    """Answer whether a button shall be shown to this person."""
    return policy.allows(person, action, thing)


def require(person: Person, action: str, thing: Deputy | Seat) -> None:
    """Refuse a page whose button would be refused, with the same sentence."""
    policy.require(person, action, thing)
