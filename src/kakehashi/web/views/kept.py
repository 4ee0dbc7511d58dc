"""The pages of saved views: keep one, open a list with it, forget it; and how long a page is."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import urlencode
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from kakehashi.kernel import clock
from kakehashi.kernel.words import _
from kakehashi.web import saved, toasts
from kakehashi.web.components import Crumb
from kakehashi.web.listing import OFFERED
from kakehashi.web.models import SavedView
from kakehashi.web.navigation import address
from kakehashi.web.views import back


@require_safe
def views(request: HttpRequest) -> HttpResponse:
    """List every view I keep, list by list, with the address by which it can be shared."""
    kept = [
        (view, request.build_absolute_uri(view.url))
        for view in saved.views_of(request.user)  # type: ignore[arg-type]  # whoever signed in
    ]
    context = {"kept": kept, "crumbs": [Crumb(label=_("Saved views"))]}
    return render(request, "web/saved_views.html", context)


@require_POST
def keep(request: HttpRequest) -> HttpResponse:
    """Keep a list as it is seen now, under a name."""
    sent = request.POST if "place" in request.POST else request.GET
    place, name = sent.get("place", ""), sent.get("name", "").strip()[:60]
    query = sent.get("query", "")
    if not saved.is_place(place) or len(query) > 1000 or len(place) > 200:  # noqa: PLR2004 -- as the model has room
        messages.error(request, gettext("Only a list of this system can be kept."))
        return redirect("web:views")
    if not name:
        messages.error(request, gettext("Nothing was kept: give the view a name."))
        return redirect(f"{place}?{query}")
    try:
        view = saved.keep_view(
            place,
            name,
            query,
            default=bool(sent.get("default")),
            by=request.user,
            at=clock.now(),
        )
    except saved.TooMany as error:
        messages.error(request, str(error))
        return redirect(f"{place}?{query}")
    messages.success(request, gettext("The view “%(name)s” is kept.") % {"name": view.name})
    return redirect(view.url)


def drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Forget a view; it can be had back at once."""
    view = _mine(request, pk)
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    again = {"place": view.place, "name": view.name, "query": view.query}
    again |= {"default": "yes"} if view.is_default else {}
    saved.drop_view(view, by=request.user, at=clock.now())
    toasts.say(
        request,
        gettext("The view “%(name)s” is forgotten.") % {"name": view.name},
        undo=f"{address('web:keep_view')}?{urlencode(again)}",
    )
    return back(request)


def default(request: HttpRequest, pk: int) -> HttpResponse:
    """Open the list with this view from now on, or no longer."""
    view = _mine(request, pk)
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    wanted = bool(request.POST.get("default"))
    saved.make_default(view, default=wanted, by=request.user, at=clock.now())
    return back(request)


@require_POST
def rows(request: HttpRequest) -> HttpResponse:
    """Remember how many rows of a list this person wants on a page."""
    wanted = request.POST.get("rows", "")
    if wanted in map(str, OFFERED):
        saved.choose(request.user, rows=int(wanted))  # type: ignore[arg-type]  # whoever signed in
    return back(request)


def _mine(request: HttpRequest, pk: int) -> SavedView:
    found = saved.views_of(request.user)  # type: ignore[arg-type]  # whoever signed in
    return get_object_or_404(found, pk=pk)
