"""The directory's pages of offices: the list, one office, and what hangs on all of them."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from kakehashi.directory import queries
from kakehashi.directory.models import Office, Person
from kakehashi.directory.rules import (
    EMPLOYER_NAMES,
    KIND_NAMES,
    SEEN_NAMES,
    WORKPLACE_NAMES,
    EmployerType,
    OfficeKind,
    Role,
)
from kakehashi.directory.views.asking import who
from kakehashi.directory.views.pages import line_of, roles_open
from kakehashi.directory.views.shown import CERTAIN, IN_PREFECTURE, links_from
from kakehashi.kernel import clock
from kakehashi.kernel.words import Words, _, pgettext_lazy
from kakehashi.web.components import Crumb
from kakehashi.web.dates import day_words
from kakehashi.web.listing import Column, Filter, Listing, show
from kakehashi.web.rows import named, page_of

EMPLOYERS = (OfficeKind.ORGANISATION, OfficeKind.HOST_BODY)


def _kind(row: Office) -> Words:
    employer = EMPLOYER_NAMES.get(row.employer_type) if row.kind in EMPLOYERS else None
    workplace = WORKPLACE_NAMES.get(row.workplace_type)
    return employer or workplace or KIND_NAMES[row.kind]


def _where(row: Office) -> object:
    return row.municipality or row.prefecture or row.city or row.country


def standing(row: Office) -> str:
    """Say until when an office was, from when it will be, and what it was called before."""
    told = []
    if row.valid_to:
        told.append(gettext("until %(day)s") % {"day": day_words(row.valid_to, "table")})
    elif row.valid_from and row.valid_from > clock.today():
        told.append(gettext("from %(day)s") % {"day": day_words(row.valid_from, "table")})
    told += [
        gettext("%(name)s until %(day)s")
        % {"name": name, "day": day_words(name.until, "table")}
        for name in getattr(row, "called_before", ())
    ]
    return "; ".join(told)


OFFICE = (
    Column(
        name="name",
        label=pgettext_lazy("directory", "Office"),
        value=str,
        sort=("name_en",),
        link=page_of("directory:office"),
        head=True,
    ),
    Column(name="gloss", label=_("In the other language"), value=lambda row: row.gloss),
    Column(name="code", label=_("Code"), value=lambda row: row.code, sort=("code",)),
    Column(name="kind", label=_("Kind"), value=_kind, sort=("kind", "name_en")),
    Column(name="under", label=_("Under"), value=lambda row: row.parent),
    Column(name="where", label=_("Where"), value=_where),
    Column(name="telephone", label=_("Telephone"), value=lambda row: row.telephone),
    Column(name="standing", label=_("Until, and former names"), value=standing),
    CERTAIN,
)

READS = (
    *("name_en", "name_ja", "code", "kind", "employer_type", "workplace_type"),
    *("telephone", "city_en", "city_ja", "valid_from", "valid_to", "assumed"),
    *named("parent", "municipality", "prefecture", "country"),
)
NARROW = (
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
)


@require_safe
def offices(request: HttpRequest) -> HttpResponse:
    """List the offices of the programme; workplaces where they are asked for."""
    person = who(request)
    rows = queries.offices_listed(person)
    if not (request.GET.get("kind") or request.GET.get("q")):
        rows = rows.exclude(kind=OfficeKind.WORKPLACE)
    listing = Listing(
        columns=OFFICE,
        rows=queries.with_former_names(person, rows),
        order=("pk",),
        caption=_("Offices"),
        empty=_("No office yet. The operator loads the programme pack first."),
        filters=(
            Filter(
                name="q",
                label=_("Name, reading, code or contact"),
                apply=lambda rows, words: queries.found_by(person, rows, words),
            ),
            *NARROW,
        ),
        reads=READS,
    )
    lede = (
        _("The offices that concern you: where you work, who is above it, and who helps you.")
        if queries.is_private(person)
        else _(
            "Ministries, CLAIR, missions, host bodies and contracting organisations. Search, then open one to see who sits there."
        )
    )
    return show(
        request, "directory/offices.html", listing, links=links_from("offices"), lede=lede
    )


@require_safe
def office(request: HttpRequest, pk: int) -> HttpResponse:
    """Show an office: what it is, whom to turn to, who sits there, and what hangs on it."""
    person = who(request)
    shown: Office = get_object_or_404(queries.offices_for(person), pk=pk)
    may_edit = queries.may(person, "edit_office", shown)
    context = {
        "office": shown,
        "kind": KIND_NAMES[shown.kind],
        "type": _kind(shown),
        "seats": _seats(person, shown),
        "may_open": bool(roles_open(person, shown)),
        "may_edit": may_edit,
        "contacts": queries.contacts_of(person, shown),
        "seen_names": SEEN_NAMES,
        "names": queries.names_of(person, shown),
        "changes": list(queries.reorganisations_of(person, shown)),
        "buttons": _buttons(person, shown, may_edit=may_edit),
        "crumbs": [Crumb(label=_("Offices"), url=reverse("directory:offices"))],
        **_below(person, shown),
        **_of_its_kind(person, shown),
    }
    return render(request, "directory/office.html", context)


def _seats(person: Person, shown: Office) -> list[dict[str, Any]]:
    return [
        {
            "seat": seat,
            "role": seat.role_name,
            "may_close": queries.may(person, line_of("close", Role(seat.role)), shown),
        }
        for seat in queries.seats_at(person, shown)
    ]


def _below(person: Person, shown: Office) -> dict[str, Any]:
    """Find what stands under it: offices apart from workplaces."""
    below = sorted(queries.children_of(person, shown), key=lambda one: one.valid_to is not None)
    return {
        "children": [one for one in below if one.kind != OfficeKind.WORKPLACE],
        "workplaces": [
            {"office": one, "type": _kind(one), "standing": standing(one)}
            for one in below
            if one.kind == OfficeKind.WORKPLACE
        ],
    }


def _of_its_kind(person: Person, shown: Office) -> dict[str, Any]:
    """Find what only an office of its kind has."""
    if shown.kind == OfficeKind.MISSION:
        return {
            "areas": queries.areas_of(person, shown),
            "places": queries.places_of(person, shown),
        }
    if shown.kind not in EMPLOYERS:
        return {}
    cooperative = shown.employer_type == EmployerType.PARTIAL_COOPERATIVE
    return {
        "has_ties": True,
        "ties": queries.ties_of(person, shown),
        "has_workplaces": shown.kind == OfficeKind.ORGANISATION,
        "is_cooperative": cooperative,
        "members": queries.members_of(person, shown) if cooperative else [],
        "supervisions": queries.supervisions_at(person, shown, clock.today()),
        "may_supervise": queries.may(person, "supervise", shown)
        and shown.kind == OfficeKind.ORGANISATION,
    }


def _buttons(person: Person, shown: Office, *, may_edit: bool) -> list[dict[str, object]]:
    """List what this person can do to the office's entry, as buttons of the page head."""
    names: list[tuple[str, Words]] = []
    if may_edit:
        names += [("edit_office", _("Edit")), ("history", pgettext_lazy("entry", "History"))]
    merging = shown.kind in (OfficeKind.ORGANISATION, OfficeKind.WORKPLACE)
    if queries.may(person, "plan_reorganisation", shown) and not shown.valid_to:
        names.append(("plan_rename", _("New name…")))
        names += [("plan_merger", _("Merge…"))] if merging else []
    return [
        {"label": label, "url": reverse(f"directory:{name}", args=[shown.pk])}
        for name, label in names
    ]


CONTACT = (
    Column(
        name="desk",
        label=_("Desk or role"),
        value=str,
        sort=("desk_en",),
        head=True,
    ),
    Column(
        name="office",
        label=pgettext_lazy("directory", "Office"),
        value=lambda row: row.office,
        sort=("office__name_en",),
        link=page_of("directory:office", "office_id"),
    ),
    Column(name="name", label=_("Name"), value=lambda row: row.name, sort=("name",)),
    Column(name="telephone", label=_("Telephone"), value=lambda row: row.telephone),
    Column(name="email", label=_("E-mail address"), value=lambda row: row.email),
    Column(name="hours", label=_("Hours"), value=lambda row: row.hours),
    Column(
        name="seen",
        label=_("Who may know of it"),
        value=lambda row: SEEN_NAMES[row.seen],
    ),
    Column(
        name="verified",
        label=_("Verified on"),
        value=lambda row: row.verified_on,
        kind="day",
        sort=("verified_on",),
    ),
)


@require_safe
def contacts(request: HttpRequest) -> HttpResponse:
    """List the contact points one may know of."""
    person = who(request)
    listing = Listing(
        columns=CONTACT,
        rows=queries.contacts_for(person),
        order=("office__code", "desk_en"),
        caption=_("Contact points"),
        empty=_("No contact point yet. Each office adds its own on its page."),
        filters=(
            Filter(name="q", label=_("Desk, name or office"), apply=queries.contacts_found_by),
            Filter(
                name="kind",
                label=_("Kind of office"),
                apply=lambda rows, kind: rows.filter(office__kind=kind),
                choices=lambda: list(KIND_NAMES.items()),
            ),
        ),
    )
    return show(request, "directory/contacts.html", listing, links=links_from("contacts"))


TIE = (
    Column(name="place", label=_("Sister city"), value=str, sort=("place_en",), head=True),
    Column(
        name="country",
        label=_("Country"),
        value=lambda row: row.country,
        sort=("country__name_en",),
    ),
    Column(
        name="office",
        label=pgettext_lazy("directory", "Office"),
        value=lambda row: row.office,
        sort=("office__name_en",),
        link=page_of("directory:office", "office_id"),
    ),
    Column(
        name="since",
        label=_("Since (year)"),
        value=lambda row: str(row.since or ""),
        sort=("since",),
    ),
    Column(
        name="until",
        label=_("Last day"),
        value=lambda row: row.valid_to,
        kind="day",
        sort=("valid_to",),
    ),
    Column(name="source", label=_("Source"), value=lambda row: row.source),
    Column(
        name="invented",
        label=_("Known from"),
        value=lambda row: _("invented") if row.invented else _("sourced"),
        kind="tag",
        tone=lambda row: "warn" if row.invented else "",
    ),
)


@require_safe
def ties(request: HttpRequest) -> HttpResponse:
    """List the sister cities."""
    listing = Listing(
        columns=TIE,
        rows=queries.ties_for(who(request)),
        order=("office__code", "place_en"),
        caption=_("Sister cities"),
        empty=_("No sister city yet. Each office adds its own on its page."),
        filters=(
            Filter(name="q", label=_("Place or office"), apply=queries.ties_found_by),
            Filter(
                name="country",
                label=_("Country"),
                apply=lambda rows, code: rows.filter(country__code=code),
                choices=lambda: [
                    (code, str(one)) for code, one in queries.countries_by_code().items()
                ],
            ),
        ),
    )
    return show(request, "directory/ties.html", listing, links=links_from("ties"))
