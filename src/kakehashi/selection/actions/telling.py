"""Results leave: letters drafted, counted, released all at once, taken back until one is sent."""

from datetime import datetime
from typing import cast

from django.db import transaction
from django.utils.translation import gettext

from kakehashi.approvals.queries import require_approval
from kakehashi.councils.queries import require_resolution
from kakehashi.directory.models import Person
from kakehashi.kernel import outbox
from kakehashi.kernel.jobs import enqueue, going_on, in_one_go, job, next_key, progress
from kakehashi.kernel.lifecycle import MoveNotAllowed
from kakehashi.kernel.models import Batch, BatchState, JobRun
from kakehashi.kernel.moving import move_many
from kakehashi.kernel.outbox import Draft
from kakehashi.kernel.scope import unscoped
from kakehashi.kernel.trail import record
from kakehashi.selection import queries
from kakehashi.selection.letters import result_letter
from kakehashi.selection.lifecycle import ResultState, RoundState
from kakehashi.selection.models import Round
from kakehashi.selection.policy import rounds
from kakehashi.selection.queries.papers import digest_of


class NotDrafted(ValueError):
    """There are no letters to release: draft them first."""


@transaction.atomic
def draft_results(round_: Round, *, by: Person, at: datetime) -> Batch:
    """Write everybody's letter as a draft; earlier drafts of the round are thrown away."""
    rounds.require(by, "draft_results", round_)
    if round_.state != RoundState.DECIDED:
        raise MoveNotAllowed(gettext("Letters are drafted once the results are proposed."))
    if round_.batch is not None and round_.batch.state == BatchState.DRAFT:
        outbox.cancel(round_.batch, by=by, at=at)
    year = round_.year
    reply_by = queries.reply_deadline(year, round_.mission)
    drafts = []
    for result in queries.live_results(round_):
        letter, language = result_letter(result, reply_by=reply_by)
        drafts.append(
            Draft(
                letter=letter,
                to=result.application.person,
                language=language,
                about=result.key,
                decision=f"result:{year.year}",
            )
        )
    title = gettext("Results %(year)s, %(mission)s") % {
        "year": year.year,
        "mission": round_.mission,
    }
    batch = outbox.draft_batch(drafts, about=round_.key, title=title[:200], by=by, at=at)
    _keep(round_, batch)
    record(round_.key, "draft_results", by=by, at=at)
    return batch


@unscoped("this very row, as it was read")
def _keep(round_: Round, batch: Batch) -> None:
    as_i_saw_it = Round.objects.filter(pk=round_.pk, version=round_.version)
    if not as_i_saw_it.update(batch=batch, version=round_.version + 1):
        raise MoveNotAllowed(gettext("Someone else has moved this on meanwhile."))
    round_.refresh_from_db()


@transaction.atomic
def ask_release(round_: Round, *, count: int, by: Person, at: datetime) -> JobRun:
    """Ask for a release, to be done as one job; what stands against it is said at once.

    Pressed twice it is the same job.  Raises what `release` does.
    """
    rounds.require(by, "release", round_)
    key = next_key(
        round_.key
    )  # before looking: who presses at the same moment takes the same key
    if under_way := going_on(round_.key):
        return under_way
    require_resolution(round_.key, since=round_.decided_at)
    require_approval(round_.key, lambda: digest_of(round_), by=by, at=at)
    outbox.require_count(count, _drafted(round_))
    ids = (round_.pk, round_.version, count)
    return enqueue(release_asked, *ids, at=at, key=key, by=by, about=round_.key)


@job
def release_asked(run: JobRun, round_id: int, version: int, count: int) -> None:
    """Release as somebody asked, all of it in one transaction, dated when they asked."""
    progress(run, done=0, total=count, step="release")
    with in_one_go(run):
        round_ = queries.round_as_seen(round_id, version)
        release(round_, count=count, by=cast("Person", run.by), at=run.queued_at)


def _drafted(round_: Round) -> Batch:
    if round_.batch is None or round_.batch.state != BatchState.DRAFT:
        raise NotDrafted(gettext("Draft the letters first, and look at them."))
    return round_.batch


@transaction.atomic
def release(round_: Round, *, count: int, by: Person, at: datetime) -> None:
    """Tell everybody of the round at once; `count` is the number of letters the officer typed.

    Needs the joint council's resolution about this very proposal (`NoResolution`: one from before
    the proposal was made anew does not count) and drafted letters (`NotDrafted`);
    raises `WrongCount` when the number typed is not that of the letters.
    """
    rounds.require(by, "release", round_)
    require_resolution(round_.key, since=round_.decided_at)
    require_approval(round_.key, lambda: digest_of(round_), by=by, at=at)
    batch = _drafted(round_)
    told = queries.live_results(round_)
    if queries.told_by(batch) != {result.key for result in told}:
        raise NotDrafted(
            gettext("Somebody has withdrawn since the letters were drafted. Draft them again.")
        )
    outbox.release(batch, count=count, by=by, at=at)
    move_many(told, "tell", by=by, at=at)
    round_.move("release", by=by, at=at, released_at=at)


@transaction.atomic
def take_back(round_: Round, *, by: Person, at: datetime) -> None:
    """Undo a release of which no letter has left and to which nobody has replied."""
    rounds.require(by, "take_back", round_)
    batch = round_.batch
    if batch is None or queries.has_left(round_):
        raise MoveNotAllowed(gettext("The letters are on their way; it is too late for that."))
    told = queries.told_results(round_)
    if any(result.state != ResultState.TOLD for result in told):
        raise MoveNotAllowed(gettext("Somebody has replied already; it is too late for that."))
    outbox.take_back(batch, by=by, at=at)
    move_many(told, "take_back", by=by, at=at)
    round_.move("take_back", by=by, at=at, released_at=None)
