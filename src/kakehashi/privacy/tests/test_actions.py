import io
import json
import zipfile
from datetime import date, timedelta

import pytest
from django.apps import apps

from kakehashi.appointment.models import Appointment
from kakehashi.directory.models import Person
from kakehashi.directory.rules import Role
from kakehashi.directory.tests import factories as make
from kakehashi.kernel import jobs
from kakehashi.kernel.holdings import HOLDINGS, Held
from kakehashi.kernel.lifecycle import MoveNotAllowed
from kakehashi.kernel.models import Kind, Trace
from kakehashi.kernel.policy import Refused
from kakehashi.kernel.testing import assert_sound
from kakehashi.kernel.trail import record
from kakehashi.privacy import actions, queries
from kakehashi.privacy.lifecycle import CORRECTION, State
from kakehashi.privacy.models import Correction, DataCopy, PrivacyNotice
from kakehashi.privacy.policy import policy
from kakehashi.recruitment.models import Application
from kakehashi.recruitment.tests import factories as recruitment

pytestmark = pytest.mark.django_db
ELSEWHERE = {
    # What somebody did in office, or what others wrote about them in confidence: named by the
    # trail's lines (`deeds`), or withheld with the reason that stands beside the applications.
    "accounts.FactorGrace",
    "accounts.FactorReset",
    "accounts.Invitation",
    "accounts.KeptText",
    "approvals.Approval",
    "approvals.Stamp",
    "correspondence.Attachment",
    "correspondence.Entry",
    "councils.Resolution",
    "directory.Supervision",
    "intake.Plan",
    "kernel.Batch",
    "kernel.CalendarKey",
    "kernel.HeadingMap",
    "kernel.JobRun",
    "kernel.MailChoice",
    "kernel.Subject",
    "kernel.Upload",
    "placement.Lock",
    "placement.Run",
    "privacy.DataCopy",
    "recruitment.PaperCheck",
    "selection.InterviewScore",
    "selection.Screening",
    "statistics.Census",
    "web.SavedView",  # filters of lists, without a word about the person
}
NOTICE = {
    "title_en": "Notice",
    "title_ja": "お知らせ",
    "text_en": "Text",
    "text_ja": "本文",
    "answer_days": "14",
    "source": "test",
    "assumed": "yes",
}


def notices() -> None:
    rows = [
        NOTICE | {"version": "1", "valid_from": "2015-04-01", "valid_to": "2026-03-31"},
        NOTICE | {"version": "2", "valid_from": "2026-04-01", "valid_to": ""},
    ]
    actions.load_notices(rows, by="system:test", at=make.NOON)


def copied(person: Person) -> dict[str, str]:
    made = actions.ask_for_copy(by=person, at=make.NOON)
    jobs.drain()
    made.refresh_from_db()
    with zipfile.ZipFile(io.BytesIO(bytes(made.data))) as file:
        return {name: file.read(name).decode() for name in file.namelist()}


def row_of(person: Person, holding: str) -> Held:
    found = [one for one in queries.held(person) if one.holding.name == holding]
    assert len(found) == 1
    return found[0]


def test_a_wish_moves_only_along_the_diagram() -> None:
    assert_sound(CORRECTION, policy, actions)


def test_every_kind_of_record_about_people_is_held_or_accounted_for() -> None:
    about = {
        model._meta.label
        for model in apps.get_models()
        if model.__module__.startswith("kakehashi.")
        and any(field.related_model is Person for field in model._meta.fields)
    }
    given = {one.model._meta.label for one in HOLDINGS.values()}
    assert about - given == ELSEWHERE


def test_the_copy_holds_what_is_mine_in_both_languages_and_nobody_elses() -> None:
    mission = make.mission()
    mine, other = (make.person(family_name=f"CANARY-{name}") for name in ("mine", "other"))
    for person in (mine, other):
        recruitment.application(
            person, at=mission, statement=f"STATEMENT {person.family_name}", telephone="123"
        )
    files = copied(mine)
    assert sorted(files) == ["data.json", "my-data.en.html", "my-data.ja.html"]
    told = json.loads(files["data.json"])
    assert [row["statement"] for row in told["applications"]] == ["STATEMENT CANARY-mine"]
    assert [row["email"] for row in told["person"]] == [mine.email]
    for words in files.values():
        assert "STATEMENT CANARY-mine" in words
        assert "CANARY-other" not in words
        assert other.email not in words
    assert "<h1>自分の情報" in files["my-data.ja.html"]
    assert "CANARY-other" in copied(other)["data.json"]


def test_what_was_typed_is_text_in_the_copy() -> None:
    mine = make.person(family_name="<script>alert(1)</script>")
    assert "<script>" not in copied(mine)["my-data.en.html"]


def test_a_reference_and_readers_points_stay_sealed() -> None:
    mine = make.person()
    made = recruitment.draft(mine)
    recruitment.reference(made, text="SEALED-CANARY")
    files = copied(mine)
    assert all("SEALED-CANARY" not in words for words in files.values())
    assert "References, readers" in files["my-data.en.html"]


def test_a_copy_is_ones_own_and_is_thrown_away_after_a_week() -> None:
    mine, operator = make.person(), make.officer(Role.OPERATOR)
    copied(mine)
    assert queries.copies_for(mine).count() == 1
    assert queries.copies_for(operator).count() == 0
    mine.in_name_of = operator.pk
    assert queries.copies_for(mine).count() == 0
    with pytest.raises(Refused):
        actions.ask_for_copy(by=mine, at=make.NOON)
    DataCopy.objects.update(asked_at=make.NOON - timedelta(days=4000))
    jobs.enqueue(actions.throw_copies_away, at=make.NOON)
    jobs.drain()
    assert DataCopy.objects.count() == 0


def test_a_mistake_is_mended_by_the_office_that_keeps_the_record() -> None:
    notices()
    mission = make.mission()
    mine = make.person()
    application = recruitment.application(mine, at=mission, university="Univrsity")
    right, wrong = (
        make.officer(Role.MISSION, mission),
        make.officer(Role.MISSION, make.mission("x")),
    )
    one = row_of(mine, "applications")
    wish = actions.ask(
        one, "university", wanted="University", reason="Typo", by=mine, at=make.NOON
    )
    assert wish.due_on == make.TODAY + timedelta(days=14)
    assert list(queries.to_answer(right)) == [wish]
    assert list(queries.corrections_for(wrong)) == []
    for person in (mine, wrong):
        with pytest.raises(Refused):
            actions.accept(wish, by=person, at=make.NOON)
    with pytest.raises(actions.CannotBeAsked):
        actions.ask(one, "university", wanted="Other", reason="", by=mine, at=make.NOON)
    actions.accept(wish, by=right, at=make.NOON)
    application.refresh_from_db()
    assert (wish.state, application.university) == (State.ACCEPTED, "University")
    assert Trace.objects.filter(thing=application.key, deed="correct").count() == 1


def test_a_refusal_says_why_and_changes_nothing() -> None:
    mission = make.mission()
    mine = make.person()
    recruitment.application(mine, at=mission, university="Right")
    officer = make.officer(Role.MISSION, mission)
    one = row_of(mine, "applications")
    wish = actions.ask(one, "university", wanted="Wrong", reason="", by=mine, at=make.NOON)
    with pytest.raises(actions.NoReason):
        actions.refuse(wish, answer=" ", by=officer, at=make.NOON)
    actions.refuse(wish, answer="The transcript says so.", by=officer, at=make.NOON)
    assert (wish.state, Application.objects.get().university) == (State.REFUSED, "Right")


def test_a_record_that_changed_since_is_not_overwritten() -> None:
    mission = make.mission()
    mine = make.person()
    recruitment.application(mine, at=mission, university="First")
    wish = actions.ask(
        row_of(mine, "applications"),
        "university",
        wanted="Third",
        reason="",
        by=mine,
        at=make.NOON,
    )
    Application.objects.update(university="Second")
    with pytest.raises(MoveNotAllowed):
        actions.accept(wish, by=make.officer(Role.MISSION, mission), at=make.NOON)
    assert Application.objects.get().university == "Second"
    assert Correction.objects.get().state == State.ASKED


@pytest.mark.parametrize(("field", "wanted"), [("email", "x"), ("family_name", "x" * 81)])
def test_what_cannot_be_so_is_not_asked(field: str, wanted: str) -> None:
    mine = make.person(family_name="Reed")
    with pytest.raises(actions.CannotBeAsked):
        actions.ask(
            row_of(mine, "person"), field, wanted=wanted, reason="", by=mine, at=make.NOON
        )


def test_the_notice_that_held_at_sign_up_is_known_and_a_reading_is_noted_once() -> None:
    notices()
    mine = make.person(joined_at=make.NOON.replace(year=2025))
    first, now = queries.notice_at_sign_up(mine), queries.notice_on(make.TODAY)
    assert first is not None
    assert now is not None
    assert (first.version, now.version, queries.notice_on(date(2014, 1, 1))) == ("1", "2", None)
    for _ in range(2):
        actions.read_notice(now, by=mine, at=make.NOON)
    assert queries.has_read(mine, now) is not None
    assert Trace.objects.filter(deed="read_notice").count() == 1
    actions.load_notices([], by=make.officer(Role.OPERATOR), at=make.NOON)
    with pytest.raises(Refused):
        actions.load_notices([], by=mine, at=make.NOON)
    assert PrivacyNotice.objects.count() == 2


def test_one_sees_who_looked_at_ones_own_record_and_at_no_others() -> None:
    mission = make.mission()
    mine, other = make.person(), make.person()
    looked = recruitment.application(mine, at=mission)
    elsewhere = recruitment.application(other, at=mission)
    officer = make.officer(Role.MISSION, mission)
    line = record(looked.key, "open_sealed", by=officer, at=make.NOON, kind=Kind.VIEW)
    record(elsewhere.key, "open_sealed", by=officer, at=make.NOON, kind=Kind.VIEW)
    assert queries.looked_at(queries.held(mine)) == [line]
    assert Appointment.objects.count() == 0
