"""Applications as a table: what officers take out, under the headings of the import."""

from collections.abc import Callable, Iterable
from typing import Any

from kakehashi.kernel.imports import ExportKind, offer_export
from kakehashi.kernel.words import _
from kakehashi.recruitment import queries
from kakehashi.recruitment.models import Application
from kakehashi.recruitment.policy import desks

Value = Callable[[Application], object]


def _plain(name: str) -> tuple[str, Value]:
    return name, lambda row: getattr(row, name)


def _yes_no(name: str) -> tuple[str, Value]:
    return name, lambda row: "yes" if getattr(row, name) else "no"


def _code(name: str) -> tuple[str, Value]:
    def value(row: Application) -> str:
        thing = getattr(row, name)
        return thing.code if thing else ""

    return name, value


COLUMNS: tuple[tuple[str, Value], ...] = (
    ("email", lambda row: row.person.email),
    _plain("family_name"),
    _plain("given_name"),
    _plain("date_of_birth"),
    ("nationality", lambda row: row.country.code),
    _code("mission"),
    _code("position"),
    _code("interview_place"),
    _plain("university"),
    _plain("major"),
    _plain("degree_on"),
    _plain("japanese_level"),
    _plain("other_languages"),
    _plain("teaching_months"),
    _yes_no("teaching_qualification"),
    _yes_no("driving_licence"),
    _plain("months_in_japan"),
    _plain("statement"),
    _yes_no("early_departure"),
    _yes_no("may_be_alt"),
    _plain("dependants"),
    _plain("partner_email"),
    _code("wish_1"),
    _code("wish_2"),
    _code("wish_3"),
    _plain("setting"),
    ("year", lambda row: row.year.year),
)


def _require(person: Any) -> None:  # noqa: ANN401 -- the kernel knows no person
    desks.require(person, "export_applications", None)


def _rows(person: Any) -> Iterable[Application]:  # noqa: ANN401 -- the kernel knows no person
    return queries.applications_to_export(person).iterator(chunk_size=1000)


offer_export(
    ExportKind(
        name="applications",
        label=_("Applications"),
        columns=COLUMNS,
        rows=_rows,
        require=_require,
    )
)
