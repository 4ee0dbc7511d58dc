from datetime import UTC, date, datetime

import pytest

from kakehashi.arrival import actions, figures
from kakehashi.arrival.tests import factories
from kakehashi.directory.tests import factories as make
from kakehashi.intake.tests import factories as intake

pytestmark = pytest.mark.django_db


def test_the_year_is_counted_by_country_and_position() -> None:
    rows = [factories.expected(), factories.expected(position="CIR"), factories.expected()]
    factories.serving(2)
    actions.arrive_many(
        rows[:2],
        arrived_on=date(2027, 7, 27),
        by=factories.events_officer(),
        at=datetime(2027, 7, 28, tzinfo=UTC),
    )
    year, ireland = intake.year(), make.country().pk

    assert figures.expected_and_arrived(year) == (1, 2)
    assert figures.arrived_by(year) == {
        (ireland, intake.position("ALT").pk): 1,
        (ireland, intake.position("CIR").pk): 1,
    }
    assert figures.expected_and_arrived(intake.year(2028, opened=False)) == (0, 0)
