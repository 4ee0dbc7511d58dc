"""What follows by itself when an organisation merges: whoever is expected comes to the new one."""

from django.db.models import Q

from kakehashi.arrival.lifecycle import State
from kakehashi.arrival.models import Arrival
from kakehashi.directory.queries import Follower, goes_over
from kakehashi.kernel.words import _

goes_over(
    Follower(
        model=Arrival,
        label=_("People who are expected"),
        live=lambda _on: Q(state=State.EXPECTED),
    )
)
