"""Cells, headings and choices are written without a template: nothing may break out of them."""

import pytest
from django.utils import translation

from kakehashi.web.cells import columns_html, headings_html, options_html, rows_html, tag_html
from kakehashi.web.listing import Cell, Column, Heading, Row

EVIL = """"><script>alert('x')</script>&"""
SAFE = "&quot;&gt;&lt;script&gt;alert(&#x27;x&#x27;)&lt;/script&gt;&amp;"


def column(**given: object) -> Column:
    said: dict[str, object] = {"name": "one", "label": EVIL, "value": str}
    return Column(**{**said, **given})  # type: ignore[arg-type]  # each test gives what it needs


@pytest.mark.parametrize(
    ("cell", "drawn"),
    [
        (
            Cell(text=EVIL, column=column()),
            f'<td role="cell" data-label="{SAFE}">{SAFE}</td>',
        ),
        (
            Cell(text=EVIL, column=column(head=True), url=EVIL),
            f'<th scope="row" role="rowheader"><a href="{SAFE}"><b>{SAFE}</b></a></th>',
        ),
        (
            Cell(text=EVIL, column=column(kind="number")),
            f'<td role="cell" data-label="{SAFE}" class="n">{SAFE}</td>',
        ),
        (
            Cell(text=EVIL, column=column(kind="day"), moment=EVIL),
            (
                f'<td role="cell" data-label="{SAFE}" class="nw">'
                f'<time datetime="{SAFE}">{SAFE}</time></td>'
            ),
        ),
        (
            Cell(text="one\ntwo", column=column(label="Words")),
            '<td role="cell" data-label="Words">one<br>two</td>',
        ),
        (
            Cell(text=EVIL, column=column(kind="tag"), tone=EVIL),
            (
                f'<td role="cell" data-label="{SAFE}">'
                f'<span class="k-tag" data-tone="{SAFE}">{SAFE}</span></td>'
            ),
        ),
    ],
)
def test_a_cell_is_what_it_says_and_nothing_more(cell: Cell, drawn: str) -> None:
    row = Row(key="7", name="x", cells=[cell])
    assert rows_html([row]) == f'<tr role="row">{drawn}</tr>'


def test_a_box_names_its_row_in_the_reader_s_language() -> None:
    row = Row(key=EVIL, name=EVIL, cells=[])
    with translation.override("ja"):
        words = translation.gettext("Select %(name)s") % {"name": SAFE}
        drawn = rows_html([row], ticks=True)
    assert words != f"Select {SAFE}"
    assert drawn == (
        f'<tr role="row"><td class="fit" role="cell"><label><span class="vh">{words}</span>'
        f'<input class="k-cb" type="checkbox" name="row" value="{SAFE}"></label></td></tr>'
    )


def test_headings_order_the_list_and_keep_its_filters() -> None:
    plain, sorted_by = column(label="Plain"), column(label="Name", sort=("name",))
    headings = [Heading(column=plain, to="x"), Heading(column=sorted_by, to="-one")]
    assert headings_html(headings, "q=a&b=%22") == (
        '<th scope="col">Plain</th>'
        '<th scope="col" aria-sort="none"><a class="k-sort" id="sort-one" '
        'href="?q=a&amp;b=%22&amp;sort=-one" hx-get="?q=a&amp;b=%22&amp;sort=-one">Name</a></th>'
    )
    assert 'href="?sort=-one"' in headings_html(headings, "")


def test_choices_and_columns_are_marked_as_they_are_chosen() -> None:
    assert options_html([(EVIL, EVIL), ("b", "B")], "b") == (
        f'<option value="{SAFE}">{SAFE}</option><option value="b" selected>B</option>'
    )
    assert columns_html([column(name="a", head=True), column(name="b")], ["b"]) == (
        '<label class="k-check"><input type="checkbox" name="columns" value="a" disabled>'
        f"<span>{SAFE}</span></label>"
        '<label class="k-check"><input type="checkbox" name="columns" value="b" checked>'
        f"<span>{SAFE}</span></label>"
    )


def test_a_tag_keeps_what_is_already_safe() -> None:
    assert tag_html("a & b") == '<span class="k-tag">a &amp; b</span>'
