"""Years: the list, one year, creating and cloning, opening and closing, and its dates."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from kakehashi.directory.models import Person
from kakehashi.directory.queries import offices_of
from kakehashi.directory.rules import Role
from kakehashi.intake import actions, queries
from kakehashi.intake.forms import DateForm, YearForm
from kakehashi.intake.lifecycle import YearState
from kakehashi.intake.models import Deadline, ProgrammeYear
from kakehashi.intake.rules import EVENT_NAMES
from kakehashi.intake.views import shown
from kakehashi.kernel import clock
from kakehashi.kernel.words import Words, _
from kakehashi.web import dates as words
from kakehashi.web.components import Crumb
from kakehashi.web.listing import Column, Filter, Listing, show
from kakehashi.web.rows import page_of

TONES = {YearState.PREPARING: "info", YearState.OPEN: "now", YearState.CLOSED: ""}
LEDES: dict[str, Words] = {
    YearState.PREPARING: _(
        "This year is being prepared. Check its dates and numbers, then open it."
    ),
    YearState.OPEN: _("This year is under way. Its dates stand below."),
    YearState.CLOSED: _("This year is closed. Nothing of it changes any more."),
}
TEXTS: dict[str, Words] = {
    "open_year": _("From then on everyone who signs in sees the dates of this year."),
    "close_year": _("Nothing of this year can be changed afterwards."),
}


YEAR = (
    Column(
        name="year",
        label=_("Programme year"),
        value=str,
        sort=("year",),
        link=page_of("intake:year"),
        head=True,
    ),
    Column(
        name="state",
        label=_("State"),
        value=lambda row: row.state_name,
        kind="tag",
        tone=lambda row: TONES[row.state],
        sort=("state",),
    ),
    Column(
        name="census_on",
        label=_("Counted on"),
        value=lambda row: row.census_on,
        kind="day",
    ),
)


@require_safe
def years(request: HttpRequest) -> HttpResponse:
    """List the programme years one may know of."""
    person = shown.who(request)
    listing = Listing(
        columns=YEAR,
        rows=queries.years_for(person),
        order=("-year",),
        caption=_("Programme years"),
        empty=_("No programme year yet."),
    )
    links = [
        {"label": _("Invitation plans"), "url": reverse("intake:plans")},
        {"label": _("Documents asked"), "url": reverse("intake:documents")},
        {"label": _("Pay"), "url": reverse("intake:pay")},
        {"label": _("Glossary"), "url": reverse("intake:glossary")},
    ]
    if queries.may(person, "create_year"):
        create = {"label": _("Create a year"), "url": reverse("intake:create_year")}
        links.insert(0, create)
    return show(request, "intake/years.html", listing, links=links)


@require_safe
def year(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a year: its waves, its numbers, its dates in two time zones."""
    person = shown.who(request)
    row: ProgrammeYear = get_object_or_404(queries.years_for(person), pk=pk)
    mission = _mission_of(person)
    deadlines = queries.deadlines_for(person, row).filter(mission=mission).order_by("at", "pk")
    plans = queries.plans_for(person).filter(year=row)
    context = {
        "year": row,
        "tone": TONES[YearState(row.state)],
        "lede": LEDES[row.state],
        "moves": queries.moves_of_year(person, row),
        "may_clone": queries.may(person, "clone_year", row),
        "waves": queries.waves_for(person, row),
        "plans": plans,
        "dates": [_line(person, one) for one in deadlines],
        "whose": mission is not None,
        "crumbs": [Crumb(label=_("Programme years"), url=reverse("intake:years"))],
    }
    return render(request, "intake/year.html", context)


def _mission_of(person: Person) -> int | None:
    """Choose whose calendar is shown first: the person's own mission's, else the programme's."""
    return min(offices_of(person, Role.MISSION), default=None)


def _line(person: Person, row: Deadline) -> dict[str, object]:
    may = queries.may(person, "set_deadline", row)
    return {
        "deadline": row,
        "event": shown.event_name(row),
        "there": shown.there(row),
        "tokyo": shown.in_tokyo(row),
        "may_set": may and row.year.state != YearState.CLOSED,
    }


@require_safe
def dates(request: HttpRequest, pk: int) -> HttpResponse:
    """List every date of a year: the programme's own and each mission's."""
    person = shown.who(request)
    row: ProgrammeYear = get_object_or_404(queries.years_for(person), pk=pk)
    listing = Listing(
        columns=(
            Column(
                name="event",
                label=_("Event"),
                value=shown.event_name,
                head=True,
                link=lambda one: _date_url(person, one),
            ),
            Column(
                name="mission",
                label=_("Mission"),
                value=lambda one: one.mission or _("The programme"),
                sort=("mission__name_en", "at"),
            ),
            Column(name="there", label=_("There"), value=shown.there, sort=("at",)),
            Column(name="tokyo", label=_("In Tokyo"), value=shown.in_tokyo),
            shown.SOURCE,
            shown.CERTAIN,
        ),
        rows=queries.deadlines_for(person, row),
        order=("at",),
        caption=_("Dates"),
        empty=_("No dates yet."),
        filters=_date_filters(person, row),
    )
    crumbs = [Crumb(label=str(row), url=reverse("intake:year", args=[row.pk]))]
    return show(request, "intake/dates.html", listing, year=row, crumbs=crumbs)


def _date_filters(person: Person, row: ProgrammeYear) -> tuple[Filter, ...]:
    return (
        Filter(
            name="event",
            label=_("Event"),
            apply=lambda rows, event: rows.filter(event=event),
            choices=lambda: list(EVENT_NAMES.items()),
        ),
        Filter(
            name="mission",
            label=_("Mission"),
            apply=lambda rows, code: rows.filter(mission__code=code),
            choices=lambda: queries.missions_dated(person, row),
        ),
    )


def _date_url(person: Person, row: Deadline) -> str:
    may = queries.may(person, "set_deadline", row) and row.year.state != YearState.CLOSED
    return reverse("intake:set_deadline", args=[row.pk]) if may else ""


def set_deadline(request: HttpRequest, pk: int) -> HttpResponse:
    """Set when an event is."""
    person = shown.who(request)
    row: Deadline = get_object_or_404(queries.dates_for(person), pk=pk)
    queries.require(person, "set_deadline", row)
    local = row.at.astimezone(words.zone_named(row.time_zone)).replace(tzinfo=None)
    form = DateForm(request.POST or None, initial={"at_local": local})
    if request.method == "POST" and form.is_valid():
        wanted = form.cleaned_data["at_local"].replace(tzinfo=None)
        try:
            actions.set_deadline(row, at_local=wanted, by=person, at=clock.now())
        except actions.OutOfOrder as error:
            form.add_error("at_local", str(error))
        else:
            messages.success(request, gettext("The date is set."))
            return redirect("intake:year", pk=row.year_id)
    context = {
        "form": form,
        "event": shown.event_name(row),
        "deadline": row,
        "place": words.place_of(words.zone_named(row.time_zone)),
    }
    return render(request, "intake/date.html", context, status=422 if form.errors else 200)


def create_year(request: HttpRequest) -> HttpResponse:
    """Prepare a year from the programme pack."""
    person = shown.who(request)
    queries.require(person, "create_year")
    form = YearForm(request.POST or None, initial={"year": clock.today().year + 1})
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.create_year(
                form.cleaned_data["year"],
                folder=settings.KAKEHASHI_PACK,
                by=person,
                at=clock.now(),
            )
        except actions.YearExists as error:
            form.add_error("year", str(error))
        else:
            messages.success(request, gettext("The year is being prepared."))
            return redirect("intake:year", pk=made.pk)
    status = 422 if form.errors else 200
    return render(request, "intake/create_year.html", {"form": form}, status=status)


def clone_year(request: HttpRequest, pk: int) -> HttpResponse:
    """Prepare the next year as this one was."""
    person = shown.who(request)
    row: ProgrammeYear = get_object_or_404(queries.years_for(person), pk=pk)
    queries.require(person, "clone_year", row)
    back = reverse("intake:year", args=[row.pk])
    if request.method == "POST":
        try:
            made = actions.clone_year(row, by=person, at=clock.now())
        except actions.YearExists as error:
            messages.error(request, str(error))
            return redirect(back)
        messages.success(request, gettext("The next year is being prepared."))
        return redirect("intake:year", pk=made.pk)
    title = gettext("Prepare %(year)s as %(last)s was") % {
        "year": row.year + 1,
        "last": row.year,
    }
    text = _("Waves and dates move by one year and are marked assumed; numbers become a draft.")
    return shown.confirm(request, title=title, text=text, back=back)


def move_year(request: HttpRequest, pk: int, move: str) -> HttpResponse:
    """Open or close a year, after asking once more."""
    person = shown.who(request)
    row: ProgrammeYear = get_object_or_404(queries.years_for(person), pk=pk)
    queries.require(person, move, row)
    back = reverse("intake:year", args=[row.pk])
    if request.method == "POST":
        acts = {"open_year": actions.open_year, "close_year": actions.close_year}
        acts[move](row, by=person, at=clock.now())
        messages.success(request, gettext("Done."))
        return redirect(back)
    label = row.lifecycle.moves[move].label
    return shown.confirm(request, title=label, text=TEXTS[move], back=back)
