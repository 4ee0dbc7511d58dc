"""The main pages in a real browser: no barrier, no error, no sideways scroll; and without script."""

import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client, override_settings
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
from pytest_django import DjangoDbBlocker
from pytest_django.live_server_helper import LiveServer

from kakehashi.demo.actions import PASSWORD, load
from kakehashi.demo.models import Scene
from kakehashi.demo.rules import BY_SLUG, Stage
from kakehashi.directory.models import Office, Person
from kakehashi.intake.models import Plan, ProgrammeYear
from kakehashi.kernel import clock
from kakehashi.placement.models import Placement, Request, Run
from kakehashi.recruitment.models import Application
from kakehashi.selection.models import Round

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
CHROMIUM = "chromium"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
LANGUAGES = ["en", "ja"]
WIDTHS = (1440, 390, 320)
THEME_OF = {"en": "light", "ja": "dark"}
TELL = """document.addEventListener("securitypolicyviolation",
  (event) => console.error(`CSP ${event.violatedDirective} ${event.blockedURI}`))"""
NOBODY = ""

PAGES: dict[str, tuple[str, Callable[[Scene], str]]] = {
    "sign-in": (NOBODY, lambda _: "/account/login/"),
    "sign-up": (NOBODY, lambda _: "/account/signup/"),
    "the cast": (NOBODY, lambda _: "/demo/"),
    "a reference": (NOBODY, lambda scene: f"/recruitment/reference/{scene.reference_token}/"),
    "an applicant's day": ("applicant", lambda _: "/"),
    "an application": ("applicant", lambda _: f"/recruitment/application/{own().pk}/"),
    "a participant's term": ("participant", lambda _: "/appointment/mine/"),
    "a mission's day": ("mission", lambda _: "/"),
    "the applications": ("mission", lambda _: "/recruitment/"),
    "a round": ("mission", lambda _: f"/selection/rounds/{round_of('london').pk}/"),
    "a reader's queue": ("reader", lambda _: "/selection/reading/"),
    "a placement officer's day": ("clair-placement", lambda _: "/"),
    "the requests": ("clair-placement", lambda _: "/placement/requests/"),
    "a request": ("clair-placement", lambda _: f"/placement/requests/{first(Request)}/"),
    "a run": ("clair-placement", lambda _: f"/placement/runs/{first(Run)}/"),
    "the unplaced": ("clair-placement", lambda _: f"/placement/runs/{first(Run)}/unplaced/"),
    "a placement": ("clair-placement", lambda _: f"/placement/placements/{first(Placement)}/"),
    "a request to write": ("co", lambda _: "/placement/requests/draft_request/"),
    "the plan": ("mic", lambda _: f"/intake/plans/{first(Plan)}/"),
    "the dates": ("mofa", lambda _: f"/intake/years/{first(ProgrammeYear)}/dates/"),
    "the yearbook": ("mic", lambda _: "/statistics/"),
    "an office": ("host", lambda _: f"/directory/offices/{first(Office)}/"),
    "the tables": ("clair-placement", lambda _: "/tables/"),
    "the trail": ("auditor", lambda _: "/trail/"),
    "an account": ("co", lambda _: "/account/email/"),
    "help": ("participant", lambda _: "/help/"),
    "the components": ("co", lambda _: "/components/"),
    "saved views": ("co", lambda _: "/views/"),
    "requests by prefecture": ("clair-placement", lambda _: "/placement/requests/places/"),
}

SELDOM = {
    "a mission's day",
    "a placement",
    "a reader's queue",
    "a request",
    "a round",
    "an account",
    "an office",
    "help",
    "requests by prefecture",
    "saved views",
    "sign-up",
    "the cast",
    "the dates",
    "the tables",
    "the trail",
    "the unplaced",
}  # much like another page; looked at in the long walks


def named(name: str) -> object:
    return pytest.param(name, marks=pytest.mark.deep) if name in SELDOM else name


def first(model: type) -> int:
    found: int = model._default_manager.order_by("pk").values_list("pk", flat=True)[0]
    return found


def own() -> Application:
    return Application.objects.get(person__email=BY_SLUG["applicant"].email)


def round_of(mission: str) -> Round:
    return Round.objects.get(mission__code=mission)


@dataclass
class House:
    """The demo, served: where it is, the addresses of its pages, and who is signed in there."""

    url: str
    paths: dict[str, str]
    sessions: dict[str, str]


@pytest.fixture
def _django_db_helper() -> None:
    """Leave the database to `house`: what the browser is to see must be committed."""


@pytest.fixture(scope="module")
def house(
    django_db_setup: None,  # noqa: ARG001 -- a fixture that prepares the database
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[House]:
    shift = clock._shift
    with django_db_blocker.unblock(), override_settings(KAKEHASHI_DEMO=True):
        try:
            scene = load(people=12, stage=Stage.APPOINTMENT, pack=settings.KAKEHASHI_PACK)
            server = LiveServer("127.0.0.1")
            yield House(
                url=server.url,
                paths={name: path(scene) for name, (_, path) in PAGES.items()},
                sessions={slug: _session(slug) for slug in BY_SLUG},
            )
            server.stop()
        finally:
            call_command("flush", verbosity=0, interactive=False)
            cache.clear()
            clock._shift = shift


def _session(slug: str) -> str:
    client = Client()
    client.force_login(Person.objects.get(email=BY_SLUG[slug].email))
    return client.cookies[settings.SESSION_COOKIE_NAME].value


@pytest.fixture(scope="module")
def browser(house: House) -> Iterator[Browser]:  # noqa: ARG001 -- the house stands first
    with sync_playwright() as playwright:
        path = shutil.which(CHROMIUM)
        chromium = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield chromium
        chromium.close()


@dataclass
class Tab:
    """One tab, and whatever it complained of."""

    page: Page
    complaints: list[str] = field(default_factory=list)


@pytest.fixture
def enter(house: House, browser: Browser) -> Iterator[Callable[..., Tab]]:
    contexts: list[BrowserContext] = []

    def open_tab(
        slug: str = NOBODY, language: str = "en", theme: str = "light", *, script: bool = True
    ) -> Tab:
        context = browser.new_context(base_url=house.url, java_script_enabled=script)
        contexts.append(context)
        cookies = {"django_language": language, "theme": theme}
        if slug:
            cookies["sessionid"] = house.sessions[slug]
        context.add_cookies(
            [{"name": key, "value": value, "url": house.url} for key, value in cookies.items()]
        )
        tab = Tab(context.new_page())
        tab.page.add_init_script(TELL)
        tab.page.on("console", lambda said: tab.complaints.append(said.text))
        tab.page.on("pageerror", lambda error: tab.complaints.append(str(error)))
        return tab

    yield open_tab
    for context in contexts:
        context.close()


def barriers(page: Page) -> list[tuple[str, str, list[str]]]:
    found = Axe().run(page, options={"runOnly": RULES}).response["violations"]
    return [
        (one["id"], one["help"], [node["html"][:200] for node in one["nodes"][:3]])
        for one in found
    ]


def sideways(page: Page, width: int) -> int:
    page.set_viewport_size({"width": width, "height": 844})
    wider: int = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    return max(wider, 0)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", [named(name) for name in PAGES])
def test_a_page_has_no_barrier(
    house: House, enter: Callable[..., Tab], name: str, language: str
) -> None:
    slug, _ = PAGES[name]
    tab = enter(slug, language, THEME_OF[language])
    look_at(tab, house.url, house.paths[name])


def look_at(tab: Tab, home: str, path: str) -> None:
    """Look at one page at every width; the browser may complain of nothing, the policy neither."""
    tab.page.set_viewport_size({"width": 1440, "height": 900})
    answer = tab.page.goto(path)
    assert answer is not None
    assert (answer.status, tab.page.url) == (200, home + path)
    assert (path, barriers(tab.page)) == (path, [])
    assert {width: sideways(tab.page, width) for width in WIDTHS} == dict.fromkeys(WIDTHS, 0)
    whole = tab.page.evaluate(
        "document.documentElement.scrollHeight"
    )  # no bar lies over a link
    tab.page.set_viewport_size({"width": 390, "height": max(844, whole)})
    assert (path, barriers(tab.page)) == (path, [])
    assert (path, tab.complaints) == (path, [])


@pytest.mark.deep
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("slug", sorted(BY_SLUG))
def test_every_place_in_everyones_menu_has_no_barrier(
    house: House,
    enter: Callable[..., Tab],
    request: pytest.FixtureRequest,
    slug: str,
    language: str,
) -> None:
    theme = THEME_OF[language]
    tab = enter(slug, language, theme)
    tab.page.goto("/")
    found = tab.page.locator(".k-nav a").evaluate_all("all => all.map(a => a.pathname)")
    assert found[0] == "/"
    for path in dict.fromkeys(found):
        look_at(tab, house.url, path)
    told = f"{slug}, {language}, {theme}: {len(found)} pages at {len(WIDTHS)} widths"
    request.node.user_properties.append(("told", told))


def test_how_many_looks_there_are_is_told(request: pytest.FixtureRequest) -> None:
    roles = {slug for slug, _ in PAGES.values()}
    now = (len(PAGES) - len(SELDOM)) * len(LANGUAGES) * len(WIDTHS)
    whole = len(PAGES) * len(LANGUAGES) * len(WIDTHS)
    menus = len(BY_SLUG) * len(LANGUAGES)
    told = (
        f"looks: {now} in every run, {whole} with the seldom pages ({len(PAGES)} pages, "
        f"{len(roles)} roles, {len(LANGUAGES)} languages, {len(WIDTHS)} widths), and "
        f"{menus} walks through menus ({len(BY_SLUG)} roles; light in English, dark in Japanese)"
    )
    request.node.user_properties.append(("told", told))
    assert set(PAGES) > SELDOM


FOCUS = """() => {
  const at = document.activeElement;
  if (!at || at === document.body) return null;
  const shown = at.matches(".k-seg input") ? at.nextElementSibling
    : at.closest(".k-japan") ? at.querySelector("path") : at;
  const style = getComputedStyle(shown), box = shown.getBoundingClientRect();
  const marked = (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2)
    || (shown.tagName === "path" && parseFloat(style.strokeWidth) >= 4);
  const inside = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
  const name = at.outerHTML.slice(0, 120);
  return { name, marked, inside, order: [...document.querySelectorAll("*")].indexOf(at) };
}"""
BY_KEYBOARD = [
    "sign-in",
    "an applicant's day",
    "the requests",
    "requests by prefecture",
    "a request to write",
    "the yearbook",
    "the components",
]


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("name", BY_KEYBOARD)
def test_the_keyboard_alone_goes_through_a_page(
    house: House, enter: Callable[..., Tab], name: str, width: int
) -> None:
    tab = enter(PAGES[name][0])
    tab.page.set_viewport_size({"width": width, "height": 844})
    tab.page.goto(house.paths[name])
    tab.page.evaluate("document.querySelector('.k-skip').focus()")
    stops = [tab.page.evaluate(FOCUS)]
    for _ in range(600):
        tab.page.keyboard.press("Tab")
        stop = tab.page.evaluate(FOCUS)
        if stop is None or stop["order"] == stops[0]["order"]:
            break
        if stop["order"] != stops[-1]["order"]:  # the parts of a date are one field
            stops.append(stop)
    assert len(stops) < 600
    orders = [stop["order"] for stop in stops]
    assert len(set(orders)) == len(orders)
    assert [stop["name"] for stop in stops if not (stop["marked"] and stop["inside"])] == []


def test_the_skip_link_comes_first_and_leads_past_the_menu(
    house: House, enter: Callable[..., Tab]
) -> None:
    tab = enter("clair-placement")
    tab.page.goto(house.paths["the requests"])
    tab.page.keyboard.press("Tab")
    assert tab.page.evaluate("document.activeElement.className") == "k-skip"
    tab.page.keyboard.press("Enter")
    assert tab.page.evaluate("document.activeElement.id") == "main"


def test_rows_are_ticked_and_let_go_by_keyboard(
    house: House, enter: Callable[..., Tab]
) -> None:
    tab = enter("clair-placement")
    tab.page.goto(house.paths["the requests"])
    bar = tab.page.locator("[data-batch]")
    assert bar.is_visible() is False
    tab.page.locator('input[name="row"]').first.press("Space")
    assert bar.locator("b").inner_text() == "1 selected"
    tab.page.get_by_role("button", name="Clear the selection").press("Enter")
    assert bar.is_visible() is False
    assert tab.page.evaluate("document.activeElement.hasAttribute('data-select-all')") is True


def test_a_view_is_kept_and_used_in_the_browser(
    house: House, enter: Callable[..., Tab]
) -> None:
    tab = enter("co")
    tab.page.goto("/directory/?kind=mission")
    tab.page.get_by_text("Save this view").click()
    tab.page.get_by_label("Name of the view").fill("Missions")
    tab.page.get_by_role("button", name="Save", exact=True).click()
    tabs = tab.page.get_by_role("navigation", name="Saved views of this list")
    expect(tabs.locator("[aria-current]")).to_have_text("Missions")
    tabs.get_by_role("link", name="All").click()
    expect(tabs.locator("[aria-current]")).to_have_text("All")
    tabs.get_by_role("link", name="Missions").click()
    expect(tab.page).to_have_url(f"{house.url}/directory/?kind=mission")
    assert tab.complaints == []


def test_a_wrong_password_is_told_first_and_takes_the_focus(
    enter: Callable[..., Tab],
) -> None:
    tab = enter()
    tab.page.goto("/account/login/")
    tab.page.get_by_label("E-mail address").fill(BY_SLUG["mext"].email)
    tab.page.get_by_label("Password").fill("a guess")
    tab.page.get_by_role("button", name="Sign in", exact=True).click()
    expect(tab.page).to_have_title(re.compile("^Error:"))
    expect(tab.page.locator(".k-errsum")).to_be_focused()
    assert barriers(tab.page) == []


def test_without_script_one_signs_in_and_the_council_adopts(
    house: House, enter: Callable[..., Tab]
) -> None:
    tab = enter(script=False)
    page = tab.page
    page.goto("/councils/resolutions/adopt/")
    assert page.url == f"{house.url}/account/login/?next=/councils/resolutions/adopt/"
    page.get_by_label("E-mail address").fill(BY_SLUG["mic"].email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page).to_have_url(f"{house.url}/councils/resolutions/adopt/")
    page.get_by_role("button", name="Record the resolution").click()
    problems = page.get_by_role("alert").get_by_role("link")
    named = ["Number", "Text in English", "Text in Japanese"]
    expect(problems).to_have_text([re.compile(f"^{name}:") for name in named])
    page.get_by_label("Number").fill("2027-99")
    page.get_by_label("Adopted on").fill("2027-10-01")
    page.get_by_label("Text in English").fill("The year is told.")
    page.get_by_label("Text in Japanese").fill("この年度の記録とする。")
    page.get_by_role("button", name="Record the resolution").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Resolution 2027-99")
