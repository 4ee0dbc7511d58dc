"""Seats are given and closed; every right comes from one and ends with it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext, ngettext

from kakehashi.directory.models import Office, Person, Seat
from kakehashi.directory.policy import policy
from kakehashi.directory.rules import Rank, Role
from kakehashi.kernel.open_work import Load, lying_with
from kakehashi.kernel.scope import unscoped
from kakehashi.kernel.trail import Actor, record, record_many


class SeatHeldAlready(ValueError):
    """The person holds this seat already; close that one first."""


class SeatEndsTooEarly(ValueError):
    """A seat cannot end before it starts."""


class HoldsOpenWork(ValueError):
    """Work lies with the seat that would lie with nobody; `loads` lists it."""

    def __init__(self, loads: Sequence[Load]) -> None:
        count = sum(len(load.pieces) for load in loads)
        words = ngettext(
            "One piece of open work lies with this seat. Hand it over first.",
            "%(n)s pieces of open work lie with this seat. Hand them over first.",
            count,
        )
        super().__init__(words % {"n": count})
        self.loads = loads


class LastOperator(ValueError):
    """Nobody would be left to run the system."""


@transaction.atomic
def open_seat(  # noqa: PLR0913 -- a seat is a person, an office, a role and its days
    person: Person,
    *,
    office: Office,
    role: Role,
    starts_on: date,
    ends_on: date | None = None,
    language: str = "",
    rank: Rank = Rank.OFFICER,
    by: Actor,
    at: datetime,
) -> Seat:
    """Give a person a role in an office; from `starts_on` they have the rights of it.

    Raises `SeatEndsTooEarly`, and `SeatHeldAlready` when they hold it open-ended already.
    """
    require_seat(by, "open", role, office)
    _days_in_order(starts_on, ends_on)
    if ends_on is None and _held_open(person, office, role):
        raise SeatHeldAlready(
            gettext("They hold this seat already. Close it first, or choose another role.")
        )
    seat = Seat.objects.create(
        person=person,
        office=office,
        role=role,
        starts_on=starts_on,
        ends_on=ends_on,
        language=language,
        rank=rank,
    )
    _forget(person)
    record(seat.key, "open_seat", by=by, at=at)
    return seat


@transaction.atomic
def close_seat(seat: Seat, *, ends_on: date, by: Actor, at: datetime) -> None:
    """Let a seat end; `ends_on` is the last day on which its rights hold."""
    close_seats([seat], ends_on=ends_on, by=by, at=at)


@transaction.atomic
def open_seats(
    seats: Sequence[tuple[Person, Office]],
    *,
    role: Role,
    days: tuple[date, date | None],
    by: Actor,
    at: datetime,
) -> list[Seat]:
    """Give many people the same role, each in an office, for the same days.

    Who holds it already from that day keeps it; the rows that were added come back.
    """
    for office in {office for _person, office in seats}:
        require_seat(by, "open", role, office)
    starts_on, ends_on = days
    _days_in_order(starts_on, ends_on)
    rows = {"role": role, "starts_on": starts_on, "ends_on": ends_on}
    return seat_in_bulk(
        [(person, {**rows, "office": office}) for person, office in seats], by=by, at=at
    )


@unscoped("writes only the seats that were handed in")
@transaction.atomic
def close_seats(seats: Iterable[Seat], *, ends_on: date, by: Actor, at: datetime) -> int:
    """Let many seats end on the same day; returns how many."""
    closing = list(seats)
    for role, office in {(Role(seat.role), seat.office) for seat in closing}:
        require_seat(by, "close", role, office)
    return _end(closing, ends_on=ends_on, by=by, at=at)


@transaction.atomic
def end_seat(seat: Seat, *, ends_on: date, by: Actor, at: datetime) -> None:
    """Let a seat end as `close_seat` does; the right to is the calling action's to ask."""
    _end([seat], ends_on=ends_on, by=by, at=at)


@unscoped("writes only the seats that were handed in")
def _end(closing: list[Seat], *, ends_on: date, by: Actor, at: datetime) -> int:
    """Set the last day of these seats, unless work lies with one or nobody would run the system."""
    for seat in closing:
        _days_in_order(seat.starts_on, ends_on)
        if seat.acts_for_id is None and (loads := lying_with(seat)):
            raise HoldsOpenWork(loads)
    _leave_an_operator(closing, ends_on)
    for seat in closing:
        seat.ends_on = ends_on
        _forget(seat.person)
    Seat.objects.bulk_update(closing, ["ends_on"], batch_size=200)
    Seat.objects.filter(acts_for__in=closing, starts_on__gt=ends_on).delete()
    Seat.objects.filter(acts_for__in=closing, ends_on__gt=ends_on).update(ends_on=ends_on)
    record_many([(seat.key, "close_seat") for seat in closing], by=by, at=at)
    return len(closing)


@unscoped("whether somebody holds a seat already is part of giving it")
def seat_in_bulk(
    wanted: Sequence[tuple[Person, Mapping[str, Any]]], *, by: Actor, at: datetime
) -> list[Seat]:
    """Give seats in one go; a row holds `role`, `office`, `starts_on` and perhaps `ends_on`.

    The same seat from the same day is not given twice; only its end is set anew.  The right to
    give it is the calling action's to ask.
    """
    people = [person.pk for person, _row in wanted]
    there: dict[tuple[int, int, str, date], Seat] = {}
    for start in range(0, len(people), 500):
        mine = Seat.objects.filter(person__in=people[start : start + 500], acts_for=None)
        for seat in mine:
            there[seat.person_id, seat.office_id, seat.role, seat.starts_on] = seat
    new: list[Seat] = []
    ended: list[Seat] = []
    for person, row in wanted:
        facts = {name: row[name] for name in ("office", "role", "starts_on")}
        held = there.get((person.pk, row["office"].pk, row["role"], row["starts_on"]))
        ends_on = row.get("ends_on")
        if held is None:
            new.append(Seat(person=person, ends_on=ends_on, **facts))
        elif held.ends_on != ends_on:
            held.ends_on = ends_on
            ended.append(held)
        _forget(person)
    Seat.objects.bulk_create(new, batch_size=500)
    Seat.objects.bulk_update(ended, ["ends_on"], batch_size=200)
    deeds = [(seat.key, "open_seat") for seat in new]
    deeds += [(seat.key, "change_end") for seat in ended]
    record_many(deeds, by=by, at=at)
    return new


def require_seat(by: Actor, verb: str, role: Role, office: Office) -> None:
    """Ask who may give (`open`) or `close` a seat; a supervisor's and a participant's seat are also the organisation's."""
    if not isinstance(by, Person):
        return  # the system itself, such as the register that appoints who has arrived
    line = {
        Role.SUPERVISOR: f"{verb}_supervisor_seat",
        Role.PARTICIPANT: f"{verb}_participant_seat",
    }.get(role, f"{verb}_seat")
    policy.require(by, line, office)


@unscoped("whether somebody is left to run the system")
def _leave_an_operator(closing: list[Seat], ends_on: date) -> None:
    leaving = [seat.pk for seat in closing if seat.role == Role.OPERATOR]
    if not leaving:
        return
    staying = Seat.objects.filter(Q(ends_on=None) | Q(ends_on__gt=ends_on), role=Role.OPERATOR)
    if not staying.filter(person__is_active=True).exclude(pk__in=leaving).exists():
        raise LastOperator(
            gettext("This is the last operator. Give somebody else an operator's seat first.")
        )


def _days_in_order(starts_on: date, ends_on: date | None) -> None:
    if ends_on is not None and ends_on < starts_on:
        raise SeatEndsTooEarly(
            gettext("The last day lies before the first day. Choose a later last day.")
        )


@unscoped("whether somebody holds a seat already is part of giving it")
def _held_open(person: Person, office: Office, role: Role) -> bool:
    return Seat.objects.filter(person=person, office=office, role=role, ends_on=None).exists()


def _forget(person: Person) -> None:
    """Read the person's seats anew when they are next asked for."""
    vars(person).pop("_held", None)
