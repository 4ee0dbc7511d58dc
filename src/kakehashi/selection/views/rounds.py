"""The pages of a round: dry run, ranking, letters, release."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext, ngettext

from kakehashi.councils.queries import council_for, resolution_about
from kakehashi.councils.queries import may as may_record
from kakehashi.councils.rules import RESULTS
from kakehashi.directory.models import Person
from kakehashi.directory.policy import holds
from kakehashi.directory.queries import offices_for
from kakehashi.directory.rules import OfficeKind, Role
from kakehashi.intake.queries import current_year
from kakehashi.kernel import clock
from kakehashi.kernel.models import BatchState
from kakehashi.kernel.outbox import WrongCount
from kakehashi.kernel.words import _
from kakehashi.recruitment.queries import complete_applications, own_missions
from kakehashi.selection import actions, queries
from kakehashi.selection.forms import AssignForm, CountForm, OpenRoundForm
from kakehashi.selection.lifecycle import RoundState
from kakehashi.selection.models import Round
from kakehashi.selection.policy import desks
from kakehashi.selection.policy import rounds as policy
from kakehashi.selection.rules import OUTCOME_NAMES, Outcome
from kakehashi.selection.views.listings import (
    OUTCOME_TONES,
    ROUND_TONES,
    ranking,
    round_listing,
)
from kakehashi.selection.views.reading import POST_ONLY, as_seen, who
from kakehashi.web.components import Check, Figure
from kakehashi.web.listing import show

MOST_SHOWN = 200  # rows of a dry run; the table of results has them all


def _round(request: HttpRequest, pk: int) -> Round:
    return get_object_or_404(queries.rounds_for(who(request)), pk=pk)


def _open_form(request: HttpRequest) -> OpenRoundForm:
    person = who(request)
    every = offices_for(person).filter(kind=OfficeKind.MISSION).order_by("code")
    missions = every if holds(person, Role.MOFA) else own_missions(person)
    return OpenRoundForm(request.POST or None, missions=missions)


def rounds(request: HttpRequest) -> HttpResponse:
    """Show the rounds I may know of."""
    person = who(request)
    desks.require(person, "list_rounds", None)
    may_open = desks.allows(person, "import_results", None)
    context = {"form": _open_form(request) if may_open else None}
    return show(request, "selection/rounds.html", round_listing(person), **context)


def open_round(request: HttpRequest) -> HttpResponse:
    """Open a mission's round of the year under way."""
    person = who(request)
    desks.require(person, "import_results", None)
    if request.method != "POST":
        return HttpResponseNotAllowed(POST_ONLY)
    form = _open_form(request)
    year = current_year(person)
    if year is not None and form.is_valid():
        try:
            opened = actions.open_round(
                year, form.cleaned_data["mission"], by=person, at=clock.now()
            )
        except actions.AlreadyOpen as error:
            form.add_error(None, str(error))
        else:
            return redirect("selection:round", opened.pk)
    return show(request, "selection/rounds.html", round_listing(person), form=form)


def round_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a round: what it would say, or what is proposed, and what to do next."""
    found = _round(request, pk)
    person = who(request)
    in_charge = queries.may(person, "decide", found)
    is_open = found.state == RoundState.OPEN
    proposal = queries.proposal_for(found)
    council = council_for(RESULTS)
    context = {
        "round": found,
        "tone": ROUND_TONES[RoundState(found.state)],
        "lines": proposal.lines,
        "figures": _figures(found, proposal),
        "ties": sum(line.ties for line in proposal.lines),
        "moves": {move.name: move.label for move in queries.moves_for(person, found)},
        "tables": _tables(person, found),
        "in_charge": in_charge,
        "is_open": is_open,
        "resolution": resolution_about(found.key),
        "council": council,
        "may_adopt": may_record(person, "adopt", council),
        "drafted": found.batch is not None and found.batch.state == BatchState.DRAFT,
        "may_take_back": found.state == RoundState.RELEASED and not queries.has_left(found),
    }
    if is_open and in_charge:
        context |= _dry_run(request, found, proposal)
        return render(request, "selection/round.html", context)
    if is_open:
        return render(request, "selection/round.html", context)
    return show(request, "selection/round.html", ranking(person, found), **context)


def _tables(person: Person, found: Round) -> list[Check]:
    """Offer the tables that may be brought in while scores come in."""
    if found.state != RoundState.OPEN:
        return []
    kinds = (
        ("scores", _("Bring a table of scores")),
        ("results", _("Bring a table of results")),
    )
    return [
        Check(label=label, url=reverse("home:bring", args=[kind]))
        for kind, label in kinds
        if desks.allows(person, f"import_{kind}", None)
    ]


def _dry_run(
    request: HttpRequest, found: Round, proposal: queries.Proposal
) -> dict[str, object]:
    """Rank for looking at, narrowed as asked; nobody ranks themselves."""
    person = who(request)
    there = complete_applications(found.year, found.mission).exclude(person=person)
    names = {one.pk: one for one in there}
    asked = {name: request.GET.get(name, "") for name in ("line", "outcome")}
    rows = []
    for one in proposal.verdicts:
        application = names.get(one.candidate.application)
        if application is None or asked["outcome"] not in {"", one.outcome}:
            continue
        line = f"{application.country.code}-{application.position.code}"
        if asked["line"] in {"", line}:
            rows.append(
                (one, OUTCOME_NAMES[one.outcome], OUTCOME_TONES[one.outcome], application)
            )
    return {
        "rows": rows[:MOST_SHOWN],
        "left_out": max(len(rows) - MOST_SHOWN, 0),
        "asked": asked,
        "outcomes": OUTCOME_NAMES.items(),
    }


def _figures(found: Round, proposal: queries.Proposal) -> list[Figure]:
    """Count the outcomes: those of the dry run while open, those proposed afterwards."""
    if found.state == RoundState.OPEN:
        counts = {outcome: proposal.count(outcome) for outcome in Outcome}
    else:
        counts = queries.counts_of(found)
    places = sum(line.places for line in proposal.lines)
    return [
        Figure(label=_("Places"), value=places),
        Figure(label=_("Shortlisted"), value=counts[Outcome.SHORTLISTED]),
        Figure(label=_("Alternates"), value=counts[Outcome.ALTERNATE]),
        Figure(label=_("Not selected"), value=counts[Outcome.NOT_SELECTED]),
    ]


def assign(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose the readers and give them the complete applications in turn."""
    found = _round(request, pk)
    person = who(request)
    policy.require(person, "assign", found)
    readers = queries.readers_of(found.mission, clock.today())
    form = AssignForm(request.POST or None, readers=readers)
    if request.method == "POST" and form.is_valid():
        waiting = complete_applications(found.year, found.mission).exclude(person=person)
        count = actions.assign(list(waiting), **form.cleaned_data, by=person, at=clock.now())
        words = ngettext("%(n)s reading was assigned.", "%(n)s readings were assigned.", count)
        messages.success(request, words % {"n": count})
        return redirect("selection:round", pk)
    context = {"round": found, "form": form, "readers": readers}
    return render(request, "selection/assign.html", context)


def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Propose the results of the dry run."""
    found = _round(request, pk)
    if request.method != "POST":
        return HttpResponseNotAllowed(POST_ONLY)
    actions.decide(as_seen(request, found), by=who(request), at=clock.now())
    messages.success(request, gettext("The results are proposed. Nobody has been told."))
    return redirect("selection:round", pk)


def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the proposal back."""
    found = _round(request, pk)
    if request.method != "POST":
        return HttpResponseNotAllowed(POST_ONLY)
    actions.reopen(as_seen(request, found), by=who(request), at=clock.now())
    messages.success(request, gettext("The proposal is taken back. Scores can come in again."))
    return redirect("selection:round", pk)


def draft_results(request: HttpRequest, pk: int) -> HttpResponse:
    """Draft everybody's letter and go to look at them."""
    found = _round(request, pk)
    if request.method != "POST":
        return HttpResponseNotAllowed(POST_ONLY)
    actions.draft_results(as_seen(request, found), by=who(request), at=clock.now())
    return redirect("selection:letters", pk)


def letters(request: HttpRequest, pk: int) -> HttpResponse:
    """List the letters of a round, to be looked at one by one."""
    found = _round(request, pk)
    policy.require(who(request), "release", found)
    waiting = queries.letters_of(found)
    return render(
        request,
        "selection/letters.html",
        {"round": found, "letters": waiting[:MOST_SHOWN], "count": waiting.count()},
    )


def letter(request: HttpRequest, pk: int, letter: int) -> HttpResponse:
    """Show one letter as its reader will get it, with the way to the next."""
    found = _round(request, pk)
    policy.require(who(request), "release", found)
    order = list(queries.letters_of(found).values_list("pk", flat=True))
    one = get_object_or_404(queries.letters_of(found), pk=letter)
    place = order.index(one.pk)
    onward = order[place + 1] if place + 1 < len(order) else None
    context = {
        "round": found,
        "letter": one,
        "place": place + 1,
        "count": len(order),
        "onward": reverse("selection:letter", args=[pk, onward]) if onward else "",
    }
    return render(request, "selection/letter.html", context)


def release(request: HttpRequest, pk: int) -> HttpResponse:
    """Type the number of letters; then everybody is told at once."""
    found = _round(request, pk)
    person = who(request)
    policy.require(person, "release", found)
    form = CountForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.release(
                as_seen(request, found), **form.cleaned_data, by=person, at=clock.now()
            )
        except (WrongCount, actions.NotDrafted) as error:
            form.add_error(None, str(error))
        else:
            words = gettext(
                "The results are released. You can take this back until one is sent."
            )
            messages.success(request, words)
            return redirect("selection:round", pk)
    context = {
        "round": found,
        "form": form,
        "count": queries.letters_of(found).count(),
        "resolution": resolution_about(found.key),
    }
    return render(request, "selection/release.html", context)


def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a release back of which nothing has left."""
    found = _round(request, pk)
    if request.method != "POST":
        return HttpResponseNotAllowed(POST_ONLY)
    actions.take_back(as_seen(request, found), by=who(request), at=clock.now())
    messages.success(request, gettext("The release is taken back. Nobody has been told."))
    return redirect("selection:round", pk)
