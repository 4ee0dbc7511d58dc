"""Runs of the engine: started, stopped, set aside; and the job that builds, solves and checks."""

import secrets
import time
from datetime import datetime
from hashlib import sha256
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext

from kakehashi.directory.models import Person
from kakehashi.directory.queries import officers_everywhere
from kakehashi.directory.rules import Role
from kakehashi.intake.models import ProgrammeYear, Wave
from kakehashi.kernel import clock, jobs
from kakehashi.kernel.clock import TOKYO
from kakehashi.kernel.lifecycle import MoveNotAllowed
from kakehashi.kernel.models import JobRun, Kind
from kakehashi.kernel.outbox import Draft, post
from kakehashi.kernel.scope import unscoped
from kakehashi.kernel.trail import record, record_many
from kakehashi.matching import read_market, read_plan, verify
from kakehashi.matching import solve as solve_market
from kakehashi.matching.market import level_names
from kakehashi.placement.actions.candidates import throw_away_drafts
from kakehashi.placement.actions.results import placements_of, summary_of
from kakehashi.placement.letters import RunSolved
from kakehashi.placement.lifecycle import RunState
from kakehashi.placement.models import Placement, Rejection, Run, Weight
from kakehashi.placement.policy import policy
from kakehashi.placement.queries import market_of
from kakehashi.placement.rules import WEIGHTS, commitment
from kakehashi.placement.writing import language_of

if TYPE_CHECKING:
    from kakehashi.matching.search import Progress  # loads the optimiser: half a second

SYSTEM = "system:placement"
COMMITTEE = (Role.CLAIR_PLACEMENT, Role.PLACEMENT_COMMITTEE)
BEFORE, AFTER = 1, 2  # steps around the levels: build; check and store
BEAT = 10  # relaxations between two looks at whether somebody asked to stop
LONGEST = 200  # seconds for solving: the queue takes a worker away that needs 300


class WeightsMissing(ValueError):
    """A run needs every weight it works with."""


class RunGoingOn(ValueError):
    """One run of a year is computed at a time."""


@transaction.atomic
def start_run(  # noqa: PLR0913 -- a year, for whom, near which run, and by whom and when
    year: ProgrammeYear,
    *,
    by: Person,
    at: datetime,
    wave: Wave | None = None,
    with_alternates: bool = False,
    near: Run | None = None,
    seed: str = "",
) -> Run:
    """Ask for a run: its seed is drawn and committed now, before the market is built.

    Among plans that are equally good, a run `near` another moves the fewest people from it.

    The commitment (SHA-256 of salt and seed) stands in the trail as the name of a thing.  `seed`
    is for the demonstration and for replay; officers cannot choose it.
    """
    policy.require(by, "start_run", year)
    _require_weights()
    number = _next_number(year)
    salt, seed = secrets.token_hex(16), seed or secrets.token_hex(16)
    run = Run.objects.create(
        year=year,
        number=number,
        wave=wave,
        near=near,
        with_alternates=with_alternates,
        seed=seed,
        salt=salt,
        seed_commitment=commitment(seed, salt),
        started_by=by,
        started_at=at,
    )
    run.job = jobs.enqueue(
        compute, run.pk, at=at, key=f"placement-run:{run.pk}", by=by, about=run.key
    )
    run.save(update_fields=["job"])
    deeds = [(run.key, "start_run"), (f"placement.seed/{run.seed_commitment}", "commit_seed")]
    record_many(deeds, by=by, at=at)
    return run


def _require_weights() -> None:
    if missing := sorted(set(WEIGHTS) - set(_weights())):
        words = gettext("These weights are missing: %(codes)s. Load the programme pack first.")
        raise WeightsMissing(words % {"codes": ", ".join(missing)})


@unscoped("runs of a year are numbered, whoever starts them")
def _next_number(year: ProgrammeYear) -> int:
    ProgrammeYear.objects.select_for_update().get(pk=year.pk)
    runs = Run.objects.filter(year=year)
    if runs.filter(state=RunState.WAITING).exists():
        raise RunGoingOn(
            gettext("A run of this year is being computed; wait for it or stop it.")
        )
    return runs.count() + 1


@unscoped("a run weighs every wish by the same table")
def _weights() -> dict[str, int]:
    return dict(Weight.objects.values_list("code", "value"))


@transaction.atomic
def stop(run: Run, *, by: Person, at: datetime) -> None:
    """Ask the engine to end with the best plan it has; that plan will not be proved."""
    policy.require(by, "stop", run)
    if run.state != RunState.WAITING or run.job is None:
        raise MoveNotAllowed(gettext("This run is not being computed any more."))
    jobs.ask_to_stop(run.job, at=at)
    record(run.key, "stop", by=by, at=at)


@transaction.atomic
def discard(run: Run, *, by: Person, at: datetime) -> None:
    """Set a run aside; its drafted notices are thrown away and nobody was told anything."""
    policy.require(by, "discard", run)
    if run.job and run.state == RunState.WAITING:
        jobs.ask_to_stop(run.job, at=at)
    throw_away_drafts(run, by=by, at=at)
    run.move("discard", by=by, at=at)


@jobs.job
@unscoped("the engine places everybody, whoever asked for the run")
def compute(job: JobRun, run_id: int) -> None:
    """Build the market, solve it, check the plan, keep both; done again after a crash."""
    run = Run.objects.select_related("year", "wave").get(pk=run_id)
    if run.state != RunState.WAITING:
        return
    try:
        if not run.market:
            jobs.progress(job, done=0, total=0, step="build")
            _build(run)
        _solve(run, _Watch(job))
    except MoveNotAllowed:
        return  # somebody has set the run aside meanwhile: nothing of it is kept
    except (Exception, SystemExit) as error:  # the queue ends what takes too long by SystemExit
        run.refresh_from_db()
        if run.state == RunState.WAITING:
            run.move("fail", by=SYSTEM, at=_now(), failure=type(error).__name__)
        raise


def _now() -> datetime:
    """Read the clock for the worker, which hands no time in."""
    return clock.now()  # house: looks_at_the_clock -- the queue calls this job, no door does


class _Watch:
    """Tells the page how far the engine is, and the engine whether somebody said stop."""

    def __init__(self, job: JobRun) -> None:
        self.job = job
        self.levels: list[str] = []
        self.stopped = False
        self.beats = 0
        self.last = ""
        self.until = time.monotonic() + LONGEST

    def is_over(self) -> bool:
        """Say whether to end with the best plan so far: somebody asked, or it took too long."""
        return self.stopped or time.monotonic() > self.until

    def hear(self, news: "Progress") -> None:
        """Note the level at each change, and look for a stop every few relaxations."""
        self.beats += 1
        if news.level != self.last or self.beats % BEAT == 0:
            self.last = news.level
            done = self.levels.index(news.level) if news.level in self.levels else 0
            self.say(BEFORE + done, f"level:{news.level}")

    def say(self, done: int, step: str) -> None:
        """Note a step; a stop is remembered, so that the best plan so far is kept."""
        try:
            jobs.progress(
                self.job, done=done, total=BEFORE + len(self.levels) + AFTER, step=step
            )
        except jobs.Stopped:
            self.stopped = True


@transaction.atomic
def _build(run: Run) -> None:
    """Write down the market and what was kept apart, so that a second try solves the same."""
    built = market_of(run, _weights())
    market = read_market(built.data)
    run.market = built.data.decode()
    run.market_sha256 = _sha256(built.data)
    run.counts = built.counts | {"levels": list(level_names(market))}
    run.save(update_fields=["market", "market_sha256", "counts"])
    Rejection.objects.bulk_create(
        [
            Rejection(run=run, application_id=pk, rule=rule, requests=requests)
            for pk, rule, requests in built.rejections
        ],
        batch_size=500,
    )


def _solve(run: Run, watch: _Watch) -> None:
    market_bytes = run.market.encode()
    watch.levels = run.counts["levels"]
    watch.say(BEFORE, "solve")
    market = read_market(market_bytes)
    plan = solve_market(market, progress=watch.hear, stop=watch.is_over)
    watch.say(BEFORE + len(watch.levels), "verify")
    plan_bytes = plan.to_bytes()
    verdict = verdict_of(market_bytes, plan_bytes)
    watch.say(BEFORE + len(watch.levels) + 1, "store")
    _store(run, plan_bytes, verdict, summary_of(market, plan))


@transaction.atomic
def _store(
    run: Run, plan_bytes: bytes, verdict: dict[str, object], summary: dict[str, object]
) -> None:
    """Keep the plan with one placement for each person it places, all or nothing."""
    plan = read_plan(plan_bytes)
    found = placements_of(run, plan)
    Placement.objects.bulk_create(found, batch_size=2000)
    _tell_the_committee(run)
    run.move(
        "solve",
        by=SYSTEM,
        at=_now(),
        plan=plan_bytes.decode(),
        is_proved=plan.proved,
        verdict=verdict,
        counts=run.counts | summary,
        solved_at=_now(),
    )


def _tell_the_committee(run: Run) -> None:
    """Write to CLAIR and the committee that the run lies before them; once for each run."""
    letter = RunSolved(number=run.number, year=run.year.year)
    for person in officers_everywhere(*COMMITTEE, on=_now().astimezone(TOKYO).date()):
        draft = Draft(
            letter=letter,
            to=person,
            language=language_of(person),
            about=run.key,
            once=f"solved:{run.pk}",
        )
        post(draft, at=_now())


def verdict_of(market_bytes: bytes, plan_bytes: bytes) -> dict[str, object]:
    """Ask the independent check, and keep its three lines and its answer."""
    found = verify(market_bytes, plan_bytes)
    return {
        "sound": found.sound,
        "feasible": not found.broken,
        "levels": not found.wrong,
        "optimality": found.optimality,
        "lines": list(found.lines()),
    }


def _sha256(data: bytes) -> str:
    return sha256(data).hexdigest()


@transaction.atomic
def open_sealed(run: Run, *, by: Person, at: datetime) -> None:
    """Write down that somebody takes the sealed market and plan away; do it before they leave."""
    policy.require(by, "open_sealed", run)
    record(run.key, "open_sealed", by=by, at=at, kind=Kind.VIEW)
