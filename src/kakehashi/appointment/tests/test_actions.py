from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, date, datetime

import pytest

from kakehashi.appointment import actions
from kakehashi.appointment.lifecycle import APPOINTMENT, State
from kakehashi.appointment.models import Appointment
from kakehashi.appointment.policy import policy
from kakehashi.appointment.tests import factories
from kakehashi.arrival import actions as arriving
from kakehashi.arrival.tests import factories as arrival
from kakehashi.directory.actions import SeatHeldAlready
from kakehashi.directory.models import Person, Seat
from kakehashi.directory.rules import Role
from kakehashi.directory.tests import factories as make
from kakehashi.kernel import jobs
from kakehashi.kernel.lifecycle import MoveNotAllowed
from kakehashi.kernel.models import Post, Trace
from kakehashi.kernel.policy import Refused
from kakehashi.kernel.testing import assert_sound

pytestmark = pytest.mark.django_db
EVENING = datetime(2027, 7, 27, 11, tzinfo=UTC)


def test_the_lifecycle_is_sound() -> None:
    assert_sound(APPOINTMENT, policy, actions)


def test_whoever_arrives_is_appointed_by_itself_from_the_day_after() -> None:
    expected = arrival.expected()
    arriving.arrive(
        expected, arrived_on=date(2027, 7, 27), by=arrival.events_officer(), at=EVENING
    )
    jobs.drain()

    one = Appointment.objects.get()
    assert (one.arrival, one.person, one.cohort) == (expected, expected.person, 2027)
    assert (one.starts_on, one.ends_on) == (date(2027, 7, 28), date(2028, 7, 27))
    assert (one.year_of_service, one.state) == (1, State.SERVING)


def test_the_seat_of_a_participant_opens_and_ends_with_the_term() -> None:
    one = factories.appointment()

    seat = Seat.objects.get(person=one.person)
    assert (seat.role, seat.office) == (Role.PARTICIPANT, one.organisation)
    assert (seat.starts_on, seat.ends_on) == (one.starts_on, one.ends_on)


def test_a_wave_is_appointed_when_its_news_is_told() -> None:
    rows = [arrival.expected() for _ in range(3)]
    arriving.arrive_many(
        rows, arrived_on=date(2027, 7, 27), by=arrival.events_officer(), at=EVENING
    )
    jobs.drain()

    assert set(Appointment.objects.values_list("arrival", flat=True)) == {
        row.pk for row in rows
    }


def test_hearing_the_news_twice_appoints_once() -> None:
    rows = arrival.serving(2)

    assert actions.appoint_many(rows, at=make.NOON) == 2
    assert actions.appoint_many(rows, at=make.NOON) == 0
    assert actions.appoint(rows[0], at=make.NOON) == 0
    assert (Appointment.objects.count(), Seat.objects.filter(role="participant").count()) == (
        2,
        2,
    )


def test_who_came_in_a_past_year_serves_the_year_that_runs() -> None:
    one = factories.appointment(arrived_on=date(2024, 8, 4))

    assert (one.cohort, one.year_of_service) == (2024, 3)
    assert (one.starts_on, one.ends_on) == (date(2026, 8, 5), date(2027, 8, 4))


def test_whoever_has_served_five_years_is_not_appointed_again() -> None:
    arrivals = arrival.serving(
        1, arrived_on=date(2021, 8, 1), moment=datetime(2026, 7, 1, tzinfo=UTC)
    )

    assert actions.appoint_many(arrivals, at=make.NOON) == 0


def test_who_is_only_expected_is_not_appointed() -> None:
    assert actions.appoint(arrival.expected(), at=make.NOON) == 0


def test_others_cannot_appoint() -> None:
    with pytest.raises(Refused, match="placement or events at CLAIR"):
        actions.appoint_many(arrival.serving(1), by=make.officer(Role.HOST), at=make.NOON)


@pytest.mark.parametrize("people", [3, 50])
def test_appointing_many_costs_no_more_queries_than_appointing_few(
    people: int, django_assert_num_queries: Callable[[int], AbstractContextManager[object]]
) -> None:
    rows = arrival.serving(people)

    with django_assert_num_queries(16):
        actions.appoint_many(rows, at=make.NOON)


def test_the_notice_is_sent_once_in_the_participants_language() -> None:
    one = factories.appointment()
    Person.objects.filter(pk=one.person_id).update(language="ja")
    one.refresh_from_db()
    officer = make.officer(Role.ORGANISATION, one.organisation)

    actions.give_notice(one, by=officer, at=make.NOON)

    post = Post.objects.get()
    assert (post.to, post.language, post.subject) == (one.person, "ja", "任用通知書（辞令）")
    assert one.noticed_at == make.NOON
    with pytest.raises(MoveNotAllowed):
        actions.give_notice(one, by=officer, at=make.NOON)
    assert Post.objects.count() == 1


def test_a_term_ends_early_with_its_ground_and_takes_the_seat_along() -> None:
    one = factories.appointment()
    officer = make.officer(Role.ORGANISATION, one.organisation)

    actions.end_early(
        one, ended_on=date(2026, 12, 31), ground=" Family ", by=officer, at=make.NOON
    )

    assert (one.state, one.ended_on, one.ground) == (
        State.ENDED_EARLY,
        date(2026, 12, 31),
        "Family",
    )
    assert one.last_day == date(2026, 12, 31)
    assert Seat.objects.get(person=one.person).ends_on == date(2026, 12, 31)
    assert [line.deed for line in Trace.objects.order_by("-number")[:2]] == [
        "end_early",
        "close_seat",
    ]


def test_an_early_end_lies_within_the_term_and_has_a_ground() -> None:
    one = factories.appointment()
    officer = make.officer(Role.ORGANISATION, one.organisation)

    with pytest.raises(actions.NotThatDay):
        actions.end_early(one, ended_on=one.ends_on, ground="x", by=officer, at=make.NOON)
    with pytest.raises(actions.NoGround):
        actions.end_early(
            one, ended_on=date(2026, 12, 31), ground="  ", by=officer, at=make.NOON
        )
    assert one.state == State.SERVING


def test_a_term_that_has_ended_does_not_end_again() -> None:
    one = factories.appointment()
    stale = Appointment.objects.get(pk=one.pk)
    officer = make.officer(Role.ORGANISATION, one.organisation)
    day = date(2026, 12, 31)
    actions.end_early(one, ended_on=day, ground="Family", by=officer, at=make.NOON)

    with pytest.raises(MoveNotAllowed):
        actions.end_early(stale, ended_on=day, ground="Again", by=officer, at=make.NOON)


def test_a_term_is_completed_on_its_last_day_at_the_earliest() -> None:
    one = factories.appointment()
    officer = make.officer(Role.ORGANISATION, one.organisation)

    with pytest.raises(actions.NotOverYet):
        actions.complete(one, by=officer, at=datetime(2027, 7, 26, 14, tzinfo=UTC))
    actions.complete(one, by=officer, at=datetime(2027, 7, 27, 1, tzinfo=UTC))

    assert one.state == State.COMPLETED


def test_terms_that_are_over_are_completed_by_themselves() -> None:
    over = factories.appointment()
    running = factories.appointment(arrived_on=date(2026, 8, 3))

    assert actions.complete_due(at=datetime(2027, 7, 28, 1, tzinfo=UTC)) == 1
    assert actions.complete_due(at=datetime(2027, 7, 28, 1, tzinfo=UTC)) == 0

    over.refresh_from_db()
    running.refresh_from_db()
    assert (over.state, running.state) == (State.COMPLETED, State.SERVING)


@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.HOST, Role.PARTICIPANT, Role.MIC])
def test_only_the_organisation_ends_a_term_or_sends_its_notice(role: Role) -> None:
    one = factories.appointment()
    office = {Role.HOST: None, Role.MIC: None}.get(role, one.organisation)
    other = make.officer(role, office)

    for refused in (
        lambda: actions.end_early(
            one, ended_on=date(2026, 12, 31), ground="x", by=other, at=make.NOON
        ),
        lambda: actions.give_notice(one, by=other, at=make.NOON),
        lambda: actions.complete(one, by=other, at=make.NOON),
        lambda: actions.set_supervisor(
            one.organisation,
            email="s@demo.invalid",
            family_name="",
            given_name="",
            starts_on=date(2026, 10, 1),
            by=other,
            at=make.NOON,
        ),
    ):
        with pytest.raises(Refused):
            refused()


def test_the_organisation_names_and_relieves_a_supervisor() -> None:
    place = arrival.organisation()
    officer = make.officer(Role.ORGANISATION, place)
    facts = {"email": "sato@demo.invalid", "family_name": "Sato", "given_name": "Yui"}
    day = date(2026, 10, 1)

    seat = actions.set_supervisor(place, **facts, starts_on=day, by=officer, at=make.NOON)

    assert (seat.person.email, seat.role, seat.office) == (
        "sato@demo.invalid",
        Role.SUPERVISOR,
        place,
    )
    with pytest.raises(SeatHeldAlready):
        actions.set_supervisor(place, **facts, starts_on=day, by=officer, at=make.NOON)
    actions.relieve_supervisor(seat, ends_on=date(2027, 3, 31), by=officer, at=make.NOON)
    seat.refresh_from_db()
    assert seat.ends_on == date(2027, 3, 31)


def test_a_supervisor_needs_an_address() -> None:
    place = arrival.organisation()

    with pytest.raises(actions.NotGiven):
        actions.set_supervisor(
            place,
            email=" ",
            family_name="Sato",
            given_name="",
            starts_on=date(2026, 10, 1),
            by=make.officer(Role.ORGANISATION, place),
            at=make.NOON,
        )
