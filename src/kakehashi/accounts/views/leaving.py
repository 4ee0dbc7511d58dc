"""Leaving a seat: what lies with it, who carries on, and its last day."""

from collections import defaultdict

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext, ngettext

from kakehashi.accounts import actions, queries
from kakehashi.accounts.forms import HandOverForm, LeaveForm
from kakehashi.accounts.policy import policy
from kakehashi.accounts.views.devices import who
from kakehashi.directory.actions import HoldsOpenWork, LastOperator, SeatEndsTooEarly
from kakehashi.directory.models import Seat
from kakehashi.directory.queries import seats_for
from kakehashi.kernel import clock
from kakehashi.kernel.open_work import CannotTake, Load, lying_with

BETWEEN = "|"  # between the kind of work and the key of a piece, in a tick box


def _seat(request: HttpRequest, pk: int) -> Seat:
    seat: Seat = get_object_or_404(seats_for(who(request)), pk=pk)
    policy.require(who(request), "hand_over", seat)
    return seat


def _drawn(
    request: HttpRequest,
    seat: Seat,
    *,
    wanted: HandOverForm | None = None,
    leaving: LeaveForm | None = None,
) -> HttpResponse:
    loads = lying_with(seat)
    faulty = bool((wanted and wanted.errors) or (leaving and leaving.errors))
    context = {
        "seat": seat,
        "loads": loads,
        "wanted": wanted or _hand_over_form(request, seat, loads),
        "leaving": leaving or LeaveForm(initial={"ends_on": clock.today()}),
        "may_leave": policy.allows(who(request), "leave", seat),
        "between": BETWEEN,
    }
    return render(request, "accounts/leaving.html", context, status=422 if faulty else 200)


def _hand_over_form(request: HttpRequest, seat: Seat, loads: list[Load]) -> HandOverForm:
    pieces = [f"{load.kind.name}{BETWEEN}{one.key}" for load in loads for one in load.pieces]
    people = queries.successors_of(seat, at=clock.now())
    typed = request.POST if request.method == "POST" else None
    return HandOverForm(typed, successors=people, pieces=pieces)


def leaving(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what lies with a seat, and how to let it go."""
    seat = _seat(request, pk)
    if request.method not in {"GET", "HEAD"}:
        return HttpResponseNotAllowed(["GET", "HEAD"])
    return _drawn(request, seat)


def hand_over(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a successor carry on with what was ticked."""
    seat = _seat(request, pk)
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    form = _hand_over_form(request, seat, lying_with(seat))
    if not form.is_valid():
        return _drawn(request, seat, wanted=form)
    pieces: dict[str, list[str]] = defaultdict(list)
    for ticked in form.cleaned_data["piece"]:
        kind, _between, key = ticked.partition(BETWEEN)
        pieces[kind].append(key)
    to = form.people[form.cleaned_data["to"]]
    try:
        count = actions.hand_over(seat, pieces, to=to, by=who(request), at=clock.now())
    except CannotTake as error:
        form.add_error("to", str(error))
        return _drawn(request, seat, wanted=form)
    words = ngettext(
        "One piece of work is now with %(name)s.",
        "%(n)s pieces of work are now with %(name)s.",
        count,
    )
    messages.success(request, words % {"n": count, "name": to})
    return redirect("accounts:leaving", seat.pk)


def leave(request: HttpRequest, pk: int) -> HttpResponse:
    """End the seat."""
    seat = _seat(request, pk)
    policy.require(who(request), "leave", seat)
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    form = LeaveForm(request.POST)
    if form.is_valid():
        try:
            day = form.cleaned_data["ends_on"]
            actions.leave(seat, ends_on=day, by=who(request), at=clock.now())
        except (HoldsOpenWork, LastOperator, SeatEndsTooEarly) as error:
            form.add_error("ends_on", str(error))
        else:
            messages.success(request, gettext("The last day of the seat is set."))
            return redirect("directory:office", seat.office_id)
    return _drawn(request, seat, leaving=form)
