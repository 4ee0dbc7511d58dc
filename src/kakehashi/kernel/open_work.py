"""Open work: what lies with a seat, and would lie with nobody once its holder has left.

A part says in its `apps.py` what its own open work is:

    register(OpenWork(name="readings", label=_("Readings"), roles=…, find=…, hand_over=…))

No seat closes while any of these finds something; the leaver's page lists it and hands it over.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from kakehashi.kernel.words import Words


@dataclass(frozen=True, kw_only=True)
class Piece:
    """One thing that waits for the holder of a seat: its key in the trail, words, and its page."""

    key: str
    words: Words
    url: str = ""


@dataclass(frozen=True, kw_only=True)
class OpenWork:
    """A kind of open work, which lies with the holders of these roles.

    `find(seat)` lists what lies with this seat.  `hand_over(seat, keys, to=, by=, at=)` lets
    another person carry on with these pieces and returns how many it moved; it refuses with
    `CannotTake` whoever may not have them.  Without it the work can only be finished where it is.
    """

    name: str
    label: Words
    roles: frozenset[str]
    find: Callable[[Any], Iterable[Piece]]
    hand_over: Callable[..., int] | None = None

    @property
    def moves(self) -> bool:
        """Say whether somebody else can carry on with it (a template would call `hand_over`)."""
        return self.hand_over is not None


@dataclass(frozen=True, kw_only=True)
class Load:
    """What of one kind lies with a seat."""

    kind: OpenWork
    pieces: Sequence[Piece]


class CannotTake(ValueError):
    """The successor may not carry on with this work; the message says why."""


_kinds: dict[str, OpenWork] = {}


def register(kind: OpenWork) -> None:
    """Make a kind of open work known."""
    _kinds[kind.name] = kind


def kinds() -> list[OpenWork]:
    """List every kind of open work, by its name."""
    return [_kinds[name] for name in sorted(_kinds)]


def lying_with(seat: Any) -> list[Load]:  # noqa: ANN401 -- a seat, which the kernel has not heard of
    """List what lies with a seat; nothing when it may close."""
    mine = [kind for kind in kinds() if seat.role in kind.roles]
    found = [Load(kind=kind, pieces=list(kind.find(seat))) for kind in mine]
    return [load for load in found if load.pieces]


def hand_over(
    seat: Any,  # noqa: ANN401 -- a seat, which the kernel has not heard of
    name: str,
    keys: Sequence[str],
    *,
    to: Any,  # noqa: ANN401 -- a person
    by: Any,  # noqa: ANN401 -- a person
    at: datetime,
) -> int:
    """Let `to` carry on with these pieces; returns how many were moved."""
    kind = _kinds[name]
    if kind.hand_over is None:
        return 0
    there = {piece.key for piece in kind.find(seat)}
    wanted = [key for key in keys if key in there]
    return kind.hand_over(seat, wanted, to=to, by=by, at=at) if wanted else 0
