"""The cast: the person concerned, the right helper, the wrong helper, a stranger."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kakehashi.directory.rules import Role
from kakehashi.directory.tests import factories as make
from kakehashi.recruitment.tests import factories as ours
from kakehashi.recruitment.tests.test_views import NOBODY, signed_in, text, url

pytestmark = pytest.mark.django_db


OF_ONE = (
    ("application",),
    ("section", "about"),
    ("ask_reference",),
    ("submit",),
    ("withdraw",),
    ("complete",),
    ("find_incomplete",),
)


def test_whoever_has_not_signed_in_is_sent_to_the_door() -> None:
    mine = ours.application()
    pages = [url(name, mine.pk, *more) for name, *more in OF_ONE]
    pages += [url(name) for name in ("applications", "mine", "start", "key_paper")]
    pages += [url("section", NOBODY, "about"), url("application", NOBODY)]
    for page in pages:
        answer = Client().get(page)
        assert (answer.status_code, answer["Location"].split("?")[0]) == (
            302,
            reverse("account_login"),
        )


@pytest.mark.parametrize("page", OF_ONE, ids=lambda page: page[0])
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_foreign_application_is_a_404_like_an_unknown_one(
    page: tuple[str, ...], method: str
) -> None:
    mine = ours.application()
    name, *more = page
    wrong = ours.coordinator(ours.mission("cork"))
    for person in (make.person(), wrong, make.officer(Role.READER)):
        client = signed_in(person)
        client.get(url("start"))  # whatever a first page costs is paid
        with CaptureQueriesContext(connection) as foreign:
            there = getattr(client, method)(url(name, mine.pk, *more))
        with CaptureQueriesContext(connection) as unknown:
            nowhere = getattr(client, method)(url(name, NOBODY, *more))
        assert (there.status_code, nowhere.status_code) == (404, 404)
        assert there.content == nowhere.content
        assert dict(there.items()) == dict(nowhere.items())
        assert len(foreign) == len(unknown)


def test_papers_of_a_foreign_application_are_a_404_too() -> None:
    mine, paper = ours.application(), ours.paper("transcript")
    client = signed_in(ours.coordinator(ours.mission("cork")))
    for name in ("check_paper", "uncheck_paper"):
        there = client.post(url(name, mine.pk, paper.pk), {"received_on": "2026-10-01"})
        nowhere = client.post(url(name, NOBODY, paper.pk), {"received_on": "2026-10-01"})
        assert (there.status_code, there.content) == (404, nowhere.content)
    mission = signed_in(ours.coordinator())
    assert mission.post(url("check_paper", mine.pk, NOBODY)).status_code == 404


def test_a_strangers_list_is_refused_with_the_rule() -> None:
    page = signed_in(make.person()).get(url("applications"))
    assert page.status_code == 403
    assert "you coordinate for an embassy or consulate" in text(page)
    assert signed_in(make.officer(Role.MOFA)).get(url("key_paper")).status_code == 403


def test_what_can_be_seen_but_not_done_is_refused_and_a_wrong_method_is_a_405() -> None:
    mine = ours.application()
    applicant = signed_in(mine.person)
    assert applicant.get(url("complete", mine.pk)).status_code == 405
    assert applicant.post(url("complete", mine.pk)).status_code == 403
    assert applicant.get(url("find_incomplete", mine.pk)).status_code == 403
    mission = signed_in(ours.coordinator())
    assert mission.post(url("withdraw", mine.pk)).status_code == 403
    assert mission.get(url("section", mine.pk, "about")).status_code == 403
    assert mission.get(url("complete_many")).status_code == 405
    assert applicant.get(url("find_incomplete_many")).status_code == 403
