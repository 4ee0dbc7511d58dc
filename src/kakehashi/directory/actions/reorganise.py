"""Mergers and new names from a day on: what was stays on record, what is alive goes over.

Until its day a change is only planned; on the day it takes effect, all of it in one transaction.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext

from kakehashi.directory.actions.entries import change_offices, index_offices
from kakehashi.directory.actions.followers import CannotUndo, bring_over, take_back
from kakehashi.directory.models import FormerName, Office, Person, Reorganisation
from kakehashi.directory.policy import policy
from kakehashi.directory.queries.follow import touched_since
from kakehashi.directory.rules import Change, ChangeState, OfficeKind
from kakehashi.kernel.clock import TOKYO
from kakehashi.kernel.scope import unscoped
from kakehashi.kernel.trail import Actor, record

MERGING = (OfficeKind.ORGANISATION, OfficeKind.WORKPLACE)
SYSTEM = "system:reorganise"
MERGER = "merger"  # the source of an office that came into being by one
DAY = timedelta(days=1)


class CannotMerge(ValueError):
    """These offices cannot become one; says why."""


@transaction.atomic
def plan_merger(
    predecessors: Sequence[Office],
    *,
    successor: Office | Mapping[str, Any],
    on: date,
    ground: str,
    by: Person,
    at: datetime,
) -> Reorganisation:
    """Let offices become one from a day on; a past or present day takes effect at once.

    `successor` is the office that goes on, or the facts of a new one (`code`, names, and where
    they differ from the first predecessor's the employer type and the municipality).  Raises
    `CannotMerge`.
    """
    for one in predecessors:
        policy.require(by, "plan_reorganisation", one)
    if isinstance(successor, Office):
        policy.require(by, "plan_reorganisation", successor)
    _fit(predecessors, successor)
    office = successor if isinstance(successor, Office) else _new(predecessors, successor, on)
    change = Reorganisation.objects.create(
        kind=Change.MERGER, office=office, on=on, ground=ground
    )
    change.predecessors.set(predecessors)
    record(change.key, "plan_merger", by=by, at=at)
    if on <= at.astimezone(TOKYO).date():
        take_effect(change, by=by, at=at)
    return change


@transaction.atomic
def plan_rename(  # noqa: PLR0913 -- what, its names, from when, why; by whom, and when
    office: Office,
    *,
    name_en: str,
    name_ja: str,
    on: date,
    ground: str,
    by: Person,
    at: datetime,
) -> Reorganisation:
    """Give an office a new name from a day on; the old one is found by search for ever."""
    policy.require(by, "plan_reorganisation", office)
    change = Reorganisation.objects.create(
        kind=Change.RENAME,
        office=office,
        on=on,
        name_en=name_en,
        name_ja=name_ja,
        ground=ground,
    )
    record(change.key, "plan_rename", by=by, at=at)
    if on <= at.astimezone(TOKYO).date():
        take_effect(change, by=by, at=at)
    return change


@unscoped("claims the change, so that it is done once")
@transaction.atomic
def take_effect(change: Reorganisation, *, by: Actor = SYSTEM, at: datetime) -> None:
    """Do what was planned; doing it twice changes nothing."""
    mine = Reorganisation.objects.filter(pk=change.pk, state=ChangeState.PLANNED)
    if not mine.update(state=ChangeState.DONE):
        return
    if change.kind == Change.RENAME:
        _rename(change, by=by, at=at)
    else:
        _merge(change, by=by, at=at)
    line = record(change.key, "take_effect", by=by, at=at)
    change.state, change.trace = ChangeState.DONE, line.number
    change.save(update_fields=["state", "trace"])


@unscoped("the daily round does whatever is due")
def take_effect_of_due(*, at: datetime) -> int:
    """Do every change whose day has come; says how many."""
    today = at.astimezone(TOKYO).date()
    due = Reorganisation.objects.filter(state=ChangeState.PLANNED, on__lte=today)
    rows = list(due.select_related("office").order_by("on", "pk"))
    for change in rows:
        take_effect(change, at=at)
    return len(rows)


@transaction.atomic
def undo_reorganisation(change: Reorganisation, *, by: Person, at: datetime) -> None:
    """Take a merger or a new name back, unless something that went over was changed since.

    Raises `CannotUndo`, which names that thing.
    """
    policy.require(by, "undo_reorganisation", change.office)
    if change.state == ChangeState.UNDONE:
        raise CannotUndo(gettext("This was taken back already."))
    if change.state == ChangeState.DONE:
        if thing := touched_since(change):
            raise CannotUndo(
                gettext("This was changed since: %(thing)s. It can no longer be taken back.")
                % {"thing": thing}
            )
        _back(change, by=by, at=at)
    _close_what_was_new(change, by=by, at=at)
    change.state = ChangeState.UNDONE
    change.save(update_fields=["state"])
    record(change.key, "undo_reorganisation", by=by, at=at)


def _fit(predecessors: Sequence[Office], successor: Office | Mapping[str, Any]) -> None:
    """See that these can become one."""
    kinds = {one.kind for one in predecessors}
    goes_on = [successor] if isinstance(successor, Office) else []
    if not predecessors or len(kinds | {one.kind for one in goes_on}) != 1:
        raise CannotMerge(gettext("Choose offices of one kind."))
    if not kinds <= set(MERGING):
        raise CannotMerge(gettext("Only organisations and workplaces merge here."))
    if not goes_on and len(predecessors) < 2:  # noqa: PLR2004 -- one alone is a new name
        raise CannotMerge(gettext("One office alone gets a new name instead."))
    if goes_on and goes_on[0].pk in {one.pk for one in predecessors}:
        raise CannotMerge(gettext("The office that goes on cannot also end."))
    if closed := next((one for one in [*predecessors, *goes_on] if one.valid_to), None):
        raise CannotMerge(
            gettext("%(office)s has an end already. Choose another office.")
            % {"office": closed}
        )
    if not isinstance(successor, Office) and code_taken(str(successor["code"])):
        raise CannotMerge(gettext("Another office has this code. Choose another one."))


@unscoped("codes of offices are open to everyone")
def code_taken(code: str) -> bool:
    """Say whether an office has this code."""
    return Office.objects.filter(code=code).exists()


def _new(predecessors: Sequence[Office], facts: Mapping[str, Any], on: date) -> Office:
    """Make the office that the others become; what is not said is as the first one's."""
    first = predecessors[0]
    like = ("kind", "parent", "prefecture", "municipality", "employer_type", "workplace_type")
    office = Office.objects.create(
        **{**{name: getattr(first, name) for name in like}, **facts},
        valid_from=on,
        source=MERGER,
    )
    index_offices([office.pk])
    return office


@unscoped("a merger closes the offices that were chosen")
def _merge(change: Reorganisation, *, by: Actor, at: datetime) -> None:
    ending = list(change.predecessors.order_by("pk"))
    bring_over(change, ending, by=by, at=at)
    last = change.on - DAY
    change_offices([(one, {"valid_to": last}) for one in ending], deed="merge", by=by, at=at)


def _rename(change: Reorganisation, *, by: Actor, at: datetime) -> None:
    office = change.office
    FormerName.objects.create(
        office=office,
        name_en=office.name_en,
        name_ja=office.name_ja,
        until=change.on - DAY,
        change=change,
        source=change.ground,
    )
    names = {"name_en": change.name_en, "name_ja": change.name_ja}
    change_offices([(office, names)], deed="rename", by=by, at=at)


@unscoped("takes back exactly what the change did")
def _back(change: Reorganisation, *, by: Actor, at: datetime) -> None:
    if change.kind == Change.RENAME:
        former = change.former_names.get()
        names = {"name_en": former.name_en, "name_ja": former.name_ja}
        former.delete()
        change_offices([(change.office, names)], deed="undo_rename", by=by, at=at)
        return
    take_back(change, by=by, at=at)
    ended = list(change.predecessors.order_by("pk"))
    change_offices(
        [(one, {"valid_to": None}) for one in ended], deed="undo_merge", by=by, at=at
    )


@unscoped("whether an office was made for this merger alone")
def _close_what_was_new(change: Reorganisation, *, by: Actor, at: datetime) -> None:
    """Let an office that was made for the merger never have been in force."""
    office = change.office
    new = Q(office=office) & ~Q(pk=change.pk) & ~Q(state=ChangeState.UNDONE)
    made_for_it = (office.source, office.valid_from) == (MERGER, change.on)
    if made_for_it and not Reorganisation.objects.filter(new).exists():
        change_offices(
            [(office, {"valid_to": change.on - DAY})], deed="undo_merge", by=by, at=at
        )
