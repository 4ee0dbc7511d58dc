"""What can be asked of the dated tables: pay, and days off at schools and desks."""

from datetime import date, timedelta

from django.db.models import Q, QuerySet

from kakehashi.directory.models import Office, Person
from kakehashi.directory.queries import offices_for
from kakehashi.directory.rules import OfficeKind
from kakehashi.intake.models import DayOff, PayRate
from kakehashi.intake.policy import kept_calendars, policy
from kakehashi.kernel.scope import seen_by, unscoped


def pay_for_all_days(person: Person) -> QuerySet[PayRate]:
    """Find every row of the pay table, those over and those ahead too."""
    return seen_by(person, PayRate).order_by("-cohort_from", "year_of_service", "pk")


@unscoped("a new row of the pay table may not overlap any other")
def pay_rows() -> list[PayRate]:
    """List every row of the pay table."""
    return list(PayRate.objects.order_by("pk"))


def days_off_for(person: Person) -> QuerySet[DayOff]:
    """Find the days off this person may know of: the common ones and every office's."""
    return seen_by(person, DayOff).select_related("office__parent")


@unscoped("a new row of a calendar may not overlap another of the same office")
def days_off_of(office: Office | None) -> list[DayOff]:
    """List the rows of one office's own calendar, or of the common one."""
    return list(DayOff.objects.filter(office=office).order_by("first_on", "pk"))


@unscoped("when schools and desks are closed is public")
def days_off_between(office: Office, first: date, last: date, *, school: bool) -> set[date]:
    """Give the days off at an office between two days: the common ones, its own, and those above.

    Saturdays and Sundays are not named; who reckons with working days leaves them out as well.
    """
    above = [one for one in (office.pk, office.parent_id) if one]
    where = Q(at_schools=True) if school else Q(at_offices=True)
    rows = DayOff.objects.filter(
        Q(office=None) | Q(office__in=above), where, first_on__lte=last, last_on__gte=first
    )
    found: set[date] = set()
    for begin, end in rows.values_list("first_on", "last_on"):
        here, until = max(begin, first), min(end, last)
        found |= {here + timedelta(days=n) for n in range((until - here).days + 1)}
    return found


def calendars_kept_by(person: Person) -> list[Office]:
    """List the offices whose calendar this person keeps; the common one is asked by the policy."""
    kinds = (OfficeKind.ORGANISATION, OfficeKind.HOST_BODY)
    mine = offices_for(person).filter(kind__in=kinds, pk__in=kept_calendars(person))
    return list(mine.order_by("code"))


def keeps_common(person: Person) -> bool:
    """Say whether this person keeps the calendar that holds everywhere."""
    return policy.allows(person, "set_day_off", None)
