"""Screening: who reads what, that they know nobody, and their points."""

from collections import Counter
from collections.abc import Collection, Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext

from kakehashi.directory.models import Person
from kakehashi.directory.policy import offices_of
from kakehashi.directory.rules import Role
from kakehashi.kernel.lifecycle import MoveNotAllowed
from kakehashi.kernel.outbox import Draft, post
from kakehashi.kernel.scope import unscoped
from kakehashi.kernel.trail import record, record_many
from kakehashi.recruitment.lifecycle import State
from kakehashi.recruitment.models import Application
from kakehashi.selection import queries
from kakehashi.selection.letters import ReadingsAssigned
from kakehashi.selection.lifecycle import ScreeningState
from kakehashi.selection.models import Screening
from kakehashi.selection.policy import interviews, screenings
from kakehashi.selection.rules import MOST_POINTS, dealt


class NotAReader(ValueError):
    """Somebody is to read who has no reader's seat at the mission; the words name them."""


class OutOfRange(ValueError):
    """Points are whole numbers from 0 to 100."""


class NotDeclared(MoveNotAllowed):
    """Nobody scores before saying that they know nobody here; the copy stays shut until then."""


@transaction.atomic
def assign(
    applications: Collection[Application],
    *,
    readers: list[Person],
    each: int = 2,
    by: Person,
    at: datetime,
) -> int:
    """Give every application to so many readers, in turn; says how many screenings are new.

    Nobody reads their own application; what somebody reads already counts.  Applications that are
    not complete are left out.
    """
    waiting = sorted(
        (one for one in applications if one.state == State.COMPLETE), key=lambda one: one.number
    )
    for application in waiting:
        interviews.require(by, "assign", application)
    missions = {one.mission_id for one in waiting}
    for reader in readers:
        if not offices_of(reader, Role.READER) >= missions:
            raise NotAReader(
                gettext("%(name)s does not read for this embassy or consulate.")
                % {"name": reader}
            )
    reads, aside = queries.pairs_of(waiting)
    pairs = dealt(
        [(one.pk, one.person_id) for one in waiting],
        [reader.pk for reader in readers],
        each=each,
        there=sorted(reads),
        aside=aside,
    )
    fresh = _given(pairs, at=at)
    _tell_the_readers(readers, fresh, at=at)
    record_many([(one.key, "assign") for one in fresh], by=by, at=at)
    return len(fresh)


def _given(pairs: Iterable[tuple[int, int]], *, at: datetime) -> list[Screening]:
    """Write down who reads what: pairs of application and reader."""
    fresh = [
        Screening(application_id=application, reader_id=reader, assigned_at=at)
        for application, reader in pairs
    ]
    Screening.objects.bulk_create(fresh, batch_size=2000)
    return fresh


def _tell_the_readers(readers: list[Person], fresh: list[Screening], *, at: datetime) -> None:
    """Write to each reader how many applications are new in their queue."""
    counts = Counter(one.reader_id for one in fresh)
    first = {one.reader_id: one for one in reversed(fresh)}
    for reader in readers:
        if counts[reader.pk]:
            draft = Draft(
                letter=ReadingsAssigned(count=counts[reader.pk]),
                to=reader,
                language=reader.language,
                about=first[reader.pk].key,
            )
            post(draft, at=at)


@transaction.atomic
def open_copy(screening: Screening, *, by: Person, at: datetime) -> None:
    """Note that the reader knows nobody here; from then on they are shown the blind copy."""
    screenings.require(by, "open_copy", screening)
    if screening.state != ScreeningState.ASSIGNED:
        raise MoveNotAllowed(gettext("Someone else has moved this on meanwhile."))
    _declare(screening, at=at)
    record(screening.key, "open_copy", by=by, at=at)


@unscoped("this very row, as it was read")
def _declare(screening: Screening, *, at: datetime) -> None:
    as_i_saw_it = Screening.objects.filter(pk=screening.pk, version=screening.version)
    if not as_i_saw_it.update(declared_at=at):
        raise MoveNotAllowed(gettext("Someone else has moved this on meanwhile."))
    screening.declared_at = at


@transaction.atomic
def score(screening: Screening, *, points: int, comment: str, by: Person, at: datetime) -> None:
    """Keep a reader's points for good.  Raises `NotDeclared` before `open_copy`."""
    screenings.require(by, "score", screening)
    require_points(points)
    require_open(screening.application)
    if screening.declared_at is None:
        raise NotDeclared(gettext("Say first whether you know this person."))
    screening.move(
        "score",
        by=by,
        at=at,
        points=points,
        comment=comment,
        scored_at=at,
    )


@transaction.atomic
def declare_conflict(screening: Screening, *, by: Person, at: datetime) -> None:
    """Step aside from somebody one knows; the copy stays shut and the mission assigns anew."""
    screenings.require(by, "declare_conflict", screening)
    screening.move("declare_conflict", by=by, at=at)


def require_points(points: int) -> None:
    """Refuse points that no sheet has room for."""
    if not 0 <= points <= MOST_POINTS:
        raise OutOfRange(gettext("Points: write a whole number from 0 to 100."))


def require_open(application: Application) -> None:
    """Refuse new scores once the mission's results are proposed."""
    if queries.closed_missions(application.year, [application.mission_id]):
        raise MoveNotAllowed(
            gettext("The results are proposed already; scores stand still from then on.")
        )
