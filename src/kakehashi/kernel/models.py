"""What the kernel remembers: the trail and its head, letters and batches, and jobs."""

import json
from datetime import UTC
from enum import StrEnum

from django.conf import settings
from django.db import models
from django.db.models import Q

from kakehashi.kernel.chain import FIRST
from kakehashi.kernel.dated import Sourced


class Kind(StrEnum):
    """Whether somebody changed a thing or only looked at it."""

    CHANGE = "change"
    VIEW = "view"


class Subject(models.Model):
    """The number under which a person acts in the trail; erasable, the chain stays whole."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="subject"
    )

    def __str__(self) -> str:
        return f"subject:{self.pk}"


class Trace(models.Model):
    """One line of the trail: who did what to which thing, and when.

    A line holds keys, never words of the case or names of people, so that
    erasing a person leaves the chain whole.
    """

    number = models.PositiveBigIntegerField(primary_key=True)
    kind = models.CharField(max_length=10)
    thing = models.CharField(max_length=80, db_index=True)
    deed = models.CharField(max_length=60)
    by = models.CharField(max_length=60, db_index=True)
    at = models.DateTimeField()
    seal = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in Kind]),
                name="trace_kind_is_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.thing} {self.deed}"

    @property
    def content(self) -> str:
        """Say everything the line says, always in the same way, for the seal."""
        at = self.at.astimezone(UTC).isoformat(timespec="microseconds")
        said = [self.number, self.kind, self.thing, self.deed, self.by, at]
        return json.dumps(said, ensure_ascii=False, separators=(",", ":"))


class TrailHead(models.Model):
    """The last line's number and seal: one row, for which all writers queue."""

    number = models.PositiveBigIntegerField(default=0)
    seal = models.CharField(max_length=64, default=FIRST)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(id=1), name="trail_has_one_head"),
        ]

    def __str__(self) -> str:
        return f"{self.number}:{self.seal}"


class BatchState(StrEnum):
    """Where a batch of letters stands."""

    DRAFT = "draft"
    RELEASED = "released"
    SENDING = "sending"  # from here on nothing is taken back
    SENT = "sent"
    CANCELLED = "cancelled"


class Batch(models.Model):
    """Letters that leave together: drafted, previewed, counted, released, being sent, sent."""

    about = models.CharField(max_length=80, db_index=True)
    title = models.CharField(max_length=200)
    state = models.CharField(max_length=20, default=BatchState.DRAFT)
    drafted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="drafted_batches"
    )
    drafted_at = models.DateTimeField()
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="released_batches",
    )
    released_at = models.DateTimeField(null=True)
    leaves_at = models.DateTimeField(null=True)  # until then a release can be taken back
    sent_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in BatchState]),
                name="batch_state_is_known",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def key(self) -> str:
        """Name this batch in the trail."""
        return f"kernel.batch/{self.pk}"


class Hold(Sourced):
    """How long letters about one kind of thing wait after their release, to be taken back."""

    kind = models.CharField(max_length=40, unique=True)  # as in “selection.round/3”
    minutes = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"{self.kind}: {self.minutes} min"


class Way(StrEnum):
    """How a letter reaches its reader; it always lies in their inbox too."""

    MAIL = "mail"  # by e-mail, at once
    DIGEST = "digest"  # named in the daily e-mail
    INBOX = "inbox"  # in the inbox alone


class Post(models.Model):
    """A letter in the outbox, word for word; a draft until somebody releases it.

    `decision` names what the letter decides (“result:2027”): a person has at most one live
    letter of a decision, whatever is drafted twice.
    """

    batch = models.ForeignKey(
        Batch, null=True, on_delete=models.PROTECT, related_name="letters"
    )
    letter = models.CharField(max_length=80)
    about = models.CharField(max_length=80, db_index=True)
    to = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="post"
    )
    language = models.CharField(max_length=10)
    subject = models.CharField(max_length=200)
    body = models.TextField()
    facts = models.JSONField(default=dict)
    decision = models.CharField(max_length=80, blank=True)
    written_at = models.DateTimeField()
    released_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)
    claimed_at = models.DateTimeField(null=True)  # a worker is handing it to the mail server
    sent_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)
    failure = models.CharField(max_length=120, blank=True)
    way = models.CharField(max_length=10, default=Way.MAIL)
    once = models.CharField(
        max_length=120, blank=True
    )  # what is told once, however often asked

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(way__in=[way.value for way in Way]), name="post_way_is_known"
            ),
            models.UniqueConstraint(
                fields=["to", "once"], condition=~Q(once=""), name="told_once"
            ),
            models.UniqueConstraint(
                fields=["to", "decision"],
                condition=Q(cancelled_at=None) & ~Q(decision=""),
                name="one_live_decision_letter_per_person",
            ),
        ]
        indexes = [
            models.Index(fields=["to", "released_at"]),
            models.Index(
                fields=["batch"], condition=~Q(failure=""), name="letters_that_failed"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.letter} about {self.about}"

    @property
    def key(self) -> str:
        """Name this letter in the trail."""
        return f"kernel.post/{self.pk}"


class MailChoice(models.Model):
    """How somebody wants to hear of a kind of letter, where they may choose."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="mail_choices"
    )
    letter = models.CharField(max_length=80)
    way = models.CharField(max_length=10)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "letter"], name="one_choice_a_letter"),
            models.CheckConstraint(
                condition=Q(way__in=[way.value for way in Way]), name="mail_choice_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.letter}: {self.way}"


class CalendarKey(models.Model):
    """How often somebody has renewed the secret address of their calendar; old ones are dead."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="calendar_key"
    )
    version = models.PositiveIntegerField(default=0)
    renewed_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"calendar {self.pk}"


class RunState(StrEnum):
    """Where a job's run stands."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    REFUSED = "refused"  # a rule of the programme said no; nothing was done
    STOPPED = "stopped"


class JobRun(models.Model):
    """One run of a job: its ids, how far it is, and how it ended (class and line only).

    `by` is who asked for it and may follow it, `about` the key of the thing it works on.
    """

    name = models.CharField(max_length=100)
    ids = models.JSONField(default=list)
    key = models.CharField(max_length=160, unique=True)
    state = models.CharField(max_length=20, default=RunState.QUEUED)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    step = models.CharField(max_length=100, blank=True)
    tries = models.PositiveIntegerField(default=0)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="runs"
    )
    about = models.CharField(max_length=80, blank=True)
    stop_asked_at = models.DateTimeField(null=True)
    queued_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)  # not before then
    began_at = models.DateTimeField(null=True)
    taken_at = models.DateTimeField(null=True)  # when a worker last took it up
    ended_at = models.DateTimeField(null=True)
    failure = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in RunState]),
                name="job_run_state_is_known",
            ),
        ]
        indexes = [models.Index(fields=["state", "id"])]

    def __str__(self) -> str:
        return f"{self.name} {self.ids}"


class UploadState(StrEnum):
    """Where a table that somebody sent stands."""

    DRAFT = "draft"
    QUEUED = "queued"  # a worker writes it
    WRITTEN = "written"
    UNDONE = "undone"


class Upload(models.Model):
    """A table somebody sent: a draft until they confirm it, then what it wrote.

    `seen` fixes what they were shown, `last_line` the trail's line up to which the writing went.
    The file itself is dropped once it is written, or after a week.
    """

    kind = models.CharField(max_length=40)
    name = models.CharField(max_length=200)
    data = models.BinaryField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="uploads"
    )
    at = models.DateTimeField()
    state = models.CharField(max_length=20, default=UploadState.DRAFT)
    sheet = models.CharField(max_length=200, blank=True)
    head = models.PositiveIntegerField(null=True)
    mapping = models.JSONField(default=dict)
    mend = models.BooleanField(default=False)
    rows = models.PositiveIntegerField(default=0)
    made = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    same = models.PositiveIntegerField(default=0)
    seen = models.CharField(max_length=64, blank=True)
    known = models.JSONField(default=list)  # keys of the things there that it would touch
    run = models.ForeignKey(JobRun, null=True, on_delete=models.SET_NULL, related_name="+")
    written_at = models.DateTimeField(null=True)
    last_line = models.PositiveBigIntegerField(default=0)
    can_undo = models.BooleanField(default=False)
    undone_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in UploadState]),
                name="upload_state_is_known",
            ),
        ]
        indexes = [models.Index(fields=["by", "at"])]

    def __str__(self) -> str:
        return f"{self.kind}: {self.name}"

    @property
    def key(self) -> str:
        """Name this upload in the trail."""
        return f"kernel.upload/{self.pk}"


class UploadedThing(models.Model):
    """One thing an import wrote: whether it was new, what it was before, a seal of what it became."""

    upload = models.ForeignKey(Upload, on_delete=models.CASCADE, related_name="things")
    thing = models.CharField(max_length=80)
    made = models.BooleanField()
    before = models.JSONField(default=dict)
    after = models.CharField(max_length=64)

    def __str__(self) -> str:
        return self.thing


class HeadingMap(models.Model):
    """What the headings of somebody's files mean, by kind of table, as they said it last."""

    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="heading_maps"
    )
    kind = models.CharField(max_length=40)
    mapping = models.JSONField(default=dict)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["by", "kind"], name="one_heading_map_per_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.by_id}"
