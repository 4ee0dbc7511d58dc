"""What the pages of placement share: who asks, what stands around a page, how a refusal is said."""

from collections.abc import Callable
from typing import Any, cast

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.urls import reverse
from django.utils.translation import ngettext

from kakehashi.directory.models import Person
from kakehashi.directory.policy import holds
from kakehashi.directory.queries import prefectures_by_code
from kakehashi.directory.rules import Role
from kakehashi.kernel import clock
from kakehashi.kernel.words import Words, _
from kakehashi.placement.policy import DESK
from kakehashi.web.rows import Rows

PAGES: dict[str, Words] = {
    "runs": _("Runs"),
    "locks": _("Decided by hand"),
    "requests": _("Requests"),
    "placements": _("Placements"),
    "rules": _("Rules and weights"),
}


def who(request: HttpRequest) -> Person:
    """Give the person who asks."""
    return cast("Person", request.user)


def links(person: Person, here: str) -> list[dict[str, object]]:
    """List the other pages of placement that this person works with, as buttons."""
    if holds(person, *DESK):
        names = list(PAGES)
    elif holds(person, Role.ORGANISATION, Role.HOST):
        names = ["requests", "placements"]
    else:
        names = []
    return [
        {"label": PAGES[name], "url": reverse(f"placement:{name}")}
        for name in names
        if name != here
    ]


def only_post() -> HttpResponse:
    """Answer a page that is only ever sent to, after its visibility was tested."""
    return HttpResponseNotAllowed(["POST"])


def act(verb: Callable[..., Any], thing: Any, request: HttpRequest, **facts: Any) -> Any:  # noqa: ANN401 -- any action
    """Do something as the signed-in person, now."""
    return verb(thing, **facts, by=who(request), at=clock.now())


def prefectures() -> list[tuple[str, Words]]:
    """List the prefectures to choose from, by their codes."""
    return [(one.code, str(one)) for one in prefectures_by_code().values()]


def in_prefecture(path: str) -> Callable[[Rows, str], Rows]:
    """Narrow rows to organisations in a prefecture: their own, their town's or their host's."""

    def apply(rows: Rows, code: str) -> Rows:
        found = Q()
        for way in ("prefecture", "municipality__prefecture", "parent__prefecture"):
            found |= Q(**{f"{path}__{way}__code": code})
        return rows.filter(found)

    return apply


def say_done(request: HttpRequest, done: int, left: int) -> None:
    """Tell how many rows were moved on, and how many could not be."""
    words = ngettext("%(n)s request was moved on.", "%(n)s requests were moved on.", done)
    messages.success(request, words % {"n": done})
    if left:
        words = ngettext(
            "%(n)s request was left as it is: it is not at this step, or not yours to move.",
            "%(n)s requests were left as they are: not at this step, or not yours to move.",
            left,
        )
        messages.warning(request, words % {"n": left})
