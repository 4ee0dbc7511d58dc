from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django_q.exceptions import TimeoutException
from django_q.models import OrmQ, Schedule

from kakehashi.kernel import jobs
from kakehashi.kernel.announcements import announce, on
from kakehashi.kernel.models import JobRun, RunState

NOON = datetime(2026, 9, 1, 3, tzinfo=UTC)
done: list[int] = []
heard: list[int] = []

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class BellRang:
    times: int


@on(BellRang)
def listen(news: BellRang) -> None:
    heard.append(news.times)


@jobs.job
def count(run: JobRun, number: int) -> None:
    jobs.progress(run, done=1, total=2)
    done.append(number)


@jobs.job
def break_down(_run: JobRun, _number: int) -> None:
    raise RuntimeError("the name of somebody")


@jobs.job
def dawdle(_run: JobRun, _number: int) -> None:
    raise TimeoutException("by the queue's own clock")


@pytest.fixture(autouse=True)
def nothing_done() -> None:
    done.clear()
    heard.clear()


def test_a_job_is_queued_with_the_deed_or_not_at_all() -> None:
    with transaction.atomic():
        jobs.enqueue(count, 1, at=NOON)
        transaction.set_rollback(True)

    assert (JobRun.objects.count(), OrmQ.objects.count()) == (0, 0)
    with transaction.atomic():
        jobs.enqueue(count, 1, at=NOON)
    assert (JobRun.objects.count(), OrmQ.objects.count()) == (1, 1)


def test_the_same_key_is_asked_for_once() -> None:
    first = jobs.enqueue(count, 1, at=NOON, key="once")
    second = jobs.enqueue(count, 1, at=NOON, key="once")

    assert first == second
    assert jobs.drain() == 1
    assert done == [1]


def test_a_run_that_is_done_is_not_done_twice() -> None:
    run = jobs.enqueue(count, 1, at=NOON)

    assert [jobs.perform(run.pk), jobs.perform(run.pk)] == [RunState.DONE, RunState.DONE]
    assert done == [1]


def test_a_run_a_killed_worker_left_behind_is_taken_up_again() -> None:
    run = jobs.enqueue(count, 1, at=NOON)
    JobRun.objects.filter(pk=run.pk).update(state=RunState.RUNNING, tries=1)

    assert jobs.perform(run.pk) == RunState.DONE
    assert done == [1]


def test_a_run_another_worker_is_at_is_looked_at_again_later() -> None:
    run = jobs.enqueue(count, 1, at=NOON)
    since = timezone.now()
    JobRun.objects.filter(pk=run.pk).update(state=RunState.RUNNING, tries=1, taken_at=since)

    assert jobs.perform(run.pk) == RunState.RUNNING
    assert done == []
    later = Schedule.objects.get()
    assert (later.func, later.args) == ("kakehashi.kernel.jobs.perform", f"{run.pk},")
    assert later.next_run == since + jobs.HELD

    JobRun.objects.filter(pk=run.pk).update(taken_at=since - jobs.HELD)
    assert jobs.perform(run.pk) == RunState.DONE
    assert done == [1]


def test_a_run_is_held_as_long_as_the_queue_waits() -> None:
    assert jobs.HELD.total_seconds() == settings.Q_CLUSTER["retry"]
    assert settings.Q_CLUSTER["timeout"] == 300


def test_what_takes_too_long_has_failed_and_can_be_run_again() -> None:
    run = jobs.enqueue(dawdle, 1, at=NOON)
    with pytest.raises(TimeoutException):
        jobs.perform(run.pk)
    run.refresh_from_db()

    assert run.state == RunState.FAILED
    assert run.failure.startswith("TimeoutException at kernel/tests/test_jobs.py:")
    jobs.enqueue_again(run, at=NOON)
    assert run.state == RunState.QUEUED


def test_a_run_that_takes_its_worker_down_each_time_is_given_up() -> None:
    run = jobs.enqueue(count, 1, at=NOON)
    JobRun.objects.filter(pk=run.pk).update(state=RunState.RUNNING, tries=jobs.MOST_TRIES)

    assert jobs.perform(run.pk) == RunState.FAILED
    assert done == []


def test_draining_leaves_the_queue_what_has_not_ended() -> None:
    left, mine = jobs.enqueue(count, 1, at=NOON), jobs.enqueue(count, 2, at=NOON)
    JobRun.objects.filter(pk=left.pk).update(state=RunState.RUNNING)
    jobs.drain()

    assert done == [2]
    assert mine.pk != left.pk
    assert [row.name() for row in OrmQ.objects.all()] == [f"run-{left.pk}"]


def test_a_failure_keeps_class_and_line_and_never_the_message() -> None:
    run = jobs.enqueue(break_down, 1, at=NOON)
    jobs.drain()
    run.refresh_from_db()

    assert run.state == RunState.FAILED
    assert run.failure.startswith("RuntimeError at kernel/tests/test_jobs.py:")
    assert "somebody" not in run.failure


def test_a_run_stops_when_asked() -> None:
    run = jobs.enqueue(count, 1, at=NOON)
    jobs.ask_to_stop(run, at=NOON)

    assert jobs.perform(run.pk) == RunState.STOPPED
    assert done == []


def test_what_is_no_job_is_not_queued() -> None:
    with pytest.raises(LookupError):
        jobs.enqueue(len, 1, at=NOON)


def test_news_is_heard_once_the_deed_is_stored() -> None:
    with transaction.atomic():
        announce(BellRang(times=2), at=NOON)
    assert heard == []

    jobs.drain()
    assert heard == [2]


def test_news_of_a_deed_undone_is_not_heard() -> None:
    with transaction.atomic():
        announce(BellRang(times=2), at=NOON)
        transaction.set_rollback(True)
    jobs.drain()

    assert heard == []
