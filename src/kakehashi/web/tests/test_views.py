import re
from typing import Any

import pytest
from django.http import HttpResponse, HttpResponseNotAllowed
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.utils.translation import get_language, override
from pytest_django import Settings

from kakehashi.directory.tests import factories as make
from kakehashi.web import navigation, views
from kakehashi.web.middleware import Problems

STATUSES = ["400", "403", "403_csrf", "404", "405", "409", "500", "503"]
ELSEWHERE = [
    "https://evil.example/",
    "//evil.example",
    "javascript:alert(1)",
    "/\\evil.example",
    "",
]


@pytest.fixture
def client(db: None) -> Client:  # noqa: ARG001 -- opens the database
    """Sign somebody in who reads English and has chosen no theme."""
    found = Client()
    found.force_login(make.person())
    return found


def test_the_language_changes_and_the_reader_stays_where_they_were(client: Client) -> None:
    response = client.post("/language/", {"language": "ja", "next": "/components/?sort=-name"})
    assert response.status_code == 302
    assert response["Location"] == "/components/?sort=-name"
    assert client.cookies["django_language"].value == "ja"
    assert client.cookies["django_language"]["httponly"] is True
    assert '<html lang="ja"' in client.get("/components/").content.decode()


@pytest.mark.parametrize("address", ["/language/", "/theme/"])
@pytest.mark.parametrize("wanted", ELSEWHERE)
def test_nobody_is_sent_to_another_site(address: str, wanted: str) -> None:
    assert (
        Client().post(address, {"language": "ja", "theme": "dark", "next": wanted})["Location"]
        == "/"
    )


def test_a_language_or_theme_nobody_offers_changes_nothing() -> None:
    client = Client()
    client.post("/language/", {"language": "xx", "next": "/"})
    client.post("/theme/", {"theme": "pink", "next": "/"})
    assert {"django_language", "theme"} & set(client.cookies) == set()


def test_only_a_form_changes_the_language() -> None:
    client = Client()
    assert client.get("/language/").status_code == 405


def test_a_foreign_form_changes_nothing() -> None:
    client = Client(enforce_csrf_checks=True)
    response = client.post("/language/", {"language": "ja"})
    assert response.status_code == 403
    assert "This form was open too long" in response.content.decode()


def test_the_choice_of_a_signed_in_person_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[tuple[str, str]] = []
    monkeypatch.setattr(navigation, "_language_listeners", [])
    navigation.on_language_change(lambda person, language: told.append((person.name, language)))
    request: Any = RequestFactory().post("/language/", {"language": "ja", "next": "/"})
    request.user = type(
        "Person", (), {"is_authenticated": True, "language": "en", "name": "A"}
    )()
    views.language(request)
    assert told == [("A", "ja")]


def test_the_components_are_for_those_who_have_signed_in() -> None:
    assert Client().get("/components/").status_code == 302


@pytest.mark.django_db
def test_the_theme_follows_the_person_to_another_device(client: Client) -> None:
    person = make.person()
    client.force_login(person)
    client.post("/theme/", {"theme": "dark", "next": "/"})
    other = Client()
    other.force_login(person)
    assert 'data-theme="dark"' in other.get("/components/").content.decode()
    other.cookies["theme"] = "light"
    assert 'data-theme="dark"' in other.get("/components/").content.decode()


def test_the_theme_is_drawn_by_the_server(client: Client) -> None:
    client.post("/theme/", {"theme": "dark", "next": "/"})
    html = client.get("/components/").content.decode()
    assert 'data-theme="dark"' in html
    assert 'value="dark" aria-pressed="true"' in html


@pytest.mark.parametrize("language", ["en", "ja"])
def test_the_components_keep_to_the_strict_policy(client: Client, language: str) -> None:
    client.force_login(make.person(language=language))
    response = client.get("/components/")
    html = response.content.decode()
    assert response.status_code == 200
    assert re.findall(r"<style|\sstyle=|\son\w+=|hx-on|javascript:", html) == []
    assert [tag for tag in re.findall(r"<script[^>]*>", html) if "src=" not in tag] == []
    ids = re.findall(r'\sid="([^"]+)"', html)
    assert sorted({one for one in ids if ids.count(one) > 1}) == []


def test_a_demonstration_says_that_it_is_one(client: Client, settings: Settings) -> None:
    settings.KAKEHASHI_DEMO = True
    words = "The people, requests and scores are invented."
    assert words in client.get("/components/").content.decode()
    settings.KAKEHASHI_DEMO = False
    assert words not in client.get("/components/").content.decode()


@pytest.mark.parametrize("status", STATUSES)
def test_every_problem_is_told_in_both_languages(status: str) -> None:
    pages = []
    for language in ("en", "ja"):
        with override(language):
            pages.append(render_to_string(f"{status}.html", {"reference": "K7QF-2MXD"}))
            assert get_language() == language
    assert pages[0] == pages[1]
    assert '<section lang="en">' in pages[0]
    assert '<section lang="ja">' in pages[0]
    assert pages[0].count("<h1>") == 1
    assert "csrfmiddlewaretoken" not in pages[0]


def test_what_is_not_there_looks_the_same_to_everyone() -> None:
    request = RequestFactory().get("/secret/42/")
    one = views.not_found(request, Exception("nothing at /secret/42/")).content
    request.COOKIES["theme"] = "dark"
    with override("ja"):
        other = views.not_found(request, Exception("not yours")).content
    assert one == other
    assert b"secret" not in one


def test_a_refusal_says_the_rule_as_text() -> None:
    page = views.forbidden(RequestFactory().get("/"), Exception("only if <b>own</b>"))
    assert page.status_code == 403
    assert "only if &lt;b&gt;own&lt;/b&gt;" in page.content.decode()


def test_the_reference_on_the_page_stands_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    page = views.server_error(RequestFactory().get("/people/7/?name=x"))
    (reference,) = set(re.findall(r"[2-9A-Z]{4}-[2-9A-Z]{4}", page.content.decode()))
    assert caplog.messages == [f"reference {reference}: answered 500"]


def test_bad_requests_quote_nothing() -> None:
    page = views.bad_request(RequestFactory().get("/"), Exception("secret")).content
    assert b"secret" not in page


def test_a_wrong_method_gets_a_page_that_still_names_the_right_one() -> None:
    drawn = Problems(lambda _: HttpResponseNotAllowed(["POST"]))(RequestFactory().get("/"))
    assert drawn.status_code == 405
    assert drawn["Allow"] == "POST"
    assert b"This address is not a page" in drawn.content


def test_other_answers_pass_untouched() -> None:
    answer = HttpResponse("ok")
    assert Problems(lambda _: answer)(RequestFactory().get("/")) is answer
