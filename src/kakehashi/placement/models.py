"""What we remember of requests, rules, runs and placements."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from kakehashi.directory.models import Country, Municipality, Named, Office, Person
from kakehashi.intake.models import Position, ProgrammeYear, Wave
from kakehashi.kernel.dated import Dated, Sourced
from kakehashi.kernel.models import Batch, JobRun
from kakehashi.kernel.moving import Keyed, Moving
from kakehashi.kernel.words import Words
from kakehashi.placement.lifecycle import (
    KIND_NAMES,
    LOCK,
    PLACEMENT,
    REQUEST,
    RUN,
    LockKind,
    LockState,
    PlacementState,
    RequestState,
    RunState,
)
from kakehashi.placement.rules import Housing
from kakehashi.recruitment.models import Application
from kakehashi.recruitment.rules import JAPANESE_LEVELS, Setting


class Request(Moving):
    """A contracting organisation's wish for new participants: identical seats of one kind."""

    lifecycle: ClassVar = REQUEST
    state = models.CharField(max_length=40, default=REQUEST.start, editable=False)

    number = models.CharField(max_length=20, unique=True)
    year = models.ForeignKey(ProgrammeYear, on_delete=models.PROTECT, related_name="requests")
    organisation = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="requests")
    position = models.ForeignKey(Position, on_delete=models.PROTECT, related_name="+")
    wave = models.ForeignKey(Wave, on_delete=models.PROTECT, related_name="+")
    seats = models.PositiveSmallIntegerField()
    tier = models.PositiveSmallIntegerField(default=1)
    setting = models.CharField(max_length=12, default=Setting.NONE)
    language = models.CharField(max_length=10, blank=True)  # required designated language
    country = models.ForeignKey(  # required nationality
        Country, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    wished_country = models.ForeignKey(
        Country, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    predecessor_country = models.ForeignKey(  # of whoever leaves, where it should stay the same
        Country, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    japanese_level = models.CharField(max_length=4, default="none")  # at least
    wished_japanese = models.CharField(max_length=4, default="none")
    licence_required = models.BooleanField(default=False)
    qualification_required = models.BooleanField(default=False)
    family_housing = models.BooleanField(default=True)
    workplace = models.CharField(max_length=200)
    workplace_types = models.JSONField(default=list, blank=True)  # codes of `WorkplaceType`
    duties = models.TextField(blank=True)
    is_replacement = models.BooleanField(default=False)  # else a new post
    sport = models.CharField(max_length=60, blank=True)
    car_needed = models.BooleanField(default=False)
    housing = models.CharField(max_length=12, blank=True)
    rent = models.PositiveIntegerField(null=True, blank=True)  # yen a month
    housing_note = models.CharField(max_length=300, blank=True)
    monthly_pay = models.PositiveIntegerField(
        null=True, blank=True
    )  # yen; empty: the pay table's
    weekly_hours = models.DecimalField(max_digits=4, decimal_places=2, null=True, blank=True)
    leave_days = models.PositiveSmallIntegerField(null=True, blank=True)  # a year
    terms_note = models.CharField(max_length=500, blank=True)
    remark = models.CharField(max_length=300, blank=True)  # why it was returned or declined
    filed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in RequestState]),
                name="request_state_is_known",
            ),
            models.CheckConstraint(condition=Q(seats__gte=1), name="request_has_a_seat"),
            models.CheckConstraint(condition=Q(tier__gte=1), name="request_tier_from_one"),
            models.CheckConstraint(
                condition=Q(japanese_level__in=JAPANESE_LEVELS),
                name="request_japanese_level_is_known",
            ),
            models.CheckConstraint(
                condition=Q(wished_japanese__in=JAPANESE_LEVELS),
                name="request_wished_japanese_is_known",
            ),
            models.CheckConstraint(
                condition=Q(housing__in=[housing.value for housing in Housing]),
                name="request_housing_is_known",
            ),
        ]

    def __str__(self) -> str:
        return self.number


class NodeLimit(Sourced, Keyed):
    """The least and the most people to be placed under an office in one year."""

    year = models.ForeignKey(ProgrammeYear, on_delete=models.PROTECT, related_name="+")
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    minimum = models.PositiveIntegerField(default=0)
    maximum = models.PositiveIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["year", "office"], name="one_limit_an_office"),
            models.CheckConstraint(
                condition=Q(maximum=None) | Q(maximum__gte=F("minimum")),
                name="limit_least_is_not_above_most",
            ),
        ]


class NationalityCap(Sourced, Keyed):
    """The most people of one nationality to be placed under an office in one year."""

    year = models.ForeignKey(ProgrammeYear, on_delete=models.PROTECT, related_name="+")
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    country = models.ForeignKey(Country, on_delete=models.PROTECT, related_name="+")
    maximum = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["year", "office", "country"], name="one_cap_a_nationality"
            ),
        ]


class Weight(Named, Dated, Keyed):
    """What one unmet wish costs in a placement run; an operator edits these rows."""

    code = models.CharField(max_length=40)
    value = models.PositiveIntegerField()


class StepTime(Named, Dated, Keyed):
    """In how many working days an office takes a step; an officer of CLAIR edits these rows."""

    code = models.CharField(max_length=40)
    working_days = models.PositiveSmallIntegerField()


class Neighbour(Sourced):
    """Two municipalities near enough for a couple; stored once, lower code first."""

    a = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    b = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["a", "b"], name="neighbours_once")]


class Run(Moving):
    """One run of the engine: the market it was given and the plan it gave, byte for byte."""

    lifecycle: ClassVar = RUN
    state = models.CharField(max_length=40, default=RUN.start, editable=False)

    year = models.ForeignKey(ProgrammeYear, on_delete=models.PROTECT, related_name="runs")
    number = models.PositiveSmallIntegerField()
    wave = models.ForeignKey(  # a run for one wave; empty: all waves not yet placed
        Wave, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    near = models.ForeignKey(  # the run from whose plan as few as possible shall move
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    with_alternates = models.BooleanField(default=False)
    seed = models.CharField(max_length=80)
    salt = models.CharField(max_length=64)
    seed_commitment = models.CharField(max_length=64)
    market = models.TextField(blank=True)
    market_sha256 = models.CharField(max_length=64, blank=True)
    plan = models.TextField(blank=True)
    is_proved = models.BooleanField(default=False)
    verdict = models.JSONField(default=dict)  # what the independent check said
    counts = models.JSONField(default=dict)  # how large the market was, and what was left out
    unproved_reason = models.CharField(max_length=300, blank=True)
    started_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    started_at = models.DateTimeField()
    solved_at = models.DateTimeField(null=True)
    released_at = models.DateTimeField(null=True)
    failure = models.CharField(max_length=200, blank=True)
    job = models.ForeignKey(JobRun, null=True, on_delete=models.SET_NULL, related_name="+")
    batch = models.OneToOneField(Batch, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["year", "number"], name="run_number_once"),
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in RunState]),
                name="run_state_is_known",
            ),
        ]

    def __str__(self) -> str:
        return f"run {self.number}"

    @property
    def is_solved(self) -> bool:
        """Say whether there is a plan to look at."""
        return self.solved_at is not None


class Rejection(models.Model):
    """The requests (by number of the row) that one hard rule keeps a person from in a run."""

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="rejections")
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="+")
    rule = models.CharField(max_length=40)
    requests = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["run", "application", "rule"], name="rejected_once_by_a_rule"
            ),
        ]


class Placement(Moving):
    """One person's place with one organisation, as a run gave it."""

    guarded: ClassVar = ("ground", "answer")

    lifecycle: ClassVar = PLACEMENT
    state = models.CharField(max_length=40, default=PLACEMENT.start, editable=False)

    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="placements")
    application = models.ForeignKey(
        Application, on_delete=models.PROTECT, related_name="placements"
    )
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="placements")
    request = models.ForeignKey(Request, on_delete=models.PROTECT, related_name="placements")
    wish_met = models.PositiveSmallIntegerField(null=True)  # 1–3, empty: none of the wishes
    cost = models.PositiveIntegerField()
    parts = models.JSONField(default=list)  # [part, cost] pairs, as the run weighed them
    ground = models.CharField(max_length=300, blank=True)
    answer = models.CharField(max_length=500, blank=True)  # CLAIR's, to the ground
    told_at = models.DateTimeField(null=True)
    notice = models.ForeignKey(  # the candidate's letter, where it leaves later than the run's
        Batch, null=True, on_delete=models.PROTECT, related_name="placements"
    )
    workplaces = models.ManyToManyField(
        Office, related_name="+"
    )  # the second step: which schools

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in PlacementState]),
                name="placement_state_is_known",
            ),
            models.UniqueConstraint(fields=["run", "application"], name="placed_once_in_a_run"),
            models.UniqueConstraint(
                fields=["application"],
                condition=Q(state__in=["told", "agreed", "objected"]),
                name="one_live_placement",
            ),
        ]

    def __str__(self) -> str:
        return f"placement {self.pk}"


class Lock(Moving):
    """What an officer decided by hand on a run's page: this person there, or not there.

    The next runs of the year keep it until it is lifted.  The two halves of a swap name each
    other and are lifted together.
    """

    guarded: ClassVar = ("reason",)

    lifecycle: ClassVar = LOCK
    state = models.CharField(max_length=40, default=LOCK.start, editable=False)

    kind = models.CharField(max_length=10)
    year = models.ForeignKey(ProgrammeYear, on_delete=models.PROTECT, related_name="+")
    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="locks")
    application = models.ForeignKey(
        Application, on_delete=models.PROTECT, related_name="placement_locks"
    )
    request = models.ForeignKey(Request, on_delete=models.PROTECT, related_name="locks")
    other = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    reason = models.CharField(max_length=300)
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    lifted_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    lifted_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in LockState]),
                name="lock_state_is_known",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in LockKind]),
                name="lock_kind_is_known",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="lock_has_a_reason"),
            models.UniqueConstraint(
                fields=["application"],
                condition=Q(state="standing") & ~Q(kind="ban"),
                name="one_standing_place_by_hand",
            ),
            models.UniqueConstraint(
                fields=["application", "request"],
                condition=Q(state="standing", kind="ban"),
                name="banned_once_from_a_request",
            ),
        ]

    def __str__(self) -> str:
        return f"lock {self.pk}"

    @property
    def kind_name(self) -> Words:
        """Say in the reader's language what was decided."""
        return KIND_NAMES[LockKind(self.kind)]
