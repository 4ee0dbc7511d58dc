"""What readers choose for themselves: how pages look, and the lists they want to see again."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from urllib.parse import parse_qsl

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.db.models import QuerySet
from django.http import QueryDict
from django.urls import Resolver404, resolve

from kakehashi.kernel.scope import seen_by
from kakehashi.kernel.trail import record
from kakehashi.kernel.words import _
from kakehashi.web.models import SavedView

MOST = 12  # views one person may keep of one list; more would be no tabs any longer
PASSING = ("page", "format", "view", "csrfmiddlewaretoken")  # never part of a view


class TooMany(ValueError):
    """Somebody keeps as many views of one list as there is room for."""


def choose(person: AbstractBaseUser, **choices: object) -> None:
    """Keep how somebody wants pages to look: theme, rows of a list."""
    for name, value in choices.items():
        setattr(person, name, value)
    person.save(update_fields=list(choices))


def views_of(person: AbstractBaseUser) -> QuerySet[SavedView]:
    """Find the views somebody keeps, list by list."""
    return seen_by(person, SavedView).order_by("place", "kept_at", "pk")


def views_at(person: Any, place: str) -> list[SavedView]:  # noqa: ANN401 -- whoever asks
    """List the views somebody keeps of one list; asks nothing where they never kept one."""
    if not getattr(person, "keeps_views", False):
        return []
    return list(views_of(person).filter(place=place))


def tidy(query: str) -> str:
    """Leave of an address what belongs to a view: filters, order and columns that say something."""
    asked = QueryDict(query, mutable=True)
    for name in PASSING:
        asked.pop(name, None)
    for name in [name for name, values in asked.lists() if not any(values)]:
        asked.pop(name)
    return asked.urlencode()


def same(one: str, other: str) -> bool:
    """Say whether two addresses ask for the same, in whatever order."""
    return sorted(parse_qsl(one)) == sorted(parse_qsl(other))


def is_place(place: str) -> bool:
    """Say whether this is an address of ours, and no more than that."""
    if not place.startswith("/") or place.startswith("//") or {"?", "#", "\\"} & set(place):
        return False
    try:
        resolve(place)
    except Resolver404:
        return False
    return True


def keep_view(
    place: str,
    name: str,
    query: str,
    *,
    default: bool,
    by: Any,  # noqa: ANN401 -- whoever has signed in
    at: datetime,
) -> SavedView:
    """Keep a list as it is seen now; a view of the same name is replaced."""
    with transaction.atomic():
        mine = SavedView.objects.select_for_update().filter(owner=by, place=place)
        if mine.exclude(name=name).count() >= MOST:
            raise TooMany(str(_("You keep as many views of this list as there is room for.")))
        if default:
            mine.update(is_default=False)
        view, _made = SavedView.objects.update_or_create(
            owner=by,
            place=place,
            name=name,
            defaults={"query": tidy(query), "is_default": default, "kept_at": at},
        )
        if not getattr(by, "keeps_views", False):
            choose(by, keeps_views=True)
        record(view.key, "keep_view", by=by, at=at)
    return view


def make_default(
    view: SavedView,
    *,
    default: bool,
    by: Any,  # noqa: ANN401 -- whoever has signed in
    at: datetime,
) -> None:
    """Open the list with this view from now on, or no longer."""
    with transaction.atomic():
        SavedView.objects.filter(owner=by, place=view.place).update(is_default=False)
        SavedView.objects.filter(pk=view.pk).update(is_default=default)
        record(view.key, "make_default" if default else "make_plain", by=by, at=at)


def drop_view(
    view: SavedView,
    *,
    by: Any,  # noqa: ANN401 -- whoever has signed in
    at: datetime,
) -> None:
    """Forget a view; the list itself stays as it is."""
    with transaction.atomic():
        key = view.key
        SavedView.objects.filter(pk=view.pk).delete()
        record(key, "drop_view", by=by, at=at)


def default_of(views: Iterable[SavedView]) -> SavedView | None:
    """Find the view with which the list opens."""
    return next((view for view in views if view.is_default), None)
