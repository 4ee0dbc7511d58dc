"""What can be done about appointments: appoint, give notice, complete, end early, supervise."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext

from kakehashi.appointment.letters import appointment_notice
from kakehashi.appointment.lifecycle import State
from kakehashi.appointment.models import Appointment
from kakehashi.appointment.policy import office_policy, policy
from kakehashi.appointment.rules import Term, is_over, may_end_on, term_on
from kakehashi.arrival.lifecycle import State as ArrivalState
from kakehashi.arrival.models import Arrival
from kakehashi.directory.actions import close_seats, open_seat, register_people
from kakehashi.directory.actions.seats import seat_in_bulk
from kakehashi.directory.models import Office, Person, Seat
from kakehashi.directory.rules import Role
from kakehashi.kernel import outbox
from kakehashi.kernel.clock import TOKYO
from kakehashi.kernel.lifecycle import MoveNotAllowed
from kakehashi.kernel.moving import move_many
from kakehashi.kernel.scope import unscoped
from kakehashi.kernel.trail import Actor, record, record_many
from kakehashi.web.dates import day_words

SYSTEM = "system:appoint"
HANDFUL = 400


class NotThatDay(ValueError):
    """The term cannot end on this day; nothing was changed."""


class NoGround(ValueError):
    """An early end needs its ground; nothing was changed."""


class NotOverYet(MoveNotAllowed):
    """The term still runs; nothing was changed."""


class NotGiven(ValueError):
    """Nobody is named; nothing was changed."""


def appoint(arrival: Arrival, *, by: Actor = SYSTEM, at: datetime) -> int:
    """Appoint one person who has arrived; says 0 where they are appointed already."""
    return appoint_many([arrival], by=by, at=at)


@transaction.atomic
def appoint_many(arrivals: Iterable[Arrival], *, by: Actor = SYSTEM, at: datetime) -> int:
    """Appoint everyone who has arrived and is not appointed yet; says how many.

    The term is the year that runs now, counted from the day after arrival; who has just come
    starts with the first.  Their seat as a participant opens and ends with the term.  Whoever
    has served the five years that are the most is not appointed again.
    """
    if isinstance(by, Person):
        policy.require(by, "appoint", None)
    today = at.astimezone(TOKYO).date()
    rows = [row for some in _handfuls(list(arrivals)) for row in _to_appoint(some)]
    new = [
        _appointment(row, term)
        for row in rows
        if row.arrived_on and (term := term_on(row.arrived_on, today))
    ]
    Appointment.objects.bulk_create(new, batch_size=300)
    seats = [(row.person, _seat(row)) for row in new]
    seat_in_bulk(seats, by=by, at=at)
    record_many([(row.key, "create_appointment") for row in new], by=by, at=at)
    return len(new)


@transaction.atomic
def give_notice(appointment: Appointment, *, by: Person, at: datetime) -> None:
    """Send the notice of appointment to the participant, in their language, once."""
    policy.require(by, "give_notice", appointment)
    as_i_saw_it = _this(appointment, noticed_at=None)
    if not as_i_saw_it.update(noticed_at=at):
        raise MoveNotAllowed(gettext("The notice of appointment has been sent already."))
    language = appointment.person.language
    outbox.post(
        outbox.Draft(
            letter=appointment_notice(appointment, language),
            to=appointment.person,
            language=language,
            about=appointment.key,
            decision=f"appointment:{appointment.pk}",
        ),
        at=at,
    )
    record(appointment.key, "give_notice", by=by, at=at)
    appointment.refresh_from_db()


@transaction.atomic
def end_early(
    appointment: Appointment, *, ended_on: date, ground: str, by: Person, at: datetime
) -> None:
    """End a term before its last day; from the day after, the participant's seat is closed."""
    policy.require(by, "end_early", appointment)
    if not may_end_on(ended_on, starts_on=appointment.starts_on, ends_on=appointment.ends_on):
        raise NotThatDay(
            gettext(
                "Last day: enter a day from %(first)s on and before %(last)s, the last day "
                "of the term."
            )
            % {
                "first": day_words(appointment.starts_on),
                "last": day_words(appointment.ends_on),
            }
        )
    if not ground.strip():
        raise NoGround(gettext("Ground: write in one sentence why the term ends early."))
    close_seats(_participant_seats(appointment), ends_on=ended_on, by=by, at=at)
    appointment.move("end_early", by=by, at=at, ended_on=ended_on, ground=ground.strip())


@transaction.atomic
def complete(appointment: Appointment, *, by: Person, at: datetime) -> None:
    """Note that a term has run to its last day."""
    policy.require(by, "complete", appointment)
    if not is_over(appointment.ends_on, today=at.astimezone(TOKYO).date()):
        raise NotOverYet(
            gettext("This term still runs, until %(last)s. Complete it on that day or later.")
            % {"last": day_words(appointment.ends_on)}
        )
    appointment.move("complete", by=by, at=at)


@transaction.atomic
def complete_due(*, at: datetime, by: Actor = "system:complete") -> int:
    """Note that every term whose last day lies behind us is completed; says how many."""
    if isinstance(by, Person):
        policy.require(by, "complete", None)
    due = _due(at.astimezone(TOKYO).date())
    return move_many(due, "complete", by=by, at=at)


@transaction.atomic
def set_supervisor(  # noqa: PLR0913 -- who, where, from when; by whom, and when
    organisation: Office,
    *,
    email: str,
    family_name: str,
    given_name: str,
    starts_on: date,
    by: Person,
    at: datetime,
) -> Seat:
    """Name a supervisor of the organisation's participants; their account is opened if need be."""
    office_policy.require(by, "set_supervisor", organisation)
    if not email.strip():
        raise NotGiven(gettext("E-mail address: write the supervisor's address."))
    facts = {"family_name": family_name, "given_name": given_name, "language": "ja"}
    people = register_people([{"email": email, **facts}], by="system:supervisor", at=at)
    (supervisor,) = people.values()
    return open_seat(
        supervisor,
        office=organisation,
        role=Role.SUPERVISOR,
        starts_on=starts_on,
        by=by,
        at=at,
    )


@transaction.atomic
def relieve_supervisor(seat: Seat, *, ends_on: date, by: Person, at: datetime) -> None:
    """Let somebody's time as a supervisor end; `ends_on` is their last day as one."""
    office_policy.require(by, "set_supervisor", seat.office)
    close_seats([seat], ends_on=ends_on, by=by, at=at)


def _appointment(arrival: Arrival, term: Term) -> Appointment:
    year = arrival.placement.request.year.year if arrival.placement else None
    return Appointment(
        person=arrival.person,
        arrival=arrival,
        organisation=arrival.organisation,
        position_id=arrival.position_id,
        country_id=arrival.country_id,
        cohort=year or (arrival.arrived_on or term.starts_on).year,
        year_of_service=term.year_of_service,
        starts_on=term.starts_on,
        ends_on=term.ends_on,
    )


def _seat(appointment: Appointment) -> dict[str, object]:
    return {
        "office": appointment.organisation,
        "role": Role.PARTICIPANT,
        "starts_on": appointment.starts_on,
        "ends_on": appointment.ends_on,
    }


@unscoped("who has arrived and is not appointed yet; part of appoint")
def _to_appoint(arrivals: list[Arrival]) -> list[Arrival]:
    found = Arrival.objects.filter(
        pk__in=[row.pk for row in arrivals], state=ArrivalState.ARRIVED, appointments=None
    )
    related = ("person", "organisation", "placement__request__year")
    return list(found.select_related(*related).order_by("pk"))


@unscoped("this one row, as the officer saw it; part of give_notice")
def _this(appointment: Appointment, **as_seen: object) -> QuerySet[Appointment]:
    return Appointment.objects.filter(pk=appointment.pk, **as_seen)


@unscoped("the seat the participant holds for this very term; part of end_early")
def _participant_seats(appointment: Appointment) -> list[Seat]:
    held = Seat.objects.filter(
        person=appointment.person_id,
        office=appointment.organisation_id,
        role=Role.PARTICIPANT,
        starts_on=appointment.starts_on,
    )
    return list(held.select_related("person", "office"))


@unscoped("terms end by the calendar; part of complete_due")
def _due(today: date) -> list[Appointment]:
    return list(Appointment.objects.filter(state=State.SERVING, ends_on__lt=today))


def _handfuls(rows: list[Arrival]) -> Iterator[list[Arrival]]:
    """Cut a long list so that no statement outgrows SQLite's limit of variables."""
    return (rows[start : start + HANDFUL] for start in range(0, len(rows), HANDFUL))
