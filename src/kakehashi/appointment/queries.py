"""What can be asked of appointments."""

from datetime import date

from django.db.models import QuerySet
from django.db.models.functions import Coalesce

from kakehashi.appointment.lifecycle import State
from kakehashi.appointment.models import Appointment
from kakehashi.appointment.policy import policy
from kakehashi.arrival.lifecycle import State as ArrivalState
from kakehashi.arrival.models import Arrival
from kakehashi.directory.models import Office, Person, Seat
from kakehashi.directory.queries import seats_at
from kakehashi.directory.rules import Role
from kakehashi.intake.models import PayRate
from kakehashi.intake.queries import pay_for
from kakehashi.kernel import searching
from kakehashi.kernel.lifecycle import Move
from kakehashi.kernel.scope import seen_by, unscoped


def appointments_for(person: Person) -> QuerySet[Appointment]:
    """Find the appointments this person may know of, with all that a list of them shows."""
    return seen_by(person, Appointment).select_related(
        "person", "organisation__parent", "position", "country"
    )


def my_appointments(person: Person) -> QuerySet[Appointment]:
    """Find a person's own appointments, the newest first."""
    return appointments_for(person).filter(person=person).order_by("-starts_on", "-pk")


def supervisors_of(person: Person, organisation: Office) -> QuerySet[Seat]:
    """Find who supervises at an organisation today, as far as this person may know of them."""
    return seats_at(person, organisation).filter(role=Role.SUPERVISOR)


def pay_of(appointment: Appointment) -> PayRate | None:
    """Give the line of the pay table that holds for this term; None where no line is known."""
    return pay_for(appointment.cohort, appointment.year_of_service, on=appointment.starts_on)


def moves_for(person: Person, appointment: Appointment) -> list[Move[State]]:
    """List the moves this person may make now."""
    moves = appointment.lifecycle.moves_from(appointment.state)
    return [move for move in moves if policy.allows(person, move.name, appointment)]


@unscoped("the register's count: the census and the figures count whole terms and name nobody")
def serving_on(day: date) -> QuerySet[Appointment]:
    """Find the appointments whose term runs on a day, whatever has become of them since."""
    begun = Appointment.objects.filter(starts_on__lte=day)
    return begun.annotate(until=Coalesce("ended_on", "ends_on")).filter(until__gte=day)


@unscoped("whoever has arrived is appointed, whoever recorded it")
def arrived_without_appointment() -> QuerySet[Arrival]:
    """Find the arrivals that have no appointment yet."""
    return Arrival.objects.filter(state=ArrivalState.ARRIVED, appointments=None)


@unscoped("whoever has arrived is appointed, whoever recorded it")
def arrival_numbered(number: int) -> QuerySet[Arrival]:
    """Find the arrival with this number, if it has no appointment yet."""
    return arrived_without_appointment().filter(pk=number)


FOUND_BY = (
    "person__family_name",
    "person__given_name",
    "person__name_ja",
    *(
        f"{office}__{name}"
        for office in ("organisation", "organisation__parent")
        for name in ("search", "name_en", "name_ja")
    ),
)


def matching(rows: QuerySet[Appointment], words: str) -> QuerySet[Appointment]:
    """Keep the appointments in whose names, organisation or host body every word stands."""
    return searching.matching(rows, words, *FOUND_BY)
