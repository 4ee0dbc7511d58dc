"""The lists of home: which columns each has."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse

from kakehashi.kernel.clock import TOKYO
from kakehashi.kernel.models import Batch, BatchState, JobRun, Post, RunState, Trace
from kakehashi.kernel.words import Words, _, pgettext_lazy
from kakehashi.web.listing import Column, Filter, Listing

BATCH_STATES: dict[str, Words] = {
    BatchState.DRAFT: _("Draft"),
    BatchState.RELEASED: _("Released, being sent"),
    BatchState.SENDING: _("Released, being sent"),
    BatchState.SENT: _("Sent"),
    BatchState.CANCELLED: _("Thrown away"),
}
RUN_STATES: dict[str, Words] = {
    RunState.QUEUED: _("Queued"),
    RunState.RUNNING: _("Running"),
    RunState.DONE: _("Done"),
    RunState.FAILED: _("Failed"),
    RunState.STOPPED: _("Stopped"),
}
_TONES = {
    BatchState.DRAFT: "warn",
    BatchState.RELEASED: "now",
    BatchState.SENDING: "now",
    BatchState.SENT: "ok",
    RunState.DONE: "ok",
    RunState.FAILED: "bad",
    RunState.RUNNING: "now",
}


def letters(rows: QuerySet[Post]) -> Listing:
    """List the letters written to the reader."""
    return Listing(
        columns=(
            Column(
                name="subject",
                label=_("Subject"),
                value=lambda row: row.subject,
                link=lambda row: reverse("home:letter", args=[row.pk]),
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
        order=("-released_at", "-pk"),
        caption=_("Letters to you, newest first"),
        empty=_("No letters yet. Results and notices arrive here and by e-mail."),
    )


_BATCH_COLUMNS = (
    Column(
        name="title",
        label=_("Batch"),
        value=lambda row: row.title,
        link=lambda row: reverse("home:batch", args=[row.pk]),
        head=True,
    ),
    Column(name="size", label=_("Letters"), value=lambda row: row.size, kind="number"),
    Column(name="drafted_by", label=_("Drafted by"), value=lambda row: str(row.drafted_by)),
    Column(
        name="drafted",
        label=_("Drafted"),
        value=lambda row: row.drafted_at,
        sort=("drafted_at",),
        kind="moment",
    ),
    Column(
        name="released",
        label=_("Released"),
        value=lambda row: row.released_at,
        sort=("released_at",),
        kind="moment",
    ),
    Column(
        name="state",
        label=_("State"),
        value=lambda row: BATCH_STATES[row.state],
        kind="tag",
        tone=lambda row: _TONES.get(row.state, ""),
    ),
)


def batches(rows: QuerySet[Batch]) -> Listing:
    """List batches of letters with their state."""
    return Listing(
        columns=_BATCH_COLUMNS,
        rows=rows,
        order=("-drafted_at", "-pk"),
        caption=_("Batches of letters, newest first"),
        empty=_("No letters are waiting. Results and notices are drafted on their own pages."),
        filters=(
            Filter(
                name="state",
                label=_("State"),
                apply=lambda found, value: found.filter(state=value),
                choices=lambda: list(BATCH_STATES.items()),
            ),
        ),
    )


def drafts(rows: QuerySet[Post]) -> Listing:
    """List the letters of one batch with their words."""
    return Listing(
        columns=(
            Column(name="to", label=_("To"), value=lambda row: str(row.to), head=True),
            Column(name="subject", label=_("Subject"), value=lambda row: row.subject),
            Column(name="body", label=_("Text"), value=lambda row: row.body),
            Column(name="sent", label=_("Sent"), value=lambda row: row.sent_at, kind="moment"),
            Column(name="failure", label=_("Not sent"), value=lambda row: row.failure),
        ),
        rows=rows,
        order=("pk",),
        caption=_("Letters in this batch"),
        empty=_("This batch is empty."),
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
        ),
        rows=rows,
        order=("-number",),
        caption=_("The trail, newest line first"),
        empty=_("Nothing has been recorded yet."),
        narrow="scroll",
    )


JOB_NAMES: dict[str, Words] = {
    "kernel.outbox.send_batch": _("Send the letters of a batch"),
    "kernel.outbox.send_one": _("Send a letter"),
    "kernel.announcements.tell": _("Tell the other parts what has happened"),
    "placement.actions.runs.compute": _("Solve a placement run"),
    "statistics.jobs.take_the_census": _("Count the register"),
    "appointment.jobs.complete_due_terms": _("Complete the terms that have ended"),
}


_JOB_COLUMNS = (
    Column(
        name="name",
        label=_("Job"),
        value=lambda row: JOB_NAMES.get(row.name, row.name),
        head=True,
    ),
    Column(
        name="state",
        label=_("State"),
        value=lambda row: RUN_STATES[row.state],
        kind="tag",
        tone=lambda row: _TONES.get(row.state, ""),
    ),
    Column(name="done", label=_("Done"), value=lambda row: row.done, kind="number"),
    Column(name="total", label=_("Of"), value=lambda row: row.total, kind="number"),
    Column(name="tries", label=_("Tries"), value=lambda row: row.tries, kind="number"),
    Column(
        name="queued",
        label=_("Queued at"),
        value=lambda row: row.queued_at,
        sort=("queued_at",),
        kind="moment",
    ),
    Column(name="failure", label=_("Failure"), value=lambda row: row.failure),
    Column(
        name="again",
        label=_("Again"),
        value=lambda row: _("Run again") if row.state == RunState.FAILED else "",
        link=lambda row: (
            reverse("home:run_again", args=[row.pk]) if row.state == RunState.FAILED else ""
        ),
    ),
)


def jobs(rows: QuerySet[JobRun]) -> Listing:
    """List the queue's runs."""
    return Listing(
        columns=_JOB_COLUMNS,
        filters=(
            Filter(
                name="state",
                label=_("State"),
                apply=lambda found, value: found.filter(state=value),
                choices=lambda: list(RUN_STATES.items()),
            ),
        ),
        rows=rows,
        order=("-pk",),
        caption=_("Jobs, newest first"),
        empty=_("No job has been queued yet."),
        narrow="scroll",
    )


def _on_day(found: QuerySet[Any], value: str) -> QuerySet[Any]:
    """Keep what happened on a day, as Tokyo has it."""
    begin = datetime.combine(date.fromisoformat(value), time(0), tzinfo=TOKYO)
    return found.filter(at__gte=begin, at__lt=begin + timedelta(days=1))


def _contains(field: str) -> Any:  # noqa: ANN401 -- a filter over any rows
    return lambda rows, value: rows.filter(Q(**{f"{field}__icontains": value}))
