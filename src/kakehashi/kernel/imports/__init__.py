"""Tables in and out: read with every row's error named, written all or nothing.

A part says in its `imports.py` what one kind of table looks like and which action writes it;
in `exports.py` which rows leave with which headings.  The terminal and the browser run both.
"""

from kakehashi.kernel.imports.checking import AS_IT_IS, Choices, Read, bring, check
from kakehashi.kernel.imports.grids import MOST_BYTES, MOST_ROWS, Grid, read_grids, text_of
from kakehashi.kernel.imports.kinds import (
    EXPORTS,
    IMPORTS,
    Column,
    ExportKind,
    Fault,
    Faulty,
    ImportKind,
    Row,
    Unreadable,
    offer_export,
    offer_import,
)
from kakehashi.kernel.imports.layouts import LEFT_OUT, Layout, plain
from kakehashi.kernel.imports.sending import harmless, send, send_workbook, wrong_rows
from kakehashi.kernel.imports.templates import template

__all__ = [
    "AS_IT_IS",
    "EXPORTS",
    "IMPORTS",
    "LEFT_OUT",
    "MOST_BYTES",
    "MOST_ROWS",
    "Choices",
    "Column",
    "ExportKind",
    "Fault",
    "Faulty",
    "Grid",
    "ImportKind",
    "Layout",
    "Read",
    "Row",
    "Unreadable",
    "bring",
    "check",
    "harmless",
    "offer_export",
    "offer_import",
    "plain",
    "read_grids",
    "send",
    "send_workbook",
    "template",
    "text_of",
    "wrong_rows",
]
