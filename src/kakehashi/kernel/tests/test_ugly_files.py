"""The files that offices send: each is read, or says why it is not and what to do."""

import csv
import io
from datetime import date
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from kakehashi.kernel import cells
from kakehashi.kernel.imports import (
    MOST_BYTES,
    Choices,
    Unreadable,
    harmless,
    read_grids,
    wrong_rows,
)
from kakehashi.kernel.imports.grids import address
from kakehashi.kernel.tests.ugly import (
    GOOD,
    HEADS,
    READABLE,
    REFUSED,
    TOYOOKA,
    beside,
    book,
    read,
    rows_book,
    second,
    text,
    titled,
    told,
    values,
    whole,
)
from kakehashi.kernel.workbooks import Sheet, width_of, write_workbook


@pytest.mark.parametrize("name", READABLE)
def test_what_offices_save_is_read_alike(name: str) -> None:
    made = READABLE[name]
    found = read(made if isinstance(made, bytes) else made())

    assert (told(found), values(found)) == ([], GOOD)


def test_what_was_left_out_and_what_was_hidden_is_said() -> None:
    found = read(book(titled))
    assert found.layout is not None
    assert [str(note) for note in found.layout.notes] == [
        "Rows that give totals were left out: 6.",
        "Rows that are notes were left out: 8.",
    ]
    hidden = read(book(beside))
    assert hidden.grid is not None
    assert [str(note) for note in hidden.grid.notes] == ["Hidden rows are read too: 3."]


def test_a_sheet_is_chosen_by_name_even_a_hidden_one() -> None:
    found = read(book(second), Choices(sheet="旧"))

    assert values(found) == [("Shinjuku", "新宿区", None, 9)]


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_table_explains_itself(name: str) -> None:
    made, says = REFUSED[name]
    found = read(made if isinstance(made, bytes) else made())

    assert told(found) == [("", says)]
    assert str(found.faults[0].fix)


def test_the_size_is_judged_before_anything_is_read() -> None:
    with pytest.raises(Unreadable, match="too large"):
        read_grids(memoryview(bytes(MOST_BYTES + 1)))  # type: ignore[arg-type]  # nothing else may be asked of it


def test_faults_name_the_cell_in_the_sheets_own_address() -> None:
    def faulty(_made: Workbook, sheet: Worksheet) -> None:
        sheet.append(["表"])
        sheet.append([None, *HEADS])
        sheet.append([None, 1202, "函館市", "四月", "=1+1"])
        sheet.append([None, "28209", None, "2026-04-31", 1000])
        sheet["D5"] = "#N/A"
        sheet["D5"].data_type = "e"
        sheet["B5"], sheet["C5"] = "13104", "新宿区"
        sheet.append([None, "13104", "新宿区", None, None])
        sheet.append([None, "13104", "新宿区", None, None])

    assert told(read(book(faulty))) == [
        ("B3", "This code has lost the zero in front."),
        ("D3", "This is not a day."),
        ("E3", "This cell holds a formula whose result is not in the file."),
        ("C4", "This cell is empty."),
        ("D4", "This is not a day."),
        ("E4", "This is not a whole number that can stand here."),
        ("D5", "This cell holds an error, #N/A."),
        ("B7", "This row repeats row 6."),
    ]


def test_formulas_with_a_result_are_read_by_it() -> None:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as made:
        sheet = made.add_worksheet()
        sheet.write_row(0, 0, HEADS)
        sheet.write_row(1, 0, TOYOOKA[:3])
        sheet.write_formula(1, 3, "=1+2", None, 3)

    assert values(read(file.getvalue())) == GOOD


def test_values_merged_over_rows_stand_in_each() -> None:
    def merged(_made: Workbook, sheet: Worksheet) -> None:
        sheet.append(HEADS)
        sheet.append(["28209", "豊岡市", None, 1])
        sheet.append([None, "豊岡市教育委員会", None, 2])
        sheet.merge_cells("A2:A3")

    assert [row["place"] for row in read(book(merged)).rows] == ["Toyooka", "Toyooka"]


def test_names_of_one_letter_and_of_a_hundred_are_kept_and_half_kana_made_whole() -> None:
    rows = [["28209", "津"], ["28209", "あ" * 120], ["13104", "ﾏｯﾀﾞﾓｰﾀｰｽ㈱"]]
    found = read(text(HEADS[:2], *rows).encode())

    assert [row["name_ja"] for row in found.rows] == ["津", "あ" * 120, "マッダモータース㈱"]


def test_an_unknown_heading_is_told_and_left_out_only_when_so_said() -> None:
    data = text([*HEADS, "備考"], [*TOYOOKA, "x"]).encode()
    assert told(read(data, Choices())) == [("E1", "No such column is known here.")]
    assert values(read(data)) == GOOD


def test_a_row_that_could_be_written_is_never_taken_for_a_total() -> None:
    found = read(text(HEADS, ["28209", "合計", "", ""]).encode())

    assert [row["name_ja"] for row in found.rows] == ["合計"]


def test_the_file_of_wrong_rows_marks_the_cells_and_is_read_again() -> None:
    data = rows_book([*HEADS, "備考"], [*TOYOOKA, "a"], ["28209", "城崎", "いつか", 1, "b"])
    file = whole(wrong_rows(read(data)))
    sheet = openpyxl.load_workbook(io.BytesIO(file)).active
    assert sheet is not None
    (row,) = list(sheet.values)[1:]

    assert row[:5] == ("28209", "城崎", "いつか", "1", "b")
    assert row[5:] == (3, "C3: This is not a day. Write it like 2026-07-26.")
    marked = [cell.coordinate for cell in sheet[2] if cell.fill.fgColor.rgb == "FFFFFF00"]
    assert marked == ["C2"]
    assert told(read(file)) == [("C2", "This is not a day.")]


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("令和元年5月1日", date(2019, 5, 1)),
        ("平成31年4月30日", date(2019, 4, 30)),
        ("昭和64年1月7日", date(1989, 1, 7)),
        ("㋿8年4月1日", date(2026, 4, 1)),
        ("Ｈ３１．４．３０", date(2019, 4, 30)),
        ("令和 8 年 4 月 1 日", date(2026, 4, 1)),
        ("20260401", date(2026, 4, 1)),
        ("2026/4/1 0:00:00", None),
        ("2026-04-01 00:00:00", date(2026, 4, 1)),
        ("1 April 2026", date(2026, 4, 1)),
        ("Apr. 1, 2026", date(2026, 4, 1)),
        ("令和元年4月30日", None),
        ("令和0年5月1日", None),
        ("4/1/2026", None),
        ("2026-02-29", None),
        ("99999999999", None),
    ],
)
def test_days_are_read_as_offices_write_them(cell: str, day: date | None) -> None:
    if day is None:
        with pytest.raises(Unreadable):
            cells.day(cell)
    else:
        assert cells.day(cell) == day


def test_addresses_are_the_spreadsheets_own() -> None:
    assert [address(6, column) for column in (2, 25, 26, 701, 702)] == [
        "C7", "Z7", "AA7", "ZZ7", "AAA7",
    ]  # fmt: skip
    assert width_of("豊岡\nab") == 4


ANY_CELL = st.text(
    st.characters(
        codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff"
    ),
    max_size=12,
).map(str.strip)


@given(st.binary(max_size=400))
def test_no_bytes_bring_anything_but_a_named_fault(data: bytes) -> None:
    found = read(data)

    assert found.faults
    assert all(str(fault.says) for fault in found.faults)


@settings(deadline=None, max_examples=25)
@given(st.lists(st.lists(ANY_CELL, min_size=1, max_size=5), max_size=8))
def test_no_cells_bring_anything_but_named_faults(rows: list[list[str]]) -> None:
    found = read(text(HEADS, *rows).encode())

    assert all(fault.row >= 1 for fault in found.faults)
    wrong_rows(found).close()


@given(st.lists(st.one_of(ANY_CELL, st.integers(-999, 999)), min_size=1, max_size=6))
def test_what_leaves_as_csv_comes_back_the_same(row: list[str | int]) -> None:
    out = io.StringIO()
    csv.writer(out).writerow([harmless(value) for value in ["x", *row]])
    (grid,) = read_grids(out.getvalue().encode("utf-8-sig"))

    assert grid.rows == [["x", *(str(value) for value in row)]]


@settings(deadline=None, max_examples=10)
@given(
    st.lists(
        st.lists(
            st.one_of(ANY_CELL, st.integers(-(10**9), 10**9), st.dates(date(1950, 1, 1))),
            min_size=3,
            max_size=3,
        ),
        min_size=1,
        max_size=4,
    )
)
def test_what_leaves_as_a_workbook_comes_back_the_same(rows: list[list[Any]]) -> None:
    sheet = Sheet(title="t", headings=["a", "b", "c", "d"], rows=[["x", *row] for row in rows])
    (grid,) = read_grids(whole(write_workbook([sheet])))

    assert grid.rows[1:] == [["x", *(str(value) for value in row)] for row in rows]


def test_nothing_that_leaves_is_a_formula() -> None:
    sheet = Sheet(title="=cmd", headings=["a"], rows=[["=1+1"], ["＋81"], ["@x"], [-5], [True]])
    made = openpyxl.load_workbook(io.BytesIO(whole(write_workbook([sheet]))))
    column = made["=cmd"]["A"][1:]
    kinds = [(cell.value, cell.data_type, cell.quotePrefix) for cell in column]

    assert kinds == [
        ("=1+1", "s", True),
        ("＋81", "s", True),
        ("@x", "s", True),
        (-5, "n", False),
        ("Yes", "s", False),
    ]
