"""A mission's round of results: opened, proposed, taken back."""

from collections import Counter
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext

from kakehashi.directory.models import Office, Person
from kakehashi.intake.models import ProgrammeYear
from kakehashi.kernel import outbox
from kakehashi.kernel.models import BatchState
from kakehashi.kernel.scope import unscoped
from kakehashi.kernel.trail import record, record_many
from kakehashi.selection import queries
from kakehashi.selection.models import Result, Round
from kakehashi.selection.policy import rounds
from kakehashi.selection.rules import NOTHING, Outcome, Verdict


class AlreadyOpen(ValueError):
    """The mission has its round of this year already."""


@transaction.atomic
def open_round(year: ProgrammeYear, mission: Office, *, by: Person, at: datetime) -> Round:
    """Open a mission's round of a year: scores come in, nothing is decided."""
    round_ = Round(year=year, mission=mission)
    rounds.require(by, "open_round", round_)
    if queries.round_of(year, mission) is not None:
        raise AlreadyOpen(gettext("This round is there already."))
    round_.save()
    record(round_.key, "open_round", by=by, at=at)
    return round_


@transaction.atomic
def decide(round_: Round, *, by: Person, at: datetime) -> dict[Outcome, int]:
    """Propose results by rank and quota, for the council to decide; says how many of each.

    Nobody is told.  Who was not interviewed is not selected; equal totals go by the number.
    """
    rounds.require(by, "decide", round_)
    round_.move("decide", by=by, at=at, decided_at=at)
    proposed = queries.proposal_for(round_).verdicts
    propose(round_, proposed, by=by, at=at)
    counted = Counter(one.outcome for one in proposed)
    return {outcome: counted[outcome] for outcome in Outcome}


def propose(round_: Round, proposed: list[Verdict], *, by: Person, at: datetime) -> None:
    """Write the results of a round that has just been decided."""
    fresh = [
        Result(
            round=round_,
            application_id=one.candidate.application,
            outcome=one.outcome,
            rank=one.rank,
            screening_points=one.candidate.screening or NOTHING,
            interview_points=one.candidate.interview,
            total_points=one.candidate.total,
        )
        for one in proposed
    ]
    Result.objects.bulk_create(fresh, batch_size=2000)
    record_many([(one.key, "propose") for one in fresh], by=by, at=at)


@transaction.atomic
def reopen(round_: Round, *, by: Person, at: datetime) -> None:
    """Take a proposal back before anybody is told; drafted letters are thrown away."""
    rounds.require(by, "reopen", round_)
    batch = round_.batch
    if batch is not None and batch.state == BatchState.DRAFT:
        outbox.cancel(batch, by=by, at=at)
    round_.move("reopen", by=by, at=at, decided_at=None, batch=None)
    _forget(round_)


@unscoped("the proposals of this very round, which nobody was told")
def _forget(round_: Round) -> None:
    Result.objects.filter(round=round_).delete()
