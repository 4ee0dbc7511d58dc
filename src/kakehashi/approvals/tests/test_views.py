from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from kakehashi.approvals import actions
from kakehashi.approvals.models import Approval, Route
from kakehashi.approvals.tests.test_actions import Desk
from kakehashi.directory.models import Person
from kakehashi.directory.rules import Role
from kakehashi.directory.tests import factories as make
from kakehashi.kernel import clock

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


def test_a_paper_goes_its_way_on_the_pages_and_the_sheet_shows_every_name() -> None:
    desk = Desk()
    page = signed_in(desk.drafter).get(reverse("intake:plan", args=[desk.plan.pk]))
    address = page.context["approval"].draft_url
    assert address in page.content.decode()
    refused = signed_in(desk.drafter).post(reverse("intake:release_plan", args=[desk.plan.pk]))
    assert refused.status_code == 403
    assert "This needs the approval of the office first" in refused.content.decode()

    typed = {"about": desk.plan.key, "note": "As resolved on 30 September."}
    answer = signed_in(desk.drafter).post(address, typed)
    paper = Approval.objects.get()
    own = reverse("approvals:approval", args=[paper.pk])
    assert answer["Location"] == own

    assert f"{own}stamp/" in signed_in(desk.chief).get(own).content.decode()
    assert f"{own}approve/" not in signed_in(desk.head).get(own).content.decode()
    assert signed_in(desk.chief).post(f"{own}stamp/").status_code == 302
    assert signed_in(desk.head).post(f"{own}approve/").status_code == 302
    sheet = signed_in(desk.drafter).get(f"{own}sheet/").content.decode()
    for words in (
        str(desk.drafter),
        str(desk.chief),
        str(desk.head),
        "As resolved on",
        paper.digest,
    ):
        assert words in sheet
    page = signed_in(desk.drafter).get(reverse("intake:plan", args=[desk.plan.pk]))
    assert "Exactly this is approved" in page.content.decode()


def test_it_is_returned_with_a_reason_that_everybody_at_the_desk_reads() -> None:
    desk = Desk(way="head")
    paper = actions.draft(desk.plan.key, by=desk.drafter, at=make.NOON)
    address = reverse("approvals:return_paper", args=[paper.pk])
    assert signed_in(desk.drafter).get(address).status_code == 403
    assert signed_in(desk.head).post(address, {"reason": ""}).status_code == 422
    signed_in(desk.head).post(address, {"reason": "Ireland is missing."})
    page = signed_in(desk.drafter).get(reverse("approvals:approval", args=[paper.pk]))
    assert "Ireland is missing." in page.content.decode()


def test_who_may_not_know_of_a_paper_meets_the_page_of_what_does_not_exist() -> None:
    desk = Desk()
    paper = actions.draft(desk.plan.key, by=desk.drafter, at=make.NOON)
    stranger = signed_in(make.officer(Role.MOFA))
    for name in ("approval", "sheet", "return_paper"):
        mine = stranger.get(reverse(f"approvals:{name}", args=[paper.pk]))
        unknown = stranger.get(reverse(f"approvals:{name}", args=[987654]))
        assert (mine.status_code, mine.content) == (404, unknown.content)
    assert (
        stranger.get(f"{reverse('approvals:draft')}?about={desk.plan.key}").status_code == 404
    )


def test_a_head_sets_and_ends_a_route_of_the_office() -> None:
    desk = Desk()
    address = reverse("approvals:set_route", args=[desk.office.pk])
    typed = {"role": "mic", "kind": "letter", "way": "head", "valid_from": "2026-10-01"}
    assert signed_in(desk.drafter).post(address, typed).status_code == 403
    client = signed_in(desk.head)
    assert address in client.get(reverse("approvals:routes")).content.decode()
    assert client.post(address, typed).status_code == 302
    assert client.post(address, typed).status_code == 422
    made = Route.objects.get(kind="letter")
    assert [step.rank for step in made.steps.all()] == ["head"]
    client.post(reverse("approvals:end_route", args=[made.pk]))
    made.refresh_from_db()
    assert made.valid_to is not None


@pytest.mark.parametrize("count", [1, 3, 100])
def test_the_list_costs_the_same_however_long_it_is(
    count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    desk = Desk()
    for _ in range(count):
        actions.draft(desk.plan.key, by=desk.drafter, at=make.NOON)
    client = signed_in(desk.chief)
    with django_assert_num_queries(5 + make.AROUND):
        assert client.get(reverse("approvals:approvals")).status_code == 200
