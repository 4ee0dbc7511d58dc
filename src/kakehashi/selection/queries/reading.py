"""What readers and interviewers may ask: their queues, the blind copy, the sheets."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import OuterRef, QuerySet, Subquery

from kakehashi.directory.models import Office, Person
from kakehashi.directory.policy import offices_of, stands_as
from kakehashi.directory.queries import officers_of
from kakehashi.directory.rules import Role
from kakehashi.intake.models import ProgrammeYear
from kakehashi.kernel.scope import seen_by, unscoped
from kakehashi.kernel.words import Words, _
from kakehashi.recruitment.lifecycle import State
from kakehashi.recruitment.models import Application
from kakehashi.recruitment.rules import LEVEL_NAMES, SETTING_NAMES
from kakehashi.selection.lifecycle import ScreeningState
from kakehashi.selection.models import InterviewScore, Screening
from kakehashi.selection.rules import blinded

Pair = tuple[int, int]


def screenings_for(person: Person) -> QuerySet[Screening]:
    """Find a reader's own queue, in the order of the numbers; nothing in it says who applied."""
    mine = seen_by(person, Screening).filter(reader=stands_as(person))
    rows = mine.select_related("application__position", "application__year")
    return rows.order_by("application__number")


def readings_in_charge(person: Person) -> QuerySet[Screening]:
    """Find who reads what for the missions in an officer's charge; withdrawn ones wait for nobody."""
    found = seen_by(person, Screening).exclude(application__state=State.WITHDRAWN)
    return found.select_related("reader", "application__mission", "application__year")


def next_screening(person: Person, *, after: int = 0) -> Screening | None:
    """Find the next application to read after this screening, from the start at the end."""
    waiting = screenings_for(person).filter(state=ScreeningState.ASSIGNED)
    here = screenings_for(person).filter(pk=after).first()
    number = here.application.number if here else ""
    onward = waiting.exclude(pk=after)
    return onward.filter(application__number__gt=number).first() or onward.first()


@dataclass(frozen=True, slots=True, kw_only=True)
class BlindCopy:
    """What a reader is shown: no name, no address, no age, and the name hidden in the text."""

    number: str
    position: str
    facts: list[tuple[Words, str]]
    statement: list[str]


def blind_copy(screening: Screening) -> BlindCopy | None:
    """Give the copy to read, or nothing until the reader has said that they know nobody."""
    if screening.declared_at is None or screening.state == ScreeningState.CONFLICTED:
        return None
    application = screening.application
    names = [application.given_name, application.family_name]

    def hide(text: str) -> str:
        return blinded(text, names)

    wishes = (application.wish_1, application.wish_2, application.wish_3)
    degree = ", ".join(filter(None, (application.major, application.university)))
    facts: list[tuple[Words, str]] = [
        (_("Degree"), hide(degree)),
        (_("Japanese level"), str(LEVEL_NAMES[application.japanese_level])),
        (_("Other languages"), hide(application.other_languages)),
        (_("Teaching (months)"), str(application.teaching_months)),
        (_("In Japan (months)"), str(application.months_in_japan)),
        (_("Setting"), str(SETTING_NAMES[application.setting])),
        (_("Wishes"), ", ".join(str(wish) for wish in wishes if wish is not None)),
    ]
    parts = [part for part in hide(application.statement).splitlines() if part.strip()]
    return BlindCopy(
        number=application.number,
        position=str(application.position),
        facts=facts,
        statement=parts,
    )


@unscoped("interviewers meet applicants whom recruitment shows to the desks alone")
def interviews_for(person: Person) -> QuerySet[Application]:
    """Find the complete applications of the missions where this person interviews.

    Each with `my_points`, their own score if it is in.  Never their own application.
    """
    sheet = InterviewScore.objects.filter(application=OuterRef("pk"), interviewer=person)
    met = Application.objects.filter(
        mission__in=offices_of(person, Role.INTERVIEWER), state=State.COMPLETE
    ).exclude(person=person)
    rows = met.select_related("person", "year", "mission", "position", "interview_place")
    return rows.annotate(my_points=Subquery(sheet.values("points")[:1])).order_by("number")


@unscoped("one's own sheets")
def with_sheet(
    rows: QuerySet[Application], person: Person, *, there: bool
) -> QuerySet[Application]:
    """Keep the applications for which this person's own sheet is in, or is missing."""
    mine = InterviewScore.objects.filter(interviewer=person).values("application")
    return rows.filter(pk__in=mine) if there else rows.exclude(pk__in=mine)


def to_interview(person: Person, year: ProgrammeYear) -> QuerySet[Application]:
    """Find whom this person has still to score, until their result is proposed."""
    waiting = with_sheet(interviews_for(person), person, there=False)
    return waiting.filter(year=year, result__isnull=True)


def still_to_interview(rows: QuerySet[Application], person: Person) -> QuerySet[Application]:
    """Keep whom this person has still to score: their result is not proposed yet."""
    return with_sheet(rows, person, there=False).filter(result__isnull=True)


def sheets_for(person: Person, application: Application) -> QuerySet[InterviewScore]:
    """Find the score sheets of an applicant that this person may read."""
    found = seen_by(person, InterviewScore).filter(application=application)
    return found.select_related("interviewer").order_by("recorded_at", "pk")


@unscoped("one's own sheet")
def has_sheet(application: Application, person: Person) -> bool:
    """Say whether this person's own sheet of an applicant is in."""
    return InterviewScore.objects.filter(application=application, interviewer=person).exists()


@unscoped("how many sheets are in is said to those who may not read them yet")
def count_of_sheets(application: Application) -> int:
    """Count the score sheets that are in for an applicant."""
    return InterviewScore.objects.filter(application=application).count()


@unscoped("assigning looks at what was assigned to the same people before")
def pairs_of(applications: Collection[Application]) -> tuple[set[Pair], set[Pair]]:
    """List who reads what already, and who stepped aside: each (application, reader)."""
    years = {one.year_id for one in applications}
    missions = {one.mission_id for one in applications}
    reads: set[Pair] = set()
    aside: set[Pair] = set()
    found = Screening.objects.filter(
        application__year__in=years, application__mission__in=missions
    )
    for application, reader, state in found.values_list("application_id", "reader_id", "state"):
        (aside if state == ScreeningState.CONFLICTED else reads).add((application, reader))
    return reads, aside


@unscoped("an import looks at the screenings that stand already")
def screenings_of(
    years: Collection[int], missions: Collection[int]
) -> dict[tuple[int, int], Screening]:
    """Give the screenings of these years and missions by (application, reader)."""
    found = Screening.objects.filter(
        application__year__in=years, application__mission__in=missions
    )
    return {(row.application_id, row.reader_id): row for row in found}


@unscoped("an import looks at the score sheets that stand already")
def sheets_of(years: Collection[int], missions: Collection[int]) -> set[tuple[int, int]]:
    """List the score sheets of these years and missions: (application, interviewer)."""
    found = InterviewScore.objects.filter(
        application__year__in=years, application__mission__in=missions
    )
    return set(found.values_list("application_id", "interviewer_id"))


def readers_of(mission: Office, on: date) -> list[Person]:
    """List those who read for a mission."""
    return officers_of(mission, Role.READER, on=on)


def scores_to_export(
    person: Person,
) -> tuple[QuerySet[Screening], QuerySet[InterviewScore]]:
    """Find the screenings and the score sheets an officer may take out as a table."""
    scored = seen_by(person, Screening).filter(state=ScreeningState.SCORED)
    read = scored.select_related("application", "reader").order_by("application__number", "pk")
    sheets = seen_by(person, InterviewScore).select_related("application", "interviewer")
    return read, sheets.order_by("application__number", "pk")
