"""Sight: what a person may know of.  The only gate to what is recorded.

Each part says once, in its `policy.py`, who may know of each of its things:

    @sight(Application)
    def visible_to(person: Person) -> Q: ...

Pages, searches, counts, exports and letters then ask `seen_by(person, Application)`.  A function
that must read past the gate (a published figure, a constraint, a job) is marked
`@unscoped("why")`; the house check refuses any other read, and the reasons are listed here.
"""

from collections.abc import Callable
from typing import Any, TypeVar

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db.models import Model, Q, QuerySet

M = TypeVar("M", bound=Model)
F = TypeVar("F", bound=Callable[..., Any])
Sight = Callable[[Any], Q]

NOTHING = Q(pk__in=())
EVERYTHING = ~NOTHING

_sights: dict[type[Model], Sight] = {}
_about: dict[type[Model], str] = {}
_reasons: dict[str, str] = {}


class NoSight(LookupError):
    """Nobody has said who may know of this kind of thing, so nobody may."""


def sight(model: type[Model], *, about: str = "") -> Callable[[Sight], Sight]:
    """Mark the function that says which rows of `model` a person may know of.

    `about` is the way from a row to the person it concerns (`application__person`): whoever acts in
    somebody else's name neither sees nor decides what concerns themselves.
    """

    def remember(says: Sight) -> Sight:
        _sights[model] = says
        if about:
            _about[model] = about
        return says

    return remember


def concerns(thing: object, person: AbstractBaseUser) -> bool:
    """Say whether a thing is about this very person."""
    path = _about.get(type(thing))  # type: ignore[arg-type]  # a thing of another kind is about nobody
    if path is None:
        return False
    found: Any = thing
    for step in path.split("__"):
        found = getattr(found, step, None)
    return found is not None and found.pk == person.pk


def ways_to_people() -> dict[type[Model], str]:
    """List every kind of thing that is about a person, and the way from it to them."""
    return dict(_about)


def in_anothers_name(person: object) -> int | None:
    """Give the number of the person in whose name somebody acts; nothing where it is their own."""
    return getattr(person, "in_name_of", None)


def seen_by(person: AbstractBaseUser | AnonymousUser, model: type[M]) -> QuerySet[M]:
    """Find the things this person may know of; nothing at all where no sight is stated."""
    if model not in _sights:
        raise NoSight(f"policy.py has no @sight({model.__name__})")
    if not person.is_authenticated:
        return model._default_manager.none()
    found: QuerySet[M] = model._default_manager.filter(_sights[model](person))
    if _meets_rows_twice(found):
        found = model._default_manager.filter(pk__in=found.values("pk"))
    if in_anothers_name(person) is not None and model in _about:
        found = found.exclude(**{_about[model]: person.pk})
    return found


def _meets_rows_twice(found: QuerySet[Any]) -> bool:
    """Say whether a sight goes through what a row has several of, and so meets it several times.

    Such a row is then asked for by its key.  `distinct()` would do as well, but makes a database
    compare whole rows, and sort all of them before it gives the first page.
    """
    joins = found.query.alias_map.values()
    return any(getattr(getattr(join, "join_field", None), "multiple", False) for join in joins)


def may_know_of(person: AbstractBaseUser, thing: Model) -> bool:
    """Answer for one thing what `seen_by` answers for all."""
    return seen_by(person, type(thing)).filter(pk=thing.pk).exists()


def unscoped(reason: str) -> Callable[[F], F]:
    """Let a function read whole tables, for the reason given."""

    def allow(function: F) -> F:
        _reasons[f"{function.__module__}.{function.__qualname__}"] = reason
        return function

    return allow


def sights() -> dict[type[Model], Sight]:
    """List every kind of thing that has a stated sight."""
    return dict(_sights)


def reasons() -> dict[str, str]:
    """List every function that reads past the gate, and why it may."""
    return dict(_reasons)
