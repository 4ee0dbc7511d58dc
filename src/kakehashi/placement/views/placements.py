"""Pages of placements: the list, one placement with its reasons, a candidate's own, and papers."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_safe

from kakehashi.directory.models import Person
from kakehashi.directory.policy import holds
from kakehashi.directory.rules import Role
from kakehashi.kernel.searching import matching
from kakehashi.kernel.words import LANGUAGES, Words, _
from kakehashi.placement import actions, queries
from kakehashi.placement.forms import AnswerForm, GroundForm
from kakehashi.placement.lifecycle import PLACEMENT, PlacementState
from kakehashi.placement.models import Placement
from kakehashi.placement.printing import notice_pdf
from kakehashi.placement.rules import demands
from kakehashi.placement.views.common import (
    act,
    in_prefecture,
    links,
    only_post,
    prefectures,
    who,
)
from kakehashi.placement.writing import KINDS, wish_words
from kakehashi.web.components import Crumb
from kakehashi.web.listing import Batch, Column, Filter, Listing, chosen, show
from kakehashi.web.rows import Rows, named, page_of

TONES = {
    PlacementState.PROPOSED: "",
    PlacementState.TOLD: "now",
    PlacementState.AGREED: "ok",
    PlacementState.OBJECTED: "bad",
    PlacementState.VACATED: "warn",
}
KIND_NAMES: dict[str, Words] = {
    "candidate": _("Notice to the candidate"),
    "organisation": _("Notice to the contracting organisation"),
    "host": _("Notice to the host body"),
}
GROUNDED: dict[str, Callable[..., Any]] = {
    "object": actions.object,
    "answer": actions.answer,
    "vacate": actions.vacate,
}
DONE: dict[str, Words] = {
    "object": _("The objection is with CLAIR."),
    "answer": _("The organisation is told. The placement stands."),
    "vacate": _("The place is vacated; its seat is open again."),
}


def tone(row: Placement) -> str:
    """Colour a placement by where it stands."""
    return TONES[PlacementState(row.state)]


COLUMNS = (
    Column(
        name="person",
        label=_("Person"),
        value=lambda row: row.application.name,
        sort=("application__family_name", "application__given_name"),
        link=page_of("placement:placement"),
        head=True,
    ),
    Column(
        name="number",
        label=_("Application"),
        value=lambda row: row.application.number,
        sort=("application__number",),
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
        name="arrives",
        label=_("Arrival"),
        value=lambda row: row.request.wave.arrives_on,
        sort=("request__wave__arrives_on",),
        kind="day",
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
    *("state", "application__number", "application__family_name", "application__given_name"),
    *("request__position__code", "request__wave__arrives_on"),
    *named("application__country", "request__organisation"),
    *named("request__organisation__prefecture"),
    *named("request__organisation__municipality__prefecture"),
    *named("request__organisation__parent__prefecture"),
)
FOUND_BY = (
    "application__number",
    "application__family_name",
    "application__given_name",
    "person__name_ja",
    "request__organisation__search",
    "request__organisation__name_en",
    "request__organisation__name_ja",
)


def _named(rows: Rows, words: str) -> Rows:
    return matching(rows, words, *FOUND_BY)


def listing_for(person: Person) -> Listing:
    """Lay out the list of placements for one reader; their own has a page of its own."""
    batch: tuple[Batch, ...] = ()
    if holds(person, Role.ORGANISATION):
        label, url = PLACEMENT.moves["agree"].label, reverse("placement:agree_many")
        batch = (Batch(name="agree_many", label=label, url=url, primary=True),)
    return Listing(
        columns=COLUMNS,
        rows=queries.placements_that_stand(person),
        order=("application__number",),
        caption=_("Placements"),
        empty=_("Nobody has been placed yet."),
        filters=(
            Filter(name="q", label=_("Name, number or organisation"), apply=_named),
            Filter(
                name="state",
                label=_("State"),
                apply=lambda rows, state: rows.filter(state=state),
                choices=lambda: [(str(state), name) for state, name in PLACEMENT.names.items()],
            ),
            Filter(
                name="year",
                label=_("Programme year"),
                apply=lambda rows, year: rows.filter(request__year__year=int(year)),
                choices=lambda: [(str(one), str(one)) for one in queries.years_for(person)],
            ),
            Filter(
                name="prefecture",
                label=_("Prefecture"),
                apply=in_prefecture("request__organisation"),
                choices=prefectures,
            ),
        ),
        batch=batch,
        reads=READS,
    )


@require_safe
def placements(request: HttpRequest) -> HttpResponse:
    """List the placements this reader may know of."""
    person = who(request)
    buttons = links(person, "placements")
    return show(request, "placement/placements.html", listing_for(person), links=buttons)


def agree_many(request: HttpRequest) -> HttpResponse:
    """Accept the ticked people for the organisation; each receives its letter at once."""
    if request.method != "POST":
        return only_post()
    person = who(request)
    found = list(chosen(request, listing_for(person)))
    rows = [
        row for row in found if "agree" in {one.name for one in queries.moves_for(person, row)}
    ]
    done = act(actions.agree_many, rows, request) if rows else 0
    words = ngettext("%(n)s person was accepted.", "%(n)s people were accepted.", done)
    messages.success(request, words % {"n": done})
    return redirect("placement:placements")


def find(request: HttpRequest, pk: int) -> Placement:
    """Find a placement this reader may know of, or answer that there is no such page."""
    found: Placement = get_object_or_404(queries.placements_for(who(request)), pk=pk)
    return found


@require_safe
def placement(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one placement: who goes where, why, and what can be done now."""
    person, shown = who(request), find(request, pk)
    if shown.person_id == person.pk:
        return redirect("placement:mine")
    context = {
        **_facts(person, shown),
        "tone": tone(shown),
        "moves": {move.name: move for move in queries.moves_for(person, shown)},
        "answer_by": queries.answer_by(shown),
        "candidate_told_at": queries.candidate_told_at(shown),
        "may_assign": shown.state in actions.COMING and queries.may(person, "assign", shown),
        "crumbs": [Crumb(label=_("Placements"), url=reverse("placement:placements"))],
    }
    return render(request, "placement/placement.html", context)


def _facts(person: Person, shown: Placement) -> dict[str, object]:
    """Gather what a page says of one placement to this reader."""
    reasons = queries.reasons_shown(person, shown)
    return {
        "placement": shown,
        "prefecture": queries.prefecture_of(shown.request.organisation),
        "wish": wish_words(shown) if queries.knows_the_wishes(person, shown) else "",
        "reasons": reasons,
        "with_costs": any(cost is not None for _says, cost in reasons),
        "demands": demands(queries.post_of(shown.request)),
        "notices": [
            {"name": KIND_NAMES[kind], "kind": kind}
            for kind in queries.notices_for(person, shown)
        ],
    }


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """Show somebody where they were placed, which wish that meets, and their notice."""
    person = who(request)
    found = [_facts(person, one) for one in queries.own_placements(person)]
    for facts in found:
        shown = facts["placement"]
        facts["tone"] = tone(shown) if isinstance(shown, Placement) else ""
    return render(request, "placement/mine.html", {"found": found})


@require_safe
def notice(request: HttpRequest, pk: int, kind: str, language: str) -> HttpResponse:
    """Hand out one notice on paper, in one language."""
    shown = get_object_or_404(queries.placements_to_print(who(request)), pk=pk)
    known = kind in KINDS and language in LANGUAGES
    if not known or kind not in queries.notices_for(who(request), shown):
        raise Http404
    answer = HttpResponse(
        notice_pdf(shown, kind=kind, language=language), content_type="application/pdf"
    )
    file = f"placement-{shown.application.number}-{kind}-{language}.pdf"
    answer["Content-Disposition"] = f'attachment; filename="{file}"'
    return answer


def agree(request: HttpRequest, pk: int) -> HttpResponse:
    """Accept one person for the organisation."""
    shown = find(request, pk)
    if request.method != "POST":
        return only_post()
    act(actions.agree, shown, request)
    messages.success(request, gettext("Accepted. The candidate receives your letter."))
    return redirect("placement:placement", pk=pk)


def grounded(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """Object to a placement, answer an objection, or vacate the place, each with words of its own."""
    shown = find(request, pk)
    queries.require(who(request), name, shown)
    form = (AnswerForm if name == "answer" else GroundForm)(request.POST or None)
    if request.method == "POST" and form.is_valid():
        act(GROUNDED[name], shown, request, ground=form.cleaned_data["ground"])
        messages.success(request, str(DONE[name]))
        return redirect("placement:placement", pk=pk)
    context = {
        "form": form,
        "placement": shown,
        "label": PLACEMENT.moves[name].label,
        "is_danger": name == "vacate",
        "is_answer": name == "answer",
        "crumbs": [Crumb(label=_("Placements"), url=reverse("placement:placements"))],
    }
    status = 422 if form.errors else 200
    return render(request, "placement/ground.html", context, status=status)
