"""An ugly workbook from upload to undo in real Chromium: with and without script, wide and narrow."""

import shutil
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Page, expect, sync_playwright
from pytest_django.live_server_helper import LiveServer

from kakehashi.directory.models import Office, Person
from kakehashi.directory.rules import Role
from kakehashi.directory.tests import factories as make

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"]
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
HEADS = ["code", "name_en", "団体の名前", "type", "host_body", "備考"]
WORDS = {
    "en": {
        "check": "Check the table",
        "again": "Read it like this",
        "wrong": "Only the row that is wrong, as Excel",
        "one": "Write one row",
        "undo": "Undo this import",
        "undone": "Everything this file wrote was taken back.",
        "cell": "This word is not known here.",
    },
    "ja": {
        "check": "表を確認する",
        "again": "この設定で読み直す",
        "wrong": "修正が必要な1行だけをExcelで取り出す",
        "one": "1行を書き込む",
        "undo": "この取込みを元に戻す",
        "undone": "このファイルで書き込んだ内容は、すべて元に戻しました。",
        "cell": "ここでは使えない語です。",
    },
}


@pytest.fixture(scope="module")
def chromium(
    django_db_setup: None,  # noqa: ARG001 -- the database stands before the browser's loop runs
) -> Iterator[Browser]:
    with pytest.MonkeyPatch.context() as surroundings, sync_playwright() as playwright:
        surroundings.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=FLAGS
        )
        yield browser
        browser.close()


def book(*rows: list[str]) -> bytes:
    made = openpyxl.Workbook()
    sheet = made.worksheets[0]
    for row in (["令和８年度　任用団体"], [], *rows):
        sheet.append(row)
    file = BytesIO()
    made.save(file)
    return file.getvalue()


def enter(browser: Browser, server: LiveServer, language: str, *, script: bool) -> Page:
    make.host("pref-31")
    person: Person = make.officer(Role.CLAIR_DESK, email="desk@example.org", language=language)
    client = Client()
    client.force_login(person)
    context = browser.new_context(
        base_url=server.url, java_script_enabled=script, accept_downloads=True
    )
    cookies = {
        settings.LANGUAGE_COOKIE_NAME: language,
        settings.SESSION_COOKIE_NAME: client.cookies[settings.SESSION_COOKIE_NAME].value,
    }
    context.add_cookies(
        [{"name": name, "value": value, "url": server.url} for name, value in cookies.items()]
    )
    return context.new_page()


def choose(page: Page, name: str, data: bytes, words: dict[str, str]) -> None:
    page.goto("/tables/organisations/bring/")
    sheet = {"name": name, "mimeType": "application/octet-stream", "buffer": data}
    page.locator('input[type="file"]').set_input_files(sheet)  # type: ignore[arg-type]  # a file is a dict
    page.get_by_role("button", name=words["check"]).click()


def barriers(page: Page) -> list[str]:
    found = Axe().run(page, options={"runOnly": RULES}).response["violations"]
    return [
        f"{one['id']}: {[node['html'][:160] for node in one['nodes'][:2]]}" for one in found
    ]


def sideways(page: Page) -> int:
    width: int = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    return max(width, 0)


@pytest.mark.parametrize(
    ("language", "width", "script"),
    [("en", 1440, True), ("ja", 390, True), ("ja", 1440, False)],
)
def test_an_ugly_workbook_is_mapped_mended_written_and_undone(
    chromium: Browser, live_server: LiveServer, language: str, width: int, *, script: bool
) -> None:
    words = WORDS[language]
    page = enter(chromium, live_server, language, script=script)
    page.set_viewport_size({"width": width, "height": 900})
    row = ["co-1", "Iwami Board", "岩美町教育委員会", "castle", "pref-31", "x"]
    choose(page, "団体一覧.xlsx", book(HEADS, row, ["合計", "", "", "", "", ""]), words)
    page.locator("tr", has_text="団体の名前").locator("select").select_option("name_ja")
    page.locator("tr", has_text="備考").locator("select").select_option("-")
    seen = [] if not script else barriers(page)
    page.get_by_role("button", name=words["again"]).click()
    fault = page.locator("tr", has_text=words["cell"])
    expect(fault.locator("th")).to_have_text("D4")
    seen += [] if not script else barriers(page)
    assert (seen, sideways(page) if script else 0) == ([], 0)

    with page.expect_download() as taken:
        page.get_by_role("link", name=words["wrong"]).click()
    wrong = openpyxl.load_workbook(BytesIO(Path(taken.value.path()).read_bytes()))
    wrong.worksheets[0]["D2"] = "town"
    mended = BytesIO()
    wrong.save(mended)
    choose(page, "mended.xlsx", mended.getvalue(), words)
    page.get_by_role("button", name=words["one"]).click()
    assert Office.objects.get(code="co-1").name_ja == "岩美町教育委員会"
    assert barriers(page) == [] if script else True
    page.get_by_role("button", name=words["undo"]).click()
    expect(page.locator("main, .k-pagehead").first).to_be_visible()
    expect(page.get_by_text(words["undone"])).to_be_visible()
    assert not Office.objects.filter(code="co-1").exists()
    page.context.close()
