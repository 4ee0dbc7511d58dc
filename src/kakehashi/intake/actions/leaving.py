"""When the last officer who plans the numbers leaves: drafts that would lie with nobody."""

from django.urls import reverse
from django.utils.translation import gettext

from kakehashi.directory.models import Seat
from kakehashi.directory.queries import officers_of
from kakehashi.directory.rules import Role
from kakehashi.intake.lifecycle import PlanState
from kakehashi.intake.models import Plan
from kakehashi.kernel.open_work import OpenWork, Piece, register
from kakehashi.kernel.scope import unscoped
from kakehashi.kernel.words import _


@unscoped("what lies with a seat is asked by whoever lets it end")
def plans_with(seat: Seat) -> list[Piece]:
    """List the drafts of plans that would lie with nobody without the last of those who plan."""
    others = [p for p in officers_of(seat.office, Role.MIC) if p.pk != seat.person_id]
    if others:
        return []
    found = Plan.objects.filter(state=PlanState.DRAFT).select_related("year")
    return [
        Piece(
            key=one.key,
            words=gettext("Invitation plan %(year)s, version %(number)s, is a draft")
            % {"year": one.year.year, "number": one.number},
            url=reverse("intake:plan", args=[one.pk]),
        )
        for one in found.order_by("pk")
    ]


def offer() -> None:
    """Make this part's open work known."""
    register(
        OpenWork(
            name="plans",
            label=_("Drafts of the invitation plan"),
            roles=frozenset({Role.MIC}),
            find=plans_with,
        )
    )
