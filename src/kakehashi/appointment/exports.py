"""The table of appointments."""

from django.db.models import QuerySet

from kakehashi.appointment.models import Appointment
from kakehashi.appointment.policy import policy
from kakehashi.appointment.queries import appointments_for
from kakehashi.directory.models import Person
from kakehashi.kernel.holdings import Holding, hold
from kakehashi.kernel.imports import ExportKind, offer_export
from kakehashi.kernel.scope import seen_by
from kakehashi.kernel.words import _

APPOINTMENTS = ExportKind(
    name="appointments",
    label=_("Appointments"),
    columns=(
        ("number", lambda row: row.number),
        ("email", lambda row: row.person.email),
        ("family_name", lambda row: row.person.family_name),
        ("given_name", lambda row: row.person.given_name),
        ("country", lambda row: row.country.code),
        ("position", lambda row: row.position.code),
        ("organisation", lambda row: row.organisation.code),
        ("cohort", lambda row: row.cohort),
        ("year_of_service", lambda row: row.year_of_service),
        ("starts_on", lambda row: row.starts_on),
        ("ends_on", lambda row: row.ends_on),
        ("ended_on", lambda row: row.ended_on),
        ("state", lambda row: row.state),
    ),
    rows=lambda person: appointments_for(person).order_by("-starts_on", "pk"),
    require=lambda person: policy.require(person, "see_list", None),
)
offer_export(APPOINTMENTS)


def _own_appointments(person: Person) -> QuerySet[Appointment]:
    return (
        seen_by(person, Appointment)
        .filter(person=person)
        .select_related("organisation", "position")
    )


hold(
    Holding(
        name="appointments",
        title=_("Your appointments"),
        model=Appointment,
        rows=_own_appointments,
        fields={
            "organisation": _("Organisation"),
            "position": _("Position"),
            "year_of_service": _("Year of service"),
            "starts_on": _("First day"),
            "ends_on": _("Last day"),
            "ended_on": _("Ended on"),
            "ground": _("Ground"),
            "state_name": _("State"),
        },
    )
)
