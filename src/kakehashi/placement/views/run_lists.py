"""Lists of a run, by number: whom it places, whom it leaves, which seats stay empty, and why."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from kakehashi.kernel.words import Words, _
from kakehashi.placement import queries
from kakehashi.placement.models import Placement, Request, Run
from kakehashi.placement.rules import PART_NAMES
from kakehashi.placement.views.common import in_prefecture, prefectures, who
from kakehashi.placement.views.runs import crumbs, find
from kakehashi.recruitment.models import Application
from kakehashi.web.listing import Column, Filter, Listing, show

PLACED = (
    Column(
        name="application",
        label=_("Application"),
        value=lambda row: row.application.number,
        sort=("application__number",),
        link=lambda row: _person_link(row.run_id, row.application_id),
        head=True,
    ),
    Column(
        name="country",
        label=_("Country"),
        value=lambda row: row.application.country,
        sort=("application__country__code",),
    ),
    Column(
        name="position",
        label=_("Position"),
        value=lambda row: row.request.position.code,
    ),
    Column(
        name="organisation",
        label=_("Placed at"),
        value=lambda row: row.request.organisation,
        sort=("request__organisation__code",),
    ),
    Column(
        name="prefecture",
        label=_("Prefecture"),
        value=lambda row: queries.prefecture_of(row.request.organisation),
    ),
    Column(
        name="wish",
        label=_("Wish met"),
        value=lambda row: row.wish_met,
        sort=("wish_met",),
        kind="number",
    ),
    Column(
        name="cost",
        label=_("Cost"),
        value=lambda row: row.cost,
        sort=("cost",),
        kind="number",
    ),
)


@require_safe
def placed(request: HttpRequest, pk: int) -> HttpResponse:
    """List whom a run places, by number."""
    shown = find(request, pk)
    listing = Listing(
        columns=PLACED,
        rows=queries.placed_in(shown),
        order=("application__number",),
        caption=_("Placed"),
        empty=_("Nobody is placed by this run."),
        filters=(
            Filter(
                name="prefecture",
                label=_("Prefecture"),
                apply=in_prefecture("request__organisation"),
                choices=prefectures,
            ),
        ),
    )
    return _list(request, shown, listing, _("People placed"), "配置された人")


@require_safe
def unplaced(request: HttpRequest, pk: int) -> HttpResponse:
    """List whom a run leaves without a place, by number; each leads to the reasons."""
    shown = find(request, pk)
    listing = Listing(
        columns=(
            Column(
                name="application",
                label=_("Application"),
                value=lambda row: row.number,
                sort=("number",),
                link=lambda row: _person_link(shown.pk, row.pk),
                head=True,
            ),
            Column(
                name="country",
                label=_("Country"),
                value=lambda row: row.country,
                sort=("country__code",),
            ),
            Column(name="position", label=_("Position"), value=lambda row: row.position.code),
        ),
        rows=queries.unplaced_in(shown),
        order=("number",),
        caption=_("Without a place"),
        empty=_("Everybody has a place."),
    )
    return _list(request, shown, listing, _("People without a place"), "配置先のない人")


@require_safe
def unfilled(request: HttpRequest, pk: int) -> HttpResponse:
    """List the requests whose seats stay empty."""
    shown = find(request, pk)
    empty: dict[str, int] = shown.counts.get("unfilled", {})
    listing = Listing(
        columns=(
            Column(
                name="request",
                label=_("Request"),
                value=lambda row: row.number,
                sort=("number",),
                head=True,
            ),
            Column(
                name="organisation",
                label=_("Contracting organisation"),
                value=lambda row: row.organisation,
                sort=("organisation__code",),
            ),
            Column(name="position", label=_("Position"), value=lambda row: row.position.code),
            Column(
                name="empty",
                label=_("Empty seats"),
                value=lambda row: empty[str(row.pk)],
                kind="number",
            ),
            Column(
                name="tier",
                label=_("Priority"),
                value=lambda row: row.tier,
                sort=("tier",),
                kind="number",
            ),
        ),
        rows=queries.unfilled_in(shown),
        order=("number",),
        caption=_("Seats left empty"),
        empty=_("Every seat is filled."),
    )
    return _list(request, shown, listing, _("Seats left empty"), "埋まらなかった枠")


def _person_link(run: int, application: int) -> str:
    return reverse("placement:person_in_run", args=[run, application])


def _list(
    request: HttpRequest, shown: Run, listing: Listing, title: Words, gloss: str
) -> HttpResponse:
    context = {"title": title, "gloss": gloss, "crumbs": crumbs(shown)}
    return show(request, "placement/run_list.html", listing, **context)


@require_safe
def person_in_run(request: HttpRequest, pk: int, application_pk: int) -> HttpResponse:
    """Show by number what a run did with one person: where, why, and what stood in the way."""
    person, shown = who(request), find(request, pk)
    application: Application | None = queries.person_in(shown, application_pk)
    if application is None:
        raise Http404
    placement: Placement | None = (
        queries.placed_in(shown).filter(application=application).first()
    )
    parts = [(PART_NAMES[code], cost) for code, cost in placement.parts] if placement else []
    request_: Request | None = placement.request if placement else None
    context = {
        "run": shown,
        "application": application,
        "placement": placement,
        "prefecture": queries.prefecture_of(request_.organisation) if request_ else None,
        "parts": parts,
        "reasons": queries.reasons_for(person, shown, application),
        "crumbs": crumbs(shown),
    }
    return render(request, "placement/person_in_run.html", context)
