"""Counts of interviews and results offered to the year's reports; no person in them."""

from django.db.models import Count, QuerySet

from kakehashi.intake.models import ProgrammeYear
from kakehashi.kernel.scope import unscoped
from kakehashi.recruitment.lifecycle import State
from kakehashi.recruitment.models import Application
from kakehashi.selection.lifecycle import ResultState
from kakehashi.selection.models import Result
from kakehashi.selection.rules import Outcome

By = dict[tuple[int, int], int]
"""A count by (country, position), as ids."""


@unscoped("a published figure: how many were interviewed")
def _met(year: ProgrammeYear) -> QuerySet[Application]:
    met = Application.objects.filter(year=year, interview_scores__isnull=False)
    return met.distinct()


@unscoped("a published figure: how many were selected")
def _chosen(year: ProgrammeYear) -> QuerySet[Result]:
    told = Result.objects.filter(round__year=year, outcome=Outcome.SHORTLISTED)
    return told.filter(state__in=(ResultState.TOLD, ResultState.ACCEPTED))


def interviewed(year: ProgrammeYear) -> int:
    """Count the people who were interviewed."""
    return _met(year).count()


def interviewed_by(year: ProgrammeYear) -> By:
    """Count the people who were interviewed by country and position."""
    rows = _met(year).order_by().values_list("country_id", "position_id")
    many = rows.annotate(many=Count("pk", distinct=True))
    return {(country, position): count for country, position, count in many}


def selected(year: ProgrammeYear) -> int:
    """Count the people told that they are shortlisted who have not declined."""
    return _chosen(year).count()


def selected_by(year: ProgrammeYear) -> By:
    """Count the shortlisted by country and position."""
    rows = _chosen(year).order_by()
    groups = rows.values_list("application__country_id", "application__position_id")
    return {
        (country, position): count
        for country, position, count in groups.annotate(many=Count("pk"))
    }


@unscoped("a published figure: how many wait for their result")
def _waiting(year: ProgrammeYear) -> QuerySet[Application]:
    complete = Application.objects.filter(year=year, state=State.COMPLETE)
    told = Result.objects.exclude(state=ResultState.PROPOSED).values("application")
    return complete.exclude(pk__in=told)


def undecided(year: ProgrammeYear) -> int:
    """Count the complete applications whose result has not been told."""
    return _waiting(year).count()


def undecided_by(year: ProgrammeYear) -> By:
    """Count the complete applications without a told result by country and position."""
    rows = _waiting(year).order_by().values_list("country_id", "position_id")
    many = rows.annotate(many=Count("pk"))
    return {(country, position): count for country, position, count in many}
