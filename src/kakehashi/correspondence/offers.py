"""What the register offers to home: letters to answer, and when."""

from collections.abc import Iterable
from datetime import UTC, datetime, time

from django.urls import reverse
from django.utils.translation import gettext, ngettext

from kakehashi.approvals.policy import DESKS
from kakehashi.correspondence.lifecycle import WAITS
from kakehashi.correspondence.queries import entries_for
from kakehashi.correspondence.views import listing_of
from kakehashi.directory.policy import holds
from kakehashi.kernel.words import _
from kakehashi.kernel.zones import time_zone
from kakehashi.web import offers
from kakehashi.web.offers import Due, Moment, Reader, Span, Work, tally


@offers.must_do
def to_answer(reader: Reader) -> Iterable[Work]:
    """Show what this person answers, or nobody yet, that is due within a week or overdue."""
    if not holds(reader.person, *DESKS):
        return
    listing = listing_of(reader.person, reader.at)
    found = tally(listing, "correspondence:entries", {"due": "mine"}, moment="due_at")
    if found.count:
        yield Work(
            label=ngettext("%(n)s letter to answer", "%(n)s letters to answer", found.count)
            % {"n": found.count},
            url=found.url,
            count=found.count,
            people=found.count,
            note=_("Yours, and those of your office for which nobody is named."),
            due=Due(at=found.oldest),
            action=_("See"),
            tone="bad" if found.oldest < reader.at else "now",
        )


@offers.dates
def due(reader: Reader, span: Span) -> Iterable[Moment]:
    """List the days on which this person's answers are due."""
    if not holds(reader.person, *DESKS):
        return
    first = datetime.combine(span.first, time.min, UTC)
    last = datetime.combine(span.last, time.max, UTC)
    rows = entries_for(reader.person).filter(
        answerer=reader.person, state__in=WAITS, due_at__range=(first, last)
    )
    for row in rows.order_by("due_at", "pk"):
        if row.due_at is None:
            continue
        yield Moment(
            key=row.key,
            label=gettext("Answer due: %(subject)s") % {"subject": row.subject},
            on=row.due_at.astimezone(time_zone(row.time_zone)).date(),
            at=row.due_at,
            zone=row.time_zone,
            url=reverse("correspondence:entry", args=[row.pk]),
        )
