"""The demo's tables: written as CSV, kept for visitors, and brought in as officers bring them."""

import csv
import io
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from django.conf import settings

from kakehashi.directory.models import Person
from kakehashi.kernel.imports import IMPORTS, bring

BOM = b"\xef\xbb\xbf"


def bring_rows(
    kind: str, rows: Sequence[dict[str, str]], *, name: str = "", by: Person, at: datetime
) -> int:
    """Bring a table through the same import as the terminal and the browser.

    The file stays in `KAKEHASHI_HOME/demo-tables`, so that a visitor can look at it.
    """
    if not rows:
        return 0
    data = table(kind, rows)
    folder = Path(settings.KAKEHASHI_HOME) / "demo-tables"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name or kind}.csv").write_bytes(data)
    return bring(IMPORTS[kind], data, by=by, at=at)


def table(kind: str, rows: Sequence[dict[str, str]]) -> bytes:
    """Write rows under the headings that the import of this kind knows."""
    heads = [column.name for column in IMPORTS[kind].columns]
    heads = [head for head in heads if any(head in row for row in rows)]
    out = io.StringIO()
    writer = csv.DictWriter(out, heads, restval="", lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return BOM + out.getvalue().encode()
