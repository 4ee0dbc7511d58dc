"""What those in charge of a round may ask: what it would say, its places, its letters."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from kakehashi.directory.models import Country, Office, Person
from kakehashi.intake.models import Position, ProgrammeYear
from kakehashi.intake.queries import seats_by
from kakehashi.kernel.lifecycle import Move
from kakehashi.kernel.models import Batch, Post
from kakehashi.kernel.scope import seen_by, unscoped
from kakehashi.recruitment.lifecycle import State
from kakehashi.recruitment.models import Application
from kakehashi.recruitment.queries import complete_applications
from kakehashi.selection.lifecycle import ROUND, ResultState, RoundState, ScreeningState
from kakehashi.selection.models import InterviewScore, Result, Round, Screening
from kakehashi.selection.policy import rounds
from kakehashi.selection.rules import Candidate, Outcome, Verdict, mean, shares, verdicts

Group = tuple[int, int]
_OF_LETTER = ("application__person", "application__position", "application__mission")


def rounds_for(person: Person) -> QuerySet[Round]:
    """Find the rounds of results this person may know of, the newest year first."""
    found = seen_by(person, Round).select_related("year", "mission", "batch")
    return found.order_by("-year__year", "mission__code")


@unscoped("a mission has one round a year")
def round_of(year: ProgrammeYear, mission: Office) -> Round | None:
    """Find a mission's round of a year."""
    found = Round.objects.filter(year=year, mission=mission)
    return found.select_related("year", "mission").first()


@unscoped("scores stand still once results are proposed, whoever asks")
def closed_missions(year: ProgrammeYear, missions: Iterable[int]) -> set[int]:
    """Say which of these missions have proposed or released their results of the year."""
    found = Round.objects.filter(year=year, mission__in=set(missions))
    return set(found.exclude(state=RoundState.OPEN).values_list("mission_id", flat=True))


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of the dry run: a country and a position, the numbers, and what is proposed."""

    country: Country
    position: Position
    quota: int
    places: int
    complete: int
    interviewed: int
    shortlisted: int
    alternates: int
    ties: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """What a round would say if it were decided now, and the numbers it is measured by."""

    verdicts: list[Verdict]
    lines: list[Line]

    def count(self, outcome: Outcome) -> int:
        """Count the people with one outcome."""
        return sum(one.outcome == outcome for one in self.verdicts)


@unscoped("a round is decided over all its applications; who may see it is asked before")
def proposal_for(round_: Round) -> Proposal:
    """Rank the complete applications of a round against the places; writes nothing."""
    applications = list(complete_applications(round_.year, round_.mission))
    candidates = _candidates(round_, applications)
    places = places_of(round_)
    quotas = seats_by(round_.year)
    by_group: dict[Group, list[Candidate]] = defaultdict(list)
    for one in candidates:
        by_group[one.group].append(one)
    known = {
        (one.country_id, one.position_id): (one.country, one.position) for one in applications
    }
    found, lines = [], []
    for group in sorted(known, key=lambda key: (known[key][1].code, known[key][0].code)):
        proposed = verdicts(by_group[group], places=places.get(group, 0))
        found += proposed
        country, position = known[group]
        lines.append(
            Line(
                country=country,
                position=position,
                quota=quotas.get(group, 0),
                places=places.get(group, 0),
                complete=len(by_group[group]),
                interviewed=sum(one.interview is not None for one in by_group[group]),
                shortlisted=sum(one.outcome == Outcome.SHORTLISTED for one in proposed),
                alternates=sum(one.outcome == Outcome.ALTERNATE for one in proposed),
                ties=sum(one.is_tied for one in proposed),
            )
        )
    return Proposal(verdicts=found, lines=lines)


@unscoped("a result is made of everybody's scores")
def _candidates(round_: Round, applications: Iterable[Application]) -> list[Candidate]:
    here = Q(application__year=round_.year, application__mission=round_.mission)
    read: dict[int, list[int]] = defaultdict(list)
    met: dict[int, list[int]] = defaultdict(list)
    scored = Screening.objects.filter(here, state=ScreeningState.SCORED, points__isnull=False)
    for application, points in scored.values_list("application_id", "points"):
        read[application].append(points or 0)
    sheets = InterviewScore.objects.filter(here)
    for application, points in sheets.values_list("application_id", "points"):
        met[application].append(points)
    return [
        Candidate(
            application=one.pk,
            number=one.number,
            group=(one.country_id, one.position_id),
            screening=mean(read[one.pk]),
            interview=mean(met[one.pk]),
        )
        for one in applications
    ]


@unscoped("a country's places are divided among all its missions")
def places_of(round_: Round) -> dict[Group, int]:
    """Say how many places of each country and position this round may fill.

    A mission's share of the country's number, and never more than the others have left.
    """
    complete = Application.objects.filter(year=round_.year, state=State.COMPLETE).order_by()
    counted = complete.values_list("country_id", "position_id", "mission_id")
    applicants: dict[Group, dict[int, int]] = defaultdict(dict)
    many = counted.annotate(many=Count("pk")).order_by("mission_id")
    for country, position, mission, count in many:
        applicants[country, position][mission] = count
    elsewhere = Result.objects.filter(round__year=round_.year, outcome=Outcome.SHORTLISTED)
    taken = elsewhere.exclude(round=round_).exclude(state=ResultState.DECLINED).order_by()
    live = taken.exclude(application__state=State.WITHDRAWN)
    groups = live.values_list("application__country_id", "application__position_id")
    gone = {(one, two): count for one, two, count in groups.annotate(many=Count("pk"))}
    return {
        group: max(
            0,
            min(
                shares(quota, applicants[group]).get(round_.mission_id, 0),
                quota - gone.get(group, 0),
            ),
        )
        for group, quota in seats_by(round_.year).items()
    }


def moves_for(person: Person, round_: Round) -> list[Move[RoundState]]:
    """List the buttons of a round: possible now, and allowed to this person."""
    moves = ROUND.moves_from(round_.state)
    return [move for move in moves if rounds.allows(person, move.name, round_)]


def may(person: Person, action: str, round_: Round) -> bool:
    """Answer whether a button of a round shall be shown."""
    return rounds.allows(person, action, round_)


@unscoped("every result of a round that was looked up through its sight")
def live_results(round_: Round) -> list[Result]:
    """List the results of a round to be told: of everybody who has not withdrawn meanwhile."""
    rows = Result.objects.filter(round=round_).exclude(application__state=State.WITHDRAWN)
    return list(rows.select_related(*_OF_LETTER).order_by("pk"))


@unscoped("every result of a round that was looked up through its sight")
def told_results(round_: Round) -> list[Result]:
    """List the results of a round that people were told."""
    rows = Result.objects.filter(round=round_).exclude(state=ResultState.PROPOSED)
    return list(rows.order_by("pk"))


@unscoped("the letters of a round that was looked up through its sight")
def told_by(batch: Batch) -> set[str]:
    """Give the keys of the results that a batch of letters tells."""
    found = Post.objects.filter(batch=batch, cancelled_at=None)
    return set(found.values_list("about", flat=True))


@unscoped("the letters of a round that was looked up through its sight")
def letters_of(round_: Round) -> QuerySet[Post]:
    """Find the letters drafted for a round, in the order of their addressees."""
    found = Post.objects.filter(batch=round_.batch_id, cancelled_at=None)
    return found.select_related("to").order_by("letter", "to__family_name", "pk")


@unscoped("whether a release can be taken back hangs on whether a letter has left")
def has_left(round_: Round) -> bool:
    """Say whether a letter of the round has been sent."""
    return Post.objects.filter(batch=round_.batch_id, sent_at__isnull=False).exists()


@unscoped("how many of each outcome a round proposes is told to the council, without names")
def counts_of(round_: Round) -> dict[Outcome, int]:
    """Count the results of a round by outcome."""
    rows = Result.objects.filter(round=round_).order_by().values_list("outcome")
    counted = dict(rows.annotate(many=Count("pk")))
    return {outcome: counted.get(outcome.value, 0) for outcome in Outcome}
