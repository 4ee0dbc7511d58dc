from datetime import date, timedelta

import pytest

from kakehashi.approvals.queries import NoApproval
from kakehashi.approvals.tests import factories as approvals
from kakehashi.correspondence import actions, queries
from kakehashi.correspondence.lifecycle import ENTRY, State
from kakehashi.correspondence.models import Attachment, Entry
from kakehashi.correspondence.policy import policy
from kakehashi.correspondence.rules import MOST_BYTES, Direction
from kakehashi.directory.models import Office, Person
from kakehashi.directory.rules import OfficeKind, Rank, Role
from kakehashi.directory.tests import factories as make
from kakehashi.kernel.lifecycle import MoveNotAllowed
from kakehashi.kernel.open_work import hand_over, lying_with
from kakehashi.kernel.policy import Refused
from kakehashi.kernel.scope import seen_by
from kakehashi.kernel.testing import assert_sound

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7 a letter"


def office_of(person: Person) -> Office:
    return person.seats.get(acts_for=None).office


def letter(**facts: object) -> dict[str, object]:
    return {
        "subject": "Figures for 2027",
        "dated_on": make.TODAY,
        "body": "Please send.",
    } | facts


def sent(by: Person, to: Office, **facts: object) -> Entry:
    made = actions.draft(office_of(by), letter(counterpart=to, **facts), by=by, at=make.NOON)
    actions.send(made, by=by, at=make.NOON)
    return made


def test_a_letter_moves_only_along_the_diagram() -> None:
    assert_sound(ENTRY, policy, actions)


def test_numbers_run_per_office_direction_and_fiscal_year_as_the_office_writes_them() -> None:
    mic, mofa = make.officer(Role.MIC), make.officer(Role.MOFA)
    office = office_of(mic)
    actions.set_style(
        office,
        Direction.IN,
        prefix="総行国第",
        suffix="号",
        valid_from=date(2026, 4, 1),
        source="test",
        by=mic,
        at=make.NOON,
    )
    first, second = (
        actions.register(office, letter(counterpart_name="A town"), by=mic, at=make.NOON)
        for _ in range(2)
    )
    april = make.NOON + timedelta(days=200)
    third = actions.register(office, letter(counterpart_name="A town"), by=mic, at=april)
    other = actions.register(office_of(mofa), letter(), by=mofa, at=make.NOON)
    numbers = [(one.fiscal_year, one.written_number) for one in (first, second, third, other)]
    assert numbers == [
        (2026, "総行国第1号"),
        (2026, "総行国第2号"),
        (2027, "総行国第1号"),
        (2026, "2026-1"),
    ]


def test_what_is_sent_stands_in_the_others_register_and_nothing_else_of_it_does() -> None:
    mic, mofa, clair = (make.officer(one) for one in (Role.MIC, Role.MOFA, Role.CLAIR_DESK))
    made = sent(mic, office_of(mofa), due_at=make.NOON + timedelta(days=3))
    draft = actions.draft(
        office_of(mic), letter(counterpart=office_of(mofa)), by=mic, at=make.NOON
    )
    (arrived,) = queries.entries_for(mofa)
    assert (arrived.origin, arrived.state, arrived.their_number) == (
        made,
        State.REGISTERED,
        made.written_number,
    )
    assert {*queries.entries_for(mic)} == {made, draft}
    assert list(queries.entries_for(clair)) == []
    assert list(queries.entries_for(make.person())) == []
    assert queries.entries_for(make.officer(Role.AUDITOR)).count() == 3


def test_an_answer_settles_the_question_in_both_registers() -> None:
    mic, mofa = make.officer(Role.MIC), make.officer(Role.MOFA)
    asked = sent(mic, office_of(mofa))
    came = queries.entries_for(mofa).get()
    actions.assign(came, answerer=mofa, by=mofa, at=make.NOON)
    sent(mofa, office_of(mic), answers=came)
    asked.refresh_from_db()
    came.refresh_from_db()
    assert (asked.state, came.state) == (State.ANSWERED, State.ANSWERED)
    answer = queries.entries_for(mic).get(direction="in")
    assert list(queries.answers_to(mic, asked)) == [answer]


def test_a_letter_leaves_only_as_its_office_approved_it() -> None:
    mic, mofa = make.officer(Role.MIC), make.officer(Role.MOFA)
    office = office_of(mic)
    head = approvals.ranked(Role.MIC, Rank.HEAD, office)
    approvals.route(office, Role.MIC, "letter", "head")
    made = actions.draft(office, letter(counterpart=office_of(mofa)), by=mic, at=make.NOON)
    with pytest.raises(NoApproval):
        actions.send(made, by=mic, at=make.NOON)
    approvals.approved(made.key, mic, head)
    actions.attach(made, "figures.pdf", PDF, by=mic, at=make.NOON)
    with pytest.raises(NoApproval, match="changed"):
        actions.send(made, by=mic, at=make.NOON)
    approvals.approved(made.key, mic, head)
    actions.send(made, by=mic, at=make.NOON)
    assert made.state == State.SENT


def test_enclosures_are_read_here_and_where_they_were_sent() -> None:
    mic, mofa, other = (make.officer(one) for one in (Role.MIC, Role.MOFA, Role.MEXT))
    made = actions.draft(
        office_of(mic), letter(counterpart=office_of(mofa)), by=mic, at=make.NOON
    )
    file = actions.attach(made, "../../figures", PDF, by=mic, at=make.NOON)
    assert (file.name, file.media_type, file.size) == ("figures.pdf", "application/pdf", 17)
    assert list(seen_by(mofa, Attachment)) == []
    actions.send(made, by=mic, at=make.NOON)
    assert list(queries.attachments_of(mofa, queries.entries_for(mofa).get())) == [file]
    assert list(seen_by(other, Attachment)) == []
    with pytest.raises(MoveNotAllowed):
        actions.attach(made, "more.pdf", PDF, by=mic, at=make.NOON)


@pytest.mark.parametrize("data", [b"<html>", b"PK\x03\x04nothing", PDF + b" " * MOST_BYTES])
def test_what_is_too_large_or_not_what_it_says_is_not_taken(data: bytes) -> None:
    mic = make.officer(Role.MIC)
    made = actions.draft(
        office_of(mic), letter(counterpart_name="A town"), by=mic, at=make.NOON
    )
    with pytest.raises(actions.NotTaken):
        actions.attach(made, "letter.pdf", data, by=mic, at=make.NOON)
    assert Attachment.objects.count() == 0


def test_a_draft_changed_meanwhile_is_not_overwritten() -> None:
    mic = make.officer(Role.MIC)
    made = actions.draft(
        office_of(mic), letter(counterpart_name="A town"), by=mic, at=make.NOON
    )
    stale = Entry.objects.get(pk=made.pk)
    actions.change(made, {"subject": "Mine"}, by=mic, at=make.NOON)
    with pytest.raises(MoveNotAllowed):
        actions.change(stale, {"subject": "Theirs"}, by=mic, at=make.NOON)
    assert Entry.objects.get(pk=made.pk).subject == "Mine"


def test_nobody_of_another_office_keeps_the_register() -> None:
    mic, mofa = make.officer(Role.MIC), make.officer(Role.MOFA)
    made = sent(mic, office_of(mofa))
    for verb in (actions.send, actions.close, actions.discard, actions.answer):
        with pytest.raises(Refused):
            verb(made, by=mofa, at=make.NOON)
    with pytest.raises(Refused):
        actions.register(office_of(mic), letter(), by=mofa, at=make.NOON)
    reader = make.officer(Role.READER)
    with pytest.raises(Refused):
        actions.register(office_of(reader), letter(), by=reader, at=make.NOON)


def test_what_is_due_is_found_until_it_is_answered() -> None:
    mic = make.officer(Role.MIC)
    office, hour = office_of(mic), timedelta(hours=1)
    late, soon, later = (
        actions.register(office, letter(due_at=make.NOON + wait), by=mic, at=make.NOON)
        for wait in (-hour, hour, timedelta(days=30))
    )
    rows = queries.entries_for(mic)
    assert list(queries.overdue(rows, make.NOON)) == [late]
    assert list(queries.due_soon(rows, make.NOON)) == [soon]
    assert {*queries.to_answer(mic, make.NOON)} == {late, soon}
    actions.answer(late, by=mic, at=make.NOON)
    assert list(queries.overdue(rows, make.NOON)) == []
    colleague = make.officer(Role.MIC, make.office(OfficeKind.MINISTRY, "MIC"))
    actions.assign(soon, answerer=colleague, by=mic, at=make.NOON)
    assert list(queries.to_answer(mic, make.NOON)) == []
    assert list(queries.to_answer(colleague, make.NOON)) == [soon]
    assert later.state == State.REGISTERED


def test_letters_to_be_answered_lie_with_whoever_answers_and_go_to_a_successor() -> None:
    mic = make.officer(Role.MIC)
    office = office_of(mic)
    successor = make.officer(Role.MIC, office)
    came = actions.register(office, letter(counterpart_name="A town"), by=mic, at=make.NOON)
    seat = mic.seats.get()
    assert lying_with(seat) == []
    actions.assign(came, answerer=mic, by=mic, at=make.NOON)
    (load,) = lying_with(seat)
    assert (load.kind.name, [piece.key for piece in load.pieces]) == (
        "correspondence",
        [came.key],
    )
    moved = hand_over(seat, "correspondence", [came.key], to=successor, by=mic, at=make.NOON)
    came.refresh_from_db()
    assert (moved, came.answerer, came.state) == (1, successor, State.ASSIGNED)
    assert lying_with(seat) == []
