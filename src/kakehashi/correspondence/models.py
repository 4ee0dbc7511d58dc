"""The register's letters, how an office writes its numbers, and what was enclosed."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import Q

from kakehashi.correspondence.lifecycle import ENTRY, State
from kakehashi.correspondence.rules import (
    DIRECTION_NAMES,
    EXAMPLE,
    Direction,
    fiscal_year,
    number_text,
)
from kakehashi.directory.models import Office, Person
from kakehashi.kernel.dated import Dated
from kakehashi.kernel.models import Batch
from kakehashi.kernel.moving import Keyed, Moving
from kakehashi.kernel.words import Words

KNOWN_DIRECTION = Q(direction__in=[one.value for one in Direction])


class NumberStyle(Dated, Keyed):
    """How an office writes the numbers of its register: 総行国第12号."""

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="number_styles")
    direction = models.CharField(max_length=3)
    prefix = models.CharField(max_length=40, blank=True)
    suffix = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=KNOWN_DIRECTION, name="style_direction_is_known"),
            models.UniqueConstraint(
                fields=["office", "direction"],
                condition=Q(valid_to=None),
                name="one_open_number_style",
            ),
        ]

    @property
    def direction_name(self) -> Words:
        """Say in the reader's language for which letters it is."""
        return DIRECTION_NAMES[self.direction]

    @property
    def example(self) -> str:
        """Write number 12 of this year as the office would."""
        day = self.valid_from or self.valid_to or date.min
        return number_text(self.prefix, EXAMPLE, self.suffix, fiscal_year(day))


class Entry(Moving):
    """A letter in one office's register.

    `origin` is the other office's own row of the same letter; `answers` is the row of this register
    that this letter answers.  A draft has no number yet.
    """

    guarded: ClassVar = ("subject", "body")

    lifecycle: ClassVar = ENTRY
    state = models.CharField(max_length=40, default=ENTRY.start, editable=False)

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="register")
    direction = models.CharField(max_length=3)
    fiscal_year = models.PositiveSmallIntegerField(null=True)
    number = models.PositiveIntegerField(null=True)
    written_number = models.CharField(max_length=80, blank=True)
    dated_on = models.DateField()
    counterpart = models.ForeignKey(
        Office, null=True, on_delete=models.PROTECT, related_name="letters"
    )
    counterpart_name = models.CharField(max_length=200, blank=True)
    their_number = models.CharField(max_length=80, blank=True)
    subject = models.CharField(max_length=200)
    body = models.TextField(blank=True)
    due_at = models.DateTimeField(null=True)
    time_zone = models.CharField(max_length=60, default="Asia/Tokyo")
    answerer = models.ForeignKey(
        Person, null=True, on_delete=models.PROTECT, related_name="letters_to_answer"
    )
    answers = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="answered_by"
    )
    origin = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="copies"
    )
    batch = models.ForeignKey(Batch, null=True, on_delete=models.PROTECT, related_name="+")
    written_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in State]),
                name="entry_state_is_known",
            ),
            models.CheckConstraint(condition=KNOWN_DIRECTION, name="entry_direction_is_known"),
            models.UniqueConstraint(
                fields=["office", "direction", "fiscal_year", "number"],
                condition=Q(number__isnull=False),
                name="register_number_once",
            ),
            models.UniqueConstraint(
                fields=["origin"],
                condition=Q(origin__isnull=False),
                name="a_letter_arrives_once",
            ),
        ]
        indexes = [models.Index(fields=["office", "state", "due_at"])]

    def __str__(self) -> str:
        return f"{self.written_number} {self.subject}".strip()

    @property
    def other_side(self) -> str:
        """Name the office that wrote it or to which it goes."""
        return str(self.counterpart) if self.counterpart else self.counterpart_name

    @property
    def direction_name(self) -> Words:
        """Say in the reader's language whether it came in or went out."""
        return DIRECTION_NAMES[self.direction]

    def number_as(self, style: NumberStyle | None, number: int, year: int) -> str:
        """Write a number as this office does."""
        prefix, suffix = (style.prefix, style.suffix) if style else ("", "")
        return number_text(prefix, number, suffix, year)


class Attachment(Keyed):
    """A file that came or goes with a letter, typed by what is in it."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="attachments")
    name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    data = models.BinaryField()
    added_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
