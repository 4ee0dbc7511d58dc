"""The pages of selection: who sees them, what stands on them, what never does."""

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from kakehashi.councils.tests.factories import resolution
from kakehashi.directory.models import Person
from kakehashi.directory.rules import Role
from kakehashi.directory.tests import factories as make
from kakehashi.intake.tests import factories as intake
from kakehashi.kernel import clock, jobs
from kakehashi.kernel.models import Post
from kakehashi.selection import actions
from kakehashi.selection.lifecycle import ResultState, RoundState
from kakehashi.selection.models import InterviewScore, Screening
from kakehashi.selection.tests import factories as here

pytestmark = pytest.mark.django_db
NOON = here.NOON
PRIVATE = {
    "family_name": "Zzfamily",
    "given_name": "Zzgiven",
    "statement": "Zzgiven Zzfamily would like to teach. Write to zz@example.org.",
}
CANARIES = ("Zzfamily", "Zzgiven", "zz@example.org", "Zzstreet", "+353 1 000", "1999")


@pytest.fixture(autouse=True)
def _autumn_of_2026() -> None:
    """Live on the day of the tests."""
    clock.live_at(make.NOON)


def url(name: str, *args: object) -> str:
    return reverse(f"selection:{name}", args=args)


def get(client: Client, person: Person, address: str, status: int = 200) -> str:
    client.force_login(person)
    answer = client.get(address, headers={"Accept-Language": "en"})
    assert answer.status_code == status, address
    return str(answer.content.decode())


def post(
    client: Client, person: Person, address: str, status: int = 302, **data: object
) -> HttpResponse:
    client.force_login(person)
    answer = client.post(address, data, headers={"Accept-Language": "en"})
    assert answer.status_code == status, address
    return answer  # type: ignore[return-value]  # the test client's own kind of answer


def private(cast: here.Cast) -> Screening:
    """Assign an application full of what a reader must not see."""
    (application,) = here.applied(cast, **PRIVATE)
    facts = {"address": "1 Zzstreet", "telephone": "+353 1 000", "date_of_birth": "1999-03-27"}
    type(application).objects.filter(pk=application.pk).update(**facts)
    (screening,) = here.assigned(cast, application)
    return screening


# ── reading ──


def test_the_cast_at_the_reading_pages(client: Client) -> None:
    cast, other = here.cast(), here.cast("london")
    (screening,) = here.assigned(cast, *here.applied(cast))
    page = url("screening", screening.pk)
    get(client, cast.reader, url("reading"))
    get(client, cast.reader, page)
    for stranger in (other.reader, cast.interviewer, cast.officer, screening.application.person):
        get(client, stranger, page, 404)
        post(client, stranger, url("score", screening.pk), 404, points=70)
    get(client, other.reader, url("reading"))
    for stranger in (cast.interviewer, cast.officer, make.person()):
        get(client, stranger, url("reading"), 403)
    client.logout()
    assert client.get(page).status_code == 302


def test_the_question_comes_before_any_content(client: Client) -> None:
    cast = here.cast()
    screening = private(cast)
    page = url("screening", screening.pk)
    html = get(client, cast.reader, page)
    assert "Do you know this applicant" in html
    assert "would like to teach" not in html
    assert 'name="points"' not in html
    post(client, cast.reader, url("score", screening.pk), 409, points=70)
    post(client, cast.reader, url("open_copy", screening.pk))
    html = get(client, cast.reader, page)
    assert "would like to teach" in html
    assert 'name="points"' in html


def test_a_reader_never_learns_who_it_is(client: Client) -> None:
    cast = here.cast()
    screening = private(cast)
    addresses = [
        url("reading"),
        f"{url('reading')}?format=csv",
        f"{url('reading')}?q=Zz",
        url("screening", screening.pk),
    ]
    before = "".join(get(client, cast.reader, address) for address in addresses)
    post(client, cast.reader, url("open_copy", screening.pk))
    after = "".join(get(client, cast.reader, address) for address in addresses)
    post(client, cast.reader, url("score", screening.pk), points=70, comment="Clear")
    done = "".join(get(client, cast.reader, address) for address in addresses)
    assert not [canary for canary in CANARIES if canary in before + after + done]


def test_a_reader_scores_and_goes_on_to_the_next(client: Client) -> None:
    cast = here.cast()
    first, second = here.assigned(cast, *here.applied(cast, 2))
    here.opened(first)
    answer = post(client, cast.reader, url("score", first.pk), points=70, comment="Clear")
    onward = get(client, cast.reader, answer["Location"], 302)
    assert onward == ""
    assert client.get(answer["Location"])["Location"] == url("screening", second.pk)
    post(client, cast.reader, url("declare_conflict", second.pk))
    assert client.get(url("next_reading"))["Location"] == url("reading")
    assert "It stays shut for you" in get(client, cast.reader, url("screening", second.pk))


def test_what_was_typed_stays_when_the_points_are_wrong(client: Client) -> None:
    cast = here.cast()
    (screening,) = here.assigned(cast, *here.applied(cast))
    here.opened(screening)
    data = {"points": "170", "comment": "Kept words"}
    answer = post(client, cast.reader, url("score", screening.pk), 422, **data)
    html = answer.content.decode()
    assert "Kept words" in html
    assert 'aria-invalid="true"' in html
    screening.refresh_from_db()
    assert screening.state == "assigned"


def test_a_stale_page_is_told_so(client: Client) -> None:
    cast = here.cast()
    (screening,) = here.assigned(cast, *here.applied(cast))
    here.opened(screening)
    data = {"points": 70, "version": screening.version}
    post(client, cast.reader, url("score", screening.pk), **data)
    post(client, cast.reader, url("score", screening.pk), 409, **data)


@pytest.mark.parametrize("number", [1, 3, 100])
def test_the_queue_takes_the_same_number_of_queries(
    client: Client, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    cast = here.cast()
    here.assigned(cast, *here.applied(cast, number))
    client.force_login(cast.reader)
    client.get(url("reading"))
    with django_assert_num_queries(9):
        client.get(url("reading"))


# ── interviews ──


def test_the_cast_at_the_interview_pages(client: Client) -> None:
    cast, other = here.cast(), here.cast("london")
    (application,) = here.applied(cast)
    page = url("interview", application.pk)
    get(client, cast.interviewer, url("interviews"))
    get(client, cast.interviewer, page)
    for stranger in (other.interviewer, cast.reader, cast.officer, application.person):
        get(client, stranger, page, 404)
        post(client, stranger, page, 404)
    for stranger in (cast.reader, cast.officer, make.person()):
        get(client, stranger, url("interviews"), 403)


def test_the_others_sheets_are_not_in_the_page_until_ones_own_is_in(client: Client) -> None:
    cast = here.cast()
    second = make.officer(Role.INTERVIEWER, cast.mission)
    (application,) = here.applied(cast)
    here.scored(cast, [application], 83)
    page = url("interview", application.pk)
    html = get(client, second, page)
    assert "1 sheet is in" in html
    assert "SECRET" not in html
    assert "83" not in html
    data = {"held_on": "2026-09-30", "points": 60, "japanese_level": "N4", "comment": "Mine"}
    post(client, second, page, **data)
    html = get(client, second, page)
    assert "SECRET-interview" in html
    assert "SECRET-screening" not in html
    post(client, second, page, 409, **data)
    assert InterviewScore.objects.count() == 2


@pytest.mark.parametrize("number", [1, 3, 100])
def test_the_list_of_interviews_takes_the_same_number_of_queries(
    client: Client, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    cast = here.cast()
    here.applied(cast, number)
    client.force_login(cast.interviewer)
    client.get(url("interviews"))
    with django_assert_num_queries(9):
        client.get(url("interviews"))


# ── rounds ──


def test_the_cast_at_the_round_pages(client: Client) -> None:
    cast, other = here.cast(), here.cast("london")
    row = here.round_of(cast)
    mic, clair = make.officer(Role.MIC), make.officer(Role.CLAIR_PLACEMENT)
    for person in (cast.officer, cast.mofa):
        get(client, person, url("round", row.pk))
        get(client, person, url("assign", row.pk))
    for stranger in (other.officer, mic, clair, cast.reader, make.person()):
        get(client, stranger, url("round", row.pk), 404)
        post(client, stranger, url("decide", row.pk), 404)
    for person in (cast.officer, cast.mofa, mic, clair):
        get(client, person, url("rounds"))
    for stranger in (cast.reader, cast.interviewer, make.person()):
        get(client, stranger, url("rounds"), 403)
    actions.decide(row, by=cast.officer, at=NOON)
    for person in (mic, clair):
        html = get(client, person, url("round", row.pk))
        assert "Against the plan" in html
        post(client, person, url("reopen", row.pk), 403)
        get(client, person, url("letters", row.pk), 403)
        get(client, person, url("release", row.pk), 403)
        get(client, person, url("assign", row.pk), 403)


def test_moves_are_posted_after_the_visibility_was_tested(client: Client) -> None:
    cast, other = here.cast(), here.cast("london")
    row = here.round_of(cast)
    for name in ("decide", "reopen", "draft_results", "take_back"):
        get(client, other.officer, url(name, row.pk), 404)
        get(client, cast.officer, url(name, row.pk), 405)


def test_a_mission_opens_its_round_and_assigns_its_readers(client: Client) -> None:
    cast = here.cast()
    here.applied(cast, 3)
    answer = post(client, cast.officer, url("open_round"), mission=cast.mission.pk)
    page = answer["Location"]
    post(client, cast.officer, url("open_round"), 200, mission=cast.mission.pk)
    assert "This is a dry run" in get(client, cast.officer, page)
    data = {"readers": [cast.reader.pk], "each": 1}
    post(client, cast.officer, f"{page}assign/", **data)
    assert Screening.objects.count() == 3


def test_the_way_from_the_dry_run_to_the_release_and_back(client: Client) -> None:
    cast = here.cast()
    intake.plan({("IE", "ALT", "a"): 1})
    found = here.applied(cast, 3)
    here.scored(cast, found, 90, 80, 70)
    row = here.round_of(cast)
    page = url("round", row.pk)
    html = get(client, cast.officer, page)
    assert "180" in html
    assert reverse("home:bring", args=["scores"]) in html
    post(client, cast.officer, url("decide", row.pk), version=row.version)
    html = get(client, cast.officer, page)
    assert "The council has not resolved yet" in html
    assert f"selection.round/{row.pk}" in html
    post(client, cast.officer, url("draft_results", row.pk))
    letters = get(client, cast.mofa, url("letters", row.pk))
    assert "3 letters wait" in letters
    one = Post.objects.get(decision="result:2027", to=found[0].person)
    assert "You have been shortlisted" in get(client, cast.mofa, url("letter", row.pk, one.pk))
    post(client, cast.mofa, url("release", row.pk), 403, count=3)
    resolution(row.key)
    assert "You typed 2" in post(
        client, cast.mofa, url("release", row.pk), 422, count=2
    ).content.decode()
    post(client, cast.mofa, url("release", row.pk), count=3)
    row.refresh_from_db()
    assert row.state == RoundState.RELEASED
    assert "Take the release back" in get(client, cast.officer, page)
    post(client, cast.officer, url("take_back", row.pk))
    row.refresh_from_db()
    assert row.state == RoundState.DECIDED
    post(client, cast.officer, url("release", row.pk), count=3)
    jobs.drain()
    assert "Take the release back" not in get(client, cast.officer, page)
    post(client, cast.officer, url("take_back", row.pk), 409)


def test_the_council_s_members_are_led_to_record_the_resolution(client: Client) -> None:
    cast = here.cast()
    resolution("intake.plan/999", number="other")
    row = here.decided(cast, 90)
    link = f"{reverse('councils:adopt')}?about=selection.round/{row.pk}"
    assert link in get(client, make.officer(Role.MIC), url("round", row.pk))
    assert link not in get(client, cast.officer, url("round", row.pk))


def test_the_dry_run_can_be_narrowed(client: Client) -> None:
    cast = here.cast()
    intake.plan({("IE", "ALT", "a"): 1})
    first, second = here.applied(cast, 2)
    here.scored(cast, [first, second], 90, 80)
    page = url("round", here.round_of(cast).pk)
    html = get(client, cast.officer, f"{page}?outcome=alternate&line=IE-ALT")
    assert second.number in html
    assert first.number not in html
    assert "No one and nothing matches" in get(client, cast.officer, f"{page}?line=XX-ALT")


@pytest.mark.parametrize("number", [1, 3, 100])
def test_a_round_takes_the_same_number_of_queries(
    client: Client, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    cast = here.cast()
    row = here.decided(cast, *[50] * number)
    client.force_login(cast.officer)
    client.get(url("round", row.pk))
    with django_assert_num_queries(19):
        client.get(url("round", row.pk))
    actions.reopen(row, by=cast.officer, at=NOON)
    with django_assert_num_queries(16):
        client.get(url("round", row.pk))


@pytest.mark.parametrize("number", [1, 3, 100])
def test_lists_of_rounds_take_the_same_number_of_queries(
    client: Client, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    cast = here.cast()
    for index in range(number):
        mission = make.mission(f"mission-{index}")
        actions.open_round(cast.year, mission, by=cast.mofa, at=NOON)
    client.force_login(cast.mofa)
    client.get(url("rounds"))
    with django_assert_num_queries(9):
        client.get(url("rounds"))


# ── results ──


def test_the_cast_at_one_result(client: Client) -> None:
    cast, other = here.cast(), here.cast("london")
    row = here.decided(cast, 90, 80)
    result = here.results(row)[0]
    person, page = result.application.person, url("result", result.pk)
    clair = make.officer(Role.CLAIR_PLACEMENT)
    for stranger in (person, clair, other.officer, cast.reader, make.officer(Role.MIC)):
        get(client, stranger, page, 404)
        post(client, stranger, url("accept", result.pk), 404)
    for officer in (cast.officer, cast.mofa):
        assert "SECRET-interview" in get(client, officer, page)
    here.drafted(cast, row)
    actions.release(row, count=2, by=cast.mofa, at=NOON)
    get(client, person, page)
    assert "SECRET" not in get(client, clair, page)
    for stranger in (other.officer, cast.reader, here.results(row)[1].application.person):
        get(client, stranger, page, 404)


def test_an_applicant_never_meets_a_point_or_a_comment(client: Client) -> None:
    cast = here.cast()
    row = here.released(cast, 93, 87, 71)
    for result in here.results(row):
        person = result.application.person
        html = get(client, person, url("result", result.pk))
        html += get(client, person, reverse("recruitment:application", args=[result.application.pk]))
        html += get(client, person, reverse("recruitment:mine"))
        if result.outcome != "not_selected":
            html += get(client, person, url("decline", result.pk))
        for address in ("results", "rounds", "reading", "interviews"):
            html += get(client, person, url(address), 403)
        marks = ("SECRET", "93.00", "87.00", "71.00", "186", "174", "142")
        assert not [mark for mark in marks if mark in html]


def test_an_applicant_reads_what_a_reply_means_before_replying(client: Client) -> None:
    cast = here.cast()
    intake.deadline("reply_by", cast.mission)
    row = here.released(cast, 90, 80, 70)
    chosen, spare, unlucky = here.results(row)
    page = url("result", chosen.pk)
    html = get(client, chosen.application.person, page)
    assert html.index("What your reply means") < html.index("I accept")
    assert "17:00 in Dublin" in html.replace("Office dublin", "Dublin")
    assert "number 1 among the alternates" in get(
        client, spare.application.person, url("result", spare.pk)
    )
    assert "I accept" not in get(client, unlucky.application.person, url("result", unlucky.pk))
    post(client, chosen.application.person, url("accept", chosen.pk), version=chosen.version)
    assert "You have accepted" in get(client, chosen.application.person, page)
    post(client, chosen.application.person, url("accept", chosen.pk), 409)
    post(client, chosen.application.person, url("decline", chosen.pk))
    chosen.refresh_from_db()
    assert chosen.state == ResultState.DECLINED


def test_the_mission_keeps_paper_replies_from_its_list(client: Client) -> None:
    cast = here.cast()
    row = here.released(cast, 90, 80, 70)
    chosen, _spare, unlucky = here.results(row)
    post(client, cast.officer, url("accept_many"), row=[chosen.pk])
    chosen.refresh_from_db()
    assert chosen.state == ResultState.ACCEPTED
    post(client, cast.officer, url("accept_many"), 403, row=[unlucky.pk])
    post(client, cast.mofa, url("accept_many"), 403, row=[_spare.pk])
    get(client, cast.officer, url("accept_many"), 405)


def test_a_list_of_results_holds_nobody_else_s(client: Client) -> None:
    cast, other = here.cast(), here.cast("london")
    row = here.released(cast, 90)
    number = here.results(row)[0].application.number
    clair = make.officer(Role.CLAIR_PLACEMENT)
    for address in (url("results"), f"{url('results')}?format=csv"):
        assert number in get(client, cast.officer, address)
        assert number in get(client, clair, address)
        assert number not in get(client, other.officer, address)
    for stranger in (cast.reader, make.officer(Role.MIC), make.person()):
        get(client, stranger, url("results"), 403)


@pytest.mark.parametrize("number", [1, 3, 100])
def test_the_list_of_results_takes_the_same_number_of_queries(
    client: Client, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    cast = here.cast()
    here.decided(cast, *[50] * number)
    client.force_login(cast.officer)
    client.get(url("results"))
    with django_assert_num_queries(9):
        client.get(url("results"))


def test_every_page_is_drawn_in_japanese(client: Client) -> None:
    cast = here.cast()
    row = here.released(cast, 90, 80)
    result = here.results(row)[0]
    screening = Screening.objects.earliest("pk")
    pages = {
        cast.reader: [url("reading"), url("screening", screening.pk)],
        cast.interviewer: [url("interviews"), url("interview", result.application.pk)],
        cast.officer: [
            url("rounds"),
            url("round", row.pk),
            url("letters", row.pk),
            url("results"),
            url("result", result.pk),
            url("assign", row.pk),
        ],
        result.application.person: [url("result", result.pk), url("decline", result.pk)],
    }
    for person, addresses in pages.items():
        Person.objects.filter(pk=person.pk).update(language="ja")
        client.force_login(Person.objects.get(pk=person.pk))
        for address in addresses:
            answer = client.get(address, headers={"Accept-Language": "ja"})
            assert (answer.status_code, '<html lang="ja"' in answer.content.decode()) == (200, True)
