"""The pages of the arrivals: the list by wave, one person's arrival, and the day they came."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext, ngettext

from kakehashi.arrival import actions, queries
from kakehashi.arrival.forms import DayOfArrival
from kakehashi.arrival.lifecycle import ARRIVAL, State
from kakehashi.arrival.models import Arrival
from kakehashi.arrival.policy import policy
from kakehashi.arrival.rules import MOST_YEARS
from kakehashi.directory.models import Person
from kakehashi.directory.queries import countries_by_code
from kakehashi.intake.models import Wave
from kakehashi.intake.queries import current_year, positions_by_code, waves_by_year_and_code
from kakehashi.kernel import clock
from kakehashi.kernel.words import Words, _
from kakehashi.placement.queries import agreed_placements
from kakehashi.web.components import Crumb
from kakehashi.web.listing import Batch, Column, Filter, Listing, chosen, show
from kakehashi.web.rows import Rows, named, page_of, within

TONES = {State.EXPECTED: "now", State.ARRIVED: "ok", State.MISSED: "bad"}
SHOWN = 100  # names on a confirming page


def arrivals(request: HttpRequest) -> HttpResponse:
    """List the arrivals I may know of, by wave."""
    person = _person(request)
    context = {
        "may_expect": policy.allows(person, "expect", None),
        "is_office": policy.allows(person, "see_list", None),
    }
    return show(request, "arrival/arrivals.html", arrival_listing(person), **context)


def arrival(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one arrival."""
    return _draw(request, _arrival(request, pk))


def expect(request: HttpRequest) -> HttpResponse:
    """Put everyone whose placement is agreed on the list, after a look at how many they are."""
    person = _person(request)
    policy.require(person, "expect", None)
    year = current_year(person)
    placements = list(agreed_placements(year)) if year else []
    if request.method == "POST":
        count = actions.expect(placements, by=person, at=clock.now())
        words = ngettext(
            "%(count)s person is new on the list.",
            "%(count)s people are new on the list.",
            count,
        )
        messages.success(request, words % {"count": count})
        return redirect("arrival:arrivals")
    return render(
        request,
        "web/confirm.html",
        {
            "title": gettext("Expect everyone who is placed"),
            "text": ngettext(
                "%(count)s placement of this year is agreed. Whoever is not on the list of "
                "arrivals yet will be put there, due on the day of their wave.",
                "%(count)s placements of this year are agreed. Whoever is not on the list of "
                "arrivals yet will be put there, due on the day of their wave.",
                len(placements),
            )
            % {"count": len(placements)},
            "action": gettext("Put them on the list"),
            "back": reverse("arrival:arrivals"),
            "crumbs": [_home()],
        },
    )


def arrive_many(request: HttpRequest) -> HttpResponse:
    """Ask on which day the chosen people arrived, then record it for all of them."""
    person = _person(request)
    policy.require(person, "arrive", None)
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    listing = arrival_listing(person)
    rows = list(chosen(request, listing).filter(state=State.EXPECTED))
    if not rows:
        messages.warning(request, gettext("Choose at least one person who is still expected."))
        return redirect("arrival:arrivals")
    form = DayOfArrival(
        request.POST if "arrived_on" in request.POST else None,
        initial={"arrived_on": clock.today()},
    )
    if form.is_valid():
        try:
            count = actions.arrive_many(rows, **form.cleaned_data, by=person, at=clock.now())
        except actions.NotThatDay as error:
            form.add_error("arrived_on", str(error))
        else:
            _tell(request, count)
            return redirect("arrival:arrivals")
    context = {
        "form": form,
        "names": [f"{row.person} ({row.organisation})" for row in rows[:SHOWN]],
        "more": max(len(rows) - SHOWN, 0),
        "count": len(rows),
        "fields": _carried(request, rows),
        "crumbs": [_home()],
    }
    return render(request, "arrival/arrive_many.html", context)


def arrive(request: HttpRequest, pk: int) -> HttpResponse:
    """Record that this person has arrived."""
    arrival = _arrival(request, pk)
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    form = DayOfArrival(request.POST)
    if not form.is_valid():
        policy.require(_person(request), "arrive", arrival)
        return _draw(request, arrival, form)
    try:
        actions.arrive(arrival, **form.cleaned_data, by=_person(request), at=clock.now())
    except actions.NotThatDay as error:
        form.add_error("arrived_on", str(error))
        return _draw(request, arrival, form)
    _tell(request, 1)
    return redirect("arrival:arrival", pk)


def miss(request: HttpRequest, pk: int) -> HttpResponse:
    """Record that this person did not come, after asking once more."""
    arrival = _arrival(request, pk)
    policy.require(_person(request), "miss", arrival)
    if request.method == "POST":
        actions.miss(arrival, by=_person(request), at=clock.now())
        messages.success(request, gettext("Recorded: this person did not come."))
        return redirect("arrival:arrival", pk)
    context = {
        "title": gettext("Did not come"),
        "text": gettext(
            "This cannot be undone. Nobody is appointed; the place with the organisation stays "
            "theirs until the placement is vacated."
        ),
        "items": [f"{arrival.person} ({arrival.organisation})"],
        "action": gettext("Record that they did not come"),
        "danger": True,
        "back": reverse("arrival:arrival", args=[pk]),
        "crumbs": [_home()],
    }
    return render(request, "web/confirm.html", context)


def _draw(
    request: HttpRequest, arrival: Arrival, form: DayOfArrival | None = None
) -> HttpResponse:
    expected = arrival.state == State.EXPECTED
    due = min(arrival.due_on, clock.today())
    context = {
        "arrival": arrival,
        "tone": TONES[State(arrival.state)],
        "form": form or DayOfArrival(initial={"arrived_on": due}),
        "may_arrive": expected and policy.allows(_person(request), "arrive", arrival),
        "may_miss": expected and policy.allows(_person(request), "miss", arrival),
        "crumbs": [_home(), Crumb(label=str(arrival.person))],
    }
    return render(request, "arrival/arrival.html", context)


def arrival_listing(person: Person) -> Listing:
    """List the arrivals a person may know of, by wave."""
    may = policy.allows(person, "arrive", None)
    batch = Batch(
        name="arrive", label=_("Has arrived"), url=reverse("arrival:arrive_many"), primary=True
    )
    return Listing(
        rows=queries.arrivals_for(person),
        columns=COLUMNS,
        order=("-due_on", "person__family_name", "person__given_name"),
        caption=_("Arrivals"),
        empty=_("Nobody is expected yet. People come onto this list once they are placed."),
        filters=_filters(),
        batch=(batch,) if may else (),
        reads=READS,
    )


def _number(row: Arrival) -> str:
    return row.placement.application.number if row.placement else ""


def _wave(row: Arrival) -> object:
    return row.placement.request.wave if row.placement else _("Already serving")


COLUMNS = (
    Column(
        name="person",
        label=_("Participant"),
        value=lambda row: row.person,
        sort=("person__family_name", "person__given_name"),
        link=page_of("arrival:arrival"),
        head=True,
    ),
    Column(name="number", label=_("Application number"), value=_number),
    Column(
        name="position",
        label=_("Position"),
        value=lambda row: row.position.code,
        sort=("position__rank",),
    ),
    Column(
        name="country",
        label=_("Country"),
        value=lambda row: row.country,
        sort=("country__code",),
    ),
    Column(
        name="organisation",
        label=_("Contracting organisation"),
        value=lambda row: row.organisation,
        sort=("organisation__code",),
    ),
    Column(
        name="host",
        label=_("Host body"),
        value=lambda row: row.organisation.parent,
        sort=("organisation__parent__code",),
    ),
    Column(name="wave", label=_("Wave"), value=_wave),
    Column(
        name="due_on",
        label=_("Due on"),
        value=lambda row: row.due_on,
        sort=("due_on",),
        kind="day",
    ),
    Column(
        name="state",
        label=_("State"),
        value=lambda row: row.state_name,
        sort=("state",),
        kind="tag",
        tone=lambda row: TONES[State(row.state)],
    ),
    Column(
        name="arrived_on",
        label=_("Arrived"),
        value=lambda row: row.arrived_on,
        sort=("arrived_on",),
        kind="day",
    ),
    Column(name="flight", label=_("Flight"), value=lambda row: row.flight),
)
READS = (
    *("state", "due_on", "arrived_on", "flight", "position__code"),
    *within("person", *Person.NAMED_BY),
    *named("country", "organisation", "organisation__parent", "placement__request__wave"),
    "placement__application__number",
)


FILTERS = (
    Filter(
        name="state",
        label=_("State"),
        apply=lambda rows, value: rows.filter(state=value),
        choices=lambda: [(state.value, name) for state, name in ARRIVAL.names.items()],
    ),
    Filter(
        name="position",
        label=_("Position"),
        apply=lambda rows, value: rows.filter(position__code=value),
        choices=lambda: [(code, str(one)) for code, one in positions_by_code().items()],
    ),
    Filter(
        name="country",
        label=_("Country"),
        apply=lambda rows, value: rows.filter(country__code=value),
        choices=lambda: [(code, str(one)) for code, one in countries_by_code().items()],
    ),
)


def _filters() -> tuple[Filter, ...]:
    waves = cache(waves_by_year_and_code)  # read once for the years and the waves

    def years() -> list[int]:
        """List the years in which anybody can have come who is here, the latest first."""
        known = {wave.arrives_on.year for wave in waves().values()}
        return [*range(max(known), min(known) - MOST_YEARS - 1, -1)] if known else []

    return (
        Filter(
            name="year",
            label=_("Year of arrival"),
            apply=lambda rows, value: rows.filter(due_on__year=int(value)),
            choices=lambda: [(str(year), str(year)) for year in years()],
        ),
        Filter(
            name="wave",
            label=_("Wave"),
            apply=lambda rows, value: rows.filter(placement__request__wave__code=value),
            choices=lambda: _latest(waves()),
        ),
        *FILTERS,
        Filter(
            name="due",
            label=_("Due on"),
            apply=lambda rows, value: rows.filter(due_on=date.fromisoformat(value)),
        ),
        Filter(
            name="arrived",
            label=_("Arrived on"),
            apply=lambda rows, value: rows.filter(arrived_on=date.fromisoformat(value)),
        ),
        Filter(name="q", label=_("Name, number or place"), apply=_matching),
    )


def _latest(waves: Mapping[tuple[int, str], Wave]) -> list[tuple[str, Words]]:
    """Name each wave once, as the latest year calls it, in the order in which they arrive."""
    rows = sorted(waves.items(), key=lambda row: row[1].arrives_on)
    newest = {code: wave for (_year, code), wave in rows}
    in_order = sorted(newest.items(), key=lambda row: row[1].arrives_on)
    return [(code, str(wave)) for code, wave in in_order]


def _matching(rows: Rows, value: str) -> Rows:
    return queries.matching(rows, value)


def _carried(request: HttpRequest, rows: list[Arrival]) -> list[tuple[str, object]]:
    """Carry the choice to the next page: the rows, or that all of them were meant."""
    if request.POST.get("all"):
        return [("all", "yes")]
    return [("row", row.pk) for row in rows]


def _tell(request: HttpRequest, count: int) -> None:
    words = ngettext(
        "%(count)s arrival is recorded. The appointment follows by itself.",
        "%(count)s arrivals are recorded. The appointments follow by themselves.",
        count,
    )
    messages.success(request, words % {"count": count})


def _home() -> Crumb:
    return Crumb(label=_("Arrivals"), url=reverse("arrival:arrivals"))


def _person(request: HttpRequest) -> Person:
    return cast("Person", request.user)


def _arrival(request: HttpRequest, pk: int) -> Arrival:
    return get_object_or_404(queries.arrivals_for(_person(request)), pk=pk)
