from datetime import UTC, date, datetime, time

import pytest

from kakehashi.correspondence.rules import due_moment, fiscal_year, number_text, type_of


def test_a_fiscal_year_begins_in_april() -> None:
    days = (date(2027, 3, 31), date(2027, 4, 1), date(2027, 12, 31))
    assert [fiscal_year(day) for day in days] == [2026, 2027, 2027]


def test_numbers_are_written_as_the_office_writes_them() -> None:
    assert number_text("総行国第", 12, "号", 2027) == "総行国第12号"
    assert number_text("", 12, "", 2027) == "2027-12"


def test_what_is_due_is_due_where_it_was_said() -> None:
    day = date(2027, 1, 29)
    assert due_moment(day, None, "Asia/Tokyo") == datetime(2027, 1, 29, 8, tzinfo=UTC)
    london = due_moment(day, time(9, 30), "Europe/London")
    assert london == datetime(2027, 1, 29, 9, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"%PDF-1.7 ...", "pdf"),
        (b"\x89PNG\r\n\x1a\n....", "png"),
        (b"PK\x03\x04...[Content_Types].xml...xl/workbook.xml", "xlsx"),
        (b"PK\x03\x04...[Content_Types].xml...word/document.xml", "docx"),
        (b"PK\x03\x04...evil.exe", None),
        (b"<html><script>", None),
        (b"", None),
    ],
)
def test_a_file_is_what_is_in_it_and_not_what_it_is_called(
    data: bytes, kind: str | None
) -> None:
    found = type_of(data)
    assert (found[1] if found else None) == kind
