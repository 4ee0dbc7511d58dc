"""What one's own data offers to home: a notice to read, wishes to answer and when."""

from collections.abc import Iterable
from datetime import datetime, time

from django.urls import reverse
from django.utils.translation import gettext

from kakehashi.kernel.clock import TOKYO
from kakehashi.kernel.words import _
from kakehashi.privacy.queries import to_answer, unread_notice
from kakehashi.web import offers
from kakehashi.web.offers import Due, Reader, Work

MOST = 5


@offers.must_do
def read_the_notice(reader: Reader) -> Iterable[Work]:
    """Ask everybody to read a notice that they have not read in this version."""
    found = unread_notice(reader.person, reader.at.astimezone(TOKYO).date())
    if found is not None:
        yield Work(
            label=gettext("Read the privacy notice, version %(version)s")
            % {"version": found.version},
            url=reverse("privacy:notice"),
            action=_("Read"),
            tone="line",
        )


@offers.must_do
def wishes(reader: Reader) -> Iterable[Work]:
    """Show whoever keeps a record what people ask to have mended in it."""
    for row in to_answer(reader.person)[:MOST]:
        yield Work(
            label=gettext("%(name)s asks to have a record mended") % {"name": row.person},
            url=reverse("privacy:correction", args=[row.pk]),
            due=Due(at=datetime.combine(row.due_on, time(23, 59), TOKYO), whole_day=True),
            action=_("Answer"),
            tone="now",
        )
