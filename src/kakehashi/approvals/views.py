"""The pages of approvals: papers on their way, the stamps on them, and the routes they take."""

from collections.abc import Callable
from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from kakehashi.approvals import actions, queries
from kakehashi.approvals.forms import DraftForm, ReturnForm, RouteForm
from kakehashi.approvals.models import Approval, Route
from kakehashi.approvals.policy import DESKS
from kakehashi.approvals.policy import routes as route_policy
from kakehashi.approvals.rules import KIND_NAMES
from kakehashi.directory.models import Office, Person
from kakehashi.directory.policy import seats_of
from kakehashi.directory.queries import offices_for
from kakehashi.directory.rules import RANK_NAMES, ROLES_AT, OfficeKind, Role
from kakehashi.kernel import clock
from kakehashi.kernel.words import Words, _, pgettext_lazy
from kakehashi.web.components import Crumb
from kakehashi.web.listing import Column, Filter, Listing, show
from kakehashi.web.rows import page_of

TONES = {"circulating": "now", "approved": "ok", "returned": "warn", "lapsed": "line"}


def _who(request: HttpRequest) -> Person:
    return cast("Person", request.user)


def _find(request: HttpRequest, pk: int) -> Approval:
    found: Approval = get_object_or_404(queries.approvals_for(_who(request)), pk=pk)
    return found


def _crumbs() -> list[Crumb]:
    return [Crumb(label=_("Approvals"), url=reverse("approvals:approvals"))]


def _waits_for(row: Approval) -> Words:
    rank = getattr(row, "next_rank", "")
    return RANK_NAMES[rank] if row.state == "circulating" and rank else ""


COLUMNS = (
    Column(
        name="label",
        label=_("What shall leave"),
        value=lambda row: row.label,
        link=page_of("approvals:approval"),
        head=True,
    ),
    Column(name="kind", label=_("Kind of act"), value=lambda row: row.route.kind_name),
    Column(
        name="office",
        label=_("Desk"),
        value=lambda row: f"{row.route.office}, {row.route.desk}",
    ),
    Column(
        name="edition",
        label=pgettext_lazy("approval", "Version"),
        value=lambda row: row.edition,
        kind="number",
    ),
    Column(
        name="drafted_at",
        label=_("Drafted at"),
        value=lambda row: row.drafted_at,
        sort=("drafted_at",),
        kind="moment",
    ),
    Column(name="drafted_by", label=_("Drafted by"), value=lambda row: row.drafted_by),
    Column(name="next", label=_("Next stamp"), value=_waits_for),
    Column(
        name="state",
        label=_("State"),
        value=lambda row: row.state_name,
        kind="tag",
        tone=lambda row: TONES.get(row.state, ""),
        sort=("state",),
    ),
)


def listing_of(person: Person) -> Listing:
    """List the papers of one's own desks; `waiting=me` those whose next stamp is one's own."""
    return Listing(
        columns=COLUMNS,
        rows=queries.approvals_for(person),
        order=("-drafted_at", "-pk"),
        caption=_("Papers on their way and decided"),
        empty=_("No paper yet. One begins on the page of what shall leave."),
        filters=(
            Filter(
                name="waiting",
                label=_("Waiting"),
                apply=lambda rows, _me: rows.filter(
                    pk__in=queries.waiting_for(person).values("pk")
                ),
                choices=lambda: [("me", _("For my stamp"))],
            ),
            Filter(
                name="state",
                label=_("State"),
                apply=lambda rows, state: rows.filter(state=state),
                choices=lambda: [(str(k), v) for k, v in Approval.lifecycle.names.items()],
            ),
            Filter(
                name="kind",
                label=_("Kind of act"),
                apply=lambda rows, kind: rows.filter(route__kind=kind),
                choices=lambda: list(KIND_NAMES.items()),
            ),
        ),
    )


@require_safe
def approvals(request: HttpRequest) -> HttpResponse:
    """Show the papers of one's own desks."""
    links = [{"label": _("Routes"), "url": reverse("approvals:routes")}]
    listing = listing_of(_who(request))
    return show(request, "approvals/approvals.html", listing, links=links)


def draft(request: HttpRequest) -> HttpResponse:
    """Put a thing on its way; `about` comes with the link on the thing's own page."""
    person = _who(request)
    about = (request.POST or request.GET).get("about", "")
    shown = queries.box(person, about, clock.today())
    paper = queries.paper_of(person, about) if shown else None
    if shown is None or paper is None:
        raise Http404
    form = DraftForm(request.POST or None, initial={"about": about})
    if request.method == "POST" and form.is_valid():
        note = form.cleaned_data["note"]
        made = actions.draft(about, note=note, by=person, at=clock.now())
        messages.success(request, gettext("The paper is on its way."))
        return redirect("approvals:approval", pk=made.pk)
    context = {"form": form, "box": shown, "paper": paper, "label": paper.label()}
    context["crumbs"] = _crumbs()
    return render(request, "approvals/draft.html", context, status=422 if form.errors else 200)


@require_safe
def approval(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a paper: what it names, its stamps, and what this person may do with it."""
    return render(request, "approvals/approval.html", _context(request, _find(request, pk)))


@require_safe
def sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the paper as it is printed and filed, with a row of stamps."""
    return render(request, "approvals/sheet.html", _context(request, _find(request, pk)))


def _context(request: HttpRequest, shown: Approval) -> dict[str, object]:
    person = _who(request)
    paper = queries.paper_of(person, shown.about)
    stamps = list(queries.stamps_on(person, shown))
    given = {one.step: one for one in stamps}
    return {
        "shown": shown,
        "tone": TONES.get(shown.state, ""),
        "paper": paper,
        "is_current": paper is not None and paper.digest == shown.digest,
        "stamps": stamps,
        "boxes": [(step, given.get(step.number)) for step in shown.route.steps.all()],
        "moves": queries.moves_for(person, shown),
        "editions": queries.editions_of(person, shown),
        "crumbs": _crumbs(),
    }


def _move(verb: Callable[..., None], told: Words) -> Callable[[HttpRequest, int], HttpResponse]:
    def answer(request: HttpRequest, pk: int) -> HttpResponse:
        found = _find(request, pk)
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        verb(found, by=_who(request), at=clock.now())
        messages.success(request, str(told))
        return redirect("approvals:approval", pk=pk)

    return answer


stamp = _move(actions.stamp, _("Stamped. The paper goes on to the next."))
approve = _move(actions.approve, _("Approved. Exactly this may leave now."))
withdraw = _move(actions.withdraw, _("The paper is withdrawn."))


def return_paper(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a paper back with a reason."""
    person, shown = _who(request), _find(request, pk)
    queries.require(person, "return_paper", shown)
    form = ReturnForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.return_paper(shown, **form.cleaned_data, by=person, at=clock.now())
        messages.success(request, gettext("The paper is returned."))
        return redirect("approvals:approval", pk=pk)
    context = {"form": form, "shown": shown, "crumbs": _crumbs()}
    return render(request, "approvals/return.html", context, status=422 if form.errors else 200)


ROUTE = (
    Column(
        name="office",
        label=pgettext_lazy("directory", "Office"),
        value=lambda row: row.office,
        sort=("office__name_en",),
        head=True,
    ),
    Column(name="desk", label=_("Desk"), value=lambda row: row.desk),
    Column(
        name="kind", label=_("Kind of act"), value=lambda row: row.kind_name, sort=("kind",)
    ),
    Column(
        name="steps",
        label=_("Way"),
        value=lambda row: " → ".join(str(step.name) for step in row.steps.all()),
    ),
    Column(
        name="valid_from", label=_("First day"), value=lambda row: row.valid_from, kind="day"
    ),
    Column(name="valid_to", label=_("Last day"), value=lambda row: row.valid_to, kind="day"),
    Column(name="source", label=_("Known from"), value=lambda row: row.source),
)


@require_safe
def routes(request: HttpRequest) -> HttpResponse:
    """List the routes of one's own desks, and lead to where one sets them."""
    person = _who(request)

    def way_to_end(row: Route) -> str:
        may = not row.valid_to and route_policy.allows(person, "end_route", row.office)
        return reverse("approvals:end_route", args=[row.pk]) if may else ""

    end = Column(
        name="end",
        label=_("End"),
        value=lambda row: _("End the route") if way_to_end(row) else "",
        link=way_to_end,
    )
    listing = Listing(
        columns=(*ROUTE, end),
        rows=queries.routes_for(person),
        order=("-valid_from", "pk"),
        caption=_("Routes"),
        empty=_("No route yet. What leaves the office leaves without one."),
    )
    return show(
        request,
        "approvals/routes.html",
        listing,
        offices=_offices_to_rule(person),
        crumbs=_crumbs(),
    )


def _offices_to_rule(person: Person) -> list[Office]:
    """List the offices in which this person sits and sets routes."""
    mine = {seat.office for seat in seats_of(person)}
    found = offices_for(person).filter(pk__in=mine).order_by("pk")
    return [one for one in found if route_policy.allows(person, "set_route", one)]


def set_route(request: HttpRequest, pk: int) -> HttpResponse:
    """Say which way a kind of act goes through a desk."""
    person = _who(request)
    office: Office = get_object_or_404(offices_for(person), pk=pk)
    route_policy.require(person, "set_route", office)
    desks = [role for role in ROLES_AT[OfficeKind(office.kind)] if role in DESKS]
    form = RouteForm(request.POST or None, desks=desks, initial={"valid_from": clock.today()})
    if request.method == "POST" and form.is_valid():
        facts = form.cleaned_data | {"role": Role(form.cleaned_data["role"])}
        try:
            actions.set_route(office, **facts, by=person, at=clock.now())
        except actions.RouteTaken as error:
            form.add_error("valid_from", str(error))
        else:
            messages.success(request, gettext("The route is set."))
            return redirect("approvals:routes")
    context = {"form": form, "office": office, "crumbs": _crumbs()}
    return render(request, "approvals/route.html", context, status=422 if form.errors else 200)


def end_route(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a route end, after asking once more."""
    person = _who(request)
    route: Route = get_object_or_404(queries.routes_for(person), pk=pk)
    route_policy.require(person, "end_route", route.office)
    if request.method == "POST":
        actions.end_route(route, by=person, at=clock.now())
        messages.success(request, gettext("The route has ended."))
        return redirect("approvals:routes")
    return render(request, "approvals/end.html", {"route": route, "crumbs": _crumbs()})
