"""The desk: the list, the papers, applications that came on paper."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kakehashi.directory.rules import Role
from kakehashi.directory.tests import factories as make
from kakehashi.intake.tests import factories as plan
from kakehashi.kernel.models import Post
from kakehashi.recruitment import actions
from kakehashi.recruitment.lifecycle import State
from kakehashi.recruitment.models import Application, PaperCheck
from kakehashi.recruitment.tests import factories as ours
from kakehashi.recruitment.tests.test_views import signed_in, text, url

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("many", [1, 3, 100])
@pytest.mark.parametrize("role", [Role.MISSION, Role.MOFA])
def test_the_list_costs_the_same_however_long_it_is(many: int, role: Role) -> None:
    rows = [
        {
            "email": f"applicant{number}@demo.invalid",
            "family_name": f"Family{number}",
            "nationality": make.country(),
            "mission": ours.mission(),
            "position": plan.position(),
            "year": plan.year(),
        }
        for number in range(many)
    ]
    actions.import_applications(rows, by=make.officer(Role.MOFA), at=make.NOON)
    client = signed_in(make.officer(role))
    with CaptureQueriesContext(connection) as asked:
        page = client.get(url("applications"))
    assert page.status_code == 200
    assert len(asked) == QUERIES_OF_A_LIST


QUERIES_OF_A_LIST = 9


def test_the_list_is_narrowed_by_state_position_and_words() -> None:
    one = ours.application(family_name="Abel")
    two = ours.application(position="CIR", family_name="Baker", state=State.COMPLETE)
    client = signed_in(ours.coordinator())

    def shown(**asked: str) -> list[bool]:
        page = text(client.get(url("applications"), asked))
        return [one.number in page, two.number in page]

    assert shown() == [True, True]
    assert shown(state="complete") == [False, True]
    assert shown(position="ALT") == [True, False]
    assert shown(q="Abel") == [True, False]
    assert shown(q=two.number) == [False, True]
    assert shown(q=one.person.email) == [True, False]
    assert shown(q="Maya Baker") == [False, True]
    assert shown(q="nobody at all") == [False, False]


def test_the_table_leaves_as_csv_for_the_desk() -> None:
    one = ours.application()
    other = ours.application(at=ours.mission("cork"))
    page = signed_in(ours.coordinator()).get(url("applications"), {"format": "csv"})
    assert one.number in text(page)
    assert other.number not in text(page)


def test_the_mission_ticks_a_paper_and_finds_the_application_complete() -> None:
    mine, paper = ours.application(), ours.paper("transcript")
    client = signed_in(ours.coordinator())
    here = url("application", mine.pk)
    bad = client.post(url("check_paper", mine.pk, paper.pk), {"received_on": "yesterday"})
    assert bad.headers["Location"] == here
    assert "Write the day on which the paper came." in text(client.get(here))
    client.post(url("check_paper", mine.pk, paper.pk), {"received_on": "2026-10-01"})
    assert PaperCheck.objects.get().received_on.isoformat() == "2026-10-01"
    assert "Has come" in text(signed_in(mine.person).get(url("mine")))
    client.post(url("uncheck_paper", mine.pk, paper.pk))
    assert PaperCheck.objects.count() == 0
    client.post(url("complete", mine.pk), {"version": mine.version})
    mine.refresh_from_db()
    assert mine.state == State.COMPLETE
    stale = client.post(url("complete", mine.pk), {"version": 0})
    assert stale.status_code == 409


def test_a_sealed_paper_cannot_be_ticked_by_hand_either() -> None:
    mine, sealed = ours.application(), ours.paper("medical", kind="sealed")
    client = signed_in(ours.coordinator())
    client.post(url("check_paper", mine.pk, sealed.pk), {"received_on": "2026-10-01"})
    assert PaperCheck.objects.count() == 0
    assert "kept by the mission on paper" in text(client.get(url("application", mine.pk)))


def test_before_a_letter_of_missing_papers_leaves_its_list_is_shown() -> None:
    mine = ours.application()
    ours.paper("nationality")
    client = signed_in(ours.coordinator())
    asked = text(client.get(url("find_incomplete", mine.pk)))
    assert "Paper nationality" in asked
    assert Application.objects.get(pk=mine.pk).state == State.SUBMITTED
    client.post(url("find_incomplete", mine.pk), {"version": mine.version})
    assert Application.objects.get(pk=mine.pk).state == State.INCOMPLETE
    assert Post.objects.filter(letter="recruitment/papers_missing").count() == 1


def test_many_are_found_complete_or_written_to_after_their_names_were_shown() -> None:
    several = [ours.application() for _ in range(3)]
    foreign = ours.application(at=ours.mission("cork"))
    client = signed_in(ours.coordinator())
    ticked = {"row": [several[0].pk, several[1].pk, foreign.pk, "x"]}
    names = client.post(url("find_incomplete_many"), ticked)
    assert several[0].number in text(names)
    assert foreign.number not in text(names)
    assert Post.objects.filter(letter="recruitment/papers_missing").count() == 0
    client.post(url("find_incomplete_many"), ticked | {"confirmed": "yes"})
    assert Post.objects.filter(letter="recruitment/papers_missing").count() == 2
    client.post(url("complete_many"), {"all": "yes"})
    states = dict(Application.objects.values_list("pk", "state"))
    assert [states[one.pk] for one in [*several, foreign]] == [
        "complete",
        "complete",
        "complete",
        "submitted",
    ]
    nothing = client.post(url("find_incomplete_many"), {})
    assert nothing.headers["Location"] == url("applications")


def test_the_findings_name_the_rule_and_its_source() -> None:
    mine = ours.application(months_in_japan=80)
    page = text(signed_in(ours.coordinator()).get(url("application", mine.pk)))
    assert "Six years or more in Japan; count only the last ten years." in page
    assert "E11 · MN22 (2022)" in page


def test_a_paper_application_is_typed_page_by_page_by_the_mission() -> None:
    here = ours.mission()
    plan.year()
    client = signed_in(ours.coordinator())
    typed = {
        "email": "paper@demo.invalid",
        "family_name": "Paper",
        "given_name": "Pat",
        "country": "IE",
        "mission": here.pk,
        "position": plan.position().pk,
    }
    assert client.get(url("key_paper")).status_code == 200
    begun = client.post(url("key_paper"), typed)
    mine = Application.objects.get()
    assert begun.headers["Location"] == url("section", mine.pk, "about")
    assert client.get(url("section", mine.pk, "living")).status_code == 200
    twice = client.post(url("key_paper"), typed)
    assert "There is already an application of this year." in text(twice)
    elsewhere = client.post(url("key_paper"), typed | {"mission": ours.mission("cork").pk})
    assert "There is a problem" in text(elsewhere)


@pytest.mark.parametrize("language", ["en", "ja"])
@pytest.mark.parametrize("state", list(State))
def test_every_state_has_its_page_for_applicant_and_desk(state: State, language: str) -> None:
    ours.paper("transcript")
    ours.paper("medical", kind="sealed")
    mine = ours.application(state=state)
    client = signed_in(mine.person)
    client.cookies["django_language"] = language
    page = client.get(url("application", mine.pk))
    assert page.status_code == 200
    assert f'<html lang="{language}"' in text(page)
    assert text(page).count("<h1") == 1
    desk = signed_in(ours.coordinator()).get(url("application", mine.pk))
    assert desk.status_code == (404 if state == State.DRAFT else 200)
