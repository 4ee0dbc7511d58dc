"""What goes over to the successor when offices merge: later parts say so here, once.

    goes_over(Follower(model=Appointment, label=_("Terms of service"), live=running))

Directory moves these rows in the transaction of the merger itself, and counts them for the
preview, without having heard of the part they belong to.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Model, Q

from kakehashi.directory.models import FollowedThing, Office, Reorganisation, Seat
from kakehashi.directory.rules import OfficeKind
from kakehashi.kernel.models import Kind, Trace
from kakehashi.kernel.scope import unscoped
from kakehashi.kernel.words import Words, _

HANDFUL = 400


@dataclass(frozen=True, kw_only=True)
class Follower:
    """A kind of thing that goes over: which rows on that day, and the field that names the office."""

    model: type[Model]
    label: Words
    live: Callable[[date], Q]
    field: str = "organisation"

    @property
    def kind(self) -> str:
        """Name the kind as the trail's keys begin."""
        return self.model._meta.label_lower


_followers: dict[str, Follower] = {}


def goes_over(follower: Follower) -> None:
    """Let a kind of thing follow its office into a merger."""
    _followers[follower.kind] = follower


def followers() -> list[Follower]:
    """List the kinds that follow, in the order of their names."""
    return [_followers[kind] for kind in sorted(_followers)]


def follower_of(key: str) -> Follower | None:
    """Find the kind of a key such as `appointment.appointment/7`."""
    return _followers.get(key.partition("/")[0])


goes_over(
    Follower(
        model=Office,
        label=_("Workplaces"),
        live=lambda on: Q(kind=OfficeKind.WORKPLACE) & (Q(valid_to=None) | Q(valid_to__gte=on)),
        field="parent",
    )
)


@unscoped("who plans a merger is told how much of everything it moves, as numbers")
def effect_of(offices: Collection[Office], on: date) -> list[tuple[Words, int]]:
    """Count what would go over to the successor: seats, people, and every kind that follows."""
    seats = Seat.objects.filter(office__in=offices).filter(Q(ends_on=None) | Q(ends_on__gte=on))
    counts: list[tuple[Words, int]] = [
        (_("Seats"), seats.count()),
        (_("People who hold them"), seats.values("person").distinct().count()),
    ]
    for one in followers():
        there = Q(**{f"{one.field}__in": offices}) & one.live(on)
        counts.append((one.label, one.model._default_manager.filter(there).count()))
    return counts


@unscoped("whether a merger can be taken back hangs on what was done since, whoever did it")
def touched_since(change: Reorganisation) -> str:
    """Name the first thing that went over and was changed afterwards; empty where none was."""
    things = list(
        FollowedThing.objects.filter(change=change)
        .order_by("pk")
        .values_list("thing", flat=True)
    )
    things.append(change.office.key)
    for start in range(0, len(things), HANDFUL):
        later = Trace.objects.filter(
            thing__in=things[start : start + HANDFUL],
            number__gt=change.trace,
            kind=Kind.CHANGE,
        ).order_by("number")
        if first := later.first():
            return first.thing
    return ""


__all__ = [
    "Follower",
    "effect_of",
    "follower_of",
    "followers",
    "goes_over",
    "touched_since",
]
