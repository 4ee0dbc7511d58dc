import pytest

from kakehashi.appointment.models import Appointment
from kakehashi.appointment.tests import factories
from kakehashi.arrival.tests import factories as arrival
from kakehashi.directory.models import Person
from kakehashi.directory.rules import Role
from kakehashi.directory.tests import factories as make
from kakehashi.kernel.scope import seen_by

pytestmark = pytest.mark.django_db


def _sees(person: Person) -> set[int]:
    return set(seen_by(person, Appointment).values_list("pk", flat=True))


@pytest.fixture
def two() -> tuple[Appointment, Appointment]:
    """One under Tottori, one under Shimane."""
    other = arrival.organisation("co-32201", parent=make.host("pref-32"))
    return factories.appointment(), factories.appointment(other)


def test_one_sees_ones_own_and_no_colleagues(two: tuple[Appointment, Appointment]) -> None:
    colleague = factories.appointment(two[0].organisation)

    assert _sees(two[0].person) == {two[0].pk}
    assert _sees(colleague.person) == {colleague.pk}


@pytest.mark.parametrize("role", [Role.ORGANISATION, Role.SUPERVISOR])
def test_an_organisation_sees_its_own(role: Role, two: tuple[Appointment, Appointment]) -> None:
    assert _sees(make.officer(role, two[0].organisation)) == {two[0].pk}
    assert _sees(make.officer(role, arrival.organisation("co-31999"))) == set()


@pytest.mark.parametrize("role", [Role.HOST, Role.ADVISOR])
def test_a_host_body_sees_those_of_its_organisations(
    role: Role, two: tuple[Appointment, Appointment]
) -> None:
    assert _sees(make.officer(role)) == {two[0].pk}
    assert _sees(make.officer(role, make.host("pref-33"))) == set()


@pytest.mark.parametrize(
    "role", [Role.CLAIR_PLACEMENT, Role.CLAIR_COORDINATOR, Role.CLAIR_FINANCE]
)
def test_clair_sees_all(role: Role, two: tuple[Appointment, Appointment]) -> None:
    assert _sees(make.officer(role)) == {two[0].pk, two[1].pk}


@pytest.mark.parametrize("role", [Role.MOFA, Role.MIC, Role.MISSION, Role.READER, Role.AUDITOR])
def test_no_other_seat_shows_anything(role: Role, two: tuple[Appointment, Appointment]) -> None:
    assert two
    assert _sees(make.officer(role)) == set()
    assert _sees(make.person()) == set()
