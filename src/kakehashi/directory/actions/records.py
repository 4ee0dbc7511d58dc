"""What hangs on an office: contact points, ties, workplaces, members of a cooperative."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext

from kakehashi.directory.actions.entries import (
    StalePage,
    in_words,
    index_offices,
    note_changes,
)
from kakehashi.directory.models import (
    ContactPoint,
    CooperativeMember,
    Municipality,
    Office,
    Person,
    SisterTie,
)
from kakehashi.directory.policy import policy
from kakehashi.directory.rules import EmployerType, OfficeKind
from kakehashi.kernel.scope import unscoped


class ThereAlready(ValueError):
    """The office has such a record already."""


class NotACooperative(ValueError):
    """Only a partial cooperative has municipalities as members."""


Facts = Mapping[str, Any]
Pairs = dict[str, tuple[str, str]]


@unscoped("whether the desk is there already is part of adding it")
@transaction.atomic
def add_contact(office: Office, *, facts: Facts, by: Person, at: datetime) -> ContactPoint:
    """Name a desk or person of an office to turn to; raises `ThereAlready`."""
    policy.require(by, "keep_contacts", office)
    if office.contacts.filter(desk_en=facts["desk_en"], name=facts.get("name", "")).exists():
        raise ThereAlready(gettext("This office has a desk of this name already."))
    made = ContactPoint.objects.create(office=office, source="entered here", **facts)
    _note(office, made.key, {name: ("", in_words(facts[name])) for name in facts}, by=by, at=at)
    return made


@unscoped("whether the page was stale is asked while writing")
@transaction.atomic
def change_contact(
    contact: ContactPoint, *, facts: Facts, version: int, by: Person, at: datetime
) -> None:
    """Change a contact point; raises `StalePage` when somebody else did so meanwhile."""
    policy.require(by, "keep_contacts", contact.office)
    here = ContactPoint.objects.filter(pk=contact.pk, version=version)
    if not here.update(version=F("version") + 1):
        raise StalePage
    pairs = _lay(contact, facts)
    twin = contact.office.contacts.filter(desk_en=contact.desk_en, name=contact.name)
    if twin.exclude(pk=contact.pk).exists():
        raise ThereAlready(gettext("This office has a desk of this name already."))
    contact.version = version + 1
    contact.save()
    if pairs:
        _note(contact.office, contact.key, pairs, by=by, at=at, deed="change_contact")


@transaction.atomic
def drop_contact(contact: ContactPoint, *, by: Person, at: datetime) -> None:
    """Strike a contact point out; what it said stays on the office's history."""
    policy.require(by, "keep_contacts", contact.office)
    names = ("desk_en", "desk_ja", "name", "telephone", "fax", "email", "hours")
    pairs = {name: (getattr(contact, name), "") for name in names}
    office, key = contact.office, contact.key
    contact.delete()
    _note(office, key, pairs, by=by, at=at, deed="drop_contact")


@unscoped("whether the tie is there already is part of adding it")
@transaction.atomic
def add_tie(office: Office, *, facts: Facts, by: Person, at: datetime) -> SisterTie:
    """Note a sister city of an office; raises `ThereAlready`."""
    policy.require(by, "keep_ties", office)
    same = {name: facts[name] for name in ("country", "place_en")}
    if office.ties.filter(**same).exists():
        raise ThereAlready(gettext("This tie stands here already."))
    tie = SisterTie.objects.create(office=office, **facts)
    pairs = {name: ("", in_words(facts[name])) for name in ("place_en", "country", "since")}
    _note(office, tie.key, pairs, by=by, at=at, deed="add_tie")
    return tie


@transaction.atomic
def end_tie(tie: SisterTie, *, valid_to: date, by: Person, at: datetime) -> None:
    """Let a sister-city tie end; `valid_to` is its last day."""
    policy.require(by, "keep_ties", tie.office)
    pairs = _lay(tie, {"valid_to": valid_to})
    tie.save()
    if pairs:
        _note(tie.office, tie.key, pairs, by=by, at=at, deed="end_tie")


@unscoped("whether the code is taken is part of adding a workplace")
@transaction.atomic
def add_workplace(office: Office, *, facts: Facts, by: Person, at: datetime) -> Office:
    """Add a school, board or division to an organisation; raises `ThereAlready` for its code."""
    policy.require(by, "keep_workplaces", office)
    if Office.objects.filter(code=facts["code"]).exists():
        raise ThereAlready(gettext("Another office has this code. Choose another one."))
    made = Office.objects.create(
        kind=OfficeKind.WORKPLACE,
        parent=office,
        prefecture=office.prefecture,
        source="entered here",
        **facts,
    )
    _note(office, made.key, {"code": ("", made.code)}, by=by, at=at, deed="add_workplace")
    index_offices([made.pk])
    return made


@unscoped("who belongs to a cooperative is compared with who shall")
@transaction.atomic
def set_members(
    office: Office, municipalities: Iterable[Municipality], *, by: Person, at: datetime
) -> None:
    """Say which municipalities make up a partial cooperative; raises `NotACooperative`."""
    policy.require(by, "edit_office", office)
    if office.employer_type != EmployerType.PARTIAL_COOPERATIVE:
        raise NotACooperative(gettext("Only a partial cooperative has members."))
    wanted = {one.pk: one for one in municipalities}
    there = {row.municipality_id: row for row in office.members.all()}
    before = " ".join(sorted(row.municipality.code for row in there.values()))
    office.members.filter(municipality__in=set(there) - set(wanted)).delete()
    CooperativeMember.objects.bulk_create(
        CooperativeMember(cooperative=office, municipality=wanted[pk], source="entered here")
        for pk in sorted(set(wanted) - set(there))
    )
    after = " ".join(sorted(one.code for one in wanted.values()))
    pairs = {"members": (before, after)}
    _note(office, office.key, pairs, by=by, at=at, deed="set_members")


def _lay(thing: ContactPoint | SisterTie, facts: Facts) -> Pairs:
    """Lay facts over a record, and say what was and what is."""
    pairs = {}
    for name, value in facts.items():
        before = getattr(thing, name)
        if before != value:
            pairs[name] = (in_words(before), in_words(value))
            setattr(thing, name, value)
    return pairs


def _note(
    office: Office,
    thing: str,
    pairs: Pairs,
    *,
    by: Person,
    at: datetime,
    deed: str = "add_contact",
) -> None:
    note_changes([(office, thing, pairs)], deed=deed, by=by, at=at)
