"""Organisations and their workplaces come in as tables, new ones and changed ones alike.

An empty cell leaves what stands there as it is; a dash clears it.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any, cast

from kakehashi.directory.actions import (
    import_organisations,
    import_workplaces,
    not_theirs,
    organisation_facts,
    put_offices_back,
    workplace_facts,
)
from kakehashi.directory.models import Office, Person
from kakehashi.directory.policy import policy
from kakehashi.directory.queries import (
    municipalities_by_code,
    offices_by_code,
    offices_to_change,
    offices_with_above,
)
from kakehashi.directory.rules import EmployerType, OfficeKind, WorkplaceType
from kakehashi.kernel import cells
from kakehashi.kernel.imports import Column, Fault, ImportKind, Row, offer_import
from kakehashi.kernel.words import _

# The heading under which a field of an office stands in a table, where it is not its own name.
HEADINGS = {
    "employer_type": "type",
    "workplace_type": "type",
    "parent": "host_body",
}
Reading = Callable[[Row], dict[str, Any]]


def _host_bodies() -> Mapping[str, Office]:
    return offices_by_code(OfficeKind.HOST_BODY)


def _organisations() -> Mapping[str, Office]:
    rows = offices_with_above()
    return {code: one for code, one in rows.items() if one.kind == OfficeKind.ORGANISATION}


def _may_bring_organisations(person: Person) -> None:
    policy.require(person, "import_organisations", None)


def _may_bring_records(person: Person) -> None:
    policy.require(person, "import_records", None)


def _check_organisations(rows: list[Row], by: object, _at: datetime) -> Iterable[Fault]:
    """Find what one cell cannot know of an organisation."""
    for row in rows:
        city, host = row["municipality"], row["host_body"]
        if city and city.prefecture_id != host.prefecture_id:
            yield Fault(
                row=row["row"],
                column="municipality",
                value=city.code,
                says=_("This municipality is not in the host body's prefecture."),
                fix=_("Correct the municipality or the host body."),
            )
    yield from _taken(rows, OfficeKind.ORGANISATION)
    yield from _judged(rows, OfficeKind.ORGANISATION, organisation_facts, by)
    yield from _changed_since(rows, OfficeKind.ORGANISATION)


def _check_workplaces(rows: list[Row], by: object, _at: datetime) -> Iterable[Fault]:
    """Find what one cell cannot know of a workplace."""
    yield from _taken(rows, OfficeKind.WORKPLACE)
    yield from _judged(rows, OfficeKind.WORKPLACE, workplace_facts, by)
    yield from _changed_since(rows, OfficeKind.WORKPLACE)


def _taken(rows: list[Row], kind: OfficeKind) -> Iterable[Fault]:
    """Find codes of offices of another kind."""
    others = {code for code, one in offices_by_code().items() if one.kind != kind}
    for row in rows:
        if row["code"] in others:
            yield Fault(
                row=row["row"],
                column="code",
                value=row["code"],
                says=_("This code is an office of another kind."),
                fix=_("Choose another code."),
            )


def _judged(rows: list[Row], kind: OfficeKind, read: Reading, by: object) -> Iterable[Fault]:
    """Find cells that are not theirs to write who bring the table."""
    for row, name in not_theirs(rows, kind, read, cast("Person", by)):
        column = HEADINGS.get(name, name)
        if kind == OfficeKind.WORKPLACE and name == "parent":
            column = "organisation"
        if name == "code":
            yield Fault(
                row=row["row"],
                column=column,
                value=row["code"],
                says=_("This office is not known, and adding one is not yours."),
                fix=_("Check the code, or ask who keeps the directory to add it."),
            )
        else:
            yield Fault(
                row=row["row"],
                column=column,
                value=str(row.get(column) or ""),
                says=_("This cell differs from the directory and is not yours to change."),
                fix=_("Leave it empty, or ask the office that keeps it."),
            )


def _changed_since(rows: list[Row], kind: OfficeKind) -> Iterable[Fault]:
    """Find rows whose office somebody changed after the table left here."""
    told = [row for row in rows if row["version"] is not None]
    there = offices_to_change(kind, [row["code"] for row in told])
    for row in told:
        one = there.get(row["code"])
        if one and one.version != row["version"]:
            yield Fault(
                row=row["row"],
                column="version",
                value=str(row["version"]),
                says=_("Somebody changed this entry after your table left here."),
                fix=_("Export again, and carry your changes over to the new row."),
            )


def _write_organisations(rows: list[Row], *, by: object, at: datetime) -> int:
    return import_organisations(rows, by=cast("Person", by), at=at)


def _write_workplaces(rows: list[Row], *, by: object, at: datetime) -> int:
    return import_workplaces(rows, by=cast("Person", by), at=at)


def _optional(name: str, label: Any, most: int) -> Column:  # noqa: ANN401 -- lazy words
    return Column(name=name, label=label, read=cells.text(most), required=False)


CODE = Column(name="code", label=_("Code"), read=cells.text(40), example="toyooka")
NAMES = (
    Column(name="name_en", label=_("Name (English)"), read=cells.text(200)),
    Column(name="name_ja", label=_("Name (Japanese)"), read=cells.text(200)),
)
MUNICIPALITY = Column(
    name="municipality",
    label=_("Municipality"),
    read=cells.code,
    among=municipalities_by_code,
    required=False,
    example="28209",
)
REACH = (
    _optional("telephone", _("Telephone"), 80),
    _optional("address", _("Address"), 300),
    _optional("fax", _("Fax"), 80),
    _optional("website", _("Website"), 200),
    _optional("kana", _("Reading (kana)"), 200),
    Column(
        name="version",
        label=_("Version of the entry"),
        read=cells.whole(0, 1_000_000),
        required=False,
    ),
)

offer_import(
    ImportKind(
        name="organisations",
        label=_("Contracting organisations"),
        columns=(
            CODE,
            *NAMES,
            Column(
                name="type",
                label=_("Type of organisation"),
                read=cells.one_of(*(str(one) for one in EmployerType)),
                example="city",
            ),
            Column(
                name="host_body",
                label=_("Host body"),
                read=cells.code,
                among=_host_bodies,
                example="pref-28",
            ),
            MUNICIPALITY,
            *REACH,
        ),
        unique=("code",),
        require=_may_bring_organisations,
        write=_write_organisations,
        check=_check_organisations,
        undoes=(Office,),
        put_back=put_offices_back,
    )
)

offer_import(
    ImportKind(
        name="workplaces",
        label=_("Workplaces"),
        columns=(
            CODE,
            *NAMES,
            Column(
                name="type",
                label=_("Type of workplace"),
                read=cells.one_of(*(str(one) for one in WorkplaceType)),
                example="junior-high-school",
            ),
            Column(
                name="organisation",
                label=_("Contracting organisation"),
                read=cells.code,
                among=_organisations,
                example="toyooka",
            ),
            MUNICIPALITY,
            *REACH,
        ),
        unique=("code",),
        require=_may_bring_records,
        write=_write_workplaces,
        check=_check_workplaces,
        undoes=(Office,),
        put_back=put_offices_back,
    )
)
