"""What those in charge of a round may ask: what it would say, its places, its letters."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Aggregate, Count, OuterRef, Q, QuerySet, Subquery, Sum
from django.urls import reverse
from django.utils.translation import gettext

from kakehashi.councils.queries import Subject, describe
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
from kakehashi.selection.rules import Candidate, Outcome, Verdict, mean_of, shares, verdicts

Group = tuple[int, int]
_OF_LETTER = ("application__person", "application__position", "application__mission")


def rounds_for(person: Person) -> QuerySet[Round]:
    """Find the rounds of results this person may know of, the newest year first."""
    found = seen_by(person, Round).select_related("year", "mission", "batch")
    return found.order_by("-year__year", "mission__code")


@describe("selection.round")
def rounds_in_words(person: Person, numbers: Collection[int]) -> dict[int, Subject]:
    """Say for a resolution which mission's results of which year it is about."""
    return {
        row.pk: Subject(
            label=gettext("Results %(year)s, %(mission)s")
            % {"year": row.year, "mission": row.mission},
            url=reverse("selection:round", args=[row.pk]),
        )
        for row in rounds_for(person).filter(pk__in=numbers)
    }


@unscoped("a mission has one round a year")
def round_of(year: ProgrammeYear, mission: Office) -> Round | None:
    """Find a mission's round of a year."""
    found = Round.objects.filter(year=year, mission=mission)
    return found.select_related("year", "mission").first()


@unscoped("a job takes a round as the page of whoever asked for it showed it")
def round_as_seen(pk: int, version: int) -> Round:
    """Give a round as it was seen, so that a change since is noticed."""
    found = Round.objects.select_related("year", "mission", "batch").get(pk=pk)
    found.version = version
    return found


@unscoped("scores stand still once results are proposed, whoever asks")
def closed_missions(year: ProgrammeYear, missions: Iterable[int]) -> set[int]:
    """Say which of these missions have proposed or released their results of the year."""
    found = Round.objects.filter(year=year, mission__in=set(missions))
    return set(found.exclude(state=RoundState.OPEN).values_list("mission_id", flat=True))


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of a round: a country and a position, the numbers, and what is proposed.

    `quota` is the country's number, `places` this mission's share of it.  `ties` counts those whose
    outcome would be decided by the application's number.
    """

    country: Country
    position: Position
    quota: int
    places: int
    complete: int
    interviewed: int
    shortlisted: int
    alternates: int
    ties: int = 0

    @property
    def group(self) -> Group:
        """Give the line as places are counted by: country and position, as ids."""
        return self.country.pk, self.position.pk

    @property
    def key(self) -> str:
        """Name the line in an address."""
        return f"{self.country.code}-{self.position.code}"

    @property
    def is_over(self) -> bool:
        """Say whether more are shortlisted than there are places."""
        return self.shortlisted > self.places


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """What a round would say if it were decided now; the applications by their key."""

    lines: list[Line]
    verdicts: list[Verdict]
    applications: dict[int, Application]


def proposal_for(round_: Round) -> Proposal:
    """Rank the complete applications of a round against the places; writes nothing."""
    lines = lines_for(round_)
    applications = {one.pk: one for one in complete_applications(round_.year, round_.mission)}
    by_group: dict[Group, list[Candidate]] = defaultdict(list)
    for candidate in _candidates(round_, applications):
        by_group[candidate.group].append(candidate)
    proposed = {
        line.group: verdicts(by_group[line.group], places=line.places) for line in lines
    }
    return Proposal(
        lines=[_dry(line, proposed[line.group]) for line in lines],
        verdicts=[one for some in proposed.values() for one in some],
        applications=applications,
    )


def _dry(line: Line, proposed: list[Verdict]) -> Line:
    """Write into a line what would be proposed."""
    return replace(
        line,
        interviewed=sum(one.candidate.interview is not None for one in proposed),
        shortlisted=sum(one.outcome == Outcome.SHORTLISTED for one in proposed),
        alternates=sum(one.outcome == Outcome.ALTERNATE for one in proposed),
        ties=sum(one.is_tied for one in proposed),
    )


@unscoped("a result is made of everybody's scores")
def _candidates(round_: Round, known: Mapping[int, Application]) -> list[Candidate]:
    """Take the means of the points, in one query for however many people."""
    read = Screening.objects.filter(state=ScreeningState.SCORED, application=OuterRef("pk"))
    met = InterviewScore.objects.filter(application=OuterRef("pk"))
    rows = Application.objects.filter(
        year=round_.year, mission=round_.mission, state=State.COMPLETE
    )
    sums = rows.values_list("pk").annotate(
        read=_of(read, Sum("points")),
        readers=_of(read, Count("points")),
        met=_of(met, Sum("points")),
        judges=_of(met, Count("points")),
    )
    means = {
        key: (mean_of(read_, readers), mean_of(met_, judges))
        for key, read_, readers, met_, judges in sums
    }
    return [
        Candidate(
            application=one.pk,
            number=one.number,
            group=(one.country_id, one.position_id),
            screening=means[one.pk][0],
            interview=means[one.pk][1],
        )
        for one in known.values()
    ]


def _of(rows: QuerySet[Any], what: Aggregate) -> Subquery:
    """Add up the points of one application."""
    return Subquery(rows.order_by().values("application").annotate(all=what).values("all"))


_OF_LINE = (
    "mission_id",
    "country_id",
    "country__code",
    "country__name_en",
    "country__name_ja",
    "position_id",
    "position__code",
    "position__name_en",
    "position__name_ja",
)
_SHORT = Q(result__outcome=Outcome.SHORTLISTED)
_COUNTS = {
    "complete": Count("pk", filter=Q(state=State.COMPLETE)),
    "shortlisted": Count("result", filter=_SHORT),
    "taken": Count("result", filter=_SHORT & ~Q(result__state=ResultState.DECLINED)),
    "alternates": Count("result", filter=Q(result__outcome=Outcome.ALTERNATE)),
    "interviewed": Count("result__interview_points"),
}


@unscoped("a country's places are divided among all its missions")
def lines_for(round_: Round) -> list[Line]:
    """Count a round against the plan, by position and country; what is written, not what would be.

    `places` is the mission's share of the country's number by complete applications, and never
    more than the other missions have left.
    """
    live = Application.objects.filter(year=round_.year).exclude(state=State.WITHDRAWN)
    rows = live.order_by("position__rank", "country__code", "mission_id").values(*_OF_LINE)
    by_group: dict[Group, dict[int, dict[str, Any]]] = defaultdict(dict)
    for row in rows.annotate(**_COUNTS):
        by_group[row["country_id"], row["position_id"]][row["mission_id"]] = dict(row)
    quotas = seats_by(round_.year)
    here = round_.mission_id
    return [
        _line(missions, here=here, quota=quotas.get(group, 0))
        for group, missions in by_group.items()
        if here in missions and (missions[here]["complete"] or missions[here]["interviewed"])
    ]


def _line(missions: Mapping[int, dict[str, Any]], *, here: int, quota: int) -> Line:
    row = missions[here]
    share = shares(quota, {key: one["complete"] for key, one in missions.items()})[here]
    left = quota - sum(one["taken"] for key, one in missions.items() if key != here)
    country, position = (
        {name: row[f"{kind}__{name}"] for name in ("code", "name_en", "name_ja")}
        for kind in ("country", "position")
    )
    return Line(
        country=Country(pk=row["country_id"], **country),
        position=Position(pk=row["position_id"], **position),
        quota=quota,
        places=max(0, min(share, left)),
        **{
            name: row[name] for name in ("complete", "interviewed", "shortlisted", "alternates")
        },
    )


def places_of(round_: Round) -> dict[Group, int]:
    """Say how many places of each country and position this round may fill."""
    return {line.group: line.places for line in lines_for(round_)}


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
