"""The second step inside an organisation: in which schools or offices somebody will work."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext

from kakehashi.kernel.words import _
from kakehashi.placement import actions, queries
from kakehashi.placement.forms import WorkplacesForm
from kakehashi.placement.views.common import act, who
from kakehashi.placement.views.placements import find
from kakehashi.web.components import Crumb


def assign(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose the places of work among those that the organisation keeps in the directory."""
    shown, person = find(request, pk), who(request)
    queries.require(person, "assign", shown)
    among = queries.workplaces_for(person, shown)
    typed = request.POST if request.method == "POST" else None  # none ticked is an answer too
    form = WorkplacesForm(typed, among=among, chosen=shown.workplaces.all())
    if form.is_bound and form.is_valid():
        act(actions.assign, shown, request, workplaces=form.cleaned_data["workplaces"])
        messages.success(request, gettext("Saved."))
        return redirect("placement:placement", pk=pk)
    page = reverse("placement:placement", args=[pk])
    context = {
        "form": form,
        "placement": shown,
        "among": among,
        "crumbs": [
            Crumb(label=_("Placements"), url=reverse("placement:placements")),
            Crumb(label=shown.application.name, url=page),
        ],
    }
    status = 422 if form.errors else 200
    return render(request, "placement/assign.html", context, status=status)
