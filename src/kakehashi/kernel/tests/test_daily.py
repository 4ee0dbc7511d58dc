from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django_q.models import Schedule

from kakehashi.directory.models import Person
from kakehashi.kernel import clock, daily, jobs
from kakehashi.kernel.models import JobRun, RunState, Upload
from kakehashi.kernel.trail import anchors

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("django.conf.settings.KAKEHASHI_HOME", tmp_path)


def test_the_round_is_planned_once() -> None:
    daily.plan_the_daily_round()
    daily.plan_the_daily_round()

    assert [row.func for row in Schedule.objects.all()] == [
        "kakehashi.kernel.daily.daily_round"
    ]


def test_every_day_an_anchor_is_laid_and_each_daily_job_asked_for_once() -> None:
    daily.daily_round()
    daily.daily_round()
    jobs.drain()

    assert len(anchors()) == 2
    asked_for = sorted(JobRun.objects.values_list("name", flat=True))
    assert asked_for == sorted(jobs.name_of(work) for work in daily._works)
    assert "statistics.jobs.take_the_census" in asked_for
    assert list(JobRun.objects.exclude(state=RunState.DONE)) == []


def test_what_nobody_confirmed_is_thrown_away_after_a_week() -> None:
    somebody = Person.objects.create_user("somebody@example.org")
    for age in (timedelta(days=6), timedelta(days=8)):
        Upload.objects.create(
            kind="plan", name=str(age), data=b"", by=somebody, at=clock.now() - age
        )
    daily.daily_round()

    assert [row.name for row in Upload.objects.all()] == ["6 days, 0:00:00"]


def test_old_runs_are_forgotten_and_failed_ones_kept() -> None:
    long_ago = datetime(2020, 1, 1, tzinfo=UTC)
    for state in (RunState.DONE, RunState.FAILED):
        JobRun.objects.create(
            name="x", key=state, state=state, queued_at=long_ago, ended_at=long_ago
        )
    daily.daily_round()

    assert list(JobRun.objects.filter(name="x").values_list("state", flat=True)) == ["failed"]
