from datetime import UTC, date, datetime

import pytest

from kakehashi.directory.rules import Role
from kakehashi.directory.tests import factories as make
from kakehashi.home.views.today import next_dates
from kakehashi.intake.tests import factories
from kakehashi.web.offers import Reader

pytestmark = pytest.mark.django_db
OCTOBER = datetime(2026, 10, 1, 3, tzinfo=UTC)


def notes() -> list[tuple[date, str]]:
    year = factories.year()
    reader = Reader(person=make.officer(Role.MIC), year=year, at=OCTOBER)
    dates = next_dates(reader)
    return [(line.on, str(line.note)) for line in dates if line.label == "Applications close"]


def test_the_same_day_of_many_missions_is_one_line_whatever_their_time_zones() -> None:
    for code in ("dublin", "paris", "rome"):
        factories.deadline("closes", make.mission(code, "IE"))

    ((day, note),) = notes()
    assert day == date(2026, 11, 27)
    assert note.startswith("3 missions, the first · Friday 27 November 2026")


def test_the_programmes_own_date_is_not_counted_as_a_mission() -> None:
    noon = datetime(2026, 11, 27, 3, tzinfo=UTC)
    factories.deadline("closes", make.mission("dublin", "IE"), noon)
    factories.deadline("closes", None, noon)

    ((_day, note),) = notes()
    assert note.startswith("The whole programme · ")
