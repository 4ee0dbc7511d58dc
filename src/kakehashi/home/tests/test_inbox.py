"""How letters reach people: at once, once a day, or in the inbox alone; never twice."""

from datetime import UTC, datetime
from typing import ClassVar

import pytest
from django.core import mail
from django.test import Client

from kakehashi.directory.models import Person
from kakehashi.directory.rules import Role
from kakehashi.directory.tests import factories as make
from kakehashi.home import actions, queries
from kakehashi.home.jobs import send_digests
from kakehashi.intake.letters import PlanBeforeCouncil
from kakehashi.kernel import clock, jobs, outbox
from kakehashi.kernel.letters import Letter
from kakehashi.kernel.models import Post, Way
from kakehashi.kernel.words import Words
from kakehashi.placement.tests import factories as placing

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 10, 1, 3, tzinfo=UTC)
KIND = PlanBeforeCouncil.letter_name()
MORNING = datetime(2026, 10, 1, 22, 30, tzinfo=UTC)  # 07:30 on the 2nd in Tokyo
NIGHT = datetime(2026, 10, 1, 21, 30, tzinfo=UTC)  # 06:30


class Decision(Letter):
    """A letter nobody can turn off."""

    title: ClassVar[Words] = "Decided"

    def write(self, language: str) -> tuple[str, str]:
        return f"decided-{language}", "decided\n"


def planner() -> Person:
    return make.officer(Role.MIC)


def tell(
    person: Person, *, version: str = "2027-1", once: str = "", about: str = "x/1"
) -> Post:
    letter = PlanBeforeCouncil(version=version, reason="The survey")
    draft = outbox.Draft(letter=letter, to=person, language="en", about=about, once=once)
    return outbox.post(draft, at=NOON)


def at(moment: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: moment)


def digest(moment: datetime, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Let the hour strike, and give the subjects of the mails that leave."""
    mail.outbox.clear()
    at(moment, monkeypatch)
    jobs.enqueue(send_digests, at=moment, key=f"digest:{moment}")
    jobs.drain()
    return [str(one.subject) for one in mail.outbox]


def test_a_notice_comes_at_once_unless_its_reader_chose_otherwise() -> None:
    person = planner()
    tell(person)
    jobs.drain()
    assert len(mail.outbox) == 1

    actions.choose_ways({KIND: Way.INBOX}, by=person, at=NOON)
    quiet = tell(person, version="2027-2")
    jobs.drain()
    assert len(mail.outbox) == 1
    assert queries.letters_for(person).first() == quiet


def test_what_decides_something_always_comes_by_mail() -> None:
    person = planner()
    actions.choose_ways({Decision.letter_name(): Way.INBOX}, by=person, at=NOON)
    draft = outbox.Draft(letter=Decision(), to=person, language="en", about="x/1")

    assert outbox.post(draft, at=NOON).way == Way.MAIL
    assert Decision.letter_name() not in queries.kinds_for(person)


def test_what_is_told_once_is_told_once_however_often_a_job_asks() -> None:
    person = planner()
    assert tell(person, once="solved:1") == tell(person, once="solved:1")
    assert Post.objects.filter(to=person).count() == 1


def test_the_daily_e_mail_comes_in_the_readers_morning_once_and_names_each_letter_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    person = planner()
    actions.choose_ways({KIND: Way.DIGEST}, by=person, at=NOON)
    tell(person, version="2027-1")
    tell(person, version="2027-2")

    assert digest(NIGHT, monkeypatch) == []
    assert digest(MORNING, monkeypatch) == ["Kakehashi: 2 new messages"]
    assert "* Invitation plan 2027-1 is before the council" in mail.outbox[0].body
    assert digest(MORNING.replace(minute=50), monkeypatch) == []
    assert queries.letters_for(person).count() == 2

    tell(person, version="2027-3")
    assert digest(MORNING.replace(minute=55), monkeypatch) == []
    assert digest(MORNING.replace(day=2), monkeypatch) == ["Kakehashi: one new message"]


def test_morning_is_where_the_office_is(monkeypatch: pytest.MonkeyPatch) -> None:
    london = make.mission("london", "GB")
    london.time_zone = "Europe/London"
    london.save()
    person = make.person(email="imogen@example.org")
    make.seat(person, london, Role.MISSION)
    actions.choose_ways({KIND: Way.DIGEST}, by=person, at=NOON)
    tell(person)

    assert digest(MORNING, monkeypatch) == ["Kakehashi: one new message"]  # 23:30 in London
    assert queries.zone_of(person) == "Europe/London"


def test_what_was_read_in_the_inbox_is_not_named_again(monkeypatch: pytest.MonkeyPatch) -> None:
    person = planner()
    actions.choose_ways({KIND: Way.DIGEST}, by=person, at=NOON)
    actions.note_read(tell(person), at=NOON)

    assert digest(MORNING, monkeypatch) == []


def test_a_letter_leads_to_its_thing_only_while_the_reader_may_see_it() -> None:
    office = placing.organisation()
    request = placing.draft(office, placing.officer_of(office))
    stranger = planner()
    officer = placing.officer_of(office)
    doors = {}
    for person in (officer, stranger):
        row = tell(person, about=request.key)
        client = Client()
        client.force_login(person)
        doors[person.pk] = client.get(f"/letters/{row.pk}/").context["door"]

    assert doors == {officer.pk: f"/placement/requests/{request.pk}/", stranger.pk: ""}


def test_many_are_marked_as_read_and_only_ones_own() -> None:
    mine, other = planner(), make.officer(Role.MOFA)
    rows = [tell(mine), tell(other)]
    client = Client()
    client.force_login(mine)
    client.post("/letters/mark_read/", {"row": [str(row.pk) for row in rows]})

    assert [Post.objects.get(pk=row.pk).read_at is None for row in rows] == [False, True]


def test_ways_are_chosen_on_the_page_and_a_wrong_one_is_refused() -> None:
    person = planner()
    client = Client()
    client.force_login(person)
    field = KIND.replace("/", "-")

    assert client.post("/letters/ways/", {field: "pigeon"}).status_code == 422
    assert client.post("/letters/ways/", {field: Way.DIGEST.value}).status_code == 302
    assert queries.ways_of(person) == {KIND: Way.DIGEST}
