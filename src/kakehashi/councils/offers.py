"""What the councils offer to home: what was resolved lately."""

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext

from kakehashi.councils.policy import READERS
from kakehashi.councils.queries import resolutions_for, subjects
from kakehashi.directory.policy import holds
from kakehashi.web import offers
from kakehashi.web.offers import Happening, Reader

MOST = 5


@offers.happened
def resolved(reader: Reader) -> Iterable[Happening]:
    """Tell what a council resolved, in the order in which it was recorded."""
    if not holds(reader.person, *READERS):
        return
    rows = list(resolutions_for(reader.person).order_by("-recorded_at", "-pk")[:MOST])
    known = subjects(reader.person, [row.about for row in rows])
    for row in rows:
        about = known[row.about].label if row.about in known else row.number
        at: datetime = row.recorded_at
        yield Happening(
            at=at,
            text=gettext("%(council)s resolved: %(about)s")
            % {"council": row.council, "about": about},
            url=reverse("councils:resolution", args=[row.pk]),
        )
