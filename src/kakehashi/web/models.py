"""What readers keep for themselves: lists as they like to see them."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from kakehashi.kernel.moving import Keyed


class SavedView(Keyed):
    """A list as one person wants to see it again: its filters, order and columns, under a name.

    `place` is the address of the list and `query` what follows it.  Whoever is given both sees
    what they may know of: the address holds the wish, never the right.
    """

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_views"
    )
    place = models.CharField(max_length=200)
    name = models.CharField(max_length=60)
    query = models.CharField(max_length=1000, blank=True)
    is_default = models.BooleanField(default=False)
    kept_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner", "place", "name"], name="view_named_once"),
            models.UniqueConstraint(
                fields=["owner", "place"],
                condition=Q(is_default=True),
                name="one_default_view_a_list",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def url(self) -> str:
        """Give the address at which the list is seen so."""
        return f"{self.place}?{self.query}" if self.query else f"{self.place}?view=all"
