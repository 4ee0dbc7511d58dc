import csv
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kakehashi.kernel.workbooks import FORMULA
from kakehashi.web.sheet import BOM, csv_response, csv_text, safe


@pytest.mark.parametrize("start", FORMULA)
def test_no_cell_can_be_taken_for_a_formula(start: str) -> None:
    assert safe(f"{start}HYPERLINK()") == f"'{start}HYPERLINK()"


def test_numbers_stay_numbers_even_below_zero() -> None:
    assert safe(-5) == -5
    assert csv_text(["a"], [[-5]]) == "\ufeffa\r\n-5\r\n"


def test_the_file_opens_in_a_japanese_spreadsheet() -> None:
    response = csv_response("people", ["氏名"], [["橋本"]])
    assert response.content.startswith(b"\xef\xbb\xbf")
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="people.csv"'
    assert response["Cache-Control"] == "no-store"


@given(
    st.lists(
        st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=2, max_size=2)
    )
)
def test_every_text_comes_back_whole_and_none_begins_like_a_formula(
    rows: list[list[str]],
) -> None:
    text = csv_text(["a", "b"], rows).removeprefix(BOM)
    read = list(csv.reader(StringIO(text, newline="")))[1:]
    assert [[cell.removeprefix("'") for cell in row] for row in read] == [
        [cell.removeprefix("'") for cell in row] for row in rows
    ]
    assert not [cell for row in read for cell in row if cell.startswith(FORMULA)]
