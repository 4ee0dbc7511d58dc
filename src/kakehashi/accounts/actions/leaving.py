"""Somebody leaves a seat: their open work goes to a successor, then the seat ends."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext, override

from kakehashi.accounts.letters import SeatEnded, SeatEndsSoon, WorkHandedOver
from kakehashi.accounts.policy import policy
from kakehashi.accounts.queries import heads_over, successors_of, value_of
from kakehashi.accounts.rules import RuleCode
from kakehashi.directory.actions import end_seat
from kakehashi.directory.models import Person, Seat
from kakehashi.directory.policy import seats_held
from kakehashi.kernel import open_work
from kakehashi.kernel.clock import TOKYO
from kakehashi.kernel.letters import Letter, day_in_words
from kakehashi.kernel.open_work import CannotTake
from kakehashi.kernel.outbox import Draft, post
from kakehashi.kernel.scope import unscoped
from kakehashi.kernel.trail import record


@transaction.atomic
def hand_over(
    seat: Seat, pieces: Mapping[str, Sequence[str]], *, to: Person, by: Person, at: datetime
) -> int:
    """Let somebody who holds the same seat carry on with open work; returns how much was moved.

    `pieces` names what is handed over, by kind of work.  All of it moves, or nothing.
    Raises `CannotTake` when the successor may not have one of the pieces.
    """
    policy.require(by, "hand_over", seat)
    if to not in successors_of(seat, at=at):
        raise CannotTake(gettext("%(name)s does not hold this seat.") % {"name": to})
    moved = sum(
        open_work.hand_over(seat, kind, keys, to=to, by=by, at=at)
        for kind, keys in pieces.items()
    )
    if moved:
        record(seat.key, "hand_over", by=by, at=at)
        with override(to.language):
            letter = WorkHandedOver(
                office=str(seat.office),
                role=str(seat.role_name),
                leaver=str(seat.person),
                pieces=moved,
            )
        _tell(letter, seat, to, at=at)
    return moved


@transaction.atomic
def leave(seat: Seat, *, ends_on: date, by: Person, at: datetime) -> None:
    """Let a seat end; `ends_on` is its last day, and its holder is told.

    Raises `HoldsOpenWork` while anything lies with the seat, `LastOperator` when nobody would
    be left to run the system, and `SeatEndsTooEarly`.
    """
    policy.require(by, "leave", seat)
    end_seat(seat, ends_on=ends_on, by=by, at=at)
    person = seat.person
    with override(person.language):
        letter = SeatEnded(
            office=str(seat.office),
            role=str(seat.role_name),
            last_day=day_in_words(ends_on, person.language),
        )
    _tell(letter, seat, person, at=at)


@unscoped("a seat that ends is looked at by the system itself, once a day")
@transaction.atomic
def warn_of_ends(*, at: datetime) -> int:
    """Tell holder and head of every seat that ends soon while work lies with it; returns how many.

    Each is told once of one last day.
    """
    today = at.astimezone(TOKYO).date()
    until = today + timedelta(days=value_of(RuleCode.NOTICE_DAYS, at=at))
    ending = Seat.objects.filter(seats_held(today), ends_on__lte=until, acts_for=None)
    warned = 0
    for seat in ending.select_related("office", "person").order_by("pk"):
        pieces = sum(len(load.pieces) for load in open_work.lying_with(seat))
        for person in [seat.person, *heads_over(seat, at=at)] if pieces else ():
            with override(person.language):
                letter = _ends_soon(seat, pieces, person.language)
            _tell(letter, seat, person, at=at, once=f"{seat.key}:{seat.ends_on}")
        warned += bool(pieces)
    return warned


def _ends_soon(seat: Seat, pieces: int, language: str) -> SeatEndsSoon:
    path = reverse("accounts:leaving", args=[seat.pk])
    return SeatEndsSoon(
        office=str(seat.office),
        role=str(seat.role_name),
        holder=str(seat.person),
        last_day=day_in_words(seat.ends_on, language) if seat.ends_on else "",
        pieces=pieces,
        link=settings.KAKEHASHI_ADDRESS.rstrip("/") + path,
    )


def _tell(letter: Letter, seat: Seat, to: Person, *, at: datetime, once: str = "") -> None:
    draft = Draft(letter=letter, to=to, language=to.language, about=seat.key, once=once)
    post(draft, at=at)
