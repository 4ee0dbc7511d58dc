"""The people near an office: whom a supervisor looks after, and who comes next."""

from dataclasses import dataclass

from kakehashi.appointment.lifecycle import State as Term
from kakehashi.appointment.models import Appointment
from kakehashi.appointment.queries import appointments_for
from kakehashi.arrival.lifecycle import State as Coming
from kakehashi.arrival.models import Arrival
from kakehashi.arrival.queries import arrivals_for
from kakehashi.directory.models import Person
from kakehashi.directory.policy import offices_of
from kakehashi.directory.rules import Role

MOST = 8


@dataclass(frozen=True, kw_only=True)
class Team:
    """Who serves, and who is expected, at the offices where somebody supervises."""

    serving: list[Appointment]
    expected: list[Arrival]
    more: bool


def team_of(person: Person) -> Team | None:
    """Gather whom a supervisor looks after, the first to leave first; nobody else has a team."""
    here = offices_of(person, Role.SUPERVISOR)
    if not here:
        return None
    terms = appointments_for(person).filter(organisation__in=here, state=Term.SERVING)
    coming = arrivals_for(person).filter(organisation__in=here, state=Coming.EXPECTED)
    serving = list(terms.order_by("ends_on", "person__family_name", "pk")[: MOST + 1])
    return Team(
        serving=serving[:MOST],
        expected=list(coming.select_related("person").order_by("due_on", "pk")[:MOST]),
        more=len(serving) > MOST,
    )
