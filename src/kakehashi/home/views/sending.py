"""The lists of what is sent and of what runs: batches, their letters, jobs."""

from collections.abc import Mapping

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext

from kakehashi.councils.queries import Subject
from kakehashi.directory.models import Person
from kakehashi.kernel.models import BatchState, JobRun, Post, RunState
from kakehashi.kernel.outbox import CAME_BACK
from kakehashi.kernel.words import Words, _, pgettext_lazy
from kakehashi.web.listing import Column, Filter, Listing
from kakehashi.web.rows import Rows, page_of, within

NOTHING: Mapping[str, Subject] = {}
BATCH_STATES: dict[str, Words] = {
    BatchState.DRAFT: _("Draft"),
    BatchState.RELEASED: _("Released, waiting to leave"),
    BatchState.SENDING: _("Being sent"),
    BatchState.SENT: _("Sent"),
    BatchState.CANCELLED: _("Thrown away"),
}
RUN_STATES: dict[str, Words] = {
    RunState.QUEUED: _("Queued"),
    RunState.RUNNING: _("Running"),
    RunState.DONE: _("Done"),
    RunState.FAILED: _("Failed"),
    RunState.REFUSED: _("Refused by a rule"),
    RunState.STOPPED: _("Stopped"),
}
TONES: dict[str, str] = {
    BatchState.DRAFT: "warn",
    BatchState.RELEASED: "now",
    BatchState.SENDING: "now",
    BatchState.SENT: "ok",
    RunState.DONE: "ok",
    RunState.FAILED: "bad",
    RunState.REFUSED: "warn",
    RunState.RUNNING: "now",
}
FAILURES: dict[str, Words] = {
    "SMTPRecipientsRefused": _("The address was refused"),
    "SMTPDataError": _("The mail server refused the letter"),
    CAME_BACK: _("It came back"),
}
POST_STATES: dict[str, Words] = {
    "waiting": _("Waiting"),
    "sent": _("Sent"),
    "failed": _("Did not arrive"),
}
_POST_TONES = {"waiting": "now", "sent": "ok", "failed": "bad"}
JOB_NAMES: dict[str, Words] = {
    "home.actions.bringing.write_large": _("Write a large table"),
    "kernel.outbox.send_batch": _("Send the letters of a batch"),
    "kernel.outbox.send_one": _("Send a letter"),
    "home.jobs.send_digests": _("Write the daily e-mails"),
    "kernel.announcements.tell": _("Tell the other parts what has happened"),
    "selection.actions.telling.release_asked": _("Release the results"),
    "placement.actions.notices.release_run_asked": _("Release the notices"),
    "placement.actions.runs.compute": _("Solve a placement run"),
    "statistics.jobs.take_the_census": _("Count the register"),
    "accounts.jobs.forget_texts": _("Throw away texts kept for a day"),
    "directory.jobs.reorganise_what_is_due": _("Merge and rename offices on their day"),
    "appointment.jobs.complete_due_terms": _("Complete the terms that have ended"),
}


def failure_words(letter: Post) -> Words:
    """Say why a letter did not arrive."""
    return FAILURES.get(letter.failure, letter.failure)


def post_state(letter: Post) -> str:
    """Say where a letter stands: waiting, sent, failed."""
    if letter.failure:
        return "failed"
    return "sent" if letter.sent_at else "waiting"


_BATCH_READS = (
    *("title", "state", "drafted_at", "released_at"),
    *within("drafted_by", *Person.NAMED_BY),
)
_BATCH_COLUMNS = (
    Column(
        name="title",
        label=_("Batch"),
        value=lambda row: row.title,
        link=page_of("home:batch"),
        head=True,
    ),
    Column(name="size", label=_("Letters"), value=lambda row: row.size, kind="number"),
    Column(
        name="failed",
        label=_("Did not arrive"),
        value=lambda row: row.failed or None,
        kind="number",
        link=lambda row: (
            f"{reverse('home:batch', args=[row.pk])}?state=failed" if row.failed else ""
        ),
    ),
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
        tone=lambda row: TONES.get(row.state, ""),
    ),
)


def batches(rows: Rows) -> Listing:
    """List batches of letters with their state."""
    return Listing(
        columns=_BATCH_COLUMNS,
        filters=(
            Filter(
                name="title",
                label=_("Batch"),
                apply=lambda found, words: found.filter(title__icontains=words),
            ),
            Filter(
                name="state",
                label=_("State"),
                apply=lambda found, state: found.filter(state=state),
                choices=lambda: list(BATCH_STATES.items()),
            ),
        ),
        rows=rows,
        order=("-drafted_at", "-pk"),
        caption=_("Batches of letters, newest first"),
        reads=_BATCH_READS,
        empty=_("No letters are waiting. Results and notices are drafted on their own pages."),
    )


def _named(rows: Rows, words: str) -> Rows:
    """Keep the letters whose reader or subject every word is part of."""
    for word in words.split():
        found = Q(subject__icontains=word)
        for name in ("family_name", "given_name", "name_ja", "email"):
            found |= Q(**{f"to__{name}__icontains": word})
        rows = rows.filter(found)
    return rows


def _in_state(rows: Rows, state: str) -> Rows:
    if state == "failed":
        return rows.exclude(failure="")
    return rows.filter(failure="", sent_at__isnull=state == "waiting")


_POST_FILTERS = (
    Filter(name="q", label=_("Reader or subject"), apply=_named),
    Filter(
        name="state",
        label=_("State"),
        apply=_in_state,
        choices=lambda: list(POST_STATES.items()),
    ),
)
_TO = Column(
    name="to",
    label=_("To"),
    value=lambda row: str(row.to),
    sort=("to__family_name", "to__given_name"),
    link=page_of("home:post"),
    head=True,
)
_ADDRESS = Column(name="address", label=_("E-mail"), value=lambda row: row.to.email)
_SUBJECT = Column(
    name="subject",
    label=_("Subject"),
    value=lambda row: (
        row.subject if row.batch_id else None
    ),  # single letters: never their words
)
_STATE = Column(
    name="state",
    label=_("State"),
    value=lambda row: POST_STATES[post_state(row)],
    kind="tag",
    tone=lambda row: _POST_TONES[post_state(row)],
)
_SENT = Column(
    name="sent",
    label=_("Sent"),
    value=lambda row: row.sent_at,
    sort=("sent_at",),
    kind="moment",
)
_WHY = Column(name="failure", label=_("Why not"), value=failure_words)


def drafts(rows: Rows) -> Listing:
    """List the letters of one batch."""
    return Listing(
        columns=(_TO, _SUBJECT, _STATE, _SENT, _WHY),
        filters=_POST_FILTERS,
        rows=rows,
        order=("pk",),
        caption=_("Letters in this batch"),
        empty=_("This batch is empty."),
    )


def posted(rows: Rows) -> Listing:
    """List the letters one looks after, whatever batch they are of."""
    return Listing(
        columns=(_TO, _ADDRESS, _SUBJECT, _STATE, _SENT, _WHY),
        filters=_POST_FILTERS,
        rows=rows,
        order=("-pk",),
        caption=_("Letters, newest first"),
        empty=_("No letter of yours has been drafted."),
    )


def _after(row: JobRun) -> str:
    return gettext("Run again") if row.state == RunState.FAILED else ""


_JOB = Column(
    name="name",
    label=_("Job"),
    value=lambda row: JOB_NAMES.get(row.name, row.name),
    link=page_of("home:job"),
    head=True,
)
_PROGRESS = (
    Column(
        name="state",
        label=_("State"),
        value=lambda row: RUN_STATES[row.state],
        kind="tag",
        tone=lambda row: TONES.get(row.state, ""),
    ),
    Column(name="done", label=_("Done"), value=lambda row: row.done, kind="number"),
    Column(name="total", label=_("Of"), value=lambda row: row.total, kind="number"),
    Column(
        name="queued",
        label=_("Queued at"),
        value=lambda row: row.queued_at,
        sort=("queued_at",),
        kind="moment",
    ),
    Column(name="due", label=_("Not before"), value=lambda row: row.due_at, kind="moment"),
)
_FOR_OPERATORS = (
    Column(name="by", label=_("Started by"), value=lambda row: row.by and str(row.by)),
    Column(name="failure", label=_("Failure"), value=lambda row: row.failure),
    Column(name="tries", label=_("Tries"), value=lambda row: row.tries, kind="number"),
    Column(
        name="again",
        label=_("Again"),
        value=_after,
        link=lambda row: reverse("home:run_again", args=[row.pk]) if _after(row) else "",
    ),
)


def _works_on(about: Mapping[str, Subject]) -> Column:
    return Column(
        name="about",
        label=_("About"),
        value=lambda row: about[row.about].label if row.about in about else None,
        link=lambda row: about[row.about].url if row.about in about else "",
    )


def jobs(
    rows: Rows, *, about: Mapping[str, Subject] = NOTHING, all_of_them: bool = True
) -> Listing:
    """List runs, one's own or the whole queue's; `about` says what each works on."""
    more = _FOR_OPERATORS if all_of_them else ()
    return Listing(
        columns=(_JOB, _works_on(about), *_PROGRESS, *more),
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


REFUSALS: dict[str, Words] = {
    "WrongCount": _("The number of letters is not the one you typed any more."),
    "MoveNotAllowed": _("Someone else has moved this on meanwhile."),
    "NotDrafted": _("The letters are out of date. Draft them again."),
    "NoticesOutOfDate": _("The letters are out of date. Draft them again."),
    "NoResolution": _("The council’s resolution is missing."),
    "TakenMeanwhile": _(
        "Another run has told some of these people, or filled some of these seats."
    ),
    "NotSound": _("The stored plan does not pass the check; start a new run."),
    "Refused": _("You are no longer allowed to do this."),
}
ANY_RULE = _("The rules do not allow it any more. The page it is about says why.")
STEPS: dict[str, Words] = {
    "": pgettext_lazy("step of a job", "Waiting for the worker"),
    "release": _("Releasing all of it in one go"),
}
