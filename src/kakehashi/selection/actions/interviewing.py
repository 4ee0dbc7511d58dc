"""Interviews: each interviewer's own sheet, once."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext

from kakehashi.directory.models import Person
from kakehashi.directory.policy import offices_of
from kakehashi.directory.rules import Role
from kakehashi.kernel.lifecycle import MoveNotAllowed
from kakehashi.kernel.trail import record
from kakehashi.recruitment.lifecycle import State
from kakehashi.recruitment.models import Application
from kakehashi.recruitment.rules import JAPANESE_LEVELS
from kakehashi.selection import queries
from kakehashi.selection.actions.screening import OutOfRange, require_open, require_points
from kakehashi.selection.models import InterviewScore
from kakehashi.selection.policy import interviews


class AlreadyRecorded(MoveNotAllowed):
    """This interviewer's sheet is in; it stands."""


class NotAnInterviewer(ValueError):
    """A sheet is to be kept of somebody who does not interview for the mission; it names them."""


@transaction.atomic
def record_interview(  # noqa: PLR0913 -- a score sheet has this many boxes
    application: Application,
    *,
    interviewer: Person,
    points: int,
    japanese_level: str,
    comment: str,
    held_on: date,
    by: Person,
    at: datetime,
) -> InterviewScore:
    """Keep an interviewer's sheet for good; from then on they may read the others'.

    An interviewer writes their own; the mission types those that came on paper.
    """
    verb = "record_interview" if by.pk == interviewer.pk else "key_interview"
    interviews.require(by, verb, application)
    _require_on_the_panel(interviewer, application)
    require_points(points)
    if japanese_level not in JAPANESE_LEVELS:
        raise OutOfRange(gettext("Japanese level: choose one of the list."))
    if application.state != State.COMPLETE:
        raise MoveNotAllowed(gettext("Only complete applications are interviewed."))
    require_open(application)
    if (application.pk, interviewer.pk) in queries.sheets_of(
        [application.year_id], [application.mission_id]
    ):
        raise AlreadyRecorded(gettext("This sheet is in already and stands."))
    sheet = InterviewScore.objects.create(
        application=application,
        interviewer=interviewer,
        points=points,
        japanese_level=japanese_level,
        comment=comment,
        held_on=held_on,
        recorded_at=at,
    )
    record(sheet.key, "record_interview", by=by, at=at)
    return sheet


def _require_on_the_panel(interviewer: Person, application: Application) -> None:
    there = application.mission_id in offices_of(interviewer, Role.INTERVIEWER)
    if not there or interviewer.pk == application.person_id:
        raise NotAnInterviewer(
            gettext("%(name)s does not interview for this embassy or consulate.")
            % {"name": interviewer}
        )
