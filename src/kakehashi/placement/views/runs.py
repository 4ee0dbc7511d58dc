"""Pages of runs: the list, one run with its plan and its check, and whom it places or leaves."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from kakehashi.councils.queries import resolution_about
from kakehashi.directory.models import Person
from kakehashi.directory.policy import holds
from kakehashi.directory.rules import Role
from kakehashi.intake.queries import current_year
from kakehashi.kernel import clock
from kakehashi.kernel.words import Words, _, pgettext_lazy
from kakehashi.placement import actions, queries
from kakehashi.placement.forms import StartForm
from kakehashi.placement.lifecycle import RUN, RunState
from kakehashi.placement.models import Run
from kakehashi.placement.rules import level_name
from kakehashi.placement.views.common import act, links, only_post, who
from kakehashi.web.components import Bar, Crumb, Figure, Key, Tile, bar_parts, shade_of
from kakehashi.web.dates import number_words
from kakehashi.web.japan import Places
from kakehashi.web.listing import Column, Filter, Listing, show
from kakehashi.web.rows import page_of

TONES = {
    RunState.WAITING: "now",
    RunState.SOLVED: "now",
    RunState.FAILED: "bad",
    RunState.RELEASED: "ok",
    RunState.DISCARDED: "",
}
FULL = (1, 50, 70, 85, 100)  # percent from which a tile is a shade darker
SHADES: list[tuple[str, Words]] = [
    ("1", _("under 50%")),
    ("2", _("50–69%")),
    ("3", _("70–84%")),
    ("4", _("85–99%")),
    ("5", _("full")),
]
STEPS: dict[str, Words] = {
    "": _("Waiting for the worker"),
    "build": _("Building the market"),
    "solve": _("Solving"),
    "verify": _("Checking the plan independently"),
    "store": _("Storing the plan"),
}


def tone(row: Run) -> str:
    """Colour a run by where it stands."""
    return TONES[RunState(row.state)]


def crumbs(run: Run | None = None) -> list[Crumb]:
    """Say where a page lies: among the runs, or within one of them."""
    found = [Crumb(label=_("Runs"), url=reverse("placement:runs"))]
    if run is not None:
        label = gettext("Run %(number)s, %(year)s") % {"number": run.number, "year": run.year}
        found.append(Crumb(label=label, url=reverse("placement:run", args=[run.pk])))
    return found


COLUMNS = (
    Column(
        name="run",
        label=_("Run"),
        value=lambda row: f"{row.year}-{row.number}",
        sort=("year__year", "number"),
        link=page_of("placement:run"),
        head=True,
    ),
    Column(name="wave", label=_("Arrival"), value=lambda row: row.wave or _("All waves")),
    Column(
        name="started",
        label=_("Started"),
        value=lambda row: row.started_at,
        sort=("started_at",),
        kind="moment",
    ),
    Column(
        name="placed",
        label=_("Placed"),
        value=lambda row: row.counts.get("placed"),
        kind="number",
    ),
    Column(
        name="unplaced",
        label=_("Without a place"),
        value=lambda row: len(row.counts["unplaced"]) if row.is_solved else None,
        kind="number",
    ),
    Column(
        name="proved",
        label=_("Proved"),
        value=lambda row: row.is_proved if row.is_solved else None,
    ),
    Column(
        name="state",
        label=_("State"),
        value=lambda row: row.state_name,
        sort=("state",),
        kind="tag",
        tone=tone,
    ),
)


def run_listing(person: Person) -> Listing:
    """List the runs one may know of."""
    return Listing(
        columns=COLUMNS,
        rows=queries.runs_for(person),
        order=("-year__year", "-number"),
        caption=_("Runs"),
        empty=_("No run yet. Accept requests first, then start one."),
        filters=(
            Filter(
                name="state",
                label=_("State"),
                apply=lambda rows, state: rows.filter(state=state),
                choices=lambda: [(str(state), name) for state, name in RUN.names.items()],
            ),
            Filter(
                name="year",
                label=_("Programme year"),
                apply=lambda rows, year: rows.filter(year__year=int(year)),
                choices=lambda: [(str(one), str(one)) for one in queries.years_for(person)],
            ),
        ),
    )


@require_safe
def runs(request: HttpRequest) -> HttpResponse:
    """List every run, and offer to start one."""
    person = who(request)
    listing = run_listing(person)
    context = {"links": links(person, "runs"), "may_start": queries.may(person, "start_run")}
    return show(request, "placement/runs.html", listing, **context)


def start_run(request: HttpRequest) -> HttpResponse:
    """Start a run of the current year: the seed is drawn and committed at that moment."""
    person = who(request)
    queries.require(person, "start_run", None)
    year = current_year(person)
    if year is None:
        raise Http404
    solved = queries.runs_for(person).filter(year=year, solved_at__isnull=False)
    wanted = request.GET.get("near", "")
    form = StartForm(
        request.POST or None,
        waves=queries.waves_for(person).filter(year=year),
        runs=solved,
        near=solved.filter(pk=wanted).first() if wanted.isdigit() else None,
    )
    if request.method == "POST" and form.is_valid():
        try:
            run = act(actions.start_run, year, request, **form.cleaned_data)
        except (actions.RunGoingOn, actions.WeightsMissing) as error:
            form.add_error(None, str(error))
        else:
            return redirect("placement:run", pk=run.pk)
    context = {"form": form, "year": year, "crumbs": crumbs()}
    status = 422 if form.errors else 200
    return render(request, "placement/start_run.html", context, status=status)


def find(request: HttpRequest, pk: int) -> Run:
    """Find a run this reader may know of, or answer that there is no such page."""
    run: Run = get_object_or_404(queries.runs_for(who(request)), pk=pk)
    return run


@require_safe
def run(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a run: how far it is, what it reached, what the check says, where people go."""
    person, shown = who(request), find(request, pk)
    hosts = queries.hosts_of(person, shown)
    context = {
        **_card(person, shown),
        "tone": tone(shown),
        "levels": queries.levels_of(shown),
        "lines": shown.verdict.get("lines", []),
        "figures": _figures(shown) if shown.is_solved else [],
        "bars": [_bar(line) for line in hosts],
        "heads": [
            _("Placed"),
            pgettext_lazy("placement", "Seats"),
            _("At least"),
            _("At most"),
        ],
        "places": _places(person, shown, hosts) if hosts else None,
        "resolution": resolution_about(shown.key),
        "may_resolve": holds(person, Role.PLACEMENT_COMMITTEE)
        and shown.state == RunState.SOLVED,
        "may_open": queries.may(person, "open_sealed", shown) and shown.is_solved,
        "actions": _actions(person, shown) if shown.is_solved else [],
        "crumbs": crumbs(),
    }
    return render(request, "placement/run.html", context)


def _actions(person: Person, shown: Run) -> list[dict[str, object]]:
    """Lead from a run to the studio, to what it could not give, and to another run beside it."""
    pages = [
        (_("Studio"), "placed", "swap"),
        (_("Exceptions"), "exceptions", "alert"),
        (_("Compare"), "compare", ""),
        (_("Papers of the committee"), "committee", "note"),
    ]
    found: list[dict[str, object]] = [
        {"label": label, "url": reverse(f"placement:{name}", args=[shown.pk]), "icon": icon}
        for label, name, icon in pages
    ]
    if queries.may(person, "start_run"):
        again = f"{reverse('placement:start_run')}?near={shown.pk}"
        found.append({"label": _("Run again"), "url": again, "icon": "run"})
    return found


@require_safe
def card(request: HttpRequest, pk: int) -> HttpResponse:
    """Draw only how far a run is; the page asks again every two seconds while it computes."""
    shown = find(request, pk)
    answer = render(request, "placement/run.html#card", _card(who(request), shown))
    if not queries.is_going_on(shown):
        answer["HX-Refresh"] = "true"
    return answer


def _card(person: Person, shown: Run) -> dict[str, object]:
    job = shown.job
    step = job.step if job else ""
    words = level_name(step[6:]) if step.startswith("level:") else STEPS.get(step, step)
    share = round(100 * job.done / job.total) if job and job.total else 0
    moves = {move.name: move for move in queries.moves_for(person, shown)}
    return {
        "run": shown,
        "going_on": queries.is_going_on(shown),
        "failure": shown.failure or (job.failure if job else ""),
        "step": words,
        "share": share,
        "may_stop": queries.may(person, "stop", shown),
        "moves": moves,
        "may_draft": queries.may(person, "draft_notices", shown)
        and shown.state == RunState.SOLVED,
    }


def _figures(shown: Run) -> list[Figure]:
    counts, met = shown.counts, queries.wishes_met(shown)
    wished = sum(met.get(rank, 0) for rank in (1, 2, 3))
    note = gettext("%(n)s met their first wish") % {"n": met.get(1, 0)}
    of_people = gettext("of %(n)s people") % {"n": counts["people"]}
    empty = sum(counts["unfilled"].values())
    of_seats = gettext("of %(n)s seats") % {"n": counts["seats"]}
    couples = gettext("%(n)s treated as singles: no two posts near enough")
    place = [shown.pk]
    return [
        Figure(
            label=_("Placed"),
            value=counts["placed"],
            note=of_people,
            url=reverse("placement:placed", args=place),
        ),
        Figure(
            label=_("Without a place"),
            value=len(counts["unplaced"]),
            url=reverse("placement:unplaced", args=place),
        ),
        Figure(
            label=_("Seats left empty"),
            value=empty,
            note=of_seats,
            url=reverse("placement:unfilled", args=place),
        ),
        Figure(label=_("One of three wishes met"), value=wished, note=note),
        Figure(
            label=_("Couples"),
            value=counts["couples"],
            note=couples % {"n": counts["couples_apart"]} if counts["couples_apart"] else "",
        ),
    ]


def _bar(line: queries.HostLine) -> Bar:
    short = line.placed < line.minimum
    return Bar(
        label=str(line.office),
        gloss=line.office.name_ja,
        parts=bar_parts(max(line.seats, 1), (line.placed, "warn" if short else "")),
        cells=(
            number_words(line.placed),
            number_words(line.seats),
            number_words(line.minimum),
            number_words(line.maximum),
        ),
    )


def _places(person: Person, shown: Run, hosts: list[queries.HostLine]) -> Places:
    """Say for each prefecture what share of its seats is filled; a tile leads to who goes there."""
    seats: dict[int, list[int]] = {}
    for line in hosts:
        if line.office.prefecture_id:
            both = seats.setdefault(line.office.prefecture_id, [0, 0])
            both[0] += line.seats
            both[1] += line.placed
    placed_list = reverse("placement:placed", args=[shown.pk])
    tiles = []
    for prefecture in queries.prefectures_for(person):
        asked, placed = seats.get(prefecture.pk, [0, 0])
        share = round(100 * placed / asked) if asked else None
        unit = "" if share is None else "%"
        tiles.append(
            Tile(
                code=prefecture.code,
                english=prefecture.name_en,
                japanese=prefecture.name_ja,
                value="–" if share is None else str(share),
                unit=unit,
                shade=shade_of(share or 0, FULL),  # type: ignore[arg-type]  # "0" to "5"
                url=f"{placed_list}?prefecture={prefecture.code}",
                cells=(placed, asked, "–" if share is None else f"{share}%"),  # type: ignore[arg-type]  # drawn as figures
            )
        )
    return Places(
        name="places",
        label=_("Share of seats filled"),
        tiles=tiles,
        keys=[Key(label=label, shade=shade) for shade, label in SHADES],
        heads=[_("Placed"), pgettext_lazy("placement", "Seats"), _("Filled")],
    )


def stop(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask the engine to end with the best plan it has."""
    shown = find(request, pk)
    if request.method != "POST":
        return only_post()
    act(actions.stop, shown, request)
    messages.success(request, gettext("The run ends at its next step."))
    return redirect("placement:run", pk=pk)


def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Set a run aside."""
    shown = find(request, pk)
    if request.method != "POST":
        return only_post()
    act(actions.discard, shown, request)
    messages.success(request, gettext("The run is set aside. Nobody was told anything."))
    return redirect("placement:run", pk=pk)


@require_safe
def sealed(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """Hand out the market or the plan, byte for byte, after writing down who took it."""
    shown = find(request, pk)
    actions.open_sealed(shown, by=who(request), at=clock.now())
    text = shown.market if name == "market" else shown.plan
    answer = HttpResponse(text.encode(), content_type="application/json")
    file = f"{name}-{shown.year}-{shown.number}.json"
    answer["Content-Disposition"] = f'attachment; filename="{file}"'
    answer["Cache-Control"] = "no-store"
    return answer
