"""Invitations that wait lie with whoever sent them: their right to invite is what makes them good."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext

from kakehashi.accounts.lifecycle import InvitationState
from kakehashi.accounts.models import Invitation
from kakehashi.accounts.rules import MAY_INVITE
from kakehashi.directory.models import Person, Seat
from kakehashi.directory.rules import Role
from kakehashi.kernel.open_work import OpenWork, Piece, register
from kakehashi.kernel.scope import unscoped
from kakehashi.kernel.trail import record_many
from kakehashi.kernel.words import _


@unscoped("what lies with a seat is asked by whoever lets it end")
def invitations_with(seat: Seat) -> list[Piece]:
    """List the invitations of this person that wait, as far as this seat let them be sent."""
    found = Invitation.objects.filter(
        invited_by=seat.person_id, state=InvitationState.WAITING
    ).select_related("office")
    mine = found if seat.role == Role.OPERATOR else found.filter(office=seat.office_id)
    return [
        Piece(
            key=one.key,
            words=gettext("%(address)s is invited: %(role)s, %(office)s")
            % {"address": one.email, "role": one.role_name, "office": one.office},
            url=reverse("accounts:resend", args=[one.pk]),
        )
        for one in mine.order_by("pk")
    ]


@unscoped("the invitations of the seat that is left")
@transaction.atomic
def hand_over_invitations(
    seat: Seat, keys: Sequence[str], *, to: Person, by: Person, at: datetime
) -> int:
    """Let a successor answer for these invitations; their links go on working."""
    wanted = [int(key.rpartition("/")[2]) for key in keys]
    rows = Invitation.objects.filter(pk__in=wanted, invited_by=seat.person_id)
    there = sorted(rows.values_list("pk", flat=True))
    Invitation.objects.filter(pk__in=there).update(invited_by=to)
    record_many([(f"accounts.invitation/{pk}", "hand_over") for pk in there], by=by, at=at)
    return len(there)


def offer() -> None:
    """Make this part's open work known."""
    register(
        OpenWork(
            name="invitations",
            label=_("Invitations that wait"),
            roles=frozenset({Role.OPERATOR, *MAY_INVITE}),
            find=invitations_with,
            hand_over=hand_over_invitations,
        )
    )
