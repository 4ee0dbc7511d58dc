"""Signing in, in a real browser: passkeys, an app, typed text that outlives a sign-in, no barrier."""

import os
import re
import shutil
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from axe_playwright_python.sync_playwright import Axe
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.backends.db import SessionStore
from django.core.cache import cache
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
from pytest_django.live_server_helper import LiveServer

from kakehashi.accounts import actions
from kakehashi.accounts.models import KeptText
from kakehashi.accounts.queries import token_of
from kakehashi.directory.models import Person
from kakehashi.directory.rules import Role
from kakehashi.directory.tests import factories as make
from kakehashi.kernel import clock

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PASSWORD = "over-the-bridge-27"
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
DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # playwright's loop runs beside the database
    with sync_playwright() as playwright:
        path = shutil.which("chromium")
        chromium = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield chromium
        chromium.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@dataclass
class Tab:
    """One tab, who owns it, and whatever it complained of."""

    page: Page
    context: BrowserContext
    complaints: list[str] = field(default_factory=list)

    def hear(self, words: str) -> None:
        """Remember a complaint, but not advice on what a browser could fill in."""
        if not words.startswith("[DOM]"):
            self.complaints.append(words)

    def sign_in(self, person: Person) -> None:
        self.page.get_by_label("E-mail address").fill(person.email)
        self.page.get_by_label("Password").fill(PASSWORD)
        self.page.get_by_role("button", name="Sign in", exact=True).click()

    def say_again(self) -> None:
        self.page.get_by_label("Password").fill(PASSWORD)
        self.page.get_by_role("button", name="Continue").click()

    def with_device(self) -> None:
        """Give this browser a device that holds passkeys."""
        session = self.context.new_cdp_session(self.page)
        session.send("WebAuthn.enable")
        session.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})

    def session(self) -> SessionBase:
        kept = next(one for one in self.context.cookies() if one["name"] == "sessionid")
        return SessionStore(kept["value"])

    def ends_in(self, seconds: int) -> None:
        """Let the sign-in end so many seconds from now."""
        session = self.session()
        session["stay_until"] = int(time.time()) + seconds
        session.save()


@pytest.fixture
def tab(browser: Browser) -> Iterator[Tab]:
    cache.clear()
    server = LiveServer("localhost")  # passkeys refuse a number for an address
    context = browser.new_context(base_url=server.url)
    page = context.new_page()
    made = Tab(page, context)
    page.on("console", lambda said: made.hear(said.text))
    page.on("pageerror", lambda error: made.complaints.append(str(error)))
    yield made
    context.close()
    server.stop()


@pytest.fixture
def person() -> Person:
    made = make.officer(Role.OPERATOR)
    made.set_password(PASSWORD)
    made.save()
    return made


def barriers(page: Page) -> list[tuple[str, str, list[str]]]:
    found = Axe().run(page, options={"runOnly": RULES}).response["violations"]
    return [
        (one["id"], one["help"], [node["html"][:200] for node in one["nodes"][:3]])
        for one in found
    ]


def test_a_passkey_opens_the_door_alone_has_a_name_and_is_taken_away(
    tab: Tab, person: Person
) -> None:
    page = tab.page
    page.goto("/account/login/?next=/account/factors/webauthn/add/")
    tab.with_device()
    tab.sign_in(person)
    tab.say_again()
    page.get_by_label("Name of this passkey").fill("My telephone")
    page.get_by_label("Sign in with this passkey alone").check()
    page.get_by_role("button", name="Make the passkey").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Recovery codes")
    page.get_by_role("link", name="I have kept them").click()
    expect(page.get_by_text("opens the door alone")).to_be_visible()
    page.get_by_role("button", name="Sign out").first.click()
    page.goto("/account/login/?next=/accounts/devices/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(
        re.compile("^Where you are signed in")
    )
    page.goto("/account/factors/")
    page.get_by_role("link", name=re.compile("^Rename ?: My telephone$")).click()
    tab.say_again()  # a passkey alone opens the door, and is not asked about itself
    page.get_by_label("Name of this passkey").fill("Old telephone")
    page.get_by_role("button", name="Save the name").click()
    expect(page.get_by_text("Old telephone")).to_be_visible()
    page.goto("/account/factors/")
    page.get_by_role("link", name=re.compile("^Take away ?: Old telephone$")).click()
    page.get_by_role("button", name="Take it away").click()
    expect(page.get_by_text("You have no passkey.")).to_be_visible()
    assert tab.complaints == []


def test_an_app_and_a_recovery_code_are_the_second_step(tab: Tab, person: Person) -> None:
    page = tab.page
    page.goto("/account/login/?next=/account/factors/totp/activate/")
    tab.sign_in(person)
    tab.say_again()
    secret = page.locator("code.k-secret").inner_text()
    number = int(time.time()) // 30
    page.get_by_label("Code", exact=True).fill(format_hotp_value(hotp_value(secret, number)))
    page.get_by_role("button", name="Use this app").click()
    codes = page.locator(".k-codes code").all_inner_texts()
    kept = page.get_by_role("link", name="Keep as a file").get_attribute("href") or ""
    assert (len(codes), codes[0] in kept) == (10, True)
    assert barriers(page) == []
    page.get_by_role("button", name="Sign out").first.click()
    page.goto("/account/login/")
    tab.sign_in(person)
    expect(page.get_by_role("heading", level=1)).to_have_text("Second step")
    assert barriers(page) == []
    page.get_by_label("Code", exact=True).fill(codes[3])
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(re.compile(r"/$"))
    assert tab.complaints == []


def test_the_notice_before_the_end_stays_with_one_button(tab: Tab, person: Person) -> None:
    page = tab.page
    page.goto("/account/login/?next=/accounts/resets/ask/")
    tab.sign_in(person)
    expect(page.get_by_role("button", name="Stay signed in")).to_be_hidden()
    tab.ends_in(200)
    page.reload()
    page.get_by_label("How you know").fill("half a thought")
    expect(page.get_by_text("You will be signed out in five minutes")).to_be_visible()
    assert barriers(page) == []
    page.get_by_role("button", name="Stay signed in").click()
    expect(page.get_by_role("button", name="Stay signed in")).to_be_hidden()
    assert tab.session()["stay_until"] > time.time() + 3600
    assert page.get_by_label("How you know").input_value() == "half a thought"


def test_what_was_typed_when_the_sign_in_ended_comes_back(tab: Tab, person: Person) -> None:
    page = tab.page
    page.goto("/account/login/?next=/accounts/resets/ask/")
    tab.sign_in(person)
    page.get_by_label("E-mail address of the account").fill("lost@demo.invalid")
    page.get_by_label("How you know").fill("Called back. 折り返し電話")
    tab.ends_in(-1)
    page.get_by_role("button", name="Ask for a second person").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")
    tab.sign_in(person)
    expect(page.get_by_text("What you typed is here again")).to_be_visible()
    assert page.get_by_label("How you know").input_value() == "Called back. 折り返し電話"
    assert (
        page.get_by_label("E-mail address of the account").input_value() == "lost@demo.invalid"
    )
    assert KeptText.objects.count() == 1
    assert tab.complaints == []


def test_another_person_at_the_same_browser_sees_nothing_of_it(
    tab: Tab, person: Person
) -> None:
    page, other = tab.page, make.officer(Role.OPERATOR)
    other.set_password(PASSWORD)
    other.save()
    page.goto("/account/login/?next=/accounts/resets/ask/")
    tab.sign_in(person)
    page.get_by_label("How you know").fill("Called back. 折り返し電話")
    tab.ends_in(-1)
    page.get_by_role("button", name="Ask for a second person").click()
    tab.sign_in(other)
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("^Somebody has lost"))
    assert page.get_by_label("How you know").input_value() == ""
    assert KeptText.objects.get().person == person


def walked(tab: Tab, pages: list[str]) -> dict[tuple[str, str, int], tuple[object, int]]:
    """Open every page in both languages and widths; give the barriers, and what sticks out."""
    page = tab.page
    found: dict[tuple[str, str, int], tuple[object, int]] = {}
    for language in ("en", "ja"):
        tab.context.add_cookies(
            [{"name": "django_language", "value": language, "url": page.url}]
        )
        for address in pages:
            page.goto(address)
            for width in (1440, 390):
                page.set_viewport_size({"width": width, "height": 900})
                wider = page.evaluate("document.documentElement.scrollWidth - innerWidth")
                found[language, address, width] = (barriers(page), max(wider, 0))
    return found


def test_no_page_about_accounts_has_a_barrier(tab: Tab, person: Person) -> None:
    head = make.officer(Role.MISSION)
    terms = actions.Terms(starts_on=clock.today())
    office = make.mission()
    invitation = actions.invite(
        "new@demo.invalid",
        office=office,
        role=Role.READER,
        terms=terms,
        by=head,
        at=clock.now(),
    )
    welcome = f"/accounts/welcome/{token_of(invitation)}/"
    (seat,) = head.seats.all()
    pages = [
        "/account/factors/",
        "/account/factors/webauthn/add/",
        "/account/factors/totp/activate/",
        "/accounts/devices/",
        "/accounts/rules/",
        "/accounts/resets/",
        "/accounts/resets/ask/",
        "/accounts/invitations/",
        f"/accounts/invitations/at/{office.pk}/invite/",
        f"/accounts/invitations/{invitation.pk}/resend/",
        f"/accounts/leaving/{seat.pk}/",
        welcome,
    ]
    page = tab.page
    page.goto(welcome)
    assert barriers(page) == []
    page.goto("/account/login/?next=/")
    tab.sign_in(person)
    page.goto("/account/factors/totp/activate/")
    tab.say_again()
    found = walked(tab, pages)
    assert {key: told for key, told in found.items() if told != ([], 0)} == {}
    assert tab.complaints == []
