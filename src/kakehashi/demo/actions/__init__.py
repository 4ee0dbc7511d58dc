"""Make the demo: a whole invented year, told by running the officers' own actions."""

from datetime import datetime
from pathlib import Path
from random import Random

from kakehashi.demo.actions.acts import ACTS
from kakehashi.demo.actions.stage import take_stock
from kakehashi.demo.actions.story import Silence, Story, Teller
from kakehashi.demo.models import Scene
from kakehashi.demo.rules import MOMENTS, Stage, read
from kakehashi.directory.models import Person
from kakehashi.kernel import clock, jobs
from kakehashi.kernel.scope import unscoped
from kakehashi.kernel.trail import lay_anchor, record

PASSWORD = "over-the-bridge"  # noqa: S105 -- shown on the demo's sign-in page


@unscoped("a demo is made before anybody is there to see it")
def load(
    *,
    people: int,
    stage: Stage,
    pack: Path,
    seed: str = "kakehashi",
    teller: Teller | None = None,
    told_as: type[Story] = Story,
) -> Scene:
    """Make a demo up to a stage in an empty database; the teller hears each act.

    The same numbers and seed make the same year.
    """
    scene = Scene.objects.create(
        people=people, stage=stage, password=PASSWORD, moment=MOMENTS[stage]
    )
    marginals = read(pack, people=people)
    story = told_as(people, seed, scene, marginals, pack, teller or Silence())
    tell(story, stage)
    clock.live_at(MOMENTS[stage])
    lay_anchor(at=MOMENTS[stage])
    Scene.objects.filter(pk=scene.pk).update(is_finished=True)
    scene.refresh_from_db()
    return scene


def tell(story: Story, stage: Stage) -> None:
    """Play every act up to a stage; work that an act leaves in the queue is done after it."""
    stages = list(Stage)
    played = [
        act
        for act in ACTS
        if act.stage == stage
        or (stages.index(act.stage) < stages.index(stage) and not act.is_last_of_its_stage)
    ]
    told: Stage | None = None
    for number, act in enumerate(played, start=1):
        if act.stage != told:
            take_stock()
            told = act.stage
        story.teller.begin(act, number, len(played))
        story.chance = Random(f"{story.seed}/{act.play.__name__}")
        clock.live_at(act.at)
        act.play(story, act.at)
        jobs.drain()
        story.teller.end()
    take_stock()


def enter_as(person: Person, *, at: datetime) -> None:
    """Note that a visitor of the demo signs in as this person."""
    record(person.key, "sign_in_as", by="anonymous", at=at)
