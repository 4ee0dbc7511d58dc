"""A mission with its cast, applicants, scores and a round, all through the officers' actions."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from kakehashi.councils.tests.factories import resolution
from kakehashi.directory.models import Office, Person
from kakehashi.directory.rules import Role
from kakehashi.directory.tests import factories as make
from kakehashi.intake.models import ProgrammeYear
from kakehashi.intake.tests import factories as intake
from kakehashi.kernel.models import Batch
from kakehashi.recruitment import actions as recruitment
from kakehashi.recruitment.models import Application
from kakehashi.selection import actions
from kakehashi.selection.models import InterviewScore, Result, Round, Screening

NOON = make.NOON
LATER = NOON + timedelta(days=1)
HELD_ON = date(2026, 9, 29)


@dataclass(frozen=True)
class Cast:
    """Who works on one mission's selection, and strangers who do the same elsewhere."""

    year: ProgrammeYear
    mission: Office
    officer: Person
    reader: Person
    interviewer: Person
    mofa: Person


def cast(code: str = "dublin", *countries: str) -> Cast:
    """Give a mission its officer, reader and interviewer; MOFA's desk is the same for all."""
    mission = make.mission(code, *countries)
    return Cast(
        year=intake.year(),
        mission=mission,
        officer=make.officer(Role.MISSION, mission, f"officer@{code}.invalid"),
        reader=make.officer(Role.READER, mission, f"reader@{code}.invalid"),
        interviewer=make.officer(Role.INTERVIEWER, mission, f"interviewer@{code}.invalid"),
        mofa=make.officer(Role.MOFA),
    )


def applied(here: Cast, number: int = 1, **facts: object) -> list[Application]:
    """Let so many people apply through the mission, completely; in the order of their numbers."""
    first = Application.objects.count()
    rows = [
        {
            "email": f"applicant{first + index}@demo.invalid",
            "family_name": f"Family{first + index}",
            "given_name": f"Given{first + index}",
            "nationality": make.country("IE"),
            "mission": here.mission,
            "position": intake.position("ALT"),
            "year": here.year,
            "university": "University of the Estuary",
            "major": "Geography",
            "statement": "I would like to teach.",
        }
        | facts
        for index in range(1, number + 1)
    ]
    recruitment.import_applications(rows, by=here.officer, at=NOON)
    fresh = list(Application.objects.order_by("pk")[first:])
    recruitment.complete_many(fresh, by=here.officer, at=NOON)
    found = Application.objects.filter(pk__in=[one.pk for one in fresh])
    return list(found.select_related("person", "year", "mission").order_by("number"))


def assigned(here: Cast, *applications: Application) -> list[Screening]:
    """Give these applications to the mission's reader."""
    actions.assign(applications, readers=[here.reader], each=1, by=here.officer, at=NOON)
    found = Screening.objects.filter(application__in=[one.pk for one in applications])
    return list(found.select_related("application__year").order_by("application__number"))


def opened(screening: Screening) -> Screening:
    """Let the reader say that they know nobody here."""
    actions.open_copy(screening, by=screening.reader, at=NOON)
    return screening


def scored(here: Cast, applications: Sequence[Application], *points: int) -> None:
    """Bring the scores of the mission's reader and interviewer: the same points from both."""
    rows = [
        {
            "application": application,
            "kind": kind,
            "person_email": person,
            "points": mark,
            "comment": f"SECRET-{kind}-{application.number}",
            "held_on": HELD_ON,
        }
        for application, mark in zip(applications, points, strict=True)
        for kind, person in (("screening", here.reader), ("interview", here.interviewer))
    ]
    actions.import_scores(rows, by=here.officer, at=NOON)


def met(
    here: Cast,
    application: Application,
    *,
    interviewer: Person | None = None,
    by: Person | None = None,
    points: int = 60,
) -> InterviewScore:
    """Keep an interviewer's sheet: the mission's own interviewer's, by themselves, unless told."""
    who = interviewer or here.interviewer
    return actions.record_interview(
        application,
        interviewer=who,
        points=points,
        japanese_level="N4",
        comment="SECRET",
        held_on=HELD_ON,
        by=by or who,
        at=NOON,
    )


def round_of(here: Cast) -> Round:
    """Open the mission's round."""
    return actions.open_round(here.year, here.mission, by=here.officer, at=NOON)


def decided(here: Cast, *points: int, seats: int = 1) -> Round:
    """Propose results for as many applicants as points are given, with so many places."""
    intake.plan({("IE", "ALT", "a"): seats})
    scored(here, applied(here, len(points)), *points)
    row = round_of(here)
    actions.decide(row, by=here.officer, at=NOON)
    return row


def drafted(here: Cast, row: Round) -> Batch:
    """Let the council resolve, and draft the letters."""
    resolution(row.key, number=f"R{row.pk}")
    return actions.draft_results(row, by=here.officer, at=NOON)


def released(here: Cast, *points: int, seats: int = 1, at: datetime = NOON) -> Round:
    """Tell the results of as many applicants as points are given."""
    row = decided(here, *points, seats=seats)
    drafted(here, row)
    actions.release(row, count=len(points), by=here.mofa, at=at)
    return row


def result_of(application: Application) -> Result:
    """Find the result of an application, with what actions read."""
    found = Result.objects.select_related("application__person", "application__mission")
    return found.get(application=application)


def results(row: Round) -> list[Result]:
    """List a round's results by their application's number."""
    found = Result.objects.filter(round=row).select_related("application__person")
    return list(found.order_by("application__number"))
