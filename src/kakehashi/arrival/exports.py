"""The table of arrivals, with the headings under which it can be brought back."""

from django.db.models import QuerySet

from kakehashi.arrival.models import Arrival
from kakehashi.arrival.policy import policy
from kakehashi.arrival.queries import arrivals_for
from kakehashi.directory.models import Person
from kakehashi.kernel.holdings import Holding, hold
from kakehashi.kernel.imports import ExportKind, offer_export
from kakehashi.kernel.scope import seen_by
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


def _own_arrivals(person: Person) -> QuerySet[Arrival]:
    return (
        seen_by(person, Arrival)
        .filter(person=person)
        .select_related("organisation", "position")
    )


hold(
    Holding(
        name="arrivals",
        title=_("Your arrivals"),
        model=Arrival,
        rows=_own_arrivals,
        fields={
            "organisation": _("Organisation"),
            "position": _("Position"),
            "due_on": _("Due"),
            "arrived_on": _("Arrived on"),
            "flight": _("Flight"),
            "state_name": _("State"),
        },
    )
)
