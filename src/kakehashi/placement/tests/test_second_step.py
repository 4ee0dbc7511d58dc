import pytest

from kakehashi.directory.models import Office, Person
from kakehashi.directory.rules import OfficeKind, Role
from kakehashi.directory.tests import factories as directory
from kakehashi.kernel.lifecycle import MoveNotAllowed
from kakehashi.kernel.models import Post
from kakehashi.kernel.policy import Refused
from kakehashi.placement import actions
from kakehashi.placement.models import Placement
from kakehashi.placement.tests import factories as make
from kakehashi.placement.tests.pages import as_, at, read, status

pytestmark = pytest.mark.django_db
NOON = directory.NOON


def school(organisation: Office, name: str) -> Office:
    return directory.office(
        OfficeKind.WORKPLACE,
        parent=organisation,
        name_en=name,
        workplace_type="elementary-school",
        address=f"1-1 {name}",
    )


@pytest.fixture
def placement() -> Placement:
    return make.one_told()


@pytest.fixture
def officer(placement: Placement) -> Person:
    return make.officer_of(placement.request.organisation)


def letters() -> list[Post]:
    return list(Post.objects.filter(letter="placement/workplaces_assigned"))


def test_an_organisation_chooses_the_schools_and_the_person_reads_them(
    placement: Placement, officer: Person
) -> None:
    organisation = placement.request.organisation
    first, second = school(organisation, "Kita"), school(organisation, "Minami")
    client = as_(officer)
    assert "Kita" in read(officer, "assign", placement.pk)
    client.post(at("assign", placement.pk), {"workplaces": [first.pk, second.pk]})
    assert letters() == []  # nobody is told of a school before they are accepted

    actions.agree(placement, by=officer, at=NOON)
    client.post(at("assign", placement.pk), {"workplaces": [second.pk]})
    (letter,) = letters()
    assert letter.to == placement.person
    assert "Minami" in letter.body
    page = read(placement.person, "mine")
    assert "1-1 Minami" in page
    assert "Kita" not in page

    client.post(at("assign", placement.pk), {})
    assert list(placement.workplaces.all()) == []
    assert len(letters()) == 1


def test_a_school_of_another_organisation_cannot_be_chosen(
    placement: Placement, officer: Person
) -> None:
    ours, theirs = school(placement.request.organisation, "Kita"), make.organisation()
    foreign = school(theirs, "Foreign")
    answer = as_(officer).post(
        at("assign", placement.pk), {"workplaces": [ours.pk, foreign.pk]}
    )
    assert answer.status_code == 422
    with pytest.raises(actions.NotOurWorkplace):
        actions.assign(placement, workplaces=[foreign], by=officer, at=NOON)
    assert list(placement.workplaces.all()) == []


def test_who_has_no_school_yet_is_led_to_the_directory(
    placement: Placement, officer: Person
) -> None:
    page = read(officer, "assign", placement.pk)
    assert f'href="/directory/offices/{placement.request.organisation.pk}/"' in page


def test_only_the_organisation_chooses_and_only_while_somebody_is_to_come(
    placement: Placement, officer: Person
) -> None:
    host = make.host_officer(placement.request.organisation)
    mission = directory.officer(Role.MISSION, placement.application.mission)
    for person in (host, mission, make.clair()):
        assert status(person, "assign", placement.pk) == 403
        with pytest.raises(Refused):
            actions.assign(placement, workplaces=[], by=person, at=NOON)
    assert status(make.officer_of(make.organisation()), "assign", placement.pk) == 404
    actions.vacate(placement, ground="Withdrew.", by=make.clair(), at=NOON)
    with pytest.raises(MoveNotAllowed):
        actions.assign(placement, workplaces=[], by=officer, at=NOON)
