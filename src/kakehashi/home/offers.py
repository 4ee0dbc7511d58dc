"""What home itself offers: batches to release, failed jobs, the trail; one's own seats."""

from collections.abc import Iterable
from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext, ngettext

from kakehashi.directory.policy import holds
from kakehashi.directory.rules import Role
from kakehashi.home.policy import SENDERS
from kakehashi.home.queries import (
    batches_for,
    jobs_for,
    my_seats,
    officers_seats_ending,
    posted_by,
    trail_for,
)
from kakehashi.home.views import listings, sending
from kakehashi.kernel.clock import TOKYO
from kakehashi.kernel.models import BatchState, RunState
from kakehashi.kernel.trail import anchors, anchors_laid
from kakehashi.kernel.words import Words, _
from kakehashi.web import offers
from kakehashi.web.dates import day_words, number_words
from kakehashi.web.offers import Happening, Level, Moment, Reader, Span, Tally, Work, tally

MOST = 4  # lines of news
RELEASES = 3


@offers.must_do
def failed_jobs(reader: Reader) -> Iterable[Work]:
    """Show an operator what has failed, before everything else."""
    if not holds(reader.person, Role.OPERATOR):
        return
    found = _jobs(reader).get((RunState.FAILED.value,))
    if found is not None:
        yield Work(
            label=ngettext("%(n)s job has failed", "%(n)s jobs have failed", found.count)
            % {"n": found.count},
            url=found.url,
            count=found.count,
            people=found.count,
            note=_("See where it failed; when the cause is mended, run it again."),
            action=_("Look"),
            tone="bad",
            urgent=True,
            since=found.oldest,
        )


def _jobs(reader: Reader) -> dict[tuple[str, ...], Tally]:
    """Count the queue's runs by state, once for the page."""
    listing = sending.jobs(jobs_for(reader.person))
    return reader.keep(
        "home.jobs", lambda: offers.tallies(listing, "home:jobs", {}, moment="queued_at")
    )


@offers.must_do
def drafted_batches(reader: Reader) -> Iterable[Work]:
    """Remind whoever drafted letters that they have not left."""
    if not holds(reader.person, *SENDERS):
        return
    listing = sending.batches(batches_for(reader.person))
    asked = {"state": BatchState.DRAFT.value}
    found = tally(listing, "home:outbox", asked, moment="drafted_at")
    if found.count:
        yield Work(
            label=ngettext(
                "%(n)s batch of letters in draft",
                "%(n)s batches of letters in draft",
                found.count,
            )
            % {"n": found.count},
            url=found.url,
            count=found.count,
            people=found.count,
            note=_("Nobody has been told yet. Look at the letters, then release them."),
            action=_("See the letters"),
            tone="now",
            since=found.oldest,
        )


@offers.must_do
def letters_that_failed(reader: Reader) -> Iterable[Work]:
    """Show whoever sent letters which of them did not arrive."""
    if not holds(reader.person, *SENDERS, Role.OPERATOR):
        return
    listing = sending.posted(posted_by(reader.person))
    found = tally(listing, "home:posted", {"state": "failed"}, moment="released_at")
    if found.count:
        yield Work(
            label=ngettext(
                "%(n)s letter did not arrive", "%(n)s letters did not arrive", found.count
            )
            % {"n": found.count},
            url=found.url,
            count=found.count,
            people=found.count,
            note=_("Put the address right with the person, then try again."),
            action=_("See the letters"),
            tone="bad",
            since=found.oldest,
        )


@offers.others_must_do
def queued_jobs(reader: Reader) -> Iterable[Work]:
    """Show an operator what the worker has still to do."""
    if not holds(reader.person, Role.OPERATOR):
        return
    for state, label in (
        (RunState.QUEUED, _("Jobs queued")),
        (RunState.RUNNING, _("Jobs running")),
    ):
        found = _jobs(reader).get((state.value,))
        if found is not None:
            yield Work(
                label=label,
                url=found.url,
                count=found.count,
                people=found.count,
                whom=_("The worker"),
                since=found.oldest,
            )


@offers.dates
def ends_of_seats(reader: Reader, span: Span) -> Iterable[Moment]:
    """Give the days on which one's own seats end."""
    for seat in my_seats(reader.person):
        own_term = seat.role == Role.PARTICIPANT  # its end is told with the appointment
        if not own_term and seat.ends_on and span.first <= seat.ends_on <= span.last:
            yield Moment(
                key=f"seat/{seat.pk}",
                label=gettext("Your seat ends: %(role)s") % {"role": seat.role_name},
                on=seat.ends_on,
                note=str(seat.office),
                url=reverse("home:account"),
            )


@offers.happened
def recorded(reader: Reader) -> Iterable[Happening]:
    """Tell an auditor the latest lines of the trail, an operator the latest jobs."""
    person = reader.person
    if holds(person, Role.AUDITOR):
        for line in trail_for(person)[:MOST]:
            yield Happening(
                at=line.at,
                text=f"{line.number} · {line.thing} · {line.deed}",
                url=reverse("home:trail") + f"?thing={line.thing}",
            )
    if holds(person, Role.OPERATOR):
        for run in jobs_for(person).filter(ended_at__isnull=False).order_by("-ended_at")[:MOST]:
            yield Happening(
                at=run.ended_at,
                text=f"{sending.JOB_NAMES.get(run.name, run.name)}: {sending.RUN_STATES[run.state]}",
                url=reverse("home:jobs") + f"?state={run.state}",
            )


@offers.levels
def watched(reader: Reader) -> Iterable[Level]:
    """Count for an auditor the lines of the trail, of all times, of today and of yesterday."""
    person = reader.person
    if not holds(person, Role.AUDITOR):
        return
    listing = listings.trail(trail_for(person))
    today = reader.at.astimezone(TOKYO).date()
    days: tuple[tuple[str, Words, dict[str, str]], ...] = (
        ("trail", _("Lines in the trail"), {}),
        ("today", _("Recorded today"), {"day": today.isoformat()}),
        (
            "yesterday",
            _("Recorded yesterday"),
            {"day": (today - timedelta(days=1)).isoformat()},
        ),
        ("views", _("Sealed records opened"), {"kind": "view"}),
    )
    for arch, label, asked in days:
        found = tally(listing, "home:trail", asked)
        yield Level(arch=arch, label=label, count=found.count, url=found.url)
    laid = anchors()
    if laid:
        found = tally(listing, "home:trail", {"after": str(laid[-1].number)})
        note = gettext("Last anchor: line %(n)s") % {"n": number_words(laid[-1].number)}
        yield Level(
            arch="anchor",
            label=_("Lines since the last anchor"),
            count=found.count,
            url=found.url,
            note=note,
        )


@offers.must_do
def trail_to_verify(reader: Reader) -> Iterable[Work]:
    """Ask an auditor to compare the trail with the heads that were laid down."""
    if not holds(reader.person, Role.AUDITOR):
        return
    laid = anchors()
    note = (
        gettext("Anchors laid: %(n)s. Compare them with the copies you keep elsewhere.")
        % {"n": number_words(len(laid))}
        if laid
        else gettext("No anchor yet; the worker lays one every day.")
    )
    yield Work(
        label=_("Verify the trail"),
        url=reverse("home:verify"),
        note=note,
        action=_("Verify"),
        tone="" if laid else "warn",
    )


@offers.happened
def released(reader: Reader) -> Iterable[Happening]:
    """Tell an auditor which batches of letters were released lately, and by whom."""
    if not holds(reader.person, Role.AUDITOR):
        return
    rows = batches_for(reader.person).filter(released_at__isnull=False)
    for row in rows.order_by("-released_at", "-pk")[:RELEASES]:
        words = {"title": row.title, "name": row.released_by}
        yield Happening(
            at=row.released_at,
            text=gettext("%(name)s released letters: %(title)s") % words,
            url=reverse("home:batch", args=[row.pk]),
        )


@offers.dates
def seats_that_end(reader: Reader, span: Span) -> Iterable[Moment]:
    """Give an operator the days on which officers' seats end."""
    if not holds(reader.person, Role.OPERATOR):
        return
    for day, n in officers_seats_ending(reader.person, span.first, span.last):
        yield Moment(
            key=f"seats/{day}",
            label=ngettext("%(n)s officer’s seat ends", "%(n)s officers’ seats end", n)
            % {"n": n},
            on=day,
            url=offers.address("directory:people", {"ends": day.isoformat()}),
        )


@offers.levels
def machinery(reader: Reader) -> Iterable[Level]:
    """Count for an operator how the queue stands."""
    if not holds(reader.person, Role.OPERATOR):
        return
    for state in (RunState.FAILED, RunState.QUEUED, RunState.RUNNING, RunState.DONE):
        found = _jobs(reader).get((state.value,))
        yield Level(
            arch=f"job-{state}",
            label=gettext("Jobs: %(state)s") % {"state": sending.RUN_STATES[state]},
            count=found.count if found else 0,
            url=offers.address("home:jobs", {"state": state.value}),
        )


@offers.levels
def trail_anchored(reader: Reader) -> Iterable[Level]:
    """Count for an operator the anchors of which copies are to be kept elsewhere."""
    if not holds(reader.person, Role.OPERATOR):
        return
    laid = anchors_laid()
    said = gettext("The last: %(day)s, line %(n)s")
    yield Level(
        arch="anchors",
        label=_("Anchors of the trail"),
        count=len(laid),
        url=reverse("home:anchors"),
        note=said % {"day": day_words(laid[-1].day), "n": number_words(laid[-1].head.number)}
        if laid
        else _("No anchor yet; the worker lays one every day."),
    )
