"""The requests of a year by prefecture: a map, its table, and the way to each list."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from kakehashi.intake.queries import current_year
from kakehashi.kernel.words import _
from kakehashi.placement import queries
from kakehashi.placement.views.common import who
from kakehashi.web import japan
from kakehashi.web.components import Crumb, Figure


@require_safe
def places(request: HttpRequest) -> HttpResponse:
    """Show how many people each prefecture asks for this year; a tile leads to its requests."""
    person = who(request)
    year = current_year(person)
    if year is None:
        raise Http404
    asked = queries.asked_by_prefecture(person, year)
    requests = reverse("placement:requests")
    counted = {
        code: japan.Counted(value=one.seats, cells=(one.requests, one.seats, one.accepted))
        for code, one in asked.items()
    }
    context = {
        "year": year,
        "figures": _figures(list(asked.values())),
        "places": japan.places(
            queries.prefectures_for(person),
            counted,
            lambda code: f"{requests}?prefecture={code}",
            name="asked",
            label=_("People asked for"),
            heads=[_("Requests"), _("People"), _("Accepted")],
        ),
        "crumbs": [
            Crumb(label=_("Requests"), url=requests),
            Crumb(label=_("By prefecture")),
        ],
    }
    return render(request, "placement/places.html", context)


def _figures(asked: list[queries.Asked]) -> list[Figure]:
    return [
        Figure(label=_("Prefectures that ask"), value=len(asked)),
        Figure(label=_("Requests"), value=sum(one.requests for one in asked)),
        Figure(label=_("People asked for"), value=sum(one.seats for one in asked)),
        Figure(label=_("Accepted"), value=sum(one.accepted for one in asked)),
    ]
