"""Contact points and sister cities come in as tables.

An empty cell leaves what stands there as it is; a dash clears it.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, cast

from kakehashi.directory.actions import import_contacts, import_ties
from kakehashi.directory.models import ContactPoint, Person, SisterTie
from kakehashi.directory.policy import policy
from kakehashi.directory.queries import countries_by_code, offices_with_above
from kakehashi.directory.rules import Seen
from kakehashi.kernel import cells
from kakehashi.kernel.imports import Column, Fault, ImportKind, Row, offer_import
from kakehashi.kernel.words import LANGUAGES, _


def _may_bring(person: Person) -> None:
    policy.require(person, "import_records", None)


def _kept(rows: list[Row], by: object, action: str) -> Iterable[Fault]:
    """Find rows of offices whose entry is somebody else's."""
    asked: dict[int, bool] = {}
    for row in rows:
        office = row["office"]
        if office.pk not in asked:
            asked[office.pk] = policy.allows(cast("Person", by), action, office)
        if not asked[office.pk]:
            yield Fault(
                row=row["row"],
                column="office",
                value=office.code,
                says=_("The entry of this office is not yours to keep."),
                fix=_("Delete the row, or ask the office that keeps it."),
            )


def _check_contacts(rows: list[Row], by: object, _at: datetime) -> Iterable[Fault]:
    return _kept(rows, by, "keep_contacts")


def _check_ties(rows: list[Row], by: object, _at: datetime) -> Iterable[Fault]:
    return _kept(rows, by, "keep_ties")


def _write_contacts(rows: list[Row], *, by: object, at: datetime) -> int:
    return import_contacts(rows, by=cast("Person", by), at=at)


def _write_ties(rows: list[Row], *, by: object, at: datetime) -> int:
    return import_ties(rows, by=cast("Person", by), at=at)


def _optional(name: str, label: Any, most: int) -> Column:  # noqa: ANN401 -- lazy words
    return Column(name=name, label=label, read=cells.text(most), required=False)


OFFICE = Column(
    name="office",
    label=_("Office"),
    read=cells.code,
    among=offices_with_above,
    example="toyooka",
)

offer_import(
    ImportKind(
        name="contacts",
        label=_("Contact points"),
        columns=(
            OFFICE,
            Column(name="desk_en", label=_("Desk or role (English)"), read=cells.text(120)),
            Column(name="desk_ja", label=_("Desk or role (Japanese)"), read=cells.text(120)),
            Column(
                name="name",
                label=_("Name of the person"),
                read=cells.text(120),
                required=False,
                empty="",
            ),
            _optional("telephone", _("Telephone"), 80),
            _optional("fax", _("Fax"), 80),
            Column(name="email", label=_("E-mail address"), read=cells.email, required=False),
            _optional("hours", _("Hours"), 120),
            Column(
                name="language",
                label=_("Language"),
                read=cells.one_of(*LANGUAGES),
                required=False,
            ),
            Column(
                name="seen",
                label=_("Who may know of it"),
                read=cells.one_of(*(str(one) for one in Seen)),
                required=False,
            ),
            Column(name="verified_on", label=_("Verified on"), read=cells.day, required=False),
        ),
        unique=("office", "desk_en", "name"),
        require=_may_bring,
        write=_write_contacts,
        check=_check_contacts,
        undoes=(ContactPoint,),
    )
)

offer_import(
    ImportKind(
        name="sister_cities",
        label=_("Sister cities"),
        columns=(
            OFFICE,
            Column(
                name="country",
                label=_("Country"),
                read=cells.code,
                among=countries_by_code,
                example="US",
            ),
            Column(name="place_en", label=_("Place (English)"), read=cells.text(120)),
            _optional("place_ja", _("Place (Japanese)"), 120),
            Column(
                name="since",
                label=_("Since (year)"),
                read=cells.whole(1900, 2200),
                required=False,
            ),
            Column(name="source", label=_("Source"), read=cells.text(300)),
        ),
        unique=("office", "country", "place_en"),
        require=_may_bring,
        write=_write_ties,
        check=_check_ties,
        undoes=(SisterTie,),
    )
)
