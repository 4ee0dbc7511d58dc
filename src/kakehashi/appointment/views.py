"""The pages of appointments: the list, one appointment, one's own, and who supervises."""

from datetime import date
from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext

from kakehashi.appointment import actions, queries
from kakehashi.appointment.forms import EarlyEnd, LastDay, Supervisor
from kakehashi.appointment.letters import notice_pdf
from kakehashi.appointment.lifecycle import APPOINTMENT, State
from kakehashi.appointment.models import Appointment
from kakehashi.appointment.policy import office_policy, policy
from kakehashi.directory.actions import SeatEndsTooEarly, SeatHeldAlready
from kakehashi.directory.models import Office, Person
from kakehashi.directory.queries import countries_by_code, offices_for
from kakehashi.directory.rules import OfficeKind
from kakehashi.intake.queries import positions_by_code
from kakehashi.kernel import clock
from kakehashi.kernel.words import LANGUAGES, _
from kakehashi.web.components import Crumb
from kakehashi.web.listing import Column, Filter, Listing, show
from kakehashi.web.rows import named, page_of, within

TONES = {State.SERVING: "ok", State.COMPLETED: "line", State.ENDED_EARLY: "warn"}


def appointment_listing(person: Person) -> Listing:
    """List the appointments a person may know of."""
    return Listing(
        rows=queries.appointments_for(person),
        columns=COLUMNS,
        order=("organisation__code", "-pk"),  # an index gives both, however many there are
        caption=_("Appointments"),
        empty=_("Nobody is appointed yet. Appointments begin on the day after arrival."),
        filters=FILTERS,
        reads=READS,
    )


def appointments(request: HttpRequest) -> HttpResponse:
    """List the appointments I may know of."""
    person = _person(request)
    listing = appointment_listing(person)
    context = {"is_office": policy.allows(person, "see_list", None)}
    return show(request, "appointment/appointments.html", listing, **context)


def appointment(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one appointment to those who look after it; to oneself, one's own page."""
    found = _appointment(request, pk)
    if found.person_id == _person(request).pk:
        return redirect("appointment:mine")
    return render(request, "appointment/appointment.html", _context(request, found))


def mine(request: HttpRequest) -> HttpResponse:
    """Show my own appointment: where, as what, until when, for how much, and who supervises."""
    terms = list(queries.my_appointments(_person(request)))
    context = _context(request, terms[0]) if terms else {}
    return render(request, "appointment/mine.html", {**context, "earlier": terms[1:]})


def notice(request: HttpRequest, pk: int, language: str) -> HttpResponse:
    """Hand out the notice of appointment as a PDF."""
    found = _appointment(request, pk)
    if language not in LANGUAGES:
        raise Http404
    pdf = notice_pdf(found, language=language)
    response = HttpResponse(pdf, content_type="application/pdf")
    name = f"notice-{found.number}-{language}.pdf"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "no-store"
    return response


def give_notice(request: HttpRequest, pk: int) -> HttpResponse:
    """Send the notice of appointment to the participant."""
    found = _appointment(request, pk)
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    actions.give_notice(found, by=_person(request), at=clock.now())
    messages.success(request, gettext("The notice of appointment is on its way."))
    return redirect("appointment:appointment", pk)


def end_early(request: HttpRequest, pk: int) -> HttpResponse:
    """End a term early, with the day and the ground, after showing what follows from it."""
    found = _appointment(request, pk)
    policy.require(_person(request), "end_early", found)
    form = EarlyEnd(request.POST or None)
    if form.is_valid():
        try:
            actions.end_early(found, **form.cleaned_data, by=_person(request), at=clock.now())
        except actions.NotThatDay as error:
            form.add_error("ended_on", str(error))
        else:
            messages.success(request, gettext("Recorded: the term ends early."))
            return redirect("appointment:appointment", pk)
    crumbs = [*_crumbs(found), Crumb(label=_("End early"))]
    context = {"form": form, "appointment": found, "crumbs": crumbs}
    return render(request, "appointment/end_early.html", context)


def complete(request: HttpRequest, pk: int) -> HttpResponse:
    """Note that a term has run to its last day."""
    found = _appointment(request, pk)
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    actions.complete(found, by=_person(request), at=clock.now())
    messages.success(request, gettext("Recorded: the term is completed."))
    return redirect("appointment:appointment", pk)


def supervisors(request: HttpRequest, pk: int) -> HttpResponse:
    """Show who supervises at my organisation, and name another supervisor."""
    office = _organisation(request, pk)
    form = Supervisor(request.POST or None, initial={"starts_on": clock.today()})
    if form.is_valid():
        try:
            actions.set_supervisor(
                office, **form.cleaned_data, by=_person(request), at=clock.now()
            )
        except SeatHeldAlready as error:
            form.add_error("email", str(error))
        else:
            messages.success(request, gettext("The supervisor is named."))
            return redirect("appointment:supervisors", pk)
    context = {
        "office": office,
        "form": form,
        "seats": queries.supervisors_of(_person(request), office),
    }
    return render(request, "appointment/supervisors.html", context)


def relieve_supervisor(request: HttpRequest, pk: int, seat: int) -> HttpResponse:
    """Let somebody's time as a supervisor of my organisation end."""
    office = _organisation(request, pk)
    held = get_object_or_404(queries.supervisors_of(_person(request), office), pk=seat)
    form = LastDay(request.POST or None, initial={"ends_on": clock.today()})
    if form.is_valid():
        try:
            actions.relieve_supervisor(
                held, **form.cleaned_data, by=_person(request), at=clock.now()
            )
        except SeatEndsTooEarly as error:
            form.add_error("ends_on", str(error))
        else:
            messages.success(request, gettext("Recorded: the last day as supervisor."))
            return redirect("appointment:supervisors", pk)
    context = {"office": office, "form": form, "seat": held}
    return render(request, "appointment/relieve_supervisor.html", context)


def _context(request: HttpRequest, found: Appointment) -> dict[str, object]:
    person = _person(request)
    moves = {move.name for move in queries.moves_for(person, found)}
    may_name = office_policy.allows(person, "set_supervisor", found.organisation)
    return {
        "appointment": found,
        "tone": TONES[State(found.state)],
        "pay": queries.pay_of(found),
        "supervisors": queries.supervisors_of(person, found.organisation),
        "may_end_early": "end_early" in moves,
        "may_complete": "complete" in moves and clock.today() >= found.ends_on,
        "may_give_notice": policy.allows(person, "give_notice", found),
        "may_name_supervisors": may_name,
        "crumbs": _crumbs(found),
    }


COLUMNS = (
    Column(
        name="person",
        label=_("Participant"),
        value=lambda row: row.person,
        sort=("person__family_name", "person__given_name"),
        link=page_of("appointment:appointment"),
        head=True,
    ),
    Column(
        name="position",
        label=_("Position"),
        value=lambda row: row.position.code,
        sort=("position__rank",),
    ),
    Column(
        name="country",
        label=_("Country"),
        value=lambda row: row.country,
        sort=("country__code",),
    ),
    Column(
        name="organisation",
        label=_("Contracting organisation"),
        value=lambda row: row.organisation,
        sort=("organisation__code",),
    ),
    Column(
        name="host",
        label=_("Host body"),
        value=lambda row: row.organisation.parent,
        sort=("organisation__parent__code",),
    ),
    Column(
        name="year_of_service",
        label=_("Year of service"),
        value=lambda row: row.year_of_service,
        sort=("year_of_service",),
        kind="number",
    ),
    Column(
        name="starts_on",
        label=_("First day"),
        value=lambda row: row.starts_on,
        sort=("starts_on",),
        kind="day",
    ),
    Column(
        name="last_day",
        label=_("Last day"),
        value=lambda row: row.last_day,
        sort=("ends_on",),
        kind="day",
    ),
    Column(
        name="state",
        label=_("State"),
        value=lambda row: row.state_name,
        sort=("state",),
        kind="tag",
        tone=lambda row: TONES[State(row.state)],
    ),
)
READS = (
    *("state", "cohort", "year_of_service", "starts_on", "ends_on", "ended_on"),
    *within("person", *Person.NAMED_BY),
    "position__code",
    *named("country", "organisation", "organisation__parent"),
)

FILTERS = (
    Filter(
        name="state",
        label=_("State"),
        apply=lambda rows, value: rows.filter(state=value),
        choices=lambda: [(state.value, name) for state, name in APPOINTMENT.names.items()],
    ),
    Filter(
        name="position",
        label=_("Position"),
        apply=lambda rows, value: rows.filter(position__code=value),
        choices=lambda: [(code, str(one)) for code, one in positions_by_code().items()],
    ),
    Filter(
        name="country",
        label=_("Country"),
        apply=lambda rows, value: rows.filter(country__code=value),
        choices=lambda: [(code, str(one)) for code, one in countries_by_code().items()],
    ),
    Filter(
        name="service",
        label=_("Year of service"),
        apply=lambda rows, value: rows.filter(year_of_service=int(value)),
        choices=lambda: [(str(year), str(year)) for year in range(1, 6)],
    ),
    Filter(
        name="notice",
        label=_("Notice of appointment"),
        apply=lambda rows, value: rows.filter(noticed_at__isnull=value == "no"),
        choices=lambda: [("no", _("Not given yet")), ("yes", _("Given"))],
    ),
    Filter(
        name="ends",
        label=_("Last day on"),
        apply=lambda rows, value: rows.filter(ends_on=date.fromisoformat(value)),
    ),
    Filter(name="q", label=_("Name or place"), apply=queries.matching),
)


def _crumbs(found: Appointment) -> list[Crumb]:
    return [
        Crumb(label=_("Appointments"), url=reverse("appointment:appointments")),
        Crumb(label=str(found.person), url=reverse("appointment:appointment", args=[found.pk])),
    ]


def _person(request: HttpRequest) -> Person:
    return cast("Person", request.user)


def _appointment(request: HttpRequest, pk: int) -> Appointment:
    return get_object_or_404(queries.appointments_for(_person(request)), pk=pk)


def _organisation(request: HttpRequest, pk: int) -> Office:
    found = offices_for(_person(request)).filter(kind=OfficeKind.ORGANISATION)
    office = get_object_or_404(found, pk=pk)
    office_policy.require(_person(request), "set_supervisor", office)
    return office
