"""What hangs on an office: contact points, ties, supervision, former names, what was changed."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language

from kakehashi.directory.models.ground import Country, Municipality, Office, Person
from kakehashi.directory.rules import Change, ChangeState, Seen
from kakehashi.kernel.dated import Dated, Sourced
from kakehashi.kernel.moving import Keyed
from kakehashi.kernel.words import LANGUAGES


class ContactPoint(Sourced, Keyed):
    """Whom to turn to at an office: a desk or a person, how, when, and who may know of it."""

    guarded: ClassVar = ("name", "telephone", "email")

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="contacts")
    desk_en = models.CharField(max_length=120)
    desk_ja = models.CharField(max_length=120)
    name = models.CharField(max_length=120, blank=True)
    telephone = models.CharField(max_length=80, blank=True)
    fax = models.CharField(max_length=80, blank=True)
    email = models.EmailField(blank=True)
    hours = models.CharField(max_length=120, blank=True)
    language = models.CharField(max_length=10, blank=True)
    seen = models.CharField(max_length=10, default=Seen.OFFICES)
    verified_on = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["office", "desk_en", "name"], name="contact_point_once"
            ),
            models.CheckConstraint(
                condition=Q(seen__in=[one.value for one in Seen]),
                name="contact_is_seen_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(language__in=["", *LANGUAGES]), name="contact_language_is_known"
            ),
        ]

    def __str__(self) -> str:
        return self.desk_ja if get_language() == "ja" else self.desk_en


class SisterTie(Dated, Keyed):
    """A sister city: a place abroad with which an office is tied; empty since means not known."""

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="ties")
    country = models.ForeignKey(Country, on_delete=models.PROTECT, related_name="+")
    place_en = models.CharField(max_length=120)
    place_ja = models.CharField(max_length=120, blank=True)
    since = models.PositiveSmallIntegerField(null=True, blank=True)
    invented = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["office", "country", "place_en"], name="sister_tie_once"
            ),
        ]

    def __str__(self) -> str:
        japanese = get_language() == "ja" and self.place_ja
        return self.place_ja if japanese else self.place_en


class CooperativeMember(Sourced, Keyed):
    """A municipality that belongs to a partial cooperative (一部事務組合)."""

    cooperative = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="members")
    municipality = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, related_name="cooperatives"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["cooperative", "municipality"], name="cooperative_member_once"
            ),
        ]

    def __str__(self) -> str:
        return str(self.municipality)


class Supervision(Keyed):
    """Who supervises whom at an organisation, from one day to another, both included."""

    participant = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="supervised_by"
    )
    supervisor = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="supervises")
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="supervisions")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="supervision_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=~Q(participant=F("supervisor")), name="nobody_supervises_themselves"
            ),
            models.UniqueConstraint(
                fields=["participant", "supervisor", "office"],
                condition=Q(ends_on=None),
                name="one_open_supervision_of_two",
            ),
        ]

    def __str__(self) -> str:
        return f"supervision {self.pk}"


class FieldChange(models.Model):
    """What one field of a record was before a change and after it; `trace` says who and when."""

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="field_changes")
    thing = models.CharField(max_length=80, db_index=True)
    field = models.CharField(max_length=40)
    before = models.CharField(max_length=400, blank=True)
    after = models.CharField(max_length=400, blank=True)
    trace = models.PositiveBigIntegerField(db_index=True)

    def __str__(self) -> str:
        return f"{self.thing} {self.field}"


class FormerName(Sourced, Keyed):
    """What an office was called until a day, that day included."""

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="former_names")
    name_en = models.CharField(max_length=200)
    name_ja = models.CharField(max_length=200)
    until = models.DateField()
    change = models.ForeignKey(
        "Reorganisation", null=True, on_delete=models.CASCADE, related_name="former_names"
    )

    def __str__(self) -> str:
        return self.name_ja if get_language() == "ja" else self.name_en


class Reorganisation(Keyed):
    """A merger or a new name of an office, from a day on.

    `office` is the one that goes on: the successor of a merger, or the office renamed.  Until
    the day it is `planned`; then `done`; what was taken back is `undone`.
    """

    kind = models.CharField(max_length=10)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="changes")
    predecessors = models.ManyToManyField(Office, related_name="successions")
    on = models.DateField()
    name_en = models.CharField(max_length=200, blank=True)
    name_ja = models.CharField(max_length=200, blank=True)
    ground = models.CharField(max_length=300)
    state = models.CharField(max_length=10, default=ChangeState.PLANNED)
    trace = models.PositiveBigIntegerField(default=0)  # the line of the trail when it was done

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=[one.value for one in Change]),
                name="reorganisation_kind_is_known",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[one.value for one in ChangeState]),
                name="reorganisation_state_is_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class FollowedThing(models.Model):
    """A thing that went over to the successor with a merger, and from which office.

    `until` is the last day a seat had before the merger ended it.
    """

    change = models.ForeignKey(
        Reorganisation, on_delete=models.CASCADE, related_name="followed"
    )
    thing = models.CharField(max_length=80)
    came_from = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    until = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["change", "thing"], name="follows_once"),
        ]

    def __str__(self) -> str:
        return self.thing
