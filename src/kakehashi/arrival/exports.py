"""The table of arrivals, with the headings under which it can be brought back."""

from kakehashi.arrival.models import Arrival
from kakehashi.arrival.policy import policy
from kakehashi.arrival.queries import arrivals_for
from kakehashi.kernel.imports import ExportKind, offer_export
from kakehashi.kernel.words import _


def _number(row: Arrival) -> str:
    return row.placement.application.number if row.placement else ""


ARRIVALS = ExportKind(
    name="arrivals",
    label=_("Arrivals"),
    columns=(
        ("application", _number),
        ("email", lambda row: row.person.email),
        ("family_name", lambda row: row.person.family_name),
        ("given_name", lambda row: row.person.given_name),
        ("country", lambda row: row.country.code),
        ("position", lambda row: row.position.code),
        ("organisation", lambda row: row.organisation.code),
        ("arrived_on", lambda row: row.arrived_on),
        ("flight", lambda row: row.flight),
    ),
    rows=lambda person: arrivals_for(person).order_by("due_on", "pk"),
    require=lambda person: policy.require(person, "see_list", None),
)
offer_export(ARRIVALS)
