"""How many were expected and have arrived in a programme year."""

from django.db.models import Count

from kakehashi.arrival.lifecycle import State
from kakehashi.arrival.models import Arrival
from kakehashi.intake.models import ProgrammeYear
from kakehashi.kernel.scope import unscoped


@unscoped("counts for the year's report; name nobody")
def expected_and_arrived(year: ProgrammeYear) -> tuple[int, int]:
    """Count the people still expected in this programme year, and those who have come."""
    rows = Arrival.objects.filter(placement__run__year=year).values_list("state")
    people = dict(rows.annotate(people=Count("pk")).order_by())
    return people.get(State.EXPECTED, 0), people.get(State.ARRIVED, 0)


@unscoped("counts for the year's report; name nobody")
def arrived_by(year: ProgrammeYear) -> dict[tuple[int, int], int]:
    """Count the people who have come, by (country, position)."""
    rows = (
        Arrival.objects.filter(placement__run__year=year, state=State.ARRIVED)
        .values_list("country_id", "position_id")
        .annotate(people=Count("pk"))
    )
    return {(country, position): people for country, position, people in rows}
