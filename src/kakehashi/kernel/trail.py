"""The trail: every change and every reading, in one chain that shows tampering."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TypeAlias

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction

from kakehashi.kernel.chain import Head, first_fault, seal
from kakehashi.kernel.models import Kind, Subject, Trace, TrailHead
from kakehashi.kernel.scope import in_anothers_name

MOST_ROWS = 2000  # of one statement: the size of a large release

Actor: TypeAlias = AbstractBaseUser | str
"""A person, or what acts without one: `system:<job>` or `anonymous`."""
FOR = " for "


def record(
    thing: str, deed: str, *, by: Actor, at: datetime, kind: Kind = Kind.CHANGE
) -> Trace:
    """Write the next line; call it last in a deed, since all writers queue here until commit."""
    return record_many([(thing, deed)], by=by, at=at, kind=kind)[0]


def record_many(
    deeds: Sequence[tuple[str, str]], *, by: Actor, at: datetime, kind: Kind = Kind.CHANGE
) -> list[Trace]:
    """Write one line per (thing, deed), in order.

    All writers queue for the head until they commit: PostgreSQL locks its row, SQLite
    (IMMEDIATE) the whole database, so the chain cannot fork.
    """
    with transaction.atomic():
        who = actor_of(by)
        head, _ = TrailHead.objects.select_for_update().get_or_create(pk=1)
        here = Head(head.number, head.seal)
        lines = []
        for thing, deed in deeds:
            line = Trace(
                number=here.number + 1, kind=kind, thing=thing, deed=deed, by=who, at=at
            )
            line.seal = seal(here.seal, line.content)
            here = Head(line.number, line.seal)
            lines.append(line)
        Trace.objects.bulk_create(lines, batch_size=MOST_ROWS)
        TrailHead.objects.filter(pk=1).update(number=here.number, seal=here.seal)
    return lines


def subject_of(by: Actor) -> str:
    """Give the number that stands for a person in the trail, or the name of what acts.

    The number is kept in a table of its own: erasing that row leaves the chain whole and the
    lines without a name.
    """
    if isinstance(by, str):
        return by
    return _number_of(by.pk)


def actor_of(by: Actor) -> str:
    """Name who acts: a deputy as “B for A”, both by their numbers."""
    absent = in_anothers_name(by)
    if absent is None or isinstance(by, str):
        return subject_of(by)
    return f"{subject_of(by)}{FOR}{_number_of(absent)}"


def _number_of(person: int) -> str:
    subject, _ = Subject.objects.get_or_create(person_id=person)
    return f"subject:{subject.pk}"


def trail_head() -> Head:
    """Give the head to export, and to keep where no one here can change it."""
    row = TrailHead.objects.filter(pk=1).first()
    return Head(row.number, row.seal) if row else Head()


def is_ours(head: Head) -> bool:
    """Tell a head of this trail from one of another's."""
    return Trace.objects.filter(number=head.number, seal=head.seal).exists()


def verify_trail(*exported: Head) -> str | None:
    """Name the first fault in the trail, if there is one."""
    ours = trail_head()
    lines = Trace.objects.order_by("number").iterator()
    return first_fault(lines, ours, *exported)


def lines_about(things: Iterable[str]) -> list[Trace]:
    """Find what was done to these things, newest first (keys as `Keyed.key` gives them)."""
    return list(Trace.objects.filter(thing__in=list(things)).order_by("-number"))


def anchors_folder() -> Path:
    """Say where the daily heads lie."""
    return Path(settings.KAKEHASHI_HOME) / "anchors"


@dataclass(frozen=True, slots=True)
class Anchor:
    """A head that was laid down on a day (in UTC)."""

    day: date
    head: Head


def anchors_laid() -> list[Anchor]:
    """Read every head that was laid down, each with its day, oldest first."""
    folder = anchors_folder()
    files = sorted(folder.glob("????-??-??.txt")) if folder.is_dir() else []
    return [
        Anchor(date.fromisoformat(file.stem), Head.read(line))
        for file in files
        for line in file.read_text().split()
    ]


def anchors() -> list[Head]:
    """Read every head that was laid down, oldest first."""
    return [one.head for one in anchors_laid()]


def lay_anchor(*, at: datetime) -> Head:
    """Write today's head to a file of its own, for the auditor to keep elsewhere."""
    folder = anchors_folder()
    folder.mkdir(parents=True, exist_ok=True)
    head = trail_head()
    with (folder / f"{at:%Y-%m-%d}.txt").open("a") as file:
        file.write(f"{head}\n")
    return head
