"""From the numbers to the results: the plan, the applications, the scores, the release."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime
from random import Random

from kakehashi.councils.actions import adopt
from kakehashi.councils.queries import council_for
from kakehashi.demo.actions.story import Story
from kakehashi.demo.rules import (
    MISSION,
    STATEMENT,
    TOKYO,
    YEAR,
    application_row,
    couple,
    people,
    quota,
)
from kakehashi.directory.models import Office, Person
from kakehashi.directory.queries import (
    countries_by_code,
    missions_of,
    officers_of,
    offices_by_code,
    prefectures_by_code,
)
from kakehashi.directory.rules import Role
from kakehashi.intake import actions as intake
from kakehashi.intake.models import ProgrammeYear
from kakehashi.intake.queries import positions_by_code
from kakehashi.recruitment import actions as recruitment
from kakehashi.recruitment.models import Application
from kakehashi.recruitment.queries import applications_for
from kakehashi.recruitment.rules import Setting
from kakehashi.selection import actions as selection
from kakehashi.selection.queries import results_for, rounds_for

Cast = Mapping[str, Person]
APPLICANTS_EACH = 2.2  # for each place


def missions_in_use() -> dict[str, list[str]]:
    """Give the codes of the missions that recruit in each of the demo's countries."""
    countries = countries_by_code()
    found = {}
    for code in quota(0):
        rows = missions_of(countries[code]).order_by("code")[:3]
        found[code] = [mission.code for mission in rows]
    return found


def open_year(story: Story, at: datetime) -> None:
    """Open the year for which people are to be invited."""
    intake.open_year(story.year, by=story.cast["mic"], at=at)


def draft_numbers(story: Story, at: datetime) -> None:
    """Bring the invitation plan as MIC's table: a draft, with its author and reason."""
    newcomers = story.newcomers
    origin_positions = {"CN": "CIR", "KR": "CIR", "DE": "CIR"}
    rows = []
    for country, seats in quota(newcomers).items():
        first = (seats + 1) // 2
        for wave, number in (("a", first), ("b", seats - first)):
            if number:
                rows.append(
                    {
                        "year": str(story.year.year),
                        "country": country,
                        "position": origin_positions.get(country, "ALT"),
                        "wave": wave,
                        "seats": str(number),
                    }
                )
    story.bring("plan", rows, by=story.cast["mic"], at=at)


def resolve(cast: Cast, about: str, kind: str, number: str, *, by: str, at: datetime) -> None:
    """Record the council's resolution about one thing."""
    council = council_for(kind)
    if council is None:
        raise LookupError(f"no council decides {kind}")
    adopt(
        council,
        number=number,
        adopted_on=at.date(),
        about=about,
        text_en=f"The council adopts the proposal laid before it ({number}).",
        text_ja=f"提出された案を原案のとおり決定する（{number}）。",
        by=cast[by],
        at=at,
    )


def release_numbers(story: Story, at: datetime) -> None:
    """Submit the plan, have the council decide, release it."""
    cast, plan = story.cast, story.year.plans.latest("number")
    intake.submit_plan(plan, by=cast["mic"], at=at)
    resolve(cast, plan.key, "plan", f"{YEAR}-1", by="mic", at=at)
    plan.refresh_from_db()
    intake.release_plan(plan, by=cast["mic"], at=at)


def start_own_application(story: Story, at: datetime) -> None:
    """Let the demo's applicant begin a draft and ask for a reference; the link is kept."""
    rowan, year = story.cast["applicant"], story.year
    application = recruitment.begin(
        person=rowan,
        year=year,
        mission=offices_by_code()[MISSION],
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


def _own_answers(rowan: Person) -> dict[str, object]:
    """Say what the demo's applicant has written so far."""
    prefectures = prefectures_by_code()
    return {
        "family_name": rowan.family_name,
        "given_name": rowan.given_name,
        "date_of_birth": datetime(2000, 5, 17, tzinfo=TOKYO).date(),
        "telephone": "+44 20 7946 0000",
        "address": "1 Estuary Walk, Harbourton",
        "university": "University of the Estuary",
        "major": "Geography",
        "degree_on": datetime(2022, 7, 1, tzinfo=TOKYO).date(),
        "statement": STATEMENT,
        "driving_licence": True,
        "wish_1": prefectures["31"],
        "wish_2": prefectures["32"],
        "wish_3": prefectures["33"],
        "setting": Setting.RURAL.value,
        "interview_place": offices_by_code()[MISSION].places.first(),
    }


def apply(story: Story, at: datetime) -> None:
    """Bring the applications mission by mission, each by its own coordinator."""
    newcomers, chance = story.newcomers, story.chance
    wanted = round(newcomers * APPLICANTS_EACH)
    invented = people(wanted, start=1, kind="applicant", chance=chance)
    missions = missions_in_use()
    prefectures = sorted(prefectures_by_code())
    by_mission: dict[str, list[dict[str, str]]] = defaultdict(list)
    for person in invented:
        mission = chance.choice(missions[person.origin.code])
        by_mission[mission].append(
            application_row(person, mission=mission, prefectures=prefectures, chance=chance)
        )
    pairs = max(1, newcomers // 40)
    for mission, rows in sorted(by_mission.items()):
        couple(rows, pairs=1 if pairs > 0 and len(rows) > 6 else 0)  # noqa: PLR2004 -- couples are few
        officer = officer_of(mission)
        story.bring("applications", rows, name=f"applications-{mission}", by=officer, at=at)


def officer_of(mission: str) -> Person:
    """Give the coordinator who acts for a mission."""
    return _at(offices_by_code()[mission], Role.MISSION)[0]


def submit_own(story: Story, at: datetime) -> None:
    """Let the demo's applicant hand in."""
    rowan = story.cast["applicant"]
    recruitment.submit(applications_for(rowan).get(person=rowan), by=rowan, at=at)


def check_and_read(story: Story, at: datetime) -> None:
    """Check papers and assign readers; all but the cast's own reader have scored."""
    cast, year = story.cast, story.year
    for mission in _missions_with_applications(cast, year):
        (officer,), (reader,) = _at(mission, Role.MISSION), _at(mission, Role.READER)
        mine = applications_for(officer).filter(year=year, mission=mission)
        story.do(recruitment.complete_many, mine.filter(state="submitted"), by=officer, at=at)
        complete = list(mine.filter(state="complete").order_by("number"))
        selection.assign(complete, readers=[reader], each=1, by=officer, at=at)
        if mission.code != MISSION:
            _bring_scores(story, officer, complete, {"screening": reader}, at)


def finish_scores(story: Story, at: datetime) -> None:
    """Bring the interview scores of every mission, and the reading that was left open."""
    cast, year = story.cast, story.year
    for mission in _missions_with_applications(cast, year):
        (officer,), (judge,) = _at(mission, Role.MISSION), _at(mission, Role.INTERVIEWER)
        mine = applications_for(officer).filter(year=year, mission=mission, state="complete")
        judges = {"interview": judge}
        if mission.code == MISSION:
            judges["screening"] = cast["reader"]
        _bring_scores(story, officer, list(mine.order_by("number")), judges, at)


def release_results(story: Story, at: datetime) -> None:
    """Decide every round, have the council decide, preview, count, release."""
    cast, year = story.cast, story.year
    for index, mission in enumerate(_missions_with_applications(cast, year), start=1):
        officer = _at(mission, Role.MISSION)[0]
        row = selection.open_round(year, mission, by=officer, at=at)
        selection.decide(row, by=officer, at=at)
        row.refresh_from_db()
        resolve(cast, row.key, "results", f"{YEAR}-R{index}", by="mofa", at=at)
        batch = selection.draft_results(row, by=officer, at=at)
        count = batch.letters.filter(cancelled_at=None).count()
        row = rounds_for(cast["mofa"]).get(pk=row.pk)
        selection.release(row, count=count, by=cast["mofa"], at=at)


def reply(story: Story, at: datetime) -> None:
    """Note the paper replies of everyone but the demo's applicant, who replies by hand."""
    cast, year = story.cast, story.year
    for mission in _missions_with_applications(cast, year):
        officer = _at(mission, Role.MISSION)[0]
        told = results_for(officer).filter(round__mission=mission, round__year=year)
        some = told.filter(state="told").exclude(outcome="not_selected")
        others = some.exclude(application__person=cast["applicant"])
        story.do(selection.accept_many, others, by=officer, at=at)


def reply_oneself(story: Story, at: datetime) -> None:
    """Let the demo's applicant accept the result, if there is something to accept."""
    rowan = story.cast["applicant"]
    for result in results_for(rowan).filter(application__person=rowan, state="told"):
        if result.outcome != "not_selected":
            selection.accept(result, by=rowan, at=at)


def _missions_with_applications(cast: Cast, year: ProgrammeYear) -> list[Office]:
    there = applications_for(cast["mofa"]).filter(year=year).values("mission")
    codes = {row["mission"] for row in there}
    return [office for office in offices_by_code().values() if office.pk in codes]


def _at(mission: Office, role: Role) -> list[Person]:
    """Give the one who holds a role at a mission: the cast's own, or the mission's officer."""
    return officers_of(mission, role)[:1]


def _bring_scores(
    story: Story,
    officer: Person,
    applications: list[Application],
    judges: Mapping[str, Person],
    at: datetime,
) -> None:
    rows = [
        _score(one, kind, judge, at.date().isoformat(), story.chance)
        for kind, judge in judges.items()
        for one in applications
    ]
    if applications:
        name = f"scores-{applications[0].mission.code}-{'-'.join(judges)}"
        story.bring("scores", rows, name=name, by=officer, at=at)


def _score(
    application: Application, kind: str, judge: Person, held_on: str, chance: Random
) -> dict[str, str]:
    own = application.person.email == "applicant@demo.invalid"
    points = 88 if own else min(100, max(20, round(chance.gauss(64, 14))))
    return {
        "application": application.number,
        "kind": kind,
        "person_email": judge.email,
        "points": str(points),
        "japanese_level": application.japanese_level if kind == "interview" else "",
        "comment": "",
        "held_on": held_on,
    }
