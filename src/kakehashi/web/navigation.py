"""What stands around every page: the main menu, the masthead, the account, the footer.

Later parts register what they have; this part draws it.  Nothing here reads the database unless
a page really draws it, so a refused page costs no query.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, TypeVar

from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import resolve_url
from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language

from kakehashi.kernel import clock
from kakehashi.kernel.words import Words

THEMES = ("light", "dark", "auto")
THEME_COOKIE = "theme"

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One place in the main menu or the footer.

    `may` answers for the signed-in person (in the footer for anyone).  `match` is the URL
    namespace, or the full URL name, in which this entry is the current one.  `waiting` counts what
    waits there; it is asked once a page.
    """

    order: int
    label: Words
    url_name: str
    may: Callable[[Any], bool]
    match: str
    waiting: Callable[[Any], int] | None = None


@dataclass(frozen=True, kw_only=True)
class Place:
    """An entry as this reader sees it on this page."""

    label: Words
    url: str
    current: bool
    waiting: int = 0


@dataclass(frozen=True, kw_only=True)
class Tab:
    """One tab at the foot of a phone: a place of the menu with an icon and one short word."""

    place: Place
    icon: str
    label: Words


@dataclass(frozen=True, kw_only=True)
class Masthead:
    """What the page belongs to, beside the logo: a name and one line under it."""

    title: Words
    detail: Words = ""


@dataclass(frozen=True, kw_only=True)
class Account:
    """Who is signed in: name, the seat they act from, two letters, and where their account is."""

    name: str
    detail: Words = ""
    initials: str = ""
    url: str = ""


@dataclass(frozen=True, kw_only=True)
class Banner:
    """One line above every page, with a link or (`is_deed`) a button that changes something."""

    text: Words
    url: str = ""
    action: Words = ""
    is_deed: bool = False


_banners: list[Callable[[HttpRequest], Banner | None]] = []
_entries: list[Entry] = []
_footer: list[Entry] = []
_language_listeners: list[Callable[[Any, str], None]] = []
_mastheads: list[Callable[[HttpRequest], Masthead | None]] = []
_accounts: list[Callable[[HttpRequest], Account | None]] = []
_tabs: list[Callable[[HttpRequest, list[Place]], list[Tab] | None]] = []


def register(entry: Entry) -> None:
    """Put a place into the main menu; the same address is never there twice."""
    _put(_entries, entry)


def register_footer(entry: Entry) -> None:
    """Put a place into the footer of every page, for everyone it `may` be shown to."""
    _put(_footer, entry)


def on_language_change(listener: Callable[[Any, str], None]) -> Callable[[Any, str], None]:
    """Mark the function that remembers the language a signed-in person has chosen."""
    if listener not in _language_listeners:
        _language_listeners.append(listener)
    return listener


def masthead_from(
    source: Callable[[HttpRequest], Masthead | None],
) -> Callable[[HttpRequest], Masthead | None]:
    """Mark the function that says what a page belongs to; the last one that answers is heard."""
    _mastheads.append(source)
    return source


def account_from(
    source: Callable[[HttpRequest], Account | None],
) -> Callable[[HttpRequest], Account | None]:
    """Mark the function that says who is signed in, and from which seat."""
    _accounts.append(source)
    return source


def banner_from(
    source: Callable[[HttpRequest], Banner | None],
) -> Callable[[HttpRequest], Banner | None]:
    """Mark a function that may have something to say above every page."""
    if source not in _banners:
        _banners.append(source)
    return source


def tabs_from(
    source: Callable[[HttpRequest, list[Place]], list[Tab] | None],
) -> Callable[[HttpRequest, list[Place]], list[Tab] | None]:
    """Mark the function that chooses a reader's tabs from their menu; none for officers."""
    _tabs.append(source)
    return source


def tell_language(person: object, language: str) -> None:
    """Tell whoever remembers it that this person now reads `language`."""
    for listener in _language_listeners:
        listener(person, language)


def theme_of(request: HttpRequest) -> str:
    """Read the theme chosen by the person, or on this device; light for whoever has not chosen, or has tampered."""
    chosen = (
        getattr(request, "theme", None)
        or getattr(getattr(request, "user", None), "theme", "")
        or request.COOKIES.get(THEME_COOKIE, "")
    )
    return chosen if chosen in THEMES else THEMES[0]


def navigation(request: HttpRequest) -> dict[str, object]:
    """Give every template what `layout.html` draws; each value is worked out when it is drawn."""
    menu: Any = SimpleLazyObject(lambda: places(request))
    return {
        "navigation": menu,
        "tabs": SimpleLazyObject(lambda: tabs(request, menu)),
        "printed_at": SimpleLazyObject(clock.now),  # house: looks_at_the_clock -- on paper
        "footer_places": SimpleLazyObject(lambda: _places(request, _footer)),
        "masthead": SimpleLazyObject(lambda: _first(_mastheads, request) or ""),
        "account": SimpleLazyObject(lambda: _account(request) or ""),
        "banners": SimpleLazyObject(lambda: [b for say in _banners if (b := say(request))]),
        "search_url": address("home:search"),
        "home_url": _first_address(settings.LOGIN_REDIRECT_URL) or "/",
        "sign_in_url": _first_address(settings.LOGIN_URL),
        "sign_out_url": address("account_logout"),
        "theme": SimpleLazyObject(lambda: theme_of(request)),
        "themes": THEMES,
        "here": request.get_full_path(),
        "other_language": "en" if (get_language() or "en").startswith("ja") else "ja",
        "demo_notice": getattr(settings, "KAKEHASHI_DEMO", False),
    }


def places(request: HttpRequest) -> list[Place]:
    """List the main menu for the signed-in person; nothing for anyone else."""
    user = getattr(request, "user", None)
    return _places(request, _entries) if user and user.is_authenticated else []


def tabs(request: HttpRequest, menu: list[Place]) -> list[Tab]:
    """List the tabs at the foot of a phone; none where the menu stays at the top."""
    if not menu:
        return []
    answers = (source(request, menu) for source in reversed(_tabs))
    return next((answer for answer in answers if answer is not None), [])


@lru_cache(maxsize=1024)
def address(name: str, *args: object) -> str:
    """Give the address of a page, or nothing where this system has no such page; none ever moves."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


@cache
def _first_address(name: str) -> str:
    try:
        return str(resolve_url(name))
    except NoReverseMatch:
        return ""


def _put(entries: list[Entry], entry: Entry) -> None:
    entries[:] = [other for other in entries if other.url_name != entry.url_name]
    entries.append(entry)
    entries.sort(key=lambda one: one.order)


def _places(request: HttpRequest, entries: list[Entry]) -> list[Place]:
    user = getattr(request, "user", None)
    shown = [entry for entry in entries if entry.may(user)]
    current = _current(request, shown)
    return [
        Place(
            label=entry.label,
            url=address(entry.url_name),
            current=entry is current,
            waiting=entry.waiting(user) if entry.waiting else 0,
        )
        for entry in shown
    ]


def _current(request: HttpRequest, entries: list[Entry]) -> Entry | None:
    """Find the entry the page belongs to: its own page first, then its namespace."""
    match = request.resolver_match
    if match is None:
        return None
    for wanted in (match.view_name, *reversed(match.namespaces)):
        for entry in entries:
            if entry.match == wanted:
                return entry
    return None


def _first(sources: list[Callable[[HttpRequest], T | None]], request: HttpRequest) -> T | None:
    answers = (source(request) for source in reversed(sources))
    return next((answer for answer in answers if answer is not None), None)


def _account(request: HttpRequest) -> Account | None:
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return None
    if found := _first(_accounts, request):
        return found
    name = str(user)
    return Account(name=name, initials=name[:2].upper())
