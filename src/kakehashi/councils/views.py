"""The councils' pages: who decides what, what was resolved, and recording a resolution."""

from collections.abc import Mapping
from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from kakehashi.councils import actions, queries
from kakehashi.councils.forms import ResolutionForm
from kakehashi.councils.models import Council, Resolution
from kakehashi.councils.rules import DECIDED, DECISION_NAMES, words_of
from kakehashi.directory.models import Person
from kakehashi.kernel import clock
from kakehashi.kernel.words import _
from kakehashi.web.components import Crumb
from kakehashi.web.listing import Column, Filter, Listing, show
from kakehashi.web.rows import page_of


def _who(request: HttpRequest) -> Person:
    return cast("Person", request.user)


@require_safe
def councils(request: HttpRequest) -> HttpResponse:
    """Show the councils: who sits on each, what it decides, how often it has."""
    person = _who(request)
    rows = [
        {
            "council": one,
            "decides": [
                DECISION_NAMES.get(word, word) for word in sorted(words_of(one.decides))
            ],
            "may_adopt": queries.may(person, "adopt", one),
        }
        for one in queries.councils_for(person)
    ]
    return render(request, "councils/councils.html", {"rows": rows})


RESOLUTION = (
    Column(
        name="number",
        label=_("Number"),
        value=lambda row: row.number,
        sort=("number",),
        link=page_of("councils:resolution"),
        head=True,
    ),
    Column(name="council", label=_("Council"), value=lambda row: row.council),
    Column(
        name="adopted_on",
        label=_("Adopted on"),
        value=lambda row: row.adopted_on,
        sort=("adopted_on",),
        kind="day",
    ),
)


def _about(described: Mapping[str, queries.Subject]) -> Column:
    """Say in words what each resolution is about, and lead there where the reader may go."""
    return Column(
        name="about",
        label=_("About"),
        value=lambda row: described[row.about].label if row.about in described else row.about,
        link=lambda row: described[row.about].url if row.about in described else "",
    )


@require_safe
def resolutions(request: HttpRequest) -> HttpResponse:
    """List the resolutions one may know of."""
    person = _who(request)
    listing = Listing(
        columns=(*RESOLUTION, _about(queries.subjects_resolved(person))),
        rows=queries.resolutions_for(person),
        order=("-adopted_on", "-pk"),
        caption=_("Resolutions"),
        empty=_("No resolution yet."),
        filters=(
            Filter(
                name="council",
                label=_("Council"),
                apply=lambda rows, code: rows.filter(council__code=code),
                choices=lambda: [(one.code, str(one)) for one in queries.councils_for(person)],
            ),
            Filter(
                name="about",
                label=_("About"),
                apply=lambda rows, part: rows.filter(about__startswith=f"{part}."),
                choices=lambda: [
                    (part, DECISION_NAMES[kind]) for part, kind in DECIDED.items()
                ],
            ),
        ),
    )
    records = queries.councils_one_records_for(person)
    return show(request, "councils/resolutions.html", listing, may_adopt=bool(records))


@require_safe
def resolution(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a resolution word for word, in both languages."""
    person = _who(request)
    shown: Resolution = get_object_or_404(queries.resolutions_for(person), pk=pk)
    context = {
        "resolution": shown,
        "subject": queries.subject_of(person, shown.about),
        "crumbs": [Crumb(label=_("Resolutions"), url=reverse("councils:resolutions"))],
    }
    return render(request, "councils/resolution.html", context)


def adopt(request: HttpRequest) -> HttpResponse:
    """Record what a council adopted; `about` comes with the link of the thing it decides."""
    person = _who(request)
    about = (request.POST or request.GET).get("about", "")
    subject = queries.subject_of(person, about)
    mine = queries.councils_one_records_for(person, about)
    queries.require(person, "adopt", mine[0] if mine else None)
    initial = {"adopted_on": clock.today(), "about": about if subject else ""}
    form = ResolutionForm(request.POST or None, councils=mine, initial=initial)
    if request.method == "POST" and form.is_valid():
        made = _adopted(form, {one.code: one for one in mine}, person)
        if made:
            messages.success(request, gettext("The resolution is recorded."))
            return redirect("councils:resolution", pk=made.pk)
    context = {"form": form, "subject": subject}
    return render(request, "councils/adopt.html", context, status=422 if form.errors else 200)


def _adopted(
    form: ResolutionForm, mine: dict[str, Council], person: Person
) -> Resolution | None:
    """Record the resolution as the form says; say in the form what stands against it."""
    facts = dict(form.cleaned_data)
    council = mine[facts.pop("council")]
    try:
        return actions.adopt(council, **facts, by=person, at=clock.now())
    except actions.NumberTaken as error:
        form.add_error("number", str(error))
    except actions.WrongCouncil as error:
        form.add_error("council", str(error))
    return None
