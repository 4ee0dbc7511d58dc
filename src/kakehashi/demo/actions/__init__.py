"""Make the demo: a whole invented year, told by running the officers' own actions."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from random import Random

from kakehashi.demo.actions import cast as players
from kakehashi.demo.actions import first_half, ground, second_half
from kakehashi.demo.models import Scene
from kakehashi.demo.rules import CAST, MOMENTS, TOKYO, YEAR, Stage
from kakehashi.directory.models import Person
from kakehashi.directory.queries import offices_by_code
from kakehashi.home.actions import set_up
from kakehashi.intake import actions as intake
from kakehashi.intake.models import ProgrammeYear
from kakehashi.kernel import clock, jobs
from kakehashi.kernel.scope import unscoped
from kakehashi.kernel.trail import lay_anchor, record

PASSWORD = "over-the-bridge"  # noqa: S105 -- shown on the demo's sign-in page
NEWCOMERS = 0.34  # of all who serve at the end of the year
Tell = Callable[[str], None]


def _quietly(_step: str) -> None:
    """Tell nobody."""


@dataclass
class Story:
    """What the telling needs from one stage to the next."""

    people: int
    chance: Random
    scene: Scene
    cast: dict[str, Person]
    organisations: list[dict[str, str]]
    year: ProgrammeYear

    @property
    def newcomers(self) -> int:
        """Say how many newcomers the year invites."""
        return max(round(self.people * NEWCOMERS), 12)


@unscoped("a demo is made before anybody is there to see it")
def load(
    *, people: int, stage: Stage, pack: Path, seed: str = "kakehashi", tell: Tell = _quietly
) -> Scene:
    """Make a demo up to a stage in an empty database; `tell` hears each step.

    The same numbers and seed make the same year.
    """
    scene = Scene.objects.create(
        people=people, stage=stage, password=PASSWORD, moment=MOMENTS[stage]
    )
    story = _ground(people, Random(seed), scene, pack, tell)
    for step in STEPS[: list(Stage).index(stage) + 1]:
        step(story, tell)
    clock.live_at(MOMENTS[stage])
    jobs.drain()
    lay_anchor(at=MOMENTS[stage])
    Scene.objects.filter(pk=scene.pk).update(is_finished=True)
    scene.refresh_from_db()
    return scene


def enter_as(person: Person, *, at: datetime) -> None:
    """Note that a visitor of the demo signs in as this person."""
    record(person.key, "sign_in_as", by="anonymous", at=at)


def _moment(year: int, month: int, day: int) -> datetime:
    at = datetime(year, month, day, 10, 0, tzinfo=TOKYO)
    clock.live_at(at)
    return at


def _ground(people: int, chance: Random, scene: Scene, pack: Path, tell: Tell) -> Story:
    at = _moment(2026, 8, 25)
    tell("programme pack, offices and people")
    set_up(pack, at=at)
    cast = players.enter(password=PASSWORD, at=at)
    here = offices_by_code()
    early = [part.slug for part in CAST if part.office in here]
    players.seat(cast, early, at=at)
    count = max(8, people // ground.PEOPLE_EACH)
    rows = ground.organisations(cast, count, chance=chance, at=at)
    missions = sorted(
        {code for codes in first_half.missions_in_use().values() for code in codes}
    )
    ground.officers(cast, rows, missions, at=at)
    year = intake.create_year(YEAR, folder=pack, by=cast["mic"], at=at)
    story = Story(people, chance, scene, cast, rows, year)
    ground.serving(cast, rows, people - story.newcomers, chance=chance, at=at)
    jobs.drain()
    return story


def _plan(story: Story, tell: Tell) -> None:
    tell("plan")
    at = _moment(2026, 9, 10)
    intake.open_year(story.year, by=story.cast["mic"], at=at)
    first_half.draft_numbers(story.cast, story.year, story.newcomers, at=at)


def _recruitment(story: Story, tell: Tell) -> None:
    tell("recruitment")
    cast, at = story.cast, _moment(2026, 9, 17)
    plan = story.year.plans.latest("number")
    first_half.release_numbers(cast, plan, at=at)
    at = _moment(2026, 10, 20)
    scene = story.scene
    scene.reference_token = first_half.start_own_application(cast, story.year, at=at)
    scene.save(update_fields=["reference_token"])
    first_half.apply(story.newcomers, chance=story.chance, at=at)
    jobs.drain()


def _selection(story: Story, tell: Tell) -> None:
    tell("selection")
    cast = story.cast
    first_half.submit_own(cast, at=_moment(2026, 11, 10))
    first_half.check_and_read(cast, story.year, chance=story.chance, at=_moment(2027, 1, 12))
    jobs.drain()


def _placement(story: Story, tell: Tell) -> None:
    tell("results, requests")
    cast, year = story.cast, story.year
    second_half.ask(
        cast,
        year,
        story.organisations,
        story.newcomers + 6,
        chance=story.chance,
        at=_moment(2027, 1, 28),
    )
    first_half.finish_scores(cast, year, chance=story.chance, at=_moment(2027, 2, 12))
    first_half.release_results(cast, year, at=_moment(2027, 4, 1))
    jobs.drain()
    first_half.reply(cast, year, at=_moment(2027, 4, 12))
    second_half.limit(cast, year, at=_moment(2027, 4, 13))
    jobs.drain()


def _arrival(story: Story, tell: Tell) -> None:
    tell("placement run and notices")
    cast, year = story.cast, story.year
    first_half.reply_oneself(cast, at=_moment(2027, 4, 17))
    second_half.place(cast, year, at=_moment(2027, 5, 10))
    second_half.agree(cast, year, at=_moment(2027, 5, 24))
    second_half.expect(cast, year, at=_moment(2027, 6, 10))
    jobs.drain()


def _appointment(story: Story, tell: Tell) -> None:
    tell("census, arrivals, appointments")
    cast, year = story.cast, story.year
    second_half.count_everyone(cast, date(2027, 7, 1), at=_moment(2027, 7, 2))
    second_half.receive(cast, year)
    at = _moment(2027, 8, 9)
    second_half.count_everyone(cast, date(2027, 8, 9), at=at)
    intake.clone_year(year, by=cast["mic"], at=at)
    jobs.drain()


STEPS = (_plan, _recruitment, _selection, _placement, _arrival, _appointment)
