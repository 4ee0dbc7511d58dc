"""The one list page: filters, order, pages, batch actions and CSV, for every part alike.

A part says what its columns and filters are and calls `show`.  The page costs two queries however
many rows there are, if `rows` selects what the columns read.  A value nobody could have chosen
never breaks the page: it falls back and the page says so.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal, NamedTuple

from django.core.exceptions import FieldError, ValidationError
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext

from kakehashi.kernel.words import Words
from kakehashi.web import saved, sheet
from kakehashi.web.dates import NONE
from kakehashi.web.models import SavedView
from kakehashi.web.rows import Rows, read_only, rows_of
from kakehashi.web.values import counted, kept, words_of

PER_PAGE = 25
OFFERED = (25, 50, 100)  # rows of a page; what a reader chooses is kept with their account
MOST_ACTIONS = 4
LONGEST = 200  # characters of a filter anyone may type

Kind = Literal["text", "number", "tag", "day", "moment"]


def _pk(row: Any) -> object:  # noqa: ANN401 -- a row of any kind
    return row.pk


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column.  `sort` names the fields it orders by; `head` marks what the row is about."""

    name: str
    label: Words
    value: Callable[[Any], object]
    sort: tuple[str, ...] = ()
    link: Callable[[Any], str] | None = None
    kind: Kind = "text"
    head: bool = False
    tone: Callable[[Any], str] | None = None


@dataclass(frozen=True, kw_only=True)
class Filter:
    """One field above the list; free text where there are no `choices`."""

    name: str
    label: Words
    apply: Callable[[Rows, str], Rows]
    choices: Callable[[], Sequence[tuple[str, Words]]] | None = None


@dataclass(frozen=True, kw_only=True)
class Batch:
    """One thing to do to the ticked rows: they are posted to `url` as `row`."""

    name: str
    label: Words
    url: str
    primary: bool = False


@dataclass(frozen=True, kw_only=True)
class Listing:
    """A whole list.  `rows` must already be what this reader may know of.

    `reads` names every field that columns, links, tones and `key` read, so that no others are.
    `empty` is said when nothing was ever there; `narrow` is what a phone does with the table;
    `exporting` is called with all rows before the first byte of a CSV leaves.
    """

    columns: tuple[Column, ...]
    rows: Rows
    order: tuple[str, ...]
    caption: Words
    empty: Words
    filters: tuple[Filter, ...] = ()
    batch: tuple[Batch, ...] = ()
    key: Callable[[Any], object] = _pk
    narrow: Literal["stack", "scroll"] = "stack"
    exporting: Callable[[Rows], None] | None = None
    reads: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse a bar of buttons in which nobody finds the one they want."""
        if len(self.batch) > MOST_ACTIONS:
            raise ValueError(f"a batch bar has at most {MOST_ACTIONS} actions")


class Cell(NamedTuple):
    """One cell as it is drawn."""

    text: str
    column: Column
    url: str = ""
    tone: str = ""
    moment: str = ""


@dataclass(frozen=True, kw_only=True)
class Row:
    """One row as it is drawn; `key` is what its checkbox sends."""

    key: str
    name: str
    cells: list[Cell]


@dataclass(frozen=True, kw_only=True)
class Heading:
    """One column heading; `to` is the sort its link asks for, `sorted` what holds now."""

    column: Column
    to: str
    sorted: Literal["", "ascending", "descending"] = ""


@dataclass(frozen=True, kw_only=True)
class Control:
    """One filter as it is drawn, with what was asked."""

    name: str
    label: Words
    value: str
    shown: str
    choices: Sequence[tuple[str, Words]] | None


@dataclass
class Asked:
    """What the reader asked for, and what could not be understood of it."""

    rows: Rows
    columns: Sequence[Column] = ()
    sort: str = ""
    controls: list[Control] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def active(self) -> list[Control]:
        """List the filters that narrow the list."""
        return [control for control in self.controls if control.value]

    @property
    def shown(self) -> list[str]:
        """Name the columns that are shown."""
        return [column.name for column in self.columns]


def show(
    request: HttpRequest, template: str, listing: Listing, **context: object
) -> HttpResponse:
    """Answer with the page, with its `#rows` for htmx, or a file for `?format=csv` or `xlsx`.

    `template` includes `web/listing.html` where the list shall stand.
    """
    kept = saved.views_at(getattr(request, "user", None), request.path)
    if not request.GET and (first := saved.default_of(kept)) and first.query:
        return HttpResponseRedirect(first.url)
    asked = ask(request, listing)
    if request.GET.get("format") in {"csv", "xlsx"}:
        return _file(request, listing, asked)
    page, drawn = _page(request, listing, asked)
    context |= {
        **_views(request, kept),
        "listing": listing,
        "asked": asked,
        "page": page,
        "pages": page_numbers(page),
        "rows": [draw_row(listing, row, asked.columns) for row in drawn],
        "headings": [draw_heading(column, asked.sort) for column in asked.columns],
        "offered": OFFERED,
        "total": listing.rows.count() if asked.active and not drawn else None,
        "query": _query(request),
        "partial": _wants_rows(request),
    }
    response = render(
        request, "web/listing.html#rows" if context["partial"] else template, context
    )
    patch_vary_headers(response, ["HX-Request", "HX-Target"])
    return response


def chosen(request: HttpRequest, listing: Listing) -> Rows:
    """Find the rows a batch form names: the ticked ones, or with `all` every filtered one.

    Start from the same `Listing`, so that nobody can name a row they may not know of.  Keys that
    are no keys are nobody's.
    """
    if request.POST.get("all"):
        return ask(request, listing).rows
    keys = []
    for value in request.POST.getlist("row"):
        try:
            keys.append(listing.rows.model._meta.pk.to_python(value))
        except ValidationError:
            continue
    return listing.rows.filter(pk__in=keys)


def narrowed(listing: Listing, asked: Mapping[str, str]) -> Rows:
    """Find the rows that the list shows at an address with these filters."""
    filters = {one.name: one for one in listing.filters}
    rows = listing.rows
    for name, value in asked.items():
        rows = filters[name].apply(rows, value)
    return rows


def ask(request: HttpRequest, listing: Listing) -> Asked:
    """Read filters and order from the address; what cannot be understood is noted and left out."""
    asked = Asked(rows=listing.rows)
    for one in listing.filters:
        _apply(request, one, asked)
    _order(request, listing, asked)
    _choose(request, listing, asked)
    return asked


def _choose(request: HttpRequest, listing: Listing, asked: Asked) -> None:
    """Show the columns that are wanted, and always what the row is about."""
    wanted = request.GET.getlist("columns")
    unknown = set(wanted) - {column.name for column in listing.columns}
    if unknown:
        words = gettext("This list has no column “%(column)s”, so it is left out.")
        asked.notes.append(words % {"column": ", ".join(sorted(unknown))[:LONGEST]})
    known = [one for one in listing.columns if not wanted or one.head or one.name in wanted]
    asked.columns = known if {one.name for one in known} & set(wanted) else listing.columns


def _views(request: HttpRequest, kept: list[SavedView]) -> dict[str, object]:
    """Give the views the reader keeps of this list, which of them this is, and its address."""
    query = saved.tidy(request.GET.urlencode())
    here = f"{request.path}?{query}" if query else request.path
    tabs = [(view, saved.same(view.query, query)) for view in kept]
    return {
        "views": tabs,
        "view_now": next((view for view, current in tabs if current), None),
        "may_keep": hasattr(getattr(request, "user", None), "keeps_views"),
        "kept_query": query,
        "share_url": request.build_absolute_uri(here),
        "others": [
            (k, v) for k, values in QueryDict(query).lists() if k != "columns" for v in values
        ],
    }


def _apply(request: HttpRequest, one: Filter, asked: Asked) -> None:
    value = request.GET.get(one.name, "").replace("\x00", "").strip()[:LONGEST]
    choices = one.choices() if one.choices else None
    names = dict(choices or ())
    understood = not value or choices is None or value in names
    if value and understood:
        try:
            asked.rows = one.apply(asked.rows, value)
        except (ValueError, TypeError, ValidationError, FieldError, OverflowError):
            understood = False
    if not understood:
        asked.notes.append(
            gettext("%(filter)s has no “%(value)s”, so it is left out.")
            % {"filter": one.label, "value": value}
        )
        value = ""
    asked.controls.append(
        Control(
            name=one.name,
            label=one.label,
            value=value,
            shown=str(names.get(value, value)),
            choices=choices,
        )
    )


def _order(request: HttpRequest, listing: Listing, asked: Asked) -> None:
    wanted = request.GET.get("sort", "")
    sortable = {column.name: column.sort for column in listing.columns if column.sort}
    order = listing.order
    if wanted.removeprefix("-") in sortable:
        asked.sort = wanted
        order = sortable[wanted.removeprefix("-")]
        order = tuple(map(_turned, order)) if wanted.startswith("-") else order
    elif wanted:
        words = gettext("This list cannot be sorted by “%(column)s”; its usual order is shown.")
        asked.notes.append(words % {"column": wanted[:LONGEST]})
    tie = () if {"pk", "-pk"} & set(order) else ("pk",)
    asked.rows = asked.rows.order_by(*order, *tie)


def _turned(name: str) -> str:
    return name.removeprefix("-") if name.startswith("-") else f"-{name}"


def _page(request: HttpRequest, listing: Listing, asked: Asked) -> tuple[Page[Any], list[Any]]:
    wanted = request.GET.get("page", "")
    size = getattr(getattr(request, "user", None), "rows", PER_PAGE)
    page: Page[Any] = Paginator(asked.rows, size).get_page(wanted or 1)
    if wanted and wanted != str(page.number):
        words = gettext("There is no page “%(wanted)s”; page %(shown)s is shown.")
        asked.notes.append(words % {"wanted": wanted[:LONGEST], "shown": page.number})
    return page, list(rows_of(page, asked.rows, listing.reads))


def page_numbers(page: Page[Any]) -> list[int | None]:
    """List the page numbers to offer; `None` stands for those left out."""
    last = page.paginator.num_pages
    near = {1, last, page.number - 1, page.number, page.number + 1}
    numbers: list[int | None] = []
    before = 0
    for number in sorted(n for n in near if 1 <= n <= last):
        if number - before > 1:
            numbers.append(None)
        numbers.append(before := number)
    return numbers


def draw_heading(column: Column, sort: str) -> Heading:
    """Say how a heading stands, and what its link asks for."""
    if sort == column.name:
        return Heading(column=column, to=f"-{column.name}", sorted="ascending")
    if sort == f"-{column.name}":
        return Heading(column=column, to=column.name, sorted="descending")
    return Heading(column=column, to=column.name)


def draw_row(
    listing: Listing,
    row: Any,  # noqa: ANN401 -- a row of any kind
    columns: Sequence[Column] = (),
) -> Row:
    """Turn a thing into a row of cells."""
    cells = [_cell(column, row) for column in columns or listing.columns]
    heads = [cell.text for cell in cells if cell.column.head]
    return Row(key=str(listing.key(row)), name=" ".join(heads) or cells[0].text, cells=cells)


def _cell(column: Column, row: Any) -> Cell:  # noqa: ANN401 -- a row of any kind
    value = column.value(row)
    text = words_of(value)
    return Cell(
        text=text,
        column=column,
        url=column.link(row) if column.link else "",
        tone=column.tone(row) if column.tone and text != NONE else "",
        moment=value.isoformat() if isinstance(value, date) else "",
    )


def _file(request: HttpRequest, listing: Listing, asked: Asked) -> HttpResponse:
    """Send what the list shows, in its columns, order and language."""
    if listing.exporting:
        listing.exporting(asked.rows)
    whole = request.GET["format"] == "xlsx"
    plain = kept if whole else counted
    rows = (
        [plain(column.value(row)) for column in asked.columns]
        for row in read_only(asked.rows, listing.reads).iterator(chunk_size=1000)
    )
    match = request.resolver_match
    name = match.url_name if match and match.url_name else "list"
    heads = [str(column.label) for column in asked.columns]
    if whole:
        return sheet.workbook_response(name, str(listing.caption), heads, rows)
    return sheet.csv_response(name, heads, rows)


def _query(request: HttpRequest) -> str:
    """Give filters and order as they stand, for what is done to "all that match"."""
    return saved.tidy(request.GET.urlencode())


def _wants_rows(request: HttpRequest) -> bool:
    htmx = getattr(request, "htmx", None)
    if not htmx or htmx.history_restore_request:
        return False
    return bool(htmx.target == "rows")
