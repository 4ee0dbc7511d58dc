"""Tables that leave: contracting organisations, and people with their seats."""

from collections.abc import Iterable
from typing import Any

from kakehashi.directory.models import Person
from kakehashi.directory.policy import policy
from kakehashi.directory.queries import offices_for, people_for
from kakehashi.directory.rules import OfficeKind
from kakehashi.kernel.imports import ExportKind, offer_export
from kakehashi.kernel.words import _


def _organisations(person: Person) -> Iterable[Any]:
    return offices_for(person).filter(kind=OfficeKind.ORGANISATION).order_by("code")


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
            ("telephone", lambda office: office.telephone),
            ("address", lambda office: office.address),
        ),
        rows=_organisations,
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
