"""Councils and what they resolved."""

from django.conf import settings
from django.db import models
from django.utils.translation import get_language

from kakehashi.directory.models import Named
from kakehashi.kernel.dated import Dated
from kakehashi.kernel.moving import Keyed


class Council(Named, Dated):
    """A body that decides together; `decides` lists what: `plan`, `results`, `run`."""

    code = models.CharField(max_length=40, unique=True)
    members_en = models.CharField(max_length=300)
    members_ja = models.CharField(max_length=300)
    decides = models.CharField(max_length=100, blank=True)

    @property
    def gloss(self) -> str:
        """Give the name in the other language than the reader's."""
        return self.name_en if get_language() == "ja" else self.name_ja

    @property
    def members(self) -> str:
        """Say in the reader's language who sits on it."""
        return self.members_ja if get_language() == "ja" else self.members_en


class Resolution(Keyed):
    """What a council decided, by number and day; written once and never edited."""

    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="resolutions")
    number = models.CharField(max_length=40)
    adopted_on = models.DateField()
    about = models.CharField(max_length=80, db_index=True)
    text_en = models.TextField()
    text_ja = models.TextField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["council", "number"], name="resolution_number_once"
            ),
        ]

    def __str__(self) -> str:
        return self.number
