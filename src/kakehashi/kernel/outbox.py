"""The outbox: a letter is written with the deed it tells of, or not at all.

Nearly everything that leaves waits as a draft in a batch.  Somebody looks at it, types how many
letters it holds, and releases all of them in one transaction.  They wait as long as the `Hold` of
their kind says; then a job sends them, a handful at a time.  Until it begins, the release can be
taken back.

Each letter is claimed before it is handed to the mail server, so that two workers never send the
same one.  Its Message-ID stays the same however often it is tried.
"""

import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from smtplib import SMTPDataError, SMTPRecipientsRefused

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext

from kakehashi.kernel import clock
from kakehashi.kernel.jobs import HELD, LONGEST_STEP, enqueue, job, progress
from kakehashi.kernel.letters import Letter
from kakehashi.kernel.lifecycle import MoveNotAllowed
from kakehashi.kernel.models import Batch, BatchState, Hold, JobRun, MailChoice, Post, Way
from kakehashi.kernel.trail import record

HANDFUL = 100  # letters of one step
CLAIMED = HELD / 3  # a claim is over sooner than the run that made it is taken up again
CAME_BACK = "CameBack"  # a letter the server took, and that came back later
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
    once: str = ""


def post(draft: Draft, *, at: datetime) -> Post:
    """Send one letter that needs no preview (a receipt, a notice): written, released, queued.

    Call it inside the deed's transaction.  It comes the way its reader has chosen for its kind.
    With `once` (`assigned:7`) the same person is told once, though a job asks a second time.
    """
    if draft.once:
        told = Post.objects.filter(to_id=draft.to.pk, once=draft.once).first()
        if told is not None:
            return told
    row = _written(draft, at=at)
    row.released_at = at
    row.way = way_of(type(draft.letter), draft.to)
    row.save()
    if row.way == Way.MAIL:
        enqueue(send_one, row.pk, at=at, key=f"send:{row.pk}")
    return row


def way_of(kind: type[Letter], person: AbstractBaseUser) -> str:
    """Say how a kind of letter reaches somebody: as they chose, as is usual, or always by mail."""
    if not kind.usual:
        return Way.MAIL
    choice = MailChoice.objects.filter(person_id=person.pk, letter=kind.letter_name()).first()
    return choice.way if choice else kind.usual


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


def require_count(count: int, *batches: Batch) -> None:
    """Refuse a number that is not the number of letters waiting."""
    if count != (there := sum(waiting(batch) for batch in batches)):
        raise WrongCount(
            gettext("You typed %(typed)s, but %(there)s letters are waiting.")
            % {"typed": count, "there": there}
        )


def held(batch: str) -> Q:
    """Say what still waits after its release and could be taken back; `batch` leads to its batch.

    What such letters tell is shown to nobody yet to whom they are written.
    """
    wait = {f"{batch}__leaves_at__gt": F(f"{batch}__released_at")}
    return Q(**{f"{batch}__state": BatchState.RELEASED}, **wait)


@transaction.atomic
def release(
    batch: Batch,
    *,
    count: int,
    by: AbstractBaseUser,
    at: datetime,
    leaves_at: datetime | None = None,
) -> None:
    """Release every letter of the batch at once; `count` is what the officer typed.

    The letters leave when the hold of their kind is over, and not before `leaves_at`.  Raises `WrongCount` when it is not the number waiting, `MoveNotAllowed` when the batch is
    no longer a draft.  The right to release is the calling action's to ask.
    """
    require_count(count, batch)
    leaves_at = max(at + _held(batch.about), leaves_at or at)
    facts = {"released_by_id": by.pk, "released_at": at, "leaves_at": leaves_at}
    _move(batch, BatchState.DRAFT, BatchState.RELEASED, **facts)
    Post.objects.filter(batch=batch, cancelled_at=None).update(released_at=at)
    record(batch.key, "release", by=by, at=at)
    _leave(batch, by=by, at=at, due=leaves_at)


def _held(about: str) -> timedelta:
    """Say how long letters about such a thing wait after their release."""
    hold = Hold.objects.filter(kind=about.partition("/")[0]).first()
    return timedelta(minutes=hold.minutes if hold else 0)


def _leave(batch: Batch, *, by: AbstractBaseUser, at: datetime, due: datetime) -> None:
    released = batch.released_at.isoformat() if batch.released_at else ""
    key = f"send-batch:{batch.pk}:{released}:{due.isoformat()}"
    enqueue(send_batch, batch.pk, released, at=at, key=key, by=by, about=batch.key, due=due)


def is_held(batch: Batch) -> bool:
    """Say of one batch what `held` asks of many."""
    waits = batch.released_at and batch.leaves_at and batch.leaves_at > batch.released_at
    return batch.state == BatchState.RELEASED and bool(waits)


@transaction.atomic
def bring_forward(held_back: Batch, abouts: Iterable[str], *, into: Batch) -> int:
    """Let letters of a released batch that still waits leave with a batch of drafts instead.

    Gives how many there were; none once the batch has begun to leave, with all its letters.
    """
    return _of_waiting(held_back, abouts).update(batch=into, released_at=None)


@transaction.atomic
def leave_out(held_back: Batch, abouts: Iterable[str], *, at: datetime) -> int:
    """Throw letters of a released batch that still waits away; give how many there were."""
    return _of_waiting(held_back, abouts).update(cancelled_at=at)


def _of_waiting(batch: Batch, abouts: Iterable[str]) -> QuerySet[Post]:
    still = Batch.objects.select_for_update().filter(pk=batch.pk, state=BatchState.RELEASED)
    letters = Post.objects.filter(batch=batch, about__in=list(abouts), cancelled_at=None)
    return letters if still.first() else letters.none()


@transaction.atomic
def send_now(batch: Batch, *, by: AbstractBaseUser, at: datetime) -> None:
    """End the wait of a released batch; from then on it cannot be taken back."""
    _move(batch, BatchState.RELEASED, BatchState.SENDING, leaves_at=at)
    record(batch.key, "send_now", by=by, at=at)
    _leave(batch, by=by, at=at, due=at)


@transaction.atomic
def take_back(batch: Batch, *, by: AbstractBaseUser, at: datetime) -> None:
    """Undo a release of which nothing has been handed to the mail server; letters are drafts again.

    Raises `MoveNotAllowed` from the moment at which the job begins to send.
    """
    none = {"released_by_id": None, "released_at": None, "leaves_at": None}
    _move(batch, BatchState.RELEASED, BatchState.DRAFT, **none)
    Post.objects.filter(batch=batch, cancelled_at=None).update(released_at=None)
    record(batch.key, "take_back", by=by, at=at)


@transaction.atomic
def cancel(batch: Batch, *, by: AbstractBaseUser, at: datetime) -> None:
    """Throw a batch of drafts away; its decisions may be drafted anew."""
    _move(batch, BatchState.DRAFT, BatchState.CANCELLED)
    Post.objects.filter(batch=batch).update(cancelled_at=at)
    record(batch.key, "cancel", by=by, at=at)


@transaction.atomic
def note_returned(row: Post, *, by: AbstractBaseUser, at: datetime) -> None:
    """Note that a letter came back from its address; it can then be tried again."""
    sent = Post.objects.filter(pk=row.pk, failure="").exclude(sent_at=None)
    if not sent.update(failure=CAME_BACK):
        raise MoveNotAllowed(gettext("Someone else has moved this on meanwhile."))
    record(row.key, "note_returned", by=by, at=at)


@transaction.atomic
def try_again(row: Post, *, by: AbstractBaseUser, at: datetime) -> None:
    """Send a letter that failed once more, to the address its reader has now."""
    failed = Post.objects.filter(pk=row.pk).exclude(failure="")
    if not failed.update(failure="", sent_at=None, claimed_at=None):
        raise MoveNotAllowed(gettext("Someone else has moved this on meanwhile."))
    record(row.key, "try_again", by=by, at=at)
    key = f"send:{row.pk}:{at.isoformat()}"
    enqueue(send_one, row.pk, at=at, key=key, by=by, about=row.key)


@job
def send_batch(run: JobRun, batch_id: int, released_at: str) -> None:
    """Send the letters of this very release, a handful now and the rest by the next step.

    Called again after a crash or a failure it sends those that have not left.  A release that was
    taken back is not sent, whatever was released since.
    """
    batch = Batch.objects.get(pk=batch_id)
    this = Batch.objects.filter(pk=batch_id, released_at=datetime.fromisoformat(released_at))
    this.filter(state=BatchState.RELEASED).update(state=BatchState.SENDING)
    if not this.filter(state=BatchState.SENDING).exists():
        return
    letters = Post.objects.filter(batch=batch, cancelled_at=None)
    waiting_still = letters.filter(sent_at=None, failure="").order_by("pk")
    total = letters.count()
    at = clock.now()
    went = _send_some(list(waiting_still.select_related("to")[:HANDFUL]), at=at)
    left = waiting_still.count()
    progress(run, done=total - left, total=total)
    if left:
        _go_on(run, batch, at=at, due=None if went else at + CLAIMED)
    else:  # unless another worker has just noted it
        this.filter(state=BatchState.SENDING).update(state=BatchState.SENT, sent_at=clock.now())


def _go_on(run: JobRun, batch: Batch, *, at: datetime, due: datetime | None) -> None:
    """Ask for the next step; later, where another worker holds all that is left."""
    key = f"{run.key.partition(' after ')[0]} after {run.pk}"
    enqueue(send_batch, *run.ids, at=at, key=key, by=run.by, about=batch.key, due=due)


@job
def send_one(_: JobRun, post_id: int) -> None:
    """Send one released letter, once."""
    row = Post.objects.select_related("to").get(pk=post_id)
    if row.sent_at is None and row.released_at is not None:
        _send_some([row], at=clock.now())


def _send_some(rows: list[Post], *, at: datetime) -> int:
    """Hand letters to the mail server over one connection, for as long as one step may take."""
    went = 0
    until = time.monotonic() + LONGEST_STEP.total_seconds() / 2
    with get_connection() as server:
        for row in rows:
            if _claimed(row):
                _send(row, server, at=at)
                went += 1
            if time.monotonic() > until:
                break
    return went


def _claimed(row: Post) -> bool:
    """Take a letter for this worker; one that a killed worker took is free again after a while."""
    real = timezone.now()  # house: looks_at_the_clock -- the wall's, which the workers share
    free = Q(claimed_at=None) | Q(claimed_at__lte=real - CLAIMED)
    unsent = Post.objects.filter(free, pk=row.pk, sent_at=None, failure="")
    return bool(unsent.update(claimed_at=real))


def _send(row: Post, server: BaseEmailBackend, *, at: datetime) -> None:
    """Hand one letter to the mail server; its Message-ID is the same if it is sent again.

    A letter that the server refuses for good keeps why.  When the server is away the letter is free
    again and the error goes on to the job, which fails and can be run again.
    """
    domain = settings.KAKEHASHI_MAIL_FROM.rpartition("@")[2]
    mail = EmailMessage(
        row.subject,
        row.body,
        settings.KAKEHASHI_MAIL_FROM,
        [row.to.email],
        headers={"Message-ID": f"<post-{row.pk}@{domain}>"},
        connection=server,
    )
    mine = Post.objects.filter(pk=row.pk)
    try:
        mail.send()
    except FOR_GOOD as error:
        mine.update(failure=type(error).__name__, claimed_at=None)
    except Exception:
        mine.update(claimed_at=None)
        raise
    else:
        mine.update(failure="", sent_at=at, claimed_at=None)


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
        once=draft.once,
        written_at=at,
    )


def _move(batch: Batch, start: BatchState, end: BatchState, **also: object) -> None:
    moved = Batch.objects.filter(pk=batch.pk, state=start).update(state=end, **also)
    if not moved:
        raise MoveNotAllowed(gettext("Someone else has moved this on meanwhile."))
    batch.refresh_from_db()
