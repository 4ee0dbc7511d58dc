"""What is held about people who are away, and their deputies."""

from django.db.models import Q, QuerySet

from kakehashi.deputies.models import Deputy
from kakehashi.directory.models import Person
from kakehashi.kernel.holdings import Holding, hold
from kakehashi.kernel.scope import seen_by
from kakehashi.kernel.words import _


def _own_absences(person: Person) -> QuerySet[Deputy]:
    mine = Q(person=person) | Q(seat__person=person)
    return seen_by(person, Deputy).filter(mine).select_related("seat__person", "person")


hold(
    Holding(
        name="absences",
        title=_("Absences and deputies"),
        model=Deputy,
        rows=_own_absences,
        fields={
            "seat": _("Seat"),
            "person": _("Deputy"),
            "starts_on": _("First day"),
            "ends_on": _("Last day"),
            "reason": _("Reason"),
            "state_name": _("State"),
        },
    )
)
