"""Second factors: set up, used, asked again, taken away, told, and never kept in the clear."""

import re
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core.cache import cache
from django.core.mail import EmailMessage
from django.test import Client

from kakehashi.accounts import actions
from kakehashi.accounts.models import FactorReset
from kakehashi.directory.models import Person
from kakehashi.directory.rules import Role
from kakehashi.directory.tests import factories as make
from kakehashi.kernel.cloak import NotOurs, cloak, uncloak
from kakehashi.kernel.lifecycle import MoveNotAllowed
from kakehashi.kernel.models import Post
from kakehashi.kernel.policy import Refused
from kakehashi.kernel.trail import lines_about

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Answer

pytestmark = pytest.mark.django_db
PASSWORD = "over-the-bridge-27"
SECRET = re.compile(r'<code class="k-secret" translate="no">(\w+)</code>')
CODES = re.compile(r'<li><code translate="no">(\d+)</code></li>')
HEADING = re.compile(r"<h1>\s*(.*?)\s*</h1>", re.DOTALL)
INLINE = re.compile(
    r"<style|\sstyle=|\son\w+=|<script(?![^>]*\s(?:src=|type=\"application/json\"))"
)


@pytest.fixture(autouse=True)
def fresh_counters() -> None:
    cache.clear()


@pytest.fixture
def maya() -> Person:
    person = make.person("maya@demo.invalid", given_name="Maya", family_name="Fernweh")
    person.set_password(PASSWORD)
    person.save()
    return person


def signed_in(person: Person) -> Client:
    client = Client()
    client.post("/account/login/", {"login": person.email, "password": PASSWORD})
    return client


def again(client: Client, address: str) -> "Answer":
    typed = {"password": PASSWORD, "next": address}
    return client.post("/account/reauthenticate/", typed, follow=True)


def code_of(secret: str, later: int = 0) -> str:
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30 + later)))


def with_app(person: Person) -> tuple[Client, str, list[str]]:
    client = signed_in(person)
    page = again(client, "/account/factors/totp/activate/").content.decode()
    (secret,) = SECRET.findall(page)
    client.post("/account/factors/totp/activate/", {"code": code_of(secret)})
    codes = CODES.findall(client.get("/account/factors/recovery-codes/").content.decode())
    return client, secret, codes


def test_an_app_is_set_up_with_a_drawing_and_a_secret_to_type(maya: Person) -> None:
    client = signed_in(maya)
    asked = client.get("/account/factors/totp/activate/")
    assert asked["Location"].startswith("/account/reauthenticate/?next=")
    page = again(client, "/account/factors/totp/activate/").content.decode()
    assert len(SECRET.findall(page)) == page.count('<svg class="k-qr"') == 1
    assert INLINE.findall(page) == []
    wrong = client.post("/account/factors/totp/activate/", {"code": "000000"})
    assert list(wrong.context["form"].errors) == ["code"]
    assert SECRET.findall(wrong.content.decode()) == SECRET.findall(page)


def test_recovery_codes_are_shown_once(maya: Person) -> None:
    client, _secret, codes = with_app(maya)
    assert len({*codes}) == 10
    page = client.get("/account/factors/recovery-codes/").content.decode()
    assert (CODES.findall(page), "The codes were shown once" in page) == ([], True)
    assert client.get("/account/factors/recovery-codes/download/").status_code == 403


def test_the_password_alone_no_longer_opens(maya: Person) -> None:
    _client, secret, codes = with_app(maya)
    door = Client()
    typed = {"login": maya.email, "password": PASSWORD, "next": "/me/"}
    answer = door.post("/account/login/", typed)
    assert answer["Location"] == "/account/factors/authenticate/"
    assert door.get("/me/").status_code == 302
    wrong = door.post("/account/factors/authenticate/", {"code": "000000"})
    assert list(wrong.context["form"].errors) == ["code"]
    opened = door.post("/account/factors/authenticate/", {"code": code_of(secret, 1)})
    assert (opened["Location"], door.get("/me/").status_code) == ("/me/", 200)
    lost = signed_in(maya)
    lost.post("/account/factors/authenticate/", {"code": codes[0]})
    assert lost.get("/me/").status_code == 200
    spent = signed_in(maya)
    spent.post("/account/factors/authenticate/", {"code": codes[0]})
    assert spent.get("/me/").status_code == 302


def test_six_wrong_codes_lock_even_the_right_one(maya: Person) -> None:
    _client, secret, _codes = with_app(maya)
    for _ in range(6):
        signed_in(maya).post("/account/factors/authenticate/", {"code": "000000"})
    door = signed_in(maya)
    locked = door.post("/account/factors/authenticate/", {"code": code_of(secret, 1)})
    assert (locked.status_code, door.get("/me/").status_code) == (200, 302)


def test_the_database_holds_no_secret_in_the_clear(maya: Person) -> None:
    _client, secret, codes = with_app(maya)
    kept = str(list(Authenticator.objects.values()))
    assert [word for word in (secret, *codes) if word in kept] == []


def test_what_was_cloaked_is_read_only_for_what_it_was_cloaked_for() -> None:
    hidden = cloak("words 言葉", about="this")
    assert (uncloak(hidden, about="this"), cloak("words 言葉", about="this") == hidden) == (
        "words 言葉",
        False,
    )
    for about, words in (("that", hidden), ("this", hidden[:-4] + "AAAA"), ("this", "é")):
        with pytest.raises(NotOurs):
            uncloak(words, about=about)


def test_the_owner_is_told_and_the_trail_knows(
    maya: Person,
    mailoutbox: list[EmailMessage],
    django_capture_on_commit_callbacks: Callable[..., AbstractContextManager[object]],
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        client, _secret, _codes = with_app(maya)
    again(client, "/account/factors/")
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/account/factors/recovery-codes/generate/")
    client.post("/account/factors/totp/deactivate/")
    assert [mail.subject for mail in mailoutbox] == [
        "Kakehashi: your account has a new second factor",
        "Kakehashi: you have new recovery codes",
        "Kakehashi: a second factor was taken away",
    ]
    deeds = [line.deed for line in lines_about([maya.key])]
    assert deeds == [
        "take_away_recovery_codes",
        "take_away_authenticator_app",
        "add_recovery_codes",
        "take_away_recovery_codes",
        "add_recovery_codes",
        "add_authenticator_app",
    ]
    assert Authenticator.objects.count() == 0


def test_an_address_can_be_changed_beside_a_second_factor(
    maya: Person, mailoutbox: list[EmailMessage]
) -> None:
    client, _secret, _codes = with_app(maya)
    again(client, "/account/email/")
    client.post("/account/email/", {"email": "maya2@demo.invalid", "action_add": ""})
    assert mailoutbox[-1].to == ["maya2@demo.invalid"]


PAGES = {
    "/account/factors/": ("Second factor", "二段階認証"),
    "/account/factors/totp/deactivate/": ("Stop using the app", "アプリの使用をやめる"),
    "/account/factors/webauthn/": ("Passkeys", "パスキー"),
    "/account/factors/webauthn/add/": ("Add a passkey", "パスキーを追加する"),
    "/account/factors/recovery-codes/": ("Recovery codes", "予備コード"),
    "/account/factors/recovery-codes/generate/": (
        "Make new recovery codes",
        "新しい予備コードを作る",
    ),
    "/account/factors/reauthenticate/": ("Is it you?", "ご本人の確認"),
}


@pytest.mark.parametrize("place", [0, 1], ids=["en", "ja"])
def test_every_page_is_ours_and_speaks_the_language(maya: Person, place: int) -> None:
    client, _secret, _codes = with_app(maya)
    again(client, "/account/factors/")
    client.cookies["django_language"] = ["en", "ja"][place]
    for address, names in PAGES.items():
        page = client.get(address).content.decode()
        assert (address, HEADING.findall(page)) == (address, [names[place]])
        assert (address, INLINE.findall(page)) == (address, [])
    door = signed_in(maya)
    door.cookies["django_language"] = ["en", "ja"][place]
    page = door.get("/account/factors/authenticate/").content.decode()
    assert HEADING.findall(page) == [["Second step", "二段階目の確認"][place]]


# ------------------------------------------------------------------ a lost second factor


def test_two_people_take_a_lost_factor_off_and_the_owner_is_told_twice(maya: Person) -> None:
    client, _secret, _codes = with_app(maya)
    asker, second = make.officer(Role.OPERATOR), make.officer(Role.AUDITOR)
    reset = actions.ask_reset(maya, reason="called back", by=asker, at=make.NOON)
    assert Authenticator.objects.filter(user=maya).exists() is True
    with pytest.raises(Refused):
        actions.confirm_reset(reset, by=asker, at=make.NOON)
    actions.confirm_reset(reset, by=second, at=make.NOON)
    assert Authenticator.objects.filter(user=maya).exists() is False
    assert client.get("/me/").status_code == 302
    assert signed_in(maya).get("/me/").status_code == 200
    letters = Post.objects.order_by("pk").values_list("letter", "to__email")
    assert list(letters) == [
        ("accounts/factor_reset_asked", maya.email),
        ("accounts/factor_taken_off", maya.email),
    ]
    with pytest.raises(MoveNotAllowed):
        actions.confirm_reset(FactorReset.objects.get(), by=second, at=make.NOON)


def test_nobody_takes_their_own_off_nor_one_that_is_not_there(maya: Person) -> None:
    asker, other = make.officer(Role.OPERATOR), make.officer(Role.OPERATOR)
    with pytest.raises(actions.NothingToReset):
        actions.ask_reset(maya, reason="lost", by=asker, at=make.NOON)
    Authenticator.objects.create(user=asker, type=Authenticator.Type.TOTP, data={"secret": "x"})
    with pytest.raises(Refused):
        actions.ask_reset(asker, reason="mine", by=asker, at=make.NOON)
    reset = actions.ask_reset(asker, reason="theirs", by=other, at=make.NOON)
    with pytest.raises(actions.NothingToReset):
        actions.ask_reset(asker, reason="again", by=other, at=make.NOON)
    with pytest.raises(Refused):
        actions.confirm_reset(reset, by=asker, at=make.NOON)
    actions.refuse_reset(reset, by=make.officer(Role.OPERATOR), at=make.NOON)
    assert Authenticator.objects.filter(user=asker).count() == 1


def test_the_pages_of_a_reset(maya: Person) -> None:
    with_app(maya)
    asker, second = make.officer(Role.OPERATOR), make.officer(Role.AUDITOR)
    client = Client()
    client.force_login(asker)
    unknown = client.post("/accounts/resets/ask/", {"email": "no@demo.invalid", "reason": "x"})
    assert list(unknown.context["form"].errors) == ["email"]
    client.post("/accounts/resets/ask/", {"email": maya.email, "reason": "called back"})
    reset = FactorReset.objects.get()
    assert (
        "Another operator or an auditor decides."
        in client.get("/accounts/resets/").content.decode()
    )
    assert client.post(f"/accounts/resets/{reset.pk}/confirm_reset/").status_code == 403
    client.force_login(second)
    assert "called back" in client.get("/accounts/resets/").content.decode()
    assert client.post(f"/accounts/resets/{reset.pk}/confirm_reset/").status_code == 302
    client.force_login(make.officer(Role.MISSION))
    assert client.get("/accounts/resets/").status_code == 403
    assert client.post(f"/accounts/resets/{reset.pk}/refuse_reset/").status_code == 404
