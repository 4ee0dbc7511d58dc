"""Notices of a run: drafted, read, counted, released all at once, taken back until they are sent."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import partial
from typing import cast

from django.db import transaction
from django.utils.translation import gettext

from kakehashi.approvals.queries import require_approval
from kakehashi.councils.queries import require_resolution
from kakehashi.directory.models import Person
from kakehashi.directory.queries import officers_by_office
from kakehashi.directory.rules import Role
from kakehashi.kernel import outbox
from kakehashi.kernel.clock import TOKYO
from kakehashi.kernel.jobs import enqueue, going_on, in_one_go, job, next_key, progress
from kakehashi.kernel.lifecycle import MoveNotAllowed
from kakehashi.kernel.models import Batch, BatchState, JobRun, Post
from kakehashi.kernel.moving import move_many
from kakehashi.kernel.outbox import Draft
from kakehashi.kernel.scope import unscoped
from kakehashi.kernel.trail import record
from kakehashi.matching import market_sha256, read_market
from kakehashi.placement.actions.candidates import (
    by_mission,
    draft_later,
    release_later,
    throw_away_drafts,
    to_candidates,
    to_missions,
    told_later,
)
from kakehashi.placement.actions.runs import verdict_of
from kakehashi.placement.lifecycle import PlacementState, RunState
from kakehashi.placement.models import Placement, Run
from kakehashi.placement.policy import policy
from kakehashi.placement.queries import (
    batches_for,
    days_to_answer,
    overfull,
    proposed_in,
    told_already,
)
from kakehashi.placement.queries.papers import digest_of
from kakehashi.placement.writing import host_notice, language_of, organisation_notice
from kakehashi.selection.queries import to_be_placed


class NothingToTell(ValueError):
    """Nobody of this run waits for a notice."""


class NoticesOutOfDate(ValueError):
    """Something has changed since the notices were drafted; they must be drafted again."""


class Unproved(ValueError):
    """A plan that was stopped early is released only with a reason."""


class NotSound(ValueError):
    """The stored plan does not pass the independent check; it cannot be released."""


class TakenMeanwhile(ValueError):
    """A person or a seat of this run is given, or about to be given, by another run."""


@transaction.atomic
def draft_notices(run: Run, *, by: Person, at: datetime) -> Batch:
    """Write every letter of the run and leave them waiting; earlier drafts are thrown away.

    Nobody is told of a placement whose person has declined meanwhile, nor alternates, who must
    be upgraded first.
    """
    policy.require(by, "draft_notices", run)
    if run.state != RunState.SOLVED:
        raise MoveNotAllowed(gettext("Only a solved run has notices to draft."))
    throw_away_drafts(run, by=by, at=at)
    placements = _to_tell(run)
    if not placements:
        raise NothingToTell(gettext("This run has nobody to tell."))
    _still_free(run, placements)
    _drafted_alone(run)
    missions = by_mission(placements)
    later = told_later(missions, at)
    same_day = [one for one in placements if one.application.mission not in later]
    title = gettext("Placement notices of run %(number)s, %(year)s")
    batch = outbox.draft_batch(
        [*to_candidates(same_day), *_to_offices(placements, at), *to_missions(missions, at)],
        about=run.key,
        title=title % {"number": run.number, "year": run.year},
        by=by,
        at=at,
    )
    draft_later(run, later, by=by, at=at)
    _keep(run, batch)
    record(run.key, "draft_notices", by=by, at=at)
    return batch


@unscoped("this very row, as it was read")
def _keep(run: Run, batch: Batch) -> None:
    as_seen = Run.objects.filter(pk=run.pk, version=run.version)
    if not as_seen.update(batch=batch, version=run.version + 1):
        raise MoveNotAllowed(gettext("Someone else has moved this on meanwhile."))
    run.refresh_from_db()


@unscoped("one person has one live letter of decision, whichever run drafted it")
def _drafted_alone(run: Run) -> None:
    others = Run.objects.filter(year=run.year, batch__state=BatchState.DRAFT).exclude(pk=run.pk)
    if other := others.first():
        words = gettext("The notices of run %(number)s are drafted; set that run aside first.")
        raise TakenMeanwhile(words % {"number": other.number})


def _to_tell(run: Run) -> list[Placement]:
    """List the proposed placements of people who are still to be placed."""
    still = set(to_be_placed(run.year).values_list("application_id", flat=True))
    return [one for one in proposed_in(run) if one.application_id in still]


def _to_offices(placements: Sequence[Placement], at: datetime) -> Iterable[Draft]:
    days = days_to_answer(at.astimezone(TOKYO).date())
    by_organisation: dict[int, list[Placement]] = defaultdict(list)
    by_host: dict[int, list[Placement]] = defaultdict(list)
    for one in placements:
        by_organisation[one.request.organisation_id].append(one)
        if host := one.request.organisation.parent_id:
            by_host[host].append(one)
    for groups, role, write in (
        (by_organisation, Role.ORGANISATION, partial(organisation_notice, days=days)),
        (by_host, Role.HOST, host_notice),
    ):
        officers = officers_by_office(groups, role)
        for office, some in groups.items():
            for officer in officers[office]:
                language = language_of(officer)
                yield Draft(
                    letter=write(some, language),
                    to=officer,
                    language=language,
                    about=some[0].run.key,
                )


@transaction.atomic
def ask_release_run(
    run: Run, *, count: int, by: Person, at: datetime, reason: str = ""
) -> JobRun:
    """Ask for a release, to be done as one job; what stands against it is said at once.

    Pressed twice it is the same job.  Raises what `release_run` does.
    """
    policy.require(by, "release_run", run)
    key = next_key(run.key)  # before looking: who presses at the same moment takes the same key
    if under_way := going_on(run.key):
        return under_way
    require_resolution(run.key)
    require_approval(run.key, lambda: digest_of(run), by=by, at=at)
    batches = _may_leave(run, reason)
    outbox.require_count(count, *batches)
    _still_drafted(batches, _to_tell(run))
    _note_reason(run, reason.strip())
    ids = (run.pk, run.version, count)
    return enqueue(release_run_asked, *ids, at=at, key=key, by=by, about=run.key)


@unscoped("this very row, as it was read")
def _note_reason(run: Run, reason: str) -> None:
    as_seen = Run.objects.filter(pk=run.pk, version=run.version)
    if not as_seen.update(unproved_reason=reason):
        raise MoveNotAllowed(gettext("Someone else has moved this on meanwhile."))


@job
@unscoped("a job takes a run as the page of whoever asked for it showed it")
def release_run_asked(asked: JobRun, run_id: int, version: int, count: int) -> None:
    """Release as somebody asked, all of it in one transaction, dated when they asked."""
    progress(asked, done=0, total=count, step="release")
    with in_one_go(asked):
        run = Run.objects.select_related("year", "wave", "batch").get(pk=run_id)
        run.version = version
        who, reason = cast("Person", asked.by), run.unproved_reason
        release_run(run, count=count, by=who, at=asked.queued_at, reason=reason)


def _may_leave(run: Run, reason: str) -> list[Batch]:
    """Give the run's batches, its own first, or say why they cannot leave."""
    if run.batch is None or run.state != RunState.SOLVED:
        raise MoveNotAllowed(gettext("Draft the notices first."))
    if not run.is_proved and not reason.strip():
        raise Unproved(
            gettext("Reason: this plan is not proved to be the best; say why it is released.")
        )
    return batches_for(run)


@transaction.atomic
def release_run(run: Run, *, count: int, by: Person, at: datetime, reason: str = "") -> None:
    """Tell everybody: placements and letters in one transaction, or nothing.

    Needs a resolution of the placement committee about this run and, where the office has a route for
    it, its approval of exactly these notices (`NoApproval`); the stored market and plan
    are checked once more, byte for byte.  A plan without a proof needs a reason.
    """
    policy.require(by, "release_run", run)
    require_resolution(run.key)
    require_approval(run.key, lambda: digest_of(run), by=by, at=at)
    batches = _may_leave(run, reason)
    outbox.require_count(count, *batches)
    _check_again(run)
    placements = _to_tell(run)
    _still_free(run, placements)
    _still_drafted(batches, placements)
    own, *later = batches
    outbox.release(own, count=outbox.waiting(own), by=by, at=at)
    release_later(later, by=by, at=at)
    move_many(placements, "tell", by=by, at=at, told_at=at)
    run.move("release_run", by=by, at=at, released_at=at, unproved_reason=reason.strip())


def _check_again(run: Run) -> None:
    market, plan = _sealed(run)
    is_ours = market_sha256(read_market(market)) == run.market_sha256
    if not is_ours or not verdict_of(market, plan)["sound"]:
        raise NotSound(gettext("The stored plan does not pass the check; start a new run."))


@unscoped("what is released is checked byte for byte as it is stored")
def _sealed(run: Run) -> tuple[bytes, bytes]:
    market, plan = Run.objects.values_list("market", "plan").get(pk=run.pk)
    return market.encode(), plan.encode()


def _still_free(run: Run, placements: Sequence[Placement]) -> None:
    if told_already(placements).exists() or overfull(run).exists():
        raise TakenMeanwhile(
            gettext(
                "Another run has told some of these people, or filled some of these seats. Set this run aside and start a new one."
            )
        )


def _still_drafted(batches: Sequence[Batch], placements: Sequence[Placement]) -> None:
    if _told_by(batches) != {one.key for one in placements}:
        raise NoticesOutOfDate(
            gettext("Somebody has declined since the notices were drafted. Draft them again.")
        )


@unscoped("the letters of a run are compared with whom they are to tell")
def _told_by(batches: Sequence[Batch]) -> set[str]:
    live = Post.objects.filter(batch__in=batches, cancelled_at=None).exclude(decision="")
    return set(live.values_list("about", flat=True))


@transaction.atomic
def take_back(run: Run, *, by: Person, at: datetime) -> None:
    """Undo a release whose letters have not been sent: nobody has been told anything."""
    policy.require(by, "take_back", run)
    batches = batches_for(run)
    if not batches:
        raise MoveNotAllowed(gettext("There is nothing to take back."))
    if _has_left(batches):
        raise MoveNotAllowed(gettext("The letters are on their way; it is too late for that."))
    for batch in batches:
        outbox.take_back(batch, by=by, at=at)
    move_many(_told_in(run), "untell", by=by, at=at, told_at=None)
    run.move("take_back", by=by, at=at, released_at=None)


@unscoped("whether a release can be taken back hangs on whether a letter has left")
def _has_left(batches: Sequence[Batch]) -> bool:
    return Post.objects.filter(batch__in=batches, sent_at__isnull=False).exists()


@unscoped("a release is taken back whole")
def _told_in(run: Run) -> list[Placement]:
    return list(Placement.objects.filter(run=run).exclude(state=PlacementState.PROPOSED))
