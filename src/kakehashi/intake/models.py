"""What one programme year is made of; every value a row with its source."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language

from kakehashi.directory.models import Country, Named, Office
from kakehashi.intake.lifecycle import PLAN, YEAR, PlanState, YearState
from kakehashi.intake.rules import OffKind
from kakehashi.kernel.dated import Dated, Sourced
from kakehashi.kernel.moving import Keyed, Moving


class Position(Named, Sourced):
    """What participants are invited as: ALT, CIR, SEA."""

    code = models.CharField(max_length=10, unique=True)
    duties_en = models.TextField(blank=True)
    duties_ja = models.TextField(blank=True)
    rank = models.PositiveSmallIntegerField(default=0)

    @property
    def duties(self) -> str:
        """List what the programme has such people do, in the reader's language."""
        return self.duties_ja if get_language() == "ja" else self.duties_en


class ProgrammeYear(Moving):
    """One cycle, named by its year of arrival."""

    lifecycle: ClassVar = YEAR
    state = models.CharField(max_length=40, default=YEAR.start, editable=False)

    year = models.PositiveSmallIntegerField(unique=True)
    cloned_from = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT)
    census_on = models.DateField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in YearState]),
                name="programme_year_state_is_known",
            ),
        ]

    def __str__(self) -> str:
        return str(self.year)


class Wave(Named, Sourced):
    """A group that arrives together: April, Group A, Group B, the third."""

    year = models.ForeignKey(ProgrammeYear, on_delete=models.PROTECT, related_name="waves")
    code = models.CharField(max_length=10)
    arrives_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["year", "code"], name="wave_once_a_year")
        ]


class Plan(Moving):
    """A version of the invitation plan by country, with its author and reason."""

    lifecycle: ClassVar = PLAN
    state = models.CharField(max_length=40, default=PLAN.start, editable=False)

    year = models.ForeignKey(ProgrammeYear, on_delete=models.PROTECT, related_name="plans")
    number = models.PositiveSmallIntegerField()
    reason = models.CharField(max_length=300)
    drafted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)
    drafted_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True)  # when it was last put before the council
    released_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["year", "number"], name="plan_number_once"),
            models.UniqueConstraint(
                fields=["year"],
                condition=Q(state=PlanState.RELEASED.value),
                name="one_plan_in_force",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in PlanState]),
                name="plan_state_is_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year_id}/{self.number}"


class PlanLine(models.Model):
    """How many people of a country are invited to a position with a wave."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="lines")
    country = models.ForeignKey(Country, on_delete=models.PROTECT)
    position = models.ForeignKey(Position, on_delete=models.PROTECT)
    wave = models.ForeignKey(Wave, on_delete=models.PROTECT)
    seats = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "country", "position", "wave"], name="plan_line_once"
            ),
        ]


class Deadline(Sourced, Keyed):
    """A moment of a mission's calendar, kept with the time zone in which it is announced.

    Without a mission it is the programme's own date.
    """

    year = models.ForeignKey(ProgrammeYear, on_delete=models.PROTECT, related_name="deadlines")
    mission = models.ForeignKey(
        Office, null=True, blank=True, on_delete=models.PROTECT, related_name="deadlines"
    )
    event = models.CharField(max_length=40)
    at = models.DateTimeField()
    time_zone = models.CharField(max_length=60)
    whole_day = models.BooleanField(default=False)  # the day was given without a time

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["year", "mission", "event"], name="deadline_once"),
            models.UniqueConstraint(
                fields=["year", "event"],
                condition=Q(mission=None),
                name="programme_deadline_once",
            ),
        ]


class DocumentRequirement(Named, Dated):
    """A paper applicants hand in: for one country, or (country empty) for all.

    `kind` is `ordinary`, `guarded` or `sealed`; sealed papers are named here so that people
    know what is asked, and are not stored.
    """

    country = models.ForeignKey(Country, null=True, blank=True, on_delete=models.PROTECT)
    code = models.CharField(max_length=60)
    originals = models.PositiveSmallIntegerField()
    copies = models.PositiveSmallIntegerField()
    condition_en = models.CharField(max_length=300, blank=True)
    condition_ja = models.CharField(max_length=300, blank=True)
    kind = models.CharField(max_length=20)


class PayRate(Dated, Keyed):
    """Yearly pay in yen by cohort of arrival and year of service."""

    cohort_from = models.PositiveSmallIntegerField(null=True)
    cohort_to = models.PositiveSmallIntegerField(null=True)
    year_of_service = models.PositiveSmallIntegerField(null=True)
    annual_yen = models.PositiveIntegerField()
    monthly_yen = models.PositiveIntegerField(null=True)
    taxes = models.CharField(max_length=10)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(cohort_to=None)
                | Q(cohort_from=None)
                | Q(cohort_to__gte=F("cohort_from")),
                name="pay_cohort_runs_forward",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.cohort_from or ''}–{self.cohort_to or ''}, {self.year_of_service or ''}"


class DayOff(Named, Sourced, Keyed):
    """A day, or a stretch of days, off: for all, or at one office's schools and desks.

    Without an office it holds everywhere.  Both days are included.
    """

    office = models.ForeignKey(
        Office, null=True, blank=True, on_delete=models.PROTECT, related_name="days_off"
    )
    kind = models.CharField(max_length=20)
    first_on = models.DateField()
    last_on = models.DateField()
    at_schools = models.BooleanField(default=True)
    at_offices = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in OffKind]),
                name="day_off_kind_is_known",
            ),
            models.CheckConstraint(
                condition=Q(last_on__gte=F("first_on")), name="day_off_runs_forward"
            ),
            models.CheckConstraint(
                condition=Q(at_schools=True) | Q(at_offices=True),
                name="day_off_is_off_somewhere",
            ),
            models.UniqueConstraint(
                fields=["office", "kind", "first_on", "at_schools", "at_offices"],
                name="day_off_once",
            ),
            models.UniqueConstraint(
                fields=["kind", "first_on", "at_schools", "at_offices"],
                condition=Q(office=None),
                name="common_day_off_once",
            ),
        ]
        indexes = [models.Index(fields=["office", "first_on"])]


class GlossaryTerm(Sourced):
    """A word of the programme in both languages."""

    en = models.CharField(max_length=200)
    ja = models.CharField(max_length=200)
    definition_en = models.CharField(max_length=300, blank=True)
    definition_ja = models.CharField(max_length=300, blank=True)
