"""When a supervisor leaves: whom they supervise, and who looks after them from then on."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext

from kakehashi.directory.models import Person, Seat, Supervision
from kakehashi.directory.rules import Role
from kakehashi.kernel.clock import TOKYO
from kakehashi.kernel.open_work import CannotTake, OpenWork, Piece, register
from kakehashi.kernel.scope import unscoped
from kakehashi.kernel.trail import record_many
from kakehashi.kernel.words import _


@unscoped("what lies with a seat is asked by whoever lets it end")
def supervisions_with(seat: Seat) -> list[Piece]:
    """List whom a supervisor looks after with no last day; those would be left alone."""
    found = Supervision.objects.filter(
        supervisor=seat.person_id, office=seat.office_id, ends_on=None
    )
    return [
        Piece(
            key=one.key,
            words=gettext("Supervises %(name)s") % {"name": one.participant},
            url=reverse("directory:office", args=[one.office_id]),
        )
        for one in found.select_related("participant").order_by("pk")
    ]


@unscoped("the supervisions of the seat that is left")
@transaction.atomic
def hand_over_supervisions(
    seat: Seat, keys: Sequence[str], *, to: Person, by: Person, at: datetime
) -> int:
    """Let a successor supervise from today; the leaver's time ends the day before.

    What has not begun yet begins with the successor.  Raises `CannotTake` when the successor
    supervises one of these people already.
    """
    today = at.astimezone(TOKYO).date()
    wanted = [int(key.rpartition("/")[2]) for key in keys]
    mine = Supervision.objects.filter(pk__in=wanted, supervisor=seat.person_id, ends_on=None)
    rows = list(mine.select_related("participant").order_by("pk"))
    theirs = Supervision.objects.filter(office=seat.office_id, supervisor=to, ends_on=None)
    taken = {*theirs.values_list("participant", flat=True)}
    for row in rows:
        if row.participant_id in taken | {to.pk}:
            raise CannotTake(
                gettext("%(name)s supervises %(participant)s already. End this one instead.")
                % {"name": to, "participant": row.participant}
            )
    begun = [row for row in rows if row.starts_on < today]
    ahead = [row for row in rows if row.starts_on >= today]
    for row in begun:
        row.ends_on = today - timedelta(days=1)
    for row in ahead:
        row.supervisor = to
    Supervision.objects.bulk_update(rows, ["ends_on", "supervisor"], batch_size=200)
    new = [
        Supervision(
            participant=row.participant, supervisor=to, office=seat.office, starts_on=today
        )
        for row in begun
    ]
    Supervision.objects.bulk_create(new, batch_size=300)
    deeds = [(row.key, "hand_over") for row in rows] + [(row.key, "supervise") for row in new]
    record_many(deeds, by=by, at=at)
    return len(rows)


def offer() -> None:
    """Make this part's open work known."""
    register(
        OpenWork(
            name="supervisions",
            label=_("People they supervise"),
            roles=frozenset({Role.SUPERVISOR}),
            find=supervisions_with,
            hand_over=hand_over_supervisions,
        )
    )
