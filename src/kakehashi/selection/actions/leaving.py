"""When a reader or a mission's last coordinator leaves: what lies with them, and who goes on."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext

from kakehashi.directory.models import Person, Seat
from kakehashi.directory.queries import officers_of
from kakehashi.directory.rules import Role
from kakehashi.kernel.lifecycle import MoveNotAllowed
from kakehashi.kernel.open_work import CannotTake, OpenWork, Piece, register
from kakehashi.kernel.scope import unscoped
from kakehashi.kernel.trail import record_many
from kakehashi.kernel.words import _
from kakehashi.selection.lifecycle import RoundState, ScreeningState
from kakehashi.selection.models import Round, Screening


@unscoped("what lies with a seat is asked by whoever lets it end")
def readings_with(seat: Seat) -> list[Piece]:
    """List the applications that a reader still has to read for this mission."""
    found = Screening.objects.filter(
        state=ScreeningState.ASSIGNED,
        reader=seat.person_id,
        application__mission=seat.office_id,
    )
    return [
        Piece(
            key=one.key,
            words=gettext("Application %(number)s is still to be read")
            % {"number": one.application.number},
        )
        for one in found.select_related("application").order_by("application__number")
    ]


@unscoped("the readings of the seat that is left")
@transaction.atomic
def hand_over_readings(
    seat: Seat, keys: Sequence[str], *, to: Person, by: Person, at: datetime
) -> int:
    """Let another reader of the mission read these; they too say first that they know nobody.

    Raises `CannotTake` when the successor reads one of them already, or is the applicant.
    """
    wanted = [int(key.rpartition("/")[2]) for key in keys]
    rows = list(
        Screening.objects.filter(pk__in=wanted, reader=seat.person_id)
        .select_related("application")
        .order_by("pk")
    )
    there = Screening.objects.filter(
        reader=to, application__in=[r.application_id for r in rows]
    )
    taken = {*there.values_list("application_id", flat=True)}
    for row in rows:
        if row.application_id in taken or row.application.person_id == to.pk:
            raise CannotTake(
                gettext(
                    "%(name)s cannot read application %(number)s a second time, or their own."
                )
                % {"name": to, "number": row.application.number}
            )
    for row in rows:
        mine = Screening.objects.filter(pk=row.pk, version=row.version, reader=seat.person_id)
        if not mine.update(reader=to, declared_at=None, version=row.version + 1):
            raise MoveNotAllowed(gettext("Someone else has moved this on meanwhile."))
    record_many([(row.key, "hand_over") for row in rows], by=by, at=at)
    return len(rows)


@unscoped("what lies with a seat is asked by whoever lets it end")
def rounds_with(seat: Seat) -> list[Piece]:
    """List the rounds of results that would lie with nobody without the last coordinator."""
    others = [p for p in officers_of(seat.office, Role.MISSION) if p.pk != seat.person_id]
    if others:
        return []
    found = Round.objects.filter(mission=seat.office_id).exclude(state=RoundState.RELEASED)
    return [
        Piece(
            key=one.key,
            words=gettext("The results of %(year)s are not released") % {"year": one.year.year},
            url=reverse("selection:round", args=[one.pk]),
        )
        for one in found.select_related("year").order_by("pk")
    ]


def offer() -> None:
    """Make this part's open work known."""
    register(
        OpenWork(
            name="readings",
            label=_("Applications to read"),
            roles=frozenset({Role.READER}),
            find=readings_with,
            hand_over=hand_over_readings,
        )
    )
    register(
        OpenWork(
            name="rounds",
            label=_("Rounds of results"),
            roles=frozenset({Role.MISSION}),
            find=rounds_with,
        )
    )
