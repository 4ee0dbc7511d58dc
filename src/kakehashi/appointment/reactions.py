"""What follows by itself when people arrive, and when their organisation merges."""

from datetime import datetime

from django.db.models import Q

from kakehashi.appointment import actions, queries
from kakehashi.appointment.lifecycle import State
from kakehashi.appointment.models import Appointment
from kakehashi.arrival.announcements import ParticipantArrived, ParticipantsArrived
from kakehashi.directory.queries import Follower, goes_over
from kakehashi.kernel.announcements import on
from kakehashi.kernel.words import _

goes_over(
    Follower(
        model=Appointment,
        label=_("Terms of service"),
        live=lambda on: Q(state=State.SERVING, ends_on__gte=on),
    )
)


@on(ParticipantArrived)
def appoint_the_participant(news: ParticipantArrived) -> None:
    """Appoint the person who has arrived; hearing it twice appoints once."""
    arrivals = queries.arrival_numbered(news.arrival_id)
    actions.appoint_many(arrivals, at=datetime.fromisoformat(news.at))


@on(ParticipantsArrived)
def appoint_the_participants(news: ParticipantsArrived) -> None:
    """Appoint everyone who has arrived and has no appointment yet."""
    arrivals = queries.arrived_without_appointment()
    actions.appoint_many(arrivals, at=datetime.fromisoformat(news.at))
