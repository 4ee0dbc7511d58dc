"""Dates of a year are set by those whose dates they are."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext

from kakehashi.directory.models import Person
from kakehashi.intake.lifecycle import YearState
from kakehashi.intake.models import Deadline
from kakehashi.intake.policy import policy
from kakehashi.intake.rules import EVENT_NAMES, out_of_order
from kakehashi.kernel.lifecycle import MoveNotAllowed
from kakehashi.kernel.scope import unscoped
from kakehashi.kernel.trail import record
from kakehashi.kernel.zones import time_zone


class OutOfOrder(ValueError):
    """Two dates of a calendar would come the wrong way round."""


@transaction.atomic
def set_deadline(deadline: Deadline, *, at_local: datetime, by: Person, at: datetime) -> None:
    """Set when an event is, as a clock on the wall shows it in the date's own time zone.

    `at_local` without a zone is in that zone.  Raises `OutOfOrder` (applications would close
    before they open) and `MoveNotAllowed` once the year is closed.
    """
    policy.require(by, "set_deadline", deadline)
    if deadline.year.state == YearState.CLOSED:
        raise MoveNotAllowed(gettext("This year is closed. Its dates cannot be changed."))
    zone = time_zone(deadline.time_zone)
    moment = at_local if at_local.tzinfo else at_local.replace(tzinfo=zone)
    wrong = out_of_order({**_moments(deadline), deadline.event: moment})
    if wrong:
        first, then = (EVENT_NAMES[event] for event in wrong)
        raise OutOfOrder(
            gettext("“%(then)s” would come before “%(first)s”. Choose another date.")
            % {"first": first, "then": then}
        )
    deadline.at, deadline.whole_day = moment, False
    deadline.source, deadline.assumed = "set here", False
    deadline.save()
    record(deadline.key, "set_deadline", by=by, at=at)


@unscoped("the dates beside it in the same calendar")
def _moments(deadline: Deadline) -> dict[str, datetime]:
    rows = Deadline.objects.filter(year=deadline.year_id, mission=deadline.mission_id)
    return dict(rows.values_list("event", "at"))
