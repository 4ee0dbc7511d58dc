"""The desk's pages: the list of applications, one of them, its papers, applications on paper."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext, ngettext

from kakehashi.intake.models import DocumentRequirement
from kakehashi.intake.queries import current_year, documents_for
from kakehashi.kernel import clock
from kakehashi.kernel.words import _
from kakehashi.recruitment import actions, queries
from kakehashi.recruitment.forms import KeyForm, TickForm
from kakehashi.recruitment.lifecycle import State
from kakehashi.recruitment.models import Application
from kakehashi.recruitment.policy import desks, policy
from kakehashi.recruitment.rules import Section
from kakehashi.recruitment.views.applicant import as_seen, the_application, who
from kakehashi.recruitment.views.drawing import TONES, answers_of, draw_mine
from kakehashi.recruitment.views.listings import application_listing, reference_listing
from kakehashi.web.components import Crumb
from kakehashi.web.listing import chosen, show

POST_ONLY = ["POST"]


def applications(request: HttpRequest) -> HttpResponse:
    """Show the applications of my desk."""
    person = who(request)
    desks.require(person, "list_applications", None)
    context = {
        "may_key": desks.allows(person, "key_paper", None),
        "may_read_references": desks.allows(person, "list_references", None),
    }
    return show(
        request, "recruitment/applications.html", application_listing(person), **context
    )


def references(request: HttpRequest) -> HttpResponse:
    """Show whom my desk's applicants asked for a reference, and who is still silent."""
    person = who(request)
    desks.require(person, "list_references", None)
    crumbs = [Crumb(label=_("Applications"), url=reverse("recruitment:applications"))]
    listing = reference_listing(person)
    return show(request, "recruitment/referees.html", listing, crumbs=crumbs)


def application(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one application: to the person concerned as theirs, to the desk as a file."""
    found = the_application(request, pk)
    person = who(request)
    if found.person_id == person.pk:
        return draw_mine(request, found)
    today = clock.today()
    context = {
        "application": found,
        "tone": TONES[State(found.state)],
        "answers": answers_of(found),
        "findings": queries.findings_of(found),
        "papers": queries.papers_of(found, on=today),
        "may_check": policy.allows(person, "check_paper", found),
        "may_write": policy.allows(person, "save_draft", found),
        "references": queries.references_for(person, found),
        "moves": queries.moves_for(person, found),
        "today": today.isoformat(),
    }
    return render(request, "recruitment/application.html", context)


def complete(request: HttpRequest, pk: int) -> HttpResponse:
    """Find one application's papers complete."""
    found = the_application(request, pk)
    if request.method != "POST":
        return HttpResponseNotAllowed(POST_ONLY)
    actions.complete(as_seen(request, found), by=who(request), at=clock.now())
    messages.success(request, gettext("The papers are complete."))
    return redirect("recruitment:application", pk)


def find_incomplete(request: HttpRequest, pk: int) -> HttpResponse:
    """Show which papers the letter will name; then find the application incomplete."""
    found = the_application(request, pk)
    policy.require(who(request), "find_incomplete", found)
    if request.method == "POST":
        actions.find_incomplete(as_seen(request, found), by=who(request), at=clock.now())
        messages.success(request, gettext("We have written which papers are missing."))
        return redirect("recruitment:application", pk)
    papers = queries.papers_missing(queries.papers_of(found, on=clock.today()))
    context = {
        "title": gettext("Papers are missing: %(number)s") % {"number": found.number},
        "lede": gettext("%(name)s will be written to, with this list.") % {"name": found.name},
        "items": [str(paper.requirement) for paper in papers],
        "action": gettext("Send the letter"),
        "back": reverse("recruitment:application", args=[pk]),
        "fields": [("version", found.version)],
    }
    return render(request, "web/confirm.html", context)


def complete_many(request: HttpRequest) -> HttpResponse:
    """Find the ticked applications complete."""
    desks.require(who(request), "key_paper", None)
    if request.method != "POST":
        return HttpResponseNotAllowed(POST_ONLY)
    ticked = list(_ticked(request))
    count = actions.complete_many(ticked, by=who(request), at=clock.now())
    words = ngettext(
        "%(n)s application is complete.", "%(n)s applications are complete.", count
    )
    messages.success(request, words % {"n": count})
    return redirect("recruitment:applications")


def find_incomplete_many(request: HttpRequest) -> HttpResponse:
    """List whom the letters would go to; then find the ticked applications incomplete."""
    desks.require(who(request), "key_paper", None)
    if request.method != "POST":
        return HttpResponseNotAllowed(POST_ONLY)
    ticked = list(_ticked(request))
    if not ticked:
        return redirect("recruitment:applications")
    if "confirmed" not in request.POST:
        return _ask_many(request, ticked)
    count = actions.find_incomplete_many(ticked, by=who(request), at=clock.now())
    words = ngettext("%(n)s letter has been sent.", "%(n)s letters have been sent.", count)
    messages.success(request, words % {"n": count})
    return redirect("recruitment:applications")


def _ticked(request: HttpRequest) -> QuerySet[Application]:
    return chosen(request, application_listing(who(request)))


def _ask_many(request: HttpRequest, ticked: list[Application]) -> HttpResponse:
    count = len(ticked)
    words = ngettext(
        "%(n)s person will be written to that papers are missing.",
        "%(n)s people will be written to that papers are missing.",
        count,
    )
    action = ngettext("Send %(n)s letter", "Send %(n)s letters", count)
    context = {
        "title": gettext("Papers are missing"),
        "lede": words % {"n": count},
        "items": [f"{row.number} {row.name}" for row in ticked],
        "action": action % {"n": count},
        "back": reverse("recruitment:applications"),
        "fields": [("confirmed", "yes"), *[("row", row.pk) for row in ticked]],
        "target": reverse("recruitment:find_incomplete_many"),
    }
    return render(request, "web/confirm.html", context)


def check_paper(request: HttpRequest, pk: int, paper: int) -> HttpResponse:
    """Note that a paper has come."""
    found = the_application(request, pk)
    requirement = _paper(found, paper)
    if request.method != "POST":
        return HttpResponseNotAllowed(POST_ONLY)
    form = TickForm(request.POST)
    if not form.is_valid():
        messages.error(request, gettext("Write the day on which the paper came."))
        return redirect("recruitment:application", pk)
    try:
        actions.check_paper(
            found, requirement=requirement, **form.cleaned_data, by=who(request), at=clock.now()
        )
    except actions.SealedPaper as error:
        messages.error(request, str(error))
    return redirect("recruitment:application", pk)


def uncheck_paper(request: HttpRequest, pk: int, paper: int) -> HttpResponse:
    """Take a tick back."""
    found = the_application(request, pk)
    requirement = _paper(found, paper)
    if request.method != "POST":
        return HttpResponseNotAllowed(POST_ONLY)
    actions.uncheck_paper(found, requirement=requirement, by=who(request), at=clock.now())
    return redirect("recruitment:application", pk)


def _paper(found: Application, pk: int) -> DocumentRequirement:
    """Find a paper of this application's own list; 404 for every other number."""
    for requirement in documents_for(found.country, clock.today()):
        if requirement.pk == pk:
            return requirement
    raise Http404


def key_paper(request: HttpRequest) -> HttpResponse:
    """Begin an application that came on paper; its pages follow."""
    person = who(request)
    desks.require(person, "key_paper", None)
    year = current_year(person)
    form = KeyForm(
        request.POST or None,
        missions=queries.own_missions(person),
        positions=queries.every_position(),
    )
    if request.method == "POST" and year is not None and form.is_valid():
        facts = dict(form.cleaned_data)
        names = {name: facts.pop(name) for name in ("email", "family_name", "given_name")}
        try:
            begun = actions.key_paper(names, facts | {"year": year}, by=person, at=clock.now())
        except (actions.NotInvited, actions.AlreadyApplied) as error:
            form.add_error(None, str(error))
        else:
            return redirect("recruitment:section", begun.pk, Section.ABOUT)
    return render(request, "recruitment/key_paper.html", {"form": form, "year": year})
