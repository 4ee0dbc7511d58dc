from datetime import UTC, datetime, timedelta
from io import BytesIO
from smtplib import SMTPRecipientsRefused
from zipfile import ZipFile

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from kakehashi.directory.models import Person
from kakehashi.directory.rules import OfficeKind, Role
from kakehashi.directory.tests import factories as make
from kakehashi.home import queries
from kakehashi.kernel import bundle, clock, jobs, outbox
from kakehashi.kernel.letters import Letter
from kakehashi.kernel.lifecycle import MoveNotAllowed
from kakehashi.kernel.models import Batch, BatchState, Hold, JobRun, Post, RunState, Trace

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 10, 1, 3, tzinfo=UTC)


class Told(Letter):
    """A letter without facts."""

    def write(self, language: str) -> tuple[str, str]:
        return f"Told ({language})", "One paragraph.\n\nAnother one.\n"


def officer(role: Role = Role.MOFA) -> Person:
    office = make.office(kind=OfficeKind.SECRETARIAT, code=f"office-{role}")
    person = make.person(email=f"{role}@example.org".replace("_", "-"))
    make.seat(person, office, role)
    return person


def visit(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def batch_of(by: Person, number: int, about: str = "thing.kind/1") -> Batch:
    drafts = [
        outbox.Draft(
            letter=Told(),
            to=make.person(email=f"reader{index}@example.org"),
            language="ja",
            about=about,
        )
        for index in range(number)
    ]
    return outbox.draft_batch(drafts, about=about, title="Results", by=by, at=NOON)


def refuse(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    send = EmailMessage.send

    def refusing(letter: EmailMessage) -> int:
        if letter.to == [address]:
            raise SMTPRecipientsRefused({})
        return send(letter)

    monkeypatch.setattr("kakehashi.kernel.outbox.EmailMessage.send", refusing)


def test_released_letters_wait_as_long_as_their_hold_says() -> None:
    mofa, at = officer(), clock.now()
    Hold.objects.create(kind="thing.kind", minutes=10, source="test", assumed=True)
    batch = batch_of(mofa, 2)
    outbox.release(batch, count=2, by=mofa, at=at)

    assert batch.leaves_at == at + timedelta(minutes=10)
    assert jobs.drain(at=at + timedelta(minutes=9)) == 0
    assert "can be taken back" in visit(mofa).get(f"/outbox/{batch.pk}/").content.decode()
    assert jobs.drain(at=at + timedelta(minutes=10)) == 1
    assert len(mail.outbox) == 2


def test_whoever_does_not_want_to_wait_sends_now_and_cannot_take_it_back() -> None:
    mofa, auditor = officer(), officer(Role.AUDITOR)
    Hold.objects.create(kind="thing.kind", minutes=10, source="test", assumed=True)
    batch = batch_of(mofa, 2)
    outbox.release(batch, count=2, by=mofa, at=clock.now())

    assert visit(auditor).post(f"/outbox/{batch.pk}/send_now/").status_code == 403
    assert visit(mofa).post(f"/outbox/{batch.pk}/send_now/").status_code == 302
    with pytest.raises(MoveNotAllowed):
        outbox.take_back(batch, by=mofa, at=clock.now())
    jobs.drain()
    batch.refresh_from_db()
    assert (batch.state, len(mail.outbox)) == (BatchState.SENT, 2)


def test_what_did_not_arrive_is_listed_with_its_address_and_tried_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    mofa, other = officer(), officer(Role.MISSION)
    batch = batch_of(mofa, 3)
    with monkeypatch.context() as patch:
        refuse(patch, "reader1@example.org")
        outbox.release(batch, count=3, by=mofa, at=clock.now())
        jobs.drain()
    failed = Post.objects.exclude(failure="").get()
    page = visit(mofa).get("/outbox/letters/?state=failed").content.decode()
    assert "reader1@example.org" in page
    assert "The address was refused" in page
    assert "reader0@example.org" not in page
    assert visit(other).get(f"/outbox/letters/{failed.pk}/").status_code == 404

    Person.objects.filter(pk=failed.to_id).update(email="right@example.org")
    assert visit(mofa).post(f"/outbox/letters/{failed.pk}/try_again/").status_code == 302
    assert visit(mofa).post(f"/outbox/letters/{failed.pk}/try_again/").status_code == 409
    jobs.drain()
    assert [letter.to for letter in mail.outbox].count(["right@example.org"]) == 1
    assert len(mail.outbox) == 3


def test_a_letter_that_came_back_is_noted_once() -> None:
    mofa = officer()
    batch = batch_of(mofa, 1)
    outbox.release(batch, count=1, by=mofa, at=clock.now())
    jobs.drain()
    letter = Post.objects.get()

    assert visit(mofa).post(f"/outbox/letters/{letter.pk}/note_returned/").status_code == 302
    assert visit(mofa).post(f"/outbox/letters/{letter.pk}/note_returned/").status_code == 409
    assert "It came back" in visit(mofa).get("/outbox/letters/?state=failed").content.decode()


def test_an_operator_mends_single_letters_without_reading_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    operator = officer(Role.OPERATOR)
    to = make.person(email="reader@example.org")
    refuse(monkeypatch, "reader@example.org")
    draft = outbox.Draft(letter=Told(), to=to, language="en", about="x/1")
    letter = outbox.post(draft, at=clock.now())
    jobs.drain()

    page = visit(operator).get(f"/outbox/letters/{letter.pk}/").content.decode()
    assert "reader@example.org" in page
    assert "One paragraph." not in page
    assert "Told (en)" not in visit(operator).get("/outbox/letters/").content.decode()


def test_two_workers_never_send_the_same_letter() -> None:
    mofa = officer()
    batch = batch_of(mofa, 3)
    outbox.release(batch, count=3, by=mofa, at=clock.now())
    held = Post.objects.earliest("pk")
    Post.objects.filter(pk=held.pk).update(claimed_at=datetime.now(UTC))
    jobs.drain()

    assert [letter.to for letter in mail.outbox] == [
        ["reader1@example.org"],
        ["reader2@example.org"],
    ]
    Post.objects.filter(pk=held.pk).update(claimed_at=datetime.now(UTC) - outbox.CLAIMED)
    jobs.drain()
    assert mail.outbox[-1].to == ["reader0@example.org"]
    assert len(mail.outbox) == 3


def test_letters_leave_on_paper_and_each_stands_in_the_trail(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    mofa, auditor = officer(), officer(Role.AUDITOR)
    batch = batch_of(mofa, 3)
    address = f"/outbox/{batch.pk}/print/"
    assert visit(auditor).get(address).status_code == 403
    one = visit(mofa).get(address)
    assert (one["Content-Type"], one.content[:5]) == ("application/pdf", b"%PDF-")
    assert Trace.objects.filter(deed="print", kind="view").count() == 3

    monkeypatch.setattr(bundle, "AT_ONCE", 2)
    each = visit(mofa).get(address, {"each": "1"}).getvalue()
    names = ZipFile(BytesIO(each)).namelist()
    assert names == [f"letter-{pk}.pdf" for pk in Post.objects.values_list("pk", flat=True)]
    parts = b"".join(bundle.print_all(Post.objects.order_by("pk")))
    assert ZipFile(BytesIO(parts)).namelist() == [
        "letters-00001-00002.pdf",
        "letters-00003-00003.pdf",
    ]


@pytest.mark.parametrize("number", [1, 3, 100])
@pytest.mark.parametrize(
    ("page", "cost"), [("/outbox/", 8), ("/outbox/{}/", 9), ("/outbox/letters/", 7)]
)
def test_the_outbox_costs_the_same(
    number: int, page: str, cost: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    mofa = officer()
    batch = batch_of(mofa, number)
    client = visit(mofa)
    client.get(page.format(batch.pk))

    with django_assert_num_queries(cost):
        client.get(page.format(batch.pk))


def test_a_job_asked_to_stop_before_its_end_has_done_nothing() -> None:
    mofa = officer()
    run = jobs.enqueue(release_all, batch_of(mofa, 2).pk, at=NOON, by=mofa)
    assert visit(mofa).post(f"/jobs/{run.pk}/stop/").status_code == 302
    jobs.drain()
    run.refresh_from_db()

    assert (run.state, Batch.objects.get().state) == (RunState.STOPPED, BatchState.DRAFT)
    assert "It was stopped" in visit(mofa).get(f"/jobs/{run.pk}/").content.decode()


def test_a_job_that_a_rule_refuses_tells_its_asker_why_and_has_done_nothing() -> None:
    mofa = officer()
    batch = batch_of(mofa, 2)
    run = jobs.enqueue(release_all, batch.pk, at=NOON, by=mofa)
    outbox.cancel(batch, by=mofa, at=NOON)
    jobs.drain()
    run.refresh_from_db()

    assert (run.state, run.failure) == (RunState.REFUSED, "WrongCount")
    page = visit(mofa).get(f"/jobs/{run.pk}/").content.decode()
    assert "Nothing was done." in page
    assert list(queries.jobs_for(officer(Role.MISSION))) == []


@jobs.job
def release_all(run: JobRun, batch: int) -> None:
    """Release a batch in one go, as the parts' own jobs do."""
    with jobs.in_one_go(run):
        outbox.release(Batch.objects.get(pk=batch), count=2, by=run.by, at=NOON)  # type: ignore[arg-type]  # a test's asker
