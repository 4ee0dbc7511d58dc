"""The pages of results: one's own with the reply, the desk's list."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext, ngettext

from kakehashi.directory.policy import holds
from kakehashi.directory.rules import Role
from kakehashi.kernel import clock
from kakehashi.kernel.words import _
from kakehashi.selection import actions, queries
from kakehashi.selection.models import Result
from kakehashi.selection.policy import desks, sees_points
from kakehashi.selection.policy import results as policy
from kakehashi.selection.rules import OUTCOME_NAMES
from kakehashi.selection.views.listings import (
    OUTCOME_TONES,
    RESULT_TONES,
    readings_listing,
    result_listing,
)
from kakehashi.selection.views.reading import POST_ONLY, as_seen, who
from kakehashi.web.components import Crumb
from kakehashi.web.listing import chosen, show


def _result(request: HttpRequest, pk: int) -> Result:
    return get_object_or_404(queries.results_for(who(request)), pk=pk)


def results(request: HttpRequest) -> HttpResponse:
    """Show the results my desk works with, and the replies."""
    person = who(request)
    desks.require(person, "list_results", None)
    listing = result_listing(person, may_key=holds(person, Role.MISSION))
    return show(request, "selection/results.html", listing)


def readings(request: HttpRequest) -> HttpResponse:
    """Show who reads what for the missions in my charge, and who has not scored yet."""
    person = who(request)
    desks.require(person, "list_readings", None)
    crumbs = [Crumb(label=_("Results"), url=reverse("selection:rounds"))]
    return show(request, "selection/readings.html", readings_listing(person), crumbs=crumbs)


def result(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a result: to the person concerned without a point, to the desk with its scores."""
    found = _result(request, pk)
    person = who(request)
    if found.application.person_id == person.pk:
        context = {"told": queries.told(found), "application": found.application}
        return render(request, "selection/told.html", context)
    context = {
        "result": found,
        "application": found.application,
        "outcome_name": OUTCOME_NAMES[found.outcome],
        "outcome_tone": OUTCOME_TONES[found.outcome],  # type: ignore[index]  # the column holds an Outcome's value
        "tone": RESULT_TONES[found.state],  # type: ignore[index]  # likewise
        "sees_points": sees_points(person),
        "sheets": queries.sheets_for(person, found.application),
        "may_decline": policy.allows(person, "decline", found) and found.state != "declined",
    }
    return render(request, "selection/result.html", context)


def accept(request: HttpRequest, pk: int) -> HttpResponse:
    """Accept the place."""
    found = _result(request, pk)
    if request.method != "POST":
        return HttpResponseNotAllowed(POST_ONLY)
    try:
        actions.accept(as_seen(request, found), by=who(request), at=clock.now())
    except actions.ReplyTooLate as error:
        messages.error(request, str(error))
    else:
        messages.success(request, gettext("The place is accepted. A receipt is on its way."))
    return redirect("selection:result", pk)


def decline(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what declining means, then decline."""
    found = _result(request, pk)
    policy.require(who(request), "decline", found)
    if request.method == "POST":
        actions.decline(as_seen(request, found), by=who(request), at=clock.now())
        messages.success(request, gettext("The place has been declined."))
        return redirect("selection:result", pk)
    return render(request, "selection/decline.html", {"result": found})


def accept_many(request: HttpRequest) -> HttpResponse:
    """Keep replies that came on paper."""
    person = who(request)
    desks.require(person, "list_results", None)
    if request.method != "POST":
        return HttpResponseNotAllowed(POST_ONLY)
    listing = result_listing(person, may_key=True)
    count = actions.accept_many(list(chosen(request, listing)), by=person, at=clock.now())
    words = ngettext("%(n)s reply has been kept.", "%(n)s replies have been kept.", count)
    messages.success(request, words % {"n": count})
    return redirect("selection:results")
