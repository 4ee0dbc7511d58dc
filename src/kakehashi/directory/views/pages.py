"""The directory's pages: offices, people, their seats, and municipalities."""

from typing import cast

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from kakehashi.directory import actions, queries
from kakehashi.directory.forms import EndForm, SeatForm
from kakehashi.directory.models import Municipality, Office, Person, Seat
from kakehashi.directory.rules import (
    EMPLOYER_NAMES,
    KIND_NAMES,
    ROLE_NAMES,
    ROLES_AT,
    OfficeKind,
    Role,
)
from kakehashi.kernel import clock
from kakehashi.kernel.words import Words, _, pgettext_lazy
from kakehashi.web.components import Crumb
from kakehashi.web.listing import Column, Filter, Listing, Rows, show

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


def certainty(row: Office | Municipality) -> Words:
    """Say whether a fact was read in a source."""
    return _("assumed") if row.assumed else _("sourced")


def certainty_tone(row: Office | Municipality) -> str:
    """Colour what somebody should check."""
    return "warn" if row.assumed else ""


def _named(rows: Rows, words: str) -> Rows:
    return rows.filter(
        Q(name_en__icontains=words) | Q(name_ja__icontains=words) | Q(code__iexact=words)
    )


def _prefectures() -> list[tuple[str, Words]]:
    return [(one.code, str(one)) for one in queries.prefectures_by_code().values()]


def _in_prefecture(rows: Rows, code: str) -> Rows:
    return rows.filter(prefecture__code=code)


CERTAIN = Column(
    name="certainty",
    label=_("Known from"),
    value=certainty,
    kind="tag",
    tone=certainty_tone,
    sort=("assumed",),
)
NAMED = Filter(name="q", label=_("Name or code"), apply=_named)
IN_PREFECTURE = Filter(
    name="prefecture", label=_("Prefecture"), apply=_in_prefecture, choices=_prefectures
)


def _kind(row: Office) -> Words:
    return EMPLOYER_NAMES.get(row.employer_type) or KIND_NAMES[row.kind]


def _where(row: Office) -> object:
    return row.municipality or row.prefecture or row.city or row.country


OFFICE = (
    Column(
        name="name",
        label=pgettext_lazy("directory", "Office"),
        value=str,
        sort=("name_en",),
        link=lambda row: reverse("directory:office", args=[row.pk]),
        head=True,
    ),
    Column(name="gloss", label=_("In the other language"), value=lambda row: row.gloss),
    Column(name="code", label=_("Code"), value=lambda row: row.code, sort=("code",)),
    Column(name="kind", label=_("Kind"), value=_kind, sort=("kind", "name_en")),
    Column(name="under", label=_("Under"), value=lambda row: row.parent),
    Column(name="where", label=_("Where"), value=_where),
    CERTAIN,
)


@require_safe
def offices(request: HttpRequest) -> HttpResponse:
    """List every office of the programme."""
    listing = Listing(
        columns=OFFICE,
        rows=queries.offices_for(_who(request)),
        order=("pk",),
        caption=_("Offices"),
        empty=_("No office yet. The operator loads the programme pack first."),
        filters=(
            NAMED,
            Filter(
                name="kind",
                label=_("Kind"),
                apply=lambda rows, kind: rows.filter(kind=kind),
                choices=lambda: list(KIND_NAMES.items()),
            ),
            Filter(
                name="type",
                label=_("Type of organisation"),
                apply=lambda rows, kind: rows.filter(employer_type=kind),
                choices=lambda: list(EMPLOYER_NAMES.items()),
            ),
            IN_PREFECTURE,
            Filter(
                name="under",
                label=_("Code of the office above"),
                apply=lambda rows, code: rows.filter(parent__code=code),
            ),
        ),
    )
    return show(request, "directory/offices.html", listing, links=_links("offices"))


def _links(here: str) -> list[dict[str, object]]:
    """List the other pages of the directory, as buttons of the page head."""
    pages = {
        "offices": _("Offices"),
        "people": pgettext_lazy("directory", "People"),
        "municipalities": _("Municipalities"),
    }
    return [
        {"label": label, "url": reverse(f"directory:{name}")}
        for name, label in pages.items()
        if name != here
    ]


@require_safe
def office(request: HttpRequest, pk: int) -> HttpResponse:
    """Show an office: what it is, who sits there, what it serves, and what is under it."""
    person = _who(request)
    shown = get_object_or_404(queries.offices_for(person), pk=pk)
    seats = [
        {
            "seat": seat,
            "role": seat.role_name,
            "may_close": queries.may(person, _line("close", Role(seat.role)), shown),
        }
        for seat in queries.seats_at(person, shown)
    ]
    context = {
        "office": shown,
        "kind": KIND_NAMES[shown.kind],
        "type": EMPLOYER_NAMES.get(shown.employer_type),
        "seats": seats,
        "may_open": bool(_roles(person, shown)),
        "areas": queries.areas_of(person, shown) if shown.kind == OfficeKind.MISSION else [],
        "places": queries.places_of(person, shown) if shown.kind == OfficeKind.MISSION else [],
        "children": queries.children_of(person, shown),
        "crumbs": [Crumb(label=_("Offices"), url=reverse("directory:offices"))],
    }
    return render(request, "directory/office.html", context)


def _line(verb: str, role: Role) -> str:
    """Name the line of the policy that answers for a seat of this role."""
    own = {Role.SUPERVISOR: "supervisor_", Role.PARTICIPANT: "participant_"}.get(role, "")
    return f"{verb}_{own}seat"


def _roles(person: Person, shown: Office) -> list[Role]:
    """List the roles this person may give in an office."""
    roles = ROLES_AT[OfficeKind(shown.kind)]
    return [role for role in roles if queries.may(person, _line("open", role), shown)]


def open_seat(request: HttpRequest, pk: int) -> HttpResponse:
    """Give somebody a seat in an office."""
    person = _who(request)
    shown = get_object_or_404(queries.offices_for(person), pk=pk)
    roles = _roles(person, shown) or ROLES_AT[OfficeKind(shown.kind)][:1]
    queries.require(person, _line("open", roles[0]), shown)
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
    facts["role"] = Role(facts["role"])
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
    queries.require(person, _line("close", Role(seat.role)), seat.office)
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
    listing = Listing(
        columns=(
            Column(
                name="name",
                label=_("Name"),
                value=str,
                sort=("family_name", "given_name"),
                link=lambda row: reverse("directory:person", args=[row.pk]),
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
        rows=queries.people_for(_who(request)),
        order=("family_name", "given_name"),
        caption=pgettext_lazy("directory", "People"),
        empty=_("Nobody here yet."),
        filters=(
            Filter(name="q", label=_("Name or address"), apply=_person_named),
            Filter(
                name="role",
                label=_("Role"),
                apply=lambda rows, role: rows.filter(pk__in=queries.holders_of(role)),
                choices=lambda: [(str(role), name) for role, name in ROLE_NAMES.items()],
            ),
        ),
    )
    return show(request, "directory/people.html", listing, links=_links("people"))


def _person_named(rows: Rows, words: str) -> Rows:
    named = Q(family_name__icontains=words) | Q(given_name__icontains=words)
    return rows.filter(named | Q(name_ja__icontains=words) | Q(email__icontains=words))


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
            "may_close": queries.may(asker, _line("close", Role(seat.role)), seat.office),
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
    links = _links("municipalities")
    return show(request, "directory/municipalities.html", listing, links=links)
