from datetime import date, timedelta

import pytest

from kakehashi.directory.models import Person, Seat
from kakehashi.directory.policy import policy
from kakehashi.directory.rules import Role
from kakehashi.directory.tests import factories as make
from kakehashi.kernel.scope import seen_by

pytestmark = pytest.mark.django_db


def known_to(person: Person) -> set[int]:
    return {*seen_by(person, Person).values_list("pk", flat=True)}


def test_whoever_has_only_opened_an_account_knows_of_nobody_else() -> None:
    stranger = make.person()
    make.officer(Role.MISSION)
    make.officer(Role.PARTICIPANT, make.office())

    assert known_to(stranger) == {stranger.pk}
    assert list(seen_by(stranger, Seat)) == []


def test_officers_know_of_officers_while_they_are_that() -> None:
    reader, mofa = make.officer(Role.READER), make.officer(Role.MOFA)
    participant = make.officer(Role.PARTICIPANT, make.office())
    assert known_to(reader) == known_to(mofa) == {reader.pk, mofa.pk}
    assert known_to(participant) == {reader.pk, mofa.pk, participant.pk}

    mofa.seats.update(starts_on=date(2025, 4, 1), ends_on=make.TODAY - timedelta(days=1))
    assert known_to(reader) == {reader.pk}


def test_a_participant_who_has_left_is_known_to_their_organisation_no_more() -> None:
    mine = make.office()
    officer = make.officer(Role.ORGANISATION, mine)
    participant = make.officer(Role.PARTICIPANT, mine)
    participant.seats.update(starts_on=date(2025, 8, 1), ends_on=make.TODAY)
    assert known_to(officer) == {officer.pk, participant.pk}

    participant.seats.update(ends_on=make.TODAY - timedelta(days=1))
    assert known_to(officer) == {officer.pk}


def test_participants_are_known_to_their_own_organisation_and_its_host_body() -> None:
    host, other = make.host("pref-31"), make.host("pref-32")
    mine = make.office(parent=host)
    participant = make.officer(Role.PARTICIPANT, mine)
    right = [
        make.officer(Role.ORGANISATION, mine),
        make.officer(Role.SUPERVISOR, mine),
        make.officer(Role.HOST, host),
        make.officer(Role.ADVISOR, host),
        make.officer(Role.CLAIR_DESK),
    ]
    wrong = [
        make.officer(Role.ORGANISATION, make.office(parent=host)),
        make.officer(Role.HOST, other),
        make.officer(Role.MISSION),
    ]
    assert all(participant.pk in known_to(one) for one in right)
    assert not any(participant.pk in known_to(one) for one in wrong)


@pytest.mark.parametrize(
    ("action", "role"),
    [
        ("import_organisations", Role.CLAIR_DESK),
        ("import_people", Role.OPERATOR),
        ("open_seat", Role.OPERATOR),
        ("close_seat", Role.OPERATOR),
        ("load_pack", Role.OPERATOR),
        ("register_people", Role.MISSION),
        ("open_participant_seat", Role.CLAIR_EVENTS),
    ],
)
def test_the_register_is_kept_by_those_the_policy_names(action: str, role: Role) -> None:
    assert policy.allows(make.officer(role), action, None)
    assert not policy.allows(make.officer(Role.PARTICIPANT, make.office()), action, None)
    assert not policy.allows(make.person(), action, None)


def test_a_seat_of_another_organisation_is_none_of_ones_business() -> None:
    mine, other = make.office(), make.office()
    officer = make.officer(Role.ORGANISATION, mine)
    assert policy.allows(officer, "open_supervisor_seat", mine)
    assert not policy.allows(officer, "open_supervisor_seat", other)
    assert not policy.allows(officer, "open_supervisor_seat", None)
