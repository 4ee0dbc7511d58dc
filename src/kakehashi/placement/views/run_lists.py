"""Lists of a run, by number: whom it places, whom it leaves, which seats stay empty, and why."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from kakehashi.kernel.words import Words, _
from kakehashi.placement import queries
from kakehashi.placement.models import Run
from kakehashi.placement.views.runs import crumbs, find
from kakehashi.web.listing import Column, Listing, show


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
