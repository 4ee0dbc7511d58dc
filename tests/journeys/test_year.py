"""One programme year in real Chromium: each step by the seat that owns it."""

import re
from collections.abc import Iterator
from datetime import date
from io import BytesIO
from pathlib import Path
from random import Random

import pytest
from keyboard import Visitor, at_the_keyboard, day, release, resolve, work_off
from playwright.sync_api import expect
from pypdf import PdfReader
from pytest_django.live_server_helper import LiveServer

from kakehashi.demo.actions.tables import table
from kakehashi.demo.rules import (
    MISSION,
    Stage,
    application_row,
    people,
    request_row,
)
from kakehashi.directory.queries import prefectures_by_code
from kakehashi.kernel import jobs
from kakehashi.kernel.trail import verify_trail

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, reset_sequences=True),
]
SEATS = 4
APPLICANTS = 6


@pytest.fixture
def visitor(
    live_server: LiveServer, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Iterator[Visitor]:
    """Open the demo at the beginning of its year, with an empty plan before it."""
    with at_the_keyboard(
        live_server.url, monkeypatch, tmp_path, people=12, stage=Stage.PLAN
    ) as at:
        yield at


def test_a_year_from_the_plan_to_the_yearbook(visitor: Visitor) -> None:
    the_plan(visitor)
    the_applications(visitor)
    the_selection(visitor)
    the_requests(visitor)
    the_placement(visitor)
    the_arrival(visitor)
    the_yearbook(visitor)
    assert verify_trail() is None


def the_plan(visitor: Visitor) -> None:
    day(2026, 9, 15)
    visitor.sit_down_as("mic")
    visitor.open("/intake/plans/1/set_lines/")
    united_kingdom = visitor.page.locator("tr", has_text="United Kingdom").first
    united_kingdom.locator('input[type="number"]').first.fill(str(SEATS * 3))
    visitor.press("Save the lines")
    visitor.follow("Submit to the council")
    visitor.press("Submit to the council")
    visitor.follow("Release the numbers")
    visitor.press("Release the numbers")
    visitor.reads("This needs a resolution of the council first")

    visitor.sit_down_as("mofa")
    resolve(visitor, "intake.plan/1", "2026-1")
    visitor.sit_down_as("mic")
    visitor.open("/intake/plans/1/")
    visitor.follow("Release the numbers")
    visitor.press("Release the numbers")
    visitor.reads("In force")


def the_applications(visitor: Visitor) -> None:
    day(2026, 10, 20)
    chance = Random("journey")
    prefectures = sorted(prefectures_by_code())
    rows = [
        application_row(one, mission=MISSION, prefectures=prefectures, chance=chance)
        for one in people([("GB", "ALT", APPLICANTS)], start=1, kind="applicant", chance=chance)
    ]
    for row in rows:
        row |= {"nationality": "GB", "position": "ALT"}
    wrong = [rows[0] | {"position": "TEACHER"}, *rows[1:]]
    visitor.sit_down_as("mission")
    visitor.brings("applications", table("applications", wrong))
    visitor.reads("There is one fault in this table. Nothing was written.")
    visitor.reads("TEACHER")
    visitor.brings("applications", table("applications", rows))
    visitor.press(f"Write {APPLICANTS} rows")
    visitor.reads(f"{APPLICANTS} rows were written.")
    visitor.open("/recruitment/")
    for box in visitor.page.locator('main tbody input[type="checkbox"]').all():
        box.check()
    visitor.press("Papers are complete")
    visitor.open("/recruitment/?state=complete")
    visitor.reads(f"of {APPLICANTS}")


def the_selection(visitor: Visitor) -> None:
    day(2027, 1, 25)
    numbers = [f"27-{index:05d}" for index in range(1, APPLICANTS + 1)]
    rows = [
        {
            "application": number,
            "kind": kind,
            "person_email": f"{person}@demo.invalid",
            "points": str(90 - 5 * index),
            "japanese_level": "N5",
            "held_on": "2027-01-24",
        }
        for index, number in enumerate(numbers)
        for kind, person in (("screening", "reader"), ("interview", "interviewer"))
    ]
    visitor.sit_down_as("mission")
    visitor.brings("scores", table("scores", rows))
    visitor.press(f"Write {2 * APPLICANTS} rows")
    visitor.open("/selection/rounds/")
    visitor.press("Open the round")
    visitor.press("Propose these results")
    where = visitor.page.url.removeprefix(visitor.base)
    visitor.sit_down_as("mofa")
    resolve(visitor, f"selection.round/{where.strip('/').split('/')[-1]}", "2027-1")
    visitor.open(where)
    visitor.press("Draft the letters")
    visitor.open(where + "release/")
    visitor.fill(count="1")
    release(visitor)
    visitor.reads(f"You typed 1, but {APPLICANTS} letters are waiting.")
    visitor.fill(count=str(APPLICANTS))
    release(visitor)
    work_off()
    visitor.open(where)
    visitor.reads("Released")


def the_requests(visitor: Visitor) -> None:
    visitor.sit_down_as("co")
    visitor.open("/placement/requests/draft_request/")
    visitor.choose(
        organisation="Iwami", wave="2027 Group A", position="Assistant Language Teacher"
    )
    visitor.fill(seats=str(SEATS), workplace="岩美中学校", duties="英語の授業の補助")
    visitor.page.locator('main input[name="setting"][value="none"]').check()
    visitor.press("Save")
    visitor.press("File")
    where = visitor.page.url.removeprefix(visitor.base)
    visitor.sit_down_as("host")
    visitor.open(where)
    visitor.press("Pass on to CLAIR")
    visitor.sit_down_as("clair-placement")
    visitor.open(where)
    visitor.press("Accept")
    visitor.reads("Accepted")
    more = [request_row("co-31302", seats=1, cir=False, chance=Random("more"))]
    visitor.brings("requests", table("requests", more))
    visitor.press("Write one row")
    visitor.reads("rows were written.")


def the_placement(visitor: Visitor) -> None:
    day(2027, 5, 10)
    visitor.sit_down_as("clair-placement")
    visitor.open("/placement/runs/start_run/")
    visitor.press("Start the run")
    jobs.drain()
    visitor.open("/placement/runs/1/")
    visitor.reads("Solved")
    visitor.sit_down_as("committee-placement")
    resolve(visitor, "placement.run/1", "2027-P1")
    visitor.sit_down_as("clair-placement")
    visitor.open("/placement/runs/1/")
    visitor.press("Draft the notices")
    visitor.open("/placement/runs/1/notices/")
    count = re.search(r"(\d+) letters? waits?", visitor.page.locator("main").inner_text())
    assert count
    visitor.fill(count=count.group(1))
    visitor.press("Release the notices")
    work_off()
    visitor.open("/placement/runs/1/")
    visitor.reads("Released")

    visitor.sit_down_as("co")
    visitor.open("/placement/placements/")
    visitor.page.locator("main tbody th a").first.click()
    where = visitor.page.url.removeprefix(visitor.base)
    for language in ("en", "ja"):
        answer = visitor.page.request.get(
            f"{visitor.base}{where}notices/organisation/{language}/"
        )
        paper = PdfReader(BytesIO(answer.body()))
        assert (
            "Iwami" in paper.pages[0].extract_text() or "岩美" in paper.pages[0].extract_text()
        )
    visitor.open("/placement/placements/")
    for box in visitor.page.locator('main tbody input[type="checkbox"]').all():
        box.check()
    visitor.press("Accept this person")


def the_arrival(visitor: Visitor) -> None:
    day(2027, 6, 20)
    visitor.sit_down_as("clair-events")
    visitor.open("/arrival/")
    visitor.follow("Expect everyone who is placed")
    visitor.page.locator("main form button.k-btn--primary").first.click()
    day(2027, 7, 28)
    visitor.open("/arrival/")
    for box in visitor.page.locator('main tbody input[type="checkbox"]').all():
        box.check()
    visitor.press("Has arrived")
    visitor.fill(arrived_on=date(2027, 7, 27).isoformat())
    visitor.page.locator("main form button.k-btn--primary").first.click()
    visitor.reads("Iwami")
    jobs.drain()
    visitor.open("/appointment/")
    visitor.reads("Iwami")


def the_yearbook(visitor: Visitor) -> None:
    day(2027, 8, 1)
    visitor.sit_down_as("mic")
    visitor.open("/statistics/take/")
    visitor.fill(on="2027-08-01")
    visitor.press("Count the register")
    visitor.open("/statistics/")
    visitor.reads("848")
    visitor.page.get_by_role("button", name="日本語").click()
    expect(visitor.page.get_by_role("heading", level=1)).to_have_text("年報")
