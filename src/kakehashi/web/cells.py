"""The cells of a list and the choices of its filters, written straight into HTML.

A page of a list has some 225 cells, and some 100 choices above it.  As nodes of a template they
cost ten times what their rows cost the database, so these two are the only HTML that is written in
Python; what stands around them stays in templates.
"""

from collections.abc import Iterable, Sequence
from typing import Protocol

from django.utils.html import conditional_escape, escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from kakehashi.kernel.words import Words
from kakehashi.web.icons import ICONS, OF_TONE


class Column(Protocol):
    """What a cell needs to know of its column."""

    name: str
    label: Words
    kind: str
    head: bool


class Cell(Protocol):
    """What is drawn: words, where they lead, the tone of a tag, the date for machines."""

    text: str
    column: Column
    url: str
    tone: str
    moment: str


class Row(Protocol):
    """One row: what its box sends, whom or what it is about, and its cells."""

    key: str
    name: str
    cells: Sequence[Cell]


def rows_html(rows: Iterable[Row], *, ticks: bool = False) -> SafeString:
    """Draw the rows of a list, each with a box that puts it into a batch where there are `ticks`.

    Each cell says in `data-label` which column it is: phones show rows as cards.
    """
    starts: dict[str, str] = {}
    select = gettext("Select %(name)s") if ticks else ""
    drawn = (
        f'<tr role="row">{_tick(row, select) if ticks else ""}'
        f"{''.join(_cell(cell, starts) for cell in row.cells)}</tr>"
        for row in rows
    )
    return mark_safe("\n".join(drawn))  # noqa: S308 -- every value is escaped below


def options_html(choices: Iterable[tuple[str, Words]], chosen: str) -> SafeString:
    """Draw the choices of a select box, the chosen one marked."""
    drawn = (
        f'<option value="{escape(value)}"{" selected" if value == chosen else ""}>'
        f"{conditional_escape(label)}</option>"
        for value, label in choices
    )
    return mark_safe("".join(drawn))  # noqa: S308 -- every value is escaped above


def tag_html(words: Words, tone: str = "", sign: str = "") -> SafeString:
    """Say a state in a word, an icon and a colour; `sign` names another icon than the tone's."""
    drawn = sign or OF_TONE.get(tone, "")
    mark = f' data-tone="{escape(tone)}"' if tone else ""
    text = f"{icon_html(drawn) if drawn else ''}{conditional_escape(words)}"
    return mark_safe(f'<span class="k-tag"{mark}>{text}</span>')  # noqa: S308 -- escaped


def icon_html(name: str, size: str = "") -> SafeString:
    """Draw an icon; its names are ours, and an unknown one is an error."""
    also = {"": "", "s": " k-i--s", "in": " k-i--s k-i--in"}[size]
    return mark_safe(  # noqa: S308 -- our own drawings
        f'<svg class="k-i{also}" viewBox="0 0 24 24" aria-hidden="true" focusable="false">'
        f"{ICONS[name]}</svg>"
    )


def _tick(row: Row, words: str) -> str:
    name = escape(words % {"name": row.name})
    return (
        f'<td class="fit" role="cell"><label><span class="vh">{name}</span>'
        f'<input class="k-cb" type="checkbox" name="row" value="{escape(row.key)}"></label></td>'
    )


def _cell(cell: Cell, starts: dict[str, str]) -> str:
    column = cell.column
    number = ' class="n"' if column.kind == "number" else ""
    if column.head:
        return f'<th scope="row" role="rowheader"{number}>{_linked(cell, bold=True)}</th>'
    if column.name not in starts:  # a label is looked up and escaped once a page
        starts[column.name] = f'<td role="cell" data-label="{escape(str(column.label))}"'
    look = number or (' class="nw"' if cell.moment else "")
    return f"{starts[column.name]}{look}>{_within(cell)}</td>"


def _within(cell: Cell) -> str:
    if cell.column.kind == "tag":
        return tag_html(cell.text, cell.tone)
    if cell.url:
        return _linked(cell)
    if cell.moment:
        return f'<time datetime="{escape(cell.moment)}">{escape(cell.text)}</time>'
    return escape(cell.text).replace("\n", "<br>")


def _linked(cell: Cell, *, bold: bool = False) -> str:
    words = f"<b>{escape(cell.text)}</b>" if bold else escape(cell.text)
    return f'<a href="{escape(cell.url)}">{words}</a>' if cell.url else words
