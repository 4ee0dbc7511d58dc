"""What waits for whom at each stage at which a demo can stop."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings

from kakehashi.demo.actions import load
from kakehashi.demo.actions.story import Act, Silence
from kakehashi.demo.rules import BY_SLUG, MOMENTS, Stage
from kakehashi.directory.queries import people_by_email
from kakehashi.home.views.today import reader_of
from kakehashi.kernel import clock
from kakehashi.web import offers

WAITING = {
    Stage.PLAN: "applicant clair-placement mic mofa",
    Stage.RECRUITMENT: "applicant mic mission",
    Stage.SELECTION: "interviewer mic mission reader",
    Stage.PLACEMENT: ("applicant clair-placement co host interviewer mic mission mofa reader"),
    Stage.ARRIVAL: (
        "applicant clair-placement co committee-placement host interviewer mic mission mofa "
        "reader"
    ),
    Stage.APPOINTMENT: (
        "applicant clair-placement co committee-placement host interviewer mic mission mofa "
        "reader"
    ),
}


class Watcher(Silence):
    """Looks, at the end of every stage, for whom something waits."""

    def __init__(self) -> None:
        self.stage: Stage | None = None
        self.found: dict[Stage, set[str]] = {}

    def begin(self, act: Act, *_counts: int) -> None:
        """Look at the stage that ends where the next one begins."""
        if self.stage not in {None, act.stage}:
            self.look()
        self.stage = act.stage

    def look(self) -> None:
        """Note who has something to do."""
        assert self.stage is not None
        at = MOMENTS[self.stage]
        clock.live_at(at)
        people = people_by_email([part.email for part in BY_SLUG.values()])
        self.found[self.stage] = {
            slug
            for slug, part in BY_SLUG.items()
            if list(offers.work_for(reader_of(people[part.email], at=at)))
        }


@pytest.mark.django_db
def test_every_stage_leaves_something_to_do_for_those_whose_part_it_is(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(settings, "KAKEHASHI_HOME", tmp_path)
    monkeypatch.setattr("kakehashi.kernel.clock._shift", timedelta(0))
    watcher = Watcher()

    load(people=12, stage=Stage.APPOINTMENT, pack=settings.KAKEHASHI_PACK, teller=watcher)
    watcher.look()

    missed = {
        stage: sorted(set(slugs.split()) - watcher.found[stage])
        for stage, slugs in WAITING.items()
    }
    assert missed == {stage: [] for stage in Stage}
