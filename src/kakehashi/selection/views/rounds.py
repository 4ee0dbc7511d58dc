"""The pages of a round: dry run, ranking, letters, release."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext, ngettext

from kakehashi.approvals.queries import box
from kakehashi.councils.queries import resolution_about
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
from kakehashi.selection.policy import desks, sits_on_the_council
from kakehashi.selection.policy import rounds as policy
from kakehashi.selection.rules import OUTCOME_NAMES
from kakehashi.selection.views.listings import (
    OUTCOME_TONES,
    ROUND_TONES,
    ranking,
    round_listing,
)
from kakehashi.selection.views.reading import INVALID, POST_ONLY, as_seen, status_of, who
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
    context = {
        "form": _open_form(request) if may_open else None,
        "may_see_results": desks.allows(person, "list_results", None),
        "may_see_readings": desks.allows(person, "list_readings", None),
    }
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
    answer = show(request, "selection/rounds.html", round_listing(person), form=form)
    answer.status_code = INVALID
    return answer


def round_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a round: what it would say, or what is proposed, and what to do next."""
    found = _round(request, pk)
    person = who(request)
    context = {
        "round": found,
        "tone": ROUND_TONES[RoundState(found.state)],
        "moves": {move.name: move.label for move in queries.moves_for(person, found)},
    }
    if found.state == RoundState.OPEN:
        return _draw_open(request, found, context)
    lines = queries.lines_for(found)
    return show(
        request,
        "selection/round.html",
        ranking(person, found, lines),
        lines=lines,
        figures=_figures(lines),
        resolution=resolution_about(found.key, since=found.decided_at),
        may_adopt=sits_on_the_council(person),
        drafted=found.batch is not None and found.batch.state == BatchState.DRAFT,
        may_take_back=found.batch is not None and found.batch.state == BatchState.RELEASED,
        **context,
    )


def _draw_open(request: HttpRequest, found: Round, context: dict[str, object]) -> HttpResponse:
    proposal = queries.proposal_for(found)
    context |= {
        "is_open": True,
        "lines": proposal.lines,
        "figures": _figures(proposal.lines),
        "ties": sum(line.ties for line in proposal.lines),
        "may_assign": queries.may(who(request), "assign", found),
        "tables": _tables(who(request)),
        **_dry_run(request, proposal),
    }
    return render(request, "selection/round.html", context)


def _tables(person: Person) -> list[Check]:
    """Offer the tables that may be brought in while scores come in."""
    kinds = (
        ("scores", _("Bring a table of scores")),
        ("results", _("Bring a table of results")),
    )
    return [
        Check(label=label, url=reverse("home:bring", args=[kind]))
        for kind, label in kinds
        if desks.allows(person, f"import_{kind}", None)
    ]


def _dry_run(request: HttpRequest, proposal: queries.Proposal) -> dict[str, object]:
    """Rank for looking at, narrowed as asked; nobody ranks themselves."""
    own = who(request).pk
    asked = {name: request.GET.get(name, "") for name in ("line", "outcome")}
    rows = []
    for one in proposal.verdicts:
        application = proposal.applications[one.candidate.application]
        line = f"{application.country.code}-{application.position.code}"
        wanted = asked["outcome"] in {"", one.outcome} and asked["line"] in {"", line}
        if wanted and application.person_id != own:
            name, tone = OUTCOME_NAMES[one.outcome], OUTCOME_TONES[one.outcome]
            rows.append((one, name, tone, application))
    return {
        "rows": rows[:MOST_SHOWN],
        "left_out": max(len(rows) - MOST_SHOWN, 0),
        "asked": asked,
        "outcomes": OUTCOME_NAMES.items(),
    }


def _figures(lines: list[queries.Line]) -> list[Figure]:
    """Add the lines up: the places, and whom they go to."""
    return [
        Figure(label=_("Complete applications"), value=sum(line.complete for line in lines)),
        Figure(label=_("Places"), value=sum(line.places for line in lines)),
        Figure(label=_("Shortlisted"), value=sum(line.shortlisted for line in lines)),
        Figure(label=_("Alternates"), value=sum(line.alternates for line in lines)),
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
    return render(request, "selection/assign.html", context, status=status_of(form))


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
        {
            "round": found,
            "letters": waiting[:MOST_SHOWN],
            "count": waiting.count(),
            "approval": box(who(request), found.key, clock.today()),
        },
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
            run = actions.ask_release(
                as_seen(request, found), **form.cleaned_data, by=person, at=clock.now()
            )
        except (WrongCount, actions.NotDrafted) as error:
            form.add_error(None, str(error))
        else:
            if run.by_id == person.pk:
                return redirect("home:job", run.pk)
            words = gettext("%(person)s is releasing these results already.")
            messages.info(request, words % {"person": run.by})
            return redirect("selection:round", pk)
    context = {
        "round": found,
        "form": form,
        "count": queries.letters_of(found).count(),
        "approval": box(person, found.key, clock.today()),
        "resolution": resolution_about(found.key, since=found.decided_at),
    }
    return render(request, "selection/release.html", context, status=status_of(form))


def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a release back of which nothing has left."""
    found = _round(request, pk)
    if request.method != "POST":
        return HttpResponseNotAllowed(POST_ONLY)
    actions.take_back(as_seen(request, found), by=who(request), at=clock.now())
    messages.success(request, gettext("The release is taken back. Nobody has been told."))
    return redirect("selection:round", pk)
