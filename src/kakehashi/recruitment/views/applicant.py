"""The applicant's pages: begin, write page by page, check, hand in, withdraw.

An officer who types a paper application walks the same pages.
"""

from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext

from kakehashi.directory.models import Country, Person
from kakehashi.directory.queries import countries_by_code, missions_of, places_of
from kakehashi.intake.queries import current_year
from kakehashi.kernel import clock
from kakehashi.kernel.lifecycle import MoveNotAllowed
from kakehashi.recruitment import actions, queries
from kakehashi.recruitment.forms import (
    SECTION_FORMS,
    CertifyForm,
    RefereeForm,
    SectionForm,
    StartForm,
)
from kakehashi.recruitment.models import Application
from kakehashi.recruitment.policy import policy
from kakehashi.recruitment.rules import (
    FIELD_NAMES,
    SECTION_NAMES,
    Section,
    missing_fields,
    required_fields,
    section_of,
)
from kakehashi.recruitment.views.drawing import (
    answers_of,
    draw_mine,
    place_of_mission,
    steps_of,
)


def who(request: HttpRequest) -> Person:
    """Give the signed-in person."""
    return cast("Person", request.user)


def as_seen(request: HttpRequest, application: Application) -> Application:
    """Take the application as the reader's page showed it, so that a stale page is noticed."""
    seen = request.POST.get("version", "")
    if seen.isdecimal() and len(seen) < 10:  # noqa: PLR2004 -- as many digits as a version can have
        application.version = int(seen)
    return application


def the_application(request: HttpRequest, pk: int) -> Application:
    """Find an application this person may know of; 404 for every other number."""
    return get_object_or_404(queries.applications_for(who(request)), pk=pk)


def mine(request: HttpRequest) -> HttpResponse:
    """Show my latest application, or how to begin one."""
    application = queries.own_applications(who(request)).first()
    if application is None:
        return redirect("recruitment:start")
    return draw_mine(request, application)


def start(request: HttpRequest) -> HttpResponse:
    """Choose the country, then the mission and the position; begin."""
    person, now = who(request), clock.now()
    year = current_year(person)
    if year is None:
        return render(request, "recruitment/start.html", {"year": None})
    if there := queries.application_of(person, year):
        return redirect("recruitment:application", there.pk)
    country = countries_by_code().get(
        request.POST.get("country") or request.GET.get("country", "")
    )
    if country is None:
        countries = queries.countries_to_apply_from()
        return render(request, "recruitment/start.html", {"year": year, "countries": countries})
    form = StartForm(
        request.POST or None,
        missions=missions_of(country),
        positions=queries.positions_open(year, country),
    )
    if request.method == "POST" and form.is_valid():
        try:
            begun = actions.begin(
                person=person,
                year=year,
                country=country,
                **form.cleaned_data,
                by=person,
                at=now,
            )
        except (actions.NotInvited, actions.AlreadyApplied, actions.DeadlinePassed) as error:
            form.add_error(None, str(error))
        else:
            return redirect("recruitment:section", begun.pk, Section.ABOUT)
    return _draw_start(request, country, form, year=year)


def _draw_start(
    request: HttpRequest, country: Country, form: StartForm, **context: object
) -> HttpResponse:
    context |= {"country": country, "form": form}
    return render(request, "recruitment/start.html", context)


def section(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """Show one page of the form; keep what is typed, complete or not."""
    application = the_application(request, pk)
    if name not in SECTION_FORMS:
        raise Http404
    policy.require(who(request), "save_draft", application)
    form = _section_form(request, application, name)
    if request.method != "POST" or not form.is_valid():
        return _draw_section(request, application, form)
    try:
        actions.save_draft(
            as_seen(request, application),
            fields=form.cleaned_data,
            by=who(request),
            at=clock.now(),
        )
    except MoveNotAllowed:
        return _draw_conflict(request, pk, name)
    if "exit" in request.POST:
        return redirect("recruitment:application", pk)
    return redirect(*_next_of(application, name))


def _section_form(request: HttpRequest, application: Application, name: str) -> SectionForm:
    places = places_of(who(request), application.mission)
    wanted = required_fields(position=application.position.code, has_places=places.exists())
    return SECTION_FORMS[name](
        request.POST or None, instance=application, wanted=wanted, places=places
    )


def _next_of(application: Application, name: str) -> tuple[str, int] | tuple[str, int, str]:
    names = list(SECTION_FORMS)
    after = names.index(name) + 1
    if after < len(names):
        return "recruitment:section", application.pk, names[after]
    return "recruitment:ask_reference", application.pk


def _draw_section(
    request: HttpRequest, application: Application, form: SectionForm, *, status: int = 200
) -> HttpResponse:
    context = {
        "application": application,
        "form": form,
        "title": SECTION_NAMES[form.section],
        "steps": steps_of(application, form.section),
        "conflict": status == 409,  # noqa: PLR2004 -- the page was stale
    }
    return render(request, "recruitment/section.html", context, status=status)


def _draw_conflict(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """Show again what was typed on a page that was stale, ready to be kept after all."""
    application = the_application(request, pk)
    policy.require(who(request), "save_draft", application)
    form = _section_form(request, application, name)
    return _draw_section(request, application, form, status=409)


def ask_reference(request: HttpRequest, pk: int) -> HttpResponse:
    """Show whom a reference was asked of; ask another person."""
    application = the_application(request, pk)
    policy.require(who(request), "ask_reference", application)
    form = RefereeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.ask_reference(
                application, **form.cleaned_data, by=who(request), at=clock.now()
            )
        except actions.NotAReferee as error:
            form.add_error(None, str(error))
        else:
            words = gettext("We have written to %(name)s.") % form.cleaned_data
            messages.success(request, words)
            return redirect("recruitment:ask_reference", pk)
    context = {
        "application": application,
        "form": form,
        "references": queries.references_asked(application),
        "steps": steps_of(application, "references"),
    }
    return render(request, "recruitment/references.html", context)


def submit(request: HttpRequest, pk: int) -> HttpResponse:
    """Check the answers, certify, hand in."""
    application = the_application(request, pk)
    person = who(request)
    policy.require(person, "submit", application)
    form = CertifyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.submit(as_seen(request, application), by=person, at=clock.now())
        except (actions.DeadlinePassed, actions.FieldsMissing) as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, gettext("Your application has been handed in."))
            return redirect("recruitment:application", pk)
    return _draw_check(request, application, form)


def _draw_check(
    request: HttpRequest, application: Application, form: CertifyForm
) -> HttpResponse:
    facts = queries.facts_of(application, FIELD_NAMES)
    places = queries.has_places(who(request), application.mission)
    missing = missing_fields(facts, position=application.position.code, has_places=places)
    context = {
        "application": application,
        "form": form,
        "answers": answers_of(application),
        "missing": [(FIELD_NAMES[name], section_of(name)) for name in missing],
        "findings": queries.findings_of(application),
        "closes": queries.closing(application.year, application.mission),
        "place": place_of_mission(application),
        "steps": steps_of(application, "check"),
    }
    return render(request, "recruitment/check.html", context)


def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what withdrawing means, then withdraw."""
    application = the_application(request, pk)
    policy.require(who(request), "withdraw", application)
    if request.method == "POST":
        seen = as_seen(request, application)
        actions.withdraw(seen, by=who(request), at=clock.now())
        messages.success(request, gettext("The application has been withdrawn."))
        return redirect("recruitment:application", pk)
    if request.method not in {"GET", "HEAD"}:
        return HttpResponseNotAllowed(["GET", "POST"])
    return render(request, "recruitment/withdraw.html", {"application": application})
