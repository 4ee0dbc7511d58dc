"""Pages of the dated tables: pay and days off, seen by all and set by those whose they are."""

from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from kakehashi.directory.models import Office
from kakehashi.directory.queries import offices_for
from kakehashi.intake import actions, queries
from kakehashi.intake.forms import ClonePayForm, DayOffForm, PayForm
from kakehashi.intake.models import DayOff, PayRate
from kakehashi.intake.rules import OFF_NAMES, in_fiscal_year
from kakehashi.intake.views import shown
from kakehashi.kernel import clock
from kakehashi.kernel.words import Words, _
from kakehashi.web.listing import Column, Filter, Listing, show

PAY_FACTS = (
    "cohort_from",
    "cohort_to",
    "year_of_service",
    "annual_yen",
    "monthly_yen",
    "taxes",
    "valid_from",
    "valid_to",
    "source",
)
DAY_FACTS = (
    "kind",
    "name_en",
    "name_ja",
    "first_on",
    "last_on",
    "at_schools",
    "at_offices",
    "source",
)


def set_pay(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a row of the pay table."""
    row: PayRate = get_object_or_404(queries.pay_for_all_days(shown.who(request)), pk=pk)
    return _pay_form(request, row, _("Change a row of the pay table"))


def add_pay(request: HttpRequest) -> HttpResponse:
    """Add a row to the pay table."""
    return _pay_form(request, PayRate(), _("Add a row to the pay table"))


def _pay_form(request: HttpRequest, row: PayRate, title: Words) -> HttpResponse:
    person = shown.who(request)
    queries.require(person, "set_pay")
    initial = {name: getattr(row, name) for name in PAY_FACTS} if row.pk else None
    form = PayForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        facts = {**form.cleaned_data, "assumed": False}
        try:
            actions.set_pay(row, facts=facts, by=person, at=clock.now())
        except actions.Overlaps as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, gettext("The row is saved."))
            return redirect("intake:pay")
    return _form(request, form, title, reverse("intake:pay"), gloss="報酬表の編集")


def clone_pay(request: HttpRequest) -> HttpResponse:
    """Give the next cohort rows of its own, as the one before."""
    person = shown.who(request)
    queries.require(person, "set_pay")
    form = ClonePayForm(request.POST or None, initial={"cohort": clock.today().year + 1})
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.clone_pay(form.cleaned_data["cohort"], by=person, at=clock.now())
        except actions.NothingToCopy as error:
            form.add_error("cohort", str(error))
        else:
            messages.success(request, gettext("Rows copied: %(n)s.") % {"n": made})
            return redirect("intake:pay")
    title = _("Copy the pay table for the next cohort")
    return _form(request, form, title, reverse("intake:pay"), gloss="翌年度への複写")


def _form(
    request: HttpRequest,
    form: Form,
    title: Words,
    back: str,
    *,
    gloss: str,
    may_drop: str = "",
) -> HttpResponse:
    context = {"form": form, "title": title, "back": back, "gloss": gloss, "drop": may_drop}
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "intake/table_form.html", context, status=status)


def _in_year(rows: Any, year: str) -> Any:  # noqa: ANN401 -- a query set
    return rows.filter(
        first_on__gte=f"{int(year)}-04-01", first_on__lt=f"{int(year) + 1}-04-01"
    )


def _where(row: DayOff) -> Words:
    if row.at_schools and row.at_offices:
        return _("Schools and desks")
    return _("Schools") if row.at_schools else _("Desks")


DAY_FILTERS = (
    Filter(
        name="year",
        label=_("Fiscal year (April to March)"),
        apply=_in_year,
        choices=lambda: [(str(y), str(y)) for y in range(2024, clock.today().year + 3)],
    ),
    Filter(
        name="kind",
        label=_("Kind"),
        apply=lambda rows, kind: rows.filter(kind=kind),
        choices=lambda: list(OFF_NAMES.items()),
    ),
    Filter(
        name="office",
        label=_("Code of the office"),
        apply=lambda rows, code: rows.filter(office__code=code),
    ),
)


def _day_columns(mine: set[int], *, common: bool) -> tuple[Column, ...]:
    """Give the columns of the list; who keeps a calendar finds a link in each of its rows."""

    def link(row: DayOff) -> str:
        own = row.office_id in mine or (row.office_id is None and common)
        return reverse("intake:set_day_off", args=[row.pk]) if own else ""

    return (
        Column(name="name", label=_("Name"), value=str, link=link, head=True),
        Column(
            name="first",
            label=_("First day"),
            value=lambda row: row.first_on,
            kind="day",
            sort=("first_on",),
        ),
        Column(
            name="last",
            label=_("Last day"),
            value=lambda row: row.last_on,
            kind="day",
            sort=("last_on",),
        ),
        Column(
            name="kind",
            label=_("Kind"),
            value=lambda row: OFF_NAMES[row.kind],
            sort=("kind",),
        ),
        Column(name="where", label=_("Where"), value=_where),
        Column(
            name="office",
            label=_("Whose calendar"),
            value=lambda row: row.office or _("Everyone's"),
            sort=("office__name_en",),
        ),
        shown.SOURCE,
        shown.CERTAIN,
    )


@require_safe
def days_off(request: HttpRequest) -> HttpResponse:
    """List the days off: national holidays, and when schools and desks are closed."""
    person = shown.who(request)
    kept = queries.calendars_kept_by(person)
    common = queries.keeps_common(person)
    listing = Listing(
        columns=_day_columns({one.pk for one in kept}, common=common),
        rows=queries.days_off_for(person),
        order=("first_on",),
        caption=_("Days off"),
        empty=_("No day off yet. The operator loads the programme pack first."),
        filters=DAY_FILTERS,
    )
    return show(request, "intake/days_off.html", listing, buttons=_buttons(kept, common=common))


def _buttons(kept: list[Office], *, common: bool) -> list[dict[str, object]]:
    whose: list[tuple[str, Words]] = [("common", _("everyone's"))] if common else []
    whose += [(str(one.pk), str(one)) for one in kept[:3]]
    return [
        {
            "label": gettext("%(deed)s: %(whose)s") % {"deed": deed, "whose": name},
            "url": reverse(f"intake:{url}", args=[key]),
        }
        for key, name in whose
        for url, deed in (
            ("add_day_off", _("Add")),
            ("clone_days_off", _("Copy to the next year")),
        )
    ]


def _office(request: HttpRequest, whose: str) -> Office | None:
    """Find whose calendar an address names: everyone's, or an office's."""
    person = shown.who(request)
    office: Office | None = None
    if whose != "common":
        if not whose.isascii() or not whose.isdigit():
            raise Http404
        office = get_object_or_404(offices_for(person), pk=int(whose[:9]))
    queries.require(person, "set_day_off", office)
    return office


def add_day_off(request: HttpRequest, whose: str) -> HttpResponse:
    """Add a day or a stretch of days to a calendar."""
    row = DayOff(office=_office(request, whose))
    return _day_form(request, row, _("Add a day off"))


def set_day_off(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a row of a calendar."""
    person = shown.who(request)
    row: DayOff = get_object_or_404(queries.days_off_for(person), pk=pk)
    queries.require(person, "set_day_off", row.office)
    return _day_form(request, row, _("Change a day off"))


def _day_form(request: HttpRequest, row: DayOff, title: Words) -> HttpResponse:
    initial = {name: getattr(row, name) for name in DAY_FACTS} if row.pk else None
    form = DayOffForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        facts = {**form.cleaned_data, "assumed": False}
        try:
            actions.set_day_off(row, facts=facts, by=shown.who(request), at=clock.now())
        except actions.Overlaps as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, gettext("The row is saved."))
            return redirect("intake:days_off")
    drop = reverse("intake:drop_day_off", args=[row.pk]) if row.pk else ""
    back = reverse("intake:days_off")
    return _form(request, form, title, back, gloss="休日の編集", may_drop=drop)


def drop_day_off(request: HttpRequest, pk: int) -> HttpResponse:
    """Strike a row out of a calendar, after asking once more."""
    person = shown.who(request)
    row: DayOff = get_object_or_404(queries.days_off_for(person), pk=pk)
    queries.require(person, "set_day_off", row.office)
    back = reverse("intake:days_off")
    if request.method == "POST":
        actions.drop_day_off(row, by=person, at=clock.now())
        messages.success(request, gettext("The row is struck out."))
        return redirect(back)
    title = gettext("Strike out “%(row)s”") % {"row": row}
    return shown.confirm(request, title=title, text=_("It is a working day again."), back=back)


def clone_days_off(request: HttpRequest, whose: str) -> HttpResponse:
    """Copy this fiscal year's days off to the next one, after asking once more."""
    office = _office(request, whose)
    today = clock.today()
    year = today.year if in_fiscal_year(today, today.year) else today.year - 1
    back = reverse("intake:days_off")
    if request.method == "POST":
        try:
            made = actions.clone_days_off(office, year, by=shown.who(request), at=clock.now())
        except actions.NothingToCopy as error:
            messages.error(request, str(error))
        else:
            messages.success(request, gettext("Rows copied: %(n)s.") % {"n": made})
        return redirect(back)
    title = gettext("Copy the days off of %(year)s to the next year") % {"year": year}
    text = _("The copies move by one year and are marked assumed until somebody checks them.")
    return shown.confirm(request, title=title, text=text, back=back)
