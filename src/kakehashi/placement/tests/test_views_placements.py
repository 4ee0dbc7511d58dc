import pytest

from kakehashi.directory.tests import factories as directory
from kakehashi.placement.lifecycle import PlacementState
from kakehashi.placement.models import (
    Placement,
)
from kakehashi.placement.tests import factories as make
from kakehashi.placement.tests.pages import as_, at, read

pytestmark = pytest.mark.django_db
NOON = directory.NOON


def test_the_organisation_accepts_and_objects_in_the_browser() -> None:
    placement = make.one_told()
    officer = as_(make.officer_of(placement.request.organisation))

    assert officer.get(at("object", placement.pk)).status_code == 200
    assert officer.post(at("object", placement.pk), {"ground": ""}).status_code == 422
    officer.post(at("object", placement.pk), {"ground": "The post was cut."})
    assert Placement.objects.get().state == PlacementState.OBJECTED
    assert "The post was cut." in read(make.clair(), "placement", placement.pk)
    officer.post(at("agree", placement.pk))
    assert Placement.objects.get().state == PlacementState.AGREED
    assert officer.post(at("agree", placement.pk)).status_code == 409
    assert officer.get(at("vacate", placement.pk)).status_code == 403


def test_an_objection_is_answered_in_the_browser_and_accepted() -> None:
    placement = make.one_told()
    organisation = make.officer_of(placement.request.organisation)
    officer, clair = as_(organisation), as_(make.clair())
    officer.post(at("object", placement.pk), {"ground": "The post was cut."})

    assert "The post was cut." in clair.get(at("answer", placement.pk)).content.decode()
    assert officer.get(at("answer", placement.pk)).status_code == 403
    assert clair.post(at("answer", placement.pk), {"ground": ""}).status_code == 422
    answer = clair.post(at("answer", placement.pk), {"ground": "It is in the plan."})
    assert answer["Location"] == at("placement", placement.pk)
    assert clair.post(at("answer", placement.pk), {"ground": "Again."}).status_code == 409

    page = read(organisation, "placement", placement.pk)
    assert "It is in the plan." in page
    assert f'href="{at("object", placement.pk)}"' not in page
    assert officer.get(at("object", placement.pk)).status_code == 403
    officer.post(at("agree", placement.pk))
    assert Placement.objects.get().state == PlacementState.AGREED
    assert "It is in the plan." not in read(placement.person, "mine")


def test_many_people_are_accepted_from_the_list() -> None:
    office = make.organisation()
    make.accepted(office, seats=2)
    make.people({}, {})
    rows = make.released(make.solved())
    ticked = {"row": [str(row.pk) for row in rows]}
    as_(make.officer_of(office)).post(at("agree_many"), ticked)

    assert {row.state for row in Placement.objects.all()} == {PlacementState.AGREED}


def test_clair_vacates_with_a_ground() -> None:
    placement = make.one_told()
    as_(make.clair()).post(at("vacate", placement.pk), {"ground": "The school closes."})

    assert Placement.objects.get().state == PlacementState.VACATED


def test_a_candidate_reads_where_they_go_and_takes_the_notice() -> None:
    make.accepted(workplace="Hoshikawa Junior High School", duties="Teach with us.")
    make.people({"wish_1": directory.prefecture("31")})
    run = make.solved()
    person = Placement.objects.get().person
    assert "You have not been placed" in read(person, "mine")

    (placement,) = make.released(run)
    page = read(person, "mine")
    for words in (
        "Hoshikawa Junior High School",
        "Teach with us.",
        "It is your first wish for a prefecture",
    ):
        assert words in page
    paper = as_(person).get(at("notice", placement.pk, "candidate", "ja"))
    assert paper.content.startswith(b"%PDF-")
    assert as_(person).get(at("notice", placement.pk, "host", "en")).status_code == 404
    assert as_(person).get(at("notice", placement.pk, "candidate", "fr")).status_code == 404


def test_pages_speak_japanese() -> None:
    placement = make.one_told()
    client = as_(placement.person)

    for name in ("mine", "placements", "requests"):
        assert client.get(at(name), headers={"Accept-Language": "ja"}).status_code == 200
