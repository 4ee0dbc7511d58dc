"""How facts of a year are shown: what is assumed says so, a date stands in its own zone first."""

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from kakehashi.directory.models import Person
from kakehashi.intake.models import Deadline
from kakehashi.intake.rules import EVENT_NAMES
from kakehashi.kernel.dated import Sourced
from kakehashi.kernel.words import Words, _
from kakehashi.web import dates
from kakehashi.web.listing import Column

Address = str


def who(request: HttpRequest) -> Person:
    """Give the person who asks."""
    return cast("Person", request.user)


def certainty(row: Sourced) -> Words:
    """Say whether a fact was read in a source."""
    return _("assumed") if row.assumed else _("sourced")


def certainty_tone(row: Sourced) -> str:
    """Colour what somebody should check."""
    return "warn" if row.assumed else ""


CERTAIN = Column(
    name="certainty",
    label=_("Known from"),
    value=certainty,
    kind="tag",
    tone=certainty_tone,
    sort=("assumed",),
)
SOURCE = Column(name="source", label=_("Source"), value=lambda row: row.source)


def event_name(row: Deadline) -> Words:
    """Name the event of a date."""
    return EVENT_NAMES.get(row.event, row.event)


def there(row: Deadline) -> str:
    """Write a date as it is in its own zone, with the place the zone is called after."""
    zone = dates.zone_named(row.time_zone)
    local = row.at.astimezone(zone)
    day = dates.day_words(local.date(), "table")
    if row.whole_day:
        return day
    place = dates.place_of(zone)
    if dates.japanese():
        return f"{day} {local:%H:%M}（{place}）"
    return f"{day}, {local:%H:%M} ({place})"


def in_tokyo(row: Deadline) -> str:
    """Write the moment as a clock in Tokyo shows it."""
    return dates.moment_words(row.at, style="table")


def confirm(request: HttpRequest, *, title: Words, text: Words, back: Address) -> HttpResponse:
    """Ask once more before something that cannot be taken back."""
    context = {"title": title, "text": text, "action": title, "back": back}
    return render(request, "web/confirm.html", context)
