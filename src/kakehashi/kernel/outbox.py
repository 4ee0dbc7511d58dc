"""The outbox: a letter is written with the deed it tells of, or not at all.

Nearly everything that leaves waits as a draft in a batch.  Somebody looks at it, types how many
letters it holds, and releases all of them in one transaction; a job then sends them, a handful at
a time.  Until the job begins the release can be taken back.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from smtplib import SMTPDataError, SMTPRecipientsRefused

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.utils.translation import gettext

from kakehashi.kernel import clock
from kakehashi.kernel.jobs import enqueue, job, progress
from kakehashi.kernel.letters import Letter
from kakehashi.kernel.lifecycle import MoveNotAllowed
from kakehashi.kernel.models import Batch, BatchState, JobRun, Post
from kakehashi.kernel.trail import record

HANDFUL = 100  # letters of one job's run, far below what the queue lets a run take
FOR_GOOD = (
    SMTPRecipientsRefused,
    SMTPDataError,
)  # about this letter; to send it again is no use


class WrongCount(ValueError):
    """The number typed is not the number of letters waiting; nothing was released."""


@dataclass(frozen=True, kw_only=True)
class Draft:
    """A letter to one person, before it is written down."""

    letter: Letter
    to: AbstractBaseUser
    language: str
    about: str
    decision: str = ""


def post(draft: Draft, *, at: datetime) -> Post:
    """Send one letter that needs no preview (a receipt, a reminder): written, released, queued.

    Call it inside the deed's transaction.
    """
    row = _written(draft, at=at)
    row.released_at = at
    row.save()
    enqueue(send_one, row.pk, at=at, key=f"send:{row.pk}")
    return row


@transaction.atomic
def draft_batch(
    drafts: Iterable[Draft], *, about: str, title: str, by: AbstractBaseUser, at: datetime
) -> Batch:
    """Put letters into the outbox as one batch of drafts."""
    batch = Batch.objects.create(about=about, title=title, drafted_by_id=by.pk, drafted_at=at)
    rows = [_written(draft, at=at, batch=batch) for draft in drafts]
    Post.objects.bulk_create(rows, batch_size=1000)
    record(batch.key, "draft", by=by, at=at)
    return batch


def waiting(batch: Batch) -> int:
    """Count the letters a batch would release."""
    return Post.objects.filter(batch=batch, cancelled_at=None).count()


@transaction.atomic
def release(batch: Batch, *, count: int, by: AbstractBaseUser, at: datetime) -> None:
    """Release every letter of the batch at once; `count` is what the officer typed.

    Raises `WrongCount` when it is not the number waiting, `MoveNotAllowed` when the batch is
    no longer a draft.  The right to release is the calling action's to ask.
    """
    if count != (there := waiting(batch)):
        raise WrongCount(
            gettext("You typed %(typed)s, but %(there)s letters are waiting.")
            % {"typed": count, "there": there}
        )
    _move(batch, BatchState.DRAFT, BatchState.RELEASED, released_by_id=by.pk, released_at=at)
    Post.objects.filter(batch=batch, cancelled_at=None).update(released_at=at)
    record(batch.key, "release", by=by, at=at)
    enqueue(send_batch, batch.pk, at.isoformat(), at=at)


@transaction.atomic
def take_back(batch: Batch, *, by: AbstractBaseUser, at: datetime) -> None:
    """Undo a release of which nothing has been handed to the mail server; letters are drafts again.

    Raises `MoveNotAllowed` from the moment at which the job begins to send.
    """
    _move(batch, BatchState.RELEASED, BatchState.DRAFT, released_by_id=None, released_at=None)
    Post.objects.filter(batch=batch, cancelled_at=None).update(released_at=None)
    record(batch.key, "take_back", by=by, at=at)


@transaction.atomic
def cancel(batch: Batch, *, by: AbstractBaseUser, at: datetime) -> None:
    """Throw a batch of drafts away; its decisions may be drafted anew."""
    _move(batch, BatchState.DRAFT, BatchState.CANCELLED)
    Post.objects.filter(batch=batch).update(cancelled_at=at)
    record(batch.key, "cancel", by=by, at=at)


@job
def send_batch(run: JobRun, batch_id: int, released_at: str) -> None:
    """Send the letters of this very release, a handful now and the rest by the next job.

    Called again after a crash or a failure it sends those that have not left.  A release that was
    taken back is not sent, whatever was released since.
    """
    batch = Batch.objects.get(pk=batch_id)
    this = Batch.objects.filter(pk=batch_id, released_at=datetime.fromisoformat(released_at))
    this.filter(state=BatchState.RELEASED).update(state=BatchState.SENDING)
    if not this.filter(state=BatchState.SENDING).exists():
        return
    letters = Post.objects.filter(batch=batch, cancelled_at=None)
    rows = letters.filter(sent_at=None, failure="").order_by("pk")
    total = letters.count()
    for row in rows.select_related("to")[:HANDFUL]:
        _send(row, at=clock.now())
    after = rows.first()
    progress(run, done=total - rows.count(), total=total)
    if after is None:
        _move(batch, BatchState.SENDING, BatchState.SENT, sent_at=clock.now())
    else:
        key = f"send-batch:{batch_id}:{released_at}:{after.pk}"
        enqueue(send_batch, batch_id, released_at, at=clock.now(), key=key)


@job
def send_one(_: JobRun, post_id: int) -> None:
    """Send one released letter, once."""
    row = Post.objects.select_related("to").get(pk=post_id)
    if row.sent_at is None and row.released_at is not None:
        _send(row, at=clock.now())


def _send(row: Post, *, at: datetime) -> None:
    """Hand one letter to the mail server; its Message-ID is the same if it is sent again.

    A letter that the server refuses for good keeps why.  When the server is away the error goes on
    to the job, which fails and can be run again.
    """
    domain = settings.KAKEHASHI_MAIL_FROM.rpartition("@")[2]
    mail = EmailMessage(
        row.subject,
        row.body,
        settings.KAKEHASHI_MAIL_FROM,
        [row.to.email],
        headers={"Message-ID": f"<post-{row.pk}@{domain}>"},
        connection=get_connection(),
    )
    try:
        mail.send()
    except FOR_GOOD as error:
        row.failure = type(error).__name__
    else:
        row.failure, row.sent_at = "", at
    row.save(update_fields=["failure", "sent_at"])


def _written(draft: Draft, *, at: datetime, batch: Batch | None = None) -> Post:
    subject, body = draft.letter.write(draft.language)
    return Post(
        batch=batch,
        letter=draft.letter.letter_name(),
        about=draft.about,
        to_id=draft.to.pk,
        language=draft.language,
        subject=subject,
        body=body,
        facts=draft.letter.facts(),
        decision=draft.decision,
        written_at=at,
    )


def _move(batch: Batch, start: BatchState, end: BatchState, **also: object) -> None:
    moved = Batch.objects.filter(pk=batch.pk, state=start).update(state=end, **also)
    if not moved:
        raise MoveNotAllowed(gettext("Someone else has moved this on meanwhile."))
    batch.refresh_from_db()
