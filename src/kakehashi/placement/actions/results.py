"""From a plan to placements: who goes where, which wish that meets, and why it costs what it does."""

from collections import Counter
from collections.abc import Iterable
from typing import Any, TypeVar

from django.db.models import Model, QuerySet

from kakehashi.kernel.scope import unscoped
from kakehashi.matching import Market, Plan
from kakehashi.placement.models import Placement, Request, Run
from kakehashi.placement.queries import offer_of, seeker_of, sisters_in
from kakehashi.placement.queries.people import OF_A_REQUEST
from kakehashi.placement.rules import cost_of, parts, rank_of
from kakehashi.recruitment.models import Application

M = TypeVar("M", bound=Model)


class CostsDiffer(ValueError):
    """The parts of the placements do not add up to the plan's cost: nothing is kept."""


def placements_of(run: Run, plan: Plan) -> list[Placement]:
    """Make one placement, not yet told, for each person the plan places.

    Raises `CostsDiffer` when the reasons we would give do not add up to what the engine counted.
    """
    pairs = {_pk(person): _pk(place) for person, place in plan.assignment.items()}
    applications = _applications(pairs)
    requests = _requests(set(pairs.values()))
    extra = _neighbour_parts(run, pairs, applications, requests)
    found = []
    for pk, request_pk in sorted(pairs.items()):
        application, request = applications[pk], requests[request_pk]
        wish = seeker_of(application, is_selected=True).wish
        offer = offer_of(request, sisters_in(run, request))
        why = [*parts(wish, offer, run.counts["weights"]), *extra.get(pk, [])]
        found.append(
            Placement(
                run=run,
                application=application,
                person_id=application.person_id,
                request=request,
                wish_met=rank_of(wish, offer.prefecture),
                cost=cost_of(why),
                parts=[list(part) for part in why],
            )
        )
    counted = next(level.value for level in plan.levels if level.name == "cost")
    if counted != sum(placement.cost for placement in found):
        raise CostsDiffer(f"the plan costs {counted}")
    return found


def _neighbour_parts(
    run: Run,
    pairs: dict[int, int],
    applications: dict[int, Application],
    requests: dict[int, Request],
) -> dict[int, list[tuple[str, int]]]:
    """Charge the way between two neighbouring towns once a couple, to the first of the two."""
    coupled = {tuple(couple) for couple in run.counts["coupled"]}
    extra = {}
    for a, b in coupled:
        if a not in pairs or b not in pairs or a not in applications:
            continue
        towns = {requests[pairs[pk]].organisation.municipality_id for pk in (a, b)}
        if len(towns) > 1:
            extra[a] = [("couple-neighbour", run.counts["weights"]["couple-neighbour"])]
    return extra


def summary_of(market: Market, plan: Plan) -> dict[str, Any]:
    """Count what the plan leaves: by host body [seats, placed], empty seats, people unplaced.

    An organisation without a host body stands for itself.
    """
    above = {region.id: region.parent for region in market.regions}
    used = Counter(plan.assignment.values())
    hosts: dict[str, list[int]] = {}
    unfilled = {}
    for place in market.places:
        parent = above[place.region] or ""
        office = parent if parent.startswith("h") else place.region
        line = hosts.setdefault(str(_pk(office)), [0, 0])
        line[0] += place.seats
        line[1] += used[place.id]
        if place.seats > used[place.id]:
            unfilled[str(_pk(place.id))] = place.seats - used[place.id]
    return {
        "hosts": hosts,
        "unfilled": unfilled,
        "unplaced": sorted(_pk(person) for person in plan.unplaced),
        "placed": len(plan.assignment),
    }


def _pk(key: str) -> int:
    """Give the row behind a key of the market: `a12` is 12."""
    return int(key[1:])


@unscoped("the engine places everybody, whoever asked for the run")
def _applications(pks: Iterable[int]) -> dict[int, Application]:
    related = ("country", "position", "wish_1", "wish_2", "wish_3")
    return _in_bulk(Application.objects.select_related(*related), pks)


@unscoped("the engine fills every request, whoever asked for the run")
def _requests(pks: Iterable[int]) -> dict[int, Request]:
    return _in_bulk(Request.objects.select_related(*OF_A_REQUEST), pks)


def _in_bulk(rows: QuerySet[M], pks: Iterable[int]) -> dict[int, M]:
    wanted = sorted(pks)
    found: dict[int, M] = {}
    for start in range(0, len(wanted), 500):
        found |= rows.in_bulk(wanted[start : start + 500])
    return found
