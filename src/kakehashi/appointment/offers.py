"""What appointments offer to home: notices to give, terms that end, one's own appointment."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import ngettext

from kakehashi.appointment.lifecycle import State
from kakehashi.appointment.models import Appointment
from kakehashi.appointment.policy import LOCAL_ROLES, policy
from kakehashi.appointment.queries import (
    appointments_for,
    my_appointments,
    supervisors_of,
)
from kakehashi.appointment.views import appointment_listing
from kakehashi.directory.policy import holds, offices_of
from kakehashi.directory.queries import offices_for
from kakehashi.directory.rules import Role
from kakehashi.kernel.words import _
from kakehashi.web import offers
from kakehashi.web.offers import Level, Moment, Reader, Span, Work, listed, tally

NEWCOMERS = "1"  # year of service

offers.opens("appointment.appointment", appointments_for, "appointment:appointment")


@offers.must_do
def to_give(reader: Reader) -> Iterable[Work]:
    """Ask the employer for notices of appointment, and for a supervisor where there is none."""
    person = reader.person
    if not holds(person, Role.ORGANISATION):
        return
    asked = {"state": State.SERVING.value, "notice": "no", "service": NEWCOMERS}
    found = tally(appointment_listing(person), "appointment:appointments", asked)
    if found.count:
        yield Work(
            label=ngettext(
                "%(n)s notice of appointment to give",
                "%(n)s notices of appointment to give",
                found.count,
            )
            % {"n": found.count},
            url=found.url,
            count=found.count,
            people=found.count,
            note=_("Newcomers need it from their first day."),
            action=_("Open the list"),
            tone="now",
        )
    yield from _without_a_supervisor(reader)


def _without_a_supervisor(reader: Reader) -> Iterable[Work]:
    person = reader.person
    mine = offices_for(person).filter(pk__in=offices_of(person, Role.ORGANISATION))
    serving = appointments_for(person).filter(state=State.SERVING)
    for office in mine.filter(pk__in=serving.order_by().values("organisation")):
        if not supervisors_of(person, office).exists():
            yield Work(
                label=_("Name a supervisor"),
                url=reverse("appointment:supervisors", args=[office.pk]),
                note=str(office),
                action=_("Name one"),
                tone="warn",
            )


@offers.dates
def terms(reader: Reader, span: Span) -> Iterable[Moment]:
    """Give the days on which terms end: one's own, and those one may know of, counted."""
    person = reader.person
    for row in my_appointments(person).filter(state=State.SERVING):
        own = (
            ("begins", row.starts_on, _("Your term begins")),
            ("ends", row.ends_on, _("Your term ends")),
        )
        for name, day, label in own:
            if span.first <= day <= span.last:
                yield Moment(
                    key=f"appointment/{row.pk}/{name}",
                    label=label,
                    on=day,
                    note=str(row.organisation),
                    url=reverse("appointment:mine"),
                )
    if not policy.allows(person, "see_list", None):
        return
    rows = appointments_for(person).filter(
        state=State.SERVING, ends_on__range=(span.first, span.last)
    )
    days = Counter(day for day, _pk in rows.order_by().values_list("ends_on", "pk"))
    names = _names_by_day(rows) if holds(person, *LOCAL_ROLES) else {}
    for day, n in sorted(days.items()):
        yield Moment(
            key=f"appointments/{day}",
            label=ngettext("%(n)s term ends", "%(n)s terms end", n) % {"n": n},
            on=day,
            note=listed(names.get(day, ())),
            url=reverse("appointment:appointments") + f"?state=serving&ends={day}",
        )


def _names_by_day(rows: QuerySet[Appointment]) -> dict[date, list[str]]:
    """Name those whose terms end, day by day, for the few whom an office near them knows."""
    found: dict[date, list[str]] = defaultdict(list)
    named = rows.order_by("person__family_name", "person__given_name", "pk")
    for day, given, family in named.values_list(
        "ends_on", "person__given_name", "person__family_name"
    ):
        found[day].append(f"{given} {family}".strip())
    return found


@offers.levels
def serving(reader: Reader) -> Iterable[Level]:
    """Count who serves, on the reader's own list."""
    person = reader.person
    if not policy.allows(person, "see_list", None):
        return
    asked = {"state": State.SERVING.value}
    found = tally(appointment_listing(person), "appointment:appointments", asked)
    yield Level(arch="appointment", label=_("Serving"), count=found.count, url=found.url)
