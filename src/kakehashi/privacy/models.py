"""Privacy notices by version, who has read them, wishes to mend, and copies to take away."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language

from kakehashi.directory.models import Office, Person
from kakehashi.directory.rules import Role
from kakehashi.kernel.dated import Dated
from kakehashi.kernel.models import JobRun
from kakehashi.kernel.moving import Keyed, Moving
from kakehashi.privacy.lifecycle import CORRECTION, State


class PrivacyNotice(Dated, Keyed):
    """A version of the privacy notice, with the days it holds and how soon wishes are answered."""

    version = models.CharField(max_length=20, unique=True)
    title_en = models.CharField(max_length=200)
    title_ja = models.CharField(max_length=200)
    text_en = models.TextField()
    text_ja = models.TextField()
    answer_days = models.PositiveSmallIntegerField()

    def __str__(self) -> str:
        return self.title_ja if get_language() == "ja" else self.title_en

    @property
    def text(self) -> str:
        """Give the text in the reader's language."""
        return self.text_ja if get_language() == "ja" else self.text_en


class NoticeRead(Keyed):
    """That somebody has read a version of the notice, and when."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="notices_read")
    notice = models.ForeignKey(PrivacyNotice, on_delete=models.PROTECT, related_name="read_by")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "notice"], name="notice_read_once"),
        ]


class Correction(Moving):
    """A person's wish to have one field of a record about them mended, and the answer."""

    lifecycle: ClassVar = CORRECTION
    state = models.CharField(max_length=40, default=CORRECTION.start, editable=False)

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="corrections")
    holding = models.CharField(max_length=60)
    thing = models.CharField(max_length=80)
    field = models.CharField(max_length=60)
    present = models.TextField(blank=True)
    wanted = models.TextField(blank=True)
    reason = models.TextField(blank=True)
    asked_at = models.DateTimeField()
    due_on = models.DateField()
    keeper_role = models.CharField(max_length=30)
    keeper_office = models.ForeignKey(
        Office, null=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_by = models.ForeignKey(
        Person, null=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)
    answer = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in State]),
                name="correction_state_is_known",
            ),
            models.CheckConstraint(
                condition=Q(keeper_role__in=[role.value for role in Role]),
                name="correction_keeper_is_known",
            ),
            models.UniqueConstraint(
                fields=["person", "thing", "field"],
                condition=Q(state=State.ASKED.value),
                name="one_open_wish_for_a_field",
            ),
        ]


class DataCopy(Keyed):
    """A copy of everything held about a person, made for them; thrown away after some days."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="data_copies")
    asked_at = models.DateTimeField()
    made_at = models.DateTimeField(null=True)
    rows = models.PositiveIntegerField(default=0)
    data = models.BinaryField(default=bytes)
    run = models.ForeignKey(JobRun, null=True, on_delete=models.SET_NULL, related_name="+")
