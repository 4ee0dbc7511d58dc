from collections.abc import Callable
from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from kakehashi.kernel import cells
from kakehashi.kernel.imports import (
    Column,
    ExportKind,
    Fault,
    Faulty,
    ImportKind,
    Unreadable,
    bring,
    check,
    harmless,
    send,
)
from kakehashi.kernel.policy import Policy, Refused, rule

NOON = datetime(2026, 9, 1, 3, tzinfo=UTC)
OFFICER: Any = SimpleNamespace(may=True)
STRANGER: Any = SimpleNamespace(may=False)
written: list[Any] = []

may = Policy(bring=rule("you are an officer")(lambda person, _: person.may))  # type: ignore[type-var]  # a stand-in


def write(rows: list[dict[str, Any]], *, by: object, at: datetime) -> int:  # noqa: ARG001 -- as an action
    written.extend(rows)
    return len(rows)


KIND = ImportKind(
    name="towns",
    label="Towns",
    columns=[
        Column(name="code", label="Code", read=cells.text(5), example="31302"),
        Column(
            name="country", label="Country", among=lambda: {"IE": "Ireland", "JM": "Jamaica"}
        ),
        Column(name="seats", label="Seats", read=cells.whole(1, 9)),
        Column(name="from", label="From", read=cells.day, required=False),
    ],
    unique=["code"],
    require=lambda person: may.require(person, "bring", None),
    write=write,
)
GOOD = "code,country,seats,from\nA,IE,2,2026/7/1\nB,JM,３,\n"


@pytest.fixture(autouse=True)
def nothing_written() -> None:
    written.clear()


def faults(text: str) -> list[tuple[int, str, str, str, str]]:
    with override("en"):
        return [
            (fault.row, fault.column, fault.value, str(fault.says), str(fault.fix))
            for fault in check(KIND, text.encode(), by=OFFICER, at=NOON).faults
        ]


@pytest.mark.django_db
def test_a_good_table_is_written() -> None:
    assert bring(KIND, GOOD.encode(), by=OFFICER, at=NOON) == 2
    assert written == [
        {"row": 2, "code": "A", "country": "Ireland", "seats": 2, "from": date(2026, 7, 1)},
        {"row": 3, "code": "B", "country": "Jamaica", "seats": 3, "from": None},
    ]


@pytest.mark.django_db
@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp932", "utf-8"])
def test_a_table_is_read_as_offices_save_it(encoding: str) -> None:
    text = GOOD.replace("\n", "\r\n").replace("A,", "鳥取,")

    assert bring(KIND, text.encode(encoding), by=OFFICER, at=NOON) == 2
    assert written[0]["code"] == "鳥取"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "code,country\nA,IE\n",
            [(1, "seats", "", "This column is missing.", "Add a column headed “seats”.")],
        ),
        (
            GOOD.replace("IE", "XX"),
            [(2, "country", "XX", "This code is not known.", "Use one of these: IE, JM.")],
        ),
        (
            GOOD.replace("2,2026", "many,2026"),
            [
                (
                    2,
                    "seats",
                    "many",
                    "This is not a whole number that can stand here.",
                    "Write a number from 1 to 9.",
                )
            ],
        ),
        (
            GOOD.replace("2026/7/1", "2026/7/32"),
            [(2, "from", "2026/7/32", "This is not a day.", "Write it like 2026-07-26.")],
        ),
        (
            GOOD.replace("B,", "A,"),
            [(3, "code", "A", "This row repeats row 2.", "Delete one of the two rows.")],
        ),
        (
            GOOD.replace("A,", ","),
            [(2, "code", "", "This cell is empty.", "Write a value, for example 31302.")],
        ),
        ("", [(1, "", "", "The file is empty.", "Send a table with a heading row.")]),
    ],
)
def test_every_fault_names_row_column_value_and_fix(text: str, found: list[Any]) -> None:
    assert faults(text) == found


def test_all_faults_are_told_at_once() -> None:
    found = faults("code,country,seats\n,XX,0\nB,IE,1\nB,IE,x\n")

    assert [(row, column) for row, column, *_ in found] == [
        (2, "code"),
        (2, "country"),
        (2, "seats"),
        (4, "seats"),
    ]


def test_faults_speak_japanese_too() -> None:
    found = check(KIND, GOOD.replace("IE", "XX").encode(), by=OFFICER, at=NOON).faults[0]
    with override("ja"):
        assert (str(found.says), str(found.fix)) == (
            "このコードは登録されていません。",
            "次のいずれかを使ってください：IE, JM",
        )


@pytest.mark.django_db
def test_nothing_is_written_where_anything_is_wrong() -> None:
    with pytest.raises(Faulty) as refusal:
        bring(KIND, GOOD.replace("IE", "XX").encode(), by=OFFICER, at=NOON)

    assert len(refusal.value.faults) == 1
    assert written == []


def test_the_wrong_person_is_refused_before_the_table_is_read() -> None:
    with pytest.raises(Refused):
        bring(KIND, b"\x00", by=STRANGER, at=NOON)


@given(st.binary(max_size=200))
def test_no_file_whatever_breaks_the_reading(data: bytes) -> None:
    found = check(KIND, data, by=OFFICER, at=NOON)

    assert all(isinstance(fault, Fault) for fault in found.faults)


@pytest.mark.parametrize(
    ("read", "cell", "value"),
    [
        (cells.yes_no, "はい", True),
        (cells.yes_no, "ＮＯ", False),
        (cells.email, "Robin@Example.ORG", "robin@example.org"),
        (cells.day, "2026年7月26日", date(2026, 7, 26)),
        (cells.day, "２０２６－０７－２６", date(2026, 7, 26)),
        (cells.whole(0, 10000), "1,200", 1200),
        (cells.one_of("", "a"), "a", "a"),
        (cells.code, "３１", "31"),
    ],
)
def test_a_cell_is_read(read: Callable[[str], object], cell: str, value: object) -> None:
    assert read(cell) == value


@pytest.mark.parametrize(
    ("read", "cell"),
    [
        (cells.yes_no, "maybe"),
        (cells.email, "robin"),
        (cells.day, "26 July"),
        (cells.whole(0, 9), "10"),
        (cells.whole(0, 9), "1.5"),
        (cells.one_of("a"), "b"),
        (cells.text(3), "four"),
    ],
)
def test_a_cell_is_refused(read: Callable[[str], object], cell: str) -> None:
    with pytest.raises(Unreadable):
        read(cell)


def test_what_leaves_can_be_no_formula() -> None:
    kind = ExportKind(
        name="towns",
        label="Towns",
        columns=[("code", lambda row: row), ("length", len)],
        rows=lambda _person: ["=1+1", "岩美"],
        require=lambda person: may.require(person, "bring", None),
    )

    assert send(kind, by=OFFICER).decode("utf-8-sig") == "code,length\r\n'=1+1,4\r\n岩美,2\r\n"
    with pytest.raises(Refused):
        send(kind, by=STRANGER)


@given(st.text(min_size=1, max_size=20))
def test_no_cell_starts_like_a_formula(text: str) -> None:
    assert not harmless(text).startswith(("=", "+", "-", "@", "\t", "\r"))
