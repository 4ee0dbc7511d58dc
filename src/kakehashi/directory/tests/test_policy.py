import pytest

from kakehashi.directory.models import Person, Seat
from kakehashi.directory.policy import policy
from kakehashi.directory.rules import Role
from kakehashi.directory.tests import factories as make
from kakehashi.kernel.scope import seen_by

pytestmark = pytest.mark.django_db


def known_to(person: Person) -> set[int]:
    return {*seen_by(person, Person).values_list("pk", flat=True)}


def test_a_stranger_knows_of_themselves_and_of_officers_only() -> None:
    stranger, applicant = make.person(), make.person()
    officer = make.officer(Role.MISSION)
    participant = make.officer(Role.PARTICIPANT, make.office())
    assert known_to(stranger) == {stranger.pk, officer.pk}
    assert participant.pk not in known_to(applicant)
    assert {*seen_by(stranger, Seat).values_list("person", flat=True)} == {officer.pk}


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
