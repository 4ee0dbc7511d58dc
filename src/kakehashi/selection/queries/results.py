"""What can be asked about results: by the person concerned, by the desks, by placement."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.urls import reverse

from kakehashi.directory.models import Office, Person
from kakehashi.intake.models import Deadline, ProgrammeYear
from kakehashi.intake.queries import deadline
from kakehashi.kernel.outbox import held
from kakehashi.kernel.scope import seen_by, unscoped
from kakehashi.kernel.words import Words, _
from kakehashi.recruitment.lifecycle import State
from kakehashi.recruitment.models import Application
from kakehashi.recruitment.queries import More, tells_more
from kakehashi.selection.lifecycle import ResultState
from kakehashi.selection.models import Result
from kakehashi.selection.rules import OUTCOME_NAMES, Outcome

_OF_APPLICATION = (
    "application__person",
    "application__year",
    "application__mission",
    "application__country",
    "application__position",
)


def results_for(person: Person) -> QuerySet[Result]:
    """Find the results this person may know of: their own when told; a desk's always."""
    rows = seen_by(person, Result).select_related("round__year", *_OF_APPLICATION)
    return rows.order_by("round", "outcome", "rank", "application__number")


def desk_results(person: Person) -> QuerySet[Result]:
    """Find the results an officer works with; never their own."""
    return results_for(person).exclude(application__person=person)


def results_to_export(person: Person) -> QuerySet[Result]:
    """Find the results an officer may take out as a table."""
    return desk_results(person).order_by("application__number")


@unscoped("placement starts from everybody who is shortlisted")
def to_be_placed(year: ProgrammeYear) -> QuerySet[Result]:
    """Find the shortlisted who were told or have accepted, and have not withdrawn."""
    return _standing(year, Outcome.SHORTLISTED).order_by("application__number")


@unscoped("placement calls alternates up when a place becomes free")
def alternates(year: ProgrammeYear) -> QuerySet[Result]:
    """Find the alternates who were told or have accepted, by mission, position and rank."""
    found = _standing(year, Outcome.ALTERNATE)
    return found.order_by(
        "round__mission__code", "application__position__code", "rank", "application__number"
    )


@unscoped("part of what to_be_placed and alternates say")
def _standing(year: ProgrammeYear, outcome: Outcome) -> QuerySet[Result]:
    replied = (ResultState.TOLD, ResultState.ACCEPTED)
    found = Result.objects.filter(round__year=year, outcome=outcome, state__in=replied)
    live = found.exclude(application__state=State.WITHDRAWN)
    return live.select_related("round", *_OF_APPLICATION)


def reply_deadline(year: ProgrammeYear, mission: Office) -> Deadline | None:
    """Find the moment until which people reply to their result."""
    return deadline(year, mission, "reply_by")


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a person learns of their own result: never a point or a reader.

    `rank` is an alternate's place in the mission's own list, and nothing for everybody else.
    """

    pk: int
    outcome: str
    outcome_name: Words
    rank: int | None
    state: str
    state_name: Words
    version: int
    reply_by: Deadline | None

    @property
    def can_reply(self) -> bool:
        """Say whether there is something to accept."""
        return self.outcome != Outcome.NOT_SELECTED and self.state == ResultState.TOLD

    @property
    def can_decline(self) -> bool:
        """Say whether there is something to decline."""
        open_ones = (ResultState.TOLD, ResultState.ACCEPTED)
        return self.outcome != Outcome.NOT_SELECTED and self.state in open_ones


def told(result: Result) -> Told:
    """Leave of a result what the person it is about may know."""
    application = result.application
    return Told(
        pk=result.pk,
        outcome=result.outcome,
        outcome_name=OUTCOME_NAMES[result.outcome],
        rank=result.rank if result.outcome == Outcome.ALTERNATE else None,
        state=result.state,
        state_name=result.state_name,
        version=result.version,
        reply_by=reply_deadline(application.year, application.mission),
    )


@tells_more
@unscoped("the applicant's own page tells their own result, once it is told")
def result_for_applicant(application: Application) -> More | None:
    """Tell an applicant, on their own page, that there is a result and what they have replied."""
    told = Result.objects.exclude(state=ResultState.PROPOSED).exclude(held("round__batch"))
    found = told.filter(application=application)
    result = found.only("outcome", "state").first()
    if result is None:
        return None
    waiting = result.state == ResultState.TOLD and result.outcome != Outcome.NOT_SELECTED
    text = _("Read it and reply.") if waiting else _("Read it again whenever you like.")
    return More(
        title=_("There is a result"),
        text=text,
        url=reverse("selection:result", args=[result.pk]),
        action=_("Read the result"),
        tone="warn" if waiting else "",
    )
