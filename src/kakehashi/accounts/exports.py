"""What is held about where people are signed in, and where a sign-in failed."""

from django.db.models import QuerySet

from kakehashi.accounts.models import Device, FailedSignIn
from kakehashi.directory.models import Person
from kakehashi.kernel.holdings import Holding, hold
from kakehashi.kernel.scope import seen_by
from kakehashi.kernel.words import _


def _own_devices(person: Person) -> QuerySet[Device]:
    return seen_by(person, Device).filter(person=person)


def _own_failures(person: Person) -> QuerySet[FailedSignIn]:
    return seen_by(person, FailedSignIn).filter(person=person)


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
hold(
    Holding(
        name="failed_sign_ins",
        title=_("Sign-ins to your account that failed"),
        model=FailedSignIn,
        rows=_own_failures,
        fields={"at": _("When")},
    )
)
