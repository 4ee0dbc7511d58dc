"""What can be asked of what hangs on an office: contacts, ties, workplaces, names, changes."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Prefetch, Q, QuerySet

from kakehashi.directory.models import (
    ContactPoint,
    CooperativeMember,
    Country,
    FieldChange,
    FormerName,
    MissionArea,
    Office,
    Person,
    Reorganisation,
    Seat,
    SisterTie,
    Supervision,
)
from kakehashi.directory.policy import hands_on, policy, seats_of
from kakehashi.directory.queries.ground import offices_for
from kakehashi.directory.rules import ChangeState, OfficeKind, Role, fields_open, plain
from kakehashi.kernel.dated import in_force
from kakehashi.kernel.models import Subject, Trace
from kakehashi.kernel.scope import seen_by, unscoped


def fields_for(person: Person, office: Office) -> tuple[str, ...]:
    """List the fields of an office's entry that this person may write."""
    if not policy.allows(person, "edit_office", office):
        return ()
    return fields_open(office.kind, hands_on(person, office))


def contacts_of(person: Person, office: Office) -> QuerySet[ContactPoint]:
    """Find the contact points of an office that this person may know of."""
    return seen_by(person, ContactPoint).filter(office=office).order_by("desk_en", "name", "pk")


def contacts_for(person: Person) -> QuerySet[ContactPoint]:
    """Find every contact point that this person may know of."""
    return seen_by(person, ContactPoint).select_related("office__parent")


def ties_of(person: Person, office: Office) -> QuerySet[SisterTie]:
    """Find the sister cities of an office, the oldest tie first."""
    found = seen_by(person, SisterTie).filter(office=office).select_related("country")
    return found.order_by("since", "place_en", "pk")


def ties_for(person: Person) -> QuerySet[SisterTie]:
    """Find every sister-city tie."""
    return seen_by(person, SisterTie).select_related("office__parent", "country")


def members_of(person: Person, office: Office) -> QuerySet[CooperativeMember]:
    """Find the municipalities that belong to a partial cooperative."""
    found = seen_by(person, CooperativeMember).filter(cooperative=office)
    return found.select_related("municipality").order_by("municipality__code")


def is_private(person: Person) -> bool:
    """Say whether somebody holds no officer's seat: the directory shows what concerns them."""
    return not policy.allows(person, "export_organisations", None)


def offices_listed(person: Person) -> QuerySet[Office]:
    """Find the offices that the list shows: all of them to officers.

    To whoever holds no officer's seat those that concern them: their own, the ones above and
    below, the missions of their country, CLAIR, and the associations.
    """
    found = offices_for(person)
    if not is_private(person):
        return found
    held = seats_of(person)
    own = {seat.office for seat in held} | {seat.parent for seat in held if seat.parent}
    concerns = Q(pk__in=own) | Q(parent__in=own, kind=OfficeKind.WORKPLACE)
    concerns |= Q(kind__in=[OfficeKind.SECRETARIAT, OfficeKind.ASSOCIATION])
    if person.nationality_id:
        serving = seen_by(person, MissionArea).filter(country=person.nationality_id)
        concerns |= Q(pk__in=serving.values("mission"))
    return found.filter(concerns)


def contacts_found_by(rows: QuerySet[ContactPoint], words: str) -> QuerySet[ContactPoint]:
    """Narrow contact points to those that every one of the words finds."""
    names = ("desk_en", "desk_ja", "name", "telephone", "email")
    for word in plain(words).split()[:6]:
        either = Q(office__search__contains=word)
        for name in names:
            either |= Q(**{f"{name}__icontains": word})
        rows = rows.filter(either)
    return rows


def ties_found_by(rows: QuerySet[SisterTie], words: str) -> QuerySet[SisterTie]:
    """Narrow sister cities to those that every one of the words finds."""
    for word in plain(words).split()[:6]:
        place = Q(place_en__icontains=word) | Q(place_ja__icontains=word)
        rows = rows.filter(place | Q(office__search__contains=word))
    return rows


@unscoped("sister cities are public, and placement weighs them whoever runs it")
def tied_countries(on: date) -> dict[int, frozenset[str]]:
    """Give the codes of the countries in which each office has a sister city on a day."""
    found: dict[int, set[str]] = {}
    rows = SisterTie.objects.filter(in_force(on))
    for office, country in rows.values_list("office", "country__code"):
        found.setdefault(office, set()).add(country)
    return {office: frozenset(countries) for office, countries in found.items()}


def workplaces_of(person: Person, office: Office) -> QuerySet[Office]:
    """Find the workplaces of an organisation, those closed last."""
    found = offices_for(person).filter(kind=OfficeKind.WORKPLACE, parent=office)
    return found.order_by("valid_to", "workplace_type", "code")


def supervisions_at(person: Person, office: Office, on: date) -> QuerySet[Supervision]:
    """Find who supervises whom in an office on a day or later, as far as one may know."""
    found = seen_by(person, Supervision).filter(Q(ends_on=None) | Q(ends_on__gte=on))
    rows = found.filter(office=office).select_related("participant", "supervisor", "office")
    return rows.order_by("participant__family_name", "starts_on", "pk")


def supervisions_for(person: Person) -> QuerySet[Supervision]:
    """Find the supervisions this person may know of, those that ended too."""
    return seen_by(person, Supervision).select_related("participant", "supervisor", "office")


def sitting_at(person: Person, office: Office, role: Role, on: date) -> QuerySet[Person]:
    """Find whom of an office's holders of a role this person may name in a form."""
    seats = seats_on(on, office, role)
    return seen_by(person, Person).filter(pk__in=seats.values("person")).order_by("pk")


@unscoped("whether somebody sits somewhere is part of deeds that need it")
def seats_on(
    on: date, office: Office, role: Role, person: Person | None = None
) -> QuerySet[Seat]:
    """Find the seats of a role in an office on a day."""
    open_then = Q(ends_on=None) | Q(ends_on__gte=on)
    rows = Seat.objects.filter(open_then, office=office, role=role, starts_on__lte=on)
    return rows.filter(person=person) if person else rows


def names_of(person: Person, office: Office) -> QuerySet[FormerName]:
    """Find what an office was called before, the latest first."""
    return seen_by(person, FormerName).filter(office=office).order_by("-until", "-pk")


def with_former_names(person: Person, rows: QuerySet[Office]) -> QuerySet[Office]:
    """Read along what offices were called before, as `called_before`."""
    names = seen_by(person, FormerName).order_by("-until", "-pk")
    return rows.prefetch_related(
        Prefetch("former_names", queryset=names, to_attr="called_before")
    )


def reorganisations_for(person: Person) -> QuerySet[Reorganisation]:
    """Find the mergers and new names this person may know of, the latest first."""
    found = seen_by(person, Reorganisation).select_related("office__parent")
    return found.prefetch_related("predecessors").order_by("-on", "-pk")


def reorganisations_of(person: Person, office: Office) -> QuerySet[Reorganisation]:
    """Find the mergers and new names of an office, those it ended with too."""
    its = Q(office=office) | Q(predecessors=office)
    found = reorganisations_for(person).filter(its).exclude(state=ChangeState.UNDONE)
    return found.distinct()


@unscoped("codes of organisations are open to whoever may plan a merger")
def mergeable(office: Office) -> QuerySet[Office]:
    """Find the offices that could merge with this one: of its kind, under the same office."""
    rows = Office.objects.filter(kind=office.kind, parent=office.parent_id, valid_to=None)
    return rows.exclude(pk=office.pk).order_by("code")


def found_by(person: Person, rows: QuerySet[Office], words: str) -> QuerySet[Office]:
    """Narrow offices to those that every one of the words finds.

    Words match names in both scripts, readings, codes, places, former names and telephone
    numbers; and the contact points of an office, as far as this person may know of them.
    """
    for word in plain(words).split()[:6]:
        reach = Q(search__contains=word) | Q(telephone__contains=word)
        named = Q(name_en__icontains=word) | Q(name_ja__icontains=word)
        points = seen_by(person, ContactPoint).filter(
            Q(name__icontains=word)
            | Q(desk_en__icontains=word)
            | Q(desk_ja__icontains=word)
            | Q(telephone__contains=word)
            | Q(email__icontains=word)
        )
        rows = rows.filter(reach | named | Q(pk__in=points.values("office")))
    return rows


def people_found_by(rows: QuerySet[Person], words: str) -> QuerySet[Person]:
    """Narrow people to those whose names or addresses every one of the words finds."""
    for word in words.split()[:6]:
        either = Q()
        for form in {word, plain(word)}:
            for name in ("family_name", "given_name", "name_ja", "email"):
                either |= Q(**{f"{name}__icontains": form})
        rows = rows.filter(either)
    return rows


@dataclass(frozen=True, kw_only=True)
class Line:
    """One change on a history page: when, by whom, and every field before and after."""

    at: datetime
    deed: str
    by: str
    fields: list[FieldChange]


@unscoped("who changed an entry is told to those who keep it; names only of people they know")
def history_of(person: Person, office: Office) -> list[Line]:
    """List what was done to an office's entry and what hangs on it, newest first."""
    changes = seen_by(person, FieldChange).filter(office=office).order_by("-trace", "pk")
    by_trace: dict[int, list[FieldChange]] = {}
    for change in changes[:500]:
        by_trace.setdefault(change.trace, []).append(change)
    own = Trace.objects.filter(Q(number__in=by_trace) | Q(thing=office.key, kind="change"))
    lines = list(own.order_by("-number")[:200])
    names = _names(person, {line.by for line in lines})
    return [
        Line(
            at=line.at,
            deed=line.deed,
            by=names.get(line.by, ""),
            fields=by_trace.get(line.number, []),
        )
        for line in lines
    ]


@unscoped("who changed an entry is told to those who keep it; names only of people they know")
def _names(person: Person, subjects: Collection[str]) -> dict[str, str]:
    """Name those behind the numbers of the trail, as far as the reader may know of them."""
    numbers = [one.partition(":")[2] for one in subjects if one.startswith("subject:")]
    rows = Subject.objects.filter(pk__in=[int(one) for one in numbers if one.isdigit()])
    holders = dict(rows.values_list("person", "pk"))
    known = seen_by(person, Person).filter(pk__in=[pk for pk in holders if pk])
    return {f"subject:{holders[one.pk]}": str(one) for one in known}


@unscoped("places are open to everyone")
def countries_in_order() -> QuerySet[Country]:
    """Find the countries by their English name, for a form."""
    return Country.objects.order_by("name_en")
