"""What happens by itself once a day: the anchor is laid, forgotten uploads are thrown away."""

from datetime import datetime, timedelta

from django.utils import timezone
from django_q.models import Schedule

from kakehashi.kernel import clock
from kakehashi.kernel.jobs import Work, enqueue, name_of
from kakehashi.kernel.models import JobRun, RunState, Upload, UploadedThing, UploadState
from kakehashi.kernel.trail import lay_anchor

KEPT_RUNS = timedelta(days=90)
KEPT_UPLOADS = timedelta(days=7)  # a file that nobody confirmed
KEPT_UNDO = timedelta(days=30)  # what an import's undo needs
_works: list[Work] = []
_hourly: list[Work] = []


def plan_the_daily_round() -> None:
    """Put the daily round into the queue's calendar, once."""
    Schedule.objects.get_or_create(
        name="daily round",
        defaults={
            "func": "kakehashi.kernel.daily.daily_round",
            "schedule_type": Schedule.DAILY,
            "next_run": timezone.now(),
        },
    )


def plan_the_hourly_round() -> None:
    """Put the hourly round into the queue's calendar, once."""
    Schedule.objects.get_or_create(
        name="hourly round",
        defaults={
            "func": "kakehashi.kernel.daily.hourly_round",
            "schedule_type": Schedule.HOURLY,
            "next_run": timezone.now(),
        },
    )


def every_hour(work: Work) -> Work:
    """Mark a `@job` without ids as one that the hourly round asks for."""
    _hourly.append(work)
    return work


def hourly_round() -> None:
    """Ask for every hourly job; may run twice without harm."""
    at = clock.now()
    for work in _hourly:
        enqueue(work, at=at, key=f"{name_of(work)}:{at:%Y-%m-%dT%H}")


def every_day(work: Work) -> Work:
    """Mark a `@job` without ids as one that the daily round asks for."""
    _works.append(work)
    return work


def daily_round() -> None:
    """Lay the anchor, tidy up, and ask for every daily job; may run twice without harm."""
    at = clock.now()
    for work in _works:
        enqueue(work, at=at, key=f"{name_of(work)}:{clock.today()}")
    lay_anchor(at=at)
    _forget_uploads(at)
    JobRun.objects.filter(state=RunState.DONE, ended_at__lt=at - KEPT_RUNS).delete()


def _forget_uploads(at: datetime) -> None:
    """Throw away drafts of a week ago, and of imports a month ago what could undo them."""
    drafts = Upload.objects.filter(state=UploadState.DRAFT)
    drafts.filter(at__lt=at - KEPT_UPLOADS).delete()
    old = Upload.objects.filter(written_at__lt=at - KEPT_UNDO, can_undo=True)
    UploadedThing.objects.filter(upload__written_at__lt=at - KEPT_UNDO).delete()
    old.update(can_undo=False)
