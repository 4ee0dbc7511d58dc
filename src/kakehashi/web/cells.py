"""The parts of a list that come by the hundred, written straight into HTML.

A page of a list has some 225 cells, their tags and icons, its headings, and some 100 choices above
it.  As nodes of a template they cost ten times what their rows cost the database; what stands
around them stays in templates.
"""

from collections.abc import Collection, Iterable

from django.utils.html import conditional_escape, escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from kakehashi.kernel.words import Words
from kakehashi.web.icons import ICONS, OF_TONE
from kakehashi.web.listing import Cell, Column, Heading, Row

_ARROWS = {"ascending": "up", "descending": "down"}


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


def headings_html(headings: Iterable[Heading], here: str) -> SafeString:
    """Draw the headings; `here` is the query of this page without order, page and format."""
    drawn = (_heading(one, here) for one in headings)
    return mark_safe("".join(drawn))  # noqa: S308 -- every value is escaped below


def columns_html(columns: Iterable[Column], shown: Collection[str]) -> SafeString:
    """Draw the boxes that choose columns; what a row is about is always shown."""
    drawn = (
        '<label class="k-check"><input type="checkbox" name="columns"'
        f' value="{escape(one.name)}"{" checked" if one.name in shown else ""}'
        f"{' disabled' if one.head else ''}><span>{escape(str(one.label))}</span></label>"
        for one in columns
    )
    return mark_safe("".join(drawn))  # noqa: S308 -- every value is escaped above


def options_html(choices: Iterable[tuple[str, Words]], chosen: str) -> SafeString:
    """Draw the choices of a select box, the chosen one marked."""
    drawn = (
        f'<option value="{escape(value)}"{" selected" if value == chosen else ""}>'
        f"{escape(str(label))}</option>"
        for value, label in choices
    )
    return mark_safe("".join(drawn))  # noqa: S308 -- every value is escaped above


def tag_html(words: Words, tone: str = "", sign: str = "") -> SafeString:
    """Say a state in a word, an icon and a colour; `sign` names another icon than the tone's."""
    drawn = sign or OF_TONE.get(tone, "")
    mark = f' data-tone="{escape(tone)}"' if tone else ""
    text = f"{icon_html(drawn) if drawn else ''}{conditional_escape(words if isinstance(words, str) else str(words))}"
    return mark_safe(f'<span class="k-tag"{mark}>{text}</span>')  # noqa: S308 -- escaped


def icon_html(name: str, size: str = "") -> SafeString:
    """Draw an icon; its names are ours, and an unknown one is an error."""
    also = {"": "", "s": " k-i--s", "in": " k-i--s k-i--in"}[size]
    return mark_safe(  # noqa: S308 -- our own drawings
        f'<svg class="k-i{also}" viewBox="0 0 24 24" aria-hidden="true" focusable="false">'
        f"{ICONS[name]}</svg>"
    )


def _heading(heading: Heading, here: str) -> str:
    column, words = heading.column, escape(str(heading.column.label))
    number = ' class="n"' if column.kind == "number" else ""
    if not column.sort:
        return f'<th scope="col"{number}>{words}</th>'
    arrow = _ARROWS.get(heading.sorted, "")
    to = escape(f"?{here}&sort={heading.to}" if here else f"?sort={heading.to}")
    return (
        f'<th scope="col"{number} aria-sort="{heading.sorted or "none"}">'
        f'<a class="k-sort" id="sort-{escape(column.name)}" href="{to}" hx-get="{to}">'
        f"{words}{icon_html(arrow, 's') if arrow else ''}</a></th>"
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
