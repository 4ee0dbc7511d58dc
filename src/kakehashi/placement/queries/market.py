"""How people, requests and rules become a market: only what is possible, under keys, no names.

The market is written in the engine's file form.  Keys: `a` an application, `r` a request, `o`
an organisation, `h` a host body, `b` a region of Japan (by its first prefecture), `q` a cap,
each with the number of its row.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from kakehashi.kernel.scope import unscoped
from kakehashi.matching import canonical_bytes, read_market, read_plan
from kakehashi.matching.market import FORMAT, MOVES, OBJECTIVE, WELFARE
from kakehashi.placement.models import NationalityCap, NodeLimit, Run
from kakehashi.placement.queries.locks import ByHand, by_hand, locked
from kakehashi.placement.queries.people import (
    Opening,
    Seeker,
    neighbours,
    openings,
    seekers,
    told_counts,
)
from kakehashi.placement.queries.possible import Costs, Rejected, possible
from kakehashi.placement.rules import (
    MOST_PAIRS,
    in_pairs,
    lot,
    reach,
    within_reach,
)

FILLERS = 3  # people each seat should be able to choose among


@dataclass(kw_only=True)
class Built:
    """A market as the engine reads it, and what stayed outside: (application, rule, requests)."""

    data: bytes
    rejections: list[Rejected]
    counts: dict[str, Any]


@dataclass(kw_only=True)
class _Draft:
    """A market while it is being built."""

    run: Run
    weights: Mapping[str, int]
    seekers: list[Seeker]
    openings: list[Opening]
    hand: ByHand
    rejections: list[Rejected] = field(default_factory=list)
    before: dict[int, int] | None = None
    possible: dict[int, Costs] = field(default_factory=dict)
    couples: list[tuple[Seeker, Seeker, list[tuple[int, int, int]]]] = field(
        default_factory=list
    )
    apart: list[tuple[int, int, str]] = field(default_factory=list)  # couples, and why


def market_of(run: Run, weights: Mapping[str, int]) -> Built:
    """Build the market of a run from what is recorded now; reads only."""
    draft = _Draft(
        run=run,
        weights=weights,
        seekers=seekers(run),
        openings=openings(run),
        hand=by_hand(run.year_id),
    )
    draft.possible, draft.rejections = possible(
        draft.seekers, draft.openings, weights, draft.hand.bans
    )
    _pair(draft)
    kept = _keep(draft)
    market, left = locked(
        read_market(json.dumps(_form(draft, kept)).encode()),
        {f"a{who}": f"r{where}" for who, where in draft.hand.places.items()},
    )
    pairs = sum(len(costs) for costs in draft.possible.values())
    arcs = sum(len(costs) for costs in kept.values())
    counts = {
        "people": len(draft.seekers),
        "requests": len(draft.openings),
        "seats": sum(opening.seats for opening in draft.openings),
        "couples": len(draft.couples),
        "coupled": [sorted((a.pk, b.pk)) for a, b, _pairs in draft.couples],
        "couples_apart": len(draft.apart),
        "apart": draft.apart,
        "locks": len(market.locks),
        "locks_left": _left(draft, left),
        "arcs": arcs,
        "left_out": pairs - arcs,
        "weights": dict(weights),
        "sisters": {
            str(it.organisation): sorted(it.offer.sisters)
            for it in draft.openings
            if it.offer.sisters
        },
    }
    return Built(data=canonical_bytes(market), rejections=draft.rejections, counts=counts)


def _left(draft: _Draft, left: Mapping[str, str]) -> list[tuple[int, int, str]]:
    """Say of each decision by hand that is not kept why: a hard rule's code, no room, or out."""
    ruled = {
        (who, request): rule
        for who, rule, requests in draft.rejections
        for request in requests
        if who in draft.hand.places
    }
    people = {int(person[1:]): why for person, why in left.items()}
    places = draft.hand.places
    return [(who, places[who], ruled.get((who, places[who]), people[who])) for who in people]


def _pair(draft: _Draft) -> None:
    """Take couples out of the singles, with the pairs of posts near enough for them.

    A couple with no such pair is placed as two singles: an effort is made, no promise.
    """
    by_number = {seeker.number: seeker for seeker in draft.seekers}
    partners = {seeker.number: seeker.partner for seeker in draft.seekers if seeker.partner}
    near = neighbours() if partners else {}
    for one, other in in_pairs(partners):
        if one not in by_number or other not in by_number:
            continue
        a, b = by_number[one], by_number[other]
        found = _pairs(draft, a, b, near) if a.is_selected == b.is_selected else []
        if found:
            draft.couples.append((a, b, found))
        else:
            draft.apart.append((a.pk, b.pk, _why_apart(draft, a, b)))


def _why_apart(draft: _Draft, a: Seeker, b: Seeker) -> str:
    """Name what keeps a couple apart; `rules.APART` has the sentences."""
    if a.is_selected != b.is_selected:
        return "alternate"
    if not draft.possible[a.pk] or not draft.possible[b.pk]:
        return "nothing"
    return "hand" if {a.pk, b.pk} & set(draft.hand.places) else "far"


def _pairs(
    draft: _Draft, a: Seeker, b: Seeker, near: Mapping[int, set[int]]
) -> list[tuple[int, int, int]]:
    extra = draft.weights["couple-neighbour"]
    seats = {opening.pk: opening.seats for opening in draft.openings}
    at: dict[int, list[int]] = defaultdict(list)
    for opening in draft.openings:
        if opening.municipality and opening.pk in draft.possible[b.pk]:
            at[opening.municipality].append(opening.pk)
    options: dict[tuple[int, int], int] = {}
    for opening in draft.openings:
        cost_a = draft.possible[a.pk].get(opening.pk)
        if cost_a is None or not opening.municipality:
            continue
        for town in {opening.municipality} | near.get(opening.municipality, set()):
            for other in at[town]:
                if (other != opening.pk or seats[other] > 1) and _as_decided(
                    draft.hand, {a.pk: opening.pk, b.pk: other}
                ):
                    apart = extra if town != opening.municipality else 0
                    options[opening.pk, other] = cost_a + draft.possible[b.pk][other] + apart
    kept = within_reach(options, MOST_PAIRS, number=lot(draft.run.seed, a.key, b.key))
    before = _before(draft)
    stays = before.get(a.pk, 0), before.get(b.pk, 0)
    kept |= {stays: options[stays]} if stays in options else {}
    return [(one, other, cost) for (one, other), cost in kept.items()]


def _as_decided(hand: ByHand, pair: Mapping[int, int]) -> bool:
    """Say whether a pair of posts sends both where a decision by hand wants them."""
    return all(hand.places.get(who, where) == where for who, where in pair.items())


def _keep(draft: _Draft) -> dict[int, Costs]:
    """Choose each single's options, and see that every place keeps people who could fill it."""
    most = reach(len(draft.seekers))
    paired = {seeker.pk for a, b, _pairs in draft.couples for seeker in (a, b)}
    singles = [seeker.pk for seeker in draft.seekers if seeker.pk not in paired]
    kept = {pk: _options(draft, pk, most) for pk in singles}
    chosen = Counter(request for costs in kept.values() for request in costs)
    for opening in draft.openings:
        wanted = FILLERS * opening.seats - chosen[opening.pk]
        if wanted > 0:
            for pk, cost in _fillers(draft, opening.pk, kept, wanted).items():
                kept[pk][opening.pk] = cost
    return kept


def _options(draft: _Draft, pk: int, most: int) -> Costs:
    possible = draft.possible[pk]
    kept = within_reach(possible, most, number=lot(draft.run.seed, f"a{pk}"))
    wanted = {draft.hand.places.get(pk, 0), _before(draft).get(pk, 0)} & set(possible)
    return kept | {request: possible[request] for request in sorted(wanted)}


def _before(draft: _Draft) -> dict[int, int]:
    """Say where the earlier run that this one shall stay near to would send people."""
    if draft.before is None:
        draft.before = _plan_of(draft.run.near_id) if draft.run.near_id else {}
    return draft.before


@unscoped("a run stays near an earlier plan, whoever started it")
def _plan_of(run_id: int) -> dict[int, int]:
    plan = Run.objects.values_list("plan", flat=True).get(pk=run_id)
    found = read_plan(plan.encode()).assignment if plan else {}
    return {int(person[1:]): int(place[1:]) for person, place in found.items()}


def _fillers(draft: _Draft, request: int, kept: dict[int, Costs], most: int) -> Costs:
    """Find people who could fill a place that too few have kept: application → cost."""
    could = {
        pk: draft.possible[pk][request]
        for pk, costs in kept.items()
        if request in draft.possible[pk] and request not in costs
    }
    return within_reach(could, most, number=lot(draft.run.seed, f"r{request}"))


def _form(draft: _Draft, kept: dict[int, Costs]) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "seed": draft.run.seed,
        "mode": WELFARE,
        "objective": _objective(draft.run),
        "previous": _previous(draft),
        "regions": _regions(draft),
        "places": [
            {
                "id": opening.key,
                "region": f"o{opening.organisation}",
                "seats": opening.seats,
                "tier": opening.tier,
            }
            for opening in draft.openings
        ],
        "people": [
            {
                "id": seeker.key,
                "selected": seeker.is_selected,
                "options": [
                    {"place": f"r{request}", "cost": cost}
                    for request, cost in kept.get(seeker.pk, {}).items()
                ],
            }
            for seeker in draft.seekers
        ],
        "couples": [
            {
                "a": a.key,
                "b": b.key,
                "pairs": [
                    {"a": f"r{one}", "b": f"r{two}", "cost": cost} for one, two, cost in pairs
                ],
            }
            for a, b, pairs in draft.couples
        ],
        "quotas": _quotas(draft),
    }


def _objective(run: Run) -> list[str]:
    """Among plans that are equally good, a run near an earlier one moves the fewest people."""
    names = list(OBJECTIVE)
    return names if run.near_id is None else [*names[:-1], MOVES, names[-1]]


def _previous(draft: _Draft) -> dict[str, str]:
    people = {it.pk for it in draft.seekers}
    places = {it.pk for it in draft.openings}
    before = _before(draft).items()
    return {f"a{who}": f"r{it}" for who, it in before if who in people and it in places}


@unscoped("a run keeps every limit of its year, whoever started it")
def _regions(draft: _Draft) -> list[dict[str, Any]]:
    """Draw the tree: region of Japan, host body, organisation, with the limits still open."""
    told = told_counts(draft.run.year_id)
    limits = {
        limit.office_id: limit for limit in NodeLimit.objects.filter(year_id=draft.run.year_id)
    }
    above: dict[str, str | None] = {}
    offices: dict[str, int] = {}
    for opening in draft.openings:
        block, host, own = f"b{opening.block}", opening.host, f"o{opening.organisation}"
        above[block] = None
        above[own] = f"h{host}" if host else block
        offices[own] = opening.organisation
        if host:
            above[f"h{host}"] = block
            offices[f"h{host}"] = host
    return [
        {
            "id": key,
            "parent": parent,
            **_limits(limits.get(offices.get(key, 0)), told, offices.get(key, 0)),
        }
        for key, parent in above.items()
    ]


def _limits(
    limit: NodeLimit | None, told: Mapping[tuple[int, int | None], int], office: int
) -> dict[str, int | None]:
    """Take what has been told already off a limit."""
    if limit is None:
        return {"min": 0, "max": None}
    already = told.get((office, None), 0)
    most = None if limit.maximum is None else max(0, limit.maximum - already)
    return {"min": max(0, limit.minimum - already), "max": most}


@unscoped("a run keeps every cap of its year, whoever started it")
def _quotas(draft: _Draft) -> list[dict[str, Any]]:
    told = told_counts(draft.run.year_id)
    quotas = []
    for cap in NationalityCap.objects.filter(year_id=draft.run.year_id).select_related(
        "country"
    ):
        people = [it.key for it in draft.seekers if it.candidate.country == cap.country.code]
        places = [
            it.key for it in draft.openings if cap.office_id in {it.organisation, it.host}
        ]
        left = max(0, cap.maximum - told.get((cap.office_id, cap.country_id), 0))
        if people and places:
            quotas.append({"id": f"q{cap.pk}", "max": left, "people": people, "places": places})
    return quotas
