from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from kakehashi.appointment.tests.factories import appointments
from kakehashi.directory.models import Office, Person
from kakehashi.directory.rules import Role
from kakehashi.directory.tests import factories as make
from kakehashi.home.views.team import team_of
from kakehashi.home.views.today import next_dates
from kakehashi.intake.tests import factories
from kakehashi.kernel.trail import lay_anchor, record
from kakehashi.placement.tests.factories import organisation
from kakehashi.web.dates import day_words
from kakehashi.web.offers import Reader

pytestmark = pytest.mark.django_db
OCTOBER = datetime(2026, 10, 1, 3, tzinfo=UTC)


def notes() -> list[tuple[date, str]]:
    year = factories.year()
    reader = Reader(person=make.officer(Role.MIC), year=year, at=OCTOBER)
    dates = next_dates(reader)
    return [(line.on, str(line.note)) for line in dates if line.label == "Applications close"]


def test_the_same_day_of_many_missions_is_one_line_whatever_their_time_zones() -> None:
    for code in ("dublin", "paris", "rome"):
        factories.deadline("closes", make.mission(code, "IE"))

    ((day, note),) = notes()
    assert day == date(2026, 11, 27)
    assert note.startswith("3 missions, the first · Friday 27 November 2026")


def test_the_programmes_own_date_is_not_counted_as_a_mission() -> None:
    noon = datetime(2026, 11, 27, 3, tzinfo=UTC)
    factories.deadline("closes", make.mission("dublin", "IE"), noon)
    factories.deadline("closes", None, noon)

    ((_day, note),) = notes()
    assert note.startswith("The whole programme · ")


@pytest.fixture
def town() -> Office:
    factories.year()
    return organisation("co-1")


def seated(role: Role, office: Office) -> Person:
    return make.officer(role, office)


def test_terms_that_end_on_one_day_are_all_counted_and_the_first_are_named(
    town: Office,
) -> None:
    terms = appointments(4, town)
    for row, name in zip(terms, ("Ash", "Birch", "Cedar", "Dale"), strict=True):
        row.person.family_name, row.person.given_name = name, "Kim"
        row.person.save()
    mine = Reader(person=seated(Role.SUPERVISOR, town), year=factories.year(), at=make.NOON)

    (line,) = [one for one in next_dates(mine) if "term" in str(one.label)]
    assert (line.label, line.on) == ("4 terms end", terms[0].ends_on)
    assert line.note == "Kim Ash, Kim Birch, Kim Cedar, 1 more"


def test_a_supervisor_sees_whom_they_look_after_and_nobody_else_does(town: Office) -> None:
    (row,) = appointments(1, town)
    appointments(1, organisation("co-2"))

    team = team_of(seated(Role.SUPERVISOR, town))
    assert team is not None
    assert (team.serving, team.expected, team.more) == ([row], [], False)
    assert team_of(seated(Role.ORGANISATION, town)) is None


def test_an_auditor_reads_how_many_lines_came_since_the_last_anchor(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(settings, "KAKEHASHI_HOME", tmp_path)
    auditor = make.officer(Role.AUDITOR)
    record("thing/1", "touch", by="system:test", at=make.NOON)
    client = Client()
    client.force_login(auditor)
    assert "No anchor yet" in client.get("/").content.decode()

    head = lay_anchor(at=make.NOON)
    record("thing/2", "touch", by="system:test", at=make.NOON)
    figures = {str(one.label): one for one in client.get("/").context["figures"]}
    since = figures["Lines since the last anchor"]
    assert (since.value, since.url) == (1, f"/trail/?after={head.number}")
    assert client.get(since.url).context["page"].paginator.count == 1


def test_an_operator_reads_when_officers_seats_end() -> None:
    day = date(2026, 10, 20)
    for role in (Role.MIC, Role.MOFA):
        seat = make.officer(role).seats.get()
        seat.ends_on = day
        seat.save()
    operator = make.officer(Role.OPERATOR)

    reader = Reader(person=operator, year=factories.year(), at=OCTOBER)
    ends = [line for line in next_dates(reader) if line.on == day]
    assert [str(line.label) for line in ends] == ["2 officers’ seats end"]
    client = Client()
    client.force_login(operator)
    shown = client.get(ends[0].url).context["rows"]
    assert (ends[0].url, len(shown)) == (f"/directory/people/?ends={day}", 2)


def test_an_operator_reads_how_many_anchors_were_laid_and_finds_each(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(settings, "KAKEHASHI_HOME", tmp_path)
    operator, client = make.officer(Role.OPERATOR), Client()
    client.force_login(operator)

    def figure() -> tuple[object, str]:
        figures = {str(one.label): one for one in client.get("/").context["figures"]}
        return figures["Anchors of the trail"].value, str(figures["Anchors of the trail"].note)

    assert figure() == (0, "No anchor yet; the worker lays one every day.")
    record("thing/1", "touch", by="system:test", at=make.NOON)
    head = lay_anchor(at=make.NOON)
    said = f"The last: {day_words(make.NOON.date())}, line {head.number}"
    assert figure() == (1, said)
    (laid,) = client.get("/trail/anchors/").context["laid"]
    assert (laid.day, laid.head) == (make.NOON.date(), head)
    for role, status in ((Role.AUDITOR, 200), (Role.MIC, 403)):
        client.force_login(make.officer(role))
        assert client.get("/trail/anchors/").status_code == status
