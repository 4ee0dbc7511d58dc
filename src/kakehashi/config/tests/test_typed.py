"""What was typed when a sign-in ended comes back to whoever typed it, and to nobody else."""

import re
import time
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client

from kakehashi.accounts import actions
from kakehashi.accounts.models import KeptText
from kakehashi.directory.models import Person
from kakehashi.directory.rules import Role
from kakehashi.directory.tests import factories as make
from kakehashi.kernel import clock
from kakehashi.kernel.web import sealed

pytestmark = pytest.mark.django_db
PASSWORD = "over-the-bridge-27"
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')
PAGE = "/accounts/resets/ask/"
WORDS = "Called back; 折り返し & <b>“sure”</b>"


@pytest.fixture(autouse=True)
def fresh_counters() -> None:
    cache.clear()


def operator() -> Person:
    person = make.officer(Role.OPERATOR)
    person.set_password(PASSWORD)
    person.save()
    return person


class Browser:
    """One browser that checks tokens as a real one must, and says where it comes from."""

    def __init__(self) -> None:
        self.client = Client(enforce_csrf_checks=True)
        self.token = ""

    def open(self, address: str) -> str:
        page = self.client.get(address).content.decode()
        self.token = TOKEN.findall(page)[0]
        return page

    def send(self, address: str, came_from: str = "", **typed: object) -> tuple[int, str]:
        about = {
            "referer": f"http://testserver{came_from or address}",
            "origin": "http://testserver",
        }
        typed = {"csrfmiddlewaretoken": self.token} | typed
        answer = self.client.post(address, typed, headers=about)
        return answer.status_code, answer.get("Location", "")

    def sign_in(self, person: Person, to: str = "") -> str:
        self.open("/account/login/")
        typed = {"login": person.email, "password": PASSWORD}
        return self.send("/account/login/", **typed, **({"next": to} if to else {}))[1]

    def fall_asleep(self) -> None:
        session = self.client.session
        session["stay_until"] = int(time.time()) - 1
        session.save()


def typing(person: Person) -> Browser:
    browser = Browser()
    browser.sign_in(person)
    browser.open(PAGE)
    return browser


def test_a_form_sent_after_the_sign_in_ended_comes_back_filled() -> None:
    person = operator()
    browser = typing(person)
    browser.fall_asleep()
    status, address = browser.send(PAGE, email="x@demo.invalid", reason=WORDS)
    kept = KeptText.objects.get()
    assert (status, address) == (302, f"/account/login/?next={PAGE}%3Fkept%3D{kept.pk}")
    assert (kept.person, WORDS in kept.hidden, "折" in kept.hidden) == (person, False, False)
    back = browser.sign_in(person, f"{PAGE}?kept={kept.pk}")
    page = browser.open(back)
    assert 'value="x@demo.invalid"' in page
    assert "Called back; 折り返し &amp; &lt;b&gt;“sure”&lt;/b&gt;</textarea>" in page
    assert "What you typed is here again" in page
    browser.send(PAGE, came_from=back, email="x@demo.invalid", reason=WORDS)
    assert KeptText.objects.count() == 1  # refused by the form: still kept
    assert 'value="x@demo.invalid"' in browser.open(back)


def test_what_was_sent_at_last_is_forgotten() -> None:
    browser = typing(person := operator())
    browser.fall_asleep()
    browser.send("/language/", came_from=PAGE)
    assert KeptText.objects.count() == 0  # an open page keeps nothing
    browser.send(
        "/accounts/rules/",
        session_minutes="99",
        invitation_hours="168",
        second_factor_grace_days="14",
        seat_end_notice_days="14",
        failed_sign_in_days="30",
    )
    kept = KeptText.objects.get()
    back = browser.sign_in(person, f"/accounts/rules/?kept={kept.pk}")
    assert 'value="99"' in browser.open(back)
    status, _address = browser.send(
        "/accounts/rules/",
        session_minutes="99",
        invitation_hours="168",
        second_factor_grace_days="14",
        seat_end_notice_days="14",
        failed_sign_in_days="30",
    )
    assert (status, KeptText.objects.count()) == (302, 0)


def test_nobody_else_sees_what_was_typed_in_the_same_browser() -> None:
    browser, other = typing(operator()), operator()
    browser.fall_asleep()
    browser.send(PAGE, email="x@demo.invalid", reason=WORDS)
    kept = KeptText.objects.get()
    back = browser.sign_in(other, f"{PAGE}?kept={kept.pk}")
    page = browser.open(back)
    assert ("x@demo.invalid" in page, "What you typed is here again" in page) == (False, False)
    assert browser.client.get(f"/accounts/kept/{kept.pk}/").status_code == 404


def test_an_old_tab_gets_its_words_back_when_its_owner_has_signed_in_anew() -> None:
    browser = typing(person := operator())
    old = browser.token
    browser.open("/")
    browser.send("/account/logout/")
    browser.sign_in(person)
    browser.token = old
    status, address = browser.send(PAGE, email="x@demo.invalid", reason=WORDS)
    assert (status, address) == (302, f"{PAGE}?kept={KeptText.objects.get().pk}")
    assert 'value="x@demo.invalid"' in browser.open(address)


def test_an_old_tab_shows_nothing_to_the_next_person_and_keeps_it_for_the_first() -> None:
    first, second = operator(), operator()
    browser = typing(first)
    old = browser.token
    browser.open("/")
    browser.send("/account/logout/")
    browser.sign_in(second)
    browser.token = old
    status, _address = browser.send(PAGE, email="x@demo.invalid", reason=WORDS)
    assert (status, KeptText.objects.get().person) == (403, first)


def test_another_site_can_plant_nothing() -> None:
    browser = typing(operator())
    browser.fall_asleep()
    for headers in ({"origin": "https://evil.example"}, {}):
        typed = {"csrfmiddlewaretoken": browser.token[::-1], "reason": "planted"}
        answer = browser.client.post(PAGE, typed, headers=headers)
        assert answer.status_code == 403
    assert KeptText.objects.count() == 0


def test_a_stranger_without_the_cookie_is_only_asked_to_sign_in() -> None:
    browser = Browser()
    browser.open("/account/login/")
    assert browser.send(PAGE, reason="x") == (302, f"/account/login/?next={PAGE}")
    assert KeptText.objects.count() == 0


def test_passwords_and_sealed_pages_are_never_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    person = operator()
    assert (
        actions.keep_text(
            person, [("password1", ["x"]), ("code", ["1"])], page="/", action="/", at=make.NOON
        )
        is None
    )
    browser = typing(person)
    browser.fall_asleep()

    @sealed
    def page(_request: object) -> HttpResponse:
        return HttpResponse("sealed words are typed here")

    monkeypatch.setattr("kakehashi.config.typed.view_of", lambda _request: page)
    assert browser.send(PAGE, reason=WORDS)[1] == f"/account/login/?next={PAGE}"
    assert KeptText.objects.count() == 0


def test_where_the_form_is_gone_the_words_are_there_to_copy() -> None:
    client, person = Client(), operator()
    client.force_login(person)
    kept = actions.keep_text(
        person, [("story", ["line 1\nline 2"])], page="/", action="/gone/", at=clock.now()
    )
    assert kept is not None
    answer = client.get(f"/?kept={kept.pk}", follow=True)
    assert answer.request["PATH_INFO"] == f"/accounts/kept/{kept.pk}/"
    assert "line 1\nline 2</textarea>" in answer.content.decode()
    client.post(f"/accounts/kept/{kept.pk}/throw_away/")
    assert KeptText.objects.count() == 0


def test_kept_words_are_forgotten_after_a_day_and_with_another_secret_key(
    settings: object,
) -> None:
    person = operator()
    kept = actions.keep_text(person, [("a", ["b"])], page="/", action="/", at=make.NOON)
    assert kept is not None
    assert [*map(tuple, actions.text_of(kept))] == [("a", ["b"])]
    settings.SECRET_KEY = "another"  # type: ignore[attr-defined]  # pytest-django's fixture
    assert actions.text_of(kept) == []
    assert actions.forget_old_texts(at=make.NOON + timedelta(hours=25)) == 1


def test_a_part_of_a_page_asks_for_sign_in_as_a_whole_page() -> None:
    headers = {"hx-request": "true", "hx-current-url": "http://testserver/recruitment/?page=2"}
    answer = Client().post("/recruitment/complete/", headers=headers)
    assert answer["HX-Redirect"] == "/account/login/?next=%2Frecruitment%2F%3Fpage%3D2"
