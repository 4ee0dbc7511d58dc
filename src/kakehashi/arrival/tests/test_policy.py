import pytest

from kakehashi.arrival.models import Arrival
from kakehashi.arrival.tests import factories
from kakehashi.directory.models import Person
from kakehashi.directory.rules import OfficeKind, Role
from kakehashi.directory.tests import factories as make
from kakehashi.kernel.scope import seen_by

pytestmark = pytest.mark.django_db


def _sees(person: Person) -> set[int]:
    return set(seen_by(person, Arrival).values_list("pk", flat=True))


@pytest.fixture
def two() -> tuple[Arrival, Arrival]:
    """One at Tottori's organisation, and one elsewhere who came in a past year."""
    other_host = make.host("pref-32")
    (other,) = factories.serving(1, factories.organisation("co-32201", parent=other_host))
    return factories.expected(), other


def test_one_sees_ones_own_arrival(two: tuple[Arrival, Arrival]) -> None:
    assert _sees(two[0].person) == {two[0].pk}


@pytest.mark.parametrize("role", [Role.ORGANISATION, Role.SUPERVISOR])
def test_an_organisation_sees_its_own(role: Role, two: tuple[Arrival, Arrival]) -> None:
    mine = make.officer(role, two[0].organisation)
    other = make.officer(role, factories.organisation("co-31999"))

    assert _sees(mine) == {two[0].pk}
    assert _sees(other) == set()


@pytest.mark.parametrize("role", [Role.HOST, Role.ADVISOR])
def test_a_host_body_sees_those_of_its_organisations(
    role: Role, two: tuple[Arrival, Arrival]
) -> None:
    assert _sees(make.officer(role)) == {two[0].pk}
    assert _sees(make.officer(role, make.host("pref-32"))) == {two[1].pk}
    assert _sees(make.officer(role, make.host("pref-33"))) == set()


def test_a_mission_sees_those_it_sent(two: tuple[Arrival, Arrival]) -> None:
    other = make.mission("paris", "FR")

    assert _sees(make.officer(Role.MISSION)) == {two[0].pk}
    assert _sees(make.officer(Role.MISSION, other)) == set()


@pytest.mark.parametrize(
    "role",
    [Role.CLAIR_EVENTS, Role.CLAIR_PLACEMENT, Role.CLAIR_DESK, Role.MOFA, Role.MIC, Role.MEXT],
)
def test_clair_and_the_ministries_see_all(role: Role, two: tuple[Arrival, Arrival]) -> None:
    assert _sees(make.officer(role)) == {two[0].pk, two[1].pk}


@pytest.mark.parametrize("role", [Role.READER, Role.INTERVIEWER, Role.PARTICIPANT])
def test_no_other_seat_shows_anything(role: Role, two: tuple[Arrival, Arrival]) -> None:
    assert two
    office = make.office(OfficeKind.ORGANISATION, "co-31302")

    assert _sees(make.officer(role, office)) == set()
    assert _sees(make.person()) == set()
