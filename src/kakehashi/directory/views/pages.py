"""The directory's pages of people, their seats, and municipalities."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from kakehashi.directory import actions, queries
from kakehashi.directory.forms import EndForm, SeatForm
from kakehashi.directory.models import Office, Person, Seat
from kakehashi.directory.rules import (
    ROLE_NAMES,
    ROLES_AT,
    OfficeKind,
    Rank,
    Role,
)
from kakehashi.directory.views.shown import CERTAIN, IN_PREFECTURE, NAMED, links_from
from kakehashi.kernel import clock
from kakehashi.kernel.words import Words, _, pgettext_lazy
from kakehashi.web.components import Crumb
from kakehashi.web.listing import Column, Filter, Listing, show
from kakehashi.web.rows import named, page_of

MUNICIPALITY_KINDS: dict[str, Words] = {
    "designated city": _("Designated city"),
    "city": _("City"),
    "special ward": _("Special ward"),
    "town": _("Town"),
    "village": _("Village"),
}
POSTS = ("GET", "HEAD", "POST")


def _who(request: HttpRequest) -> Person:
    return cast("Person", request.user)


def line_of(verb: str, role: Role) -> str:
    """Name the line of the policy that answers for a seat of this role."""
    own = {Role.SUPERVISOR: "supervisor_", Role.PARTICIPANT: "participant_"}.get(role, "")
    return f"{verb}_{own}seat"


def roles_open(person: Person, shown: Office) -> list[Role]:
    """List the roles this person may give in an office."""
    roles = ROLES_AT[OfficeKind(shown.kind)]
    return [role for role in roles if queries.may(person, line_of("open", role), shown)]


def open_seat(request: HttpRequest, pk: int) -> HttpResponse:
    """Give somebody a seat in an office."""
    person = _who(request)
    shown = get_object_or_404(queries.offices_for(person), pk=pk)
    roles = roles_open(person, shown)
    queries.require(person, line_of("open", (roles or [Role.OPERATOR])[0]), shown)
    initial = {"starts_on": clock.today()}
    form = SeatForm(request.POST or None, roles=roles, initial=initial)
    if request.method == "POST" and form.is_valid() and _seated(request, shown, form):
        messages.success(request, gettext("The seat is open."))
        return redirect("directory:office", pk=shown.pk)
    context = {"form": form, "office": shown, "title": _("Open a seat")}
    return render(request, "directory/seat.html", context, status=422 if form.errors else 200)


def _seated(request: HttpRequest, shown: Office, form: SeatForm) -> bool:
    """Give the seat as the form says; say in the form what stands against it."""
    facts = dict(form.cleaned_data)
    email = facts.pop("email").lower()
    holder = queries.people_for(_who(request)).filter(email=email).first()
    if holder is None:
        form.add_error("email", gettext("No account that you may know of has this address."))
        return False
    facts["role"], facts["rank"] = Role(facts["role"]), Rank(facts["rank"])
    try:
        actions.open_seat(holder, office=shown, **facts, by=_who(request), at=clock.now())
    except actions.SeatEndsTooEarly as error:
        form.add_error("ends_on", str(error))
    except actions.SeatHeldAlready as error:
        form.add_error("role", str(error))
    return not form.errors


def close_seat(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a seat end."""
    person = _who(request)
    seat: Seat = get_object_or_404(queries.seats_for(person), pk=pk)
    queries.require(person, line_of("close", Role(seat.role)), seat.office)
    form = EndForm(request.POST or None, initial={"ends_on": clock.today()})
    if request.method == "POST" and form.is_valid():
        try:
            actions.close_seat(seat, **form.cleaned_data, by=person, at=clock.now())
        except (
            actions.SeatEndsTooEarly,
            actions.HoldsOpenWork,
            actions.LastOperator,
        ) as error:
            form.add_error("ends_on", str(error))
        else:
            messages.success(request, gettext("The last day of the seat is set."))
            return redirect("directory:office", pk=seat.office_id)
    context = {
        "form": form,
        "office": seat.office,
        "seat": seat,
        "role": ROLE_NAMES[seat.role],
        "title": _("Close a seat"),
    }
    return render(request, "directory/seat.html", context, status=422 if form.errors else 200)


@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """List the people one may know of, with what they do today."""
    asker = _who(request)
    listing = Listing(
        columns=(
            Column(
                name="name",
                label=_("Name"),
                value=str,
                sort=("family_name", "given_name"),
                link=page_of("directory:person"),
                head=True,
            ),
            Column(
                name="email",
                label=_("E-mail address"),
                value=lambda row: row.email,
                sort=("email",),
            ),
            Column(name="seats", label=_("Seats today"), value=_seats_in_words),
            Column(
                name="nationality", label=_("Nationality"), value=lambda row: row.nationality
            ),
            Column(name="language", label=_("Language"), value=lambda row: row.language),
        ),
        rows=queries.people_for(asker),
        order=("family_name", "given_name"),
        caption=pgettext_lazy("directory", "People"),
        empty=_("Nobody here yet."),
        filters=_people_filters(asker),
        reads=(*Person.NAMED_BY, "language", *named("nationality")),
    )
    return show(request, "directory/people.html", listing, links=links_from("people"))


def _people_filters(asker: Person) -> tuple[Filter, ...]:
    return (
        Filter(name="q", label=_("Name or address"), apply=queries.people_found_by),
        Filter(
            name="role",
            label=_("Role"),
            apply=lambda rows, role: rows.filter(pk__in=queries.holders_of(role)),
            choices=lambda: [(str(role), name) for role, name in ROLE_NAMES.items()],
        ),
        Filter(
            name="ends",
            label=_("Seat ends on"),
            apply=lambda rows, day: rows.filter(pk__in=queries.holders_until(asker, day)),
        ),
    )


def _seats_in_words(row: Person) -> str:
    held = getattr(row, "held_today", ())
    return "; ".join(f"{seat.role_name}, {seat.office}" for seat in held)


@require_safe
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a person and the seats they hold and held."""
    asker = _who(request)
    shown = get_object_or_404(queries.people_for(asker), pk=pk)
    seats = [
        {
            "seat": seat,
            "role": seat.role_name,
            "may_close": queries.may(asker, line_of("close", Role(seat.role)), seat.office),
        }
        for seat in queries.seats_for(asker).filter(person=shown).order_by("-starts_on", "pk")
    ]
    crumbs = [
        Crumb(label=pgettext_lazy("directory", "People"), url=reverse("directory:people"))
    ]
    context = {"shown": shown, "seats": seats, "crumbs": crumbs, "today": clock.today()}
    return render(request, "directory/person.html", context)


@require_safe
def municipalities(request: HttpRequest) -> HttpResponse:
    """List the cities, special wards, towns and villages."""
    listing = Listing(
        columns=(
            Column(name="name", label=_("Municipality"), value=str, sort=("kana",), head=True),
            Column(name="kana", label=_("Reading"), value=lambda row: row.kana, sort=("kana",)),
            Column(name="code", label=_("Code"), value=lambda row: row.code, sort=("code",)),
            Column(
                name="kind", label=_("Kind"), value=lambda row: MUNICIPALITY_KINDS[row.kind]
            ),
            Column(
                name="prefecture",
                label=_("Prefecture"),
                value=lambda row: row.prefecture,
                sort=("prefecture__code", "code"),
            ),
            Column(name="county", label=_("County"), value=lambda row: row.county_ja),
            CERTAIN,
        ),
        rows=queries.municipalities_for(_who(request)),
        order=("code",),
        caption=_("Municipalities"),
        empty=_("No municipality yet. The operator loads the programme pack first."),
        filters=(
            NAMED,
            IN_PREFECTURE,
            Filter(
                name="kind",
                label=_("Kind"),
                apply=lambda rows, kind: rows.filter(kind=kind),
                choices=lambda: list(MUNICIPALITY_KINDS.items()),
            ),
        ),
    )
    links = links_from("municipalities")
    return show(request, "directory/municipalities.html", listing, links=links)
