"""What we remember of an application: the core of the form, its papers, its references.

No health, no criminal history and none of their papers: those are sealed kinds.
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from kakehashi.directory.models import Country, InterviewPlace, Office, Person, Prefecture
from kakehashi.intake.models import DocumentRequirement, Position, ProgrammeYear
from kakehashi.kernel.moving import Keyed, Moving
from kakehashi.recruitment.lifecycle import APPLICATION, REFERENCE, ReferenceState, State
from kakehashi.recruitment.rules import JAPANESE_LEVELS, Setting


class Application(Moving):
    """One person's application for one position in one year, through one mission."""

    guarded: ClassVar = ("date_of_birth", "telephone", "address", "statement", "wish_reason")

    lifecycle: ClassVar = APPLICATION
    state = models.CharField(max_length=40, default=APPLICATION.start, editable=False)

    number = models.CharField(max_length=20, unique=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="applications")
    year = models.ForeignKey(
        ProgrammeYear, on_delete=models.PROTECT, related_name="applications"
    )
    mission = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="applications")
    country = models.ForeignKey(Country, on_delete=models.PROTECT, related_name="+")
    position = models.ForeignKey(Position, on_delete=models.PROTECT, related_name="+")
    interview_place = models.ForeignKey(
        InterviewPlace, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    family_name = models.CharField(max_length=80)
    given_name = models.CharField(max_length=80, blank=True)
    date_of_birth = models.DateField(null=True, blank=True)
    telephone = models.CharField(max_length=40, blank=True)
    address = models.CharField(max_length=300, blank=True)
    university = models.CharField(max_length=200, blank=True)
    major = models.CharField(max_length=200, blank=True)
    degree_on = models.DateField(null=True, blank=True)
    japanese_level = models.CharField(max_length=4, default="none")
    other_languages = models.CharField(max_length=200, blank=True)
    teaching_months = models.PositiveSmallIntegerField(default=0)
    teaching_qualification = models.BooleanField(default=False)
    driving_licence = models.BooleanField(default=False)
    months_in_japan = models.PositiveSmallIntegerField(default=0)
    statement = models.TextField(blank=True)
    early_departure = models.BooleanField(default=False)
    may_be_alt = models.BooleanField(default=False)  # a CIR applicant's consent
    dependants = models.PositiveSmallIntegerField(default=0)
    partner_number = models.CharField(max_length=20, blank=True)  # spouse's or partner's own
    wish_1 = models.ForeignKey(
        Prefecture, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    wish_2 = models.ForeignKey(
        Prefecture, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    wish_3 = models.ForeignKey(
        Prefecture, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    setting = models.CharField(max_length=12, default=Setting.NONE)
    wish_reason = models.CharField(max_length=300, blank=True)

    keyed_by = models.ForeignKey(  # an officer who typed a paper application
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    started_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in State]),
                name="application_state_is_known",
            ),
            models.CheckConstraint(
                condition=Q(japanese_level__in=JAPANESE_LEVELS),
                name="application_japanese_level_is_known",
            ),
            models.CheckConstraint(
                condition=Q(setting__in=[setting.value for setting in Setting]),
                name="application_setting_is_known",
            ),
            models.UniqueConstraint(
                fields=["person", "year"],
                condition=~Q(state=State.WITHDRAWN.value),
                name="one_live_application_a_year",
            ),
        ]
        indexes = [models.Index(fields=["year", "mission", "state"])]

    def __str__(self) -> str:
        return self.number

    @property
    def name(self) -> str:
        """Write the name as the passport orders it in English: given, then family."""
        return f"{self.given_name} {self.family_name}".strip()


class Reference(Moving):
    """A reference asked of somebody by a link that works once; the applicant never reads it."""

    guarded: ClassVar = ("email", "relation", "text")

    lifecycle: ClassVar = REFERENCE
    state = models.CharField(max_length=40, default=REFERENCE.start, editable=False)

    application = models.ForeignKey(
        Application, on_delete=models.PROTECT, related_name="references"
    )
    name = models.CharField(max_length=120)
    email = models.EmailField()
    relation = models.CharField(max_length=200)
    token_hash = models.CharField(max_length=64, unique=True)
    text = models.TextField(blank=True)
    asked_at = models.DateTimeField()
    received_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in ReferenceState]),
                name="reference_state_is_known",
            ),
        ]

    def __str__(self) -> str:
        return f"reference {self.pk}"


class PaperCheck(Keyed):
    """A mission's tick that a paper of the list has come, and when."""

    application = models.ForeignKey(
        Application, on_delete=models.CASCADE, related_name="papers"
    )
    requirement = models.ForeignKey(
        DocumentRequirement, on_delete=models.PROTECT, related_name="+"
    )
    received_on = models.DateField()
    checked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["application", "requirement"], name="paper_checked_once"
            ),
        ]
