from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, date, datetime

import pytest

from kakehashi.appointment import actions, exports, queries
from kakehashi.appointment.figures import appointed, register_figures
from kakehashi.appointment.tests import factories
from kakehashi.arrival import actions as arriving
from kakehashi.arrival.tests import factories as arrival
from kakehashi.directory.rules import Role
from kakehashi.directory.tests import factories as make
from kakehashi.intake.models import PayRate
from kakehashi.intake.tests import factories as intake
from kakehashi.kernel import jobs
from kakehashi.kernel.imports import send
from kakehashi.kernel.policy import Refused

pytestmark = pytest.mark.django_db


def test_the_register_is_counted_on_a_day(
    django_assert_num_queries: Callable[[int], AbstractContextManager[object]],
) -> None:
    factories.appointments(2)
    other = arrival.organisation("co-32201", parent=make.host("pref-32"))
    factories.appointment(other, country="GB", position="CIR")

    with django_assert_num_queries(2):
        found = register_figures(date(2026, 10, 1))

    assert (found.people, found.countries, found.organisations, found.host_bodies) == (
        3,
        2,
        2,
        2,
    )
    assert found.by_position == {"ALT": 2, "CIR": 1}


def test_nobody_serves_before_the_first_day_or_after_the_last() -> None:
    one = factories.appointment()

    def serving(day: date) -> bool:
        return queries.serving_on(day).filter(pk=one.pk).exists()

    assert not serving(date(2026, 7, 27))
    assert serving(date(2026, 7, 28))
    assert serving(date(2027, 7, 27))
    assert not serving(date(2027, 7, 28))


def test_whoever_ends_early_serves_until_that_day() -> None:
    one = factories.appointment()
    officer = make.officer(Role.ORGANISATION, one.organisation)
    actions.end_early(
        one, ended_on=date(2026, 12, 31), ground="Family", by=officer, at=make.NOON
    )

    assert register_figures(date(2026, 12, 31)).people == 1
    assert register_figures(date(2027, 1, 1)).people == 0


def test_newcomers_of_a_year_are_counted_apart_from_those_already_serving() -> None:
    factories.appointment()
    arriving.arrive(
        arrival.expected(),
        arrived_on=date(2027, 7, 27),
        by=arrival.events_officer(),
        at=datetime(2027, 7, 27, 11, tzinfo=UTC),
    )
    jobs.drain()

    assert appointed(intake.year()) == 1


def test_the_pay_is_the_line_of_the_table_for_cohort_and_year_of_service() -> None:
    facts = {"cohort_from": 2012, "cohort_to": 2024, "taxes": "gross", "source": "FAQ10"}
    PayRate.objects.create(year_of_service=2, annual_yen=3_600_000, **facts)
    third = PayRate.objects.create(year_of_service=3, annual_yen=3_900_000, **facts)

    assert queries.pay_of(factories.appointment(arrived_on=date(2024, 8, 4))) == third
    assert queries.pay_of(factories.appointment()) is None


def test_the_export_shows_what_one_may_know_of() -> None:
    mine = factories.appointment()
    factories.appointment(arrival.organisation("co-32201", parent=make.host("pref-32")))

    lines = send(exports.APPOINTMENTS, by=make.officer(Role.HOST)).decode().splitlines()

    assert [line.split(",")[0] for line in lines[1:]] == [mine.number]
    with pytest.raises(Refused):
        send(exports.APPOINTMENTS, by=make.person())
