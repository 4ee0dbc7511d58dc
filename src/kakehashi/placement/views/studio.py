"""The studio: whom a run places, on a map and in a list that share their filters."""

from django.http import HttpRequest, HttpResponse, QueryDict
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_safe

from kakehashi.directory.models import Person
from kakehashi.intake.queries import positions_by_code
from kakehashi.kernel.words import Words, _
from kakehashi.placement import queries
from kakehashi.placement.lifecycle import KIND_NAMES, LockKind, RunState
from kakehashi.placement.models import Placement, Run
from kakehashi.placement.views.common import in_prefecture, prefectures, who
from kakehashi.placement.views.runs import crumbs, find
from kakehashi.web import japan
from kakehashi.web.listing import Batch, Column, Filter, Listing, show
from kakehashi.web.rows import Rows, named

WISHES: list[tuple[str, Words]] = [
    ("1", _("First")),
    ("2", _("Second")),
    ("3", _("Third")),
    ("0", _("None of them")),
]


def person_link(run: int, application: int) -> str:
    """Give the page of what a run does with one person."""
    return reverse("placement:person_in_run", args=[run, application])


def _hand(row: Placement) -> Words:
    kind = getattr(row, "by_hand", None)
    return KIND_NAMES[LockKind(kind)] if kind else ""


def _was(row: Placement) -> str:
    """Name the request of the earlier run where it was another."""
    was = getattr(row, "was", "")
    return "" if not was or was == row.request.number else was


COLUMNS = (
    Column(
        name="application",
        label=_("Application"),
        value=lambda row: row.application.number,
        sort=("application__number",),
        link=lambda row: person_link(row.run_id, row.application_id),
        head=True,
    ),
    Column(
        name="country",
        label=_("Country"),
        value=lambda row: row.application.country,
        sort=("application__country__code",),
    ),
    Column(name="position", label=_("Position"), value=lambda row: row.request.position.code),
    Column(
        name="organisation",
        label=_("Placed at"),
        value=lambda row: row.request.organisation,
        sort=("request__organisation__code",),
        link=lambda row: reverse("placement:seat_in_run", args=[row.run_id, row.request_id]),
    ),
    Column(
        name="prefecture",
        label=_("Prefecture"),
        value=lambda row: queries.prefecture_of(row.request.organisation),
    ),
    Column(
        name="wish",
        label=_("Wish met"),
        value=lambda row: row.wish_met,
        sort=("wish_met",),
        kind="number",
    ),
    Column(
        name="cost", label=_("Cost"), value=lambda row: row.cost, sort=("cost",), kind="number"
    ),
    Column(name="hand", label=_("By hand"), value=_hand),
)

READS = (
    *("run_id", "wish_met", "cost", "application__number"),
    *("request__number", "request__position__code"),
    *named("application__country", "request__organisation"),
    *named("request__organisation__prefecture"),
    *named("request__organisation__municipality__prefecture"),
    *named("request__organisation__parent__prefecture"),
)


def studio_listing(person: Person, run: Run, before: Run | None) -> Listing:
    """List whom a run places, by number; CLAIR's officers can lock the ticked ones."""
    columns: tuple[Column, ...] = COLUMNS
    if before:
        label = _("In run {number}").format(number=before.number)
        columns = (*COLUMNS, Column(name="was", label=label, value=_was))
    url = reverse("placement:lock", args=[run.pk])
    may_lock = run.state == RunState.SOLVED and queries.may(person, "lock", run)
    return Listing(
        columns=columns,
        rows=queries.studio_rows(run, before),
        order=("application__number",),
        caption=_("Placements"),
        empty=_("Nobody is placed by this run."),
        filters=_filters(run, before),
        reads=READS,
        batch=(Batch(name="lock", label=_("Lock"), url=url, primary=True),) if may_lock else (),
    )


def _filters(run: Run, before: Run | None) -> tuple[Filter, ...]:
    """Offer what the map and the list share; choices are read once for both."""
    places, codes = prefectures(), [(code, code) for code in positions_by_code()]
    shown: list[tuple[str, Words]] = [
        ("hand", _("Decided by hand")),
        ("couples", _("Couples")),
    ]
    if before:
        shown.insert(
            0, ("changed", _("Changed since run {number}").format(number=before.number))
        )

    def of_wish(rows: Rows, wish: str) -> Rows:
        return rows.filter(wish_met=int(wish) or None)

    return (
        Filter(
            name="prefecture",
            label=_("Prefecture"),
            apply=in_prefecture("request__organisation"),
            choices=lambda: places,
        ),
        Filter(
            name="position",
            label=_("Position"),
            apply=lambda rows, code: rows.filter(request__position__code=code),
            choices=lambda: codes,
        ),
        Filter(name="wish", label=_("Wish met"), apply=of_wish, choices=lambda: WISHES),
        Filter(
            name="show",
            label=_("Show"),
            apply=lambda rows, wanted: queries.shown_as(rows, wanted, run),
            choices=lambda: shown,
        ),
    )


@require_safe
def placed(request: HttpRequest, pk: int) -> HttpResponse:
    """Show whom a run places, by number, on a map and in a list; both follow the same filters."""
    person, shown = who(request), find(request, pk)
    before = queries.before_of(person, shown)
    listing = studio_listing(person, shown, before)
    places = _map(person, listing, request.GET)
    context = {
        "run": shown,
        "places": places,
        "locks": queries.standing_locks(shown),
        "may_start": queries.may(person, "start_run"),
        "crumbs": crumbs(shown),
    }
    answer = show(request, "placement/studio.html", listing, **context)
    if request.headers.get("HX-Target") == "rows" and not request.GET.get("format"):
        # the list was drawn alone: the map goes with it, so that both say the same
        answer.write(
            render_to_string("placement/studio_map.html", {"places": places, "oob": True})
        )
    return answer


def _map(person: Person, listing: Listing, asked: QueryDict) -> japan.Places:
    """Count the listed people on a map; a tile adds its prefecture to the filters that hold."""
    rows, kept = listing.rows, QueryDict(mutable=True)
    for one in listing.filters:
        value = asked.get(one.name, "")
        known = one.choices is not None and value in dict(one.choices())
        if known and one.name != "prefecture":
            rows = one.apply(rows, value)
            kept[one.name] = value
    counted = queries.counted_by_prefecture(rows)

    def link(code: str) -> str:
        with_it = kept.copy()
        with_it["prefecture"] = code
        return f"?{with_it.urlencode()}"

    return japan.places(
        queries.prefectures_for(person),
        {code: japan.Counted(value=count) for code, count in counted.items() if code},
        link,
        name="studio",
        label=_("People placed, as the list is filtered"),
    )
