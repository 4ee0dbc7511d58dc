"""A piece of work as a page writes it: until when, how pressing, since when."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext

from kakehashi.web.components import Tone
from kakehashi.web.dates import Leaf, clock, day_words, leaf, moment_words, zone_named
from kakehashi.web.offers import Due, Work

SOON_DAYS = 7
FAR = timedelta(days=300)  # from there on a day is written with its year


@dataclass(frozen=True, kw_only=True)
class Line:
    """A piece of work as it is drawn: until when in short and in full, since when, how pressing."""

    work: Work
    due: str = ""
    whole: str = ""
    tone: Tone = ""
    since: str = ""
    days: int = 0

    @property
    def leaf(self) -> Leaf | None:
        """Tear the leaf of the due day off the calendar."""
        due = self.work.due
        return leaf(due.at.astimezone(zone_named(due.zone)).date()) if due else None


def line_of(work: Work, *, at: datetime) -> Line:
    """Write a piece of work for its reader."""
    days = (at - work.since).days if isinstance(work.since, datetime) else 0
    since = day_words(work.since, "table") if work.since else ""
    if work.due is None:
        return Line(work=work, tone=work.tone, since=since, days=days)
    return Line(
        work=work,
        due=_short(work.due, at),
        whole=_whole(work.due),
        tone=_pressing(work.due, at),
        since=since,
        days=days,
    )


def _short(due: Due, at: datetime) -> str:
    local, now = due.at.astimezone(zone_named(due.zone)), at.astimezone(zone_named(due.zone))
    if local < now:
        return gettext("Overdue since %(day)s") % {"day": day_words(local.date(), "short")}
    if local.date() == now.date():
        return gettext("Today") if due.whole_day else f"{gettext('Today')} {clock(local)}"
    style = "short" if local - now < FAR else "table"
    return day_words(local.date(), style)  # type: ignore[arg-type]  # one of the two


def _whole(due: Due) -> str:
    if due.whole_day:
        return day_words(due.at.astimezone(zone_named(due.zone)).date())
    return moment_words(due.at, due.zone)


def _pressing(due: Due, at: datetime) -> Tone:
    if due.at < at or due.at - at < timedelta(days=1):
        return "bad"
    return "warn" if due.at - at < timedelta(days=SOON_DAYS) else ""
