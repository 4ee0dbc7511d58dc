"""Work that goes on after the page: queued in the caller's transaction, done at least once.

A job is a function of ids marked `@job`.  `enqueue` writes its run and the queue's row with the
deed that asked for it, so neither exists without the other.  The queue is django-q2 with its
database broker; a run that a killed worker left behind is taken up again, a run that is already
done is not done twice, and no two workers are at the same run.  A failed run keeps the exception's
class and line, never its message: messages may quote what is confidential.
"""

import traceback
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TypeAlias

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django_q.models import OrmQ, Schedule
from django_q.tasks import async_task

from kakehashi.kernel import clock
from kakehashi.kernel.models import JobRun, RunState

Work: TypeAlias = Callable[..., object]
HELD = timedelta(minutes=6)  # the queue's `retry`: no worker lives longer on one run
MOST_TRIES = 5  # a run that takes its worker down each time is given up
PERFORM = "kakehashi.kernel.jobs.perform"
_works: dict[str, Work] = {}


class Stopped(Exception):
    """Somebody asked this run to stop, and it did."""


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


def enqueue(work: Work, *ids: int | str, at: datetime, key: str = "") -> JobRun:
    """Ask for a job inside the caller's transaction; the same key is asked for only once."""
    name = name_of(work)
    if name not in _works:
        raise LookupError(f"{name} is not marked @job")
    with transaction.atomic():
        run, new = JobRun.objects.get_or_create(
            key=key or f"{name}:{','.join(map(str, ids))}:{at.isoformat()}",
            defaults={"name": name, "ids": list(ids), "queued_at": at},
        )
        if new:
            _queue(run)
    return run


def perform(run_id: int) -> str:
    """Do one run, unless it has ended or another worker is at it; called by the worker."""
    run = JobRun.objects.get(pk=run_id)
    if not _taken(run):
        return run.state
    if run.tries > MOST_TRIES:
        _mark(run, state=RunState.FAILED, ended_at=clock.now(), failure="given up")
        return run.state
    try:
        _works[run.name](run, *run.ids)
    except Stopped:
        _mark(run, state=RunState.STOPPED, ended_at=clock.now())
    except Exception as error:  # whatever went wrong is the run's end, not the worker's
        _mark(run, state=RunState.FAILED, ended_at=clock.now(), failure=_where(error))
        if settings.KAKEHASHI_JOBS_RAISE:
            raise
    except (
        SystemExit
    ) as error:  # so the queue ends what takes too long; it forgets the row then
        _mark(run, state=RunState.FAILED, ended_at=clock.now(), failure=_where(error))
        raise
    else:
        _mark(run, state=RunState.DONE, ended_at=clock.now())
    return run.state


def _taken(run: JobRun) -> bool:
    """Take the run for this worker; where another one may be at it, look again later."""
    real = timezone.now()  # every process's own clock may live elsewhere; this one they share
    free = Q(state=RunState.QUEUED) | Q(state=RunState.RUNNING) & (
        Q(taken_at=None) | Q(taken_at__lte=real - HELD)
    )
    mine = JobRun.objects.filter(free, pk=run.pk)
    taken = mine.update(state=RunState.RUNNING, tries=F("tries") + 1, taken_at=real)
    run.refresh_from_db()
    if not taken and run.state == RunState.RUNNING and run.taken_at is not None:
        Schedule.objects.create(
            func=PERFORM,
            args=f"{run.pk},",
            schedule_type=Schedule.ONCE,
            next_run=run.taken_at + HELD,
        )
    return bool(taken)


def _queue(run: JobRun) -> None:
    async_task(PERFORM, run.pk, task_name=_row_of(run))


def _row_of(run: JobRun) -> str:
    """Name the queue's row of a run."""
    return f"run-{run.pk}"


def progress(run: JobRun, *, done: int, total: int, step: str = "") -> None:
    """Say how far the run is; raises `Stopped` where somebody has asked for that."""
    _mark(run, done=done, total=total, step=step)
    if JobRun.objects.filter(pk=run.pk).exclude(stop_asked_at=None).exists():
        raise Stopped


def ask_to_stop(run: JobRun, *, at: datetime) -> None:
    """Ask a run to stop at its next step."""
    _mark(run, stop_asked_at=at)


@transaction.atomic
def enqueue_again(run: JobRun, *, at: datetime) -> None:
    """Put a run that failed or was stopped back into the queue."""
    if run.state in {RunState.FAILED, RunState.STOPPED}:
        _mark(run, state=RunState.QUEUED, queued_at=at, stop_asked_at=None, failure="", tries=0)
        _queue(run)


def drain() -> int:
    """Do every queued run here and now, also those they ask for; say how many were done.

    For `--no-serve`, for tests, and for a machine without a worker.  A run that a killed worker left
    behind keeps its row in the queue, so that the next worker takes it up.
    """
    count = 0
    while run := JobRun.objects.filter(state=RunState.QUEUED).order_by("pk").first():
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
