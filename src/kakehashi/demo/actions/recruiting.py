"""Applications: brought by the missions, one written by hand, a few that come late."""

from collections import defaultdict
from datetime import date, datetime
from itertools import cycle

from kakehashi.demo.actions.numbers import applicants_wanted, missions_in_use
from kakehashi.demo.actions.story import Story
from kakehashi.demo.rules import (
    CAST,
    LATE,
    MISSION,
    STATEMENT,
    Invented,
    application_row,
    couple,
    people,
)
from kakehashi.directory.actions import open_seat
from kakehashi.directory.models import Person
from kakehashi.directory.queries import (
    countries_by_code,
    officers_of,
    offices_by_code,
    prefectures_by_code,
)
from kakehashi.directory.rules import OfficeKind, Role
from kakehashi.intake.queries import positions_by_code
from kakehashi.recruitment import actions as recruitment
from kakehashi.recruitment.queries import applications_for
from kakehashi.recruitment.rules import Setting

WITHDRAWN_OF_A_HUNDRED = 2
LATE_APPLICATIONS = 6
PAPERS = 2  # that come to the cast's own mission after the round is over


def start_own_application(story: Story, at: datetime) -> None:
    """Let the demo's applicant begin a draft and ask for a reference; the link is kept."""
    rowan = story.cast["applicant"]
    application = recruitment.begin(
        person=rowan,
        year=story.year,
        mission=offices_by_code(OfficeKind.MISSION)[MISSION],
        country=countries_by_code()["GB"],
        position=positions_by_code()["ALT"],
        by=rowan,
        at=at,
    )
    recruitment.save_draft(application, fields=_own_answers(rowan), by=rowan, at=at)
    _reference, token = recruitment.ask_reference(
        application,
        name="Dr Linnet Farrier",
        email="referee@demo.invalid",
        relation="Tutor at university",
        by=rowan,
        at=at,
    )
    story.scene.reference_token = token
    story.scene.save(update_fields=["reference_token"])


def apply(story: Story, at: datetime) -> None:
    """Bring the applications mission by mission, each by its own coordinator."""
    crowd = people(applicants_wanted(story), start=1, kind="applicant", chance=story.chance)
    turn = {country: cycle(codes) for country, codes in missions_in_use(story).items()}
    by_mission: dict[str, list[Invented]] = defaultdict(list)
    for person in crowd:
        by_mission[next(turn[person.country])].append(person)
    of_a_hundred = story.marginals.of("couple")["pairs"]
    brought = 0
    for done, (mission, some) in enumerate(sorted(by_mission.items()), start=1):
        pairs = _share(of_a_hundred, brought + len(some)) - _share(of_a_hundred, brought)
        _bring(story, mission, some, at=at, pairs=pairs)
        brought += len(some)
        story.far(done, len(by_mission))


def withdraw_some(story: Story, at: datetime) -> None:
    """Let a few applicants withdraw in a letter to their mission."""
    for mission in story.missions():
        officer = officer_of(mission.code)
        mine = applications_for(officer).filter(mission=mission, state="submitted")
        keyed = mine.exclude(keyed_by=None).order_by("number").values_list("pk", flat=True)
        chosen = list(keyed)[WITHDRAWN_OF_A_HUNDRED :: 100 // WITHDRAWN_OF_A_HUNDRED]
        for one in mine.filter(pk__in=chosen).order_by("number") if chosen else ():
            recruitment.withdraw(one, by=officer, at=at)


def submit_own(story: Story, at: datetime) -> None:
    """Let the demo's applicant hand in."""
    rowan = story.cast["applicant"]
    recruitment.submit(applications_for(rowan).get(person=rowan), by=rowan, at=at)


def come_late(story: Story, at: datetime) -> None:
    """Bring the applications of the mission that starts late; its papers are half checked.

    The cast's own reader and interviewer help out there.
    """
    for slug in ("reader", "interviewer"):
        (part,) = [one for one in CAST if one.slug == slug]
        open_seat(
            story.cast[slug],
            office=offices_by_code(OfficeKind.MISSION)[LATE],
            role=part.role or Role.READER,
            starts_on=at.date(),
            by=story.cast["operator"],
            at=at,
        )
    wanted = [("GB", "ALT", LATE_APPLICATIONS)]
    crowd = people(wanted, start=1, kind="late", chance=story.chance)
    _bring(story, LATE, crowd, at=at)
    officer = officer_of(LATE)
    mine = applications_for(officer).filter(mission__code=LATE).order_by("number")
    incomplete, _unchecked, *others = list(mine)
    recruitment.find_incomplete_many([incomplete], by=officer, at=at)
    story.do(recruitment.complete_many, others, by=officer, at=at)


def post_papers(story: Story, at: datetime) -> None:
    """Let two paper applications reach the cast's own mission after its round is over."""
    wanted = [("GB", "ALT", PAPERS)]
    _bring(story, MISSION, people(wanted, start=1, kind="paper", chance=story.chance), at=at)


def officer_of(mission: str) -> Person:
    """Give the coordinator who acts for a mission: the cast's own, or the mission's officer."""
    return officers_of(offices_by_code(OfficeKind.MISSION)[mission], Role.MISSION)[0]


def _share(of_a_hundred: int, count: int) -> int:
    """Take a share of a number of people, rounded up, so that a small demo has one as well."""
    return -(-of_a_hundred * count // 100)


def _bring(
    story: Story, mission: str, crowd: list[Invented], *, at: datetime, pairs: int = 0
) -> None:
    prefectures = [f"{number:02}" for number in range(1, 48)]
    rows = [
        application_row(one, mission=mission, prefectures=prefectures, chance=story.chance)
        for one in crowd
    ]
    couple(rows, pairs=pairs)
    name = f"applications-{mission}-{at:%m%d}"
    story.bring("applications", rows, name=name, by=officer_of(mission), at=at)


def _own_answers(rowan: Person) -> dict[str, object]:
    """Say what the demo's applicant has written so far."""
    prefectures = prefectures_by_code()
    return {
        "family_name": rowan.family_name,
        "given_name": rowan.given_name,
        "date_of_birth": date(2000, 5, 17),
        "telephone": "+44 20 7946 0000",
        "address": "1 Estuary Walk, Harbourton",
        "university": "University of the Estuary",
        "major": "Geography",
        "degree_on": date(2022, 7, 1),
        "statement": STATEMENT,
        "driving_licence": True,
        "wish_1": prefectures["31"],
        "wish_2": prefectures["32"],
        "wish_3": prefectures["33"],
        "setting": Setting.RURAL.value,
        "interview_place": offices_by_code(OfficeKind.MISSION)[MISSION].places.first(),
    }
