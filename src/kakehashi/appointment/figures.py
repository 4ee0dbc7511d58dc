"""How many people serve: the register in a few numbers."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count

from kakehashi.appointment.models import Appointment
from kakehashi.appointment.queries import serving_on
from kakehashi.intake.models import ProgrammeYear
from kakehashi.kernel.scope import unscoped


@dataclass(frozen=True, slots=True)
class RegisterFigures:
    """The register on one day; `by_position` holds the people of each position's code."""

    people: int
    countries: int
    organisations: int
    host_bodies: int
    by_position: dict[str, int]


def register_figures(on: date) -> RegisterFigures:
    """Count who serves on a day, and in how many countries, organisations and host bodies."""
    register = serving_on(on)
    sums = register.aggregate(
        countries=Count("country", distinct=True),
        organisations=Count("organisation", distinct=True),
        host_bodies=Count("organisation__parent", distinct=True),
    )
    rows = register.order_by("position__rank", "position__code")
    by_position = dict(rows.values_list("position__code").annotate(people=Count("pk")))
    return RegisterFigures(people=sum(by_position.values()), by_position=by_position, **sums)


@unscoped("a count for the year's report; names nobody")
def appointed(year: ProgrammeYear) -> int:
    """Count the newcomers of a programme year who have been appointed."""
    newcomers = Appointment.objects.filter(arrival__placement__run__year=year)
    return newcomers.values("arrival").distinct().count()
