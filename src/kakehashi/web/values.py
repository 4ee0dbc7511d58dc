"""How a value stands in the cell of a table: on a page, in a CSV file, in a workbook."""

from datetime import date, datetime

from django.utils.translation import gettext

from kakehashi.web import dates


def words_of(value: object) -> str:
    """Write a value as the cell of a table shows it."""
    if value is None:
        return dates.NONE
    if isinstance(value, bool):
        return gettext("Yes") if value else gettext("No")
    if isinstance(value, datetime):
        return dates.moment_words(value, style="table")
    if isinstance(value, date):
        return dates.day_words(value, "table")
    if isinstance(value, (int, float)):
        return dates.number_words(value)
    return str(value) or dates.NONE


def kept(value: object) -> object:
    """Keep numbers numbers and days days; a workbook knows both."""
    return value if isinstance(value, (date, bool)) else counted(value)


def counted(value: object) -> object:
    """Keep numbers numbers and leave unknowns empty, so that a spreadsheet can reckon."""
    if value is None or (isinstance(value, (int, float)) and not isinstance(value, bool)):
        return value
    return words_of(value) if value != "" else ""
