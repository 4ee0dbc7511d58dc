"""Somebody at the keyboard of a real Chromium, before a demo that stands at some moment of its year."""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from shutil import which

import pytest
from django.conf import settings
from django.db import connections
from playwright.sync_api import Page, expect, sync_playwright

from kakehashi.demo.actions import load
from kakehashi.demo.rules import TOKYO, Stage
from kakehashi.kernel import clock, jobs

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


class Visitor:
    """Somebody at the keyboard, who may change seats."""

    def __init__(self, page: Page, base: str) -> None:
        self.page, self.base = page, base

    def sit_down_as(self, slug: str) -> None:
        """Sign in as one of the demo's accounts, reading English."""
        self.page.context.clear_cookies()
        cookie = {"name": settings.LANGUAGE_COOKIE_NAME, "value": "en", "url": self.base}
        self.page.context.add_cookies([cookie])  # type: ignore[list-item]  # a cookie is a dict
        self.page.goto(f"{self.base}/demo/")
        self.page.locator(f'form[action="/demo/as/{slug}/"] button').click()
        expect(self.page.get_by_role("heading", level=1)).to_contain_text("Your work today")

    def open(self, path: str) -> None:
        """Go to an address."""
        self.page.goto(self.base + path)

    def follow(self, words: str) -> None:
        """Follow a link of the page."""
        self.page.locator("main").get_by_role("link", name=words, exact=True).first.click()

    def press(self, words: str) -> None:
        """Press a button of the page."""
        self.page.locator("main").get_by_role("button", name=words, exact=True).first.click()

    def fill(self, **fields: str) -> None:
        """Type into the fields of the page by their names."""
        for name, value in fields.items():
            self.page.locator(f'main [name="{name}"]').first.fill(value)

    def choose(self, **fields: str) -> None:
        """Choose in the page's lists by their names; a label, or its beginning."""
        for name, label in fields.items():
            box = self.page.locator(f'main select[name="{name}"]')
            value = box.locator("option", has_text=re.compile(label)).first.get_attribute(
                "value"
            )
            box.select_option(value or "")

    def reads(self, words: str | re.Pattern[str]) -> None:
        """Find these words on the page."""
        expect(self.page.locator("main")).to_contain_text(words)

    def brings(self, kind: str, data: bytes) -> None:
        """Send a table and confirm what it would do."""
        self.open(f"/tables/{kind}/bring/")
        file = {"name": f"{kind}.csv", "mimeType": "text/csv", "buffer": data}
        self.page.locator('main input[type="file"]').set_input_files(file)  # type: ignore[arg-type]  # a file in memory
        self.press("Check the table")


@contextmanager
def at_the_keyboard(
    url: str, monkeypatch: pytest.MonkeyPatch, folder: Path, *, people: int, stage: Stage
) -> Iterator[Visitor]:
    """Tell a demo up to a stage, and open a browser before it."""
    monkeypatch.setattr(settings, "KAKEHASHI_DEMO", True)
    monkeypatch.setattr(settings, "KAKEHASHI_HOME", folder)
    monkeypatch.setattr(settings, "KAKEHASHI_JOBS_RAISE", True)
    shift = clock._shift
    load(people=people, stage=stage, pack=settings.KAKEHASHI_PACK)
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # playwright's loop runs beside the database
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=which("chromium"), args=FLAGS)
        page = browser.new_context(locale="en-GB", accept_downloads=True).new_page()
        page.set_default_timeout(15_000)
        yield Visitor(page, url)
        browser.close()
        connections.close_all()  # the loop of playwright has connections of its own
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]
    clock._shift = shift


def day(year: int, month: int, number: int) -> None:
    clock.live_at(datetime(year, month, number, 10, 0, tzinfo=TOKYO))


def work_off() -> None:
    """Do what is queued, then what that asked to leave a little later."""
    jobs.drain()
    jobs.drain()


def release(visitor: Visitor) -> None:
    """Press the one button that releases."""
    visitor.page.locator("main form button.k-btn--primary").last.click()


def resolve(visitor: Visitor, about: str, number: str) -> None:
    """Record the resolution of the council that decides this."""
    visitor.open(f"/councils/resolutions/adopt/?about={about}")
    visitor.fill(number=number, text_en="Adopted.", text_ja="原案のとおり決定する。")
    visitor.press("Record the resolution")
    visitor.reads("The resolution is recorded.")
