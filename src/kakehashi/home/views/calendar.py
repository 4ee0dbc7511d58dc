"""The calendar: a month, a list, and the same dates for other programs behind a secret address."""

import calendar as months
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext, override
from django.views.decorators.http import require_safe

from kakehashi.directory.models import Person
from kakehashi.home import actions, queries
from kakehashi.home.views.common import who
from kakehashi.home.views.today import note_of, reader_of
from kakehashi.kernel import clock
from kakehashi.kernel.clock import TOKYO
from kakehashi.web import offers
from kakehashi.web.components import Dated
from kakehashi.web.dates import DAYS_EN, DAYS_JA, MONTHS, japanese
from kakehashi.web.icalendar import Event, written
from kakehashi.web.offers import Moment, Span

PAST, AHEAD = timedelta(days=90), timedelta(days=400)
FIRST_YEAR, LAST_YEAR = 1987, 2200


@dataclass
class Day:
    """A day of the month as it is drawn."""

    on: date
    inside: bool
    today: bool
    moments: list[Moment] = field(default_factory=list)


@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    """Show every date of a month that concerns me, as a month and as a list."""
    person, now = who(request), clock.now()
    today = now.astimezone(TOKYO).date()
    first = _month(request.GET.get("month", ""), today)
    weeks = months.Calendar(firstweekday=6 if japanese() else 0).monthdatescalendar(
        first.year, first.month
    )
    span = Span(first=weeks[0][0], last=weeks[-1][-1])
    moments = offers.dates_for(reader_of(person, at=now), span)
    days = [
        [Day(on=on, inside=on.month == first.month, today=on == today) for on in week]
        for week in weeks
    ]
    by_day = {day.on: day for week in days for day in week}
    for one in moments:
        by_day[one.on].moments.append(one)
    before, after = first - timedelta(days=1), first + timedelta(days=32)
    context = {
        "first": first,
        "title": _title(first),
        "before": f"{before:%Y-%m}",
        "after": f"{after:%Y-%m}",
        "now": f"{today:%Y-%m}",
        "heads": _heads(),
        "weeks": days,
        "dates": [_dated(one) for one in moments if one.on.month == first.month],
        "address": request.build_absolute_uri(_address(person)),
    }
    return render(request, "home/calendar.html", context)


def _month(asked: str, today: date) -> date:
    """Read `2027-04`; what is no month is this one."""
    year, _dash, month = asked.partition("-")
    try:
        first = date(int(year), int(month), 1)
    except ValueError:
        return today.replace(day=1)
    return first if FIRST_YEAR <= first.year <= LAST_YEAR else today.replace(day=1)


def _title(first: date) -> str:
    if japanese():
        return f"{first.year}年{first.month}月"
    return f"{MONTHS[first.month - 1]} {first.year}"


def _heads() -> list[str]:
    if japanese():
        return [DAYS_JA[-1], *DAYS_JA[:-1]]
    return [day[:3] for day in DAYS_EN]


def _dated(one: Moment) -> Dated:
    return Dated(on=one.on, label=one.label, note=note_of(one), url=one.url)


def _address(person: Person) -> str:
    return reverse("home:feed", args=[queries.calendar_secret(person)])


def renew(request: HttpRequest) -> HttpResponse:
    """Give my calendar a new secret address, after saying what becomes of the old one."""
    if request.method == "POST":
        actions.renew_calendar(by=who(request), at=clock.now())
        messages.success(
            request, gettext("Your calendar has a new address; the old one has ended.")
        )
        return redirect("home:calendar")
    context = {
        "title": gettext("Renew the address of your calendar"),
        "text": gettext(
            "Whoever has the old address sees nothing any more. Programs in which you use it "
            "need the new one."
        ),
        "action": gettext("Renew the address"),
        "back": reverse("home:calendar"),
    }
    return render(request, "web/confirm.html", context)


@login_not_required
@require_safe
def feed(request: HttpRequest, secret: str) -> HttpResponse:
    """Give a calendar program the dates of whoever's secret this is; nobody else learns a thing."""
    person = queries.person_of_calendar(secret)
    if person is None:
        raise Http404
    now = clock.now()
    today = now.astimezone(TOKYO).date()
    span = Span(first=today - PAST, last=today + AHEAD)
    with override(person.language):
        moments = offers.dates_for(reader_of(person, at=now), span)
        text = written((_event(one) for one in moments), name="Kakehashi 架け橋", at=now)
    answer = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="kakehashi.ics"'
    answer["Cache-Control"] = "no-store"
    answer["Referrer-Policy"] = "no-referrer"
    answer["X-Robots-Tag"] = "noindex, nofollow"
    del request
    return answer


def _event(one: Moment) -> Event:
    home = settings.KAKEHASHI_ADDRESS.rstrip("/")
    return Event(
        uid=f"{one.key}@{home.partition('//')[2] or 'kakehashi'}",
        title=str(one.label),
        on=one.on,
        at=one.at,
        note=note_of(one),
        url=f"{home}{one.url}" if one.url else "",
    )
