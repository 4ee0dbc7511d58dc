"""What approvals offer to home: papers that wait for one's stamp."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import ngettext

from kakehashi.approvals.policy import DESKS
from kakehashi.approvals.queries import approvals_for
from kakehashi.approvals.views import listing_of
from kakehashi.directory.policy import holds, seats_of
from kakehashi.kernel.words import _
from kakehashi.web import offers
from kakehashi.web.offers import Reader, Work, tally


@offers.must_do
def to_stamp(reader: Reader) -> Iterable[Work]:
    """Show chiefs and heads what waits for their stamp."""
    if not any(seat.rank for seat in seats_of(reader.person)):
        return
    listing = listing_of(reader.person)
    found = tally(listing, "approvals:approvals", {"waiting": "me"}, moment="drafted_at")
    if found.count:
        yield Work(
            label=ngettext(
                "%(n)s paper waits for your stamp",
                "%(n)s papers wait for your stamp",
                found.count,
            )
            % {"n": found.count},
            url=found.url,
            count=found.count,
            people=found.count,
            note=_("Until the last stamp, nothing leaves."),
            action=_("Look"),
            tone="now",
            since=found.oldest,
        )


@offers.must_do
def came_back(reader: Reader) -> Iterable[Work]:
    """Show whoever drafted a paper that it came back."""
    if not holds(reader.person, *DESKS):
        return
    rows = approvals_for(reader.person).filter(drafted_by=reader.person, state="returned")
    for row in rows.order_by("-pk")[:3]:
        yield Work(
            label=row.label,
            url=reverse("approvals:approval", args=[row.pk]),
            note=_("It came back with a reason. Mend it and ask again."),
            action=_("Look"),
            tone="warn",
        )
