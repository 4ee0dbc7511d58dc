"""What waits for whom: one line per kind of work, counted among what one may know of."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import ngettext

from kakehashi.appointment.queries import appointments_for
from kakehashi.arrival.queries import arrivals_for
from kakehashi.directory.models import Person
from kakehashi.directory.policy import seats_of
from kakehashi.directory.queries import holds
from kakehashi.directory.rules import Role
from kakehashi.home.queries import jobs_for
from kakehashi.intake.models import ProgrammeYear
from kakehashi.intake.queries import deadline, plans_for
from kakehashi.kernel.models import RunState as JobState
from kakehashi.kernel.words import Words, _
from kakehashi.placement.queries import placements_for, requests_for, runs_for
from kakehashi.recruitment.queries import application_of, applications_for
from kakehashi.selection.queries import (
    results_for,
    rounds_for,
    screenings_for,
    to_be_placed,
    to_interview,
)
from kakehashi.selection.rules import Outcome
from kakehashi.web.components import Task, Tone
from kakehashi.web.dates import moment_words

Rows = Callable[[Person, ProgrammeYear], QuerySet[Any]]


@dataclass(frozen=True, kw_only=True)
class Wait:
    """A kind of work: whose it is, what is counted, and where it is done.

    `says` gives the sentence for a count; `about` says why or what next.
    """

    roles: tuple[Role, ...]
    rows: Rows
    says: Callable[[int], str]
    about: Words
    url_name: str
    action: Words
    tone: Tone = ""


def tasks_for(person: Person, year: ProgrammeYear | None) -> Iterable[Task]:
    """List what waits for this person, the most urgent first."""
    if holds(person, Role.OPERATOR):
        yield from _failed_jobs(person)
    if year is None:
        return
    for wait in WAITS:
        if holds(person, *wait.roles):
            yield from _counted(wait, person, year)
    yield from _own(person, year)


def _counted(wait: Wait, person: Person, year: ProgrammeYear) -> Iterable[Task]:
    if count := wait.rows(person, year).count():
        yield Task(
            label=wait.says(count),
            url=reverse(wait.url_name),
            note=wait.about,
            tone=wait.tone,
            action=wait.action,
        )


def _failed_jobs(person: Person) -> Iterable[Task]:
    if count := jobs_for(person).filter(state=JobState.FAILED).count():
        label = ngettext("One job has failed", "%(n)s jobs have failed", count) % {"n": count}
        url = reverse("home:jobs") + f"?state={JobState.FAILED}"
        yield Task(label=label, url=url, tone="bad", due=_("Today"), action=_("Look"))


def _own(person: Person, year: ProgrammeYear) -> Iterable[Task]:
    """List what a person must do about themselves: apply, reply, read."""
    yield from _own_application(person, year)
    for result in results_for(person).filter(application__person=person, state="told"):
        if result.outcome != Outcome.NOT_SELECTED:
            yield Task(
                label=_("Reply to your result"),
                url=reverse("selection:result", args=[result.pk]),
                tone="now",
                action=_("Read and reply"),
                primary=True,
            )
    for placement in placements_for(person).filter(person=person, state__in=("told", "agreed")):
        yield Task(
            label=_("Read where you will go"),
            url=reverse("placement:placement", args=[placement.pk]),
            action=_("Read"),
        )
    for appointment in appointments_for(person).filter(person=person, state="serving"):
        yield Task(
            label=_("Your appointment"),
            url=reverse("appointment:appointment", args=[appointment.pk]),
            note=str(appointment.organisation),
            action=_("See"),
        )


def _own_application(person: Person, year: ProgrammeYear) -> Iterable[Task]:
    application = application_of(person, year)
    if application is None and not seats_of(person) and year.state == "open":
        yield Task(
            label=_("Apply to the programme"),
            url=reverse("recruitment:start"),
            note=_("Through the embassy or consulate of your country of nationality."),
            action=_("Begin"),
            primary=True,
        )
    if application is not None and application.state == "draft":
        closes = deadline(year, application.mission, "closes")
        yield Task(
            label=_("Finish your application and hand it in"),
            url=reverse("recruitment:application", args=[application.pk]),
            note=application.number,
            due=moment_words(closes.at, closes.time_zone) if closes else "",
            tone="now",
            action=_("Go on writing"),
            primary=True,
        )


JOINT = (Role.MIC, Role.MOFA, Role.MEXT, Role.CLAIR_PLACEMENT)
WAITS: tuple[Wait, ...] = (
    Wait(
        roles=(Role.MIC,),
        rows=lambda person, year: plans_for(person).filter(year=year, state="draft"),
        says=lambda n: (
            ngettext(
                "A version of the plan is in draft",
                "%(n)s versions of the plan are in draft",
                n,
            )
            % {"n": n}
        ),
        about=_("Numbers by country, position and wave; then it goes to the council."),
        url_name="intake:plans",
        action=_("Open the plan"),
        tone="now",
    ),
    Wait(
        roles=JOINT,
        rows=lambda person, year: plans_for(person).filter(year=year, state="submitted"),
        says=lambda n: (
            ngettext("A plan is before the council", "%(n)s plans are before the council", n)
            % {"n": n}
        ),
        about=_("Record the resolution; then MIC releases the numbers."),
        url_name="intake:plans",
        action=_("See"),
        tone="warn",
    ),
    Wait(
        roles=(Role.MISSION,),
        rows=lambda person, year: applications_for(person).filter(year=year, state="submitted"),
        says=lambda n: (
            ngettext("An application to check", "%(n)s applications to check", n) % {"n": n}
        ),
        about=_("Tick the papers that have come; say whether they are complete."),
        url_name="recruitment:applications",
        action=_("Check papers"),
        tone="now",
    ),
    Wait(
        roles=(Role.READER,),
        rows=lambda person, year: screenings_for(person).filter(
            application__year=year, state="assigned"
        ),
        says=lambda n: (
            ngettext("An application to read", "%(n)s applications to read", n) % {"n": n}
        ),
        about=_("A blind copy: no name, no photograph."),
        url_name="selection:reading",
        action=_("Read the next one"),
        tone="now",
    ),
    Wait(
        roles=(Role.INTERVIEWER,),
        rows=to_interview,
        says=lambda n: (
            ngettext("A score sheet to fill in", "%(n)s score sheets to fill in", n) % {"n": n}
        ),
        about=_("The others' sheets stay sealed until yours is in."),
        url_name="selection:interviews",
        action=_("Fill in"),
        tone="now",
    ),
    Wait(
        roles=(Role.MISSION, Role.MOFA),
        rows=lambda person, year: rounds_for(person).filter(
            year=year, state__in=("open", "decided")
        ),
        says=lambda n: (
            ngettext("A round of results is open", "%(n)s rounds of results are open", n)
            % {"n": n}
        ),
        about=_("Propose, have the council decide, preview the letters, release."),
        url_name="selection:rounds",
        action=_("See results"),
    ),
    Wait(
        roles=(Role.ORGANISATION,),
        rows=lambda person, year: requests_for(person).filter(
            year=year, state__in=("draft", "returned")
        ),
        says=lambda n: (
            ngettext("A request to finish", "%(n)s requests to finish", n) % {"n": n}
        ),
        about=_("Drafts, and those returned for correction."),
        url_name="placement:requests",
        action=_("Finish"),
        tone="now",
    ),
    Wait(
        roles=(Role.HOST,),
        rows=lambda person, year: requests_for(person).filter(year=year, state="filed"),
        says=lambda n: ngettext("A request to check", "%(n)s requests to check", n) % {"n": n},
        about=_("Pass on to CLAIR, or return with a remark."),
        url_name="placement:requests",
        action=_("Check"),
        tone="now",
    ),
    Wait(
        roles=(Role.CLAIR_PLACEMENT,),
        rows=lambda person, year: requests_for(person).filter(year=year, state="checked"),
        says=lambda n: (
            ngettext("A request to accept", "%(n)s requests to accept", n) % {"n": n}
        ),
        about=_("Checked by the host bodies."),
        url_name="placement:requests",
        action=_("Decide"),
        tone="now",
    ),
    Wait(
        roles=(Role.CLAIR_PLACEMENT,),
        rows=lambda _person, year: to_be_placed(year).exclude(
            application__placements__state__in=("proposed", "told", "agreed", "objected")
        ),
        says=lambda n: (
            ngettext("A person waits for a place", "%(n)s people wait for a place", n)
            % {"n": n}
        ),
        about=_("Start a run once the requests are in; the committee decides on it."),
        url_name="placement:runs",
        action=_("Go to the runs"),
    ),
    Wait(
        roles=(Role.CLAIR_PLACEMENT, Role.PLACEMENT_COMMITTEE),
        rows=lambda person, year: runs_for(person).filter(year=year, state="solved"),
        says=lambda n: (
            ngettext("A placement run is solved", "%(n)s placement runs are solved", n)
            % {"n": n}
        ),
        about=_("The committee resolves; then the notices go out."),
        url_name="placement:runs",
        action=_("Open"),
        tone="warn",
    ),
    Wait(
        roles=(Role.ORGANISATION,),
        rows=lambda person, year: placements_for(person).filter(run__year=year, state="told"),
        says=lambda n: (
            ngettext("A person placed with you", "%(n)s people placed with you", n) % {"n": n}
        ),
        about=_("Accept, or object with a ground."),
        url_name="placement:placements",
        action=_("Answer"),
        tone="now",
    ),
    Wait(
        roles=(Role.CLAIR_EVENTS, Role.CLAIR_PLACEMENT),
        rows=lambda person, _year: arrivals_for(person).filter(state="expected"),
        says=lambda n: (
            ngettext("A person is expected", "%(n)s people are expected", n) % {"n": n}
        ),
        about=_("Record who has arrived, wave by wave."),
        url_name="arrival:arrivals",
        action=_("Open the list"),
    ),
)
