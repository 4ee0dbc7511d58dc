"""What can be done about arrivals: expect people, receive them, or note that they did not come."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from itertools import groupby
from typing import Any

from django.db import transaction
from django.utils.translation import gettext

from kakehashi.arrival.announcements import ParticipantArrived, ParticipantsArrived
from kakehashi.arrival.lifecycle import State
from kakehashi.arrival.models import Arrival
from kakehashi.arrival.policy import policy
from kakehashi.arrival.queries import has_a_place, recorded_days
from kakehashi.arrival.rules import may_have_arrived, may_still_serve
from kakehashi.directory.actions import register_people
from kakehashi.directory.models import Person
from kakehashi.kernel.announcements import announce
from kakehashi.kernel.clock import TOKYO
from kakehashi.kernel.lifecycle import MoveNotAllowed
from kakehashi.kernel.moving import move_many
from kakehashi.kernel.scope import unscoped
from kakehashi.kernel.trail import record_many
from kakehashi.placement.lifecycle import PlacementState
from kakehashi.placement.models import Placement
from kakehashi.web.dates import day_words

HANDFUL = 400


class NotThatDay(ValueError):
    """Nobody can have arrived on this day; nothing was recorded."""


class RecordedAlready(ValueError):
    """This person's arrival on this day is recorded already; nothing was recorded twice."""


@transaction.atomic
def expect(placements: Iterable[Placement], *, by: Person, at: datetime) -> int:
    """Put agreed placements on the list of arrivals; says how many are new there.

    Placements that are not agreed, or already on the list, are passed over.  Somebody who was
    expected elsewhere, at a place that has been vacated since, is expected at the new place.
    """
    policy.require(by, "expect", None)
    agreed = [row for some in _handfuls(list(placements)) for row in _still_to_expect(some)]
    moved = _sent_elsewhere(agreed)
    new = [
        _arrival_of(row) for row in agreed if row.pk not in {one.placement_id for one in moved}
    ]
    Arrival.objects.bulk_create(new, batch_size=500)
    deeds = [(row.key, "create_arrival") for row in new]
    deeds += [(row.key, "expect_elsewhere") for row in moved]
    record_many(deeds, by=by, at=at)
    return len(new) + len(moved)


@transaction.atomic
def arrive(arrival: Arrival, *, arrived_on: date, by: Person, at: datetime) -> None:
    """Record that somebody has arrived; their appointment follows by itself."""
    policy.require(by, "arrive", arrival)
    _require_plausible([arrival], arrived_on, at)
    announce(ParticipantArrived(arrival.pk, at.isoformat()), at=at)
    arrival.move("arrive", by=by, at=at, arrived_on=arrived_on)


@transaction.atomic
def arrive_many(
    arrivals: Iterable[Arrival], *, arrived_on: date, by: Person, at: datetime
) -> int:
    """Record that all of these have arrived on one day, or none of them; says how many."""
    rows = list(arrivals)
    for row in rows[:1]:
        policy.require(by, "arrive", row)
    _require_plausible(rows, arrived_on, at)
    _announce(rows, at)
    return move_many(rows, "arrive", by=by, at=at, arrived_on=arrived_on)


@transaction.atomic
def miss(arrival: Arrival, *, by: Person, at: datetime) -> None:
    """Record that somebody did not come; their place stays theirs until it is vacated."""
    policy.require(by, "miss", arrival)
    arrival.move("miss", by=by, at=at)


@transaction.atomic
def import_arrivals(rows: Sequence[dict[str, Any]], *, by: Person, at: datetime) -> int:
    """Record many arrivals from a table; returns how many.

    A row with `application` (an `Arrival` still expected) is somebody of this year.  A row
    without is somebody already serving: their account is opened where there is none.
    """
    policy.require(by, "import_arrivals", None)
    expected = sorted(
        (row for row in rows if row["application"]), key=lambda row: row["arrived_on"]
    )
    serving = _receive_serving([row for row in rows if not row["application"]], by=by, at=at)
    _announce([*serving, *(row["application"] for row in expected)], at)
    for day, some in groupby(expected, key=lambda row: row["arrived_on"]):
        arrivals = _with_flights(some)
        _require_plausible(arrivals, day, at)
        move_many(arrivals, "arrive", by=by, at=at, arrived_on=day)
    record_many([(one.key, "create_arrival") for one in serving], by=by, at=at)
    return len(expected) + len(serving)


def _announce(arrivals: Sequence[Arrival], at: datetime) -> None:
    if arrivals:
        first = min(one.pk for one in arrivals)
        announce(ParticipantsArrived(first, len(arrivals), at.isoformat()), at=at)


def _receive_serving(rows: list[dict[str, Any]], *, by: Person, at: datetime) -> list[Arrival]:
    """Keep the arrival of people who came in a past year and are still here."""
    _require_serving(rows, today=at.astimezone(TOKYO).date())
    facts = ("email", "family_name", "given_name")
    accounts = [
        {**{fact: row[fact] for fact in facts}, "nationality": row["country"]} for row in rows
    ]
    people = register_people(accounts, by=by, at=at) if accounts else {}
    return Arrival.objects.bulk_create(
        [
            Arrival(
                state=State.ARRIVED,
                person=people[row["email"]],
                organisation=row["organisation"],
                position=row["position"],
                country=row["country"],
                due_on=row["arrived_on"],
                arrived_on=row["arrived_on"],
                flight=row.get("flight") or "",
            )
            for row in rows
        ],
        batch_size=500,
    )


def _require_serving(rows: list[dict[str, Any]], *, today: date) -> None:
    known = recorded_days(row["email"] for row in rows)
    for row in rows:
        facts = {"day": day_words(row["arrived_on"]), "email": row["email"]}
        if not may_still_serve(row["arrived_on"], today=today):
            words = gettext(
                "Nobody who arrived on %(day)s can still be serving; check the year."
            )
            raise NotThatDay(words % facts)
        if (row["email"], row["arrived_on"]) in known:
            words = gettext("The arrival of %(email)s on %(day)s is recorded already.")
            raise RecordedAlready(words % facts)


@unscoped("the rows of the table; who may import is asked before")
def _with_flights(rows: Iterable[dict[str, Any]]) -> list[Arrival]:
    """Note the flights that the table names; an empty cell leaves what is known."""
    arrivals = []
    for row in rows:
        arrival: Arrival = row["application"]
        arrival.flight = row.get("flight") or arrival.flight
        arrivals.append(arrival)
    Arrival.objects.bulk_update(arrivals, ["flight"], batch_size=HANDFUL)
    return arrivals


def _require_plausible(arrivals: Iterable[Arrival], arrived_on: date, at: datetime) -> None:
    today = at.astimezone(TOKYO).date()
    for row in arrivals:
        if not has_a_place(row):
            words = gettext("The place of %(person)s has been vacated; nobody arrives there.")
            raise MoveNotAllowed(words % {"person": row.person})
        if not may_have_arrived(arrived_on, due_on=row.due_on, today=today):
            raise NotThatDay(
                gettext(
                    "Day of arrival: somebody due on %(due)s cannot have arrived on %(day)s. "
                    "Enter a day that is not in the future, within 300 days of the wave."
                )
                % {"due": day_words(row.due_on), "day": day_words(arrived_on)}
            )


@unscoped("which placements are agreed and not yet on the list; who may expect is asked before")
def _still_to_expect(placements: list[Placement]) -> list[Placement]:
    wanted = Placement.objects.filter(
        pk__in=[row.pk for row in placements], state=PlacementState.AGREED, arrival=None
    )
    related = ("application", "request__wave")
    return list(wanted.select_related(*related).order_by("pk"))


@unscoped("who is still expected at a place that was vacated; part of expect")
def _sent_elsewhere(placements: list[Placement]) -> list[Arrival]:
    """Point the arrivals of people who were placed anew to their new place."""
    moved = []
    for some in _handfuls(placements):
        new = {row.person_id: row for row in some}
        stale = Arrival.objects.filter(person__in=new, state=State.EXPECTED).exclude(
            placement__state=PlacementState.AGREED
        )
        for arrival in stale.order_by("pk"):
            if placement := new.pop(arrival.person_id, None):
                fresh = _arrival_of(placement)
                for name in _PLACE:
                    setattr(arrival, name, getattr(fresh, name))
                arrival.version += 1
                moved.append(arrival)
    Arrival.objects.bulk_update(moved, [*_PLACE, "version"], batch_size=100)
    return moved


_PLACE = ["placement_id", "organisation_id", "position_id", "country_id", "due_on"]


def _arrival_of(placement: Placement) -> Arrival:
    return Arrival(
        placement=placement,
        person_id=placement.person_id,
        organisation_id=placement.request.organisation_id,
        position_id=placement.request.position_id,
        country_id=placement.application.country_id,
        due_on=placement.request.wave.arrives_on,
    )


def _handfuls(rows: list[Placement]) -> Iterator[list[Placement]]:
    """Cut a long list so that no statement outgrows SQLite's limit of variables."""
    return (rows[start : start + HANDFUL] for start in range(0, len(rows), HANDFUL))
