"""What can be asked about councils, and whether something was resolved."""

from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext

from kakehashi.councils.models import Council, Resolution
from kakehashi.councils.policy import policy
from kakehashi.councils.rules import kind_of, words_of
from kakehashi.directory.models import Person
from kakehashi.kernel.scope import seen_by, unscoped


class NoResolution(PermissionDenied):
    """What shall be released needs a resolution of a council, and there is none."""


def councils_for(person: Person) -> QuerySet[Council]:
    """Find the councils, each with the number of resolutions this person may know of."""
    seen = Q(resolutions__in=seen_by(person, Resolution).values("pk"))
    known = Count("resolutions", filter=seen, distinct=True)
    return seen_by(person, Council).annotate(resolved=known).order_by("pk")


def resolutions_for(person: Person) -> QuerySet[Resolution]:
    """Find the resolutions one may know of, the newest first."""
    found = seen_by(person, Resolution).select_related("council", "recorded_by")
    return found.order_by("-adopted_on", "-pk")


def may(person: Person, action: str, council: Council | None) -> bool:
    """Answer whether a button shall be shown to this person."""
    return policy.allows(person, action, council)


def require(person: Person, action: str, council: Council | None) -> None:
    """Refuse a page whose button would be refused, with the same sentence."""
    policy.require(person, action, council)


def councils_one_records_for(person: Person) -> list[Council]:
    """List the councils whose resolutions this person may record."""
    return [one for one in councils_for(person) if policy.allows(person, "adopt", one)]


@unscoped("what is released needs a resolution, whoever may read it")
def resolution_about(key: str) -> Resolution | None:
    """Find the latest resolution about a thing, by the thing's key."""
    found = Resolution.objects.filter(about=key).select_related("council")
    return found.order_by("-adopted_on", "-pk").first()


def require_resolution(key: str) -> Resolution:
    """Give the resolution about a thing, or refuse with the council's name (`NoResolution`)."""
    found = resolution_about(key)
    if found is None:
        raise NoResolution(
            gettext("This needs a resolution of the council first: %(council)s.")
            % {"council": council_for(kind_of(key)) or gettext("the one that decides it")}
        )
    return found


@unscoped("which council decides what is no secret")
def council_for(kind: str) -> Council | None:
    """Find the council that decides on `plan`, `results` or `run`."""
    every = Council.objects.order_by("pk")
    return next((one for one in every if kind in words_of(one.decides)), None)
