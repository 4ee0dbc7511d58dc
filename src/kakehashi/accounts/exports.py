"""What is held about where people are signed in."""

from django.db.models import QuerySet

from kakehashi.accounts.models import Device
from kakehashi.directory.models import Person
from kakehashi.kernel.holdings import Holding, hold
from kakehashi.kernel.scope import seen_by
from kakehashi.kernel.words import _


def _own_devices(person: Person) -> QuerySet[Device]:
    return seen_by(person, Device).filter(person=person)


hold(
    Holding(
        name="devices",
        title=_("Where you are signed in"),
        model=Device,
        rows=_own_devices,
        fields={
            "browser": _("Browser"),
            "system": _("System"),
            "began_at": _("Since"),
            "seen_at": _("Last used at"),
        },
    )
)
