"""Pages of requests: the list, one request, drafting and changing, and every move of it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from kakehashi.directory.models import Person
from kakehashi.directory.policy import holds
from kakehashi.directory.rules import Role
from kakehashi.intake.queries import positions_by_code
from kakehashi.kernel import clock
from kakehashi.kernel.searching import matching
from kakehashi.kernel.words import Words, _
from kakehashi.placement import actions, queries
from kakehashi.placement.forms import Choices, RemarkForm, RequestForm
from kakehashi.placement.lifecycle import REQUEST, RequestState
from kakehashi.placement.models import Request
from kakehashi.placement.views.common import (
    act,
    in_prefecture,
    links,
    only_post,
    prefectures,
    say_done,
    who,
)
from kakehashi.placement.views.request_facts import facts_of
from kakehashi.web.components import Crumb
from kakehashi.web.listing import Batch, Column, Filter, Listing, chosen, show
from kakehashi.web.rows import Rows, named, page_of

TONES = {
    RequestState.DRAFT: "",
    RequestState.FILED: "now",
    RequestState.CHECKED: "now",
    RequestState.RETURNED: "warn",
    RequestState.ACCEPTED: "ok",
    RequestState.DECLINED: "bad",
    RequestState.WITHDRAWN: "",
}
PLAIN: dict[str, Callable[..., None]] = {
    "file": actions.file,
    "check": actions.check,
    "accept": actions.accept,
    "withdraw": actions.withdraw,
}
REMARKED: dict[str, Callable[..., Any]] = {
    "return_request": actions.return_request,
    "decline_request": actions.decline_request,
}
DONE: dict[str, Words] = {
    "file": _("The request is with the host body."),
    "check": _("The request is with CLAIR."),
    "accept": _("The request is accepted."),
    "withdraw": _("The request is withdrawn."),
    "return_request": _("The request went back with your remark."),
    "decline_request": _("The request is declined."),
}
MANY: dict[str, tuple[str, Callable[..., int]]] = {
    "file_many": ("file", actions.file_many),
    "check_many": ("check", actions.check_many),
    "accept_many": ("accept", actions.accept_many),
    "return_many": ("return_request", actions.return_many),
    "decline_many": ("decline_request", actions.decline_many),
}
BATCH_OF_ROLE = {
    Role.ORGANISATION: ("file_many",),
    Role.HOST: ("check_many", "return_many"),
    Role.CLAIR_PLACEMENT: ("accept_many", "return_many", "decline_many"),
}


def tone(row: Request) -> str:
    """Colour a request by what it waits for."""
    return TONES[RequestState(row.state)]


COLUMNS = (
    Column(
        name="number",
        label=_("Request"),
        value=lambda row: row.number,
        sort=("number",),
        link=page_of("placement:request"),
        head=True,
    ),
    Column(
        name="organisation",
        label=_("Contracting organisation"),
        value=lambda row: row.organisation,
        sort=("organisation__code",),
    ),
    Column(name="host", label=_("Host body"), value=lambda row: row.organisation.parent),
    Column(name="workplace", label=_("Place of work"), value=lambda row: row.workplace),
    Column(
        name="position",
        label=_("Position"),
        value=lambda row: row.position.code,
        sort=("position__rank",),
    ),
    Column(
        name="wave",
        label=_("Arrival"),
        value=lambda row: f"{row.year} {row.wave}",
        sort=("wave__arrives_on",),
    ),
    Column(
        name="seats",
        label=_("People"),
        value=lambda row: row.seats,
        sort=("seats",),
        kind="number",
    ),
    Column(
        name="state",
        label=_("State"),
        value=lambda row: row.state_name,
        sort=("state",),
        kind="tag",
        tone=tone,
    ),
)


READS = (
    *("number", "workplace", "seats", "state", "position__code", "year__year"),
    *named("organisation", "organisation__parent", "wave"),
)
FOUND_BY = (
    "number",
    "workplace",
    "organisation__search",
    "organisation__name_en",
    "organisation__name_ja",
)


def _named(rows: Rows, words: str) -> Rows:
    return matching(rows, words, *FOUND_BY)


def listing_for(person: Person) -> Listing:
    """Lay out the list of requests for one reader, with what they may do to many at once."""
    return Listing(
        columns=COLUMNS,
        rows=queries.requests_for(person),
        order=("-year__year", "number"),
        caption=_("Requests"),
        empty=_("No request yet. The contracting organisation drafts the first one."),
        filters=(
            Filter(name="q", label=_("Organisation, place or number"), apply=_named),
            Filter(
                name="state",
                label=_("State"),
                apply=lambda rows, state: rows.filter(state=state),
                choices=lambda: [(str(state), name) for state, name in REQUEST.names.items()],
            ),
            Filter(
                name="position",
                label=_("Position"),
                apply=lambda rows, code: rows.filter(position__code=code),
                choices=lambda: [(code, str(one)) for code, one in positions_by_code().items()],
            ),
            Filter(
                name="prefecture",
                label=_("Prefecture"),
                apply=in_prefecture("organisation"),
                choices=prefectures,
            ),
            Filter(
                name="year",
                label=_("Programme year"),
                apply=lambda rows, year: rows.filter(year__year=int(year)),
                choices=lambda: [(str(one), str(one)) for one in queries.years_for(person)],
            ),
        ),
        batch=_batches(person),
        reads=READS,
    )


def _batches(person: Person) -> tuple[Batch, ...]:
    names = [
        name for role, some in BATCH_OF_ROLE.items() if holds(person, role) for name in some
    ]
    return tuple(
        Batch(
            name=name,
            label=REQUEST.moves[MANY[name][0]].label,
            url=reverse(f"placement:{name}"),
            primary=index == 0,
        )
        for index, name in enumerate(dict.fromkeys(names))
    )


@require_safe
def requests(request: HttpRequest) -> HttpResponse:
    """List the requests this reader may know of."""
    person = who(request)
    by_place = {"label": _("By prefecture"), "url": reverse("placement:places"), "icon": "pin"}
    buttons = [by_place, *links(person, "requests")]
    if holds(person, Role.ORGANISATION):
        url = reverse("placement:draft_request")
        new = {"label": _("New request"), "url": url, "icon": "plus", "primary": True}
        buttons.append(new)
    return show(request, "placement/requests.html", listing_for(person), links=buttons)


def many(request: HttpRequest, name: str) -> HttpResponse:
    """Move the ticked requests on; ask for a remark first where the move needs one."""
    if request.method != "POST":
        return only_post()
    person, (move, verb) = who(request), MANY[name]
    found = list(chosen(request, listing_for(person)))
    rows = [
        row for row in found if move in {one.name for one in queries.moves_for(person, row)}
    ]
    facts: dict[str, str] = {}
    if move in REMARKED and rows:
        form = RemarkForm(request.POST if "remark" in request.POST else None)
        if not form.is_valid():
            return _ask_remark(request, form, move, rows)
        facts = {"remark": form.cleaned_data["remark"]}
    done = act(verb, rows, request, **facts) if rows else 0
    say_done(request, done, len(found) - len(rows))
    return redirect("placement:requests")


def _ask_remark(
    request: HttpRequest, form: RemarkForm, move: str, rows: list[Request]
) -> HttpResponse:
    context = {
        "form": form,
        "rows": rows,
        "label": REQUEST.moves[move].label,
        "back": reverse("placement:requests"),
        "crumbs": [Crumb(label=_("Requests"), url=reverse("placement:requests"))],
    }
    status = 422 if form.is_bound else 200
    return render(request, "placement/remark.html", context, status=status)


@require_safe
def request_(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one request: what is asked, where it stands, and what can be done to it now."""
    person = who(request)
    shown: Request = get_object_or_404(queries.requests_for(person), pk=pk)
    moves = queries.moves_for(person, shown)
    changeable = shown.state in {RequestState.DRAFT, RequestState.RETURNED}
    context = {
        "shown": shown,
        "tone": tone(shown),
        "facts": facts_of(shown),
        "before": queries.asked_before(person, shown),
        "plain": [move for move in moves if move.name in PLAIN],
        "remarked": [move for move in moves if move.name in REMARKED],
        "may_change": changeable and queries.may(person, "change_request", shown),
        "crumbs": [Crumb(label=_("Requests"), url=reverse("placement:requests"))],
    }
    return render(request, "placement/request.html", context)


def draft_request(request: HttpRequest) -> HttpResponse:
    """Draft a new request."""
    person = who(request)
    if not queries.organisations_of(person).exists():
        queries.require(person, "draft_request", None)
    form = RequestForm(request.POST or None, choices=_choices(person))
    if request.method == "POST" and form.is_valid():
        facts = dict(form.cleaned_data)
        facts["year"] = facts["wave"].year
        made = actions.draft_request(**facts, by=person, at=clock.now())
        messages.success(request, gettext("Draft kept. File it when it is complete."))
        return redirect("placement:request", pk=made.pk)
    return _form_page(request, form, _("New request"), reverse("placement:requests"))


def change_request(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a draft, or correct what came back."""
    person = who(request)
    shown: Request = get_object_or_404(queries.requests_for(person), pk=pk)
    queries.require(person, "change_request", shown)
    form = RequestForm(request.POST or None, choices=_choices(person), request=shown)
    if request.method == "POST" and form.is_valid():
        try:
            act(actions.change_request, shown, request, fields=dict(form.cleaned_data))
        except actions.WaveOfAnotherYear as error:
            form.add_error("wave", str(error))
        else:
            messages.success(request, gettext("Saved."))
            return redirect("placement:request", pk=shown.pk)
    back = reverse("placement:request", args=[shown.pk])
    return _form_page(request, form, _("Change the request"), back, shown)


def _form_page(
    request: HttpRequest,
    form: RequestForm,
    title: Words,
    back: str,
    shown: Request | None = None,
) -> HttpResponse:
    crumbs = [Crumb(label=_("Requests"), url=reverse("placement:requests"))]
    context = {
        "form": form,
        "title": title,
        "back": back,
        "shown": shown,
        "before": queries.asked_before(who(request), shown),
        "positions": form.fields["position"].queryset,  # type: ignore[attr-defined]  # a choice of rows
        "crumbs": crumbs,
    }
    status = 422 if form.errors else 200
    return render(request, "placement/request_form.html", context, status=status)


def _choices(person: Person) -> Choices:
    return Choices(
        organisations=queries.organisations_of(person),
        waves=queries.waves_for(person),
        positions=queries.positions_for(person),
        countries=queries.countries_for(person),
    )


def move(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """Move a request on; ask for a remark where the move needs one."""
    person = who(request)
    shown: Request = get_object_or_404(queries.requests_for(person), pk=pk)
    if name in REMARKED:
        return _remarked(request, shown, name)
    if request.method != "POST":
        return only_post()
    act(PLAIN[name], shown, request)
    messages.success(request, str(DONE[name]))
    if name == "withdraw" or not queries.requests_for(person).filter(pk=pk).exists():
        return redirect("placement:requests")
    return redirect("placement:request", pk=pk)


def _remarked(request: HttpRequest, shown: Request, name: str) -> HttpResponse:
    queries.require(who(request), name, shown)
    form = RemarkForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        act(REMARKED[name], shown, request, remark=form.cleaned_data["remark"])
        messages.success(request, str(DONE[name]))
        return redirect("placement:request", pk=shown.pk)
    context = {
        "form": form,
        "rows": [],
        "label": REQUEST.moves[name].label,
        "shown": shown,
        "back": reverse("placement:request", args=[shown.pk]),
        "crumbs": [Crumb(label=_("Requests"), url=reverse("placement:requests"))],
    }
    return render(request, "placement/remark.html", context, status=422 if form.errors else 200)
