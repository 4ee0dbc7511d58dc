"""Begin, write, hand in, withdraw."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.utils.translation import override

from kakehashi.directory.models import Person
from kakehashi.directory.rules import Role
from kakehashi.directory.tests import factories as make
from kakehashi.intake.tests import factories as plan
from kakehashi.kernel.lifecycle import MoveNotAllowed
from kakehashi.kernel.models import Post
from kakehashi.kernel.policy import Refused
from kakehashi.kernel.trail import verify_trail
from kakehashi.recruitment import actions, figures, queries
from kakehashi.recruitment.lifecycle import State
from kakehashi.recruitment.models import Application
from kakehashi.recruitment.tests import factories as ours
from kakehashi.recruitment.tests.test_actions import deeds

pytestmark = pytest.mark.django_db
CLOSES = datetime(2026, 11, 27, 17, tzinfo=UTC)


def _begin(person: Person, **other: object) -> Application:
    facts: dict[str, Any] = {
        "year": plan.year(),
        "mission": ours.mission(),
        "country": make.country(),
        "position": plan.position(),
        "by": person,
        "at": make.NOON,
    }
    return actions.begin(person=person, **(facts | other))


def test_applications_are_numbered_through_the_year() -> None:
    first, second = _begin(make.person()), _begin(make.person())
    next_year = _begin(make.person(), year=plan.year(2028))
    assert [first.number, second.number, next_year.number] == [
        "27-00001",
        "27-00002",
        "28-00001",
    ]
    assert deeds(first) == ["begin"]
    assert verify_trail() is None


def test_one_person_applies_once_a_year() -> None:
    person = make.person()
    mine = _begin(person)
    with pytest.raises(actions.AlreadyApplied):
        _begin(person, position=plan.position("CIR"))
    actions.withdraw(mine, by=person, at=make.NOON)
    assert _begin(person, position=plan.position("CIR")).number == "27-00002"
    assert _begin(person, year=plan.year(2028)).number == "28-00001"


def test_nobody_begins_for_somebody_else() -> None:
    with pytest.raises(Refused, match="it is your own application"):
        _begin(make.person(), by=make.person())
    with pytest.raises(Refused):
        _begin(make.person(), by=ours.coordinator(ours.mission("cork")))


def test_the_year_must_be_open_the_mission_right_and_the_position_invited() -> None:
    with pytest.raises(actions.NotInvited, match="not open"):
        _begin(make.person(), year=plan.year(2029, opened=False))
    with pytest.raises(actions.NotInvited, match="does not recruit"):
        _begin(make.person(), country=make.country("FR"))
    plan.plan({("IE", "ALT", "a"): 3})
    with pytest.raises(actions.NotInvited, match="not invited"):
        _begin(make.person(), position=plan.position("CIR"))
    assert _begin(make.person()).position.code == "ALT"


def test_a_draft_keeps_what_is_typed_and_nothing_else() -> None:
    draft = ours.draft()
    actions.save_draft(draft, fields={"major": "Law"}, by=draft.person, at=make.NOON)
    draft.refresh_from_db()
    assert (draft.major, draft.university) == ("Law", "University of Galway")
    assert deeds(draft) == ["begin", "save_draft", "save_draft"]


@pytest.mark.parametrize("name", ["state", "number", "person", "submitted_at", "nonsense"])
def test_only_fields_of_the_form_can_be_written(name: str) -> None:
    draft = ours.draft()
    with pytest.raises(actions.UnknownField, match=name):
        actions.save_draft(draft, fields={name: "x"}, by=draft.person, at=make.NOON)


def test_a_value_the_field_cannot_hold_is_refused_by_name() -> None:
    draft = ours.draft()
    with pytest.raises(actions.UnknownField, match="Main subject"):
        actions.save_draft(draft, fields={"major": "x" * 201}, by=draft.person, at=make.NOON)


def test_a_draft_may_be_blanked_again() -> None:
    draft = ours.draft()
    actions.save_draft(draft, fields={"family_name": ""}, by=draft.person, at=make.NOON)
    assert Application.objects.get(pk=draft.pk).family_name == ""
    with pytest.raises(actions.FieldsMissing, match="Family name"):
        actions.submit(draft, by=draft.person, at=make.NOON)


@pytest.mark.parametrize("fields", [{"teaching_months": None}, {"japanese_level": None}])
def test_what_must_hold_something_cannot_be_emptied(fields: dict[str, None]) -> None:
    draft = ours.draft()
    with pytest.raises(actions.UnknownField):
        actions.save_draft(draft, fields=fields, by=draft.person, at=make.NOON)


def test_two_pages_open_at_once_do_not_overwrite_each_other() -> None:
    draft = ours.draft()
    as_on_my_phone = Application.objects.get(pk=draft.pk)
    actions.save_draft(draft, fields={"major": "Law"}, by=draft.person, at=make.NOON)
    with pytest.raises(MoveNotAllowed):
        actions.save_draft(
            as_on_my_phone, fields={"major": "Art"}, by=draft.person, at=make.NOON
        )
    assert Application.objects.get(pk=draft.pk).major == "Law"


def test_handing_in_sends_a_receipt_and_ends_the_writing() -> None:
    draft = ours.draft()
    actions.submit(draft, by=draft.person, at=make.NOON)
    assert (draft.state, draft.submitted_at) == (State.SUBMITTED, make.NOON)
    letter = Post.objects.get(to=draft.person)
    assert letter.letter == "recruitment/application_received"
    assert letter.subject == f"We have received your application {draft.number}"
    assert letter.released_at == make.NOON
    with pytest.raises(Refused, match="still being written"):
        actions.save_draft(draft, fields={"major": "Law"}, by=draft.person, at=make.NOON)


def test_handing_in_twice_is_refused_and_writes_once() -> None:
    draft = ours.draft()
    as_on_my_screen = Application.objects.select_related(
        "person", "position", "mission", "year"
    ).get(pk=draft.pk)
    actions.submit(draft, by=draft.person, at=make.NOON)
    with pytest.raises(MoveNotAllowed):
        actions.submit(as_on_my_screen, by=draft.person, at=make.NOON)
    with pytest.raises(Refused):
        actions.submit(draft, by=draft.person, at=make.NOON)
    assert Post.objects.filter(to=draft.person).count() == 1


def test_what_changed_since_the_check_page_was_shown_is_not_handed_in() -> None:
    draft = ours.draft()
    as_shown = Application.objects.get(pk=draft.pk)
    actions.save_draft(draft, fields={"statement": "Other"}, by=draft.person, at=make.NOON)
    with pytest.raises(MoveNotAllowed):
        actions.submit(as_shown, by=draft.person, at=make.NOON)
    assert Application.objects.get(pk=draft.pk).state == State.DRAFT


def test_after_the_deadline_the_time_there_and_in_tokyo_is_told() -> None:
    plan.deadline("closes", ours.mission(), at=CLOSES)
    draft = ours.draft()
    late = CLOSES + timedelta(minutes=1)
    words = "Friday 27 November 2026, 17:00 in Dublin \\(Sat 28 Nov, 02:00 in Tokyo\\)"
    with pytest.raises(actions.DeadlinePassed, match=words):
        actions.submit(draft, by=draft.person, at=late)
    with override("ja"), pytest.raises(actions.DeadlinePassed, match="日本時間"):
        actions.submit(draft, by=draft.person, at=late)
    with pytest.raises(actions.DeadlinePassed):
        _begin(make.person(), at=late)
    actions.submit(draft, by=draft.person, at=CLOSES)
    assert draft.state == State.SUBMITTED


def test_the_missions_own_deadline_comes_before_the_programmes() -> None:
    plan.deadline("closes", None, at=CLOSES)
    plan.deadline("closes", ours.mission(), at=CLOSES + timedelta(days=7))
    draft = ours.draft()
    actions.submit(draft, by=draft.person, at=CLOSES + timedelta(days=6))
    assert draft.state == State.SUBMITTED


def test_missing_fields_are_named() -> None:
    draft = ours.draft(major="", telephone=" ", statement="")
    with pytest.raises(actions.FieldsMissing) as error:
        actions.submit(draft, by=draft.person, at=make.NOON)
    assert error.value.fields == ["telephone", "major", "statement"]
    assert str(error.value) == (
        "Fill these in before you hand in: Telephone, Main subject, Statement of purpose."
    )


def test_a_paper_application_is_typed_by_the_mission_also_after_the_deadline() -> None:
    plan.deadline("closes", ours.mission(), at=CLOSES)
    officer = ours.coordinator()
    names = {"email": "Paper@Demo.Invalid", "family_name": "Paper", "given_name": "Pat"}
    facts = {
        "year": plan.year(),
        "mission": ours.mission(),
        "country": make.country(),
        "position": plan.position(),
    }
    keyed = actions.key_paper(names, facts, by=officer, at=ours.LATE)
    assert keyed.person.email == "paper@demo.invalid"
    assert (keyed.keyed_by, keyed.name) == (officer, "Pat Paper")
    actions.save_draft(keyed, fields=ours.answers(ours.mission()), by=officer, at=ours.LATE)
    actions.submit(keyed, by=officer, at=ours.LATE)
    assert keyed.state == State.SUBMITTED
    with pytest.raises(Refused, match="you coordinate for an embassy"):
        actions.key_paper(names, facts, by=make.officer(Role.MOFA), at=ours.LATE)


@pytest.mark.parametrize(
    "state", [State.DRAFT, State.SUBMITTED, State.INCOMPLETE, State.COMPLETE]
)
def test_one_can_withdraw_at_any_time(state: State) -> None:
    mine = ours.application(state=state)
    actions.withdraw(mine, by=mine.person, at=make.NOON)
    assert mine.state == State.WITHDRAWN
    with pytest.raises(MoveNotAllowed):
        actions.withdraw(mine, by=mine.person, at=make.NOON)


def test_nobody_else_withdraws_it() -> None:
    mine = ours.application()
    for other in (ours.coordinator(), make.officer(Role.MOFA), make.person()):
        with pytest.raises(Refused):
            actions.withdraw(mine, by=other, at=make.NOON)


def test_the_figures_count_what_was_handed_in() -> None:
    ours.draft()
    one = ours.application()
    ours.application(position="CIR", state=State.WITHDRAWN)
    ours.application(of=plan.year(2028))
    cir = plan.position("CIR")
    assert figures.applied(one.year) == 2
    assert figures.applied_by(one.year) == {
        (one.country_id, one.position_id): 1,
        (one.country_id, cir.pk): 1,
    }


def test_what_later_parts_and_the_desk_may_find() -> None:
    one = ours.application(state=State.COMPLETE)
    ours.application()
    cork = ours.application(at=ours.mission("cork"), state=State.COMPLETE)
    assert list(queries.complete_applications(one.year)) == [one, cork]
    assert list(queries.complete_applications(one.year, one.mission)) == [one]
    assert queries.application_of(one.person, one.year) == one
    assert queries.application_of(one.person, plan.year(2028)) is None
    assert queries.next_running(one.year) == 4
