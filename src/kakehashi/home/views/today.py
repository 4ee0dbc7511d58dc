"""“Your work today”: the bridge of the year, what waits for me, the next dates.

Everything is counted among what this person may know of; whatever their seats do not concern is
not asked at all.
"""

from collections.abc import Collection, Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.translation import gettext, ngettext

from kakehashi.directory.models import Person
from kakehashi.home.views import bridge
from kakehashi.home.views.tasks import tasks_for
from kakehashi.intake.models import ProgrammeYear
from kakehashi.intake.queries import current_year, deadlines_for
from kakehashi.intake.rules import EVENT_NAMES
from kakehashi.kernel.clock import TOKYO
from kakehashi.web.components import Dated, Task
from kakehashi.web.dates import moment_words

NEXT_DATES = 5
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
    }


def lede(tasks: list[Task]) -> str:
    """Say in one sentence what the day asks."""
    if not tasks:
        return gettext("Nothing waits for you today.")
    return ngettext("One thing waits for you.", "%(n)s things wait for you.", len(tasks)) % {
        "n": len(tasks)
    }


def next_dates(person: Person, year: ProgrammeYear | None, *, at: datetime) -> Iterable[Dated]:
    """List the next deadlines that concern this person, each in its own zone and in Tokyo."""
    if year is None:
        return
    rows = deadlines_for(person, year).filter(at__gte=at).order_by("at", "pk")[:NEXT_DATES]
    for row in rows:
        zone = ZoneInfo(row.time_zone)
        where = str(row.mission) if row.mission_id else gettext("The whole programme")
        days = (row.at - at).days
        yield Dated(
            on=timezone.localtime(row.at, zone).date(),
            label=EVENT_NAMES[row.event],
            note=f"{where} · {moment_words(row.at, row.time_zone)}",
            soon=days < SOON_DAYS,
        )
