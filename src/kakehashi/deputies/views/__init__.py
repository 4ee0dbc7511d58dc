"""The pages of absence and deputies: naming one, acting as one, and what was done meanwhile."""

from collections.abc import Callable
from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from kakehashi.deputies import actions, queries
from kakehashi.deputies.forms import DeputyForm
from kakehashi.deputies.models import Deputy
from kakehashi.deputies.views.banner import ACTING
from kakehashi.directory.models import Person, Seat
from kakehashi.directory.queries import people_for
from kakehashi.kernel import clock
from kakehashi.kernel.words import Words, _
from kakehashi.web.components import Crumb
from kakehashi.web.listing import Column, Filter, Listing, show
from kakehashi.web.rows import page_of

MOST_LINES = 50


def _who(request: HttpRequest) -> Person:
    return cast("Person", request.user)


def _find(request: HttpRequest, pk: int) -> Deputy:
    found: Deputy = get_object_or_404(queries.deputies_for(_who(request)), pk=pk)
    return found


COLUMNS = (
    Column(
        name="absent",
        label=_("Away"),
        value=lambda row: row.seat.person,
        link=page_of("deputies:deputy"),
        head=True,
    ),
    Column(
        name="seat",
        label=_("Seat"),
        value=lambda row: f"{row.seat.role_name}, {row.seat.office}",
    ),
    Column(name="deputy", label=_("Deputy"), value=lambda row: row.person),
    Column(
        name="starts_on",
        label=_("First day"),
        value=lambda row: row.starts_on,
        sort=("starts_on",),
        kind="day",
    ),
    Column(
        name="ends_on",
        label=_("Last day"),
        value=lambda row: row.ends_on,
        sort=("ends_on",),
        kind="day",
    ),
    Column(name="state", label=_("State"), value=lambda row: row.state_name, kind="tag"),
)


@require_safe
def deputies(request: HttpRequest) -> HttpResponse:
    """Show one's own seats, those one stands in for, and the absences of one's office."""
    person, today = _who(request), clock.today()
    listing = Listing(
        columns=COLUMNS,
        rows=queries.deputies_for(person),
        order=("-starts_on", "-pk"),
        caption=_("Absences and deputies"),
        empty=_("Nobody has named a deputy yet."),
        filters=(
            Filter(
                name="state",
                label=_("State"),
                apply=lambda rows, state: rows.filter(state=state),
                choices=lambda: [
                    (str(one), name) for one, name in Deputy.lifecycle.names.items()
                ],
            ),
        ),
    )
    context = {
        "seats": queries.own_seats(person, today) if person.acts_from is None else [],
        "standing": queries.standing_for(person, today),
        "waiting": queries.to_accept(person),
    }
    return show(request, "deputies/deputies.html", listing, **context)


def name_deputy(request: HttpRequest, pk: int) -> HttpResponse:
    """Name who stands in for a seat."""
    person, today = _who(request), clock.today()
    seat = queries.seat_for(person, pk)
    if seat is None:
        raise Http404
    queries.require(person, "name_deputy", seat)
    form = DeputyForm(
        request.POST or None,
        colleagues=queries.colleagues(person, seat, today),
        initial={"starts_on": today},
    )
    if request.method == "POST" and form.is_valid() and (made := _named(request, seat, form)):
        messages.success(request, _said(made))
        return redirect("deputies:deputy", pk=made.pk)
    crumbs = [Crumb(label=_("Absence and deputies"), url=reverse("deputies:deputies"))]
    context = {"form": form, "seat": seat, "crumbs": crumbs}
    return render(request, "deputies/name.html", context, status=422 if form.errors else 200)


def _said(made: Deputy) -> str:
    if made.acting_seat_id:
        return gettext("The deputy is named.")
    return gettext("The deputy is named, and waits to be accepted by the head of the office.")


def _named(request: HttpRequest, seat: Seat, form: DeputyForm) -> Deputy | None:
    """Name the deputy as the form says; say in the form what stands against it."""
    facts = form.cleaned_data
    field = "colleague" if facts["colleague"] else "email"
    named = people_for(_who(request)).filter(email=facts["named"]).first()
    if named is None:
        form.add_error(field, gettext("No account that you may know of has this address."))
        return None
    days = {name: facts[name] for name in ("starts_on", "ends_on", "reason")}
    try:
        return actions.name_deputy(seat, person=named, **days, by=_who(request), at=clock.now())
    except actions.NoDeputy as error:
        form.add_error(field if error.field == "email" else error.field, str(error))
    return None


@require_safe
def deputy(request: HttpRequest, pk: int) -> HttpResponse:
    """Show an absence, and what was done in the absent person's name."""
    person, shown = _who(request), _find(request, pk)
    lines = queries.done_meanwhile(person, shown)
    context = {
        "shown": shown,
        "moves": queries.moves_for(person, shown),
        "may_act": queries.acting(person, shown.pk, clock.today()) is not None,
        "lines": lines[:MOST_LINES],
        "reads_lines": person.pk in {shown.person_id, shown.seat.person_id},
        "crumbs": [Crumb(label=_("Absence and deputies"), url=reverse("deputies:deputies"))],
    }
    return render(request, "deputies/deputy.html", context)


def act(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin to act in the absent person's name."""
    person, shown = _who(request), _find(request, pk)
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    queries.require(person, "act", shown)
    if queries.acting(person, shown.pk, clock.today()) is None:
        messages.error(request, gettext("You stand in on other days only."))
        return redirect("deputies:deputy", pk=pk)
    actions.note_act(shown, by=person, at=clock.now())
    request.session[ACTING] = shown.pk
    return redirect("home:today")


@require_POST
def stop(request: HttpRequest) -> HttpResponse:
    """Go back to one's own name."""
    if request.session.pop(ACTING, None) is not None:
        messages.success(request, gettext("You act in your own name again."))
    return redirect("deputies:deputies")


def _move(verb: Callable[..., None], told: Words) -> Callable[[HttpRequest, int], HttpResponse]:
    def answer(request: HttpRequest, pk: int) -> HttpResponse:
        found = _find(request, pk)
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        verb(found, by=_who(request), at=clock.now())
        messages.success(request, str(told))
        return redirect("deputies:deputy", pk=pk)

    return answer


accept = _move(actions.accept, _("The deputy is accepted."))
decline = _move(actions.decline, _("The deputy is not accepted."))
withdraw = _move(actions.withdraw, _("The deputy is withdrawn, from now on."))
