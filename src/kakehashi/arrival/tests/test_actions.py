from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, date, datetime, timedelta

import pytest

from kakehashi.arrival import actions, queries
from kakehashi.arrival.imports import check
from kakehashi.arrival.lifecycle import ARRIVAL, State
from kakehashi.arrival.models import Arrival
from kakehashi.arrival.policy import policy
from kakehashi.arrival.tests import factories
from kakehashi.directory.models import Person
from kakehashi.directory.rules import Role
from kakehashi.directory.tests import factories as make
from kakehashi.kernel.lifecycle import MoveNotAllowed
from kakehashi.kernel.models import JobRun, Trace
from kakehashi.kernel.policy import Refused
from kakehashi.kernel.testing import assert_sound
from kakehashi.placement.lifecycle import PlacementState

pytestmark = pytest.mark.django_db
LANDED = date(2027, 7, 27)
EVENING = datetime(2027, 7, 27, 11, tzinfo=UTC)


def test_the_lifecycle_is_sound() -> None:
    assert_sound(ARRIVAL, policy, actions)


def test_agreed_placements_come_onto_the_list_once() -> None:
    officer = factories.events_officer()
    placed = [factories.placement(), factories.placement(wave="b")]

    assert actions.expect(placed, by=officer, at=make.NOON) == 2
    assert actions.expect(placed, by=officer, at=make.NOON) == 0

    due = dict(Arrival.objects.values_list("placement", "due_on"))
    assert due == {placed[0].pk: date(2027, 7, 27), placed[1].pk: date(2027, 8, 3)}


def test_a_placement_that_is_not_agreed_is_passed_over() -> None:
    told = factories.placement(state=PlacementState.TOLD)

    assert actions.expect([told], by=factories.events_officer(), at=make.NOON) == 0
    assert not Arrival.objects.exists()


def test_whoever_is_placed_anew_is_expected_at_the_new_place() -> None:
    arrival = factories.expected()
    first = arrival.placement
    assert first
    first.move("vacate", by=factories.events_officer(), at=make.NOON)
    first.application.move("withdraw", by="system:test", at=make.NOON)
    elsewhere = factories.organisation("co-31303")
    again = factories.placement(arrival.person, elsewhere, wave="b")

    assert actions.expect([again], by=factories.events_officer(), at=make.NOON) == 1

    arrival.refresh_from_db()
    assert (arrival.placement, arrival.organisation) == (again, elsewhere)
    assert (arrival.due_on, arrival.state) == (date(2027, 8, 3), State.EXPECTED)
    assert Arrival.objects.count() == 1


def test_an_arrival_is_recorded_on_its_day_and_told() -> None:
    arrival = factories.expected()

    actions.arrive(arrival, arrived_on=LANDED, by=factories.events_officer(), at=EVENING)

    assert (arrival.state, arrival.arrived_on) == (State.ARRIVED, LANDED)
    assert Trace.objects.order_by("number").last().deed == "arrive"  # type: ignore[union-attr]  # there is one
    told = JobRun.objects.get(ids__0="ParticipantArrived")
    assert told.ids == ["ParticipantArrived", 0, arrival.pk, EVENING.isoformat()]


def test_nobody_arrives_at_a_place_that_was_vacated() -> None:
    events, placement = factories.events_officer(), factories.placement()
    actions.expect([placement], by=events, at=make.NOON)
    placement.move("vacate", by=events, at=make.NOON)
    (arrival,) = queries.arrivals_for(events)

    with pytest.raises(MoveNotAllowed, match="vacated"):
        actions.arrive(arrival, arrived_on=LANDED, by=events, at=EVENING)
    rows = [{"row": 2, "application": arrival, "organisation": None, "arrived_on": LANDED}]
    faults = [(one.column, str(one.says)) for one in check(rows, events, EVENING)]
    assert faults == [("application", "This person's place has been vacated.")]


def test_a_wave_is_recorded_at_once_and_told_once() -> None:
    rows = [factories.expected() for _ in range(3)]

    count = actions.arrive_many(
        rows, arrived_on=LANDED, by=factories.events_officer(), at=EVENING
    )

    assert count == 3
    assert set(Arrival.objects.values_list("state", "arrived_on")) == {("arrived", LANDED)}
    told = JobRun.objects.get(ids__0="ParticipantsArrived")
    assert told.ids[2:] == [rows[0].pk, 3, EVENING.isoformat()]


def test_nothing_of_a_wave_is_recorded_when_one_of_them_came_already() -> None:
    rows = [factories.expected() for _ in range(2)]
    officer = factories.events_officer()
    actions.arrive(rows[0], arrived_on=LANDED, by=officer, at=EVENING)

    with pytest.raises(MoveNotAllowed):
        actions.arrive_many(rows, arrived_on=LANDED, by=officer, at=EVENING)

    rows[1].refresh_from_db()
    assert rows[1].state == State.EXPECTED


def test_a_stale_page_cannot_record_twice() -> None:
    arrival = factories.expected()
    stale = Arrival.objects.get(pk=arrival.pk)
    officer = factories.events_officer()
    actions.arrive(arrival, arrived_on=LANDED, by=officer, at=EVENING)

    with pytest.raises(MoveNotAllowed):
        actions.miss(stale, by=officer, at=EVENING)


@pytest.mark.parametrize("day", [LANDED + timedelta(days=1), date(2026, 7, 27)])
def test_nobody_arrives_in_the_future_or_a_year_off(day: date) -> None:
    arrival = factories.expected()

    with pytest.raises(actions.NotThatDay):
        actions.arrive(arrival, arrived_on=day, by=factories.events_officer(), at=EVENING)

    assert arrival.state == State.EXPECTED


def test_whoever_does_not_come_is_noted() -> None:
    arrival = factories.expected()

    actions.miss(arrival, by=factories.events_officer(), at=EVENING)

    assert (arrival.state, arrival.arrived_on) == (State.MISSED, None)


@pytest.mark.parametrize("role", [Role.HOST, Role.MOFA, Role.CLAIR_DESK, Role.MISSION])
def test_others_cannot_record_an_arrival(role: Role) -> None:
    arrival, other = factories.expected(), make.officer(role)

    for refused in (
        lambda: actions.arrive(arrival, arrived_on=LANDED, by=other, at=EVENING),
        lambda: actions.arrive_many([arrival], arrived_on=LANDED, by=other, at=EVENING),
        lambda: actions.miss(arrival, by=other, at=EVENING),
        lambda: actions.expect([], by=other, at=EVENING),
        lambda: actions.import_arrivals([], by=other, at=EVENING),
    ):
        with pytest.raises(Refused, match="events or placement at CLAIR"):
            refused()


def test_people_already_serving_get_an_account_and_an_arrival() -> None:
    (arrival,) = factories.serving(1, arrived_on=date(2024, 8, 4))

    assert (arrival.state, arrival.arrived_on) == (State.ARRIVED, date(2024, 8, 4))
    assert (arrival.placement, arrival.person.nationality) == (None, make.country())
    assert not arrival.person.has_usable_password()


def test_the_same_arrival_is_not_brought_twice() -> None:
    (arrival,) = factories.serving(1)
    again = factories.row(
        email=arrival.person.email, family_name="Again", organisation=arrival.organisation
    )

    with pytest.raises(actions.RecordedAlready):
        actions.import_arrivals([again], by=factories.events_officer(), at=make.NOON)

    assert Arrival.objects.count() == 1
    assert Person.objects.get(pk=arrival.person_id).family_name == "Serving"


@pytest.mark.parametrize("people", [3, 50])
def test_bringing_many_costs_no_more_queries_than_bringing_few(
    people: int, django_assert_num_queries: Callable[[int], AbstractContextManager[object]]
) -> None:
    officer, place = factories.events_officer(), factories.organisation()
    rows = [
        factories.row(email=f"p{number}@demo.invalid", family_name="P", organisation=place)
        for number in range(people)
    ]

    with django_assert_num_queries(31):
        actions.import_arrivals(rows, by=officer, at=make.NOON)
