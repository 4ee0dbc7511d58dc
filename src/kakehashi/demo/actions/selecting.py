"""From the papers to the results: checked, read, interviewed, decided, told, replied to."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from random import Random

from kakehashi.demo.actions.numbers import resolve
from kakehashi.demo.actions.recruiting import officer_of
from kakehashi.demo.actions.story import Story
from kakehashi.demo.rules import LATE, MISSION, YEAR
from kakehashi.directory.models import Office, Person
from kakehashi.directory.queries import officers_of, offices_by_code
from kakehashi.directory.rules import OfficeKind, Role
from kakehashi.recruitment import actions as recruitment
from kakehashi.recruitment.models import Application
from kakehashi.recruitment.queries import applications_for
from kakehashi.selection import actions as selection
from kakehashi.selection.models import Round
from kakehashi.selection.queries import results_for, rounds_for

UNREAD = 12  # copies that the cast's reader still has before them
UNMET = 15  # sheets that the cast's interviewer still has to fill in
UNCHECKED = 3  # applications whose papers the cast's mission has not looked at yet
INCOMPLETE_EACH = 40  # of so many applications one lacks a paper
SILENT_EACH, DECLINING_EACH = 50, 30  # of so many who are told one does not reply, one declines


def check_papers(story: Story, at: datetime) -> None:
    """Find papers complete or missing; a few at the cast's mission are still unopened."""
    missions = story.missions()
    for done, mission in enumerate(missions, start=1):
        officer = officer_of(mission.code)
        mine = applications_for(officer).filter(mission=mission, state="submitted")
        rows = list(mine.order_by("number"))
        if mission.code == MISSION:
            own = [one for one in rows if _is_own(one)]
            rows = [*_without_some(rows, UNCHECKED), *own]
        missing = rows[INCOMPLETE_EACH - 1 :: INCOMPLETE_EACH]
        whole = [one for one in rows if one not in missing]
        if missing:
            story.do(recruitment.find_incomplete_many, missing, by=officer, at=at)
        story.do(recruitment.complete_many, whole, by=officer, at=at)
        story.far(done, len(missions))


def read(story: Story, at: datetime) -> None:
    """Assign readers and bring their scores; the cast's reader has some copies left."""
    missions = story.missions()
    for done, mission in enumerate(missions, start=1):
        officer, reader = officer_of(mission.code), _at(mission, Role.READER)
        rows = _complete(officer, mission)
        selection.assign(rows, readers=[reader], each=1, by=officer, at=at)
        if mission.code == MISSION:
            rows = _without_some(rows, UNREAD)
        _bring_scores(story, officer, rows, {"screening": reader}, at)
        story.far(done, len(missions))


def read_late(story: Story, at: datetime) -> None:
    """Assign the late mission's applications to the cast's reader, and open its round."""
    mission = offices_by_code(OfficeKind.MISSION)[LATE]
    officer = officer_of(LATE)
    rows = _complete(officer, mission)
    selection.assign(rows, readers=[story.cast["reader"]], each=1, by=officer, at=at)
    selection.open_round(story.year, mission, by=officer, at=at)


def interview(story: Story, at: datetime) -> None:
    """Bring the interviewers' sheets; the cast's interviewer has some left."""
    missions = story.missions()
    for done, mission in enumerate(missions, start=1):
        officer, judge = officer_of(mission.code), _at(mission, Role.INTERVIEWER)
        rows = _complete(officer, mission)
        if mission.code == MISSION:
            rows = _without_some(rows, UNMET)
        _bring_scores(story, officer, rows, {"interview": judge}, at)
        story.far(done, len(missions))


def finish_scores(story: Story, at: datetime) -> None:
    """Bring what the cast's reader and interviewer had left, and open the last papers."""
    officer, mission = story.cast["mission"], offices_by_code(OfficeKind.MISSION)[MISSION]
    rows = _complete(officer, mission)
    unread = [one for one in rows if one.screenings.filter(state="assigned").exists()]
    unmet = [one for one in rows if not one.interview_scores.exists()]
    _bring_scores(story, officer, unread, {"screening": story.cast["reader"]}, at)
    _bring_scores(story, officer, unmet, {"interview": story.cast["interviewer"]}, at)


def release_results(story: Story, at: datetime) -> None:
    """Propose, have the council decide, preview, count, release: every mission but the last."""
    missions = story.missions()[:-1]
    for done, mission in enumerate(missions, start=1):
        row = _proposed(story, mission, at)
        _release(story, row, f"{YEAR}-R{done}", at)
        story.far(done, len(missions))


def propose_last(story: Story, at: datetime) -> None:
    """Propose the results of the last mission, and put them before the council."""
    _proposed(story, story.missions()[-1], at)


def release_last(story: Story, at: datetime) -> None:
    """Have the council decide about the last mission too, and release."""
    missions = story.missions()
    row = rounds_for(story.cast["mofa"]).get(year=story.year, mission=missions[-1])
    _release(story, row, f"{YEAR}-R{len(missions)}", at)


def _proposed(story: Story, mission: Office, at: datetime) -> Round:
    officer = officer_of(mission.code)
    row = selection.open_round(story.year, mission, by=officer, at=at)
    selection.decide(row, by=officer, at=at)
    row.refresh_from_db()
    return row


def _release(story: Story, row: Round, number: str, at: datetime) -> None:
    mofa, officer = story.cast["mofa"], officer_of(row.mission.code)
    resolve(story.cast, row.key, "results", number, by="mofa", at=at)
    batch = selection.draft_results(row, by=officer, at=at)
    count = batch.letters.filter(cancelled_at=None).count()
    row = rounds_for(mofa).get(pk=row.pk)
    selection.release(row, count=count, by=mofa, at=at)


def reply(story: Story, at: datetime) -> None:
    """Note the paper replies of most; the demo's applicant replies by hand."""
    missions = story.missions()
    for done, mission in enumerate(missions, start=1):
        officer = officer_of(mission.code)
        told = results_for(officer).filter(round__mission=mission, state="told")
        some = told.exclude(outcome="not_selected").order_by("pk")
        rows = list(some.exclude(application__person=story.cast["applicant"]))
        silent = rows[SILENT_EACH - 1 :: SILENT_EACH]
        declining = rows[DECLINING_EACH - 1 :: DECLINING_EACH]
        for one in declining:
            selection.decline(one, by=officer, at=at)
        others = [one for one in rows if one not in [*silent, *declining]]
        story.do(selection.accept_many, others, by=officer, at=at)
        story.far(done, len(missions))


def reply_oneself(story: Story, at: datetime) -> None:
    """Let the demo's applicant accept the result, if there is something to accept."""
    rowan = story.cast["applicant"]
    for result in results_for(rowan).filter(application__person=rowan, state="told"):
        if result.outcome != "not_selected":
            selection.accept(result, by=rowan, at=at)


def reply_late(story: Story, at: datetime) -> None:
    """Note the replies that came after the run; those people wait for the next one."""
    for mission in story.missions():
        officer = officer_of(mission.code)
        told = results_for(officer).filter(round__mission=mission, state="told")
        rows = told.exclude(outcome="not_selected").order_by("pk")
        story.do(selection.accept_many, rows, by=officer, at=at)


def _complete(officer: Person, mission: Office) -> list[Application]:
    mine = applications_for(officer).filter(mission=mission, state="complete")
    return list(mine.order_by("number"))


def _without_some(rows: Sequence[Application], number: int) -> list[Application]:
    """Leave out the last few, and whoever is of the cast; at least half are kept."""
    others = [one for one in rows if not _is_own(one)]
    return others[: max(len(others) - number, len(others) // 2)]


def _at(mission: Office, role: Role) -> Person:
    """Give the one who holds a role at a mission: the cast's own, or the mission's officer."""
    return officers_of(mission, role)[0]


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
        name = f"scores-{applications[0].mission.code}-{'-'.join(judges)}-{at:%m%d}"
        story.bring("scores", rows, name=name, by=officer, at=at)


def _score(
    application: Application, kind: str, judge: Person, held_on: str, chance: Random
) -> dict[str, str]:
    points = 88 if _is_own(application) else min(100, max(20, round(chance.gauss(64, 14))))
    return {
        "application": application.number,
        "kind": kind,
        "person_email": judge.email,
        "points": str(points),
        "japanese_level": application.japanese_level if kind == "interview" else "",
        "comment": "",
        "held_on": held_on,
    }


def _is_own(application: Application) -> bool:
    return application.person.email == "applicant@demo.invalid"
