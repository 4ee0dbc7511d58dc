"""The mission ticks papers and finds applications complete or not."""

from datetime import date

import pytest

from kakehashi.directory.rules import Role
from kakehashi.directory.tests import factories as make
from kakehashi.intake.models import DocumentRequirement
from kakehashi.kernel.lifecycle import MoveNotAllowed
from kakehashi.kernel.models import Post
from kakehashi.kernel.policy import Refused
from kakehashi.recruitment import actions, queries
from kakehashi.recruitment.lifecycle import State
from kakehashi.recruitment.models import Application, PaperCheck
from kakehashi.recruitment.tests import factories as ours
from kakehashi.recruitment.tests.test_actions import deeds

pytestmark = pytest.mark.django_db


def test_the_mission_ticks_papers_and_takes_ticks_back() -> None:
    mine, officer = ours.application(), ours.coordinator()
    transcript = ours.paper("transcript")
    for day in (date(2026, 10, 2), date(2026, 10, 3)):
        actions.check_paper(
            mine, requirement=transcript, received_on=day, by=officer, at=make.NOON
        )
    tick = PaperCheck.objects.get()
    assert (tick.received_on, tick.checked_by) == (date(2026, 10, 3), officer)
    actions.uncheck_paper(mine, requirement=transcript, by=officer, at=make.NOON)
    actions.uncheck_paper(mine, requirement=transcript, by=officer, at=make.NOON)
    assert PaperCheck.objects.count() == 0
    assert deeds(tick) == ["check_paper", "check_paper", "uncheck_paper"]


def test_a_sealed_paper_is_never_noted() -> None:
    mine = ours.application()
    sealed = ours.paper("physician-statement", kind="sealed")
    with pytest.raises(actions.SealedPaper):
        actions.check_paper(
            mine,
            requirement=sealed,
            received_on=make.TODAY,
            by=ours.coordinator(),
            at=make.NOON,
        )
    assert PaperCheck.objects.count() == 0


def test_only_the_right_mission_ticks_papers() -> None:
    mine = ours.application()
    wrong = ours.coordinator(ours.mission("cork"))
    for other in (wrong, make.officer(Role.MOFA), mine.person):
        with pytest.raises(Refused):
            actions.check_paper(
                mine,
                requirement=ours.paper("transcript"),
                received_on=make.TODAY,
                by=other,
                at=make.NOON,
            )


def test_finding_papers_missing_writes_which() -> None:
    mine, officer = ours.application(), ours.coordinator()
    came = ours.paper("transcript")
    ours.paper("nationality")
    ours.paper("medical", kind="sealed")
    ours.paper("certificates", condition="If held")
    actions.check_paper(
        mine, requirement=came, received_on=make.TODAY, by=officer, at=make.NOON
    )
    actions.find_incomplete(mine, by=officer, at=make.NOON)
    assert mine.state == State.INCOMPLETE
    letter = Post.objects.get(letter="recruitment/papers_missing")
    assert letter.facts["papers"] == ["Paper nationality"]
    assert "Paper nationality" in letter.body
    assert "medical" not in letter.body
    actions.complete(mine, by=officer, at=make.NOON)
    assert mine.state == State.COMPLETE


def test_a_letter_speaks_the_applicants_language() -> None:
    ours.paper("nationality")
    mine = ours.application(make.person(language="ja"))
    actions.find_incomplete(mine, by=ours.coordinator(), at=make.NOON)
    letter = Post.objects.get(letter="recruitment/papers_missing")
    assert letter.language == "ja"
    assert letter.facts["papers"] == ["書類nationality"]
    assert letter.subject == f"提出書類の不足について（{mine.number}）"


def test_many_are_found_complete_at_once_or_none_is() -> None:
    several = [ours.application() for _ in range(3)]
    officer = ours.coordinator()
    assert actions.complete_many(several, by=officer, at=make.NOON) == 3
    again = [ours.application(), *several]
    with pytest.raises(MoveNotAllowed):
        actions.complete_many(again, by=officer, at=make.NOON)
    assert Application.objects.filter(state=State.SUBMITTED).count() == 1


def test_another_missions_application_stops_the_whole_batch() -> None:
    mine, other = ours.application(), ours.application(at=ours.mission("cork"))
    for act in (actions.complete_many, actions.find_incomplete_many):
        with pytest.raises(Refused):
            act([mine, other], by=ours.coordinator(), at=make.NOON)
    assert Application.objects.filter(state=State.SUBMITTED).count() == 2


def test_many_are_written_to_at_once() -> None:
    ours.paper("nationality")
    several = [ours.application() for _ in range(3)]
    officer = ours.coordinator()
    count = actions.find_incomplete_many(several, by=officer, at=make.NOON)
    letters = Post.objects.filter(letter="recruitment/papers_missing")
    assert (count, letters.count()) == (3, 3)
    assert {letter.released_at for letter in letters} == {make.NOON}
    assert {one.state for one in Application.objects.all()} == {State.INCOMPLETE}


def test_a_country_has_its_own_list_of_papers() -> None:
    mine = ours.application()
    ours.paper("transcript")
    ours.paper("medical", kind="sealed")
    own = DocumentRequirement.objects.create(
        code="transcript",
        country=make.country("IE"),
        name_en="Irish transcript",
        name_ja="成績証明書",
        originals=1,
        copies=3,
        condition_en="Always",
        condition_ja="必須",
        kind="ordinary",
        source="test",
    )
    papers = queries.papers_of(mine, on=make.TODAY)
    assert [(one.requirement, one.is_sealed) for one in papers if not one.is_sealed] == [
        (own, False)
    ]
    assert [one.requirement for one in queries.papers_missing(papers)] == [own]
