"""“Your work today”: the bridge of the year, what waits for me, the next dates.

Everything is counted among what this person may know of; whatever their seats do not concern is
not asked at all.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date, datetime
from itertools import islice
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.translation import gettext, ngettext

from kakehashi.directory.models import Person
from kakehashi.directory.queries import holds
from kakehashi.home.queries import dates_ahead
from kakehashi.home.views import bridge
from kakehashi.home.views.masthead import OFFICERS
from kakehashi.home.views.tasks import tasks_for
from kakehashi.intake.models import Deadline, ProgrammeYear
from kakehashi.intake.queries import current_year
from kakehashi.intake.rules import EVENT_NAMES
from kakehashi.kernel.clock import TOKYO
from kakehashi.web.components import Dated, Task
from kakehashi.web.dates import moment_words

NEXT_DATES = 5
READ_AHEAD = 200  # rows; many missions share a date
SOON_DAYS = 7


def page(person: Person, *, open_to: Collection[str], at: datetime) -> dict[str, object]:
    """Gather what today's page draws; `open_to` are the menu's addresses for this person."""
    year = current_year(person)
    tasks = list(tasks_for(person, year))
    counts = bridge.counts_of(year) if year else None
    return {
        "year": year,
        "at": at.astimezone(TOKYO),
        "lede": lede(tasks),
        "tasks": tasks,
        "arches": bridge.arches(counts, open_to=open_to) if counts else [],
        "figures": bridge.figures(counts, open_to=open_to) if counts else [],
        "dates": list(next_dates(person, year, at=at)),
        "personal": not holds(person, *OFFICERS),
    }


def lede(tasks: list[Task]) -> str:
    """Say in one sentence what the day asks."""
    if not tasks:
        return gettext("Nothing waits for you today.")
    return ngettext("One thing waits for you.", "%(n)s things wait for you.", len(tasks)) % {
        "n": len(tasks)
    }


def next_dates(person: Person, year: ProgrammeYear | None, *, at: datetime) -> Iterable[Dated]:
    """List the next dates that concern this person; the same date of many missions is one line."""
    if year is None:
        return
    together: dict[tuple[date, str], list[Deadline]] = defaultdict(list)
    for row in dates_ahead(person, year, at=at)[:READ_AHEAD]:
        together[_day(row), row.event].append(row)
    for (day, event), dates in islice(sorted(together.items()), NEXT_DATES):
        yield Dated(
            on=day,
            label=EVENT_NAMES[event],
            note=_note(dates),
            soon=(dates[0].at - at).days < SOON_DAYS,
        )


def _day(row: Deadline) -> date:
    return timezone.localtime(row.at, ZoneInfo(row.time_zone)).date()


def _note(dates: list[Deadline]) -> str:
    """Say whose date it is and, unless it is a whole day there, at what time the first is."""
    first, whose = dates[0], _whose(dates)
    if all(one.whole_day for one in dates):
        return whose
    return f"{whose} · {moment_words(first.at, first.time_zone)}"


def _whose(dates: list[Deadline]) -> str:
    missions = [one.mission for one in dates if one.mission is not None]
    if not missions or len(missions) < len(dates):
        return gettext("The whole programme")
    if len(missions) == 1:
        return str(missions[0])
    whole = all(one.whole_day for one in dates)
    many = gettext("%(n)s missions") if whole else gettext("%(n)s missions, the first")
    return many % {"n": len(missions)}
