from datetime import UTC, datetime, timedelta

from kakehashi.kernel.clock import shift

STARTED = datetime(2026, 11, 22, 3, tzinfo=UTC)


def test_without_another_moment_the_clock_is_the_real_one() -> None:
    assert shift("", STARTED) == timedelta(0)


def test_a_system_may_live_at_another_moment() -> None:
    assert shift("2027-04-01T12:00:00+09:00", STARTED) == timedelta(days=130)
