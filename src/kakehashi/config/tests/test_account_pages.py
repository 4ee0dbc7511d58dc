import re

import pytest
from django.core.cache import cache
from django.core.mail import EmailMessage
from django.test import Client
from django.utils import translation

from kakehashi.config import account_forms
from kakehashi.directory.tests import factories as make

pytestmark = pytest.mark.django_db
PASSWORD = "over-the-bridge-27"
SIGNED_OUT = {
    "/account/login/": ("Sign in", "ログイン"),
    "/account/signup/": ("Open an account", "アカウントを作る"),
    "/account/password/reset/": ("Get a new password", "パスワードを決め直す"),
    "/account/password/reset/done/": ("Look at your mail", "メールを確認してください"),
    "/account/password/reset/key/done/": (
        "Your password is set",
        "パスワードを設定しました",
    ),
    "/account/password/reset/key/1-no-such-key/": (
        "This link no longer works",
        "このリンクは使えません",
    ),
    "/account/confirm-email/": ("Look at your mail", "メールを確認してください"),
    "/account/confirm-email/no-such-key/": (
        "This link no longer works",
        "このリンクは使えません",
    ),
    "/account/inactive/": ("This account is closed", "このアカウントは閉鎖されています"),
}
SIGNED_IN = {
    "/account/logout/": ("Sign out", "ログアウト"),
    "/account/password/change/": ("Change your password", "パスワードを変える"),
    "/account/email/": ("Your e-mail address", "メールアドレス"),
    "/account/reauthenticate/": ("Is it you?", "ご本人の確認"),
}
INLINE = re.compile(r"<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)")
HEADING = re.compile(r"<h1>(.*?)</h1>", re.DOTALL)


@pytest.fixture(autouse=True)
def fresh_counters() -> None:
    cache.clear()


def open_page(client: Client, path: str, language: str) -> str:
    client.cookies["django_language"] = language
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def headings(page: str) -> list[str]:
    return [words.strip() for words in HEADING.findall(page)]


@pytest.mark.parametrize("path", SIGNED_OUT)
@pytest.mark.parametrize("place", [0, 1], ids=["en", "ja"])
def test_a_page_before_sign_in_is_ours_and_speaks_the_language(
    client: Client, path: str, place: int
) -> None:
    page = open_page(client, path, ["en", "ja"][place])
    assert headings(page) == [SIGNED_OUT[path][place]]
    assert INLINE.findall(page) == []
    assert page.count("<form") == page.count("csrfmiddlewaretoken")


@pytest.mark.parametrize("path", SIGNED_IN)
@pytest.mark.parametrize("place", [0, 1], ids=["en", "ja"])
def test_a_page_about_ones_account_is_ours_and_speaks_the_language(
    client: Client, path: str, place: int
) -> None:
    person = make.person()
    person.set_password(PASSWORD)
    person.save()
    client.post("/account/login/", {"login": person.email, "password": PASSWORD})
    page = open_page(client, path, ["en", "ja"][place])
    assert headings(page) == [SIGNED_IN[path][place]]
    assert INLINE.findall(page) == []


def test_somebody_without_a_password_may_set_one(client: Client) -> None:
    client.force_login(make.person())
    assert client.get("/account/password/change/")["Location"] == "/account/password/set/"
    page = open_page(client, "/account/password/set/", "ja")
    assert headings(page) == ["パスワードを設定する"]


def test_an_address_that_waits_for_its_link_is_shown_with_a_way_back(
    client: Client, mailoutbox: list[EmailMessage]
) -> None:
    person = make.person()
    person.set_password(PASSWORD)
    person.save()
    client.post("/account/login/", {"login": person.email, "password": PASSWORD})
    client.post("/account/email/", {"email": "new@demo.invalid", "action_add": ""})
    client.post("/account/reauthenticate/", {"password": PASSWORD, "next": "/account/email/"})
    page = open_page(client, "/account/email/", "en")
    assert page.count("new@demo.invalid becomes your address when you open the link") == 1
    client.post("/account/email/", {"email": "new@demo.invalid", "action_remove": ""})
    page = open_page(client, "/account/email/", "en")
    assert page.count("becomes your address") == 0
    assert mailoutbox[-1].subject == "Kakehashi: a change of address was called off"


def test_too_many_tries_are_told_on_a_page_of_ours(client: Client) -> None:
    answers = [
        client.post("/account/password/reset/", {"email": "a@b.invalid"}) for _ in "123456"
    ]
    assert [answer.status_code for answer in answers] == [302] * 5 + [429]
    assert headings(answers[-1].content.decode()) == ["Too many tries"]


@pytest.mark.parametrize(
    "form",
    [
        account_forms.SignInForm,
        account_forms.SignUpForm,
        account_forms.AskForLinkForm,
        account_forms.SetPasswordForm,
        account_forms.NewPasswordForm,
    ],
)
def test_no_field_hides_its_label_in_a_placeholder(form: type[account_forms.Worded]) -> None:
    fields = form().fields
    assert [name for name, field in fields.items() if "placeholder" in field.widget.attrs] == []
    assert set(form.words) == set(fields)


def test_the_labels_are_said_in_the_readers_language() -> None:
    with translation.override("ja"):
        form = account_forms.SignUpForm()
    assert [field.label for field in form] == [
        "姓",
        "名",
        "メールアドレス",
        "パスワード",
        "同じパスワードをもう一度",
    ]


@pytest.mark.django_db
def test_whoever_opens_an_account_is_led_to_the_privacy_notice_first(client: Client) -> None:
    page = client.get("/account/signup/").content.decode()
    words = "What happens to what you write: the privacy notice"
    assert page.count(f'<a href="/privacy/notice/">{words}</a>') == 1
    assert client.get("/privacy/notice/").status_code == 200
