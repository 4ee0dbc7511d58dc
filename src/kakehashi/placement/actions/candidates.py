"""Candidates' own letters: their mission tells them, the same day or some working days later.

A mission that tells the same day has its candidates' letters in the run's own batch.  For each of
the others there is a batch of letters that is released with the run and waits until its day.  An
organisation that accepts somebody before that day brings their letter forward, so that nobody reads
an acceptance first; a place that is vacated before that day takes the letter away.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime

from django.utils.translation import gettext

from kakehashi.directory.models import Office, Person
from kakehashi.directory.queries import officers_by_office
from kakehashi.directory.rules import Role
from kakehashi.kernel import outbox
from kakehashi.kernel.clock import TOKYO
from kakehashi.kernel.models import Batch, BatchState
from kakehashi.kernel.outbox import Draft
from kakehashi.kernel.scope import unscoped
from kakehashi.placement.lifecycle import PlacementState
from kakehashi.placement.models import Placement, Run
from kakehashi.placement.queries import batches_for, candidates_told_at, days_to_tell
from kakehashi.placement.writing import candidate_notice, language_of, mission_notice

ByMission = dict[Office, list[Placement]]


def by_mission(placements: Iterable[Placement]) -> ByMission:
    """Sort placements by the mission that tells their candidates."""
    found: ByMission = defaultdict(list)
    for one in placements:
        found[one.application.mission].append(one)
    return found


def to_candidates(placements: Sequence[Placement]) -> list[Draft]:
    """Write each candidate's letter; whoever was placed before gets a second letter of decision."""
    vacated = _vacated({one.application_id for one in placements})
    drafts = []
    for one in placements:
        language, times = language_of(one.person), vacated.get(one.application_id, 0)
        decision = f"placement:{one.request.year.year}" + (f":{times + 1}" if times else "")
        drafts.append(
            Draft(
                letter=candidate_notice(one, language),
                to=one.person,
                language=language,
                about=one.key,
                decision=decision,
            )
        )
    return drafts


@unscoped("whoever was placed before gets a second letter of decision, not the first again")
def _vacated(applications: set[int]) -> dict[int, int]:
    times: dict[int, int] = defaultdict(int)
    rows = Placement.objects.filter(state=PlacementState.VACATED)
    for pk in rows.values_list("application_id", flat=True):
        if pk in applications:
            times[pk] += 1
    return times


def to_missions(missions: ByMission, at: datetime) -> Iterable[Draft]:
    """Write to each mission whom it tells, and in how many working days they are told."""
    days = days_to_tell(at.astimezone(TOKYO).date())
    officers = officers_by_office([one.pk for one in missions], Role.MISSION)
    for mission, some in missions.items():
        for officer in officers[mission.pk]:
            language = language_of(officer)
            yield Draft(
                letter=mission_notice(mission, some, language, days(mission)),
                to=officer,
                language=language,
                about=some[0].run.key,
            )


def told_later(missions: ByMission, at: datetime) -> ByMission:
    """Choose the missions whose candidates are not told the same day."""
    days = days_to_tell(at.astimezone(TOKYO).date())
    return {mission: some for mission, some in missions.items() if days(mission)}


def draft_later(run: Run, later: ByMission, *, by: Person, at: datetime) -> None:
    """Draft the letters that wait for their day, a batch for each mission."""
    title = gettext("Placement notices of run %(number)s, %(year)s: candidates of %(mission)s")
    for mission, some in later.items():
        words = {"number": run.number, "year": run.year, "mission": mission}
        batch = outbox.draft_batch(
            to_candidates(some), about=run.key, title=title % words, by=by, at=at
        )
        _wait_with(some, batch)


@unscoped("a placement is told with the letter that was drafted for it")
def _wait_with(placements: Iterable[Placement], batch: Batch | None) -> None:
    pks = [one.pk for one in placements]
    Placement.objects.filter(pk__in=pks).update(notice=batch)


@unscoped("what was drafted for a run is thrown away with its batches")
def throw_away_drafts(run: Run, *, by: Person, at: datetime) -> None:
    """Throw the drafted letters of a run away; its placements wait with no letter any more."""
    for batch in batches_for(run):
        if batch.state == BatchState.DRAFT:
            outbox.cancel(batch, by=by, at=at)
    Placement.objects.filter(run=run).exclude(notice=None).update(notice=None)


def release_later(batches: Iterable[Batch], *, by: Person, at: datetime) -> None:
    """Release letters that wait for the day of their mission."""
    for batch in batches:
        day = candidates_told_at(_mission_of(batch), at)
        outbox.release(batch, count=outbox.waiting(batch), by=by, at=at, leaves_at=day)


@unscoped("a batch's letters are those of one mission")
def _mission_of(batch: Batch) -> Office:
    placed = Placement.objects.filter(notice=batch).select_related("application__mission")
    return placed[0].application.mission


@unscoped("whoever accepts somebody lets them be told, whichever batch their letter waits in")
def bring_forward(placements: Iterable[Placement], *, into: Batch) -> int:
    """Let the letters of people who are not told yet leave with a batch of drafts; count them."""
    by_batch: dict[int, list[Placement]] = defaultdict(list)
    for one in placements:
        if one.notice_id:
            by_batch[one.notice_id].append(one)
    moved = 0
    for batch in Batch.objects.filter(pk__in=by_batch).order_by("pk"):
        some = by_batch[batch.pk]
        if brought := outbox.bring_forward(batch, [one.key for one in some], into=into):
            _wait_with(some, into)
            moved += brought
    return moved


def leave_out(placement: Placement, *, at: datetime) -> bool:
    """Take away the letter of somebody who has not been told; say whether there was one."""
    held = placement.notice
    return held is not None and bool(outbox.leave_out(held, [placement.key], at=at))
