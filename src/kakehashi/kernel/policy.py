"""Who may do what: rules that read as sentences, and tables made of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import PermissionDenied
from django.utils.text import format_lazy
from django.utils.translation import gettext

from kakehashi.kernel.scope import concerns, in_anothers_name
from kakehashi.kernel.words import Words, _

P = TypeVar("P", bound=AbstractBaseUser)
T = TypeVar("T")

NEVER = _("Nobody may do this.")
ONESELF = _("This concerns you. Somebody else must do it in this name.")


class Refused(PermissionDenied):
    """A policy said no; the message says which rule would have said yes."""


@dataclass(frozen=True, slots=True)
class Rule(Generic[P, T]):
    """A yes-or-no question about a person and a thing, with its sentence."""

    says: Words
    holds: Callable[[P, T], bool]

    def __or__(self, other: Rule[P, T]) -> Rule[P, T]:
        return Rule(
            format_lazy(_("{}, or {}"), self.says, other.says),
            lambda person, thing: self.holds(person, thing) or other.holds(person, thing),
        )

    def __and__(self, other: Rule[P, T]) -> Rule[P, T]:
        return Rule(
            format_lazy(_("{} and {}"), self.says, other.says),
            lambda person, thing: self.holds(person, thing) and other.holds(person, thing),
        )


def rule(says: Words) -> Callable[[Callable[[P, T], bool]], Rule[P, T]]:
    """Name a predicate by the sentence a refused person will read (it completes “only if …”)."""
    return lambda holds: Rule(says, holds)


class Policy(Generic[P, T]):
    """One line per action; what has no line is refused."""

    def __init__(self, **lines: Rule[P, T]) -> None:
        self.lines = lines

    def allows(self, person: P, action: str, thing: T) -> bool:
        """Answer whether `person` may do `action` to `thing`."""
        line = self.lines.get(action)
        return line is not None and not _own_case(person, thing) and line.holds(person, thing)

    def require(self, person: P, action: str, thing: T) -> None:
        """Let the action through or raise `Refused`, with the reason in words."""
        if self.allows(person, action, thing):
            return
        line = self.lines.get(action)
        if line is None:
            raise Refused(str(NEVER))
        if _own_case(person, thing):
            raise Refused(str(ONESELF))
        raise Refused(gettext("You can do this only if %(rule)s.") % {"rule": line.says})


def _own_case(person: AbstractBaseUser, thing: object) -> bool:
    """Say whether a deputy meets their own case."""
    return in_anothers_name(person) is not None and concerns(thing, person)
