"""When the last officer of an organisation leaves: requests that would lie with nobody."""

from django.urls import reverse
from django.utils.translation import gettext

from kakehashi.directory.models import Seat
from kakehashi.directory.queries import officers_of
from kakehashi.directory.rules import Role
from kakehashi.kernel.open_work import OpenWork, Piece, register
from kakehashi.kernel.scope import unscoped
from kakehashi.kernel.words import _
from kakehashi.placement.lifecycle import RequestState
from kakehashi.placement.models import Request

UNFINISHED = (RequestState.DRAFT, RequestState.RETURNED)


@unscoped("what lies with a seat is asked by whoever lets it end")
def requests_with(seat: Seat) -> list[Piece]:
    """List the unfinished requests of an organisation whose last officer this is."""
    others = [p for p in officers_of(seat.office, Role.ORGANISATION) if p.pk != seat.person_id]
    if others:
        return []
    found = Request.objects.filter(organisation=seat.office_id, state__in=UNFINISHED)
    return [
        Piece(
            key=one.key,
            words=gettext("Request %(number)s is not filed") % {"number": one.number},
            url=reverse("placement:request", args=[one.pk]),
        )
        for one in found.order_by("number")
    ]


def offer() -> None:
    """Make this part's open work known."""
    register(
        OpenWork(
            name="requests",
            label=_("Requests not filed"),
            roles=frozenset({Role.ORGANISATION}),
            find=requests_with,
        )
    )
