"""The reader's pages: the queue, the question first, the blind copy beside the points."""

from typing import TypeVar, cast

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext

from kakehashi.directory.models import Person
from kakehashi.kernel import clock
from kakehashi.kernel.moving import Moving
from kakehashi.kernel.words import Words, _
from kakehashi.selection import actions, queries
from kakehashi.selection.forms import ScoreForm
from kakehashi.selection.lifecycle import SCREENING, ScreeningState
from kakehashi.selection.models import Screening
from kakehashi.selection.policy import desks
from kakehashi.web.listing import Column, Filter, Listing, show
from kakehashi.web.rows import page_of

POST_ONLY = ["POST"]
INVALID = 422  # what was typed is shown again, with what is wrong
TONES = {
    ScreeningState.ASSIGNED: "now",
    ScreeningState.SCORED: "ok",
    ScreeningState.CONFLICTED: "",
}
M = TypeVar("M", bound=Moving)


def who(request: HttpRequest) -> Person:
    """Give the signed-in person."""
    return cast("Person", request.user)


def as_seen(request: HttpRequest, thing: M) -> M:
    """Take a thing as the reader's page showed it, so that a stale page is noticed."""
    seen = request.POST.get("version", "")
    if seen.isdecimal() and len(seen) < 10:  # noqa: PLR2004 -- as many digits as a version can have
        thing.version = int(seen)
    return thing


def status_of(form: BaseForm) -> int:
    """Answer 422 where something has to be put right, 200 otherwise."""
    return INVALID if form.is_bound and form.errors else 200


COLUMNS = (
    Column(
        name="number",
        label=_("Application"),
        value=lambda row: row.application.number,
        sort=("application__number",),
        link=page_of("selection:screening"),
        head=True,
    ),
    Column(
        name="position",
        label=_("Position"),
        value=lambda row: row.application.position.code,
        sort=("application__position__code",),
    ),
    Column(name="points", label=_("Points"), value=lambda row: row.points, kind="number"),
    Column(
        name="state",
        label=_("State"),
        value=lambda row: row.state_name,
        sort=("state",),
        kind="tag",
        tone=lambda row: TONES[row.state],
    ),
)


def reading_listing(person: Person) -> Listing:
    """List a reader's own queue."""

    def states() -> list[tuple[str, Words]]:
        return list(SCREENING.names.items())

    return Listing(
        columns=COLUMNS,
        rows=queries.screenings_for(person),
        order=("state", "application__number"),
        caption=_("Your applications to read"),
        empty=_("Nothing has been given to you to read yet."),
        filters=(
            Filter(
                name="state",
                label=_("State"),
                apply=lambda rows, value: rows.filter(state=value),
                choices=states,
            ),
        ),
        reads=("points", "state", "application__number", "application__position__code"),
    )


def reading(request: HttpRequest) -> HttpResponse:
    """Show my queue."""
    person = who(request)
    desks.require(person, "list_reading", None)
    waiting = queries.screenings_for(person).filter(state=ScreeningState.ASSIGNED).count()
    return show(request, "selection/reading.html", reading_listing(person), waiting=waiting)


def next_reading(request: HttpRequest) -> HttpResponse:
    """Go to the next application to read, after the one just left."""
    person = who(request)
    desks.require(person, "list_reading", None)
    after = request.GET.get("after", "")
    found = queries.next_screening(
        person,
        after=int(after) if after.isdecimal() and len(after) < 18 else 0,  # noqa: PLR2004 -- a key fits in that
    )
    if found is None:
        messages.success(request, gettext("You have read everything that was given to you."))
        return redirect("selection:reading")
    return redirect("selection:screening", found.pk)


def _screening(request: HttpRequest, pk: int) -> Screening:
    return get_object_or_404(queries.screenings_for(who(request)), pk=pk)


def screening(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask whether the reader knows the applicant; then show the blind copy beside the points."""
    return _draw(request, _screening(request, pk), ScoreForm())


def open_copy(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the reader's word that they know nobody, and open the copy."""
    found = _screening(request, pk)
    if request.method != "POST":
        return HttpResponseNotAllowed(POST_ONLY)
    actions.open_copy(as_seen(request, found), by=who(request), at=clock.now())
    return redirect("selection:screening", pk)


def declare_conflict(request: HttpRequest, pk: int) -> HttpResponse:
    """Step aside and go on to the next."""
    found = _screening(request, pk)
    if request.method != "POST":
        return HttpResponseNotAllowed(POST_ONLY)
    actions.declare_conflict(as_seen(request, found), by=who(request), at=clock.now())
    messages.success(request, gettext("You have stepped aside. Somebody else will read it."))
    return _onward(pk)


def score(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep the points and go on to the next."""
    found = _screening(request, pk)
    if request.method != "POST":
        return HttpResponseNotAllowed(POST_ONLY)
    form = ScoreForm(request.POST)
    if not form.is_valid():
        return _draw(request, found, form)
    seen = as_seen(request, found)
    actions.score(seen, **form.cleaned_data, by=who(request), at=clock.now())
    words = gettext("Points for %(number)s are in.") % {"number": found.application.number}
    messages.success(request, words)
    return _onward(pk)


def _onward(pk: int) -> HttpResponse:
    return redirect(f"{reverse('selection:next_reading')}?after={pk}")


def _draw(request: HttpRequest, found: Screening, form: ScoreForm) -> HttpResponse:
    mine = queries.screenings_for(who(request))
    total = mine.count()
    done = mine.exclude(state=ScreeningState.ASSIGNED).count()
    context = {
        "screening": found,
        "number": found.application.number,
        "tone": TONES[ScreeningState(found.state)],
        "copy": queries.blind_copy(found),
        "form": form,
        "waiting": found.state == ScreeningState.ASSIGNED,
        "done": done,
        "total": total,
    }
    return render(request, "selection/screening.html", context, status=status_of(form))
