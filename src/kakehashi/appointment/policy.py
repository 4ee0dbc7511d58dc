"""Who may know of an appointment, and who may change it."""

from django.db.models import Q

from kakehashi.appointment.models import Appointment
from kakehashi.directory.models import Office, Person
from kakehashi.directory.policy import CLAIR_ROLES, holds, offices_of
from kakehashi.directory.rules import Role
from kakehashi.kernel.policy import Policy, rule
from kakehashi.kernel.scope import EVERYTHING, sight
from kakehashi.kernel.words import _

LOCAL_ROLES = (Role.ORGANISATION, Role.SUPERVISOR, Role.HOST, Role.ADVISOR)


@sight(Appointment, about="person")
def appointments_visible_to(person: Person) -> Q:
    """Say which appointments one may know of.

    One's own; those at one's organisation or under one's host body; and all of them for CLAIR.
    """
    if holds(person, *CLAIR_ROLES):
        return EVERYTHING
    here = offices_of(person, Role.ORGANISATION, Role.SUPERVISOR)
    under = offices_of(person, Role.HOST, Role.ADVISOR)
    return Q(person=person.pk) | Q(organisation__in=here) | Q(organisation__parent__in=under)


@rule(_("you are an officer of the organisation that employs them"))
def employs_them(person: Person, appointment: Appointment | None) -> bool:
    """Answer for the contracting organisation, whose decision an appointment is."""
    here = offices_of(person, Role.ORGANISATION)
    return appointment is not None and appointment.organisation_id in here


@rule(_("you work on placement or events at CLAIR"))
def keeps_the_register(person: Person, _appointment: Appointment | None) -> bool:
    """Answer for those who keep the register of who serves where."""
    return holds(person, Role.CLAIR_PLACEMENT, Role.CLAIR_EVENTS)


@rule(_("you look after participants at an organisation, a host body or CLAIR"))
def works_with_appointments(person: Person, _appointment: Appointment | None) -> bool:
    """Answer for the offices that have a list of appointments of their own."""
    return holds(person, *CLAIR_ROLES, *LOCAL_ROLES)


@rule(_("you are an officer of this organisation"))
def speaks_for_it(person: Person, office: Office) -> bool:
    """Answer for the organisation's own officers, who say who supervises."""
    return office.pk in offices_of(person, Role.ORGANISATION)


policy = Policy[Person, Appointment | None](
    see_list=works_with_appointments,
    appoint=keeps_the_register,
    give_notice=employs_them,
    end_early=employs_them,
    complete=employs_them | keeps_the_register,
)

office_policy = Policy[Person, Office](set_supervisor=speaks_for_it)


def is_participant(person: Person) -> bool:
    """Say whether somebody serves today, and so has an appointment of their own to look at."""
    return holds(person, Role.PARTICIPANT)
