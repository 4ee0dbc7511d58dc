"""Tables that leave: contracting organisations, and people with their seats."""

from collections.abc import Iterable
from functools import partial
from typing import Any

from django.db.models import QuerySet

from kakehashi.directory.models import Person, Seat
from kakehashi.directory.policy import policy
from kakehashi.directory.queries import contacts_for, offices_for, people_for, ties_for
from kakehashi.directory.rules import OfficeKind, Role
from kakehashi.kernel.holdings import Holding, Keeper, hold
from kakehashi.kernel.imports import ExportKind, offer_export
from kakehashi.kernel.scope import seen_by
from kakehashi.kernel.words import _

REACH = (
    ("telephone", lambda office: office.telephone),
    ("address", lambda office: office.address),
    ("fax", lambda office: office.fax),
    ("website", lambda office: office.website),
    ("kana", lambda office: office.kana),
    ("version", lambda office: office.version),
)
CONTACT = (
    "desk_en",
    "desk_ja",
    "name",
    "telephone",
    "fax",
    "email",
    "hours",
    "language",
    "seen",
    "verified_on",
)
TIE = ("place_en", "place_ja", "since", "source")


def _field(name: str, row: Any) -> object:  # noqa: ANN401 -- a row of any kind
    return getattr(row, name)


def _organisations(person: Person) -> Iterable[Any]:
    return offices_for(person).filter(kind=OfficeKind.ORGANISATION).order_by("code")


def _workplaces(person: Person) -> Iterable[Any]:
    return offices_for(person).filter(kind=OfficeKind.WORKPLACE).order_by("code")


def _contacts(person: Person) -> Iterable[Any]:
    return contacts_for(person).order_by("office__code", "desk_en", "name", "pk")


def _ties(person: Person) -> Iterable[Any]:
    found = ties_for(person)
    return found.order_by("office__code", "country__code", "place_en", "pk")


def _people(person: Person) -> Iterable[tuple[Person, Any]]:
    """Give a row for each seat somebody holds today, and one for whoever holds none."""
    for one in people_for(person).order_by("email"):
        for seat in getattr(one, "held_today", ()) or (None,):
            yield one, seat


def _may_take_organisations(person: Person) -> None:
    policy.require(person, "export_organisations", None)


def _may_take_people(person: Person) -> None:
    policy.require(person, "import_people", None)


offer_export(
    ExportKind(
        name="organisations",
        label=_("Contracting organisations"),
        columns=(
            ("code", lambda office: office.code),
            ("name_en", lambda office: office.name_en),
            ("name_ja", lambda office: office.name_ja),
            ("type", lambda office: office.employer_type),
            ("host_body", lambda office: office.parent.code if office.parent else ""),
            (
                "municipality",
                lambda office: office.municipality.code if office.municipality else "",
            ),
            *REACH,
        ),
        rows=_organisations,
        require=_may_take_organisations,
    )
)

offer_export(
    ExportKind(
        name="workplaces",
        label=_("Workplaces"),
        columns=(
            ("code", lambda office: office.code),
            ("name_en", lambda office: office.name_en),
            ("name_ja", lambda office: office.name_ja),
            ("type", lambda office: office.workplace_type),
            ("organisation", lambda office: office.parent.code if office.parent else ""),
            (
                "municipality",
                lambda office: office.municipality.code if office.municipality else "",
            ),
            *REACH,
        ),
        rows=_workplaces,
        require=_may_take_organisations,
    )
)

offer_export(
    ExportKind(
        name="contacts",
        label=_("Contact points"),
        columns=(
            ("office", lambda row: row.office.code),
            *((name, partial(_field, name)) for name in CONTACT),
        ),
        rows=_contacts,
        require=_may_take_organisations,
    )
)

offer_export(
    ExportKind(
        name="sister_cities",
        label=_("Sister cities"),
        columns=(
            ("office", lambda row: row.office.code),
            ("country", lambda row: row.country.code),
            *((name, partial(_field, name)) for name in TIE),
        ),
        rows=_ties,
        require=_may_take_organisations,
    )
)

offer_export(
    ExportKind(
        name="people",
        label=_("People and seats"),
        columns=(
            ("email", lambda row: row[0].email),
            ("family_name", lambda row: row[0].family_name),
            ("given_name", lambda row: row[0].given_name),
            ("name_ja", lambda row: row[0].name_ja),
            ("language", lambda row: row[0].language),
            ("nationality", lambda row: row[0].nationality and row[0].nationality.code),
            ("role", lambda row: row[1] and row[1].role),
            ("office", lambda row: row[1] and row[1].office.code),
            ("starts_on", lambda row: row[1] and row[1].starts_on),
            ("ends_on", lambda row: row[1] and row[1].ends_on),
        ),
        rows=_people,
        require=_may_take_people,
    )
)


def _oneself(person: Person) -> QuerySet[Person]:
    return seen_by(person, Person).filter(pk=person.pk).select_related("nationality")


def _own_seats(person: Person) -> QuerySet[Seat]:
    return seen_by(person, Seat).filter(person=person).select_related("office")


hold(
    Holding(
        name="person",
        title=_("Your account"),
        model=Person,
        rows=_oneself,
        fields={
            "email": _("E-mail address"),
            "family_name": _("Family name"),
            "given_name": _("Given name"),
            "name_ja": _("Name in Japanese"),
            "nationality": _("Nationality"),
            "language": _("Language"),
            "joined_at": _("Account opened at"),
        },
        correctable=("family_name", "given_name", "name_ja"),
        keeper=lambda _row: Keeper(role=Role.CLAIR_DESK),
    )
)


hold(
    Holding(
        name="seats",
        title=_("Your seats"),
        model=Seat,
        rows=_own_seats,
        fields={
            "role_name": _("Role"),
            "office": _("Office"),
            "starts_on": _("First day"),
            "ends_on": _("Last day"),
        },
    )
)
