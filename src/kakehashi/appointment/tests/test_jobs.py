from datetime import UTC, datetime

import pytest

from kakehashi.appointment.jobs import complete_due_terms
from kakehashi.appointment.lifecycle import State
from kakehashi.appointment.tests import factories
from kakehashi.directory.tests import factories as make
from kakehashi.kernel import clock, jobs

pytestmark = pytest.mark.django_db


def test_the_daily_job_completes_what_is_over(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(clock, "_shift", clock._shift)  # put back afterwards
    one = factories.appointment()
    clock.live_at(datetime(2027, 7, 29, tzinfo=UTC))

    jobs.enqueue(complete_due_terms, at=make.NOON)
    jobs.drain()

    one.refresh_from_db()
    assert one.state == State.COMPLETED
