from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from kakehashi.directory.models import Person
from kakehashi.directory.rules import Role
from kakehashi.directory.tests import factories as make
from kakehashi.kernel import clock, jobs
from kakehashi.privacy import actions
from kakehashi.privacy.models import Correction, DataCopy, NoticeRead
from kakehashi.privacy.tests.test_actions import notices, row_of

pytestmark = pytest.mark.django_db


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


def test_everybody_reads_the_notice_and_whoever_is_signed_in_notes_it() -> None:
    notices()
    address = reverse("privacy:notice")
    page = Client().get(address)
    assert page.status_code == 200
    assert "I have read it" not in page.content.decode()
    mine = make.person()
    assert "I have read it" in signed_in(mine).get(address).content.decode()
    signed_in(mine).post(reverse("privacy:read_notice"))
    assert NoticeRead.objects.get().person == mine
    assert "I have read it" not in signed_in(mine).get(address).content.decode()


def test_a_copy_is_asked_for_made_and_taken_by_nobody_else() -> None:
    mine, stranger = make.person(family_name="Reed"), make.officer(Role.OPERATOR)
    client = signed_in(mine)
    assert "Reed" in client.get(reverse("privacy:my_data")).content.decode()
    client.post(reverse("privacy:ask_for_copy"))
    made = DataCopy.objects.get()
    own = reverse("privacy:copy", args=[made.pk])
    assert client.get(own).status_code == 404  # not made yet
    jobs.drain()
    answer = client.get(own)
    assert (answer["Content-Type"], answer["Cache-Control"]) == ("application/zip", "no-store")
    assert answer.content[:2] == b"PK"
    assert signed_in(stranger).get(own).status_code == 404


def test_a_wish_is_asked_and_answered_on_the_pages() -> None:
    mine, desk = make.person(family_name="Read"), make.officer(Role.CLAIR_DESK)
    address = reverse("privacy:ask", args=["person", mine.pk, "family_name"])
    client = signed_in(mine)
    assert address in client.get(reverse("privacy:my_data")).content.decode()
    assert client.post(address, {"wanted": "x" * 81, "reason": ""}).status_code == 422
    client.post(address, {"wanted": "Reed", "reason": "A typo"})
    wish = Correction.objects.get()
    page = reverse("privacy:correction", args=[wish.pk])
    assert "A typo" in signed_in(desk).get(page).content.decode()
    refuse = reverse("privacy:refuse", args=[wish.pk])
    assert signed_in(desk).post(refuse, {"answer": ""}).status_code == 422
    signed_in(desk).post(reverse("privacy:accept", args=[wish.pk]), {"answer": ""})
    mine.refresh_from_db()
    assert mine.family_name == "Reed"
    assert signed_in(make.person()).get(page).status_code == 404


def test_nobody_asks_to_have_anothers_record_mended() -> None:
    mine, other = make.person(), make.person(family_name="Reed")
    client = signed_in(mine)
    for address in (["person", other.pk, "family_name"], ["person", mine.pk, "email"]):
        assert client.get(reverse("privacy:ask", args=address)).status_code == 404


@pytest.mark.parametrize("count", [1, 3, 100])
def test_the_list_costs_the_same_however_long_it_is(
    count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    desk = make.officer(Role.CLAIR_DESK)
    for number in range(count):
        person = make.person(family_name=f"Reed {number}")
        one = row_of(person, "person")
        actions.ask(one, "family_name", wanted="Read", reason="", by=person, at=make.NOON)
    client = signed_in(desk)
    with django_assert_num_queries(5 + make.AROUND):
        assert client.get(reverse("privacy:corrections")).status_code == 200
