"""Lists and single things: what a person may know of, with all that a page shows of it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, F, Prefetch, Q, QuerySet, Sum
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext

from kakehashi.councils.queries import Subject, describe
from kakehashi.directory.models import Country, Office, Person
from kakehashi.directory.policy import holds, offices_of
from kakehashi.directory.queries import offices_for, workplaces_of
from kakehashi.directory.rules import OfficeKind, Role
from kakehashi.intake.models import Position, ProgrammeYear, Wave
from kakehashi.kernel.dated import in_force
from kakehashi.kernel.lifecycle import Move
from kakehashi.kernel.moving import Moving
from kakehashi.kernel.scope import seen_by, unscoped
from kakehashi.kernel.words import Words, _
from kakehashi.placement.lifecycle import PlacementState, RequestState, RunState
from kakehashi.placement.models import (
    NationalityCap,
    NodeLimit,
    Placement,
    Request,
    Run,
    Weight,
)
from kakehashi.placement.policy import policy, told_to_candidate
from kakehashi.placement.queries.people import LIVE, OF_A_REQUEST
from kakehashi.placement.rules import ABOUT_THE_PERSON, PART_NAMES
from kakehashi.recruitment.lifecycle import State as ApplicationState
from kakehashi.recruitment.models import Application
from kakehashi.recruitment.queries import More, tells_more
from kakehashi.selection.lifecycle import ResultState
from kakehashi.selection.models import Result
from kakehashi.selection.queries import desk_results
from kakehashi.selection.rules import Outcome

GONE = (RequestState.DECLINED, RequestState.WITHDRAWN)
OF_A_PLACEMENT = (
    "run",
    "person",
    "application__country",
    "application__mission",
    "application__wish_1",
    "application__wish_2",
    "application__wish_3",
)


def requests_for(person: Person) -> QuerySet[Request]:
    """Find the requests this person may know of, the newest year first."""
    found = seen_by(person, Request).select_related(*OF_A_REQUEST)
    return found.order_by("-year__year", "number")


def asked_before(person: Person, request: Request | None) -> QuerySet[Request]:
    """Find what an organisation last asked for before a request, for the same position.

    Without a request: what the organisations of whoever drafts one asked for last.  What was
    never filed, declined or withdrawn is left out.
    """
    found = requests_for(person).exclude(state__in=(*GONE, RequestState.DRAFT))
    if request is None:
        found = found.filter(organisation__in=organisations_of(person))
    else:
        found = found.filter(
            organisation=request.organisation_id,
            position=request.position_id,
            year__year__lt=request.year.year,
        )
    return found.filter(year__in=found.order_by("-year__year").values("year")[:1])


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What one prefecture asks for: requests, seats, and how many of these are accepted."""

    requests: int = 0
    seats: int = 0
    accepted: int = 0


@unscoped("adds up the requests that the person may know of")
def asked_by_prefecture(person: Person, year: ProgrammeYear) -> dict[str, Asked]:
    """Add up, by the code of the prefecture, the requests of a year this person may know of."""
    ways = ("prefecture", "municipality__prefecture", "parent__prefecture")
    lies = Coalesce(*(f"organisation__{way}__code" for way in ways))
    live = seen_by(person, Request).filter(year=year).exclude(state__in=GONE)
    rows = (
        Request.objects.filter(pk__in=live.order_by().values("pk"))
        .annotate(lies=lies)
        .values("lies")
        .annotate(
            requests=Count("pk"),
            seats_asked=Sum("seats"),
            seats_accepted=Sum("seats", filter=Q(state=RequestState.ACCEPTED), default=0),
        )
        .order_by("lies")
    )
    return {
        row["lies"]: Asked(
            requests=row["requests"], seats=row["seats_asked"], accepted=row["seats_accepted"]
        )
        for row in rows
        if row["lies"]
    }


def runs_for(person: Person) -> QuerySet[Run]:
    """Find the runs this person may know of, the newest first."""
    found = seen_by(person, Run).select_related("year", "wave", "started_by", "job", "batch")
    return found.defer("market", "plan").order_by("-year__year", "-number")


def placements_for(person: Person) -> QuerySet[Placement]:
    """Find the placements this person may know of, by the number of the application."""
    found = seen_by(person, Placement).select_related(*OF_A_PLACEMENT)
    found = found.prefetch_related(_with_its_request())
    return found.defer("run__market", "run__plan").order_by("application__number", "pk")


def workplaces_for(person: Person, placement: Placement) -> QuerySet[Office]:
    """Find the places of work in force among which an organisation chooses for somebody."""
    found = workplaces_of(person, placement.request.organisation)
    return found.filter(in_force(placement.request.wave.arrives_on))


def placements_that_stand(person: Person) -> QuerySet[Placement]:
    """Find the placements of others that are not of a run that was thrown away."""
    theirs = placements_for(person).exclude(person=person)
    return theirs.exclude(run__state=RunState.DISCARDED)


def placements_to_print(person: Person) -> QuerySet[Placement]:
    """Find the same in one query: a notice one may not print costs what an unknown one costs."""
    whole = (f"request__{name}" for name in OF_A_REQUEST)
    return placements_for(person).prefetch_related(None).select_related(*OF_A_PLACEMENT, *whole)


def people_waiting(person: Person) -> QuerySet[Result]:
    """Find the shortlisted of every year who may still come and have no place, nor one proposed."""
    open_ones = (ResultState.TOLD, ResultState.ACCEPTED)
    chosen = desk_results(person).filter(outcome=Outcome.SHORTLISTED, state__in=open_ones)
    live = chosen.exclude(application__state=ApplicationState.WITHDRAWN)
    return live.exclude(application__in=_with_a_place())


@unscoped("whether somebody has a place narrows a list of people one may know of")
def _with_a_place() -> QuerySet[Placement, Any]:
    offered = Q(state=PlacementState.PROPOSED, run__state=RunState.SOLVED)
    return Placement.objects.filter(offered | Q(state__in=LIVE)).values("application")


@unscoped("whoever may know of a placement may know which request it fills")
def _with_its_request() -> "Prefetch[str]":
    """Read the request in a query of its own: a join of twenty tables is slow to plan."""
    return Prefetch("request", Request.objects.select_related(*OF_A_REQUEST))


def own_placements(person: Person) -> QuerySet[Placement]:
    """Find where a person was placed, the latest notice first; nothing before they are told."""
    told = placements_for(person).filter(person=person)
    return told.exclude(state=PlacementState.PROPOSED).order_by("-told_at", "-pk")


def limits_for(person: Person, year: ProgrammeYear) -> QuerySet[NodeLimit]:
    """Find the least and most of each office in a year."""
    found = seen_by(person, NodeLimit).filter(year=year).select_related("office")
    return found.order_by("office__code")


def caps_for(person: Person, year: ProgrammeYear) -> QuerySet[NationalityCap]:
    """Find the caps by nationality of each office in a year."""
    found = seen_by(person, NationalityCap).filter(year=year)
    return found.select_related("office", "country").order_by("office__code", "country__code")


def weights_for(person: Person, on: date) -> QuerySet[Weight]:
    """Find the weights in force on a day."""
    return seen_by(person, Weight).filter(in_force(on)).order_by("pk")


def years_for(person: Person) -> QuerySet[ProgrammeYear]:
    """Find the programme's years, the newest first; they are in everybody's calendar."""
    del person
    return _years()


@unscoped("the programme's years are in everybody's calendar")
def _years() -> QuerySet[ProgrammeYear]:
    return ProgrammeYear.objects.order_by("-year")


def organisations_of(person: Person) -> QuerySet[Office]:
    """Find the organisations for which this person may draft requests."""
    return offices_for(person).filter(
        kind=OfficeKind.ORGANISATION, pk__in=offices_of(person, Role.ORGANISATION)
    )


def host_bodies_for(person: Person) -> QuerySet[Office]:
    """Find every host body."""
    return offices_for(person).filter(kind=OfficeKind.HOST_BODY).order_by("code")


def offices_with_limits(person: Person) -> QuerySet[Office]:
    """Find the offices that may have a least, a most or a cap: host bodies and organisations."""
    kinds = (OfficeKind.HOST_BODY, OfficeKind.ORGANISATION)
    return offices_for(person).filter(kind__in=kinds).order_by("code")


def missions_for(person: Person) -> QuerySet[Office]:
    """Find the embassies and consulates that tell candidates."""
    return offices_for(person).filter(kind=OfficeKind.MISSION).order_by("code")


def moves_for(person: Person, thing: Moving) -> list[Move[Any]]:
    """List the buttons to show: possible now, and allowed to this person."""
    moves = thing.lifecycle.moves_from(thing.state)
    return [move for move in moves if policy.allows(person, move.name, thing)]


def may(person: Person, action: str, thing: object = None) -> bool:
    """Answer whether a button shall be shown to this person."""
    return policy.allows(person, action, thing)


def waiting_for(person: Person) -> int:
    """Count the requests that wait for this person: to correct, to check, to judge."""
    states = _to_do(person)
    return seen_by(person, Request).filter(state__in=states).count() if states else 0


def _to_do(person: Person) -> list[str]:
    mine = {
        Role.ORGANISATION: RequestState.RETURNED,
        Role.HOST: RequestState.FILED,
        Role.CLAIR_PLACEMENT: RequestState.CHECKED,
    }
    return [state.value for role, state in mine.items() if holds(person, role)]


@unscoped("arrival expects whoever was agreed on, whichever officer asks")
def agreed_placements(year: ProgrammeYear) -> QuerySet[Placement]:
    """Find the placements of a year that the organisation has accepted."""
    found = Placement.objects.filter(state=PlacementState.AGREED, request__year=year)
    related = ("application", "person", "request__wave", "request__organisation")
    return found.select_related(*related).order_by("pk")


@unscoped("letters tell those concerned, whoever releases them")
def proposed_in(run: Run) -> QuerySet[Placement]:
    """Find what a run proposes and nobody has been told yet."""
    found = Placement.objects.filter(run=run, state=PlacementState.PROPOSED)
    related = (*OF_A_PLACEMENT, "application__position", "application__result")
    return found.select_related(*related).defer("run__market", "run__plan").order_by("pk")


@unscoped("a person can have one live place, whichever run gave it")
def told_already(placements: Sequence[Placement]) -> QuerySet[Placement]:
    """Find live placements of the same people, given by another run."""
    run = placements[0].run_id if placements else None
    live = Placement.objects.filter(state__in=LIVE).exclude(run=run)
    return live.filter(application__placements__run=run)


@unscoped("a request has no more seats than it asks for, whichever run fills them")
def overfull(run: Run) -> QuerySet[Request]:
    """Find requests that this run's placements would fill beyond their seats."""
    counted = Q(placements__state__in=LIVE) | Q(
        placements__run=run, placements__state=PlacementState.PROPOSED
    )
    taken = Count("placements", filter=counted, distinct=True)
    # a subquery, so that the count is of all placements and not of this run's alone
    touched = Request.objects.filter(pk__in=Placement.objects.filter(run=run).values("request"))
    return touched.annotate(taken=taken).filter(taken__gt=F("seats"))


def reasons_shown(person: Person, placement: Placement) -> list[tuple[Words, int | None]]:
    """Say why here, to this reader: all with their costs to CLAIR; to each side what is its own.

    The person concerned and their mission read what is about the person's wishes, the
    organisation and its host body what is about the organisation's hopes.
    """
    named = [(str(code), int(cost)) for code, cost in placement.parts]
    if holds(person, Role.CLAIR_PLACEMENT):
        return [(PART_NAMES[code], cost) for code, cost in named]
    mine = placement.person_id == person.pk
    missions = offices_of(person, Role.MISSION)
    if mine or placement.application.mission_id in missions:
        return [(PART_NAMES[code], None) for code, _cost in named if code in ABOUT_THE_PERSON]
    organisation = placement.request.organisation
    staff = offices_of(person, Role.ORGANISATION, Role.SUPERVISOR, Role.HOST)
    if organisation.pk in staff or organisation.parent_id in staff:
        return [
            (PART_NAMES[code], None) for code, _cost in named if code not in ABOUT_THE_PERSON
        ]
    return []


def knows_the_wishes(person: Person, placement: Placement) -> bool:
    """Say whether this reader may know which wish was met: the person, CLAIR, their mission."""
    return (
        placement.person_id == person.pk
        or holds(person, Role.CLAIR_PLACEMENT)
        or placement.application.mission_id in offices_of(person, Role.MISSION)
    )


def notices_for(person: Person, placement: Placement) -> list[str]:
    """List the kinds of notice of a placement that this reader may print."""
    organisation = placement.request.organisation
    staff = offices_of(person, Role.ORGANISATION, Role.SUPERVISOR)
    clair = holds(person, Role.CLAIR_PLACEMENT)
    may_print = {
        "candidate": knows_the_wishes(person, placement),
        "organisation": clair or organisation.pk in staff,
        "host": clair or organisation.parent_id in offices_of(person, Role.HOST),
    }
    told = placement.state != PlacementState.PROPOSED
    return [kind for kind, may_have in may_print.items() if may_have and told]


@tells_more
@unscoped("the applicant's own page tells their own placement, once it is told")
def placement_for_applicant(application: Application) -> More | None:
    """Tell an applicant, on their own page, that they have been placed."""
    live = Placement.objects.filter(
        told_to_candidate(), application=application, state__in=LIVE
    )
    if not live.exists():
        return None
    return More(
        title=_("You have been placed"),
        text=_("Read where you go and when you arrive."),
        url=reverse("placement:mine"),
        action=_("See your placement"),
        tone="ok",
    )


def require(person: Person, action: str, thing: object) -> None:
    """Refuse, with the sentence of the rule, before a form is shown that could only be refused."""
    policy.require(person, action, thing)


def waves_for(person: Person) -> QuerySet[Wave]:
    """Find the waves of every year that is not closed, the next ones first."""
    found = seen_by(person, Wave).select_related("year").exclude(year__state="closed")
    return found.order_by("-year__year", "arrives_on")


def positions_for(person: Person) -> QuerySet[Position]:
    """Find the positions of the programme."""
    return seen_by(person, Position).order_by("rank", "code")


def countries_for(person: Person) -> QuerySet[Country]:
    """Find the sending countries, by their English name."""
    return seen_by(person, Country).order_by("name_en")


@describe("placement.run")
def runs_described(person: Person, numbers: Collection[int]) -> dict[int, Subject]:
    """Put the runs that a resolution may be about into words, for those who may know of runs."""
    words = gettext("Run %(number)s, %(year)s")
    return {
        run.pk: Subject(
            label=words % {"number": run.number, "year": run.year},
            url=reverse("placement:run", args=[run.pk]),
        )
        for run in runs_for(person).filter(pk__in=numbers)
    }
