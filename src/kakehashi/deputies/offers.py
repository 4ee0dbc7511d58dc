"""What deputies offer to home: in whose seat one may act today, and whom one is asked to accept."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext

from kakehashi.deputies.queries import knows_deputies, standing_for, to_accept
from kakehashi.directory.policy import holds, seats_of
from kakehashi.directory.rules import Rank, Role
from kakehashi.kernel.clock import TOKYO
from kakehashi.kernel.words import _
from kakehashi.web import offers
from kakehashi.web.offers import Reader, Work


@offers.must_do
def stands_in(reader: Reader) -> Iterable[Work]:
    """Remind a deputy of the seats they act from these days."""
    if not knows_deputies(reader.person) or reader.person.acts_from is not None:
        return
    for row in standing_for(reader.person, reader.at.astimezone(TOKYO).date()):
        facts = {"name": row.seat.person, "role": row.seat.role_name}
        yield Work(
            label=gettext("You stand in for %(name)s, %(role)s") % facts,
            url=reverse("deputies:deputy", args=[row.pk]),
            note=_("Act in this name to see what waits there."),
            action=_("Open"),
            tone="info",
        )


@offers.must_do
def asks_for_a_word(reader: Reader) -> Iterable[Work]:
    """Show heads and the operator which deputies wait for their word."""
    is_head = any(seat.rank == Rank.HEAD for seat in seats_of(reader.person))
    if not is_head and not holds(reader.person, Role.OPERATOR):
        return
    for row in to_accept(reader.person)[:3]:
        facts = {"deputy": row.person, "name": row.seat.person}
        yield Work(
            label=gettext("Shall %(deputy)s stand in for %(name)s?") % facts,
            url=reverse("deputies:deputy", args=[row.pk]),
            action=_("Decide"),
            tone="now",
        )
