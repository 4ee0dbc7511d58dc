"""Files as offices send them: those that are read, and those that explain themselves."""

import csv
import io
import zipfile
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import IO, Any

import openpyxl
import xlsxwriter
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from kakehashi.kernel import cells
from kakehashi.kernel.imports import (
    Choices,
    Column,
    ImportKind,
    Read,
    check,
    plain,
)

NOON = datetime(2026, 10, 1, 3, tzinfo=UTC)
PLACES = {"01202": "Hakodate", "28209": "Toyooka", "13104": "Shinjuku"}
OFFICES = ImportKind(
    name="offices",
    label="Offices",
    columns=(
        Column(name="place", label="Region code", read=cells.code, among=lambda: PLACES),
        Column(name="name_ja", label="Name (Japanese)", read=cells.text(120)),
        Column(name="opened", label="First day", read=cells.day, required=False),
        Column(name="seats", label="Seats", read=cells.whole(0, 999), required=False, empty=0),
        Column(name="car", label="Car", read=cells.yes_no, required=False, empty=False),
    ),
    unique=("place", "name_ja"),
    require=lambda _by: None,
    write=lambda rows, **_who: len(rows),
)
HEADS = ["place", "name_ja", "opened", "seats"]
TOYOOKA = ["28209", "豊岡市", "2026-04-01", 3]
LEAVE_REMARKS = Choices(mapping={plain("備考"): "-"})
Draw = Callable[[Any, Any], object]


def read(data: bytes, choices: Choices = LEAVE_REMARKS) -> Read:
    return check(OFFICES, data, by=None, at=NOON, choices=choices)


def told(found: Read) -> list[tuple[str, str]]:
    """Say where the faults are and what they say."""
    return [(fault.cell, str(fault.says)) for fault in found.faults]


def values(found: Read) -> list[tuple[Any, ...]]:
    return [(row["place"], row["name_ja"], row["opened"], row["seats"]) for row in found.rows]


def book(draw: Draw) -> bytes:
    made = openpyxl.Workbook()
    draw(made, made.active)
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def whole(file: IO[bytes]) -> bytes:
    with file:
        return file.read()


def rows_book(*rows: list[Any]) -> bytes:
    return book(lambda _made, sheet: [sheet.append(row) for row in rows])


def text(*rows: list[Any], sign: str = ",") -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=sign).writerows(rows)
    return out.getvalue()


GOOD = [("Toyooka", "豊岡市", date(2026, 4, 1), 3)]


def titled(_made: Workbook, sheet: Worksheet) -> None:
    """A title above, headings over two rows and merged, remarks, a total, a note."""
    sheet["A1"] = "令和８年度　設置状況"
    sheet.merge_cells("A1:E1")
    for cell, words in {
        "A3": "Ｒｅｇｉｏｎ　Ｃｏｄｅ", "B3": "Name", "B4": "Japanese", "C3": "First day",
        "D3": "Seats", "E4": "備考",
    }.items():  # fmt: skip
        sheet[cell] = words
    sheet.merge_cells("A3:A4")
    sheet.append([*TOYOOKA, "よい"])
    sheet.append(["合計", None, None, "=SUM(D5:D5)"])
    sheet.append([])
    sheet.append(["※ 令和８年４月１日現在"])


def beside(_made: Workbook, sheet: Worksheet) -> None:
    """A blank row and a blank column before, rows hidden, headings repeated."""
    sheet.append([])
    sheet.append([None, *HEADS])
    sheet.append([None, *TOYOOKA])
    sheet.append([None, *HEADS])
    sheet.row_dimensions[3].hidden = True


def second(made: Workbook, sheet: Worksheet) -> None:
    """A cover first, the table second, an older one hidden."""
    sheet.title = "表紙"
    sheet.append(["任用団体の一覧"])
    table = made.create_sheet("一覧")
    table.append(HEADS)
    table.append(TOYOOKA)
    old = made.create_sheet("旧")
    old.append(HEADS)
    old.append(["13104", "新宿区", None, 9])
    old.sheet_state = "hidden"


def mac(made: Workbook, sheet: Worksheet) -> None:
    """A workbook that counts its days from 1904, one day not formatted as such."""
    made.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    sheet.append(HEADS)
    sheet.append(["28209", "豊岡市", 44651, 3])


ODS = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body>'
    '<office:spreadsheet><table:table table:name="一覧">{}</table:table></office:spreadsheet>'
    "</office:body></office:document-content>"
)


def ods(*rows: list[Any], repeated: int = 1) -> bytes:
    """A sheet of an open office suite; its last row stands there `repeated` times."""
    lines = [
        "".join(
            f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>'
            for cell in row
        )
        for row in rows
    ]
    told = [f"<table:table-row>{line}</table:table-row>" for line in lines[:-1]]
    told.append(
        f'<table:table-row table:number-rows-repeated="{repeated}">{lines[-1]}</table:table-row>'
    )
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", ODS.format("".join(told)))
        archive.writestr(
            "META-INF/manifest.xml",
            '<manifest xmlns="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
        )
    return file.getvalue()


READABLE: dict[str, bytes | Callable[[], bytes]] = {
    "utf-8": text(HEADS, TOYOOKA).encode(),
    "utf-8 with a mark": text(HEADS, TOYOOKA).encode("utf-8-sig"),
    "cp932": text(HEADS, TOYOOKA).encode("cp932"),
    "utf-16": text(HEADS, TOYOOKA, sign="\t").encode("utf-16"),
    "jis": text(HEADS, TOYOOKA).encode("iso2022_jp"),
    "semicolons": text(HEADS, TOYOOKA, sign=";").encode(),
    "tabs": text(HEADS, TOYOOKA, sign="\t").encode(),
    "a separator told": b"sep=;\r\n" + text(HEADS, TOYOOKA, sign=";").encode(),
    "codes typed as formulas": text(HEADS, ['="28209"', *TOYOOKA[1:]]).encode(),
    "full width": text(HEADS, ["２８２０９", "豊岡市", "２０２６／４／１", "３"]).encode(),
    "an era": text(HEADS, ["28209", "豊岡市", "令和8年4月1日（水）", "3.0"]).encode(),
    "an era in letters": text(HEADS, ["28209", "豊岡市", "R8.4.1", 3]).encode(),
    "a serial day": text(HEADS, ["28209", "豊岡市", "46113", 3]).encode(),
    "an open sheet": lambda: ods(HEADS, TOYOOKA),
    "a workbook": lambda: rows_book(HEADS, TOYOOKA),
    "a day as a day": lambda: rows_book(HEADS, ["28209", "豊岡市", date(2026, 4, 1), 3]),
    "codes as numbers": lambda: rows_book(HEADS, [28209, "豊岡市", date(2026, 4, 1), "3"]),
    "title, merged headings, total, note": lambda: book(titled),
    "blank row and column, hidden, repeated headings": lambda: book(beside),
    "cover and hidden sheet": lambda: book(second),
    "1904": lambda: book(mac),
}


def xlsx(*parts: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for part in parts:
            archive.writestr(part, b"<x/>")
    return file.getvalue()


def far_cell() -> bytes:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as made:
        sheet = made.add_worksheet()
        sheet.write(0, 0, "place")
        sheet.write(1_048_575, 16_383, "x")
    return file.getvalue()


def bomb() -> bytes:
    """A sheet that unpacks to half a gigabyte."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"<workbook/>")
        with archive.open("xl/worksheets/sheet1.xml", "w") as sheet:
            for _ in range(401):
                sheet.write(b" " * 1_000_000)
    return file.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
REFUSED: dict[str, tuple[bytes | Callable[[], bytes], str]] = {
    "nothing": (b"", "The file is empty."),
    "an empty workbook": (lambda: rows_book([]), "The file is empty."),
    "50 MB": (lambda: bytes(50_000_000), "The file is too large."),
    "20,001 rows": (lambda: b"place\n" * 20_001, "The table is too long."),
    "a PDF": (b"%PDF-1.7", "This is a PDF, not a table."),
    "a web page named .xls": (
        b"<html><table><tr><td>1</td></tr></table></html>",
        "This is a web page or XML, though its name may say Excel.",
    ),
    "a picture": (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "This is not a text file."),
    "a zip that pretends": (
        lambda: xlsx("readme.txt"),
        "This is not a spreadsheet, though its name may say so.",
    ),
    "a letter in Word": (
        lambda: xlsx("word/document.xml"),
        "This is not a spreadsheet, though its name may say so.",
    ),
    "a broken zip": (b"PK\x03\x04 and no more", "This workbook is damaged or is no workbook."),
    "a workbook without sheets": (
        lambda: xlsx("xl/workbook.xml"),
        "This workbook is damaged or is no workbook.",
    ),
    "a binary workbook": (
        lambda: xlsx("xl/workbook.bin"),
        "This is a binary workbook (.xlsb).",
    ),
    "a password": (
        OLE + "EncryptedPackage".encode("utf-16-le") + bytes(600),
        "This workbook is protected by a password.",
    ),
    "an old letter": (
        OLE + "WordDocument".encode("utf-16-le") + bytes(600),
        "This is not a spreadsheet, though its name may say so.",
    ),
    "an old workbook cut off": (
        OLE + "Workbook".encode("utf-16-le") + bytes(600),
        "This workbook is damaged or is no workbook.",
    ),
    "a cell in the last corner": (
        far_cell,
        "This workbook holds far more cells than any table we take.",
    ),
    "a zip bomb": (bomb, "This workbook holds far more cells than any table we take."),
    "an open sheet of a million rows": (
        lambda: ods(HEADS, TOYOOKA, repeated=1_048_576),
        "The table is too long.",
    ),
    "an open quote": (b'place,name_ja\n28209,"toy', "This is not a CSV table (line 2)."),
}
