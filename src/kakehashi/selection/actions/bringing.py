"""Scores and results that come as a table."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from kakehashi.directory.models import Person
from kakehashi.kernel.moving import move_many
from kakehashi.kernel.scope import unscoped
from kakehashi.kernel.trail import record_many
from kakehashi.selection import queries
from kakehashi.selection.actions.deciding import open_round, propose
from kakehashi.selection.lifecycle import SCREENING
from kakehashi.selection.models import InterviewScore, Round, Screening
from kakehashi.selection.policy import desks, rounds
from kakehashi.selection.rules import Candidate, Outcome, Verdict

SCREENING_KIND, INTERVIEW_KIND = "screening", "interview"
Rows = Sequence[dict[str, Any]]


@transaction.atomic
def import_scores(rows: Rows, *, by: Person, at: datetime) -> int:
    """Write many points at once, screenings and interviews; says how many.

    A row holds the import's columns, `application` and `person_email` looked up.  A screening that
    was assigned is scored; one that was not is written as scored.
    """
    desks.require(by, "import_scores", None)
    read = [row for row in rows if row["kind"] == SCREENING_KIND]
    met = [row for row in rows if row["kind"] == INTERVIEW_KIND]
    _screenings(read, by=by, at=at)
    sheets = [
        InterviewScore(
            application=row["application"],
            interviewer=row["person_email"],
            points=row["points"],
            japanese_level=row.get("japanese_level") or "none",
            comment=row.get("comment") or "",
            held_on=row.get("held_on") or at.date(),
            recorded_at=at,
        )
        for row in met
    ]
    InterviewScore.objects.bulk_create(sheets, batch_size=2000)
    record_many([(one.key, "record_interview") for one in sheets], by=by, at=at)
    return len(rows)


@unscoped("the screenings a table names; its check has asked whose they are")
def _screenings(rows: Rows, *, by: Person, at: datetime) -> None:
    applications = [row["application"] for row in rows]
    there = queries.screenings_of(
        {one.year_id for one in applications}, {one.mission_id for one in applications}
    )
    waiting, fresh = [], []
    scored = SCREENING.after(SCREENING.start, "score")
    for row in rows:
        key = (row["application"].pk, row["person_email"].pk)
        screening = there.get(key)
        if screening is None:
            screening = Screening(
                application_id=key[0], reader_id=key[1], assigned_at=at, state=scored
            )
            fresh.append(screening)
        else:
            waiting.append(screening)
        screening.points = row["points"]
        screening.comment = row.get("comment") or ""
        screening.scored_at = screening.declared_at = at
    Screening.objects.bulk_create(fresh, batch_size=2000)
    marks = ["points", "comment", "scored_at", "declared_at"]
    Screening.objects.bulk_update(waiting, marks, batch_size=200)
    move_many(waiting, "score", by=by, at=at)
    record_many([(one.key, "score") for one in fresh], by=by, at=at)


@transaction.atomic
def import_results(rows: Rows, *, by: Person, at: datetime) -> int:
    """Propose results that were decided elsewhere, instead of ranking; says how many.

    The round of each mission is opened if need be, and is decided from then on.  Every complete
    application of a mission must be named; the import's check sees to that.
    """
    desks.require(by, "import_results", None)
    by_round: dict[tuple[int, int], list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        application = row["application"]
        by_round[application.year_id, application.mission_id].append(row)
    for some in by_round.values():
        _decide(some, by=by, at=at)
    return len(rows)


def _decide(rows: list[dict[str, Any]], *, by: Person, at: datetime) -> None:
    application = rows[0]["application"]
    year, mission = application.year, application.mission
    round_: Round = queries.round_of(year, mission) or open_round(year, mission, by=by, at=at)
    rounds.require(by, "decide", round_)
    round_.move("decide", by=by, at=at, decided_at=at)
    known = {
        one.candidate.application: one.candidate
        for one in queries.proposal_for(round_).verdicts
    }
    propose(round_, [_verdict(row, known) for row in rows], by=by, at=at)


def _verdict(row: dict[str, Any], known: dict[int, Candidate]) -> Verdict:
    return Verdict(
        candidate=known[row["application"].pk],
        outcome=Outcome(row["outcome"]),
        rank=row.get("rank"),
        is_tied=False,
    )
