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
from kakehashi.web.offers import Due, Happening, Level, Moment, Reader, Span, Tally, Work

MOST = 3  # pieces of news


def _arrivals(reader: Reader) -> dict[tuple[str, ...], Tally]:
    """Count the year's arrivals by state, on the reader's own list, once for the page."""
    asked = {"year": str(reader.year)}
    listing = arrival_listing(reader.person)
    return reader.keep(
        "arrival.tallies",
        lambda: offers.tallies(listing, "arrival:arrivals", asked, moment="due_on"),
    )


@offers.must_do
def to_receive(reader: Reader) -> Iterable[Work]:
    """Ask CLAIR to put the placed on the list, and to record who has come."""
    if reader.year is None or not policy.allows(reader.person, "arrive", None):
        return
    found = _arrivals(reader).get((State.EXPECTED.value,))
    if found is not None:
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


def _own(rows: Iterable[Arrival]) -> Iterable[Moment]:
    for row in rows:
        yield Moment(
            key=f"arrival/{row.pk}",
            label=_("You arrive in Japan"),
            on=row.due_on,
            note=str(row.organisation),
            url=reverse("arrival:arrival", args=[row.pk]),
        )


@offers.dates
def days_of_arrival(reader: Reader, span: Span) -> Iterable[Moment]:
    """Give the days on which people come: one's own, and those one may know of, counted."""
    person = reader.person
    rows = arrivals_for(person).filter(
        state=State.EXPECTED, due_on__range=(span.first, span.last)
    )
    whose = list(rows.order_by().values_list("due_on", "pk", "person"))
    if any(one == person.pk for _day, _pk, one in whose):
        yield from _own(rows.filter(person=person))
    if not policy.allows(person, "see_list", None):
        return
    days = Counter(day for day, _pk, one in whose if one != person.pk)
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
            url=reverse("arrival:arrivals") + f"?state=arrived&arrived={last}",
        )


@offers.levels
def arrived(reader: Reader) -> Iterable[Level]:
    """Count who has arrived in the year, on the reader's own list."""
    person = reader.person
    if reader.year is None or not policy.allows(person, "see_list", None):
        return
    state = State.ARRIVED.value
    have_come, coming = (
        found.count if (found := _arrivals(reader).get((each,))) else 0
        for each in (state, State.EXPECTED.value)
    )
    yield Level(
        arch="arrival",
        label=_("Arrived"),
        count=have_come,
        url=offers.address("arrival:arrivals", {"state": state, "year": str(reader.year)}),
        note=gettext("%(n)s expected") % {"n": coming},
    )
