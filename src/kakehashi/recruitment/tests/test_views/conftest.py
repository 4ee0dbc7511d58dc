"""Every page is looked at on the same day."""

from collections.abc import Iterator

import pytest

from kakehashi.directory.tests import factories as make
from kakehashi.kernel import clock


@pytest.fixture(autouse=True)
def _october() -> Iterator[None]:
    before = clock.now()
    clock.live_at(make.NOON)
    yield
    clock.live_at(before)
