"""What can be asked of the directory.  People and seats are always scoped; places are open."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Prefetch, Q, QuerySet

from kakehashi.directory.models import (
    ContactPoint,
    Country,
    FieldChange,
    InterviewPlace,
    MissionArea,
    Municipality,
    Office,
    Person,
    Prefecture,
    Reorganisation,
    Seat,
    SisterTie,
)
from kakehashi.directory.policy import policy, seats_held
from kakehashi.directory.rules import Change, ChangeState, OfficeKind, Role
from kakehashi.kernel.scope import seen_by, unscoped


def may(person: Person, action: str, office: Office | None = None) -> bool:
    """Answer whether a button shall be shown to this person."""
    return policy.allows(person, action, office)


def require(person: Person, action: str, office: Office | None = None) -> None:
    """Refuse a page whose button would be refused, with the same sentence."""
    policy.require(person, action, office)


def offices_for(person: Person) -> QuerySet[Office]:
    """Find every office, with what it stands under and where it is."""
    found = seen_by(person, Office)
    return found.select_related("parent__parent", "prefecture", "municipality", "country")


def children_of(person: Person, office: Office) -> QuerySet[Office]:
    """Find the offices that answer to this one or gather under it, by their English name."""
    return offices_for(person).filter(parent=office).order_by("kind", "name_en", "pk")


def municipalities_for(person: Person) -> QuerySet[Municipality]:
    """Find the cities, special wards, towns and villages, with their prefecture."""
    return seen_by(person, Municipality).select_related("prefecture")


def people_for(person: Person) -> QuerySet[Person]:
    """Find the people one may know of, each with the seats they hold today as `held_today`."""
    seats = seen_by(person, Seat).filter(seats_held(person.as_of)).select_related("office")
    held = Prefetch("seats", queryset=seats.order_by("role", "pk"), to_attr="held_today")
    return seen_by(person, Person).select_related("nationality").prefetch_related(held)


def seats_for(person: Person) -> QuerySet[Seat]:
    """Find the seats of the people one may know of, those that ended too."""
    return seen_by(person, Seat).select_related("person", "office")


def seats_at(person: Person, office: Office) -> QuerySet[Seat]:
    """Find who sits in an office today, as far as this person may know of them."""
    held = seats_for(person).filter(seats_held(person.as_of), office=office)
    return held.order_by("role", "starts_on", "pk")


def areas_of(person: Person, office: Office) -> QuerySet[MissionArea]:
    """Find the countries whose applicants a mission recruits."""
    areas = seen_by(person, MissionArea).filter(mission=office).select_related("country")
    return areas.order_by("country__name_en")


def places_of(person: Person, office: Office) -> QuerySet[InterviewPlace]:
    """Find the places where a mission interviews."""
    return seen_by(person, InterviewPlace).filter(mission=office).order_by("code")


@unscoped("narrows a list of people one may know of already")
def holders_of(role: str, on: date | None = None) -> QuerySet[Seat, Any]:
    """Give the numbers of those who hold a role, for narrowing a list."""
    return Seat.objects.filter(seats_held(on), role=role).values("person")


def officers_seats(person: Person) -> QuerySet[Seat]:
    """Find the seats of offices one may know of; those of the register end with the appointment."""
    return seen_by(person, Seat).exclude(role__in=(Role.PARTICIPANT, Role.ALUMNA))


def holders_until(person: Person, day: str) -> QuerySet[Seat, Any]:
    """Give the numbers of the officers whose seat ends on a day, for narrowing a list."""
    return officers_seats(person).filter(ends_on=date.fromisoformat(day)).values("person")


@unscoped("codes of countries are open to everyone")
def countries_by_code() -> dict[str, Country]:
    """Look up countries by their ISO code."""
    return {country.code: country for country in Country.objects.order_by("code")}


@unscoped("codes of prefectures are open to everyone")
def prefectures_by_code() -> dict[str, Prefecture]:
    """Look up prefectures by their two digits."""
    return {one.code: one for one in Prefecture.objects.order_by("code")}


@unscoped("codes of municipalities are open to everyone")
def municipalities_by_code() -> dict[str, Municipality]:
    """Look up municipalities by their five digits, each with its prefecture."""
    rows = Municipality.objects.select_related("prefecture").order_by("code")
    return {one.code: one for one in rows}


@unscoped("codes of offices are open to everyone")
def offices_by_code(kind: OfficeKind | None = None) -> dict[str, Office]:
    """Look up offices of one kind, or of all, by their code; each with what it stands under."""
    rows = Office.objects.select_related("parent", "prefecture", "country").order_by("code")
    found = rows.filter(kind=kind) if kind else rows
    return {office.code: office for office in found}


@unscoped("codes of organisations are open to everyone")
def organisations_in_force() -> dict[str, Office]:
    """Look up organisations by their code; a merged one's code leads to the one that goes on."""
    found = offices_by_code(OfficeKind.ORGANISATION)
    by_number = {one.pk: one for one in found.values()}
    after = successors_of(by_number)
    for code, one in found.items():
        steps = 0
        here = one
        while here.pk in after and after[here.pk] in by_number and steps < len(after):
            here, steps = by_number[after[here.pk]], steps + 1
        found[code] = here
    return found


@unscoped("which office goes on after another is public")
def successors_of(offices: Iterable[int]) -> dict[int, int]:
    """Say which office goes on for each of those that were merged, by their numbers."""
    wanted = set(offices)
    rows = Reorganisation.objects.filter(state=ChangeState.DONE, kind=Change.MERGER)
    pairs = rows.order_by("on", "pk").values_list("predecessors", "office")
    return {old: new for old, new in pairs if old in wanted}


@unscoped("codes of offices are open; who may bring a table is asked before")
def offices_to_change(kind: OfficeKind, codes: Iterable[str]) -> dict[str, Office]:
    """Look up offices of a kind by these codes, each with the two above it and its place."""
    above = ("parent__parent", "municipality", "prefecture")
    wanted, found = sorted({*codes}), dict[str, Office]()
    for start in range(0, len(wanted), 500):
        some = Office.objects.filter(kind=kind, code__in=wanted[start : start + 500])
        found |= {one.code: one for one in some.select_related(*above)}
    return found


@unscoped("a pack leaves alone what offices wrote into their own entries")
def fields_kept_here() -> dict[str, set[str]]:
    """Say which fields of which offices, by code, were changed here and not by a pack."""
    kept: dict[str, set[str]] = {}
    rows = FieldChange.objects.filter(thing__startswith="directory.office/")
    for code, field in rows.values_list("office__code", "field").distinct():
        kept.setdefault(code, set()).add(field)
    return kept


@unscoped("codes of offices are open; who may bring a table is asked before")
def offices_with_above() -> dict[str, Office]:
    """Look up every office by its code, each with the two above it."""
    rows = Office.objects.select_related("parent__parent").order_by("code")
    return {one.code: one for one in rows}


@unscoped("who may bring contact points of these offices is asked before")
def contacts_on(offices: Iterable[int]) -> dict[tuple[int, str, str], ContactPoint]:
    """Look up contact points of offices by office, desk and name."""
    wanted, found = sorted({*offices}), dict[tuple[int, str, str], ContactPoint]()
    for start in range(0, len(wanted), 500):
        for one in ContactPoint.objects.filter(office__in=wanted[start : start + 500]):
            found[one.office_id, one.desk_en, one.name] = one
    return found


@unscoped("sister cities are public")
def ties_on(offices: Iterable[int]) -> dict[tuple[int, int, str], SisterTie]:
    """Look up sister-city ties of offices by office, country and place."""
    wanted, found = sorted({*offices}), dict[tuple[int, int, str], SisterTie]()
    for start in range(0, len(wanted), 500):
        for one in SisterTie.objects.filter(office__in=wanted[start : start + 500]):
            found[one.office_id, one.country_id, one.place_en] = one
    return found


@unscoped("codes of interview places are printed on the application form")
def places_by_code() -> dict[str, InterviewPlace]:
    """Look up interview places by their four digits, each with its mission."""
    rows = InterviewPlace.objects.select_related("mission").order_by("code")
    return {place.code: place for place in rows}


@unscoped("a table names people by their address; who may bring tables is asked before")
def people_by_email(emails: Iterable[str] | None = None) -> dict[str, Person]:
    """Look up people by their address: these, or everyone."""
    rows = Person.objects.order_by("pk")
    if emails is None:
        return {person.email: person for person in rows}
    wanted = sorted({email.strip().lower() for email in emails})
    found: dict[str, Person] = {}
    for start in range(0, len(wanted), 500):
        some = rows.filter(email__in=wanted[start : start + 500])
        found |= {person.email: person for person in some}
    return found


@unscoped("a seat is given once; who may bring tables is asked before")
def open_seats_of(emails: Iterable[str]) -> dict[tuple[str, str, str], date]:
    """Look up since when these people hold open-ended seats, by address, role and office's code."""
    found: dict[tuple[str, str, str], date] = {}
    wanted = sorted({*emails})
    for start in range(0, len(wanted), 500):
        rows = Seat.objects.filter(ends_on=None, person__email__in=wanted[start : start + 500])
        keys = rows.values_list("person__email", "role", "office__code", "starts_on")
        found |= {(email, role, code): since for email, role, code, since in keys}
    return found


@unscoped("which mission serves a country is printed in every guideline")
def missions_of(country: Country) -> QuerySet[Office]:
    """Find the missions that recruit a country's applicants."""
    serving = Office.objects.filter(kind=OfficeKind.MISSION, areas__country=country)
    return serving.order_by("name_en", "pk")


@unscoped("letters of the programme go to whoever sits there, whoever triggers them")
def officers_of(office: Office, *roles: Role, on: date | None = None) -> list[Person]:
    """List the people who hold one of these roles in an office, today or `on` a day."""
    seats = Seat.objects.filter(seats_held(on), Q(role__in=roles), office=office)
    people = Person.objects.filter(pk__in=seats.values("person"), is_active=True)
    return list(people.order_by("pk"))


@unscoped("letters of the programme go to whoever sits there, whoever triggers them")
def officers_everywhere(*roles: Role, on: date | None = None) -> list[Person]:
    """List the people who hold one of these roles in any office, today or `on` a day."""
    seats = Seat.objects.filter(seats_held(on), role__in=roles)
    people = Person.objects.filter(pk__in=seats.values("person"), is_active=True)
    return list(people.order_by("pk"))


@unscoped("letters of the programme go to whoever sits there, whoever triggers them")
def officers_by_office(
    offices: Iterable[int], *roles: Role, on: date | None = None
) -> dict[int, list[Person]]:
    """List the holders of these roles for many offices at once, by the office's number."""
    found: dict[int, list[Person]] = {office: [] for office in offices}
    seats = Seat.objects.filter(seats_held(on), role__in=roles, person__is_active=True)
    for seat in seats.select_related("person").order_by("person_id"):
        if seat.office_id in found and seat.person not in found[seat.office_id]:
            found[seat.office_id].append(seat.person)
    return found
