from datetime import UTC, datetime

import pytest
from django.test import Client

from kakehashi.directory.models import Person
from kakehashi.directory.rules import Role
from kakehashi.directory.tests import factories as make
from kakehashi.home import actions, queries
from kakehashi.intake.tests import factories
from kakehashi.kernel import clock

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 10, 1, 3, tzinfo=UTC)


@pytest.fixture(autouse=True)
def october(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOON)


def officer() -> Person:
    mission = make.mission("dublin", "IE")
    person = make.person(email="aoife@example.org")
    make.seat(person, mission, Role.MISSION)
    factories.year()
    factories.deadline("closes", mission)
    return person


def visit(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def test_a_month_shows_the_dates_that_concern_me() -> None:
    client = visit(officer())

    november = client.get("/calendar/", {"month": "2026-11"})
    assert [str(one.label) for one in november.context["dates"]] == ["Applications close"]
    assert client.get("/calendar/", {"month": "2026-10"}).context["dates"] == []
    for odd in ("", "2026-13", "x", "0000-01", "99999-01", "2026"):
        assert client.get("/calendar/", {"month": odd}).context["title"] == "October 2026"


def test_a_calendar_program_reads_my_dates_without_signing_in() -> None:
    person = officer()
    answer = Client().get(f"/calendar/{queries.calendar_secret(person)}.ics")

    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert "SUMMARY:Applications close" in answer.content.decode()
    assert answer["Cache-Control"] == "no-store"


def test_the_feed_speaks_its_owners_language() -> None:
    person = officer()
    person.language = "ja"
    person.save()
    answer = Client().get(f"/calendar/{queries.calendar_secret(person)}.ics")

    assert "SUMMARY:応募締切" in answer.content.decode()


def test_a_renewed_secret_makes_the_old_one_nobodys() -> None:
    person = officer()
    old = queries.calendar_secret(person)
    assert visit(person).post("/calendar/renew/").status_code == 302

    assert Client().get(f"/calendar/{old}.ics").status_code == 404
    assert Client().get(f"/calendar/{queries.calendar_secret(person)}.ics").status_code == 200
    actions.renew_calendar(by=person, at=NOON)
    assert queries.person_of_calendar(old) is None


@pytest.mark.parametrize("secret", ["1-wrong", "x", "-", "9" * 40, "1", "٣-wrong"])
def test_a_guess_opens_nothing(secret: str) -> None:
    officer()
    assert Client().get(f"/calendar/{secret}.ics").status_code == 404


def test_whoever_has_left_has_no_calendar() -> None:
    person = officer()
    secret = queries.calendar_secret(person)
    person.is_active = False
    person.save()
    assert Client().get(f"/calendar/{secret}.ics").status_code == 404
