"""Home's pages: today, letters, search, tables in and out, the trail, jobs, my account."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kakehashi.home import queries
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
from kakehashi.home.views.tables import (
    bring_table,
    map_headings,
    stop_upload,
    tables,
    take_table,
    template,
    throw_away,
    undo_upload,
    upload,
    upload_card,
    uploads,
    write_upload,
    wrong_rows,
)
from kakehashi.kernel import clock
from kakehashi.kernel.searching import words_of
from kakehashi.kernel.trail import anchors, anchors_laid, trail_head, verify_trail
from kakehashi.web import offers
from kakehashi.web.listing import show

__all__ = [
    "account",
    "anchors_of_the_trail",
    "batch",
    "bring_table",
    "calendar",
    "feed",
    "home",
    "job",
    "jobs",
    "letter",
    "letters",
    "map_headings",
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
    "stop_upload",
    "tables",
    "take_table",
    "template",
    "throw_away",
    "trail",
    "try_again",
    "undo_upload",
    "upload",
    "upload_card",
    "uploads",
    "verify",
    "ways",
    "write_upload",
    "wrong_rows",
]


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
def anchors_of_the_trail(request: HttpRequest) -> HttpResponse:
    """List the heads that were laid down, the latest first, for those who keep copies of them."""
    policy.require(who(request), "see_anchors", None)
    laid = anchors_laid()[::-1]
    may_verify = policy.allows(who(request), "read_trail", None)
    return render(request, "home/anchors.html", {"laid": laid, "may_verify": may_verify})


@require_safe
def account(request: HttpRequest) -> HttpResponse:
    """Show my account: name, seats, language, sign-in."""
    return render(request, "home/account.html", {"seats": queries.my_seats(who(request))})
