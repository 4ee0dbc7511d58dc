"""What home puts around every page: its places in the menu, the year, and who is signed in."""

from django.http import HttpRequest
from django.urls import reverse

from kakehashi.directory.models import Person
from kakehashi.directory.policy import first_held
from kakehashi.directory.queries import holds
from kakehashi.directory.rules import Role
from kakehashi.home.actions import remember_language
from kakehashi.home.policy import SENDERS
from kakehashi.intake.queries import current_year
from kakehashi.kernel.words import _, pgettext_lazy
from kakehashi.web.dates import era_year
from kakehashi.web.navigation import (
    Account,
    Entry,
    Masthead,
    Place,
    Tab,
    account_from,
    masthead_from,
    on_language_change,
    register,
    register_footer,
    tabs_from,
)

TABS = (
    ("home:today", "home", _("Today")),
    ("home:letters", "mail", _("Letters")),
    ("appointment:mine", "calendar", pgettext_lazy("tab", "Post")),
    ("placement:mine", "pin", pgettext_lazy("tab", "Place")),
    ("recruitment:mine", "form", pgettext_lazy("tab", "Form")),
    ("statistics:yearbook", "note", pgettext_lazy("tab", "Figures")),
)
NOT_OFFICERS = (Role.PARTICIPANT, Role.ALUMNA)
OFFICERS = tuple(role for role in Role if role not in NOT_OFFICERS)


def stand() -> None:
    """Put everything in its place; called once, when the models are ready."""
    masthead_from(year)
    account_from(account)
    on_language_change(remember_language)
    tabs_from(tabs)
    for entry in ENTRIES:
        register(entry)
    register_footer(LETTERS)


def year(request: HttpRequest) -> Masthead | None:
    """Say which programme year the pages belong to."""
    person = request.user
    if not isinstance(person, Person) or not (row := current_year(person)):
        return None
    return Masthead(
        title=_("%(year)s intake") % {"year": row.year}, detail=era_year(row.census_on)
    )


def account(request: HttpRequest) -> Account | None:
    """Say who is signed in, and from which seat."""
    person = request.user
    if not isinstance(person, Person):
        return None
    seat = first_held(person)
    detail = seat.name if seat else _("No seat")
    initials = (person.given_name[:1] + person.family_name[:1]).upper() or person.email[
        :1
    ].upper()
    return Account(
        name=str(person), detail=detail, initials=initials, url=reverse("home:account")
    )


def tabs(request: HttpRequest, menu: list[Place]) -> list[Tab] | None:
    """Give applicants and participants the four places they need most, at the foot of a phone."""
    person = request.user
    if not isinstance(person, Person) or holds(person, *OFFICERS):
        return None
    here = {place.url: place for place in menu}
    wanted = [(reverse(name), icon, label) for name, icon, label in TABS]
    return [
        Tab(place=here[url], icon=icon, label=label)
        for url, icon, label in wanted
        if url in here
    ][:4]


def _always(_person: object) -> bool:
    return True


ENTRIES = (
    Entry(order=0, label=_("Today"), url_name="home:today", may=_always, match="home:today"),
    Entry(
        order=4,
        label=pgettext_lazy("menu", "Calendar"),
        url_name="home:calendar",
        may=_always,
        match="home:calendar",
    ),
    Entry(
        order=5,
        label=_("Inbox"),
        url_name="home:letters",
        may=_always,
        match="home:letters",
    ),
    Entry(
        order=85,
        label=_("Tables"),
        url_name="home:tables",
        may=lambda person: holds(person, *OFFICERS),
        match="home:tables",
    ),
    Entry(
        order=90,
        label=_("Outbox"),
        url_name="home:outbox",
        may=lambda person: holds(person, *SENDERS, Role.AUDITOR),
        match="home:outbox",
    ),
    Entry(
        order=95,
        label=_("Trail"),
        url_name="home:trail",
        may=lambda person: holds(person, Role.AUDITOR),
        match="home:trail",
    ),
    Entry(
        order=96,
        label=_("Jobs"),
        url_name="home:jobs",
        may=lambda person: holds(person, Role.OPERATOR),
        match="home:jobs",
    ),
)
LETTERS = Entry(
    order=10,
    label=_("What I have done here"),
    url_name="home:trail",
    may=lambda person: bool(person and person.is_authenticated),
    match="home:trail",
)
