import re
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.core.cache import cache
from django.core.mail import EmailMessage
from django.test import Client

from kakehashi.directory.models import Person
from kakehashi.directory.tests import factories as make
from kakehashi.kernel.trail import lines_about

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Answer

pytestmark = pytest.mark.django_db
PASSWORD = "over-the-bridge-27"
OTHER = "under-the-arch-28"
LINK = re.compile(r"http://localhost:8000(\S+)")


@pytest.fixture(autouse=True)
def fresh_counters() -> None:
    cache.clear()


@pytest.fixture
def maya() -> Person:
    person = make.person("maya@demo.invalid", given_name="Maya", family_name="Fernweh")
    person.set_password(PASSWORD)
    person.save()
    return person


def sign_up(client: Client, address: str, **typed: str) -> "Answer":
    answers = {
        "family_name": "Fernweh",
        "given_name": "Maya",
        "email": address,
        "password1": PASSWORD,
        "password2": PASSWORD,
    }
    return client.post("/account/signup/", answers | typed)


def sign_in(client: Client, email: str, password: str, **also: str) -> "Answer":
    return client.post("/account/login/", {"login": email, "password": password} | also)


def link_in(mail: EmailMessage) -> str:
    found = LINK.search(str(mail.body))
    assert found
    return found[1]


def signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_an_office_account_signs_in_with_address_and_password(
    client: Client, maya: Person
) -> None:
    answer = sign_in(client, "Maya@demo.invalid", PASSWORD)
    assert (answer.status_code, answer["Location"], signed_in(client)) == (302, "/", True)
    address = EmailAddress.objects.get(user=maya)
    assert (address.email, address.verified, address.primary) == (maya.email, True, True)


def test_the_sign_in_lasts_as_long_as_the_browser_or_two_weeks_if_asked(
    client: Client, maya: Person
) -> None:
    sign_in(client, maya.email, PASSWORD)
    assert client.session.get_expire_at_browser_close() is True
    client.logout()
    sign_in(client, maya.email, PASSWORD, remember="on")
    assert client.session.get_expiry_age() == 60 * 60 * 24 * 14


def test_a_wrong_password_and_an_unknown_address_are_told_the_same(
    client: Client, maya: Person
) -> None:
    wrong = sign_in(client, maya.email, "guess").context["form"].errors
    unknown = sign_in(client, "nobody@demo.invalid", "guess").context["form"].errors
    assert wrong == unknown
    assert list(wrong) == ["__all__"]


def test_six_wrong_passwords_lock_across_devices(maya: Person) -> None:
    one, two = Client(), Client()
    for client in (one, two) * 3:
        answer = sign_in(client, maya.email, "guess")
        assert answer.context["form"].has_error("__all__", "email_password_mismatch")
    for client in (one, two):
        answer = sign_in(client, maya.email, PASSWORD)
        assert answer.context["form"].has_error("__all__", "too_many_login_attempts")
        assert signed_in(client) is False


def test_another_person_is_not_locked_out_with_them(maya: Person) -> None:
    for _ in range(7):
        sign_in(Client(), "nobody@demo.invalid", "guess")
    client = Client()
    sign_in(client, maya.email, PASSWORD)
    assert signed_in(client) is True


def test_a_new_password_opens_a_locked_account(
    client: Client, maya: Person, mailoutbox: list[EmailMessage]
) -> None:
    for _ in range(7):
        sign_in(Client(), maya.email, "guess")
    client.post("/account/password/reset/", {"email": maya.email})
    form = client.get(link_in(mailoutbox[0]), follow=True)
    client.post(form.request["PATH_INFO"], {"password1": OTHER, "password2": OTHER})
    sign_in(client, maya.email, OTHER)
    assert signed_in(client) is True


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example",
        "//evil.example/",
        "http:evil.example",
        "https://testserver/",
        "javascript:alert(1)",
        "\\\\evil.example",
    ],
)
@pytest.mark.parametrize("path", ["/account/login/", "/account/logout/"])
def test_nobody_is_sent_to_another_site(
    client: Client, maya: Person, elsewhere: str, path: str
) -> None:
    answer = client.post(path, {"login": maya.email, "password": PASSWORD, "next": elsewhere})
    stays = {"/account/login/": "/", "/account/logout/": "/account/login/"}
    assert (answer.status_code, answer["Location"]) == (302, stays[path])


def test_after_sign_in_one_is_where_one_wanted_to_go(client: Client, maya: Person) -> None:
    asked = client.get("/intake/?page=2")
    assert asked["Location"] == "/account/login/?next=/intake/%3Fpage%3D2"
    form = client.get(asked["Location"])
    assert '<input type="hidden" name="next" value="/intake/?page=2"' in form.content.decode()
    answer = sign_in(client, maya.email, PASSWORD, next="/intake/?page=2")
    assert answer["Location"] == "/intake/?page=2"


def test_signing_up_keeps_name_and_language_and_waits_for_the_link(
    client: Client, mailoutbox: list[EmailMessage]
) -> None:
    client.cookies["django_language"] = "ja"
    answer = sign_up(client, "New@Demo.invalid")
    assert (answer.status_code, answer["Location"]) == (302, "/account/confirm-email/")
    person = Person.objects.get(email="new@demo.invalid")
    facts = (person.family_name, person.given_name, person.language, signed_in(client))
    assert facts == ("Fernweh", "Maya", "ja", False)
    assert [line.deed for line in lines_about([person.key])] == ["register"]
    (mail,) = mailoutbox
    assert (mail.to, mail.subject) == ([person.email], "【架け橋】メールアドレスの確認")


def test_a_person_with_one_name_signs_up_with_it(client: Client) -> None:
    sign_up(client, "one@demo.invalid", family_name="Suharto", given_name="")
    person = Person.objects.get(email="one@demo.invalid")
    assert (person.family_name, person.given_name, str(person)) == ("Suharto", "", "Suharto")


def test_without_the_link_there_is_no_way_in(
    client: Client, mailoutbox: list[EmailMessage]
) -> None:
    sign_up(client, "new@demo.invalid")
    other = Client()
    answer = sign_in(other, "new@demo.invalid", PASSWORD)
    assert (answer["Location"], signed_in(other)) == ("/account/confirm-email/", False)
    assert len(mailoutbox) == 1


def test_the_link_confirms_and_opens_where_one_signed_up(
    client: Client, mailoutbox: list[EmailMessage]
) -> None:
    sign_up(client, "new@demo.invalid")
    link = link_in(mailoutbox[0])
    page = client.get(link)
    assert (page.status_code, signed_in(client)) == (200, False)
    assert client.post(link)["Location"] == "/"
    assert signed_in(client) is True


def test_the_link_opened_elsewhere_confirms_but_does_not_sign_in(
    client: Client, mailoutbox: list[EmailMessage]
) -> None:
    sign_up(client, "new@demo.invalid")
    elsewhere = Client()
    answer = elsewhere.post(link_in(mailoutbox[0]))
    assert (answer["Location"], signed_in(elsewhere)) == ("/account/login/", False)
    sign_in(elsewhere, "new@demo.invalid", PASSWORD)
    assert signed_in(elsewhere) is True


def test_signing_up_with_a_known_and_an_unknown_address_looks_alike(
    maya: Person, mailoutbox: list[EmailMessage]
) -> None:
    def seen(email: str) -> list[object]:
        client = Client()
        answer = sign_up(client, email)
        page = client.get(answer["Location"])
        return [
            answer.status_code,
            sorted(answer.headers),
            answer["Location"],
            sorted(client.cookies),
            signed_in(client),
            *without_tokens(page, email),
        ]

    assert seen(maya.email) == seen("unknown@demo.invalid")
    assert [mail.to for mail in mailoutbox] == [[maya.email], ["unknown@demo.invalid"]]
    assert mailoutbox[0].subject == "Kakehashi: you have an account already"
    assert Person.objects.filter(email=maya.email).count() == 1


def test_asking_for_a_new_password_looks_alike_for_every_address(
    maya: Person, mailoutbox: list[EmailMessage]
) -> None:
    def seen(email: str) -> list[object]:
        client = Client()
        answer = client.post("/account/password/reset/", {"email": email})
        page = client.get(answer["Location"])
        return [
            answer.status_code,
            sorted(answer.headers),
            answer["Location"],
            sorted(client.cookies),
            *without_tokens(page, email),
        ]

    assert seen(maya.email) == seen("unknown@demo.invalid")
    assert [mail.subject for mail in mailoutbox] == [
        "Kakehashi: set a new password",
        "Kakehashi: no account with this address",
    ]


def without_tokens(page: "Answer", email: str) -> list[object]:
    body = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page.content.decode())
    return [page.status_code, body.replace(email, "ADDRESS")]


def test_changing_to_somebody_elses_address_tells_nothing_and_never_works(
    maya: Person, mailoutbox: list[EmailMessage]
) -> None:
    other = make.person("other@demo.invalid")
    client = Client()
    sign_in(client, maya.email, PASSWORD)
    client.post("/account/email/", {"email": other.email, "action_add": ""})
    client.post("/account/reauthenticate/", {"password": PASSWORD, "next": "/account/email/"})
    (mail,) = mailoutbox
    assert (mail.to, mail.subject) == (
        [other.email],
        "Kakehashi: confirm your e-mail address",
    )
    Client().post(link_in(mail))
    maya.refresh_from_db()
    assert maya.email == "maya@demo.invalid"


def test_a_reset_link_lives_an_hour(
    client: Client,
    maya: Person,
    mailoutbox: list[EmailMessage],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    client.post("/account/password/reset/", {"email": maya.email})
    link = link_in(mailoutbox[0])
    asked = datetime.now()  # noqa: DTZ005 -- what Django's token counts in

    def after(waited: timedelta) -> bool:
        monkeypatch.setattr(PasswordResetTokenGenerator, "_now", lambda _: asked + waited)
        page = Client().get(link, follow=True)
        return "form" in page.context and not page.context.get("token_fail")

    assert after(timedelta(minutes=59)) is True
    assert after(timedelta(minutes=61)) is False


def test_a_reset_link_works_once_and_the_owner_is_told(
    client: Client, maya: Person, mailoutbox: list[EmailMessage]
) -> None:
    client.post("/account/password/reset/", {"email": maya.email})
    link = link_in(mailoutbox[0])
    form = client.get(link, follow=True)
    assert form.request["PATH_INFO"].endswith("-set-password/")
    answer = client.post(form.request["PATH_INFO"], {"password1": OTHER, "password2": OTHER})
    assert answer["Location"] == "/account/password/reset/key/done/"
    assert Client().get(link, follow=True).context["token_fail"] is True
    assert mailoutbox[1].subject == "Kakehashi: your password was changed"
    assert [line.deed for line in lines_about([maya.key])] == ["set_password"]


def test_whoever_was_invited_without_a_password_sets_one_by_the_link(
    client: Client, mailoutbox: list[EmailMessage]
) -> None:
    person = make.person("invited@demo.invalid")
    client.post("/account/password/reset/", {"email": person.email})
    form = client.get(link_in(mailoutbox[0]), follow=True)
    client.post(form.request["PATH_INFO"], {"password1": OTHER, "password2": OTHER})
    sign_in(client, person.email, OTHER)
    assert signed_in(client) is True


def test_a_change_of_address_asks_for_the_password_again_and_waits_for_the_link(
    client: Client, maya: Person, mailoutbox: list[EmailMessage]
) -> None:
    sign_in(client, maya.email, PASSWORD)
    asked = client.post("/account/email/", {"email": "maya2@demo.invalid", "action_add": ""})
    assert asked["Location"] == "/account/reauthenticate/?next=%2Faccount%2Femail%2F"
    client.post("/account/reauthenticate/", {"password": PASSWORD, "next": "/account/email/"})
    maya.refresh_from_db()
    assert (maya.email, [mail.to for mail in mailoutbox]) == (
        "maya@demo.invalid",
        [["maya2@demo.invalid"]],
    )
    client.post(link_in(mailoutbox[0]))
    maya.refresh_from_db()
    assert maya.email == "maya2@demo.invalid"
    assert (mailoutbox[1].to, mailoutbox[1].subject) == (
        ["maya@demo.invalid"],
        "Kakehashi: your e-mail address was changed",
    )
    assert [line.deed for line in lines_about([maya.key])] == ["change_email"]


def test_changing_the_password_asks_for_the_present_one_and_ends_other_sessions(
    client: Client, maya: Person
) -> None:
    elsewhere = Client()
    sign_in(client, maya.email, PASSWORD)
    sign_in(elsewhere, maya.email, PASSWORD)
    typed = {"oldpassword": "guess", "password1": OTHER, "password2": OTHER}
    refused = client.post("/account/password/change/", typed)
    assert list(refused.context["form"].errors) == ["oldpassword"]
    client.post("/account/password/change/", typed | {"oldpassword": PASSWORD})
    assert client.get("/account/email/").status_code == 200
    assert elsewhere.get("/account/email/").status_code == 302


@pytest.mark.parametrize(
    ("typed", "at_fault"),
    [
        ({"family_name": ""}, ["family_name"]),
        ({"family_name": " "}, ["family_name"]),
        ({"email": "no address"}, ["email"]),
        ({"password1": "12345678", "password2": "12345678"}, ["password1"]),
        ({"password1": "short", "password2": "short"}, ["password1"]),
        ({"password2": "something else"}, ["password2"]),
    ],
)
def test_what_is_missing_or_weak_is_said_and_nobody_is_made(
    client: Client, typed: dict[str, str], at_fault: list[str]
) -> None:
    page = sign_up(client, "new@demo.invalid", **typed)
    assert (page.status_code, list(page.context["form"].errors)) == (200, at_fault)
    assert 'class="k-errsum" role="alert"' in page.content.decode()
    assert Person.objects.filter(email="new@demo.invalid").exists() is False


def test_a_closed_account_says_so_only_to_its_owner(client: Client, maya: Person) -> None:
    Person.objects.filter(pk=maya.pk).update(is_active=False)
    assert sign_in(client, maya.email, PASSWORD)["Location"] == "/account/inactive/"
    assert signed_in(client) is False
    wrong = sign_in(Client(), maya.email, "guess").context["form"]
    assert wrong.has_error("__all__", "email_password_mismatch")


@pytest.mark.parametrize("told", ["localhost", "127.0.0.1"])
def test_links_begin_with_our_own_address(
    client: Client, maya: Person, mailoutbox: list[EmailMessage], told: str
) -> None:
    client.post("/account/password/reset/", {"email": maya.email}, headers={"host": told})
    assert "http://localhost:8000/account/password/reset/key/" in str(mailoutbox[0].body)
