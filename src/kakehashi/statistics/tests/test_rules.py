import pytest
from hypothesis import given
from hypothesis import strategies as st

from kakehashi.directory.rules import EmployerType
from kakehashi.statistics.rules import (
    GROUP_OF,
    GROUPS,
    Count,
    Counted,
    Line,
    RowKind,
    by_country,
    by_employer,
    by_host,
    changes,
    counted,
)

POSITIONS = ("ALT", "CIR", "SEA")
PREFECTURES, CITIES = ("pref-01", "pref-31"), ("city-27", "city-40")
COUNTRIES = ("GB", "IE", "US", "ZA")


@st.composite
def registers(draw: st.DrawFn) -> list[Line]:
    """Draw a register: each organisation has one type and one host body, each group one line."""
    organisations = draw(
        st.lists(
            st.tuples(
                st.sampled_from([*PREFECTURES, *CITIES]), st.sampled_from([*EmployerType])
            ),
            max_size=8,
        )
    )
    if not organisations:
        return []
    groups = draw(
        st.dictionaries(
            st.tuples(
                st.integers(0, len(organisations) - 1),
                st.sampled_from(COUNTRIES),
                st.sampled_from(POSITIONS),
            ),
            st.integers(1, 50),
            max_size=40,
        )
    )
    return [
        Line(
            organisation=f"co-{number}",
            host_body=organisations[number][0],
            employer_type=organisations[number][1],
            country=country,
            position=position,
            people=people,
        )
        for (number, country, position), people in groups.items()
    ]


def _tables(lines: list[Line]) -> list[list[Counted]]:
    return [
        by_country(lines, POSITIONS),
        by_host(lines, POSITIONS, prefectures=PREFECTURES, cities=CITIES),
        by_employer(lines, POSITIONS),
    ]


@given(registers())
def test_every_table_counts_the_same_people_and_organisations(lines: list[Line]) -> None:
    totals = {table[-1] for table in _tables(lines)}

    assert len(totals) == 1
    (total,) = totals
    assert total.kind == RowKind.TOTAL
    assert total.total.people == sum(line.people for line in lines)
    assert total.total.organisations == len({line.organisation for line in lines})


@given(registers())
def test_the_rows_of_every_table_add_up_to_its_total(lines: list[Line]) -> None:
    for table in _tables(lines):
        ones = [row for row in table if row.kind == RowKind.ONE]
        for index in range(len(POSITIONS)):
            people = sum(row.counts[index].people for row in ones)
            assert people == table[-1].counts[index].people
        assert sum(row.total.people for row in ones) == table[-1].total.people


@given(registers())
def test_the_positions_of_every_row_add_up(lines: list[Line]) -> None:
    for table in _tables(lines):
        for row in table:
            assert sum(one.people for one in row.counts) == row.total.people


@given(registers())
def test_designated_cities_and_prefectures_make_the_whole(lines: list[Line]) -> None:
    rows = by_host(lines, POSITIONS, prefectures=PREFECTURES, cities=CITIES)
    people = {row.key: row.total.people for row in rows}

    assert people["subtotal"] == sum(people[city] for city in CITIES)
    assert people["total"] == people["subtotal"] + sum(people[one] for one in PREFECTURES)


@given(registers())
def test_each_organisation_stands_under_one_type(lines: list[Line]) -> None:
    *rows, total = by_employer(lines, POSITIONS)

    for index in range(len(POSITIONS)):
        organisations = sum(row.counts[index].organisations for row in rows)
        assert organisations == total.counts[index].organisations
    assert sum(row.total.organisations for row in rows) == total.total.organisations


@given(registers())
def test_every_host_body_and_every_type_has_a_row_even_with_nobody(lines: list[Line]) -> None:
    _country, host, employer = _tables(lines)

    assert [row.key for row in host] == [*PREFECTURES, *CITIES, "subtotal", "total"]
    assert [row.key for row in employer] == [*GROUPS, "total"]


@given(registers())
def test_the_largest_country_comes_first(lines: list[Line]) -> None:
    people = [row.total.people for row in by_country(lines, POSITIONS)[:-1]]

    assert people == sorted(people, reverse=True)
    assert len(people) == len({line.country for line in lines})


def test_an_organisation_with_two_positions_counts_once_in_the_total() -> None:
    lines = [
        Line("co-1", "pref-01", "city", "IE", "ALT", 2),
        Line("co-1", "pref-01", "city", "GB", "CIR", 1),
    ]

    row = counted(lines, POSITIONS, "city")

    assert row.counts == (Count(1, 2), Count(1, 1), Count(0, 0))
    assert row.total == Count(1, 3)


def test_every_type_of_employer_has_its_line_in_the_yearbook() -> None:
    assert set(GROUP_OF) == {kind.value for kind in EmployerType}
    assert GROUPS == (
        "prefecture",
        "designated-city",
        "city",
        "town",
        "village",
        "partial-cooperative",
        "other",
    )
    assert GROUP_OF["special-ward"] == "city"
    assert GROUP_OF["private-school"] == "other"


def test_a_host_body_nobody_knows_is_an_error_not_a_gap() -> None:
    stray = Line("co-1", "pref-99", "city", "IE", "ALT", 1)

    with pytest.raises(LookupError, match="pref-99"):
        by_host([stray], POSITIONS, prefectures=PREFECTURES, cities=CITIES)


def test_a_change_needs_two_years_that_follow_one_another() -> None:
    series = [(2018, 10), (2019, 13), (2020, None), (2021, 9), (2023, 4)]

    assert changes(series) == [None, 3, None, None, None]
