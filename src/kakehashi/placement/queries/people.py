"""Who is still to be placed and which seats are still open, as the rules need them."""

from collections import Counter, defaultdict
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from kakehashi.directory.models import Office, Prefecture
from kakehashi.directory.queries import tied_countries
from kakehashi.kernel.scope import unscoped
from kakehashi.placement.lifecycle import PlacementState, RequestState
from kakehashi.placement.models import Neighbour, Placement, Request, Run
from kakehashi.placement.rules import APRIL, Candidate, Offer, Post, Wish, languages_of
from kakehashi.recruitment.models import Application
from kakehashi.selection.models import Result
from kakehashi.selection.queries import alternates, to_be_placed

LIVE = (PlacementState.TOLD, PlacementState.AGREED, PlacementState.OBJECTED)


@dataclass(frozen=True, kw_only=True)
class Seeker:
    """Somebody to place; `pk` is the application's."""

    pk: int
    number: str
    partner: str
    is_selected: bool
    candidate: Candidate
    wish: Wish

    @property
    def key(self) -> str:
        """Name the person in the market."""
        return f"a{self.pk}"


@dataclass(frozen=True, kw_only=True)
class Opening:
    """Seats still open with one request; `pk` is the request's, the others are offices'."""

    pk: int
    organisation: int
    host: int | None
    block: str
    municipality: int | None
    seats: int
    tier: int
    post: Post
    offer: Offer

    @property
    def key(self) -> str:
        """Name the place in the market."""
        return f"r{self.pk}"


def seekers(run: Run) -> list[Seeker]:
    """List who is to be placed by this run: not yet told, of its wave where it has one."""
    results = [(result, True) for result in _not_told(to_be_placed(run.year))]
    if run.with_alternates:
        results += [(result, False) for result in _not_told(alternates(run.year))]
    found = [seeker_of(result.application, is_selected=chosen) for result, chosen in results]
    if run.wave is None:
        return found
    early = run.wave.code == APRIL
    return [seeker for seeker in found if seeker.candidate.departs_early == early]


def _not_told(results: QuerySet[Result]) -> QuerySet[Result]:
    return (
        results.exclude(application__in=_live().values("application"))
        .select_related(
            "application__country",
            "application__position",
            "application__wish_1",
            "application__wish_2",
            "application__wish_3",
        )
        .order_by("application_id")
    )


@unscoped("a seat or a person that was told is taken, whoever asks")
def _live() -> QuerySet[Placement]:
    return Placement.objects.filter(state__in=LIVE)


def seeker_of(application: Application, *, is_selected: bool) -> Seeker:
    """Say of an application what the rules ask."""
    wishes = (application.wish_1, application.wish_2, application.wish_3)
    return Seeker(
        pk=application.pk,
        number=application.number,
        partner=application.partner_number,
        is_selected=is_selected,
        candidate=Candidate(
            position=application.position.code,
            may_be_alt=application.may_be_alt,
            country=application.country.code,
            languages=languages_of(application.country.language, application.other_languages),
            japanese_level=application.japanese_level,
            has_licence=application.driving_licence,
            has_qualification=application.teaching_qualification,
            departs_early=application.early_departure,
            has_family=application.dependants > 0,
        ),
        wish=Wish(
            prefectures=tuple(wish.code if wish else "" for wish in wishes),
            setting=application.setting,
            country=application.country.code,
            japanese_level=application.japanese_level,
        ),
    )


@unscoped("a run offers every accepted request of its year, whoever started it")
def openings(run: Run) -> list[Opening]:
    """List the accepted requests that still have a seat nobody was told of."""
    taken = Counter(_live().filter(request__year=run.year).values_list("request_id", flat=True))
    wave = Q(wave=run.wave) if run.wave_id else Q()
    rows = (
        Request.objects.filter(wave, year=run.year, state=RequestState.ACCEPTED)
        .select_related(*OF_A_REQUEST)
        .order_by("pk")
    )
    blocks = _blocks()
    sisters = tied_countries(run.year.census_on)
    found = []
    for request in rows:
        if request.seats > taken[request.pk]:
            prefecture = prefecture_of(request.organisation)
            found.append(
                Opening(
                    pk=request.pk,
                    organisation=request.organisation_id,
                    host=request.organisation.parent_id,
                    block=blocks[prefecture.region_en] if prefecture else "00",
                    municipality=request.organisation.municipality_id,
                    seats=request.seats - taken[request.pk],
                    tier=request.tier,
                    post=post_of(request),
                    offer=offer_of(request, sisters.get(request.organisation_id, frozenset())),
                )
            )
    return found


OF_A_REQUEST = (
    "year",
    "position",
    "wave",
    "country",
    "wished_country",
    "predecessor_country",
    "organisation__prefecture",
    "organisation__municipality__prefecture",
    "organisation__parent__prefecture",
)


def prefecture_of(organisation: Office) -> Prefecture | None:
    """Say in which prefecture an organisation lies: its own, its town's, or its host body's."""
    town, host = organisation.municipality, organisation.parent
    return (
        organisation.prefecture
        or (town.prefecture if town else None)
        or (host.prefecture if host else None)
    )


def post_of(request: Request) -> Post:
    """Say of a request what the hard rules ask."""
    return Post(
        position=request.position.code,
        wave=request.wave.code,
        language=request.language,
        country=request.country.code if request.country else "",
        japanese_level=request.japanese_level,
        licence=request.licence_required,
        qualification=request.qualification_required,
        family_housing=request.family_housing,
        is_open=_is_open(request),
    )


def _is_open(request: Request) -> bool:
    """Answer whether the organisation still stands on the day of arrival."""
    day, office = request.wave.arrives_on, request.organisation
    begun = office.valid_from is None or office.valid_from <= day
    return begun and (office.valid_to is None or office.valid_to >= day)


def sisters_in(run: Run, request: Request) -> frozenset[str]:
    """Give the countries of an organisation's sister cities, as the run was computed with them."""
    kept: dict[str, list[str]] = run.counts.get("sisters", {})
    return frozenset(kept.get(str(request.organisation_id), ()))


def offer_of(request: Request, sisters: frozenset[str] = frozenset()) -> Offer:
    """Say of a request what the costs are made of."""
    prefecture = prefecture_of(request.organisation)
    return Offer(
        prefecture=prefecture.code if prefecture else "",
        setting=request.setting,
        wished_country=request.wished_country.code if request.wished_country else "",
        japanese_level=request.japanese_level,
        wished_japanese=request.wished_japanese,
        predecessor=request.predecessor_country.code if request.predecessor_country else "",
        sisters=sisters,
    )


@unscoped("the regions of Japan are reference data")
def _blocks() -> dict[str, str]:
    """Give every region of Japan a key: the code of its first prefecture."""
    blocks: dict[str, str] = {}
    for code, region in Prefecture.objects.order_by("code").values_list("code", "region_en"):
        blocks.setdefault(region, code)
    return blocks


@unscoped("limits and caps count everybody who was told")
def told_counts(year_id: int) -> dict[tuple[int, int | None], int]:
    """Count who was told by (office, country) and (office, None), hosts with all below them."""
    rows = (
        _live()
        .filter(request__year_id=year_id)
        .values_list(
            "request__organisation_id",
            "request__organisation__parent_id",
            "application__country_id",
        )
        .annotate(count=Count("pk"))
    )
    counts: dict[tuple[int, int | None], int] = defaultdict(int)
    for organisation, host, country, count in rows:
        for office in filter(None, (organisation, host)):
            counts[office, country] += count
            counts[office, None] += count
    return dict(counts)


@unscoped("which towns are neighbours is reference data")
def neighbours() -> dict[int, set[int]]:
    """List for each municipality (by its row) those near enough for a couple."""
    near: dict[int, set[int]] = defaultdict(set)
    for a, b in Neighbour.objects.values_list("a_id", "b_id"):
        near[a].add(b)
        near[b].add(a)
    return dict(near)
