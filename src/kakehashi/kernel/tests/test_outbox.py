from datetime import UTC, datetime
from smtplib import SMTPRecipientsRefused

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.db import IntegrityError, transaction

from kakehashi.directory.models import Person
from kakehashi.kernel import jobs, outbox
from kakehashi.kernel.letters import Letter, day_in_words, letter_from
from kakehashi.kernel.lifecycle import MoveNotAllowed
from kakehashi.kernel.models import Batch, BatchState, JobRun, Post, RunState
from kakehashi.kernel.trail import lines_about

NOON = datetime(2026, 9, 1, 3, tzinfo=UTC)
pytestmark = pytest.mark.django_db


class Note(Letter):
    """A letter without facts, written here."""

    def write(self, language: str) -> tuple[str, str]:
        return f"Note ({language})", "Nothing to do.\n"


def person(name: str) -> Person:
    return Person.objects.create_user(f"{name}@example.org")


def draft(to: Person, decision: str = "") -> outbox.Draft:
    return outbox.Draft(letter=Note(), to=to, language="ja", about="thing/1", decision=decision)


def batch(by: Person, *people: Person, decision: str = "result:2027") -> Batch:
    drafts = [draft(to, decision) for to in people]
    return outbox.draft_batch(drafts, about="thing/1", title="Results", by=by, at=NOON)


def test_a_batch_waits_until_the_count_is_typed() -> None:
    officer, one, two = person("officer"), person("one"), person("two")
    waiting = batch(officer, one, two)

    with pytest.raises(outbox.WrongCount):
        outbox.release(waiting, count=3, by=officer, at=NOON)
    jobs.drain()
    assert mail.outbox == []

    outbox.release(waiting, count=2, by=officer, at=NOON)
    jobs.drain()
    waiting.refresh_from_db()
    assert [(post.to, post.subject) for post in mail.outbox] == [
        (["one@example.org"], "Note (ja)"),
        (["two@example.org"], "Note (ja)"),
    ]
    assert waiting.state == BatchState.SENT
    assert [line.deed for line in lines_about([waiting.key])] == ["release", "draft"]


def test_a_release_can_be_taken_back_until_it_is_sent() -> None:
    officer, one = person("officer"), person("one")
    waiting = batch(officer, one)
    outbox.release(waiting, count=1, by=officer, at=NOON)
    outbox.take_back(waiting, by=officer, at=NOON)
    jobs.drain()
    assert mail.outbox == []

    outbox.release(waiting, count=1, by=officer, at=NOON.replace(hour=4))
    jobs.drain()
    with pytest.raises(MoveNotAllowed):
        outbox.take_back(waiting, by=officer, at=NOON)
    assert len(mail.outbox) == 1


def test_releasing_twice_sends_once() -> None:
    officer, one = person("officer"), person("one")
    waiting = batch(officer, one)
    outbox.release(waiting, count=1, by=officer, at=NOON)
    with pytest.raises(MoveNotAllowed):
        outbox.release(waiting, count=1, by=officer, at=NOON)
    jobs.drain()

    assert len(mail.outbox) == 1


def test_one_live_decision_letter_a_person() -> None:
    officer, one = person("officer"), person("one")
    first = batch(officer, one)
    with pytest.raises(IntegrityError), transaction.atomic():
        batch(officer, one)
    outbox.cancel(first, by=officer, at=NOON)
    batch(officer, one)

    assert Post.objects.filter(to=one, cancelled_at=None).count() == 1


def test_letters_that_decide_nothing_may_repeat() -> None:
    officer, one = person("officer"), person("one")
    batch(officer, one, decision="")
    batch(officer, one, decision="")

    assert Post.objects.filter(to=one).count() == 2


def test_a_batch_half_sent_is_finished_and_nobody_is_written_to_twice() -> None:
    officer, one, two = person("officer"), person("one"), person("two")
    waiting = batch(officer, one, two)
    outbox.release(waiting, count=2, by=officer, at=NOON)
    Post.objects.filter(to=one).update(sent_at=NOON)
    jobs.drain()

    assert [post.to for post in mail.outbox] == [["two@example.org"]]


def test_a_single_letter_goes_at_once_and_once() -> None:
    row = outbox.post(draft(person("one")), at=NOON)
    jobs.drain()
    outbox.send_one(None, row.pk)

    assert len(mail.outbox) == 1
    assert mail.outbox[0].extra_headers == {"Message-ID": f"<post-{row.pk}@demo.invalid>"}


def test_a_letter_waits_for_a_mail_server_that_is_away(monkeypatch: pytest.MonkeyPatch) -> None:
    def away(_mail: object) -> int:
        raise ConnectionRefusedError("10.0.0.1")

    with monkeypatch.context() as patch:
        patch.setattr("kakehashi.kernel.outbox.EmailMessage.send", away)
        row = outbox.post(draft(person("one")), at=NOON)
        jobs.drain()
    row.refresh_from_db()
    run = JobRun.objects.get()
    assert (row.sent_at, run.state) == (None, RunState.FAILED)
    assert run.failure.startswith("ConnectionRefusedError at ")

    jobs.enqueue_again(run, at=NOON)
    jobs.drain()
    assert [letter.to for letter in mail.outbox] == [["one@example.org"]]


def test_one_address_that_is_refused_holds_up_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    send = EmailMessage.send

    def refuse_one(letter: EmailMessage) -> int:
        if letter.to == ["one@example.org"]:
            raise SMTPRecipientsRefused({})
        return send(letter)

    monkeypatch.setattr("kakehashi.kernel.outbox.EmailMessage.send", refuse_one)
    officer, one, two = person("officer"), person("one"), person("two")
    waiting = batch(officer, one, two)
    outbox.release(waiting, count=2, by=officer, at=NOON)
    jobs.drain()
    waiting.refresh_from_db()

    assert waiting.state == BatchState.SENT
    rows = [(row.failure, row.sent_at is None) for row in Post.objects.order_by("pk")]
    assert rows == [("SMTPRecipientsRefused", True), ("", False)]


def test_from_the_first_letter_on_nothing_is_taken_back(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    officer, one, two = person("officer"), person("one"), person("two")
    waiting = batch(officer, one, two)
    outbox.release(waiting, count=2, by=officer, at=NOON)

    def too_late(_letter: EmailMessage) -> int:
        with pytest.raises(MoveNotAllowed):
            outbox.take_back(waiting, by=officer, at=NOON)
        return 1

    monkeypatch.setattr("kakehashi.kernel.outbox.EmailMessage.send", too_late)
    jobs.drain()
    waiting.refresh_from_db()
    assert waiting.state == BatchState.SENT
    assert Post.objects.filter(released_at=None).count() == 0


def test_the_job_of_a_release_taken_back_sends_nothing_of_the_next_one() -> None:
    officer, one = person("officer"), person("one")
    waiting = batch(officer, one)
    outbox.release(waiting, count=1, by=officer, at=NOON)
    outbox.take_back(waiting, by=officer, at=NOON)
    outbox.release(waiting, count=1, by=officer, at=NOON.replace(hour=4))

    old, new = JobRun.objects.order_by("pk")
    jobs.perform(old.pk)
    assert mail.outbox == []
    jobs.perform(new.pk)
    assert len(mail.outbox) == 1


def test_a_long_batch_leaves_by_the_handful(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outbox, "HANDFUL", 2)
    officer, people = person("officer"), [person(f"p{number}") for number in range(5)]
    waiting = batch(officer, *people)
    outbox.release(waiting, count=5, by=officer, at=NOON)

    assert jobs.drain() == 3
    waiting.refresh_from_db()
    assert [letter.to for letter in mail.outbox] == [[one.email] for one in people]
    assert waiting.state == BatchState.SENT
    progress = JobRun.objects.order_by("pk").values_list("done", "total")
    assert list(progress) == [(2, 5), (4, 5), (5, 5)]


def test_a_letter_can_be_built_again_from_its_facts() -> None:
    assert letter_from(Note.letter_name(), {"old": "fact"}) == Note()


@pytest.mark.parametrize(
    ("language", "words"), [("en", "Friday 13 November 2026"), ("ja", "2026年11月13日（金）")]
)
def test_a_day_in_words(language: str, words: str) -> None:
    assert day_in_words(datetime(2026, 11, 13, tzinfo=UTC), language) == words
