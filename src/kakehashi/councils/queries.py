"""What can be asked about councils, and whether something was resolved."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext

from kakehashi.councils.models import Council, Resolution
from kakehashi.councils.policy import policy
from kakehashi.councils.rules import DECISION_NAMES, kind_of, words_of
from kakehashi.directory.models import Person
from kakehashi.kernel.scope import seen_by, unscoped

LONGEST_NUMBER = 9  # digits; no row of ours has a longer one


class NoResolution(PermissionDenied):
    """What shall be released needs a resolution of a council, and there is none."""


@dataclass(frozen=True, kw_only=True)
class Subject:
    """What a resolution is about, in the reader's words; `url` where the reader may open it."""

    label: str
    url: str = ""


Describer = Callable[[Person, Collection[int]], Mapping[int, Subject]]
_describers: dict[str, Describer] = {}


def describe(kind: str) -> Callable[[Describer], Describer]:
    """Mark the function that puts a part's things (`intake.plan`) into words.

    It is given the reader and the things' numbers, and answers for those the reader may know of.
    """

    def remember(describer: Describer) -> Describer:
        _describers[kind] = describer
        return describer

    return remember


def subjects(person: Person, keys: Iterable[str]) -> dict[str, Subject]:
    """Put keys (`intake.plan/3`) into words, one question for each kind of thing.

    Where a thing is unknown to the reader, the words say only what kind of decision it is.
    """
    wanted: dict[str, dict[int, str]] = defaultdict(dict)
    for key in filter(None, keys):
        kind, _, number = key.partition("/")
        if number.isascii() and number.isdigit() and len(number) <= LONGEST_NUMBER:
            wanted[kind][int(number)] = key
    found = {}
    for kind, by_number in wanted.items():
        described = _describers[kind](person, by_number) if kind in _describers else {}
        for pk, key in by_number.items():
            found[key] = described.get(pk) or _of_a_kind(key)
    return found


def subject_of(person: Person, key: str) -> Subject | None:
    """Put one key into words; nothing where it names nothing that a council decides."""
    return subjects(person, [key]).get(key) if kind_of(key) else None


def subjects_resolved(person: Person) -> dict[str, Subject]:
    """Put into words what the resolutions that this person may know of are about."""
    rows = resolutions_for(person).exclude(about="").order_by()
    return subjects(person, rows.values_list("about", flat=True).distinct())


def _of_a_kind(key: str) -> Subject:
    return Subject(label=str(DECISION_NAMES.get(kind_of(key), key)))


def councils_for(person: Person) -> QuerySet[Council]:
    """Find the councils, each with the number of resolutions this person may know of."""
    seen = Q(resolutions__in=seen_by(person, Resolution).values("pk"))
    known = Count("resolutions", filter=seen, distinct=True)
    return seen_by(person, Council).annotate(resolved=known).order_by("pk")


def resolutions_for(person: Person) -> QuerySet[Resolution]:
    """Find the resolutions one may know of, the newest first."""
    found = seen_by(person, Resolution).select_related("council", "recorded_by")
    return found.order_by("-adopted_on", "-pk")


def may_read(person: Person, resolution: Resolution | None) -> bool:
    """Answer whether this person may open a resolution's own page."""
    if resolution is None:
        return False
    return seen_by(person, Resolution).filter(pk=resolution.pk).exists()


def may_record_about(person: Person, key: str) -> bool:
    """Answer whether this person records resolutions of the council that decides on a thing."""
    council = council_for(kind_of(key))
    return council is not None and policy.allows(person, "adopt", council)


def may(person: Person, action: str, council: Council | None) -> bool:
    """Answer whether a button shall be shown to this person."""
    return policy.allows(person, action, council)


def require(person: Person, action: str, council: Council | None) -> None:
    """Refuse a page whose button would be refused, with the same sentence."""
    policy.require(person, action, council)


def councils_one_records_for(person: Person, about: str = "") -> list[Council]:
    """List the councils whose resolutions this person may record, first those that decide on it."""
    kind = kind_of(about)
    mine = [one for one in councils_for(person) if policy.allows(person, "adopt", one)]
    return [one for one in mine if kind in words_of(one.decides)] or mine


@unscoped("what is released needs a resolution, whoever may read it")
def resolution_about(key: str, *, since: datetime | None = None) -> Resolution | None:
    """Find the latest resolution about a thing, by the thing's key.

    `since` is when the thing was last laid before the council: what was resolved before was
    resolved about something else.
    """
    found = Resolution.objects.filter(about=key).select_related("council")
    if since is not None:
        found = found.filter(recorded_at__gte=since)
    return found.order_by("-adopted_on", "-pk").first()


def require_resolution(key: str, *, since: datetime | None = None) -> Resolution:
    """Give the resolution about a thing, or refuse with the council's name (`NoResolution`).

    `since` is as `resolution_about` has it.
    """
    found = resolution_about(key, since=since)
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
