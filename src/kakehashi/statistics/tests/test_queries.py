from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date

import pytest
from django.utils.translation import override

from kakehashi.directory.rules import Role
from kakehashi.directory.tests import factories as make
from kakehashi.kernel.imports import send
from kakehashi.kernel.scope import seen_by
from kakehashi.statistics import exports, queries
from kakehashi.statistics.models import Census, CensusLine
from kakehashi.statistics.queries import Table
from kakehashi.statistics.tests import factories

pytestmark = pytest.mark.django_db


def _people(table: Table) -> dict[str, list[int]]:
    return {row.code: row.cells for row in table.rows}


@pytest.fixture
def census() -> Census:
    """Count six people."""
    factories.register()
    return factories.census()


def test_the_table_by_country(census: Census) -> None:
    table = queries.table_by_country(census)

    assert [position.code for position in table.positions] == ["ALT", "CIR", "SEA"]
    assert _people(table) == {"IE": [3, 0, 1, 4], "GB": [1, 1, 0, 2], "total": [4, 1, 1, 6]}


def test_the_table_by_host_body_has_a_subtotal_of_designated_cities(census: Census) -> None:
    make.host("pref-32")

    assert _people(queries.table_by_host(census)) == {
        "pref-31": [3, 1, 0, 4],
        "pref-32": [0, 0, 0, 0],
        "city-27": [1, 0, 1, 2],
        "subtotal": [1, 0, 1, 2],
        "total": [4, 1, 1, 6],
    }


def test_the_table_by_type_counts_organisations_and_people(census: Census) -> None:
    pairs = {row.code: row.pairs for row in queries.table_by_employer(census).rows}

    assert pairs == {
        "prefecture": [1, 2, 1, 1, 0, 0, 1, 3],
        "designated-city": [1, 1, 0, 0, 0, 0, 1, 1],
        "city": [1, 1, 0, 0, 0, 0, 1, 1],
        "town": [0] * 8,
        "village": [0] * 8,
        "partial-cooperative": [0] * 8,
        "other": [0, 0, 0, 0, 1, 1, 1, 1],
        "total": [3, 4, 1, 1, 1, 1, 4, 6],
    }


def test_all_tables_of_one_census_agree_with_one_another_and_the_annual_change(
    census: Census,
) -> None:
    totals = {tuple(table.total.cells) for table in queries.tables(census)}
    (year,) = queries.annual_change()

    assert totals == {(4, 1, 1, 6)}
    assert (year.total, year.countries) == (6, 2)
    assert year.by_position == {"ALT": 4, "CIR": 1, "SEA": 1}


def test_rows_are_named_in_the_readers_language(census: Census) -> None:
    row = queries.table_by_employer(census).rows[2]

    assert row.name == "City (special wards included)"
    with override("ja"):
        assert row.name == row.name_ja


def test_the_tables_cost_the_same_however_many_serve(
    census: Census, django_assert_num_queries: Callable[[int], AbstractContextManager[object]]
) -> None:
    with django_assert_num_queries(3):
        queries.tables(census)


def test_the_annual_change_marks_what_is_published_and_what_is_our_own(
    census: Census,
) -> None:
    factories.published(1987, 848, countries=4, alt=813, cir=35)
    factories.published(2024, 5)
    factories.published(2025, 4)
    factories.published(2026, 9)

    rows = {row.year: row for row in queries.annual_change()}

    assert [*rows] == [1987, 2024, 2025, 2026]
    assert (rows[1987].total, rows[1987].change, rows[1987].census) == (848, None, None)
    assert rows[1987].by_position == {"ALT": 813, "CIR": 35}
    assert rows[2025].change == -1
    assert (rows[2026].total, rows[2026].change, rows[2026].published) == (6, 2, 9)
    assert rows[2026].census == census


def test_an_interim_count_is_no_part_of_the_annual_change() -> None:
    factories.register()
    factories.census(official=False)

    assert queries.annual_change() == []


def test_official_counts_are_everyones_interim_ones_are_not() -> None:
    factories.register()
    interim = factories.census(date(2026, 9, 1), official=False)
    official = factories.census(date(2025, 7, 1))

    for role in (Role.MIC, Role.MOFA, Role.MEXT, Role.CLAIR_PLACEMENT):
        assert set(queries.census_for(make.officer(role))) == {interim, official}
    for person in (make.officer(Role.HOST), make.officer(Role.MISSION), make.person()):
        assert list(queries.census_for(person)) == [official]
        assert set(seen_by(person, CensusLine)) == set(official.lines.all())


def test_the_export_holds_every_count_of_every_table(census: Census) -> None:
    lines = send(exports.YEARBOOK, by=make.person()).decode("utf-8-sig").splitlines()

    assert lines[0] == "census,table,kind,code,name_en,name_ja,position,organisations,people"
    totals = [line.split(",") for line in lines if ",total,total," in line and ",all," in line]
    assert [(row[0], row[1], row[-1]) for row in totals] == [
        (str(census.taken_on), "country", "6"),
        (str(census.taken_on), "host", "6"),
        (str(census.taken_on), "employer", "6"),
    ]


def test_without_a_census_the_export_is_its_headings() -> None:
    assert len(send(exports.YEARBOOK, by=make.person()).decode().splitlines()) == 1
