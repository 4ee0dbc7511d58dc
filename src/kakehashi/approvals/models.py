"""Routes as dated rows, papers on their way, and every stamp on them."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language

from kakehashi.approvals.lifecycle import APPROVAL, State
from kakehashi.approvals.rules import KIND_NAMES
from kakehashi.directory.models import Office, Person
from kakehashi.directory.rules import RANK_NAMES, ROLE_NAMES, Rank, Role
from kakehashi.kernel.dated import Dated
from kakehashi.kernel.moving import Keyed, Moving
from kakehashi.kernel.words import Words

KNOWN_KIND = Q(kind__in=list(KIND_NAMES))
KNOWN_ROLE = Q(role__in=[role.value for role in Role])


class Route(Dated, Keyed):
    """Which way a kind of act goes through one desk of an office before it leaves."""

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="routes")
    role = models.CharField(max_length=30)
    kind = models.CharField(max_length=20)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=KNOWN_KIND, name="route_kind_is_known"),
            models.CheckConstraint(condition=KNOWN_ROLE, name="route_role_is_known"),
            models.UniqueConstraint(
                fields=["office", "role", "kind"],
                condition=Q(valid_to=None),
                name="one_open_route_of_a_kind",
            ),
        ]

    @property
    def kind_name(self) -> Words:
        """Say in the reader's language what goes this way."""
        return KIND_NAMES[self.kind]

    @property
    def desk(self) -> Words:
        """Name the desk whose papers go this way."""
        return ROLE_NAMES[self.role]


class RouteStep(models.Model):
    """Whose stamp is asked at one step of a route."""

    route = models.ForeignKey(Route, on_delete=models.CASCADE, related_name="steps")
    number = models.PositiveSmallIntegerField()
    rank = models.CharField(max_length=10)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["route", "number"], name="route_step_once"),
            models.CheckConstraint(
                condition=Q(rank__in=[Rank.CHIEF.value, Rank.HEAD.value]),
                name="route_step_rank_is_known",
            ),
        ]

    @property
    def name(self) -> Words:
        """Say whose stamp it is."""
        return RANK_NAMES[self.rank]


class Approval(Moving):
    """A paper on its way: what shall leave, word for word by its digest, and who drafted it.

    `step` is the number of the route's step whose stamp is asked next.
    """

    guarded: ClassVar = ("note",)

    lifecycle: ClassVar = APPROVAL
    state = models.CharField(max_length=40, default=APPROVAL.start, editable=False)

    route = models.ForeignKey(Route, on_delete=models.PROTECT, related_name="approvals")
    about = models.CharField(max_length=80, db_index=True)
    edition = models.PositiveSmallIntegerField()
    digest = models.CharField(max_length=64)
    label_en = models.CharField(max_length=300)
    label_ja = models.CharField(max_length=300)
    note = models.TextField(blank=True)
    drafted_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    drafted_for = models.ForeignKey(
        Person, null=True, on_delete=models.PROTECT, related_name="+"
    )
    drafted_at = models.DateTimeField()
    step = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in State]),
                name="approval_state_is_known",
            ),
            models.UniqueConstraint(
                fields=["about", "route", "edition"], name="approval_edition_once"
            ),
            models.UniqueConstraint(
                fields=["about", "route"],
                condition=Q(state__in=[State.CIRCULATING.value, State.APPROVED.value]),
                name="one_live_approval_of_a_thing",
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """Say in the reader's language what shall leave."""
        return self.label_ja if get_language() == "ja" else self.label_en


class Stamp(models.Model):
    """One officer's stamp, or their return; `given_for` is the absent person of a deputy's."""

    guarded: ClassVar = ("reason",)

    approval = models.ForeignKey(Approval, on_delete=models.CASCADE, related_name="stamps")
    step = models.PositiveSmallIntegerField()
    rank = models.CharField(max_length=10)
    verdict = models.CharField(max_length=10)
    reason = models.TextField(blank=True)
    given_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    given_for = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(verdict__in=["stamped", "returned"]), name="stamp_verdict_is_known"
            ),
        ]

    @property
    def name(self) -> Words:
        """Say whose stamp it is."""
        return RANK_NAMES[self.rank]
