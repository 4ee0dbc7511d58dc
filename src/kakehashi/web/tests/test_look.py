"""In a real browser, without a server or a database: each request is answered right here."""

from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from csp.middleware import CSPMiddleware
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.utils.translation import override
from playwright.sync_api import Browser, BrowserContext, Page, Route, sync_playwright

from kakehashi.web import views

Open = Callable[..., Page]
pytestmark = pytest.mark.browser

HOST = "http://localhost"
NOWHERE = "/no/such/page/"
COMPONENTS = "/components/"
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def _not_found() -> HttpResponse:
    return views.not_found(RequestFactory().get(NOWHERE), Exception())


def _answer(address: str, language: str, theme: str) -> HttpResponse:
    if address == NOWHERE:
        return _not_found()
    if address == COMPONENTS:
        return _components(language, theme)
    return Client().get(address, SERVER_NAME="localhost")  # type: ignore[return-value]  # a response with more to it


def _components(language: str, theme: str) -> HttpResponse:
    """Draw the page as for a reader of whom the database knows nothing."""
    request: Any = RequestFactory().get(COMPONENTS)
    request.user = SimpleNamespace(is_authenticated=False, theme=theme)
    with override(language):
        drawn: HttpResponse = views.components(request)
    CSPMiddleware(lambda _: drawn).process_response(request, drawn)
    return drawn


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def complaints() -> list[str]:
    return []


@pytest.fixture
def open_page(browser: Browser, complaints: list[str]) -> Iterator[Open]:
    opened: list[BrowserContext] = []

    def open_it(
        path: str,
        *,
        width: int = 1440,
        language: str = "en",
        theme: str = "light",
        script: bool = True,
    ) -> Page:
        def answer(route: Route) -> None:
            response = _answer(route.request.url.removeprefix(HOST), language, theme)
            body = b"".join(response) if response.streaming else response.content
            route.fulfill(
                status=response.status_code, headers=dict(response.items()), body=body
            )

        context = browser.new_context(
            viewport={"width": width, "height": 900}, java_script_enabled=script
        )
        opened.append(context)
        page = context.new_page()
        page.route("**/*", answer)
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(f"{HOST}{path}")
        return page

    yield open_it
    for context in opened:
        context.close()


@pytest.mark.parametrize("width", [320, 390, 1440])
@pytest.mark.parametrize(("language", "theme"), [("en", "light"), ("ja", "dark")])
def test_the_components_have_no_barrier_and_no_sideways_scroll(
    open_page: Open, complaints: list[str], width: int, language: str, theme: str
) -> None:
    page = open_page(COMPONENTS, width=width, language=language, theme=theme)
    found = Axe().run(page, options={"runOnly": RULES}).response["violations"]
    assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found] == []
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    assert complaints == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_page_that_is_not_there_has_no_barrier(open_page: Open, theme: str) -> None:
    page = open_page(NOWHERE, theme=theme)
    found = Axe().run(page, options={"runOnly": RULES}).response["violations"]
    assert [one["id"] for one in found] == []


def test_the_error_summary_has_the_focus(open_page: Open) -> None:
    page = open_page(COMPONENTS)
    assert page.evaluate("document.activeElement.className") == "k-errsum"


def test_ticked_rows_are_counted_and_the_bar_appears(open_page: Open) -> None:
    page = open_page(COMPONENTS)
    bar = page.locator("[data-batch]")
    assert bar.is_visible() is False
    page.locator('input[name="row"]').first.check()
    assert bar.locator("b").inner_text() == "1 selected"
    page.locator("[data-select-all]").check()
    assert bar.locator("b").inner_text() == "3 selected"
    page.locator("[data-select-all]").uncheck()
    assert bar.is_visible() is False


def test_a_dialog_opens_and_closes_by_keyboard(open_page: Open) -> None:
    page = open_page(COMPONENTS)
    page.get_by_role("link", name="Open the dialog").press("Enter")
    assert page.locator("#ask").is_visible() is True
    page.locator("#ask").get_by_role("link", name="Go back").press("Enter")
    assert page.locator("#ask").is_visible() is False


def test_without_script_the_batch_bar_is_there_and_nothing_pretends(open_page: Open) -> None:
    page = open_page(COMPONENTS, script=False)
    assert page.locator("[data-batch]").is_visible() is True
    assert page.locator("[data-select-all]").is_visible() is False
    assert page.locator('.k-lang button[value="ja"]').is_visible() is True
