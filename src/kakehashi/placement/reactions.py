"""What follows by itself when an organisation merges: its requests of the years under way."""

from django.db.models import Q

from kakehashi.directory.queries import Follower, goes_over
from kakehashi.intake.lifecycle import YearState
from kakehashi.kernel.words import _
from kakehashi.placement.lifecycle import RequestState
from kakehashi.placement.models import Request

OVER = (RequestState.DECLINED, RequestState.WITHDRAWN)

goes_over(
    Follower(
        model=Request,
        label=_("Requests of the years under way"),
        live=lambda _on: ~Q(state__in=OVER) & ~Q(year__state=YearState.CLOSED),
    )
)
