"""Counts of applications offered to the year's reports: whole numbers, no person in them."""

from django.db.models import Count

from kakehashi.intake.models import ProgrammeYear
from kakehashi.kernel.scope import unscoped
from kakehashi.recruitment.models import Application


@unscoped("a published figure: how many applied")
def applied(year: ProgrammeYear) -> int:
    """Count the applications handed in for a year, those withdrawn later included."""
    return Application.objects.filter(year=year, submitted_at__isnull=False).count()


@unscoped("a published figure: how many applied, by country and position")
def applied_by(year: ProgrammeYear) -> dict[tuple[int, int], int]:
    """Count the applications handed in by (country, position), as ids."""
    handed_in = Application.objects.filter(year=year, submitted_at__isnull=False)
    rows = handed_in.values_list("country_id", "position_id").annotate(many=Count("pk"))
    return {(country, position): many for country, position, many in rows.order_by()}
