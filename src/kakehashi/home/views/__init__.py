"""Home's pages: today, letters, search, tables in and out, the trail, jobs, my account."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from kakehashi.home import actions, queries
from kakehashi.home.forms import Table
from kakehashi.home.policy import policy
from kakehashi.home.views import listings, today
from kakehashi.home.views.calendar import calendar, feed, renew
from kakehashi.home.views.common import who
from kakehashi.home.views.inbox import letter, letters, mark_read, ways
from kakehashi.home.views.jobs import job, jobs, run_again, stop_job
from kakehashi.home.views.outbox import (
    batch,
    note_returned,
    outbox,
    post,
    posted,
    print_letters,
    send_now,
    try_again,
)
from kakehashi.kernel import clock
from kakehashi.kernel.imports import EXPORTS, IMPORTS, Faulty, ImportKind, check, send
from kakehashi.kernel.searching import words_of
from kakehashi.kernel.trail import anchors, trail_head, verify_trail
from kakehashi.web import offers
from kakehashi.web.listing import show

__all__ = [
    "account",
    "batch",
    "bring_table",
    "calendar",
    "feed",
    "home",
    "job",
    "jobs",
    "letter",
    "letters",
    "mark_read",
    "note_returned",
    "outbox",
    "post",
    "posted",
    "print_letters",
    "renew",
    "run_again",
    "search",
    "send_now",
    "stop_job",
    "tables",
    "take_table",
    "trail",
    "try_again",
    "verify",
    "ways",
]
SHOWN_ROWS = 10


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Say what this person must do, what others must do, and what happens next."""
    return render(request, "home/today.html", today.page(who(request), at=clock.now()))


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Find people, offices, applications, requests by name or number, in both scripts."""
    words = request.GET.get("q", "").strip()[:100]
    found = offers.found(who(request), words) if words_of(words) else []
    return render(request, "home/search.html", {"q": words, "found": found})


@require_safe
def tables(request: HttpRequest) -> HttpResponse:
    """List the tables this person may bring and take."""
    person = who(request)
    context = {"imports": queries.imports_for(person), "exports": queries.exports_for(person)}
    return render(request, "home/tables.html", context)


def bring_table(request: HttpRequest, kind: str) -> HttpResponse:
    """Check a table, show what it would do, and only then write it."""
    this = _import(request, kind)
    if request.method != "POST":
        return render(request, "home/bring.html", {"kind": this, "form": Table()})
    if upload := request.POST.get("upload"):
        return _write(request, this, upload)
    form = Table(request.POST, request.FILES)
    if not form.is_valid():
        return render(request, "home/bring.html", {"kind": this, "form": form}, status=422)
    return _preview(request, this, form)


@require_safe
def take_table(request: HttpRequest, kind: str) -> HttpResponse:
    """Send a table as CSV."""
    this = EXPORTS.get(kind)
    if this is None or this not in queries.exports_for(who(request)):
        raise Http404
    answer = HttpResponse(send(this, by=who(request)), content_type="text/csv")
    answer["Content-Disposition"] = f'attachment; filename="{kind}.csv"'
    answer["Cache-Control"] = "no-store"
    return answer


@require_safe
def trail(request: HttpRequest) -> HttpResponse:
    """Show the trail: an auditor all of it, anyone else their own deeds."""
    person = who(request)
    listing = listings.trail(queries.trail_for(person))
    whole = policy.allows(person, "read_trail", None)
    return show(request, "home/trail.html", listing, whole=whole, head=trail_head())


@require_safe
def verify(request: HttpRequest) -> HttpResponse:
    """Verify the whole trail for an auditor."""
    if not policy.allows(who(request), "read_trail", None):
        raise Http404
    laid = anchors()
    context = {"fault": verify_trail(*laid), "anchors": laid[-10:], "head": trail_head()}
    return render(request, "home/verify.html", context)


@require_safe
def account(request: HttpRequest) -> HttpResponse:
    """Show my account: name, seats, language, sign-in."""
    return render(request, "home/account.html", {"seats": queries.my_seats(who(request))})


def _import(request: HttpRequest, kind: str) -> ImportKind:
    this = IMPORTS.get(kind)
    if this is None or this not in queries.imports_for(who(request)):
        raise Http404
    return this


def _preview(request: HttpRequest, kind: ImportKind, form: Table) -> HttpResponse:
    file = form.cleaned_data["file"]
    data, person, at = file.read(), who(request), clock.now()
    found = check(kind, data, by=person, at=at)
    context = {"kind": kind, "form": form, "faults": found.faults}
    if not found.faults:
        context["upload"] = actions.keep_upload(kind.name, file.name, data, by=person, at=at)
        context["count"] = len(found.rows)
        context["rows"] = queries.shown_rows(kind, data, most=SHOWN_ROWS)
    return render(request, "home/bring.html", context, status=422 if found.faults else 200)


def _write(request: HttpRequest, kind: ImportKind, upload: str) -> HttpResponse:
    uploads = queries.uploads_for(who(request)).filter(kind=kind.name)
    row = get_object_or_404(uploads, pk=upload if upload.isdecimal() else 0)
    try:
        count = actions.write_upload(kind, row, by=who(request), at=clock.now())
    except Faulty as found:
        context = {"kind": kind, "form": Table(), "faults": found.faults}
        return render(request, "home/bring.html", context, status=422)
    if count is None:
        raise Http404
    messages.success(request, gettext("%(count)s rows were written.") % {"count": count})
    return redirect(reverse("home:tables"))
