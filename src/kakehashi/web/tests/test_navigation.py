from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.test import RequestFactory
from django.urls import resolve

from kakehashi.web import navigation
from kakehashi.web.navigation import Account, Entry, Masthead, places, theme_of

PERSON = SimpleNamespace(is_authenticated=True, is_officer=False, __str__=lambda _: "x")


@pytest.fixture(autouse=True)
def _own_entries(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("_entries", "_footer", "_language_listeners", "_mastheads", "_accounts"):
        monkeypatch.setattr(navigation, name, [])


def asked(path: str = "/components/", user: object = PERSON, **cookies: str) -> HttpRequest:
    request = RequestFactory().get(path)
    vars(request).update(user=user, resolver_match=resolve(path))
    request.COOKIES.update(cookies)
    return request


def entry(
    order: int = 1,
    match: str = "web",
    may: Callable[[Any], bool] = lambda _: True,
    waiting: Callable[[Any], int] | None = None,
) -> Entry:
    return Entry(
        order=order,
        label=f"Entry {order}",
        url_name="web:components",
        may=may,
        match=match,
        waiting=waiting,
    )


def test_places_stand_in_their_order_and_only_once() -> None:
    navigation.register(Entry(order=2, label="B", url_name="web:theme", may=bool, match="b"))
    navigation.register(entry(1))
    navigation.register(entry(3))
    assert [place.label for place in places(asked())] == ["B", "Entry 3"]


def test_nobody_sees_what_is_not_for_them() -> None:
    navigation.register(entry(may=lambda person: person.is_officer))
    assert places(asked()) == []


def test_a_stranger_sees_no_menu_at_all() -> None:
    navigation.register(entry())
    assert places(asked(user=AnonymousUser())) == []


def test_the_page_itself_is_more_current_than_its_part() -> None:
    navigation.register(entry(1, match="web"))
    navigation.register(
        Entry(order=2, label="B", url_name="web:theme", may=bool, match="web:components")
    )
    assert [(place.label, place.current) for place in places(asked())] == [
        ("Entry 1", False), ("B", True)
    ]  # fmt: skip


def test_what_waits_is_counted_for_the_person() -> None:
    navigation.register(entry(waiting=lambda person: 6 if person is PERSON else 0))
    assert [place.waiting for place in places(asked())] == [6]


def test_a_page_that_draws_no_menu_asks_for_none() -> None:
    def never(_: object) -> bool:
        raise AssertionError

    navigation.register(entry(may=never))
    context = navigation.navigation(asked())
    assert context["here"] == "/components/"


@pytest.mark.parametrize(
    ("cookie", "theme"), [("dark", "dark"), ("auto", "auto"), ("", "light"), ('"><x', "light")]
)
def test_the_theme_is_one_of_three(cookie: str, theme: str) -> None:
    assert theme_of(asked(theme=cookie)) == theme


def test_the_last_part_that_knows_names_the_masthead_and_the_account() -> None:
    navigation.masthead_from(lambda _: Masthead(title="First"))
    navigation.masthead_from(lambda _: None)
    navigation.account_from(lambda _: Account(name="Aoba", initials="A"))
    context: Any = navigation.navigation(asked())
    assert context["masthead"].title == "First"
    assert context["account"].name == "Aoba"
    assert not navigation.navigation(asked(user=AnonymousUser()))["account"]


def test_a_page_that_this_system_does_not_have_has_no_address() -> None:
    assert navigation.address("no:such") == ""
