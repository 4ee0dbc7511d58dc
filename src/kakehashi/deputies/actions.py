"""What can be done: a deputy is named, accepted or not, withdrawn; the days end it by themselves."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext

from kakehashi.deputies import queries
from kakehashi.deputies.lifecycle import State
from kakehashi.deputies.models import Deputy
from kakehashi.deputies.policy import OFFICER_ROLES, policy
from kakehashi.directory.models import Person, Seat
from kakehashi.kernel.clock import TOKYO
from kakehashi.kernel.scope import unscoped
from kakehashi.kernel.trail import Actor, record

LONGEST = timedelta(days=366)


class NoDeputy(ValueError):
    """This person cannot stand in for this seat on these days; `field` says what to mend."""

    def __init__(self, field: str, says: str) -> None:
        super().__init__(says)
        self.field = field


@transaction.atomic
def name_deputy(  # noqa: PLR0913 -- an absence is a seat, a deputy, its days and perhaps a reason
    seat: Seat,
    *,
    person: Person,
    starts_on: date,
    ends_on: date,
    reason: str = "",
    by: Person,
    at: datetime,
) -> Deputy:
    """Name who stands in for a seat on these days.

    A colleague of the same office stands at once; anybody else once the head of the office or the
    operator has accepted them.  Raises `NoDeputy`.
    """
    policy.require(by, "name_deputy", seat)
    _queue_for(seat)
    _check_days(seat, starts_on, ends_on, today=at.astimezone(TOKYO).date())
    _check_person(seat, person, starts_on, ends_on)
    made = Deputy.objects.create(
        seat=seat,
        person=person,
        starts_on=starts_on,
        ends_on=ends_on,
        reason=reason.strip(),
        named_by=by,
        named_at=at,
    )
    record(made.key, "name_deputy", by=by, at=at)
    if queries.sits_there(seat, person, starts_on, ends_on):
        _stand(made, by=by, at=at)
    return made


@transaction.atomic
def accept(deputy: Deputy, *, by: Person, at: datetime) -> None:
    """Let somebody from elsewhere stand in."""
    policy.require(by, "accept", deputy)
    _stand(deputy, by=by, at=at)


@transaction.atomic
def decline(deputy: Deputy, *, by: Person, at: datetime) -> None:
    """Do not let them stand in; another one can be named."""
    policy.require(by, "decline", deputy)
    deputy.move("decline", by=by, at=at)


@transaction.atomic
def withdraw(deputy: Deputy, *, by: Person, at: datetime) -> None:
    """End it at once, whatever the last day was."""
    policy.require(by, "withdraw", deputy)
    acting = deputy.acting_seat
    deputy.move("withdraw", by=by, at=at)
    if acting is not None:
        _end(acting, today=at.astimezone(TOKYO).date())


def note_act(deputy: Deputy, *, by: Person, at: datetime) -> None:
    """Note that the deputy begins to act in the holder's name."""
    policy.require(by, "act", deputy)
    record(deputy.key, "act", by=by, at=at)


def _stand(deputy: Deputy, *, by: Actor, at: datetime) -> None:
    """Give the deputy a seat that stands for the holder's, and ends with the days."""
    seat = deputy.seat
    acting = Seat.objects.create(
        person=deputy.person,
        office=seat.office,
        role=seat.role,
        rank=seat.rank,
        language=seat.language,
        starts_on=deputy.starts_on,
        ends_on=deputy.ends_on,
        acts_for=seat,
    )
    deputy.move("accept", by=by, at=at, acting_seat=acting)


@unscoped("the deputy's own seat")
def _end(acting: Seat, *, today: date) -> None:
    """End a deputy's seat yesterday; one that had not begun by then was never held."""
    Seat.objects.filter(pk=acting.pk, starts_on__gte=today).delete()
    Seat.objects.filter(pk=acting.pk, ends_on__gte=today).update(ends_on=today - timedelta(1))


@unscoped("this very seat")
def _queue_for(seat: Seat) -> None:
    """Let whoever else names a deputy for this seat wait, so that there are never two."""
    Seat.objects.filter(pk=seat.pk).update(role=F("role"))


def _check_days(seat: Seat, starts_on: date, ends_on: date, *, today: date) -> None:
    if ends_on < starts_on:
        says = gettext("The last day lies before the first day. Choose a later last day.")
        raise NoDeputy("ends_on", says)
    if ends_on < today:
        raise NoDeputy("ends_on", gettext("These days are over. Choose a later last day."))
    if ends_on - starts_on > LONGEST:
        says = gettext("A deputy stands in for a year at most. Choose an earlier last day.")
        raise NoDeputy("ends_on", says)
    if starts_on < seat.starts_on or (seat.ends_on and ends_on > seat.ends_on):
        says = gettext("The seat is not held on all of these days. Choose days on which it is.")
        raise NoDeputy("starts_on", says)


def _check_person(seat: Seat, person: Person, starts_on: date, ends_on: date) -> None:
    if seat.acts_for_id is not None or seat.role not in OFFICER_ROLES:
        says = gettext("A deputy's own seat, or a participant's, is not passed on.")
        raise NoDeputy("email", says)
    if person.pk == seat.person_id:
        raise NoDeputy("email", gettext("Name somebody else than the holder of the seat."))
    taken, away, private = queries.stands_against(seat, person, starts_on, ends_on)
    if taken:
        says = gettext("The seat has a deputy on some of these days. Withdraw that one first.")
        raise NoDeputy("starts_on", says)
    if away:
        says = gettext(
            "They are away on some of these days and have a deputy themselves. Name somebody else."
        )
        raise NoDeputy("email", says)
    if private:
        says = gettext("A participant cannot act for an officer. Name somebody else.")
        raise NoDeputy("email", says)


__all__ = ["NoDeputy", "State", "accept", "decline", "name_deputy", "note_act", "withdraw"]
