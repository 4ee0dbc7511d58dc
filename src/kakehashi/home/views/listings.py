"""The lists of home: which columns each has."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse

from kakehashi.home.forms import WAYS
from kakehashi.kernel.clock import TOKYO
from kakehashi.kernel.models import Post, Trace
from kakehashi.kernel.words import _, pgettext_lazy
from kakehashi.web.listing import Batch as Batch_
from kakehashi.web.listing import Column, Filter, Listing
from kakehashi.web.rows import page_of

_LETTER_FILTERS = (
    Filter(
        name="state",
        label=_("State"),
        apply=lambda found, value: found.filter(read_at__isnull=value == "new"),
        choices=lambda: [
            ("new", _("New")),
            ("read", pgettext_lazy("letter", "Read")),
        ],
    ),
    Filter(
        name="way",
        label=_("How it came"),
        apply=lambda found, value: found.filter(way=value),
        choices=lambda: list(WAYS),
    ),
)


def letters(rows: QuerySet[Post]) -> Listing:
    """List the letters written to the reader."""
    return Listing(
        columns=(
            Column(
                name="subject",
                label=_("Subject"),
                value=lambda row: row.subject,
                link=page_of("home:letter"),
                head=True,
            ),
            Column(
                name="received",
                label=_("Received"),
                value=lambda row: row.released_at,
                sort=("released_at",),
                kind="moment",
            ),
            Column(
                name="read",
                label=_("State"),
                value=lambda row: pgettext_lazy("letter", "Read") if row.read_at else _("New"),
                kind="tag",
                tone=lambda row: "ok" if row.read_at else "now",
            ),
        ),
        rows=rows,
        filters=_LETTER_FILTERS,
        batch=(
            Batch_(name="mark_read", label=_("Mark as read"), url=reverse("home:mark_read")),
        ),
        order=("-released_at", "-pk"),
        caption=_("Letters to you, newest first"),
        empty=_("No letters yet. Results and notices arrive here and by e-mail."),
    )


_TRAIL_COLUMNS = (
    Column(
        name="number",
        label=_("Line"),
        value=lambda row: row.number,
        sort=("number",),
        kind="number",
        head=True,
    ),
    Column(
        name="at",
        label=_("When"),
        value=lambda row: row.at,
        sort=("at",),
        kind="moment",
    ),
    Column(name="by", label=_("Who"), value=lambda row: row.by),
    Column(name="deed", label=_("What"), value=lambda row: row.deed),
    Column(name="thing", label=_("To which record"), value=lambda row: row.thing),
    Column(
        name="kind",
        label=_("Kind"),
        value=lambda row: _("Seen") if row.kind == "view" else _("Changed"),
    ),
)


def trail(rows: QuerySet[Trace]) -> Listing:
    """List lines of the trail."""
    return Listing(
        columns=_TRAIL_COLUMNS,
        filters=(
            Filter(name="thing", label=_("Record"), apply=_contains("thing")),
            Filter(name="deed", label=_("Deed"), apply=_contains("deed")),
            Filter(
                name="kind",
                label=_("Kind"),
                apply=lambda found, value: found.filter(kind=value),
                choices=lambda: [("change", _("Changed")), ("view", _("Seen"))],
            ),
            Filter(name="day", label=_("Day (2027-04-20)"), apply=_on_day),
            Filter(
                name="after",
                label=_("After line"),
                apply=lambda found, value: found.filter(number__gt=int(value)),
            ),
        ),
        rows=rows,
        order=("-number",),
        caption=_("The trail, newest line first"),
        empty=_("Nothing has been recorded yet."),
        narrow="scroll",
    )


def _on_day(found: QuerySet[Any], value: str) -> QuerySet[Any]:
    """Keep what happened on a day, as Tokyo has it."""
    begin = datetime.combine(date.fromisoformat(value), time(0), tzinfo=TOKYO)
    return found.filter(at__gte=begin, at__lt=begin + timedelta(days=1))


def _contains(field: str) -> Any:  # noqa: ANN401 -- a filter over any rows
    return lambda rows, value: rows.filter(Q(**{f"{field}__icontains": value}))
