"""Writing a table so that it can be shown beforehand and taken back afterwards.

A rehearsal writes the table and takes it back, and so knows what is new, changed or the same.  The
real writing must come to the same, or the sender is asked to look again.  What was touched is known
from the trail; an undo puts it back unless a later deed touched it, which is then named.
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db import DEFAULT_DB_ALIAS, IntegrityError, models, transaction
from django.db.models import Max
from django.db.models.deletion import Collector, ProtectedError, RestrictedError

from kakehashi.kernel.imports import Fault, Faulty, ImportKind, Row
from kakehashi.kernel.models import Kind, Trace, TrailHead, Upload, UploadedThing
from kakehashi.kernel.trail import Actor, record_many
from kakehashi.kernel.words import _

State = dict[str, Any]
UNDO = "undo_import"
MANY = 400  # keys in one statement


class Changed(Exception):
    """The records moved on between what the sender was shown and what they confirmed."""


class TouchedSince(Exception):
    """Later deeds touched what an import wrote, so it is not undone; names what they touched."""

    def __init__(self, things: Sequence[str]) -> None:
        super().__init__(", ".join(things[:10]))
        self.things = list(things)


@dataclass(kw_only=True)
class Outcome:
    """What writing a table did: how many rows, and which things it touched.

    `made` and `changed` hold key, what it was before, and the seal of what it became.
    """

    count: int = 0
    made: list[tuple[str, State, str]] = field(default_factory=list)
    changed: list[tuple[str, State, str]] = field(default_factory=list)
    same: list[str] = field(default_factory=list)
    last_line: int = 0
    can_undo: bool = False

    @property
    def seal(self) -> str:
        """Fix what was said of it, without the numbers and moments that only writing gives."""
        kinds = sorted(key.partition("/")[0] for key, _before, _seal in self.made)
        before = sorted((key, state) for key, state, _seal in self.changed)
        return _seal_of([self.count, kinds, before, sorted(self.same)])

    @property
    def unchanged(self) -> int:
        """Say how many rows tell of things that stay as they are."""
        return max(len(self.same), self.count - len(self.made) - len(self.changed))

    @property
    def known(self) -> list[str]:
        """List what was there before and was touched."""
        return [*(key for key, _before, _seal in self.changed), *self.same]


def rehearse(kind: ImportKind, rows: list[Row], *, by: Actor, at: datetime) -> Outcome:
    """Write the rows and take them back; says what writing them would do."""
    with transaction.atomic():
        point = transaction.savepoint()
        count, keys, _last = _write(kind, rows, by=by, at=at)
        after = dict(_states(keys))
        transaction.savepoint_rollback(point)
        return _outcome(kind, count, keys, dict(_states(keys)), after)


@transaction.atomic
def write(
    kind: ImportKind, rows: list[Row], upload: Upload, *, by: Actor, at: datetime
) -> Outcome:
    """Write the rows as the upload's rehearsal foretold, and keep what an undo needs.

    Raises `Changed` where it comes to something else than was seen.
    """
    before = dict(_states(upload.known))
    here = _Here(kind)
    count, keys, last = _write(kind, rows, by=by, at=at)
    if any(here.had(key) for key in keys if key not in before) or here.wrote(keys, before):
        raise Changed
    outcome = _outcome(kind, count, keys, before, dict(_states(keys)))
    if upload.seen != outcome.seal:
        raise Changed
    kept = [
        UploadedThing(upload=upload, thing=key, made=made, before=state, after=seal)
        for made, things in ((True, outcome.made), (False, outcome.changed))
        for key, state, seal in things
    ]
    UploadedThing.objects.filter(upload=upload).delete()
    if outcome.can_undo:
        UploadedThing.objects.bulk_create(kept, batch_size=200)
    outcome.last_line = last
    return outcome


@transaction.atomic
def undo(kind: ImportKind, upload: Upload, *, by: Actor, at: datetime) -> int:
    """Take back what an import wrote, unless later deeds touched it; says how many things.

    Raises `TouchedSince`, which names what they touched.
    """
    kind.require(by)
    _head_line()
    things = list(upload.things.order_by("pk"))
    keys = [one.thing for one in things]
    now = dict(_states(keys))
    late = _lines_since(keys, upload.last_line)
    late |= {one.thing for one in things if _seal_of(now.get(one.thing)) != one.after}
    if late:
        raise TouchedSince([key for key in keys if key in late])
    _take_away(kind, [one.thing for one in things if one.made])
    changes = list(_old_facts({one.thing: one.before for one in things if not one.made}))
    if kind.put_back is not None and changes:
        kind.put_back(changes, deed=UNDO, by=by, at=at)
        keys = [one.thing for one in things if one.made]
    else:
        _store(changes)
    upload.things.all().delete()
    record_many([(key, UNDO) for key in keys], by=by, at=at)
    return len(things)


def named(keys: Iterable[str], *, most: int = 10) -> list[str]:
    """Say what the first of these things are called."""
    some = list(keys)[:most]
    there = {_key(row): str(row) for rows in _rows(some) for row in rows}
    return [there.get(key, key) for key in some]


class _Here:
    """What is there before a table is written, so that nothing old is taken for new."""

    def __init__(self, kind: ImportKind) -> None:
        self.line = _head_line()
        self.last = {
            model._meta.label_lower: model._default_manager.aggregate(last=Max("pk"))["last"]
            for model in kind.undoes
        }

    def had(self, key: str) -> bool:
        """Say whether a thing's number was given before."""
        label, _slash, number = key.partition("/")
        return int(number) <= (self.last.get(label) or 0) if number.isdecimal() else False

    def wrote(self, keys: Iterable[str], known: Mapping[str, State]) -> bool:
        """Say whether the trail tells of one of the things that nobody knew of."""
        strange = [key for key in keys if key not in known]
        return any(
            Trace.objects.filter(thing__in=some, number__lte=self.line).exists()
            for some in _handfuls(strange)
        )


def _write(
    kind: ImportKind, rows: list[Row], *, by: Actor, at: datetime
) -> tuple[int, list[str], int]:
    """Run the kind's own action; gives also the keys of what it touched, and the last line."""
    kind.require(by)
    first = _head_line()
    try:
        with transaction.atomic():
            count = kind.write(rows, by=by, at=at)
    except IntegrityError:
        raise Faulty([_COLLIDES]) from None
    last = _head_line()
    lines = Trace.objects.filter(number__gt=first, number__lte=last, kind=Kind.CHANGE)
    things = lines.order_by("number").values_list("thing", flat=True)
    return count, list(dict.fromkeys(things)), last


_COLLIDES = Fault(
    row=1,
    column="",
    value="",
    says=_("The rows contradict each other or what is recorded already."),
    fix=_("Look for rows that mean the same thing, and leave one of them."),
)


def _outcome(
    kind: ImportKind,
    count: int,
    keys: list[str],
    before: dict[str, State],
    after: dict[str, State],
) -> Outcome:
    outcome = Outcome(count=count)
    for key in keys:
        was, became = before.get(key), after.get(key)
        if was is None:
            outcome.made.append((key, {}, _seal_of(became)))
        elif was != became:
            outcome.changed.append((key, was, _seal_of(became)))
        else:
            outcome.same.append(key)
    ours = {model._meta.label_lower for model in kind.undoes}
    reached = {key.partition("/")[0] for key in keys if key not in outcome.same}
    outcome.can_undo = reached <= ours and all(key in after for key in keys)
    return outcome


def _head_line() -> int:
    """Give the trail's last line; nobody else writes one until this transaction ends."""
    head, _new = TrailHead.objects.select_for_update().get_or_create(pk=1)
    return head.number


def _lines_since(keys: list[str], line: int) -> set[str]:
    found: set[str] = set()
    for some in _handfuls(keys):
        later = Trace.objects.filter(thing__in=some, number__gt=line, kind=Kind.CHANGE)
        found |= set(later.values_list("thing", flat=True))
    return found


def _take_away(kind: ImportKind, keys: list[str]) -> None:
    """Delete what was new, in the kind's order, and nothing that came to hang on it since."""
    gone = {model._meta.label: model for model in kind.undoes}
    by_model = {type(rows[0]): rows for rows in _rows(keys) if rows}
    for model in kind.undoes:
        rows = by_model.get(model, [])
        if not rows:
            continue
        collector = Collector(using=DEFAULT_DB_ALIAS)
        try:
            collector.collect(rows)
        except (ProtectedError, RestrictedError) as error:
            held = getattr(error, "protected_objects", None) or error.args[1]
            raise TouchedSince(sorted({_key(one) for one in held})) from None
        strange = [
            _key(one)
            for other, found in collector.data.items()
            if other._meta.label not in gone
            for one in found
        ]
        strange += [
            _key(one)
            for found in collector.fast_deletes
            if found.model._meta.label not in gone
            for one in found[:10]
        ]
        if strange:
            raise TouchedSince(strange)
        collector.delete()


def _old_facts(before: dict[str, State]) -> Iterator[tuple[models.Model, dict[str, Any]]]:
    """Give each thing with those facts that were other before; versions only ever count on."""
    for rows in _rows(before):
        for row in rows:
            was = before[_key(row)]
            facts = {
                fact.name: _read(fact, was.get(fact.attname))
                for fact in row._meta.concrete_fields
                if fact.name != "version"
                and _read(fact, was.get(fact.attname)) != fact.value_from_object(row)
            }
            yield row, facts


def _store(changes: Sequence[tuple[models.Model, dict[str, Any]]]) -> None:
    """Store old values as they were; a version counts on, so that no stale page fits."""
    by_model: dict[type[models.Model], list[models.Model]] = defaultdict(list)
    names: dict[type[models.Model], set[str]] = defaultdict(set)
    for row, facts in changes:
        model = type(row)
        fields = {fact.name: fact for fact in model._meta.concrete_fields}
        for name, value in facts.items():
            setattr(row, fields[name].attname, value)
        if "version" in fields:
            count = fields["version"]
            setattr(row, count.attname, count.value_from_object(row) + 1)
            names[model].add("version")
        names[model] |= set(facts)
        by_model[model].append(row)
    for model, rows in by_model.items():
        model._default_manager.bulk_update(rows, sorted(names[model]), batch_size=100)


def _states(keys: Iterable[str]) -> Iterator[tuple[str, State]]:
    """Give every field of these things as text, by key; what is not there is left out."""
    for rows in _rows(keys):
        for row in rows:
            facts = row._meta.concrete_fields
            yield _key(row), {fact.attname: _told(fact, row) for fact in facts}


def _told(fact: "models.Field[Any, Any]", row: models.Model) -> object:
    value = fact.value_from_object(row)
    return None if value is None else fact.value_to_string(row)


def _read(fact: "models.Field[Any, Any]", told: object) -> object:
    return None if told is None else fact.to_python(told)


def _rows(keys: Iterable[str]) -> Iterator[list[models.Model]]:
    """Look things up by key, each kind of thing in its own list."""
    numbers: dict[str, list[int]] = defaultdict(list)
    for key in keys:
        label, _slash, number = key.partition("/")
        if number.isdecimal():
            numbers[label].append(int(number))
    for label, pks in numbers.items():
        try:
            model = apps.get_model(label)
        except (LookupError, ValueError):
            continue
        rows: list[models.Model] = []
        for some in _handfuls(pks):
            rows += model._default_manager.filter(pk__in=some).order_by("pk")
        if rows:
            yield rows


def _key(row: models.Model) -> str:
    return f"{row._meta.label_lower}/{row.pk}"


def _handfuls(items: Sequence[Any]) -> Iterator[Sequence[Any]]:
    return (items[start : start + MANY] for start in range(0, len(items), MANY))


def _seal_of(state: object) -> str:
    text = json.dumps(state, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode()).hexdigest()
