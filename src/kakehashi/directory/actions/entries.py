"""An office's entry is edited by those who keep it; what it was before stays on record."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F, Model
from django.utils.translation import gettext

from kakehashi.directory.models import FieldChange, FormerName, Office, Person
from kakehashi.directory.policy import hands_on, policy
from kakehashi.directory.rules import fields_open, plain
from kakehashi.kernel.policy import Refused
from kakehashi.kernel.scope import unscoped
from kakehashi.kernel.trail import Actor, record_many

HANDFUL = 400
LONGEST = 400


class StalePage(ValueError):
    """The entry was changed by somebody else since the page was opened."""

    def __init__(self) -> None:
        super().__init__(
            gettext(
                "Somebody changed this entry while you wrote. Nothing of yours is lost: "
                "compare with what stands there now, then save again."
            )
        )


@unscoped("whether the page was stale is asked while writing")
@transaction.atomic
def edit_office(
    office: Office, *, facts: Mapping[str, Any], version: int, by: Person, at: datetime
) -> list[str]:
    """Change fields of an office's entry; only those that are this person's to change.

    Names the fields that changed.  Raises `StalePage` when `version` is not the entry's own any
    more, and `Refused` for a field that is somebody else's.
    """
    policy.require(by, "edit_office", office)
    mine = fields_open(office.kind, hands_on(by, office))
    changes = {name: value for name, value in facts.items() if getattr(office, name) != value}
    if set(changes) - set(mine):
        raise Refused(gettext("This part of the entry is not yours to change."))
    if not Office.objects.filter(pk=office.pk, version=version).update(version=F("version")):
        raise StalePage
    if changes:
        change_offices([(office, changes)], deed="edit_office", by=by, at=at)
    return sorted(changes)


@unscoped("writes only the offices that were handed in")
@transaction.atomic
def change_offices(
    changed: Sequence[tuple[Office, Mapping[str, Any]]], *, deed: str, by: Actor, at: datetime
) -> None:
    """Lay new facts over offices; each gets a line in the trail and its fields before and after.

    The right to do so is the calling action's to ask.
    """
    told: list[tuple[Office, str, dict[str, tuple[str, str]]]] = []
    names = {"version"}
    for office, facts in changed:
        before = {name: getattr(office, name) for name in facts}
        for name, value in facts.items():
            setattr(office, name, value)
        office.version += 1
        names |= set(facts)
        pairs = {
            name: (in_words(before[name]), in_words(value)) for name, value in facts.items()
        }
        told.append((office, office.key, pairs))
    Office.objects.bulk_update([one for one, _f in changed], sorted(names), batch_size=100)
    note_changes(told, deed=deed, by=by, at=at)
    index_offices([office.pk for office, _facts in changed])


def note_changes(
    told: Sequence[tuple[Office, str, Mapping[str, tuple[str, str]]]],
    *,
    deed: str,
    by: Actor,
    at: datetime,
) -> None:
    """Write a line of the trail for each thing, and what its fields were and are."""
    traces = record_many([(thing, deed) for _office, thing, _pairs in told], by=by, at=at)
    FieldChange.objects.bulk_create(
        [
            FieldChange(
                office=office,
                thing=thing,
                field=name,
                before=before[:LONGEST],
                after=after[:LONGEST],
                trace=trace.number,
            )
            for (office, thing, pairs), trace in zip(told, traces, strict=True)
            for name, (before, after) in pairs.items()
            if before != after
        ],
        batch_size=300,
    )


def in_words(value: object) -> str:
    """Write a value as the history shows it: a place or an office by its code and names."""
    if isinstance(value, Model):
        code = getattr(value, "code", value.pk)
        return f"{code} {getattr(value, 'name_ja', '')}".strip()
    return "" if value is None else str(value)


@unscoped("names of offices are open to everyone, and what is searched is made of them")
def index_offices(numbers: Iterable[int] | None = None) -> None:
    """Write anew by which words these offices are found; without numbers all of them."""
    wanted = None if numbers is None else sorted(set(numbers))
    some = [None] if wanted is None else _handfuls(wanted)
    for pks in some:
        rows = Office.objects.select_related("municipality", "prefecture").order_by("pk")
        names = FormerName.objects.order_by("pk")
        rows = rows if pks is None else rows.filter(pk__in=pks)
        names = names if pks is None else names.filter(office__in=pks)
        former: dict[int, list[str]] = {}
        for row in names:
            former.setdefault(row.office_id, []).extend((row.name_en, row.name_ja))
        changed = []
        for office in rows:
            words = _words(office, former.get(office.pk, []))
            if words != office.search:
                office.search = words
                changed.append(office)
        Office.objects.bulk_update(changed, ["search"], batch_size=200)


def _words(office: Office, former: list[str]) -> str:
    """Put together by which words an office is found."""
    place, prefecture = office.municipality, office.prefecture
    told = [office.code, office.name_en, office.name_ja, office.kana, *former]
    told += [office.city_en, office.city_ja]
    if place:
        told += [place.name_en, place.name_ja, place.kana, place.code]
    if prefecture:
        told += [prefecture.name_en, prefecture.name_ja]
    return " ".join(dict.fromkeys(filter(None, map(plain, told))))


def _handfuls(numbers: list[int]) -> list[list[int] | None]:
    return [numbers[start : start + HANDFUL] for start in range(0, len(numbers), HANDFUL)]
