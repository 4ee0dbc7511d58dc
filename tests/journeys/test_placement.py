"""Placement in real Chromium: ten requests from Excel in Japanese to a candidate who reads where she goes."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import openpyxl
import pytest
from django.conf import settings
from keyboard import Visitor, at_the_keyboard, day, resolve
from pypdf import PdfReader
from pytest_django.live_server_helper import LiveServer

from kakehashi.demo.actions import PASSWORD
from kakehashi.demo.rules import Stage
from kakehashi.directory.models import Person
from kakehashi.kernel import clock, jobs
from kakehashi.kernel.imports import IMPORTS
from kakehashi.kernel.words import say
from kakehashi.matching import read_market, verify
from kakehashi.placement.models import Lock, Neighbour, Placement, Request, Run
from kakehashi.recruitment.models import Application

pytestmark = [
    pytest.mark.browser,
    pytest.mark.deep,
    pytest.mark.django_db(transaction=True, reset_sequences=True),
]
SCHOOLS = ["岩井", "浦富", "田後", "大岩", "網代", "東浜", "牧谷", "蒲生", "小田", "本庄"]
ANSWERED = {
    "organisation": "co-31302",
    "position": "ALT",
    "wave": "a",
    "seats": "２",
    "tier": "1",
    "setting": "農山漁村",
    "japanese_level": "none",
    "licence_required": "無",
    "family_housing": "有",
    "duties": "英語の授業の補助と教材づくり",
    "year": "2027",
    "workplace_types": "小学校、中学校",
    "is_replacement": "はい",
    "housing": "任用団体が用意する",
    "rent": "18,000",
    "weekly_hours": "35時間",
    "leave_days": "20",
}


@pytest.fixture
def visitor(
    live_server: LiveServer, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Iterator[Visitor]:
    """Open the demo in April, with results told and a trial run that nobody was told of."""
    with at_the_keyboard(
        live_server.url, monkeypatch, tmp_path, people=80, stage=Stage.PLACEMENT
    ) as at:
        yield at


def test_from_ten_requests_to_a_candidate_who_reads_where_she_goes(visitor: Visitor) -> None:
    day(2027, 4, 20)
    new = ten_requests(visitor)
    checked_and_accepted(visitor, new)
    first = a_run(visitor)
    locked = two_are_locked(visitor, first)
    swapped = two_are_swapped(visitor, first, locked)
    couple = one_of_a_couple_is_sent_far_away(visitor, first, {*locked, *swapped})
    exceptions_are_explained(visitor, first)
    second = a_run(visitor, near=first)
    the_couple_is_apart_and_why(visitor, second, couple)
    kept(visitor, first, second, locked)
    the_committee(visitor, second)
    missions_tell_after_ten_days(visitor)
    notices_leave(visitor, second)
    one_objects_and_is_answered(visitor)
    a_candidate_reads(visitor)


def ten_requests(visitor: Visitor) -> list[Request]:
    """Bring ten requests from a workbook with Japanese headings, as the organisation's officer."""
    columns = [
        one for one in IMPORTS["requests"].columns if one.name in {*ANSWERED, "workplace"}
    ]
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append([say(column.label, "ja") for column in columns])
    own = Request.objects.filter(number="27-R0001").get().organisation.code
    for school in SCHOOLS:
        row = ANSWERED | {"organisation": own, "workplace": f"{school}小学校"}
        sheet.append([row[column.name] for column in columns])
    data = BytesIO()
    book.save(data)
    before = set(Request.objects.values_list("pk", flat=True))
    visitor.sit_down_as("co")
    visitor.open("/tables/requests/bring/")
    file = {
        "name": "配置要望.xlsx",
        "mimeType": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "buffer": data.getvalue(),
    }
    visitor.page.locator('main input[type="file"]').set_input_files(file)  # type: ignore[arg-type]  # a file in memory
    visitor.press("Check the table")
    visitor.press("Write 10 rows")
    visitor.reads("10 rows were written.")
    new = list(Request.objects.exclude(pk__in=before).order_by("pk"))
    assert {one.housing for one in new} == {"provided"}
    assert {one.seats for one in new} == {2}
    return new


def checked_and_accepted(visitor: Visitor, new: list[Request]) -> None:
    """Return one as the host body, pass nine on, and accept them as CLAIR."""
    visitor.sit_down_as("host")
    visitor.open(f"/placement/requests/{new[0].pk}/")
    visitor.follow("Return for correction")
    visitor.fill(remark="学校の数を書いてください。")
    visitor.press("Return for correction")
    visitor.reads("学校の数を書いてください。")
    ticked(visitor, "filed", new[1:], "Pass on to CLAIR")
    visitor.sit_down_as("clair-placement")
    ticked(visitor, "checked", new[1:], "Accept")
    states = Request.objects.filter(pk__in=[one.pk for one in new]).order_by("pk")
    assert list(states.values_list("state", flat=True)) == ["returned", *["accepted"] * 9]


def ticked(visitor: Visitor, state: str, rows: list[Request], button: str) -> None:
    visitor.open(f"/placement/requests/?state={state}&sort=-number")
    for row in rows:
        visitor.page.locator(f'main input[name="row"][value="{row.pk}"]').check()
    visitor.press(button)
    visitor.reads(f"{len(rows)} requests were moved on.")


def a_run(visitor: Visitor, near: Run | None = None) -> Run:
    """Start a run, from the page of an earlier one where there is one."""
    visitor.sit_down_as("clair-placement")
    if near:
        visitor.open(f"/placement/runs/{near.pk}/")
        visitor.follow("Run again")
    else:
        visitor.open("/placement/runs/start_run/")
    visitor.press("Start the run")
    jobs.drain()
    run = Run.objects.latest("pk")
    visitor.open(f"/placement/runs/{run.pk}/")
    visitor.reads("proved to be the best plan of this market")
    return run


def two_are_locked(visitor: Visitor, run: Run) -> list[Placement]:
    """Lock two people of a run where it places them."""
    rows = list(run.placements.filter(application__partner_number="").order_by("pk")[:2])
    visitor.open(f"/placement/runs/{run.pk}/placed/")
    for row in rows:
        visitor.page.locator(f'main input[name="row"][value="{row.pk}"]').check()
    visitor.press("Lock")
    visitor.fill(reason="受入校と調整済みのため。")
    visitor.press("Lock")
    return rows


def two_are_swapped(visitor: Visitor, run: Run, locked: list[Placement]) -> list[Placement]:
    """Try pairs until no hard rule stands against one; see the effect first, then swap."""
    rows = run.placements.filter(application__partner_number="").exclude(
        pk__in=[one.pk for one in locked]
    )
    people = list(rows.select_related("application").order_by("request__position", "pk")[:12])
    for one in people:
        for other in people:
            if one.request_id == other.request_id:
                continue
            page = f"/placement/runs/{run.pk}/people/{one.application_id}/swap/"
            visitor.open(f"{page}?there={other.application.number}")
            visitor.reads("What it would change")
            if visitor.page.locator('main [name="reason"]').count():
                visitor.fill(reason="双方の任用団体の希望による。")
                visitor.press("Swap")
                visitor.reads("Swapped")
                return [one, other]
    raise AssertionError("no two people of this run could be swapped")


def one_of_a_couple_is_sent_far_away(
    visitor: Visitor, run: Run, taken: set[Placement]
) -> list[Application]:
    """Pin one of two partners to a post with no other near it, though the effect is shown first."""
    options = {it.id: it.options for it in read_market(market_of(run)).people}
    rows = run.placements.filter(application__partner_number="", request__position__code="ALT")
    free = list(rows.exclude(pk__in=[it.pk for it in taken]).order_by("pk"))
    kept = set(Lock.objects.filter(state="standing").values_list("request", flat=True))
    far = {request.pk: request for request in lonely_requests() if request.pk not in kept}
    found = (
        (one, other, request)
        for one, other in pairwise(free)
        for pk, request in sorted(far.items())
        if f"r{pk}" in {it.place for it in options.get(f"a{one.application_id}", ())}
    )
    one, other, there = next(found)
    couple = [one.application, other.application]
    for mine, partner in (couple, couple[::-1]):  # as if they had applied as partners
        mine.partner_number = partner.number
        mine.save()
    page = f"/placement/runs/{run.pk}/people/{one.application_id}/pin/"
    visitor.open(f"{page}?there={there.number}")
    visitor.reads("What it would change")
    visitor.fill(reason="受入団体の強い希望による。")
    visitor.press("Pin")
    return couple


def market_of(run: Run) -> bytes:
    return Run.objects.get(pk=run.pk).market.encode()


def lonely_requests() -> list[Request]:
    """List the requests for one person with no other request in the town or beside it."""
    accepted = Request.objects.filter(state="accepted").select_related("organisation")
    towns = Counter(it.organisation.municipality_id for it in accepted)
    near = defaultdict(set)
    for a, b in Neighbour.objects.values_list("a_id", "b_id"):
        near[a].add(b)
        near[b].add(a)
    return [
        it
        for it in accepted
        if it.seats == 1
        and (town := it.organisation.municipality_id)
        and towns[town] == 1
        and not near[town] & set(towns)
    ]


def the_couple_is_apart_and_why(visitor: Visitor, run: Run, couple: list[Application]) -> None:
    """Read on the page of exceptions that the two cannot be joined, and what keeps them apart."""
    visitor.open(f"/placement/runs/{run.pk}/exceptions/")
    card = visitor.page.locator('section[aria-labelledby="couples"]')
    words = card.inner_text()
    assert {one.number for one in couple} <= set(re.findall(r"27-\d{5}", words))
    assert "What was decided by hand for one of them leaves no pair of posts." in words
    assert "Ask the host bodies nearby for a second request" in words


def missions_tell_after_ten_days(visitor: Visitor) -> None:
    """Say as CLAIR that candidates hear ten working days after the organisations."""
    visitor.sit_down_as("clair-placement")
    visitor.open("/placement/rules/")
    row = visitor.page.locator('section[aria-labelledby="times"] tr')
    row.filter(has_text="Notice to the candidate").locator("a").click()
    visitor.fill(working_days="10")
    visitor.press("Save")
    visitor.reads("Saved.")


def exceptions_are_explained(visitor: Visitor, run: Run) -> None:
    """Read what the run could not give; whoever has no place is there by number, and nobody else."""
    run.refresh_from_db()
    visitor.open(f"/placement/runs/{run.pk}/exceptions/")
    left = Application.objects.filter(pk__in=run.counts["unplaced"])
    people = visitor.page.locator('section[aria-labelledby="people"] tbody th a')
    assert people.all_inner_texts() == list(
        left.order_by("number").values_list("number", flat=True)
    )


def kept(visitor: Visitor, first: Run, second: Run, locked: list[Placement]) -> None:
    """Find that the second run keeps what was locked, and compare the two."""
    for one in locked:
        again = second.placements.get(application=one.application_id)
        assert again.request_id == one.request_id
    visitor.open(f"/placement/runs/{second.pk}/compare/?with={first.pk}")
    visitor.reads("Levels")
    market, plan = (
        visitor.page.request.get(
            f"{visitor.base}/placement/runs/{second.pk}/{name}.json"
        ).body()
        for name in ("market", "plan")
    )
    assert verify(market, plan).sound


def the_committee(visitor: Visitor, run: Run) -> None:
    """Read the papers, take them away in both languages, and resolve."""
    visitor.sit_down_as("committee-placement")
    visitor.open(f"/placement/runs/{run.pk}/committee/")
    visitor.reads("受入校と調整済みのため。")
    for language, words in (("en", "Conditions of the run"), ("ja", "計算に用いた条件")):
        answer = visitor.page.request.get(f"{visitor.page.url}{language}/")
        paper = PdfReader(BytesIO(answer.body()))
        assert any(words in page.extract_text() for page in paper.pages)
    resolve(visitor, f"placement.run/{run.pk}", "2027-P9")


def notices_leave(visitor: Visitor, run: Run) -> None:
    """Draft the notices, count them, and release them; candidates' letters wait for their day."""
    visitor.sit_down_as("clair-placement")
    visitor.open(f"/placement/runs/{run.pk}/")
    visitor.press("Draft the notices")
    visitor.open(f"/placement/runs/{run.pk}/notices/")
    count = re.search(r"(\d+) letters? waits?", visitor.page.locator("main").inner_text())
    assert count
    visitor.reads("Candidates who are told later")
    visitor.fill(count=count.group(1))
    visitor.press("Release the notices")
    work_off_today()
    visitor.open(f"/placement/runs/{run.pk}/")
    visitor.reads("Released")


def work_off_today() -> None:
    """Do what is queued and what leaves within the hour, not the letters that wait for days."""
    for _ in range(2):
        jobs.drain(at=clock.now() + timedelta(hours=1))


def one_objects_and_is_answered(visitor: Visitor) -> None:
    """Object as the organisation, answer as CLAIR, accept and choose a school."""
    visitor.sit_down_as("co")
    visitor.open("/placement/placements/?state=told")
    visitor.page.locator("main tbody th a").first.click()
    where = visitor.page.url.removeprefix(visitor.base)
    visitor.reads("The organisation answers by")
    visitor.reads("The candidate is told")
    visitor.follow("Object, with a ground")
    visitor.fill(ground="住居の準備が間に合いません。")
    visitor.press("Object, with a ground")
    visitor.sit_down_as("clair-placement")
    visitor.open(where)
    visitor.follow("Answer: the placement stands")
    visitor.fill(ground="来日後に一緒に探すことでも差し支えありません。")
    visitor.press("Answer: the placement stands")
    visitor.sit_down_as("co")
    visitor.open(where)
    visitor.reads("来日後に一緒に探す")
    visitor.press("Accept this person")
    visitor.follow("Choose the places of work")
    visitor.page.locator('main input[name="workplaces"]').first.check()
    visitor.press("Save")
    work_off_today()


def a_candidate_reads(visitor: Visitor) -> None:
    """Sign in as whoever was accepted, on a phone, in Japanese, and read where she goes."""
    placement = Placement.objects.get(state="agreed")
    waiting = Placement.objects.filter(state="told").exclude(notice=None).order_by("pk")[0]
    on_a_phone(visitor, waiting.person)
    assert waiting.request.organisation.name_ja not in visitor.page.inner_text("body")
    on_a_phone(visitor, placement.person)
    visitor.reads(placement.workplaces.get().name_ja)
    visitor.reads(placement.request.organisation.name_ja)


def on_a_phone(visitor: Visitor, person: Person) -> None:
    person.set_password(PASSWORD)  # as the letter of invitation lets them choose one
    person.save()
    visitor.page.context.clear_cookies()
    visitor.page.set_viewport_size({"width": 390, "height": 844})
    cookie = {"name": settings.LANGUAGE_COOKIE_NAME, "value": "ja", "url": visitor.base}
    visitor.page.context.add_cookies([cookie])  # type: ignore[list-item]  # a cookie is a dict
    visitor.open("/account/login/")
    visitor.fill(login=person.email, password=PASSWORD)
    visitor.page.locator('main [name="password"]').press("Enter")
    visitor.page.wait_for_url(lambda url: "/account/login/" not in url)
    visitor.open("/placement/mine/")
