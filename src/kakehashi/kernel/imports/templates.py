"""The empty workbook of a kind: headings in both languages, an example, notes, lists to choose from."""

from collections.abc import Mapping
from typing import IO

from django.utils.translation import gettext

from kakehashi.kernel.imports.kinds import Column, ImportKind
from kakehashi.kernel.words import LANGUAGES, say
from kakehashi.kernel.workbooks import Sheet, write_workbook

READY = 1000  # rows that are prepared for typing
LONGEST_LIST = 250  # letters; a longer list stands on a sheet of its own
CODES = "Codes コード"


def template(kind: ImportKind) -> IO[bytes]:
    """Write the workbook that people fill in; its first sheet is what an import reads."""
    columns = list(kind.columns)
    codes = {column.name: _codes(column) for column in columns}
    listed = [column for column in columns if codes[column.name]]
    table = Sheet(
        title=str(kind.label),
        headings=[_heading(column) for column in columns],
        rows=(),
        above=(
            (
                gettext(
                    "Row 2 is an example. Write your rows below the headings, from row 4 on."
                ),
            ),
            tuple(column.example for column in columns),
        ),
        lists={
            place: source
            for place, column in enumerate(columns)
            if (source := _source(column, codes, listed))
        },
        formats={
            place: "day" if _form(column) == "day" else "text"
            for place, column in enumerate(columns)
            if _form(column) != "whole"
        },
        ready=READY,
    )
    sheets = [table, _notes(columns)]
    if listed:
        sheets.append(_code_sheet(listed, codes))
    return write_workbook(sheets)


def _heading(column: Column) -> str:
    return "\n".join(dict.fromkeys(say(column.label, language) for language in LANGUAGES))


def _form(column: Column) -> str:
    form: str = getattr(column.read, "form", "text")
    return form


def _codes(column: Column) -> Mapping[str, object]:
    if column.among is None or not column.is_listed:
        return {}
    return column.among()


def _source(
    column: Column, codes: Mapping[str, Mapping[str, object]], listed: list[Column]
) -> list[str] | str:
    """Say what may be chosen in a column: a few words, or a stretch of the sheet of codes."""
    words: tuple[str, ...] = tuple(filter(None, getattr(column.read, "words", ())))
    if words and len(",".join(words)) <= LONGEST_LIST:
        return list(words)
    if column in listed:
        letter = chr(65 + 2 * listed.index(column))
        return f"='{CODES}'!${letter}$2:${letter}${len(codes[column.name]) + 1}"
    return []


def _notes(columns: list[Column]) -> Sheet:
    return Sheet(
        title=gettext("Notes"),
        headings=[
            gettext("Heading"),
            "English",
            "日本語",
            gettext("Needed"),
            gettext("Example"),
            gettext("What may stand there"),
        ],
        rows=[
            [
                column.name,
                *(say(column.label, language) for language in LANGUAGES),
                gettext("Yes") if column.required else gettext("No"),
                column.example,
                _allowed(column),
            ]
            for column in columns
        ],
    )


def _allowed(column: Column) -> str:
    if column.among is not None or column.among_these is not None:
        return gettext("A code that is known") + (f" ({CODES})" if column.is_listed else "")
    words = tuple(filter(None, getattr(column.read, "words", ())))
    if words:
        return ", ".join(words)
    return {
        "day": gettext("A day: 2026-04-01, 2026年4月1日 or 令和8年4月1日"),
        "whole": gettext("A whole number"),
        "yes_no": gettext("Yes or no"),
        "email": gettext("An e-mail address"),
    }.get(_form(column), gettext("Text"))


def _code_sheet(listed: list[Column], codes: Mapping[str, Mapping[str, object]]) -> Sheet:
    """Give two columns for each: the code, and what it stands for."""
    tables = [list(codes[column.name].items()) for column in listed]
    longest = max(map(len, tables))
    headings = [words for column in listed for words in (_heading(column), gettext("Meaning"))]
    rows = [
        [
            cell
            for table in tables
            for cell in ((table[row][0], str(table[row][1])) if row < len(table) else ("", ""))
        ]
        for row in range(longest)
    ]
    return Sheet(title=CODES, headings=headings, rows=rows)
