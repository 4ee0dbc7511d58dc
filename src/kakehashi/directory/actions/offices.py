"""Offices and what hangs on them come as tables: organisations, workplaces, contacts, ties."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext

from kakehashi.directory.actions.entries import (
    change_offices,
    in_words,
    index_offices,
    note_changes,
)
from kakehashi.directory.models import (
    ContactPoint,
    Municipality,
    Office,
    Person,
    Prefecture,
    SisterTie,
)
from kakehashi.directory.policy import hands_on, policy
from kakehashi.directory.queries import contacts_on, offices_to_change, ties_on
from kakehashi.directory.rules import Hand, OfficeKind, fields_open
from kakehashi.kernel.imports import Row
from kakehashi.kernel.policy import Refused
from kakehashi.kernel.scope import unscoped
from kakehashi.kernel.trail import record_many

CLEARED = {"-", "－", "―"}  # a cell that says: nothing, where an empty one says: as it is
FROM_TABLE = "import"
CENTRE = {Hand.CLAIR, Hand.OPERATOR}
REACH = ("kana", "telephone", "fax", "website", "address")


def organisation_facts(row: Row) -> dict[str, Any]:
    """Give what a row says of an organisation; what it leaves empty is not named."""
    facts = {name: row.get(name) for name in ("name_en", "name_ja", "municipality", *REACH)}
    facts |= {"employer_type": row.get("type"), "parent": row.get("host_body")}
    return _said(facts)


def workplace_facts(row: Row) -> dict[str, Any]:
    """Give what a row says of a workplace; what it leaves empty is not named."""
    facts = {name: row.get(name) for name in ("name_en", "name_ja", "municipality", *REACH)}
    facts |= {"workplace_type": row.get("type"), "parent": row.get("organisation")}
    return _said(facts)


def contact_facts(row: Row) -> dict[str, Any]:
    """Give what a row says of a contact point; what it leaves empty is not named."""
    names = ("desk_ja", "telephone", "fax", "email", "hours", "language", "seen", "verified_on")
    return _said({name: row.get(name) for name in names})


def tie_facts(row: Row) -> dict[str, Any]:
    """Give what a row says of a sister city; what it leaves empty is not named."""
    return _said({name: row.get(name) for name in ("place_ja", "since", "source")})


def _said(facts: Mapping[str, Any]) -> dict[str, Any]:
    said = {name: value for name, value in facts.items() if value is not None}
    return {name: "" if value in CLEARED else value for name, value in said.items()}


def differing(thing: object, facts: Mapping[str, Any]) -> dict[str, Any]:
    """Give those facts that are not what stands there already."""
    return {name: value for name, value in facts.items() if getattr(thing, name) != value}


@transaction.atomic
def import_organisations(rows: list[Row], *, by: Person, at: datetime) -> int:
    """Bring contracting organisations: new ones are added, those with a known code changed.

    A row holds `code`, `name_en`, `name_ja`, `type` (an employer type), `host_body` (an
    `Office`), and perhaps `municipality`, `kana`, `telephone`, `fax`, `website`, `address`.
    Whose cells are whose was asked by the table's check.
    """
    policy.require(by, "import_organisations", None)
    _all_theirs(rows, OfficeKind.ORGANISATION, organisation_facts, by)
    return _offices(
        rows, OfficeKind.ORGANISATION, organisation_facts, "import_organisation", by=by, at=at
    )


@transaction.atomic
def import_workplaces(rows: list[Row], *, by: Person, at: datetime) -> int:
    """Bring workplaces of organisations: new ones are added, those with a known code changed."""
    policy.require(by, "import_records", None)
    _all_theirs(rows, OfficeKind.WORKPLACE, workplace_facts, by)
    return _offices(
        rows, OfficeKind.WORKPLACE, workplace_facts, "import_workplace", by=by, at=at
    )


def not_theirs(
    rows: Sequence[Row], kind: OfficeKind, read: Callable[[Row], dict[str, Any]], by: Person
) -> Iterator[tuple[Row, str]]:
    """Find the cells that are not this person's to write, each by its row and its field.

    A new organisation is added by who keeps the directory, a new workplace by who keeps its
    organisation; a known office's fields are whose the table in the rules says.
    """
    there = offices_to_change(kind, [row["code"] for row in rows])
    adds: dict[int | None, bool] = {}
    for row in rows:
        one, facts = there.get(row["code"]), read(row)
        if one is not None:
            hands = hands_on(by, one)
            mine = {*fields_open(kind, hands), *(["parent"] if hands & CENTRE else [])}
            yield from ((row, name) for name in differing(one, facts) if name not in mine)
            continue
        above = facts["parent"] if kind == OfficeKind.WORKPLACE else None
        key = above.pk if above else None
        if key not in adds:
            adds[key] = policy.allows(by, "keep_workplaces" if above else "add_office", above)
        if not adds[key]:
            yield row, "code"


def _all_theirs(
    rows: Sequence[Row], kind: OfficeKind, read: Callable[[Row], dict[str, Any]], by: Person
) -> None:
    if next(not_theirs(rows, kind, read, by), None):
        raise Refused(gettext("A cell of this table is not yours to change."))


def _offices(
    rows: list[Row],
    kind: OfficeKind,
    read: Callable[[Row], dict[str, Any]],
    deed: str,
    *,
    by: Person,
    at: datetime,
) -> int:
    there = offices_to_change(kind, [row["code"] for row in rows])
    new, changed = [], []
    for row in rows:
        facts, one = read(row), there.get(row["code"])
        if one is None:
            new.append(_office(kind, row["code"], facts))
        elif changes := differing(one, facts):
            changed.append((one, changes))
    Office.objects.bulk_create(new, batch_size=300)
    record_many([(one.key, deed) for one in new], by=by, at=at)
    index_offices([one.pk for one in new])
    if changed:
        change_offices(changed, deed=deed, by=by, at=at)
    return len(rows)


@unscoped("writes only what an import's undo looked up")
def put_offices_back(
    changes: Sequence[tuple[Office, Mapping[str, Any]]], *, deed: str, by: Person, at: datetime
) -> None:
    """Give offices the facts they had before a table changed them, as any other change of an entry."""
    linked: dict[str, dict[int, Any]] = {}
    for name, model in (
        ("parent", Office),
        ("municipality", Municipality),
        ("prefecture", Prefecture),
    ):
        numbers = {facts[name] for _office, facts in changes if facts.get(name)}
        linked[name] = dict(model.objects.in_bulk(numbers))
    told = [
        (
            office,
            {
                name: linked[name].get(value) if name in linked else value
                for name, value in facts.items()
                if name != "search"
            },
        )
        for office, facts in changes
    ]
    change_offices(told, deed=deed, by=by, at=at)


def _office(kind: OfficeKind, code: str, facts: Mapping[str, Any]) -> Office:
    city, above = facts.get("municipality"), facts["parent"]
    return Office(
        code=code,
        kind=kind,
        prefecture_id=city.prefecture_id if city else above.prefecture_id,
        source=FROM_TABLE,
        **facts,
    )


@transaction.atomic
def import_contacts(rows: list[Row], *, by: Person, at: datetime) -> int:
    """Bring contact points; one is known by its office, its desk in English and its name."""
    policy.require(by, "import_records", None)
    _all_kept(by, (row["office"] for row in rows), "keep_contacts")
    there = contacts_on([row["office"].pk for row in rows])
    kept = [
        (
            row["office"],
            there.get((row["office"].pk, row["desk_en"], row["name"]))
            or ContactPoint(
                office=row["office"],
                desk_en=row["desk_en"],
                name=row["name"],
                source=FROM_TABLE,
            ),
            contact_facts(row),
        )
        for row in rows
    ]
    _records(ContactPoint, kept, "import_contact", by=by, at=at)
    return len(rows)


@transaction.atomic
def import_ties(rows: list[Row], *, by: Person, at: datetime) -> int:
    """Bring sister cities; one is known by its office, its country and its English name."""
    policy.require(by, "import_records", None)
    _all_kept(by, (row["office"] for row in rows), "keep_ties")
    there = ties_on([row["office"].pk for row in rows])
    kept = [
        (
            row["office"],
            there.get((row["office"].pk, row["country"].pk, row["place_en"]))
            or SisterTie(
                office=row["office"], country=row["country"], place_en=row["place_en"]
            ),
            tie_facts(row),
        )
        for row in rows
    ]
    _records(SisterTie, kept, "import_tie", by=by, at=at)
    return len(rows)


@unscoped("writes only the records that were read for it")
def _records(
    model: type[ContactPoint] | type[SisterTie],
    kept: Sequence[tuple[Office, Any, Mapping[str, Any]]],
    deed: str,
    *,
    by: Person,
    at: datetime,
) -> None:
    """Write what is new or has changed, and what it was before."""
    new: list[Any] = []
    old: list[Any] = []
    told, names = [], set[str]()
    for office, one, facts in kept:
        changes = differing(one, facts)
        if one.pk is not None and not changes:
            continue
        pairs = {
            name: (in_words(getattr(one, name)) if one.pk else "", in_words(value))
            for name, value in changes.items()
        }
        for name, value in changes.items():
            setattr(one, name, value)
        (old if one.pk else new).append(one)
        names |= set(changes) if one.pk else set()
        told.append((office, one, pairs))
    model._default_manager.bulk_create(new, batch_size=300)
    if old:
        model._default_manager.bulk_update(old, sorted(names), batch_size=100)
    lines = [(office, one.key, pairs) for office, one, pairs in told]
    note_changes(lines, deed=deed, by=by, at=at)


def _all_kept(by: Person, offices: Iterable[Office], action: str) -> None:
    """Refuse the whole table where one row is somebody else's to write."""
    for office in {one.pk: one for one in offices}.values():
        if not policy.allows(by, action, office):
            raise Refused(str(policy.lines[action].says))
