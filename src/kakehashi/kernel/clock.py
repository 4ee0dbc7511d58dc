"""The one clock, read only at the doors; everything below takes `at` as an argument.

A training or demo system may live at another moment: `KAKEHASHI_NOW` (an ISO 8601 moment with
its offset) is then the moment at which the process started, and time runs on from there.
"""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone

TOKYO = ZoneInfo("Asia/Tokyo")


def shift(now: str, started: datetime) -> timedelta:
    """Say how far a system that lives at `now` stands from the real clock."""
    return datetime.fromisoformat(now) - started if now else timedelta(0)


_shift = shift(settings.KAKEHASHI_NOW, timezone.now())


def live_at(moment: datetime) -> None:
    """Set this process's clock to a moment, from which time runs on (a demo, a test)."""
    global _shift  # noqa: PLW0603 -- the one clock of the process
    _shift = moment - timezone.now()


def now() -> datetime:
    """Give the present moment, in UTC, as this system lives it."""
    return timezone.now() + _shift


def today() -> date:
    """Give the present day in Tokyo."""
    return now().astimezone(TOKYO).date()
