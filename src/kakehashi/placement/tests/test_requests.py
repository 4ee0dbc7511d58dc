import pytest

from kakehashi.directory.tests import factories as directory
from kakehashi.intake.tests import factories as intake
from kakehashi.kernel import jobs
from kakehashi.kernel.lifecycle import MoveNotAllowed
from kakehashi.kernel.models import Post, Trace
from kakehashi.kernel.policy import Refused
from kakehashi.placement import actions
from kakehashi.placement.lifecycle import RequestState
from kakehashi.placement.models import Request
from kakehashi.placement.tests import factories as make

pytestmark = pytest.mark.django_db
NOON = directory.NOON


def deeds(request: Request) -> list[str]:
    lines = Trace.objects.filter(thing=request.key).order_by("number")
    return list(lines.values_list("deed", flat=True))


def test_a_request_goes_from_the_organisation_over_the_host_body_to_clair() -> None:
    request = make.accepted()

    assert request.state == RequestState.ACCEPTED
    assert request.filed_at == NOON
    assert deeds(request) == ["create_request", "file", "check", "accept"]


def test_numbers_run_through_the_year() -> None:
    office = make.organisation()
    officer = make.officer_of(office)

    assert [make.draft(office, officer).number for _ in range(3)] == [
        "27-R0001",
        "27-R0002",
        "27-R0003",
    ]


def test_only_the_organisation_drafts_files_and_changes_its_request() -> None:
    office = make.organisation()
    request = make.draft(office)
    others = [make.officer_of(make.organisation()), make.host_officer(office), make.clair()]

    for person in others:
        for act in (
            lambda by: make.draft(office, by),
            lambda by: actions.file(request, by=by, at=NOON),
            lambda by: actions.withdraw(request, by=by, at=NOON),
            lambda by: actions.change_request(request, fields={"seats": 2}, by=by, at=NOON),
        ):
            with pytest.raises(Refused):
                act(person)
    assert Request.objects.get().state == RequestState.DRAFT


def test_a_draft_can_be_changed_and_a_filed_request_cannot() -> None:
    office = make.organisation()
    officer = make.officer_of(office)
    request = make.draft(office, officer)

    actions.change_request(
        request, fields={"seats": 3, "workplace": "City hall"}, by=officer, at=NOON
    )
    assert (request.seats, request.workplace, request.version) == (3, "City hall", 1)

    actions.file(request, by=officer, at=NOON)
    with pytest.raises(MoveNotAllowed):
        actions.change_request(request, fields={"seats": 9}, by=officer, at=NOON)
    assert Request.objects.get().seats == 3


def test_a_stale_page_cannot_change_or_file_a_request() -> None:
    office = make.organisation()
    officer = make.officer_of(office)
    request = make.draft(office, officer)
    stale = Request.objects.get(pk=request.pk)
    actions.change_request(request, fields={"seats": 2}, by=officer, at=NOON)

    with pytest.raises(MoveNotAllowed):
        actions.change_request(stale, fields={"seats": 9}, by=officer, at=NOON)
    with pytest.raises(MoveNotAllowed):
        actions.file(stale, by=officer, at=NOON)
    assert Request.objects.get().seats == 2


def test_a_wave_of_another_year_is_refused() -> None:
    office = make.organisation()
    other = intake.wave("a", intake.year(2028))

    with pytest.raises(actions.WaveOfAnotherYear):
        make.draft(office, wave=other)
    assert Request.objects.count() == 0


def test_a_returned_request_tells_its_officers_why_and_can_be_filed_again() -> None:
    office = make.organisation()
    officer = make.officer_of(office, email="co@demo.invalid", language="ja")
    request = make.draft(office, officer)
    actions.file(request, by=officer, at=NOON)

    actions.return_request(
        request, remark="Name the schools.", by=make.host_officer(office), at=NOON
    )
    assert (request.state, request.remark) == (RequestState.RETURNED, "Name the schools.")
    letter = Post.objects.get(about=request.key)
    assert (letter.to, letter.language) == (officer, "ja")
    assert letter.subject == "配置要望 27-R0001 の修正のお願い"
    assert "Name the schools." in letter.body
    jobs.drain()
    letter.refresh_from_db()
    assert letter.sent_at is not None

    actions.file(request, by=officer, at=NOON)
    assert (request.state, request.remark) == (RequestState.FILED, "")


@pytest.mark.parametrize("remark", ["", "   "])
def test_returning_and_declining_need_a_remark(remark: str) -> None:
    office = make.organisation()
    officer = make.officer_of(office)
    request = make.draft(office, officer)
    actions.file(request, by=officer, at=NOON)
    with pytest.raises(actions.RemarkMissing):
        actions.return_request(request, remark=remark, by=make.host_officer(office), at=NOON)
    actions.check(request, by=make.host_officer(office), at=NOON)
    with pytest.raises(actions.RemarkMissing):
        actions.decline_request(request, remark=remark, by=make.clair(), at=NOON)

    assert Request.objects.get().state == RequestState.CHECKED
    assert Post.objects.count() == 0


def test_clair_declines_with_a_reason_the_organisation_reads() -> None:
    office = make.organisation()
    officer = make.officer_of(office)
    request = make.draft(office, officer)
    actions.file(request, by=officer, at=NOON)
    actions.check(request, by=make.host_officer(office), at=NOON)
    actions.decline_request(request, remark="No budget vote.", by=make.clair(), at=NOON)

    assert (request.state, request.remark) == (RequestState.DECLINED, "No budget vote.")


def test_an_accepted_request_can_no_longer_be_withdrawn() -> None:
    office = make.organisation()
    officer = make.officer_of(office)
    request = make.accepted(office, officer)

    with pytest.raises(MoveNotAllowed):
        actions.withdraw(request, by=officer, at=NOON)


def test_many_requests_move_together_or_not_at_all() -> None:
    office = make.organisation()
    officer, host = make.officer_of(office), make.host_officer(office)
    rows = [make.draft(office, officer) for _ in range(3)]

    assert actions.file_many(rows, by=officer, at=NOON) == 3
    filed = list(Request.objects.select_related("organisation").order_by("number"))
    assert actions.check_many(filed[:2], by=host, at=NOON) == 2
    with pytest.raises(MoveNotAllowed):
        actions.check_many(Request.objects.select_related("organisation"), by=host, at=NOON)
    checked = Request.objects.filter(state=RequestState.CHECKED)
    assert checked.count() == 2
    assert actions.accept_many(checked, by=make.clair(), at=NOON) == 2
    states = [request.state for request in Request.objects.order_by("number")]
    assert states == [RequestState.ACCEPTED, RequestState.ACCEPTED, RequestState.FILED]


def test_one_row_that_is_not_theirs_refuses_the_whole_batch() -> None:
    ours, theirs = make.organisation(), make.organisation()
    officer = make.officer_of(ours)
    rows = [make.draft(ours, officer), make.draft(theirs)]

    with pytest.raises(Refused):
        actions.file_many(rows, by=officer, at=NOON)
    assert {row.state for row in Request.objects.all()} == {RequestState.DRAFT}


def test_many_requests_are_returned_with_one_letter_each() -> None:
    office = make.organisation()
    officer = make.officer_of(office)
    rows = [make.draft(office, officer) for _ in range(2)]
    actions.file_many(rows, by=officer, at=NOON)
    filed = list(Request.objects.select_related("organisation"))

    host = make.host_officer(office)
    assert actions.return_many(filed, remark="Say when.", by=host, at=NOON) == 2
    assert Post.objects.filter(to=officer).count() == 2


def test_many_requests_are_declined_together() -> None:
    office = make.organisation()
    officer = make.officer_of(office)
    rows = [make.draft(office, officer) for _ in range(2)]
    actions.file_many(rows, by=officer, at=NOON)
    filed = list(Request.objects.select_related("organisation"))
    actions.check_many(filed, by=make.host_officer(office), at=NOON)
    checked = list(Request.objects.select_related("organisation"))

    assert actions.decline_many(checked, remark="Late.", by=make.clair(), at=NOON) == 2
    assert {row.remark for row in Request.objects.all()} == {"Late."}


def test_a_fact_that_a_request_does_not_have_is_a_programmer_s_mistake() -> None:
    with pytest.raises(TypeError):
        make.draft(colour="blue")
