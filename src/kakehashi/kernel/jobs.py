"""Work that goes on after the page: queued in the caller's transaction, done at least once.

A job is a function of ids marked `@job`.  `enqueue` writes its run and the queue's row with the
deed that asked for it, so neither exists without the other.  The queue is django-q2 with its
database broker; a run that a killed worker left behind is taken up again, a run that is already
done is not done twice, and no two workers are at the same run.  A failed run keeps the exception's
class and line, never its message: messages may quote what is confidential.

A deed done `in_one_go` may be refused: an exception of our own is a rule saying no, which its asker is
told.  Any other is a failure, which is the operator's to look at.

No step takes longer than `LONGEST_STEP`; longer work asks for its next step by `enqueue`.
"""

import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import TypeAlias

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.db.models import DateTimeField, F, Q, Value
from django.db.models.functions import Coalesce
from django.utils import timezone
from django_q.models import OrmQ, Schedule
from django_q.tasks import async_task

from kakehashi.kernel import clock
from kakehashi.kernel.models import JobRun, RunState

Work: TypeAlias = Callable[..., object]
HELD = timedelta(seconds=settings.KAKEHASHI_JOBS_HELD)  # no worker lives longer on one run
LONGEST_STEP = timedelta(seconds=60)
MOST_TRIES = 5  # a run that takes its worker down each time is given up
PERFORM = "kakehashi.kernel.jobs.perform"
_works: dict[str, Work] = {}


class Stopped(Exception):
    """Somebody asked this run to stop, and it did."""


class Refusal(Exception):
    """A rule said no to what this run was asked to do; it names the rule's exception."""


def job(work: Work) -> Work:
    """Mark a function in `jobs.py`, `actions.py` or `reactions.py` as one the queue may call.

    It is called as `work(run, *ids)` and may be called again after a crash: its effects must
    be the same the second time.
    """
    _works[name_of(work)] = work
    return work


def name_of(work: Work) -> str:
    """Name a job for ever: its module and function."""
    return f"{work.__module__.removeprefix('kakehashi.')}.{work.__name__}"


def enqueue(
    work: Work,
    *ids: int | str,
    at: datetime,
    key: str = "",
    by: AbstractBaseUser | None = None,
    about: str = "",
    due: datetime | None = None,
) -> JobRun:
    """Ask for a job inside the caller's transaction; the same key is asked for only once.

    `by` may follow the run on its page, which leads to the thing `about` names.  A worker does not
    begin before `due`.
    """
    name = name_of(work)
    if name not in _works:
        raise LookupError(f"{name} is not marked @job")
    facts = {"name": name, "ids": list(ids), "about": about, "queued_at": at, "due_at": due}
    with transaction.atomic():
        run, new = JobRun.objects.get_or_create(
            key=key or f"{name}:{','.join(map(str, ids))}:{at.isoformat()}",
            defaults=facts | {"by_id": by.pk if by else None},
        )
        if new:
            _queue(run)
    return run


def going_on(about: str) -> JobRun | None:
    """Find the run that works on a thing, or waits for a worker to do so."""
    busy = JobRun.objects.filter(state__in=[RunState.QUEUED, RunState.RUNNING])
    return busy.filter(about=about).order_by("pk").first()


def next_key(about: str) -> str:
    """Name the next run about a thing, the same for all who ask for it at the same moment."""
    return f"{about} no. {JobRun.objects.filter(about=about).count() + 1}"


@contextmanager
def in_one_go(run: JobRun) -> Iterator[None]:
    """Do the whole of a run in one transaction, its end included.

    Killed at any moment it has done nothing or everything, and what is done is not tried again.
    Somebody who asks it to stop before the end has stopped all of it; where a rule says no, the
    run ends as refused.
    """
    try:
        with transaction.atomic():
            yield
            _stop_if_asked(run)
            _mark(run, state=RunState.DONE, done=run.total, ended_at=clock.now())
    except Exception as error:
        if _is_ours(error) and not isinstance(error, Stopped):
            raise Refusal(type(error).__name__) from error
        raise


def perform(run_id: int) -> str:
    """Do one run, unless it has ended or another worker is at it; called by the worker."""
    run = JobRun.objects.get(pk=run_id)
    if not _taken(run):
        return run.state
    if run.tries > MOST_TRIES:
        _end(run, RunState.FAILED, "given up")
        return run.state
    try:
        _works[run.name](run, *run.ids)
    except Exception as error:  # whatever went wrong is the run's end, not the worker's
        _end(run, *_how(error))
        if settings.KAKEHASHI_JOBS_RAISE and run.state == RunState.FAILED:
            raise
    except (
        SystemExit
    ) as error:  # so the queue ends what takes too long; it forgets the row then
        _end(run, RunState.FAILED, _where(error))
        raise
    else:
        if run.state != RunState.DONE:
            _end(run, RunState.DONE)
    return run.state


def _how(error: Exception) -> tuple[RunState, str]:
    """Say how a run ended that did not come to its end."""
    if isinstance(error, Stopped):
        return RunState.STOPPED, ""
    if isinstance(error, Refusal):
        return RunState.REFUSED, str(error)
    return RunState.FAILED, _where(error)


def _end(run: JobRun, state: RunState, failure: str = "") -> None:
    _mark(run, state=state, ended_at=clock.now(), failure=failure)


def _is_ours(error: Exception) -> bool:
    """Tell a rule that says no from a machine that fails."""
    return type(error).__module__.startswith("kakehashi.")


def _taken(run: JobRun) -> bool:
    """Take the run for this worker; where another one may be at it, look again later."""
    real = timezone.now()  # every process's own clock may live elsewhere; this one they share
    free = Q(state=RunState.QUEUED) | Q(state=RunState.RUNNING) & (
        Q(taken_at=None) | Q(taken_at__lte=real - HELD)
    )
    mine = JobRun.objects.filter(free, pk=run.pk)
    taken = mine.update(
        state=RunState.RUNNING,
        tries=F("tries") + 1,
        taken_at=real,
        began_at=Coalesce("began_at", Value(clock.now(), DateTimeField())),
    )
    run.refresh_from_db()
    if not taken and run.state == RunState.RUNNING and run.taken_at is not None:
        _later(run, run.taken_at + HELD)
    return bool(taken)


def _queue(run: JobRun) -> None:
    wait = run.due_at - clock.now() if run.due_at else timedelta(0)
    if wait > timedelta(0):
        _later(run, timezone.now() + wait)
    else:
        async_task(PERFORM, run.pk, task_name=_row_of(run))


def _later(run: JobRun, real: datetime) -> None:
    """Put a run into the queue's calendar, by the clock on the wall."""
    Schedule.objects.create(
        func=PERFORM, args=f"{run.pk},", schedule_type=Schedule.ONCE, next_run=real
    )


def _row_of(run: JobRun) -> str:
    """Name the queue's row of a run."""
    return f"run-{run.pk}"


def progress(run: JobRun, *, done: int, total: int, step: str = "") -> None:
    """Say how far the run is; raises `Stopped` where somebody has asked for that."""
    _mark(run, done=done, total=total, step=step)
    _stop_if_asked(run)


def _stop_if_asked(run: JobRun) -> None:
    if JobRun.objects.filter(pk=run.pk).exclude(stop_asked_at=None).exists():
        raise Stopped


def ask_to_stop(run: JobRun, *, at: datetime) -> None:
    """Ask a run to stop at its next step."""
    JobRun.objects.filter(pk=run.pk, ended_at=None).update(stop_asked_at=at)
    run.refresh_from_db()


@transaction.atomic
def enqueue_again(run: JobRun, *, at: datetime) -> None:
    """Put a run that failed or was stopped back into the queue, once however often it is asked."""
    over = JobRun.objects.filter(pk=run.pk, state__in=[RunState.FAILED, RunState.STOPPED])
    fresh = {"queued_at": at, "stop_asked_at": None, "ended_at": None, "failure": ""}
    if over.update(state=RunState.QUEUED, due_at=None, tries=0, **fresh):
        run.refresh_from_db()
        _queue(run)


def drain(*, at: datetime | None = None) -> int:
    """Do every queued run here and now, also those they ask for; say how many were done.

    For `--no-serve`, for tests, and for a machine without a worker.  What already waits for a later
    moment is done too, unless `at` says which moment it is.  A run that a killed worker left behind
    keeps its row in the queue, so that the next worker takes it up.
    """
    count = 0
    due = Q(due_at=None) | Q(due_at__lte=at or clock.now())
    if at is None and (last := JobRun.objects.order_by("-pk").first()):
        due |= Q(pk__lte=last.pk)
    queued = JobRun.objects.filter(due, state=RunState.QUEUED).order_by("pk")
    while run := queued.first():
        perform(run.pk)
        count += 1
    going_on = JobRun.objects.filter(state__in=[RunState.QUEUED, RunState.RUNNING])
    kept = {_row_of(run) for run in going_on}
    ended = [row.pk for row in OrmQ.objects.all() if row.name() not in kept]
    OrmQ.objects.filter(pk__in=ended).delete()
    return count


def _mark(run: JobRun, **facts: object) -> None:
    for name, value in facts.items():
        setattr(run, name, value)
    run.save(update_fields=[*facts])


def _where(error: BaseException) -> str:
    last = traceback.extract_tb(error.__traceback__)[-1]
    module = last.filename.rpartition("/kakehashi/")[2]
    return f"{type(error).__name__} at {module}:{last.lineno}"[:200]
