from datetime import date

import pytest

from kakehashi.directory.tests import factories as make
from kakehashi.intake.tests import factories as intake
from kakehashi.kernel import clock, jobs
from kakehashi.statistics.jobs import take_the_census
from kakehashi.statistics.models import Census

pytestmark = pytest.mark.django_db


def test_the_daily_job_counts_on_the_census_day_and_only_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(clock, "_shift", clock._shift)  # put back afterwards
    clock.live_at(make.NOON)
    year = intake.year(2026, opened=False)
    jobs.enqueue(take_the_census, at=make.NOON, key="the day before")
    jobs.drain()
    assert not Census.objects.exists()

    year.census_on = date(2026, 10, 1)
    year.save()
    for key in ("today", "again"):
        jobs.enqueue(take_the_census, at=make.NOON, key=key)
    jobs.drain()

    assert Census.objects.get().is_official
