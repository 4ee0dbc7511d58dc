"""People who serve, for the tests of this part and of later ones."""

from datetime import date, datetime

from kakehashi.appointment import actions
from kakehashi.appointment.models import Appointment
from kakehashi.arrival.tests import factories as arrival
from kakehashi.directory.models import Office
from kakehashi.directory.tests import factories as make


def appointments(
    people: int = 1,
    at: Office | None = None,
    *,
    arrived_on: date = date(2026, 7, 27),
    country: str = "IE",
    position: str = "ALT",
    moment: datetime = make.NOON,
) -> list[Appointment]:
    """Appoint people who came in a past year; their term is the one that runs at the moment."""
    arrivals = arrival.serving(
        people, at, arrived_on=arrived_on, country=country, position=position, moment=moment
    )
    actions.appoint_many(arrivals, at=moment)
    found = Appointment.objects.filter(arrival__in=arrivals).order_by("pk")
    return list(found.select_related("person", "organisation__parent", "position", "country"))


def appointment(at: Office | None = None, **facts: object) -> Appointment:
    """Appoint one person."""
    (one,) = appointments(1, at, **facts)  # type: ignore[arg-type]  # as `appointments` takes them
    return one
