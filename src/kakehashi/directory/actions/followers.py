"""What is alive at offices that end goes over to the one that goes on, and back."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import F, ProtectedError, Q
from django.utils.translation import gettext

from kakehashi.directory.models import (
    FollowedThing,
    Office,
    Reorganisation,
    Seat,
    SisterTie,
    Supervision,
)
from kakehashi.directory.queries.follow import Follower, follower_of, followers, goes_over
from kakehashi.kernel.scope import unscoped
from kakehashi.kernel.trail import Actor, record_many
from kakehashi.kernel.words import _

HANDFUL = 400
Brought = list[tuple[str, Office, date | None]]  # a thing's key, its office, its last day there


class CannotUndo(ValueError):
    """The change cannot be taken back any more; says why."""


def _open_on(on: date) -> Q:
    return Q(ends_on=None) | Q(ends_on__gte=on)


goes_over(Follower(model=Supervision, label=_("Supervisions"), live=_open_on, field="office"))
goes_over(
    Follower(
        model=SisterTie,
        label=_("Sister cities"),
        live=lambda on: Q(valid_to=None) | Q(valid_to__gte=on),
        field="office",
    )
)


def bring_over(
    change: Reorganisation, ending: Sequence[Office], *, by: Actor, at: datetime
) -> None:
    """Bring everything alive at these offices over to the one that goes on."""
    brought = _seats_over(change, ending)
    for one in followers():
        brought += _rows_over(one, change, ending)
    FollowedThing.objects.bulk_create(
        [
            FollowedThing(change=change, thing=key, came_from=old, until=until)
            for key, old, until in brought
        ],
        batch_size=300,
    )
    record_many([(key, "follow_merger") for key, _old, _until in brought], by=by, at=at)


@unscoped("takes back exactly what went over")
def take_back(change: Reorganisation, *, by: Actor, at: datetime) -> None:
    """Bring back whatever went over with this merger; raises `CannotUndo`."""
    things = list(FollowedThing.objects.filter(change=change).order_by("pk"))
    homes: dict[tuple[str, int], dict[int, date | None]] = defaultdict(dict)
    for row in things:
        kind, _slash, number = row.thing.partition("/")
        homes[kind, row.came_from_id][int(number)] = row.until
    for (kind, home), numbers in homes.items():
        one = follower_of(kind)
        if one is None:
            _seats_back(change, home, numbers)
            continue
        for some in _handfuls(list(numbers)):
            rows = one.model._default_manager.filter(pk__in=some)
            rows.update(**{f"{one.field}_id": home, **_newer(one)})
    record_many([(row.thing, "undo_merger") for row in things], by=by, at=at)


@unscoped("moves what the preview counted")
def _rows_over(one: Follower, change: Reorganisation, ending: Sequence[Office]) -> Brought:
    """Let the rows of one kind name the successor; what it has already is left where it is."""
    by_number = {office.pk: office for office in ending}
    there = Q(**{f"{one.field}__in": ending}) & one.live(change.on)
    found = one.model._default_manager.filter(there).order_by("pk")
    if one.model is SisterTie:
        found = _untied(found, change.office)
    pairs = list(found.values_list("pk", f"{one.field}_id"))
    for some in _handfuls([pk for pk, _old in pairs]):
        rows = one.model._default_manager.filter(pk__in=some)
        rows.update(**{f"{one.field}_id": change.office_id, **_newer(one)})
    return [(f"{one.kind}/{pk}", by_number[old], None) for pk, old in pairs]


@unscoped("which ties the successor has already")
def _untied(found: Any, office: Office) -> Any:  # noqa: ANN401 -- a query set of ties
    """Leave out ties to a place with which the successor, or another of them, is tied already."""
    seen = set(SisterTie.objects.filter(office=office).values_list("country", "place_en"))
    kept = []
    for tie in found:
        if (tie.country_id, tie.place_en) not in seen:
            seen.add((tie.country_id, tie.place_en))
            kept.append(tie.pk)
    return found.filter(pk__in=kept)


def _newer(one: Follower) -> dict[str, Any]:
    """Count the version up where the kind has one, so that a stale page is told."""
    names = {field.name for field in one.model._meta.get_fields()}
    return {"version": F("version") + 1} if "version" in names else {}


@unscoped("seats at offices that end are closed, and given anew where they go on")
def _seats_over(change: Reorganisation, ending: Sequence[Office]) -> Brought:
    """Close each seat the day before, and give the same one at the office that goes on.

    A seat that starts only later simply stands at the new office.  Deputies end with the seat
    they acted for.
    """
    last = change.on - timedelta(days=1)
    rows = Seat.objects.filter(_open_on(change.on), office__in=ending)
    held = set(
        Seat.objects.filter(office=change.office, ends_on=None).values_list("person", "role")
    )
    brought: Brought = []
    closing, moving, new = [], [], []
    for seat in rows.select_related("office").order_by("pk"):
        brought.append((seat.key, seat.office, seat.ends_on))
        twice = seat.ends_on is None and (seat.person_id, seat.role) in held
        held |= {(seat.person_id, seat.role)} if seat.ends_on is None else set()
        if seat.starts_on >= change.on and not twice:
            seat.office = change.office
            moving.append(seat)
            continue
        if not twice and seat.acts_for_id is None:
            new.append((_same_at(change, seat), seat.office))
        seat.ends_on = max(last, seat.starts_on)
        closing.append(seat)
    Seat.objects.bulk_update(closing, ["ends_on"], batch_size=200)
    Seat.objects.bulk_update(moving, ["office"], batch_size=200)
    Seat.objects.bulk_create([seat for seat, _old in new], batch_size=300)
    return brought + [(seat.key, old, None) for seat, old in new]


def _same_at(change: Reorganisation, seat: Seat) -> Seat:
    return Seat(
        person_id=seat.person_id,
        office=change.office,
        role=seat.role,
        starts_on=change.on,
        ends_on=seat.ends_on,
        language=seat.language,
        rank=seat.rank,
    )


@unscoped("takes back exactly the seats that went over")
def _seats_back(change: Reorganisation, home: int, until: dict[int, date | None]) -> None:
    """Open again what was closed, and take away what was given for it; the rest goes home."""
    rows = Seat.objects.filter(pk__in=until)
    ended = list(rows.filter(office=home))
    sat = {(one.person_id, one.role) for one in ended}
    there = rows.filter(office=change.office)
    given = [
        one.pk for one in there.filter(starts_on=change.on) if (one.person_id, one.role) in sat
    ]
    try:
        there.filter(pk__in=given).delete()
    except ProtectedError as error:
        words = gettext("A seat of the merged office is in use elsewhere.")
        raise CannotUndo(words) from error
    for seat in ended:
        seat.ends_on = until[seat.pk]
    Seat.objects.bulk_update(ended, ["ends_on"], batch_size=200)
    there.update(office=home)


def _handfuls(numbers: list[int]) -> list[list[int]]:
    return [numbers[start : start + HANDFUL] for start in range(0, len(numbers), HANDFUL)]
