"""CSV and workbooks that a Japanese and an English spreadsheet open correctly, and that run nothing."""

import csv
from collections.abc import Iterable, Sequence
from io import StringIO

from django.http import HttpResponse

from kakehashi.kernel.workbooks import FORMULA, XLSX, Sheet, write_workbook

BOM = "\ufeff"


def safe(value: object) -> object:
    """Keep a text from being taken for a formula; numbers stay numbers."""
    if isinstance(value, str) and value.startswith(FORMULA):
        return f"'{value}"
    return value


def csv_text(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Write head and rows as CSV with a byte order mark."""
    out = StringIO()
    out.write(BOM)
    writer = csv.writer(out)
    writer.writerow([safe(cell) for cell in head])
    writer.writerows([safe(cell) for cell in row] for row in rows)
    return out.getvalue()


def csv_response(
    name: str, head: Sequence[str], rows: Iterable[Sequence[object]]
) -> HttpResponse:
    """Answer with a CSV file called `name`.csv; it is never kept by a cache."""
    response = HttpResponse(csv_text(head, rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    response["Cache-Control"] = "no-store"
    return response


def workbook_response(
    name: str, title: str, head: Sequence[str], rows: Iterable[Sequence[object]]
) -> HttpResponse:
    """Answer with a workbook called `name`.xlsx; it is never kept by a cache."""
    with write_workbook([Sheet(title=title, headings=head, rows=rows)]) as file:
        response = HttpResponse(file.read(), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    response["Cache-Control"] = "no-store"
    return response
