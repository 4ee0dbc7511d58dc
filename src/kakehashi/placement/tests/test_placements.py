import pytest

from kakehashi.directory.rules import Role
from kakehashi.directory.tests import factories as directory
from kakehashi.intake.tests import factories as intake
from kakehashi.kernel import jobs
from kakehashi.kernel.lifecycle import MoveNotAllowed
from kakehashi.kernel.models import Post
from kakehashi.kernel.policy import Refused
from kakehashi.placement import actions, figures, queries
from kakehashi.placement.lifecycle import PlacementState
from kakehashi.placement.models import Placement
from kakehashi.placement.tests import factories as make
from kakehashi.recruitment.queries import more_about

pytestmark = pytest.mark.django_db
NOON = directory.NOON


def test_the_organisation_accepts_and_the_candidate_has_its_letter() -> None:
    placement = make.one_told()
    officer = make.officer_of(placement.request.organisation)
    actions.agree(placement, by=officer, at=NOON)

    assert placement.state == PlacementState.AGREED
    letter = Post.objects.get(letter="placement/placement_accepted")
    assert letter.to == placement.person
    assert list(queries.agreed_placements(intake.year())) == [placement]
    jobs.drain()
    letter.refresh_from_db()
    assert letter.sent_at is not None


def test_the_organisation_objects_with_a_ground_and_may_still_accept() -> None:
    placement = make.one_told()
    officer = make.officer_of(placement.request.organisation)
    with pytest.raises(actions.GroundMissing):
        actions.object(placement, ground=" ", by=officer, at=NOON)
    actions.object(placement, ground="The post was cut.", by=officer, at=NOON)
    assert (placement.state, placement.ground) == (
        PlacementState.OBJECTED,
        "The post was cut.",
    )

    actions.agree(placement, by=officer, at=NOON)
    assert (placement.state, placement.ground) == (
        PlacementState.AGREED,
        "The post was cut.",
    )


def test_clair_answers_an_objection_once_and_the_organisation_is_asked_again() -> None:
    placement = make.one_told()
    officer = make.officer_of(placement.request.organisation)
    beside = make.officer_of(make.organisation())
    actions.object(placement, ground="CANARY: the post was cut.", by=officer, at=NOON)
    with pytest.raises(actions.GroundMissing):
        actions.answer(placement, ground=" ", by=make.clair(), at=NOON)
    for person in (officer, beside, directory.officer(Role.HOST)):
        with pytest.raises(Refused):
            actions.answer(placement, ground="No.", by=person, at=NOON)

    actions.answer(placement, ground="The post is in the plan.", by=make.clair(), at=NOON)
    assert (placement.state, placement.answer) == (
        PlacementState.TOLD,
        "The post is in the plan.",
    )
    letter = Post.objects.get(letter="placement/objection_answered", to=officer)
    assert "CANARY" not in letter.body
    assert "in the plan" not in letter.body

    with pytest.raises(Refused, match="CLAIR has not answered an objection"):
        actions.object(placement, ground="Once more.", by=officer, at=NOON)
    actions.agree(placement, by=officer, at=NOON)
    assert (placement.state, placement.answer) == (
        PlacementState.AGREED,
        "The post is in the plan.",
    )


@pytest.mark.parametrize("role", [Role.HOST, Role.CLAIR_PLACEMENT, Role.MISSION])
def test_nobody_answers_for_the_organisation(role: Role) -> None:
    placement = make.one_told()
    strangers = [directory.officer(role), make.officer_of(make.organisation())]

    for person in strangers:
        with pytest.raises(Refused):
            actions.agree(placement, by=person, at=NOON)
        with pytest.raises(Refused):
            actions.object(placement, ground="No.", by=person, at=NOON)
    assert Placement.objects.get().state == PlacementState.TOLD


def test_many_people_are_accepted_with_one_letter_each() -> None:
    office = make.organisation()
    make.accepted(office, seats=3)
    make.people({}, {}, {})
    rows = make.released(make.solved())
    officer = make.officer_of(office)

    assert actions.agree_many(rows, by=officer, at=NOON) == 3
    assert Post.objects.filter(letter="placement/placement_accepted").count() == 3
    with pytest.raises(MoveNotAllowed):
        actions.agree_many(rows, by=officer, at=NOON)
    assert actions.agree_many([], by=officer, at=NOON) == 0


def test_a_vacated_place_is_open_for_the_next_run_and_the_person_is_told_anew() -> None:
    placement = make.one_told()
    clair = make.clair()
    with pytest.raises(Refused):
        actions.vacate(
            placement,
            ground="No.",
            by=make.officer_of(placement.request.organisation),
            at=NOON,
        )
    actions.vacate(placement, ground="The school closes.", by=clair, at=NOON)
    assert figures.placed(intake.year()) == 0

    (again,) = make.released(make.solved())
    assert (again.application, again.state) == (placement.application, PlacementState.TOLD)
    decisions = Post.objects.filter(to=placement.person, letter__endswith="candidate")
    assert sorted(decisions.values_list("decision", flat=True)) == [
        "placement:2027",
        "placement:2027:2",
    ]


def letters_of_leaving() -> list[tuple[str, int]]:
    kinds = {"placement/place_withdrawn", "placement/placement_vacated"}
    found = Post.objects.filter(letter__in=kinds).values_list("letter", "to_id")
    return sorted((letter.split("/")[1], person) for letter, person in found)


def test_whoever_was_told_of_a_place_is_told_that_it_no_longer_stands_not_why() -> None:
    placement = make.one_told()
    organisation = placement.request.organisation
    new = {make.officer_of(organisation).pk, make.host_officer(organisation).pk}
    make.officer_of(make.organisation())
    notices = Post.objects.filter(letter__startswith="placement/placement_notice_")
    told = set(notices.values_list("to_id", flat=True))
    assert placement.person.pk in told
    actions.vacate(placement, ground="CANARY: the school closes.", by=make.clair(), at=NOON)
    assert letters_of_leaving() == [
        ("place_withdrawn", placement.person.pk),
        *(("placement_vacated", it) for it in sorted((told | new) - {placement.person.pk})),
    ]
    assert not Post.objects.filter(body__contains="CANARY").exists()


def test_whoever_has_declined_is_not_promised_another_place() -> None:
    placement = make.one_told()
    make.withdraw(placement.application)
    actions.vacate(placement, ground="They declined.", by=make.clair(), at=NOON)
    assert ("place_withdrawn", placement.person.pk) not in letters_of_leaving()


def test_a_stale_page_cannot_accept_twice() -> None:
    placement = make.one_told()
    officer = make.officer_of(placement.request.organisation)
    (stale,) = make.told(placement.run)
    actions.agree(placement, by=officer, at=NOON)

    with pytest.raises(MoveNotAllowed):
        actions.agree(stale, by=officer, at=NOON)
    assert Post.objects.filter(letter="placement/placement_accepted").count() == 1


def test_the_applicant_s_own_page_tells_of_the_placement_once_it_is_told() -> None:
    make.accepted()
    (application,) = make.people({})
    run = make.solved()

    def titles() -> list[str]:
        return [str(more.title) for more in more_about(application)]

    assert "You have been placed" not in titles()
    make.released(run)
    assert "You have been placed" in titles()


def test_each_side_reads_the_reasons_that_are_its_own() -> None:
    france = directory.country("FR")
    make.accepted(wished_country=france, predecessor_country=france, wished_japanese="N5")
    make.people({"wish_1": directory.prefecture("31")})
    (placement,) = make.released(make.solved())
    office = placement.request.organisation

    def said(person: object) -> list[tuple[str, int | None]]:
        shown = queries.reasons_shown(person, placement)  # type: ignore[arg-type]  # a person
        return [(str(words), cost) for words, cost in shown]

    wish = "The first wish for a prefecture is met"
    hoped = "The organisation hoped for another nationality"
    kept = "The organisation hoped to keep the nationality of whoever leaves"
    spoken = "The Japanese is below what the organisation hoped for"
    assert said(make.clair()) == [(wish, 0), (hoped, 50), (kept, 20), (spoken, 30)]
    assert said(placement.person) == [(wish, None)]
    assert said(directory.officer(Role.MISSION)) == [(wish, None)]
    theirs = [(hoped, None), (kept, None), (spoken, None)]
    assert said(make.officer_of(office)) == theirs
    assert said(make.host_officer(office)) == theirs
    assert said(directory.officer(Role.MOFA)) == []


def test_each_side_prints_its_own_notice() -> None:
    placement = make.one_told()
    office = placement.request.organisation

    def kinds(person: object) -> list[str]:
        return queries.notices_for(person, placement)  # type: ignore[arg-type]  # a person

    assert kinds(placement.person) == ["candidate"]
    assert kinds(directory.officer(Role.MISSION)) == ["candidate"]
    assert kinds(make.officer_of(office)) == ["organisation"]
    assert kinds(make.host_officer(office)) == ["host"]
    assert kinds(make.clair()) == ["candidate", "organisation", "host"]
    assert kinds(directory.officer(Role.MIC)) == []


def test_figures_count_who_has_a_live_place() -> None:
    placement = make.one_told()
    year, request = intake.year(), placement.request

    assert figures.placed(year) == 1
    assert figures.placed_by(year) == {
        (placement.application.country_id, request.position_id): 1
    }
    assert figures.placed_by_host(year) == [
        figures.PlacedAt(
            host=request.organisation.parent_id, position=request.position_id, count=1
        )
    ]
    assert figures.placed_by_region(year) == {"Region": 1}
