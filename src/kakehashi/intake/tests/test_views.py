from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from kakehashi.councils.tests.factories import councils, resolution
from kakehashi.directory import actions as directory
from kakehashi.directory.models import Office, Person
from kakehashi.directory.rules import Role
from kakehashi.directory.tests import factories as make
from kakehashi.intake import actions
from kakehashi.intake.lifecycle import PlanState, YearState
from kakehashi.intake.models import Deadline, Plan, ProgrammeYear
from kakehashi.intake.tests import factories
from kakehashi.kernel import clock

pytestmark = pytest.mark.django_db
PACK = Path(__file__).parents[4] / "programmes" / "jet"


@pytest.fixture(autouse=True)
def _october() -> Iterator[None]:
    before = clock.now()
    clock.live_at(make.NOON)
    yield
    clock.live_at(before)


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def address(name: str, *args: object) -> str:
    return reverse(f"intake:{name}", args=args)


def test_whoever_has_not_signed_in_is_sent_to_the_door() -> None:
    plan = factories.plan()
    date = factories.deadline()
    pages = [address(name) for name in ("years", "plans", "documents", "pay", "glossary")]
    pages += [address("year", plan.year_id), address("plan", plan.pk)]
    pages += [address("set_deadline", date.pk), address("release_plan", plan.pk)]
    for page in pages:
        answer = Client().get(page)
        assert answer.status_code == 302
        assert answer["Location"].startswith(reverse("account_login"))


def test_a_year_shows_waves_numbers_and_dates_in_two_time_zones() -> None:
    dublin = make.mission("dublin")
    factories.deadline("closes", dublin, datetime(2026, 11, 27, 23, 30, tzinfo=UTC))
    factories.plan({("IE", "ALT", "a"): 12})
    year = factories.year()
    client = signed_in(make.officer(Role.MISSION, dublin))
    page = client.get(address("year", year.pk))
    text = page.content.decode()
    assert page.status_code == 200

    assert "27 Nov 2026, 23:30 (Dublin)" in text
    assert "28 Nov 2026, 08:30" in text
    assert "12 seats" in text
    assert "Under way" in text
    everyone = client.get(address("dates", year.pk), {"mission": "dublin", "event": "closes"})
    assert "Applications close" in everyone.content.decode()


def test_a_year_in_preparation_is_not_there_for_an_applicant() -> None:
    year = factories.year(opened=False)
    applicant = signed_in(make.person())
    assert applicant.get(address("year", year.pk)).status_code == 404
    assert applicant.get(address("open_year", year.pk)).status_code == 404
    assert signed_in(make.officer(Role.HOST)).get(address("year", year.pk)).status_code == 200


def test_a_year_is_created_opened_cloned_and_closed_on_screen() -> None:
    directory.load_pack(PACK, by="system:set_up", at=make.NOON)
    client = signed_in(make.officer(Role.MIC, Office.objects.get(code="MIC")))
    assert client.get(address("create_year")).status_code == 200
    assert client.post(address("create_year"), {"year": "27"}).status_code == 422
    assert client.post(address("create_year"), {"year": "2027"}).status_code == 302
    year = ProgrammeYear.objects.get()
    assert client.post(address("create_year"), {"year": "2027"}).status_code == 422
    assert client.get(address("open_year", year.pk)).status_code == 200
    assert client.post(address("open_year", year.pk)).status_code == 302
    assert client.post(address("open_year", year.pk)).status_code == 409
    assert client.get(address("clone_year", year.pk)).status_code == 200
    assert client.post(address("clone_year", year.pk)).status_code == 302
    again = client.post(address("clone_year", year.pk), follow=True)
    assert "The programme year 2028 exists already." in again.content.decode()
    assert client.post(address("close_year", year.pk)).status_code == 302
    states = dict(ProgrammeYear.objects.values_list("year", "state"))
    assert states == {2027: YearState.CLOSED, 2028: YearState.PREPARING}


def test_others_do_not_keep_the_year() -> None:
    year = factories.year()
    client = signed_in(make.officer(Role.MISSION))
    for name in ("close_year", "clone_year", "draft_plan"):
        assert client.get(address(name, year.pk)).status_code == 403
        assert client.post(address(name, year.pk)).status_code == 403
    assert client.get(address("create_year")).status_code == 403


def test_a_draft_is_begun_and_its_lines_are_set_on_screen() -> None:
    year, ireland = factories.year(), make.country("IE")
    factories.position("ALT")
    client = signed_in(make.officer(Role.MIC))
    begun = client.post(address("draft_plan", year.pk), {"reason": "First numbers"})
    plan = Plan.objects.get()
    assert begun["Location"] == address("plan", plan.pk)
    set_lines = address("set_lines", plan.pk)
    assert client.get(set_lines).status_code == 200
    half = client.post(set_lines, {"version": "0", "country_2": "IE"})
    assert half.status_code == 422
    new = {"country_1": "IE", "position_1": "ALT", "wave_1": "a", "seats_1": "12"}
    assert client.post(set_lines, {"version": "0", **new}).status_code == 302
    line = plan.lines.get()
    assert (line.country, line.seats) == (ireland, 12)
    stale = client.post(set_lines, {"version": "0", f"line_{line.pk}": "1"})
    assert stale.status_code == 409
    changed = {"version": "1", f"line_{line.pk}": "13"}
    assert client.post(set_lines, changed).status_code == 302
    twice = {"version": "2", f"line_{plan.lines.get().pk}": "13", **new}
    assert client.post(set_lines, twice).status_code == 422
    assert plan.lines.get().seats == 13


def test_numbers_are_put_before_the_council_and_released_on_screen() -> None:
    councils()
    plan = factories.plan({("IE", "ALT", "a"): 13}, released=False)
    client = signed_in(make.officer(Role.MIC))
    assert client.get(address("submit_plan", plan.pk)).status_code == 200
    assert client.post(address("submit_plan", plan.pk)).status_code == 302
    assert plan.key in client.get(address("plan", plan.pk)).content.decode()
    refused = client.post(address("release_plan", plan.pk))
    assert refused.status_code == 403
    assert "The joint council" in refused.content.decode()
    resolution(plan.key, at=clock.now())
    assert client.post(address("release_plan", plan.pk)).status_code == 302
    plan.refresh_from_db()
    assert plan.state == PlanState.RELEASED
    assert client.post(address("release_plan", plan.pk)).status_code == 409
    text = client.get(address("plan", plan.pk)).content.decode()
    assert "The council has resolved" in text
    assert "13 seats in all" in text


def test_a_draft_is_not_there_for_those_who_are_told_only_what_is_in_force() -> None:
    draft = factories.plan(released=False)
    released = factories.plan()
    mission = signed_in(make.officer(Role.MISSION))
    assert mission.get(address("plan", draft.pk)).status_code == 404
    assert mission.get(address("plan", released.pk)).status_code == 200
    assert mission.get(address("set_lines", released.pk)).status_code == 403
    assert mission.get(address("set_lines", draft.pk)).status_code == 404
    assert signed_in(make.person()).get(address("plan", released.pk)).status_code == 404


def test_a_mission_sets_its_own_date_on_screen_in_its_own_time() -> None:
    dublin = make.mission("dublin")
    own = factories.deadline("closes", dublin)
    programmes = factories.deadline("closes")
    client = signed_in(make.officer(Role.MISSION, dublin))
    form = client.get(address("set_deadline", own.pk))
    assert 'value="2026-11-27T17:00"' in form.content.decode()
    assert client.post(address("set_deadline", own.pk), {"at_local": ""}).status_code == 422
    done = client.post(address("set_deadline", own.pk), {"at_local": "2026-11-20T12:00"})
    assert done.status_code == 302
    assert Deadline.objects.get(pk=own.pk).at == datetime(2026, 11, 20, 12, tzinfo=UTC)
    assert client.get(address("set_deadline", programmes.pk)).status_code == 403
    factories.deadline("opens", dublin, datetime(2026, 9, 25, tzinfo=UTC))
    early = client.post(address("set_deadline", own.pk), {"at_local": "2026-09-01T12:00"})
    assert early.status_code == 422


def test_papers_pay_and_words_mark_what_is_assumed() -> None:
    directory.load_pack(PACK, by="system:set_up", at=make.NOON)
    actions.load_pack(PACK, by="system:set_up", at=make.NOON)
    client = signed_in(make.person())
    for name, words in (
        ("documents", "Statement of physician"),
        ("pay", "4,020,000"),
        ("glossary", "JET Programme"),
    ):
        page = client.get(address(name))
        assert page.status_code == 200
        assert words in page.content.decode() or name == "glossary"
    assert "assumed" in client.get(address("documents")).content.decode()
    found = client.get(address("glossary"), {"q": "participant"}).content.decode()
    assert "JET参加者" in found


@pytest.mark.parametrize("rows", [1, 3, 100])
def test_lists_cost_the_same_however_long_they_are(
    rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    mic = make.officer(Role.MIC)
    year = factories.year(2027)
    for number in range(rows):
        factories.year(2100 + number, opened=False)
        actions.draft_plan(year, reason="A draft", by=mic, at=make.NOON)
        factories.deadline("closes", make.mission(f"mission-{number}", "IE"))
    plan = factories.plan({("IE", "ALT", "a"): 1, ("GB", "ALT", "a"): 1}, year)
    mofa = signed_in(make.officer(Role.MOFA))
    for name, args, queries in (
        ("years", (), 5),
        ("plans", (), 6),
        ("dates", (year.pk,), 7),
        ("year", (year.pk,), 7),
        ("plan", (plan.pk,), 8),
        ("documents", (), 5),
        ("pay", (), 4),
        ("glossary", (), 4),
    ):
        with django_assert_num_queries(make.AROUND + queries):
            assert mofa.get(address(name, *args)).status_code == 200
