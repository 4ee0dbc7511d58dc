import re
from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from kakehashi.directory.models import Office
from kakehashi.directory.tests import factories as directory
from kakehashi.intake.tests import factories as intake
from kakehashi.placement import actions
from kakehashi.placement.lifecycle import RequestState
from kakehashi.placement.models import (
    Request,
)
from kakehashi.placement.tests import factories as make
from kakehashi.placement.tests.pages import as_, at, read

pytestmark = pytest.mark.django_db
NOON = directory.NOON


def form_of(office: Office | None = None, **facts: object) -> dict[str, object]:
    whole: dict[str, object] = {
        "wave": intake.wave("a", intake.year()).pk,
        "position": intake.position("ALT").pk,
        "seats": 2,
        "tier": 1,
        "setting": "rural",
        "language": "",
        "country": "",
        "wished_country": "",
        "predecessor_country": "",
        "wished_japanese": "N4",
        "japanese_level": "none",
        "workplace": "Hoshikawa Junior High School",
        "duties": "",
    }
    if office:
        whole["organisation"] = office.pk
    return whole | facts


def test_an_organisation_drafts_corrects_and_files_a_request() -> None:
    office = make.organisation()
    officer = make.officer_of(office)
    client = as_(officer)
    assert client.get(at("draft_request")).status_code == 200

    answer = client.post(at("draft_request"), form_of(office))
    request = Request.objects.get()
    assert answer.headers["Location"] == at("request", request.pk)
    assert (request.seats, request.setting, request.family_housing) == (2, "rural", False)
    assert request.wished_japanese == "N4"

    client.post(at("change_request", request.pk), form_of(seats=3))
    assert Request.objects.get().seats == 3
    client.post(at("file", request.pk))
    assert Request.objects.get().state == RequestState.FILED
    assert client.post(at("file", request.pk)).status_code == 409


def test_what_is_offered_is_typed_kept_and_shown_with_what_was_asked_before() -> None:
    office = make.organisation()
    officer = make.officer_of(office)
    before = make.accepted(office, officer)
    other = make.accepted()  # another organisation's is nobody's business here
    client = as_(officer)
    intake.position("ALT")
    page = client.get(at("draft_request")).content.decode()
    assert before.number in page
    assert other.number not in page

    offered = {
        "workplace_types": ["elementary-school"],
        "car_needed": "on",
        "housing": "provided",
        "rent": 25000,
        "weekly_hours": "38.75",
        "leave_days": 20,
        "wave": intake.wave("a", intake.year(2028)).pk,
    }
    client.post(at("draft_request"), form_of(office, **offered))
    request = Request.objects.get(year__year=2028)
    page = read(officer, "request", request.pk)
    assert "¥25,000" in page
    assert "38 hours 45 minutes" in page
    assert "Elementary school" in page
    assert before.number in page
    assert other.number not in page


def test_the_map_of_requests_adds_up_and_leads_to_each_prefecture(
    django_assert_num_queries: Callable[[int], AbstractContextManager[object]],
) -> None:
    officer = make.clair()
    for number in range(3):
        make.accepted(make.organisation(f"co-{number}"), seats=number + 1)
    client = as_(officer)
    with django_assert_num_queries(8):
        page = client.get(at("places")).content.decode()
    assert 'href="/placement/requests/?prefecture=31"' in page
    figures = re.findall(r"<dd>\s*([\d,]+)", page)
    assert figures[:4] == ["1", "3", "6", "6"]


def test_what_is_wrong_in_a_form_is_said_and_what_was_typed_stays() -> None:
    office = make.organisation()
    officer = make.officer_of(office)
    answer = as_(officer).post(
        at("draft_request"), form_of(office, seats=0, workplace="", duties="Typed")
    )

    assert answer.status_code == 422
    page = answer.content.decode()
    assert "There is a problem" in page
    assert "Typed" in page
    assert Request.objects.count() == 0


def test_an_organisation_cannot_draft_for_another() -> None:
    officer = make.officer_of(make.organisation())
    answer = as_(officer).post(at("draft_request"), form_of(make.organisation()))

    assert answer.status_code == 422
    assert as_(make.clair()).get(at("draft_request")).status_code == 403


def test_the_host_body_returns_a_request_with_a_remark() -> None:
    office = make.organisation()
    officer, host = make.officer_of(office), make.host_officer(office)
    request = make.draft(office, officer)
    actions.file(request, by=officer, at=NOON)
    client = as_(host)

    assert client.get(at("return_request", request.pk)).status_code == 200
    assert client.post(at("return_request", request.pk), {"remark": ""}).status_code == 422
    client.post(at("return_request", request.pk), {"remark": "Name the schools."})
    assert Request.objects.get().state == RequestState.RETURNED
    assert "Name the schools." in read(officer, "request", request.pk)


def test_many_requests_are_checked_accepted_and_returned_from_the_list() -> None:
    office = make.organisation()
    officer, host, clair = make.officer_of(office), make.host_officer(office), make.clair()
    rows = [make.draft(office, officer) for _ in range(3)]
    ticked = make.sent(rows)

    as_(officer).post(at("file_many"), ticked)
    as_(host).post(at("check_many"), make.sent(rows[:2]))
    asked = as_(host).post(at("return_many"), make.sent(rows[2:]))
    assert asked.status_code == 200
    assert f'name="row" value="{rows[2].pk}"' in asked.content.decode()
    as_(host).post(at("return_many"), make.sent(rows[2:]) | {"remark": ["Say when."]})
    as_(clair).post(at("accept_many"), make.sent(rows[:1]))
    as_(clair).post(at("decline_many"), make.sent(rows[1:2]) | {"remark": ["No."]})

    assert [row.state for row in Request.objects.order_by("number")] == [
        RequestState.ACCEPTED,
        RequestState.DECLINED,
        RequestState.RETURNED,
    ]


def test_rows_that_are_not_at_this_step_are_left_and_counted() -> None:
    office = make.organisation()
    officer = make.officer_of(office)
    draft, filed = make.draft(office, officer), make.draft(office, officer)
    actions.file(filed, by=officer, at=NOON)
    foreign = make.draft()
    answer = as_(officer).post(at("file_many"), make.sent([draft, filed, foreign]), follow=True)

    page = answer.content.decode()
    assert "1 request was moved on." in page
    assert "1 request was left as it is" in page
    assert Request.objects.get(pk=foreign.pk).state == RequestState.DRAFT
