"""The outbox: batches and their letters, what did not arrive, and letters on paper."""

from typing import cast

from django.contrib import messages
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseNotAllowed,
    StreamingHttpResponse,
)
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from kakehashi.councils.queries import subject_of
from kakehashi.directory.models import Person
from kakehashi.home import actions, queries
from kakehashi.home import policy as rules
from kakehashi.home.views import sending
from kakehashi.kernel import clock
from kakehashi.kernel.bundle import AT_ONCE, print_all
from kakehashi.kernel.models import Batch, BatchState, Post
from kakehashi.kernel.outbox import waiting
from kakehashi.kernel.paper import as_posted, printed
from kakehashi.web.listing import show


def _person(request: HttpRequest) -> Person:
    return cast("Person", request.user)


@require_safe
def outbox(request: HttpRequest) -> HttpResponse:
    """Show the batches I drafted or released."""
    person = _person(request)
    listing = sending.batches(queries.batches_for(person))
    return show(request, "home/outbox.html", listing, failed=queries.failures_for(person))


def _batch(request: HttpRequest, pk: int) -> Batch:
    return get_object_or_404(queries.batches_for(_person(request)), pk=pk)


@require_safe
def batch(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one batch and every letter in it, before and after it leaves."""
    row, person = _batch(request, pk), _person(request)
    may = rules.batches.allows(person, "send_now", row)
    context = {
        "batch": row,
        "state": sending.BATCH_STATES[row.state],
        "tone": sending.TONES.get(row.state, ""),
        "waiting": waiting(row),
        "about": subject_of(person, row.about),
        "may_send_now": may and row.state == BatchState.RELEASED,
        "may_print": rules.batches.allows(person, "print_letters", row),
    }
    return show(request, "home/batch.html", sending.drafts(queries.letters_in(row)), **context)


def send_now(request: HttpRequest, pk: int) -> HttpResponse:
    """End the wait of a released batch."""
    row = _batch(request, pk)
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    actions.send_now(row, by=_person(request), at=clock.now())
    messages.success(request, gettext("The letters leave now."))
    return redirect("home:batch", pk)


@require_safe
def print_letters(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Send the letters on paper: one PDF up to two hundred, an archive of PDFs for more.

    With `?each=1` the archive has one file for each letter.
    """
    row = _batch(request, pk)
    letters = queries.letters_in(row).filter(cancelled_at=None)
    keys = list(letters.values_list("pk", flat=True))
    actions.print_letters(row, keys, by=_person(request), at=clock.now())
    each = request.GET.get("each") == "1"
    answer: HttpResponseBase
    if 0 < len(keys) <= AT_ONCE and not each:
        answer = HttpResponse(printed([as_posted(one) for one in letters]))
        kind, name = "application/pdf", f"letters-{pk}.pdf"
    else:
        rows = letters.iterator(chunk_size=AT_ONCE)
        answer = StreamingHttpResponse(print_all(rows, each=each))
        kind, name = "application/zip", f"letters-{pk}.zip"
    answer["Content-Type"] = kind
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "no-store"
    return answer


@require_safe
def posted(request: HttpRequest) -> HttpResponse:
    """Show the letters I look after, and those that did not arrive."""
    listing = sending.posted(queries.posted_by(_person(request)))
    return show(request, "home/posted.html", listing)


def _post(request: HttpRequest, pk: int) -> Post:
    return get_object_or_404(queries.posted_by(_person(request)), pk=pk)


@require_safe
def post(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one letter, to whom it went and whether it arrived."""
    row, person = _post(request, pk), _person(request)
    context = {
        "letter": row,
        "state": sending.POST_STATES[sending.post_state(row)],
        "why": sending.failure_words(row),
        "may_try_again": row.failure and rules.posts.allows(person, "try_again", row),
        "may_note_returned": (
            row.sent_at and not row.failure and rules.posts.allows(person, "note_returned", row)
        ),
    }
    return render(request, "home/post.html", context)


def try_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Send a letter that did not arrive once more."""
    row = _post(request, pk)
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    actions.try_again(row, by=_person(request), at=clock.now())
    messages.success(request, gettext("The letter is on its way again."))
    return redirect("home:batch", row.batch_id) if row.batch_id else redirect("home:posted")


def note_returned(request: HttpRequest, pk: int) -> HttpResponse:
    """Note that a letter came back."""
    row = _post(request, pk)
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    actions.note_returned(row, by=_person(request), at=clock.now())
    messages.success(request, gettext("It is noted that the letter came back."))
    return redirect("home:post", pk)
