"""What arrivals offer to home: whom to expect, who has come, and on which days."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime, time

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext, ngettext

from kakehashi.arrival.lifecycle import State
from kakehashi.arrival.models import Arrival
from kakehashi.arrival.policy import policy
from kakehashi.arrival.queries import arrivals_for
from kakehashi.arrival.views import arrival_listing
from kakehashi.kernel.clock import TOKYO
from kakehashi.kernel.words import _
from kakehashi.placement.queries import agreed_placements
from kakehashi.web import offers
from kakehashi.web.offers import Due, Happening, Level, Moment, Reader, Span, Work, tally

MOST = 3  # pieces of news


@offers.must_do
def to_receive(reader: Reader) -> Iterable[Work]:
    """Ask CLAIR to put the placed on the list, and to record who has come."""
    if reader.year is None or not policy.allows(reader.person, "arrive", None):
        return
    asked = {"state": State.EXPECTED.value, "year": str(reader.year)}
    found = tally(arrival_listing(reader.person), "arrival:arrivals", asked, moment="due_on")
    if found.count:
        yield Work(
            label=ngettext("%(n)s person is expected", "%(n)s people are expected", found.count)
            % {"n": found.count},
            url=found.url,
            count=found.count,
            people=found.count,
            note=_("Record who has arrived, wave by wave."),
            due=Due(at=_morning(found.oldest), whole_day=True),
            action=_("Open the list"),
            tone="now",
        )
    if agreed_placements(reader.year).filter(arrival=None).exists():
        yield Work(
            label=_("Put those who are placed on the list of arrivals"),
            url=reverse("arrival:expect"),
            note=_("Organisations have accepted people who are not expected anywhere yet."),
            action=_("Look"),
        )


def _morning(day: date) -> datetime:
    return datetime.combine(day, time(0), tzinfo=TOKYO)


def _own(reader: Reader) -> Iterable[Arrival]:
    return arrivals_for(reader.person).filter(person=reader.person, state=State.EXPECTED)


@offers.dates
def days_of_arrival(reader: Reader, span: Span) -> Iterable[Moment]:
    """Give the days on which people come: one's own, and those one may know of, counted."""
    person = reader.person
    for row in _own(reader):
        if span.first <= row.due_on <= span.last:
            yield Moment(
                key=f"arrival/{row.pk}",
                label=_("You arrive in Japan"),
                on=row.due_on,
                note=str(row.organisation),
                url=reverse("arrival:arrival", args=[row.pk]),
            )
    if not policy.allows(person, "see_list", None):
        return
    rows = arrivals_for(person).filter(
        state=State.EXPECTED, due_on__range=(span.first, span.last)
    )
    coming = rows.exclude(person=person).order_by().values_list("due_on", "pk")
    days = Counter(day for day, _pk in coming)
    for day, n in sorted(days.items()):
        yield Moment(
            key=f"arrivals/{day}",
            label=ngettext("%(n)s person arrives", "%(n)s people arrive", n) % {"n": n},
            on=day,
            url=reverse("arrival:arrivals") + f"?state=expected&due={day}",
        )


@offers.happened
def have_come(reader: Reader) -> Iterable[Happening]:
    """Tell how many have come, day by day."""
    person = reader.person
    if not policy.allows(person, "see_list", None):
        return
    rows = arrivals_for(person).filter(
        state=State.ARRIVED, arrived_on__isnull=False, arrived_on__lte=reader.at.date()
    )
    days = rows.order_by().values_list("arrived_on").annotate(n=Count("pk", distinct=True))
    for last, n in days.order_by("-arrived_on")[:MOST]:
        yield Happening(
            at=_morning(last),
            text=ngettext("%(n)s person arrived", "%(n)s people arrived", n) % {"n": n},
            url=reverse("arrival:arrivals") + "?state=arrived&sort=-arrived_on",
        )


@offers.levels
def arrived(reader: Reader) -> Iterable[Level]:
    """Count who has arrived in the year, on the reader's own list."""
    person = reader.person
    if reader.year is None or not policy.allows(person, "see_list", None):
        return
    listing = arrival_listing(person)
    asked = {"state": State.ARRIVED.value, "year": str(reader.year)}
    found = tally(listing, "arrival:arrivals", asked)
    coming = tally(
        listing, "arrival:arrivals", {"state": State.EXPECTED.value, "year": str(reader.year)}
    )
    yield Level(
        arch="arrival",
        label=_("Arrived"),
        count=found.count,
        url=found.url,
        note=gettext("%(n)s expected") % {"n": coming.count},
    )
