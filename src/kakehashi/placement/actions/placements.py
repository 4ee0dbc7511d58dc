"""What can be done to a placement after people were told: accepted, objected to, answered, vacated."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext

from kakehashi.directory.models import Office, Person
from kakehashi.directory.queries import officers_everywhere, officers_of
from kakehashi.directory.rules import OfficeKind, Role
from kakehashi.kernel import outbox
from kakehashi.kernel.clock import TOKYO
from kakehashi.kernel.letters import Letter
from kakehashi.kernel.lifecycle import MoveNotAllowed
from kakehashi.kernel.moving import move_many
from kakehashi.kernel.outbox import Draft
from kakehashi.kernel.trail import record
from kakehashi.placement.actions.candidates import bring_forward, leave_out
from kakehashi.placement.letters import ObjectionAnswered, PlacementObjected
from kakehashi.placement.lifecycle import PlacementState
from kakehashi.placement.models import Placement
from kakehashi.placement.policy import policy
from kakehashi.placement.writing import (
    accepted_notice,
    language_of,
    place_withdrawn,
    placement_vacated,
    workplaces_notice,
)
from kakehashi.selection.queries import to_be_placed

COMING = (PlacementState.TOLD, PlacementState.AGREED, PlacementState.OBJECTED)


class NotOurWorkplace(ValueError):
    """A place of work belongs to another organisation."""


class GroundMissing(ValueError):
    """An objection, and a vacated place, need a ground."""


@transaction.atomic
def agree(placement: Placement, *, by: Person, at: datetime) -> None:
    """Accept the person for the organisation; they receive its letter at once."""
    agree_many([placement], by=by, at=at)
    placement.refresh_from_db()


@transaction.atomic
def agree_many(placements: Iterable[Placement], *, by: Person, at: datetime) -> int:
    """Accept many people, all or none; each receives the organisation's letter."""
    rows = list(placements)
    for row in rows:
        policy.require(by, "agree", row)
    if not rows:
        return 0
    moved = 0
    for state in sorted({row.state for row in rows}):
        some = [row for row in rows if row.state == state]
        moved += move_many(some, "agree", by=by, at=at)
    letters = [
        Draft(
            letter=accepted_notice(row, language_of(row.person)),
            to=row.person,
            language=language_of(row.person),
            about=row.key,
        )
        for row in rows
    ]
    title = gettext("Letters of acceptance")
    batch = outbox.draft_batch(letters, about=rows[0].key, title=title, by=by, at=at)
    notices = bring_forward(rows, into=batch)  # whom their mission has not told yet
    outbox.release(batch, count=notices + len(letters), by=by, at=at)
    return moved


@transaction.atomic
def object(placement: Placement, *, ground: str, by: Person, at: datetime) -> None:  # noqa: A001 -- the move's own word, as the button says it
    """Object for the organisation, with a ground that CLAIR reads; the person keeps the place."""
    policy.require(by, "object", placement)
    said = _ground(ground)
    letter = PlacementObjected(
        number=placement.application.number, organisation=str(placement.request.organisation)
    )
    today = at.astimezone(TOKYO).date()
    _tell(officers_everywhere(Role.CLAIR_PLACEMENT, on=today), letter, placement, at)
    placement.move("object", by=by, at=at, ground=said)


@transaction.atomic
def answer(placement: Placement, *, ground: str, by: Person, at: datetime) -> None:
    """Answer an objection for CLAIR: the placement stands, and the organisation is asked again.

    The answer stands on the placement's page; the organisation's officers are told that it came.
    """
    policy.require(by, "answer", placement)
    said = _ground(ground)
    organisation = placement.request.organisation
    letter = ObjectionAnswered(
        number=placement.application.number, organisation=str(organisation)
    )
    today = at.astimezone(TOKYO).date()
    _tell(officers_of(organisation, Role.ORGANISATION, on=today), letter, placement, at)
    placement.move("answer", by=by, at=at, answer=said)


@transaction.atomic
def assign(
    placement: Placement, *, workplaces: Iterable[Office], by: Person, at: datetime
) -> None:
    """Choose the schools or offices of the organisation in which somebody will work.

    Whoever has been accepted is told at once.  Raises `NotOurWorkplace` for a workplace of another
    organisation, `MoveNotAllowed` where nobody is to come.
    """
    policy.require(by, "assign", placement)
    if placement.state not in COMING:
        raise MoveNotAllowed(gettext("Nobody comes here: choose no place of work."))
    chosen = list(workplaces)
    organisation = placement.request.organisation
    ours = (organisation.pk, OfficeKind.WORKPLACE)
    if any((one.parent_id, one.kind) != ours for one in chosen):
        words = gettext("Places of work: choose those of %(organisation)s.")
        raise NotOurWorkplace(words % {"organisation": organisation})
    placement.workplaces.set(chosen)
    record(placement.key, "assign", by=by, at=at)
    if placement.state == PlacementState.AGREED and chosen:
        _tell([placement.person], workplaces_notice(placement, chosen), placement, at)


@transaction.atomic
def vacate(placement: Placement, *, ground: str, by: Person, at: datetime) -> None:
    """Free the place: the person will not come there, and the seat is open for a new run.

    Whoever was told of the placement is told that it no longer stands, not why; the candidate
    only while they are still to be placed, not after they declined.  A candidate whom the mission
    has not told yet reads nothing of it.
    """
    policy.require(by, "vacate", placement)
    placement.move("vacate", by=by, at=at, ground=_ground(ground))
    organisation, today = placement.request.organisation, at.astimezone(TOKYO).date()
    officers = officers_of(organisation, Role.ORGANISATION, on=today)
    if organisation.parent:
        officers += officers_of(organisation.parent, Role.HOST, on=today)
    officers += officers_of(placement.application.mission, Role.MISSION, on=today)
    for officer in officers:
        _tell([officer], placement_vacated(placement, language_of(officer)), placement, at)
    if leave_out(placement, at=at):
        return
    if to_be_placed(placement.request.year).filter(application=placement.application).exists():
        person = placement.person
        _tell([person], place_withdrawn(placement, language_of(person)), placement, at)


def _tell(people: Iterable[Person], letter: Letter, about: Placement, at: datetime) -> None:
    """Write a letter to each, in their language."""
    for person in people:
        draft = Draft(letter=letter, to=person, language=language_of(person), about=about.key)
        outbox.post(draft, at=at)


def _ground(ground: str) -> str:
    if not ground.strip():
        raise GroundMissing(gettext("Ground: write why, in a sentence."))
    return ground.strip()
