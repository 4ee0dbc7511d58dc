"""The table of appointments."""

from kakehashi.appointment.policy import policy
from kakehashi.appointment.queries import appointments_for
from kakehashi.kernel.imports import ExportKind, offer_export
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
