"""The prefectures as tiles, outlines and rows: named, numbered, linked, and escaped."""

from dataclasses import replace

from django.utils.translation import override

from kakehashi.web.components import Tile
from kakehashi.web.japan import Outline
from kakehashi.web.maps import outlines_html, place_rows_html, tiles_html

TILE = Tile(code="31", english="Tottori", japanese="鳥取県", value="15", shade="3")
LINKED = replace(TILE, url="?q=<&", unit="%", current=True)


def test_a_tile_says_its_name_and_number_to_those_who_hear_it_and_to_those_who_see_it() -> None:
    with override("en"):
        assert tiles_html([TILE]) == (
            '<li data-p="31"><span class="k-tile" data-q="3">'
            '<span class="vh">Tottori <span lang="ja">鳥取県</span> 15</span>'
            '<span class="en" aria-hidden="true">Tottori</span>'
            '<span class="kj" lang="ja" aria-hidden="true">鳥取</span>'
            '<b aria-hidden="true">15</b></span></li>'
        )


def test_a_tile_with_an_address_leads_there_and_nothing_slips_out_of_it() -> None:
    with override("ja"):
        assert tiles_html([LINKED]) == (
            '<li data-p="31"><a class="k-tile" data-q="3" href="?q=&lt;&amp;"'
            ' aria-current="true"><span class="vh">鳥取県 15%</span>'
            '<span class="en" aria-hidden="true">鳥取</span>'
            '<span class="kj" lang="ja" aria-hidden="true">鳥取</span>'
            '<b aria-hidden="true">15<span class="u">%</span></b></a></li>'
        )


def test_an_outline_is_a_picture_with_a_name_or_a_link_with_one() -> None:
    plain, linked = (Outline(tile=it, path="M0 0z", x=5, y=6) for it in (TILE, LINKED))
    number = '<g aria-hidden="true"><text x="5" y="6" dy=".35em">15{}</text></g>'
    with override("en"):
        assert outlines_html([plain]) == (
            '<path data-q="3" d="M0 0z" role="img" aria-label="Tottori 鳥取県 15"/>'
            + number.format("")
        )
        assert outlines_html([linked]) == (
            '<a href="?q=&lt;&amp;" aria-label="Tottori 鳥取県 15%" aria-current="true">'
            '<path data-q="3" d="M0 0z"/></a>' + number.format("%")
        )


def test_a_row_names_the_prefecture_in_both_scripts_on_an_english_page_alone() -> None:
    cells = '<td class="n">1</td><td class="n">&lt;2</td></tr>'
    with override("en"):
        assert place_rows_html([(TILE, ("1", "<2"))]) == (
            '<tr><th scope="row" class="nw">Tottori'
            f' <span class="k-sub" lang="ja">鳥取県</span></th>{cells}'
        )
    with override("ja"):
        assert place_rows_html([(LINKED, ("1", "<2"))]) == (
            f'<tr><th scope="row" class="nw"><a href="?q=&lt;&amp;">鳥取県</a></th>{cells}'
        )
