"""The 47 prefectures as tiles, as outlines and as rows, written straight into HTML.

Each of the three is drawn 47 times on one page; as nodes of a template they would cost more than
everything else on it (see `cells`).
"""

from collections.abc import Iterable, Sequence

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from kakehashi.kernel.words import Words
from kakehashi.web import dates
from kakehashi.web.components import Tile
from kakehashi.web.japan import Outline


def tiles_html(tiles: Iterable[Tile]) -> SafeString:
    """Draw the tiles; those with an address lead to it."""
    japanese = dates.japanese()
    drawn = (
        f'<li data-p="{escape(tile.code)}">{_tile(tile, japanese=japanese)}</li>'
        for tile in tiles
    )
    return mark_safe("".join(drawn))  # noqa: S308 -- every value is escaped below


def outlines_html(outlines: Sequence[Outline]) -> SafeString:
    """Draw the outlines of the geographic map, and their numbers above them."""
    japanese = dates.japanese()
    borders = "".join(_outline(one, japanese=japanese) for one in outlines)
    numbers = "".join(
        f'<text x="{one.x}" y="{one.y}" dy=".35em">{_number(one.tile)}</text>'
        for one in outlines
    )
    return mark_safe(f'{borders}<g aria-hidden="true">{numbers}</g>')  # noqa: S308 -- escaped


def place_rows_html(rows: Iterable[tuple[Tile, Sequence[Words]]]) -> SafeString:
    """Draw the rows of the table: each prefecture, and its numbers."""
    japanese = dates.japanese()
    drawn = (
        f'<tr><th scope="row" class="nw">{_name(tile, japanese=japanese)}</th>'
        + "".join(f'<td class="n">{escape(str(cell))}</td>' for cell in cells)
        + "</tr>"
        for tile, cells in rows
    )
    return mark_safe("".join(drawn))  # noqa: S308 -- every value is escaped above and below


def _tile(tile: Tile, *, japanese: bool) -> str:
    kanji, unit, value = escape(tile.kanji), escape(str(tile.unit)), escape(str(tile.value))
    whole: str = escape(tile.japanese)
    if not japanese:
        whole = f'{escape(tile.english)} <span lang="ja">{whole}</span>'
    small = kanji if japanese else escape(tile.english)
    with_unit = f'{value}<span class="u">{unit}</span>' if unit else value
    inside = (
        f'<span class="vh">{whole} {value}{unit}</span>'
        f'<span class="en" aria-hidden="true">{small}</span>'
        f'<span class="kj" lang="ja" aria-hidden="true">{kanji}</span>'
        f'<b aria-hidden="true">{with_unit}</b>'
    )
    look = f'class="k-tile" data-q="{escape(tile.shade)}"'
    if not tile.url:
        return f"<span {look}>{inside}</span>"
    return f'<a {look} href="{escape(tile.url)}"{_current(tile)}>{inside}</a>'


def _outline(one: Outline, *, japanese: bool) -> str:
    tile = one.tile
    name = tile.japanese if japanese else f"{tile.english} {tile.japanese}"
    label = f'aria-label="{escape(name)} {_number(tile)}"'
    border = f'<path data-q="{escape(tile.shade)}" d="{escape(one.path)}"'
    if not tile.url:
        return f'{border} role="img" {label}/>'
    return f'<a href="{escape(tile.url)}" {label}{_current(tile)}>{border}/></a>'


def _name(tile: Tile, *, japanese: bool) -> str:
    words = escape(tile.japanese if japanese else tile.english)
    link = f'<a href="{escape(tile.url)}">{words}</a>' if tile.url else words
    beside = (
        "" if japanese else f' <span class="k-sub" lang="ja">{escape(tile.japanese)}</span>'
    )
    return f"{link}{beside}"


def _number(tile: Tile) -> str:
    return f"{escape(str(tile.value))}{escape(str(tile.unit))}"


def _current(tile: Tile) -> str:
    return ' aria-current="true"' if tile.current else ""
