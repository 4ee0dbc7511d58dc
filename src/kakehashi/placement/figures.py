"""Counts offered to statistics: people with a live place, in full."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count, QuerySet

from kakehashi.intake.models import ProgrammeYear
from kakehashi.kernel.scope import unscoped
from kakehashi.placement.models import Placement
from kakehashi.placement.queries import LIVE


@dataclass(frozen=True, kw_only=True)
class PlacedAt:
    """How many people a host body's organisations receive, by position."""

    host: int | None
    position: int
    count: int


@unscoped("published figures count everybody who was told of a place")
def _live(year: ProgrammeYear) -> QuerySet[Placement]:
    return Placement.objects.filter(state__in=LIVE, request__year=year)


def placed(year: ProgrammeYear) -> int:
    """Count everybody who has been told of a place that still stands."""
    return _live(year).count()


def placed_by(year: ProgrammeYear) -> dict[tuple[int, int], int]:
    """Count the placed by (country, position), by their rows."""
    rows = _live(year).values_list("application__country", "request__position")
    return {(country, position): n for country, position, n in rows.annotate(Count("pk"))}


def placed_by_host(year: ProgrammeYear) -> list[PlacedAt]:
    """Count the placed by host body and position."""
    rows = _live(year).values_list("request__organisation__parent", "request__position")
    return [
        PlacedAt(host=host, position=position, count=count)
        for host, position, count in rows.annotate(Count("pk")).order_by()
    ]


def placed_by_region(year: ProgrammeYear) -> dict[str, int]:
    """Count the placed by region of Japan (its English name), as their host body lies."""
    rows = _live(year).values_list("request__organisation__parent__prefecture__region_en")
    counts: Counter[str] = Counter()
    for region, count in rows.annotate(Count("pk")).order_by():
        counts[region or ""] += count
    return dict(counts)
