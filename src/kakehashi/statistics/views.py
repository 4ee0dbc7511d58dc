"""The pages of the yearbook: its tables, the annual change, and the counts they come from."""

from collections.abc import Sequence
from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext

from kakehashi.directory.models import Person
from kakehashi.directory.policy import seats_of
from kakehashi.directory.queries import prefectures_by_code
from kakehashi.kernel import clock
from kakehashi.kernel.words import Words, _
from kakehashi.statistics import actions, queries
from kakehashi.statistics.forms import CensusDay
from kakehashi.statistics.models import Census
from kakehashi.statistics.policy import policy
from kakehashi.statistics.queries import Change, Row, Table
from kakehashi.web.charts import Data, Picture, Series, bar_chart, stacked_chart
from kakehashi.web.components import Crumb, Figure, Key, Part, bar_parts
from kakehashi.web.dates import day_words, number_words
from kakehashi.web.japan import Counted, Places, places
from kakehashi.web.listing import Column, Listing, show
from kakehashi.web.rows import page_of
from kakehashi.web.sheet import csv_response

COLOURS = {"ALT": "alt", "CIR": "cir", "SEA": "sea"}  # as the design paints the positions
MAKERS = {
    "country": queries.table_by_country,
    "host": queries.table_by_host,
    "employer": queries.table_by_employer,
}


def yearbook(request: HttpRequest) -> HttpResponse:
    """Show the annual change, and the tables of the newest official census."""
    person = _person(request)
    series = queries.annual_change()
    newest = next((row.census for row in reversed(series) if row.census), None)
    context = {
        "census": newest,
        **_annual(series),
        "positions_chart": _positions_chart(series),
        "chart": _chart(series) if any(row.total for row in series) else None,
        "may_take": policy.allows(person, "take_census", None),
        **(_of(person, newest) if newest else {}),
    }
    return render(request, "statistics/yearbook.html", context)


def census(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the tables of one census."""
    person, found = _person(request), _census(request, pk)
    return render(
        request,
        "statistics/census.html",
        {"census": found, "crumbs": _way(found), **_of(person, found)},
    )


def all_tables(request: HttpRequest, pk: int) -> HttpResponse:
    """Show all tables of one census under one another, for printing."""
    found = _census(request, pk)
    context = {
        "census": found,
        **_annual(queries.annual_change()),
        "crumbs": [*_way(found), Crumb(label=_("All tables"))],
        **_of(_person(request), found),
    }
    return render(request, "statistics/all_tables.html", context)


def table_csv(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """Hand out one table of a census as CSV."""
    found = _census(request, pk)
    if name not in MAKERS:
        raise Http404
    table = MAKERS[name](found)
    rows = (
        [row.code, row.name_en, row.name_ja, *(row.pairs if table.in_pairs else row.cells)]
        for row in table.rows
    )
    return csv_response(f"{name}-{found.taken_on}", _headings(table), rows)


def annual_csv(request: HttpRequest) -> HttpResponse:
    """Hand out the annual change as CSV, with the source of every year."""
    policy.require(_person(request), "read_yearbook", None)
    series = queries.annual_change()
    codes = queries.positions_in(series)
    head = ["year", "total", "change", "countries", *codes, "source", "note"]
    rows = (
        [
            row.year,
            row.total,
            row.change,
            row.countries,
            *(row.by_position.get(code) for code in codes),
            _source(row),
            row.note,
        ]
        for row in series
    )
    return csv_response("annual-change", head, rows)


def censuses(request: HttpRequest) -> HttpResponse:
    """List the counts I may know of."""
    listing = Listing(
        rows=queries.census_for(_person(request)),
        columns=COLUMNS,
        order=("-taken_on",),
        caption=_("Censuses"),
        empty=_("The register has not been counted yet."),
    )
    context = {
        "crumbs": [_home(), Crumb(label=_("Censuses"))],
        "may_take": policy.allows(_person(request), "take_census", None),
    }
    return show(request, "statistics/censuses.html", listing, **context)


def take_census(request: HttpRequest) -> HttpResponse:
    """Count the register as of a day."""
    person = _person(request)
    policy.require(person, "take_census", None)
    form = CensusDay(request.POST or None, initial={"on": clock.today()})
    if form.is_valid():
        try:
            taken = actions.take_census(on=form.cleaned_data["on"], by=person, at=clock.now())
        except (actions.NotYet, actions.CountedAlready) as error:
            form.add_error("on", str(error))
        except actions.NoHostBody as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, gettext("The register is counted."))
            return redirect("statistics:census", taken.pk)
    context = {"form": form, "crumbs": [_home(), Crumb(label=_("Count the register"))]}
    return render(request, "statistics/take_census.html", context)


COLUMNS = (
    Column(
        name="taken_on",
        label=_("Day of the census"),
        value=lambda row: row.taken_on,
        sort=("taken_on",),
        link=page_of("statistics:census"),
        kind="day",
        head=True,
    ),
    Column(
        name="kind",
        label=_("Kind"),
        value=lambda row: _("Official") if row.is_official else _("Interim"),
        kind="tag",
        tone=lambda row: "ok" if row.is_official else "line",
    ),
    Column(
        name="people",
        label=_("People"),
        value=lambda row: row.people,
        sort=("people",),
        kind="number",
    ),
    Column(
        name="taken_at",
        label=_("Counted at"),
        value=lambda row: row.taken_at,
        sort=("taken_at",),
        kind="moment",
    ),
    Column(
        name="taken_by",
        label=_("Counted by"),
        value=lambda row: row.taken_by or _("The system, on the census day"),
    ),
)


def _of(person: Person, found: Census) -> dict[str, object]:
    """Give the tables of a census and the key figures above them."""
    country, host, employer = queries.tables(found)
    total = country.total.total
    bodies = sum(1 for row in host.rows if row.kind == "one" and row.total.people)
    figures = [
        Figure(label=_("Participants"), value=total.people, note=_note(country)),
        Figure(label=_("Countries"), value=len(country.body)),
        Figure(label=_("Host prefectures and designated cities"), value=bodies),
        Figure(label=_("Contracting organisations"), value=employer.total.total.organisations),
    ]
    return {
        "country": country,
        "shares": _shares(country),
        "keys": [
            Key(label=one.code, colour=COLOURS.get(one.code, "")) for one in country.positions
        ],
        "host": host,
        "places": _places(person, host),
        "employer": employer,
        "figures": figures,
    }


def _shares(country: Table) -> list[tuple[Row, list[Part]]]:
    """Give each country its bar, as long as its people beside those of the largest."""
    most = max((row.total.people for row in country.body), default=0)
    codes = [one.code for one in country.positions]
    return [
        (
            row,
            bar_parts(
                most,
                *(
                    (one.people, COLOURS.get(code, ""))
                    for code, one in zip(codes, row.counts, strict=True)
                ),
            ),
        )
        for row in country.body
    ]


def _places(person: Person, host: Table) -> Places:
    """Put the people of each prefecture on the map; officers go on to its organisations."""
    offices = reverse("directory:offices")
    link = (lambda code: f"{offices}?prefecture={code}") if seats_of(person) else None
    return places(
        prefectures_by_code().values(),
        {
            code: Counted(value=cells[-1], cells=cells)
            for code, cells in host.by_prefecture.items()
        },
        link,
        name="host",
        label=_("Participants by prefecture"),
        heads=[*(one.code for one in host.positions), _("Total")],
    )


def _annual(series: list[Change]) -> dict[str, object]:
    """Give every year with its people by position, in the order of the headings."""
    codes = queries.positions_in(series)
    rows = [(row, [row.by_position.get(code) for code in codes]) for row in series]
    return {"codes": codes, "changes": rows}


def _note(country: Table) -> str:
    """Name how many serve in each position: “ALT 5,245 · CIR 514 · SEA 2”."""
    counts = zip(country.positions, country.total.counts, strict=True)
    return " · ".join(f"{one.code} {number_words(count.people)}" for one, count in counts)


def _chart(series: list[Change]) -> Picture:
    """Draw the published years and, beside them, the years this system has counted itself."""
    known = [row for row in series if row.total]
    marked = {series.index(known[0]), series.index(known[-1])}
    published = [None if row.census else row.total for row in series]
    counted = [row.total if row.census else None for row in series]
    lines = [Series(name=_("Published"), values=published)]
    if any(counted):
        lines.append(Series(name=_("Counted by this system"), values=counted))
    return bar_chart(
        Data(
            name="annual",
            title=gettext("Participants each year, %(first)s to %(last)s")
            % {"first": known[0].year, "last": known[-1].year},
            summary=_summary(known[0], known[-1]),
            head=_("Year"),
            labels=[str(row.year) for row in series],
            series=lines,
            marked=frozenset(marked),
        )
    )


def _positions_chart(series: list[Change]) -> Picture | None:
    """Stack the positions of each year for which they are known one by one."""
    codes = queries.positions_in(series)
    known = [row for row in series if row.by_position]
    if len(known) < 2:  # noqa: PLR2004 -- one year is no change
        return None
    return stacked_chart(
        Data(
            name="positions",
            title=_("Participants each year by position"),
            summary=gettext("Positions are known for %(years)s of %(all)s years.")
            % {"years": len(known), "all": len(series)},
            head=_("Year"),
            labels=[str(row.year) for row in known],
            series=[
                Series(name=code, values=[row.by_position.get(code) for row in known])
                for code in codes
            ],
        )
    )


def _summary(first: Change, last: Change) -> str:
    return gettext("From %(first)s in %(first_year)s to %(last)s in %(last_year)s.") % {
        "first": _size(first),
        "first_year": first.year,
        "last": _size(last),
        "last_year": last.year,
    }


def _size(row: Change) -> str:
    if row.countries is None:
        return gettext("%(people)s people") % {"people": number_words(row.total)}
    return gettext("%(people)s people of %(countries)s countries") % {
        "people": number_words(row.total),
        "countries": row.countries,
    }


def _source(row: Change) -> str:
    if row.census:
        return gettext("Census of this system, %(day)s") % {
            "day": day_words(row.census.taken_on, "table")
        }
    return row.source


def _headings(table: Table) -> Sequence[str]:
    codes = [*(one.code for one in table.positions), "total"]
    head = ["code", "name_en", "name_ja"]
    if not table.in_pairs:
        return [*head, *codes]
    return [
        *head,
        *(f"{code}_{what}" for code in codes for what in ("organisations", "people")),
    ]


def _way(found: Census) -> list[Crumb]:
    label: Words = day_words(found.taken_on)
    return [_home(), Crumb(label=label, url=reverse("statistics:census", args=[found.pk]))]


def _home() -> Crumb:
    return Crumb(label=_("Yearbook"), url=reverse("statistics:yearbook"))


def _person(request: HttpRequest) -> Person:
    return cast("Person", request.user)


def _census(request: HttpRequest, pk: int) -> Census:
    return get_object_or_404(queries.census_for(_person(request)), pk=pk)
