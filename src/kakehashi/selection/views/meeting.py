"""The interviewer's pages: whom one meets, and one's own sheet; the others' after it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext

from kakehashi.directory.models import Person
from kakehashi.kernel import clock
from kakehashi.kernel.words import Words, _
from kakehashi.recruitment.models import Application
from kakehashi.recruitment.rules import LEVEL_NAMES
from kakehashi.selection import actions, queries
from kakehashi.selection.forms import SheetForm
from kakehashi.selection.policy import desks
from kakehashi.selection.views.reading import status_of, who
from kakehashi.web.listing import Column, Filter, Listing, show
from kakehashi.web.rows import Rows, page_of

COLUMNS = (
    Column(
        name="number",
        label=_("Application"),
        value=lambda row: row.number,
        sort=("number",),
        link=page_of("selection:interview"),
        head=True,
    ),
    Column(
        name="name",
        label=_("Name"),
        value=lambda row: row.name,
        sort=("family_name", "given_name"),
    ),
    Column(
        name="position",
        label=_("Position"),
        value=lambda row: row.position.code,
        sort=("position__code",),
    ),
    Column(
        name="place",
        label=_("Interview place"),
        value=lambda row: row.interview_place,
        sort=("interview_place__code",),
    ),
    Column(
        name="sheet",
        label=_("My sheet"),
        value=lambda row: _("In") if row.my_points is not None else _("Missing"),
        kind="tag",
        tone=lambda row: "ok" if row.my_points is not None else "now",
    ),
)


def meeting_listing(person: Person) -> Listing:
    """List whom this person interviews, and whether their own sheet is in."""

    def whether() -> list[tuple[str, Words]]:
        return [
            ("due", _("Still to be filled in")),
            ("no", _("Mine is missing")),
            ("yes", _("Mine is in")),
        ]

    def sheet(rows: Rows, value: str) -> Rows:
        if value == "due":
            return queries.still_to_interview(rows, person)
        return queries.with_sheet(rows, person, there=value == "yes")

    return Listing(
        columns=COLUMNS,
        rows=queries.interviews_for(person),
        order=("-year__year", "number"),
        caption=_("Applicants to interview"),
        empty=_("No application is complete yet."),
        filters=(
            Filter(
                name="sheet",
                label=_("My sheet"),
                apply=sheet,
                choices=whether,
            ),
        ),
    )


def interviews(request: HttpRequest) -> HttpResponse:
    """Show whom I interview."""
    person = who(request)
    desks.require(person, "list_interviews", None)
    met = queries.interviews_for(person)
    waiting = queries.with_sheet(met, person, there=False).count()
    return show(request, "selection/interviews.html", meeting_listing(person), waiting=waiting)


def interview(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one applicant and my sheet; the others' sheets once mine is in."""
    person = who(request)
    found = get_object_or_404(queries.interviews_for(person), pk=pk)
    form = SheetForm(request.POST or None, initial={"held_on": clock.today()})
    if request.method == "POST" and form.is_valid():
        actions.record_interview(
            found, interviewer=person, **form.cleaned_data, by=person, at=clock.now()
        )
        messages.success(request, gettext("Your sheet is in."))
        return redirect("selection:interview", pk)
    return _draw(request, found, form)


def _draw(request: HttpRequest, found: Application, form: SheetForm) -> HttpResponse:
    person = who(request)
    closed = queries.closed_missions(found.year, [found.mission_id])
    context = {
        "application": found,
        "level": LEVEL_NAMES[found.japanese_level],
        "form": form,
        "mine": queries.has_sheet(found, person),
        "closed": bool(closed),
        "sheets": queries.sheets_for(person, found),
        "many": queries.count_of_sheets(found),
        "wishes": [one for one in (found.wish_1, found.wish_2, found.wish_3) if one],
    }
    return render(request, "selection/interview.html", context, status=status_of(form))
