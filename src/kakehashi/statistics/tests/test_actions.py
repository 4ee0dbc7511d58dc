from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, timedelta
from pathlib import Path

import pytest

from kakehashi.appointment.tests import factories as appointment
from kakehashi.arrival.tests import factories as arrival
from kakehashi.directory.rules import Role
from kakehashi.directory.tests import factories as make
from kakehashi.intake.tests import factories as intake
from kakehashi.kernel.models import Trace
from kakehashi.kernel.policy import Refused
from kakehashi.statistics import actions
from kakehashi.statistics.models import Census, CensusLine, YearFigure
from kakehashi.statistics.tests import factories

pytestmark = pytest.mark.django_db
TODAY = date(2026, 10, 1)
PACK = Path(__file__).parents[4] / "programmes" / "jet"


def test_a_census_keeps_counts_and_no_names() -> None:
    factories.register()

    census = factories.census()

    assert census.is_official
    assert sum(line.people for line in census.lines.all()) == 6
    assert census.lines.count() == 5
    last = Trace.objects.order_by("number").last()
    assert last
    assert (last.thing, last.deed) == (census.key, "take_census")


def test_it_is_official_only_on_the_census_day() -> None:
    assert not factories.census(official=False).is_official


def test_there_is_one_census_a_day() -> None:
    factories.census()

    with pytest.raises(actions.CountedAlready):
        actions.take_census(on=TODAY, by=make.officer(Role.MIC), at=make.NOON)

    assert Census.objects.count() == 1


def test_tomorrow_cannot_be_counted() -> None:
    with pytest.raises(actions.NotYet):
        actions.take_census(
            on=TODAY + timedelta(days=1), by=make.officer(Role.MIC), at=make.NOON
        )


def test_an_organisation_without_a_host_body_stops_the_count() -> None:
    appointment.appointment(arrival.organisation("co-stray", hosted=False))

    with pytest.raises(actions.NoHostBody):
        factories.census()

    assert not Census.objects.exists()


@pytest.mark.parametrize("role", [Role.MOFA, Role.MEXT, Role.CLAIR_DESK, Role.HOST])
def test_others_cannot_take_a_census(role: Role) -> None:
    other = make.officer(role)

    with pytest.raises(Refused, match="plan the numbers"):
        actions.take_census(on=TODAY, by=other, at=make.NOON)
    with pytest.raises(Refused, match="plan the numbers"):
        actions.load_series(PACK, by=other, at=make.NOON)


def test_on_the_census_day_the_system_counts_by_itself_once() -> None:
    year = intake.year(2026, opened=False)
    year.census_on = TODAY
    year.save()

    census = actions.take_todays_census(on=TODAY, at=make.NOON)

    assert census
    assert (census.is_official, census.taken_by) == (True, None)
    assert actions.take_todays_census(on=TODAY, at=make.NOON) is None
    assert actions.take_todays_census(on=TODAY - timedelta(days=1), at=make.NOON) is None


@pytest.mark.parametrize("people", [3, 50])
def test_a_census_costs_the_same_however_many_serve(
    people: int, django_assert_num_queries: Callable[[int], AbstractContextManager[object]]
) -> None:
    appointment.appointments(people)
    officer = make.officer(Role.MIC)

    with django_assert_num_queries(18):
        actions.take_census(on=TODAY, by=officer, at=make.NOON)

    assert CensusLine.objects.get().people == people


def test_the_published_series_is_loaded_once() -> None:
    assert actions.load_series(PACK, by="system:set_up", at=make.NOON) == 39
    assert actions.load_series(PACK, by="system:set_up", at=make.NOON) == 0

    first = YearFigure.objects.get(year=1987)
    assert (first.total, first.countries, first.alt, first.cir) == (848, 4, 813, 35)
    closed = YearFigure.objects.get(year=2020)
    assert (closed.total, closed.countries) == (None, None)
    assert YearFigure.objects.get(year=2019).total == 5761
