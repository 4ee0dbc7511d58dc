"""What every test of placement lives in: noon of a day of the factories, and jobs that are heard."""

import pytest
from pytest_django import Settings

from kakehashi.directory.tests import factories as directory
from kakehashi.kernel import clock


@pytest.fixture(autouse=True)
def _at_noon(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.KAKEHASHI_JOBS_RAISE = True
    monkeypatch.setattr(clock, "now", lambda: directory.NOON)
