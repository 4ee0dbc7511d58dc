"""The invitation plan: its versions, one version as a table, drafting, and its moves."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from kakehashi.approvals.queries import box
from kakehashi.councils.queries import may_read, may_record_about, resolution_about
from kakehashi.directory.models import Person
from kakehashi.intake import actions, queries
from kakehashi.intake.forms import LinesForm, ReasonForm
from kakehashi.intake.lifecycle import PLAN, PlanState
from kakehashi.intake.models import Plan, ProgrammeYear
from kakehashi.intake.rules import crosstab
from kakehashi.intake.views import shown
from kakehashi.kernel import clock
from kakehashi.kernel.lifecycle import MoveNotAllowed
from kakehashi.kernel.words import Words, _, pgettext_lazy
from kakehashi.web.components import Crumb
from kakehashi.web.listing import Column, Filter, Listing, show
from kakehashi.web.navigation import address
from kakehashi.web.rows import page_of

TONES = {
    PlanState.DRAFT: "info",
    PlanState.SUBMITTED: "warn",
    PlanState.RELEASED: "ok",
    PlanState.SUPERSEDED: "",
}
LEDES: dict[str, Words] = {
    PlanState.DRAFT: _("A draft. Set its lines, then submit it to the council."),
    PlanState.SUBMITTED: _("Before the council. It is released once the council has resolved."),
    PlanState.RELEASED: _("In force: selection and placement work to these numbers."),
    PlanState.SUPERSEDED: _("A newer version is in force."),
}
TEXTS: dict[str, Words] = {
    "submit_plan": _("The numbers stand still while the council has them."),
    "return_plan": _("MIC can change the numbers again."),
    "release_plan": _(
        "Missions, host bodies and contracting organisations will see the numbers. A version in"
        " force is replaced."
    ),
}


def _version(row: Plan) -> str:
    return f"{row.year}-{row.number}"


VERSION = (
    Column(
        name="version",
        label=_("Version"),
        value=_version,
        sort=("year__year", "number"),
        link=page_of("intake:plan"),
        head=True,
    ),
    Column(
        name="state",
        label=_("State"),
        value=lambda row: row.state_name,
        kind="tag",
        tone=lambda row: TONES[row.state],
        sort=("state",),
    ),
    Column(
        name="seats",
        label=pgettext_lazy("plan", "Seats"),
        value=lambda row: row.seats or 0,
        kind="number",
        sort=("seats",),
    ),
    Column(name="reason", label=_("Reason"), value=lambda row: row.reason),
    Column(name="by", label=_("Drafted by"), value=lambda row: row.drafted_by),
    Column(
        name="drafted_at",
        label=_("Drafted at"),
        value=lambda row: row.drafted_at,
        kind="moment",
        sort=("drafted_at",),
    ),
    Column(
        name="released_at",
        label=_("Released at"),
        value=lambda row: row.released_at,
        kind="moment",
        sort=("released_at",),
    ),
)


def plan_listing(person: Person) -> Listing:
    """List the versions of plans one may know of."""
    return Listing(
        columns=VERSION,
        rows=queries.plans_for(person),
        order=("-year__year", "-number"),
        caption=_("Versions"),
        empty=_("No version yet that you may know of."),
        filters=(
            Filter(
                name="year",
                label=_("Programme year"),
                apply=lambda rows, number: rows.filter(year__year=int(number)),
                choices=lambda: [(str(x), str(x)) for x in queries.years_for(person)],
            ),
            Filter(
                name="state",
                label=_("State"),
                apply=lambda rows, state: rows.filter(state=state),
                choices=lambda: list(PLAN.names.items()),
            ),
        ),
    )


@require_safe
def plans(request: HttpRequest) -> HttpResponse:
    """List the versions of plans one may know of."""
    person = shown.who(request)
    listing = plan_listing(person)
    links = []
    url = address("home:bring", "plan")
    if url and queries.may(person, "import_plan"):
        links.append({"label": _("Bring a table (CSV)"), "url": url, "icon": "upload"})
    return show(request, "intake/plans.html", listing, links=links)


@require_safe
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a version: country by position and wave, with every total."""
    person = shown.who(request)
    row: Plan = get_object_or_404(queries.plans_for(person), pk=pk)
    order = ("position__rank", "wave__arrives_on", "country__name_en")
    lines = [
        (str(one.country), one.position.code, str(one.wave), one.seats)
        for one in queries.lines_for(person).filter(plan=row).order_by(*order)
    ]
    table = crosstab(lines)
    table.rows.sort()
    resolution = resolution_about(row.key, since=row.submitted_at)
    context = {
        "plan": row,
        "version": _version(row),
        "tone": TONES[PlanState(row.state)],
        "lede": LEDES[row.state],
        "table": table,
        "moves": queries.moves_of_plan(person, row),
        "may_set": row.state == PlanState.DRAFT and queries.may(person, "set_lines", row),
        "may_draft": queries.may(person, "draft_plan", row.year),
        "resolution": resolution,
        "approval": box(person, row.key, clock.today()),
        "may_read": may_read(person, resolution),
        "may_record": resolution is None and may_record_about(person, row.key),
        "crumbs": [Crumb(label=_("Invitation plans"), url=reverse("intake:plans"))],
    }
    return render(request, "intake/plan.html", context)


def draft_plan(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin a new version of a year's plan."""
    person = shown.who(request)
    year: ProgrammeYear = get_object_or_404(queries.years_for(person), pk=pk)
    queries.require(person, "draft_plan", year)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = actions.draft_plan(
            year,
            reason=form.cleaned_data["reason"],
            copy_from=queries.latest_plan(year) if form.cleaned_data["copy"] else None,
            by=person,
            at=clock.now(),
        )
        messages.success(request, gettext("The draft is begun."))
        return redirect("intake:plan", pk=made.pk)
    context = {"form": form, "year": year}
    return render(request, "intake/draft.html", context, status=422 if form.errors else 200)


def lines(request: HttpRequest, pk: int) -> HttpResponse:
    """Set the lines of a draft."""
    person = shown.who(request)
    row: Plan = get_object_or_404(queries.plans_for(person), pk=pk)
    queries.require(person, "set_lines", row)
    order = ("country__name_en", "position__rank", "wave__arrives_on")
    form = LinesForm(
        request.POST or None,
        lines=list(queries.lines_for(person).filter(plan=row).order_by(*order)),
        codes=queries.codes_of_lines(row.year),
        initial={"version": row.version},
    )
    if request.method == "POST" and form.is_valid() and _lines_set(request, row, form):
        messages.success(request, gettext("The lines are saved."))
        return redirect("intake:plan", pk=row.pk)
    context = {"form": form, "plan": row, "version": _version(row)}
    return render(request, "intake/lines.html", context, status=422 if form.errors else 200)


def _lines_set(request: HttpRequest, row: Plan, form: LinesForm) -> bool:
    """Write the lines as the form says; say in the form what stands against them."""
    if form.cleaned_data["version"] != row.version:
        raise MoveNotAllowed(
            gettext("This version is no longer the draft you opened. Open it again.")
        )
    try:
        actions.set_lines(row, form.wanted(), by=shown.who(request), at=clock.now())
    except actions.LineFault as error:
        form.add_error(None, str(error))
        return False
    return True


def move_plan(request: HttpRequest, pk: int, move: str) -> HttpResponse:
    """Submit, return or release a version, after asking once more."""
    person = shown.who(request)
    row: Plan = get_object_or_404(queries.plans_for(person), pk=pk)
    queries.require(person, move, row)
    back = reverse("intake:plan", args=[row.pk])
    if request.method == "POST":
        acts = {
            "submit_plan": actions.submit_plan,
            "return_plan": actions.return_plan,
            "release_plan": actions.release_plan,
        }
        acts[move](row, by=person, at=clock.now())
        messages.success(request, gettext("Done."))
        return redirect(back)
    label = row.lifecycle.moves[move].label
    return shown.confirm(request, title=label, text=TEXTS[move], back=back)
