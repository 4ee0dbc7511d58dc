from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction

from kakehashi.directory.models import Person
from kakehashi.kernel.chain import FIRST, seal
from kakehashi.kernel.models import Kind, Subject, Trace, TrailHead
from kakehashi.kernel.trail import (
    lay_anchor,
    lines_about,
    record,
    record_many,
    subject_of,
    trail_head,
    verify_trail,
)

NOON = datetime(2026, 9, 1, 12, tzinfo=UTC)
WRITERS, LINES_EACH = 4, 10


@pytest.fixture(autouse=True)
def home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("django.conf.settings.KAKEHASHI_HOME", tmp_path)


@pytest.fixture
def somebody(db: None) -> Person:  # noqa: ARG001 -- asks for the database
    return Person.objects.create_user("somebody@example.org")


def write(lines: int, by: Person) -> None:
    for number in range(lines):
        record(f"thing/{number}", "touch", by=by, at=NOON)


def cut_the_head_down_to(number: int) -> None:
    line = Trace.objects.get(number=number)
    TrailHead.objects.update(number=number, seal=line.seal)


def seal_anew() -> None:
    before = FIRST
    for line in Trace.objects.order_by("number"):
        before = line.seal = seal(before, line.content)
        line.save()
    TrailHead.objects.update(seal=before)


def test_every_line_is_sealed_over_the_one_before(somebody: Person) -> None:
    first = record("thing/1", "touch", by=somebody, at=NOON)
    second = record("thing/1", "look_at", by=somebody, at=NOON, kind=Kind.VIEW)

    assert first.seal == seal(FIRST, first.content)
    assert second.seal == seal(first.seal, second.content)
    assert str(trail_head()) == f"2:{second.seal}"
    assert verify_trail() is None


@pytest.mark.parametrize(
    "edit",
    [
        {"kind": Kind.VIEW},
        {"thing": "thing/7"},
        {"deed": "something else"},
        {"at": NOON + timedelta(microseconds=1)},
        {"seal": FIRST},
    ],
    ids=lambda edit: next(iter(edit)),
)
def test_an_edit_is_found(somebody: Person, edit: dict[str, object]) -> None:
    write(3, somebody)
    Trace.objects.filter(number=2).update(**edit)

    assert verify_trail() == "line 2 was altered"


def test_putting_it_on_somebody_else_is_found(somebody: Person) -> None:
    write(3, somebody)
    Trace.objects.filter(number=2).update(by="subject:99")

    assert verify_trail() == "line 2 was altered"


def test_a_deletion_is_found(somebody: Person) -> None:
    write(3, somebody)
    Trace.objects.filter(number=2).delete()

    assert verify_trail() == "line 2 is missing"


def test_a_change_of_order_is_found(somebody: Person) -> None:
    write(3, somebody)
    for old, new in [(2, 99), (3, 2), (99, 3)]:
        Trace.objects.filter(number=old).update(number=new)

    assert verify_trail() == "line 2 was altered"


def test_cutting_off_the_end_is_found(somebody: Person) -> None:
    write(3, somebody)
    Trace.objects.filter(number=3).delete()

    assert verify_trail() == "line 3 is missing, and all after it"


def test_cutting_off_the_end_and_the_head_is_found_with_an_export(somebody: Person) -> None:
    write(3, somebody)
    exported = trail_head()
    Trace.objects.filter(number=3).delete()
    cut_the_head_down_to(2)

    assert verify_trail() is None
    assert verify_trail(exported) == "line 3 is missing, and all after it"


def test_a_trail_sealed_anew_is_found_with_an_export(somebody: Person) -> None:
    write(3, somebody)
    exported = trail_head()
    Trace.objects.filter(number=2).update(deed="something else")
    seal_anew()

    assert verify_trail() is None
    assert verify_trail(exported) == "line 3 is not the line that was exported"


def test_a_lost_head_stops_the_writing(somebody: Person) -> None:
    write(1, somebody)
    TrailHead.objects.all().delete()

    with pytest.raises(IntegrityError), transaction.atomic():
        write(1, somebody)


def test_a_deed_undone_leaves_no_line(somebody: Person) -> None:
    write(1, somebody)
    with transaction.atomic():
        write(1, somebody)
        transaction.set_rollback(True)

    assert trail_head().number == Trace.objects.count() == 1
    assert verify_trail() is None


def test_the_command_prints_the_head_to_keep(somebody: Person) -> None:
    write(2, somebody)
    said = StringIO()
    call_command("verify_trail", stdout=said)

    assert said.getvalue() == (
        f"The trail is whole (0 anchors). Keep this head: {trail_head()}\n"
    )


def test_the_command_fails_with_the_first_bad_line(somebody: Person) -> None:
    write(2, somebody)
    exported = str(trail_head())
    Trace.objects.filter(number=2).delete()
    cut_the_head_down_to(1)

    with pytest.raises(CommandError, match="line 2 is missing"):
        call_command("verify_trail", exported)


def test_many_lines_at_once_are_the_same_chain(somebody: Person) -> None:
    record("thing/0", "touch", by=somebody, at=NOON)
    lines = record_many([("thing/1", "a"), ("thing/2", "b")], by="system:import", at=NOON)

    assert [(line.number, line.thing, line.by) for line in lines] == [
        (2, "thing/1", "system:import"),
        (3, "thing/2", "system:import"),
    ]
    assert verify_trail() is None
    assert [line.number for line in lines_about(["thing/2", "thing/0"])] == [3, 1]


def test_a_person_can_be_erased_and_the_chain_stays_whole(somebody: Person) -> None:
    write(2, somebody)
    subject = subject_of(somebody)
    somebody.delete()

    assert verify_trail() is None
    assert {line.by for line in Trace.objects.all()} == {subject}
    assert [row.person for row in Subject.objects.all()] == [None]


def test_a_daily_anchor_shows_a_trail_cut_short(somebody: Person) -> None:
    write(3, somebody)
    lay_anchor(at=NOON)
    Trace.objects.filter(number=3).delete()
    cut_the_head_down_to(2)

    with pytest.raises(CommandError, match="line 3 is missing, and all after it"):
        call_command("verify_trail")


def test_the_command_refuses_what_is_no_head(db: None) -> None:  # noqa: ARG001 -- asks for the database
    with pytest.raises(CommandError, match="NUMBER:SEAL"):
        call_command("verify_trail", "not-a-head")


@pytest.mark.django_db(transaction=True)
def test_many_writers_make_one_chain() -> None:
    somebody = Person.objects.create_user("somebody@example.org")

    def writer() -> None:
        try:
            write(LINES_EACH, somebody)
        finally:
            connection.close()

    with ThreadPoolExecutor(WRITERS) as pool:
        for done in [pool.submit(writer) for _ in range(WRITERS)]:
            done.result()

    assert trail_head().number == Trace.objects.count() == WRITERS * LINES_EACH
    assert verify_trail() is None
