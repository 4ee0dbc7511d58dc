"""How many were expected and have arrived in a programme year."""

from django.db.models import Count

from kakehashi.arrival.lifecycle import State
from kakehashi.arrival.models import Arrival
from kakehashi.intake.models import ProgrammeYear
from kakehashi.kernel.scope import unscoped


@unscoped("a count for the year's report; names nobody")
def expected(year: ProgrammeYear) -> int:
    """Count the people still expected in this programme year."""
    return Arrival.objects.filter(placement__run__year=year, state=State.EXPECTED).count()


@unscoped("a count for the year's report; names nobody")
def arrived(year: ProgrammeYear) -> int:
    """Count the people who have come in this programme year."""
    return Arrival.objects.filter(placement__run__year=year, state=State.ARRIVED).count()


@unscoped("counts for the year's report; name nobody")
def arrived_by(year: ProgrammeYear) -> dict[tuple[int, int], int]:
    """Count the people who have come, by (country, position)."""
    rows = (
        Arrival.objects.filter(placement__run__year=year, state=State.ARRIVED)
        .values_list("country_id", "position_id")
        .annotate(people=Count("pk"))
    )
    return {(country, position): people for country, position, people in rows}
