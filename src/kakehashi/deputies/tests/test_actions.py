from datetime import date, datetime, timedelta

import pytest

from kakehashi.deputies import actions, queries
from kakehashi.deputies.lifecycle import DEPUTY, State
from kakehashi.deputies.models import Deputy
from kakehashi.deputies.policy import policy
from kakehashi.directory.actions import close_seat
from kakehashi.directory.models import Office, Person, Seat
from kakehashi.directory.policy import holds, seats_of
from kakehashi.directory.rules import OfficeKind, Rank, Role
from kakehashi.directory.tests import factories as make
from kakehashi.kernel.models import Trace
from kakehashi.kernel.policy import ONESELF, Refused
from kakehashi.kernel.scope import seen_by
from kakehashi.kernel.testing import assert_sound
from kakehashi.kernel.trail import record, subject_of, verify_trail
from kakehashi.recruitment.models import Application
from kakehashi.recruitment.policy import policy as applications
from kakehashi.recruitment.tests import factories as recruitment

pytestmark = pytest.mark.django_db
WEEK = (make.TODAY, make.TODAY + timedelta(days=6))


def seat_of(person: Person) -> Seat:
    return person.seats.get(acts_for=None)


def name(
    absent: Person, deputy: Person, days: tuple[date, date] = WEEK, **facts: object
) -> Deputy:
    facts = {"by": absent, "at": make.NOON} | facts
    return actions.name_deputy(
        seat_of(absent),
        person=deputy,
        starts_on=days[0],
        ends_on=days[1],
        **facts,  # type: ignore[arg-type]  # by and at
    )


def acting(deputy: Deputy, on: date = make.TODAY) -> Person:
    """Sign the deputy in anew, acting in the absent person's name."""
    person = Person.objects.get(pk=deputy.person_id)
    person.as_of = on
    person.acts_from, person.in_name_of = deputy.acting_seat_id, deputy.seat.person_id
    return person


def ministry() -> Office:
    return make.office(OfficeKind.MINISTRY, "MIC")


def test_a_deputy_moves_only_along_the_diagram() -> None:
    assert_sound(DEPUTY, policy, actions)


def test_a_colleague_stands_at_once_and_acts_from_that_seat_alone_on_those_days() -> None:
    mic, mofa = make.officer(Role.MIC), make.officer(Role.MOFA, ministry())
    made = name(mic, mofa)
    assert made.state == State.STANDING

    assert [held.role for held in seats_of(mofa)] == [Role.MOFA]
    assert [held.role for held in seats_of(acting(made))] == [Role.MIC]
    assert [held.role for held in seats_of(acting(made, WEEK[1]))] == [Role.MIC]
    assert seats_of(acting(made, WEEK[0] - timedelta(1))) == ()
    assert seats_of(acting(made, WEEK[1] + timedelta(1))) == ()


def test_who_sits_elsewhere_waits_for_the_head_of_the_office() -> None:
    mic, mofa = make.officer(Role.MIC), make.officer(Role.MOFA)
    head, other = make.officer(Role.MIC), make.officer(Role.MIC)
    head.seats.update(rank=Rank.HEAD)
    made = name(mic, mofa)
    assert (made.state, made.acting_seat) == (State.NAMED, None)
    assert list(queries.to_accept(other)) == []
    with pytest.raises(Refused):
        actions.accept(made, by=mofa, at=make.NOON)

    assert queries.to_accept(head) == [made]
    actions.accept(made, by=head, at=make.NOON)
    assert holds(acting(made), Role.MIC)


def test_nobody_stands_in_for_themselves_twice_at_once_in_a_chain_or_as_a_participant() -> None:
    office = ministry()
    mic, first, second = (make.officer(Role.MIC, office) for _ in range(3))
    participant = make.officer(Role.PARTICIPANT, make.office())
    name(mic, first)
    for absent, deputy, field in (
        (mic, second, "starts_on"),  # two at once
        (second, second, "email"),  # oneself
        (second, mic, "email"),  # who is away
        (second, participant, "email"),
    ):
        with pytest.raises(actions.NoDeputy) as refused:
            name(absent, deputy)
        assert refused.value.field == field
    derived = first.seats.get(acts_for__isnull=False)
    with pytest.raises(actions.NoDeputy):
        actions.name_deputy(
            derived, person=second, starts_on=WEEK[0], ends_on=WEEK[1], by=first, at=make.NOON
        )
    later = (WEEK[1] + timedelta(1), WEEK[1] + timedelta(2))
    assert name(mic, second, later).state == State.STANDING


@pytest.mark.parametrize(
    ("start", "end", "field"),
    [(1, 0, "ends_on"), (-9, -3, "ends_on"), (0, 400, "ends_on"), (-400, 3, "starts_on")],
)
def test_days_that_cannot_be_are_refused_at_their_field(
    start: int, end: int, field: str
) -> None:
    office = ministry()
    mic, other = make.officer(Role.MIC, office), make.officer(Role.MIC, office)
    days = (make.TODAY + timedelta(start), make.TODAY + timedelta(end))
    if start == -400:
        days = (date(2026, 3, 31), make.TODAY)
    with pytest.raises(actions.NoDeputy) as refused:
        name(mic, other, days)
    assert refused.value.field == field


def test_only_the_holder_the_head_and_the_operator_name_a_deputy() -> None:
    office = ministry()
    mic, other = make.officer(Role.MIC, office), make.officer(Role.MIC, office)
    with pytest.raises(Refused):
        name(mic, other, by=other)
    deputy = name(mic, other)
    with pytest.raises(Refused):  # a deputy does not pass the seat on
        name(mic, make.officer(Role.MIC, office), by=acting(deputy))
    actions.withdraw(deputy, by=mic, at=make.NOON)
    assert name(mic, other, by=make.officer(Role.OPERATOR)).state == State.STANDING


def test_withdrawn_it_ends_at_once() -> None:
    office = ministry()
    mic, other = make.officer(Role.MIC, office), make.officer(Role.MIC, office)
    made = name(mic, other)
    actions.withdraw(made, by=other, at=make.NOON)
    assert Seat.objects.filter(acts_for__isnull=False).count() == 0

    again = name(mic, other)
    tomorrow = make.NOON + timedelta(days=1)
    actions.withdraw(again, by=mic, at=tomorrow)
    assert again.acting_seat is not None
    again.acting_seat.refresh_from_db()
    assert again.acting_seat.ends_on == make.TODAY
    assert seats_of(acting(again, make.TODAY + timedelta(1))) == ()


def test_the_deputys_rights_end_with_the_seat_they_stand_for() -> None:
    office, operator = ministry(), make.officer(Role.OPERATOR)
    mic, other = make.officer(Role.MIC, office), make.officer(Role.MIC, office)
    made = name(mic, other)
    close_seat(seat_of(mic), ends_on=make.TODAY, by=operator, at=make.NOON)
    assert holds(acting(made), Role.MIC)
    assert seats_of(acting(made, make.TODAY + timedelta(1))) == ()


def test_the_trail_says_by_whom_for_whom_and_both_read_it() -> None:
    office = ministry()
    mic, other, third = (make.officer(Role.MIC, office) for _ in range(3))
    made = name(mic, other)
    deputy = acting(made)
    record("intake.plan/1", "submit_plan", by=deputy, at=make.NOON)
    line = Trace.objects.latest("number")
    assert line.by == f"{subject_of(other)} for {subject_of(mic)}"
    assert verify_trail() is None

    for reader in (mic, other, deputy):
        assert list(queries.done_meanwhile(reader, made)) == [line]
    assert list(queries.done_meanwhile(third, made)) == []
    record("intake.plan/2", "submit_plan", by=other, at=make.NOON)
    assert list(queries.done_meanwhile(mic, made)) == [line]


def test_a_deputy_neither_sees_nor_decides_their_own_case() -> None:
    mission = make.mission()
    absent, deputy = (make.officer(Role.MISSION, mission) for _ in range(2))
    own = recruitment.application(deputy, at=mission)
    other = recruitment.application(at=mission)
    made = name(absent, deputy)
    person = acting(made)
    assert {*seen_by(absent, Application)} == {own, other}
    assert {*seen_by(person, Application)} == {other}
    assert not any(applications.allows(person, line, own) for line in applications.lines)
    with pytest.raises(Refused, match=str(ONESELF)):
        applications.require(person, "withdraw", own)


def test_absences_are_known_in_the_office_and_nowhere_else() -> None:
    office = ministry()
    mic, other, colleague = (make.officer(Role.MIC, office) for _ in range(3))
    made = name(mic, other, reason="leave")
    knowing = [mic, other, colleague, make.officer(Role.AUDITOR), make.officer(Role.OPERATOR)]
    strangers = [make.officer(Role.MOFA), make.officer(Role.CLAIR_PLACEMENT), make.person()]
    assert [list(queries.deputies_for(one)) for one in knowing] == [[made]] * 5
    assert [list(queries.deputies_for(one)) for one in strangers] == [[]] * 3


def test_a_moment_of_the_night_in_tokyo_counts_as_that_day() -> None:
    office = ministry()
    mic, other = make.officer(Role.MIC, office), make.officer(Role.MIC, office)
    late = datetime.combine(make.TODAY, datetime.min.time(), make.NOON.tzinfo)  # 9:00 in Tokyo
    with pytest.raises(actions.NoDeputy):
        name(mic, other, (make.TODAY - timedelta(2), make.TODAY - timedelta(1)), at=late)
