"""A table that somebody sends: kept, shown, written once they confirm it, and taken back."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext

from kakehashi.directory.models import Person
from kakehashi.kernel import bringing, clock
from kakehashi.kernel.imports import (
    AS_IT_IS,
    IMPORTS,
    LEFT_OUT,
    Choices,
    Faulty,
    ImportKind,
    Read,
    check,
)
from kakehashi.kernel.jobs import ask_to_stop, enqueue, job, progress
from kakehashi.kernel.lifecycle import MoveNotAllowed
from kakehashi.kernel.models import HeadingMap, JobRun, RunState, Upload, UploadState
from kakehashi.kernel.scope import unscoped
from kakehashi.kernel.trail import record

LARGE = 2000  # rows; more are written by a worker
GOING_ON = (RunState.QUEUED, RunState.RUNNING)


class NotAsSeen(MoveNotAllowed):
    """The records moved on since the sender looked; they are asked to look again."""


@transaction.atomic
def keep_upload(
    kind: str,
    name: str,
    data: bytes,
    *,
    by: Person,
    at: datetime,
    choices: Choices = AS_IT_IS,
) -> Upload:
    """Keep a table until its sender confirms it, and find out what it would do."""
    upload = Upload.objects.create(
        kind=kind,
        name=name[:200],
        data=data,
        by=by,
        at=at,
        sheet=choices.sheet,
        mapping=dict(choices.mapping),
        mend=choices.mend,
    )
    look(upload, by=by, at=at)
    return upload


def choices_of(upload: Upload) -> Choices:
    """Say how a kept table is to be read."""
    return Choices(
        sheet=upload.sheet, head=upload.head, mapping=upload.mapping, mend=upload.mend
    )


def read_upload(upload: Upload, *, by: Person, at: datetime) -> Read:
    """Read a kept table and find its faults; changes nothing."""
    kind = IMPORTS[upload.kind]
    return check(kind, bytes(upload.data), by=by, at=at, choices=choices_of(upload))


@transaction.atomic
def look(upload: Upload, *, by: Person, at: datetime) -> Read:
    """Read a kept table and note what writing it would do; nothing of it is written."""
    found = read_upload(upload, by=by, at=at)
    upload.sheet = found.grid.name[:200] if found.grid else ""
    upload.rows, upload.seen, upload.known = len(found.lines), "", []
    upload.made = upload.changed = upload.same = 0
    if not found.faults:
        try:
            outcome = bringing.rehearse(IMPORTS[upload.kind], found.rows, by=by, at=at)
        except Faulty as error:
            found.faults = error.faults
        else:
            upload.seen, upload.known = outcome.seal, outcome.known
            _count(upload, outcome)
    upload.save()
    return found


@transaction.atomic
def map_headings(upload: Upload, choices: Choices, *, by: Person, at: datetime) -> Read:
    """Read a kept table as its sender says: which sheet, which headings, what they mean.

    What they say of headings is remembered for their next file of this kind.
    """
    _require_waiting(upload)
    same_sheet = choices.sheet == upload.sheet
    upload.sheet, upload.head, upload.mend = choices.sheet, choices.head, choices.mend
    upload.mapping = {**upload.mapping, **choices.mapping} if same_sheet else upload.mapping
    remember(upload.kind, upload.mapping, by=by, at=at)
    return look(upload, by=by, at=at)


def remember(kind: str, mapping: Mapping[str, str], *, by: Person, at: datetime) -> None:
    """Remember what the headings of this person's files mean."""
    if not mapping:
        return
    row, _new = HeadingMap.objects.get_or_create(by=by, kind=kind, defaults={"at": at})
    row.mapping, row.at = {**row.mapping, **mapping}, at
    row.save()


def meanings(kind: ImportKind, given: Mapping[str, Any]) -> dict[str, str]:
    """Keep of a mapping what can be meant: one of our columns, or none of them."""
    names = {column.name for column in kind.columns} | {LEFT_OUT}
    return {str(heading): str(name) for heading, name in given.items() if name in names}


@transaction.atomic
def write_upload(kind: ImportKind, upload: Upload, *, by: Person, at: datetime) -> int | None:
    """Write a table that its sender has confirmed, once; returns how many rows.

    None where it has just been written.  Raises `Faulty` where it has faults by now, `NotAsSeen`
    where it would do something else than they were shown; the table is kept then.
    """
    kind.require(by)
    if not _taken(upload, at=at):
        return None
    found = read_upload(upload, by=by, at=at)
    if found.faults:
        raise Faulty(found.faults)
    try:
        outcome = bringing.write(kind, found.rows, upload, by=by, at=at)
    except bringing.Changed:
        raise NotAsSeen(gettext("The records changed since you looked. Look again.")) from None
    _count(upload, outcome)
    upload.state, upload.written_at, upload.data, upload.known = (
        UploadState.WRITTEN,
        at,
        b"",
        [],
    )
    upload.last_line, upload.can_undo = outcome.last_line, outcome.can_undo
    upload.save()
    record(upload.key, "write_upload", by=by, at=at)
    return outcome.count


@transaction.atomic
def queue_upload(kind: ImportKind, upload: Upload, *, by: Person, at: datetime) -> JobRun:
    """Let a worker write a large table."""
    kind.require(by)
    _require_waiting(upload)
    run = enqueue(write_large, upload.pk, at=at)
    upload.state, upload.run = UploadState.QUEUED, run
    upload.save(update_fields=["state", "run"])
    return run


@unscoped("a worker writes the very table its sender confirmed, as its sender")
@job
def write_large(run: JobRun, upload_id: int) -> None:
    """Write a large table; a second time, and after a stop, nothing happens.

    What cannot be written becomes a draft again, whose page says why.
    """
    upload = Upload.objects.select_related("by").get(pk=upload_id)
    if upload.state != UploadState.QUEUED:
        return
    progress(run, done=0, total=upload.rows, step="check")
    try:
        write_upload(IMPORTS[upload.kind], upload, by=upload.by, at=clock.now())
    except (Faulty, NotAsSeen):
        Upload.objects.filter(pk=upload_id).update(state=UploadState.DRAFT, seen="")
    progress(run, done=upload.rows, total=upload.rows, step="done")


@transaction.atomic
def stop_upload(upload: Upload, *, at: datetime) -> None:
    """Ask the worker not to write; the table waits as a draft again unless it is written by then."""
    if upload.run is not None:
        ask_to_stop(upload.run, at=at)
    _back_to_draft(upload)


@transaction.atomic
def undo_upload(kind: ImportKind, upload: Upload, *, by: Person, at: datetime) -> int:
    """Take back what a table wrote; says how many things.

    Raises `TouchedSince` where a later deed touched them, `MoveNotAllowed` where it is undone.
    """
    kind.require(by)
    if not _undone(upload, at=at):
        raise MoveNotAllowed(gettext("This import can no longer be undone."))
    count = bringing.undo(kind, upload, by=by, at=at)
    record(upload.key, "undo_upload", by=by, at=at)
    return count


@unscoped("the very table its sender looked up")
def throw_away(upload: Upload) -> None:
    """Throw a table away that was not written."""
    Upload.objects.filter(pk=upload.pk, state=UploadState.DRAFT).delete()


@unscoped("the very table its sender looked up")
def _taken(upload: Upload, *, at: datetime) -> bool:
    """Take the table for writing, unless somebody has meanwhile."""
    waiting = Upload.objects.filter(
        pk=upload.pk, state__in=[UploadState.DRAFT, UploadState.QUEUED]
    )
    return bool(waiting.update(state=UploadState.WRITTEN, written_at=at))


@unscoped("the very table its sender looked up")
def _undone(upload: Upload, *, at: datetime) -> bool:
    written = Upload.objects.filter(pk=upload.pk, state=UploadState.WRITTEN, can_undo=True)
    return bool(written.update(state=UploadState.UNDONE, undone_at=at, can_undo=False))


@unscoped("the very table its sender looked up")
def _back_to_draft(upload: Upload) -> None:
    queued = Upload.objects.filter(pk=upload.pk, state=UploadState.QUEUED)
    queued.update(state=UploadState.DRAFT)


def _require_waiting(upload: Upload) -> None:
    if upload.state != UploadState.DRAFT:
        raise MoveNotAllowed(gettext("This table is being written or was written already."))


def _count(upload: Upload, outcome: bringing.Outcome) -> None:
    upload.made, upload.changed = len(outcome.made), len(outcome.changed)
    upload.same = outcome.unchanged
