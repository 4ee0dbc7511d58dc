"""What we remember of screening, interviews and results."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from kakehashi.directory.models import Office, Person
from kakehashi.intake.models import ProgrammeYear
from kakehashi.kernel.models import Batch
from kakehashi.kernel.moving import Keyed, Moving
from kakehashi.kernel.words import Words, pgettext_lazy
from kakehashi.recruitment.models import Application
from kakehashi.selection.lifecycle import (
    RESULT,
    ROUND,
    SCREENING,
    ResultState,
    RoundState,
    ScreeningState,
)
from kakehashi.selection.rules import Outcome


class Screening(Moving):
    """One reader's points (0–100) for one application."""

    guarded: ClassVar = ("points", "comment")

    lifecycle: ClassVar = SCREENING
    state = models.CharField(max_length=40, default=SCREENING.start, editable=False)

    application = models.ForeignKey(
        Application, on_delete=models.PROTECT, related_name="screenings"
    )
    reader = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="screenings")
    points = models.PositiveSmallIntegerField(null=True)
    comment = models.TextField(blank=True)
    assigned_at = models.DateTimeField()
    declared_at = models.DateTimeField(null=True)  # when the reader said they know nobody here
    scored_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["application", "reader"], name="read_once_by_each"),
            models.CheckConstraint(
                condition=Q(points=None) | Q(points__lte=100), name="screening_points_to_100"
            ),
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in ScreeningState]),
                name="screening_state_is_known",
            ),
        ]

    def __str__(self) -> str:
        return f"screening {self.pk}"


class InterviewScore(Keyed):
    """One interviewer's points (0–100) for one applicant, with the Japanese they heard."""

    guarded: ClassVar = ("points", "comment")

    application = models.ForeignKey(
        Application, on_delete=models.PROTECT, related_name="interview_scores"
    )
    interviewer = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="interview_scores"
    )
    points = models.PositiveSmallIntegerField()
    japanese_level = models.CharField(max_length=4, default="none")
    comment = models.TextField(blank=True)
    held_on = models.DateField()
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["application", "interviewer"], name="interviewed_once_by_each"
            ),
            models.CheckConstraint(
                condition=Q(points__lte=100), name="interview_points_to_100"
            ),
        ]


class Round(Moving):
    """A mission's results of one year, released all at once."""

    lifecycle: ClassVar = ROUND
    state = models.CharField(max_length=40, default=ROUND.start, editable=False)

    year = models.ForeignKey(ProgrammeYear, on_delete=models.PROTECT, related_name="rounds")
    mission = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="rounds")
    batch = models.OneToOneField(Batch, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    released_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["year", "mission"], name="one_round_a_year"),
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in RoundState]),
                name="round_state_is_known",
            ),
        ]

    def __str__(self) -> str:
        return f"round {self.pk}"


class Result(Moving):
    """What one applicant is told; alternates are ranked within their mission and position."""

    guarded: ClassVar = ("screening_points", "interview_points", "total_points")

    lifecycle: ClassVar = RESULT
    state = models.CharField(max_length=40, default=RESULT.start, editable=False)

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="results")
    application = models.OneToOneField(
        Application, on_delete=models.PROTECT, related_name="result"
    )
    outcome = models.CharField(max_length=20)
    rank = models.PositiveIntegerField(null=True)
    screening_points = models.DecimalField(max_digits=5, decimal_places=2)
    interview_points = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    total_points = models.DecimalField(max_digits=6, decimal_places=2)
    replied_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome__in=[outcome.value for outcome in Outcome]),
                name="result_outcome_is_known",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in ResultState]),
                name="result_state_is_known",
            ),
            models.CheckConstraint(
                condition=~Q(outcome=Outcome.ALTERNATE.value) | Q(rank__isnull=False),
                name="alternate_has_a_rank",
            ),
        ]

    def __str__(self) -> str:
        return f"result {self.pk}"

    @property
    def state_name(self) -> Words:
        """Say where the result stands; nobody waits for a reply from the not selected."""
        if self.outcome == Outcome.NOT_SELECTED and self.state == ResultState.TOLD:
            return pgettext_lazy("not selected", "Told")
        return super().state_name
