"""What follows by itself when people arrive."""

from datetime import datetime

from kakehashi.appointment import actions, queries
from kakehashi.arrival.announcements import ParticipantArrived, ParticipantsArrived
from kakehashi.kernel.announcements import on


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
