import csv
import io
from decimal import Decimal

import pytest
from pytest_django import DjangoAssertNumQueries

from kakehashi.directory.models import Office, Person
from kakehashi.directory.rules import Role
from kakehashi.directory.tests import factories as directory
from kakehashi.intake.tests import factories as intake
from kakehashi.kernel.imports import EXPORTS, IMPORTS, Faulty, bring, send
from kakehashi.kernel.policy import Refused
from kakehashi.placement.lifecycle import RequestState
from kakehashi.placement.models import Request
from kakehashi.placement.tests import factories as make

pytestmark = pytest.mark.django_db
NOON = directory.NOON
HEADS = (
    "organisation,position,wave,seats,tier,setting,language,country,wished_country,"
    "predecessor_country,wished_japanese,"
    "japanese_level,licence_required,qualification_required,family_housing,workplace,duties,year"
)
GOOD = "co-a,ALT,a,2,1,rural,en,,IE,IE,N3,N4,yes,no,yes,City schools,Teaching,2027"


def table(*lines: str) -> bytes:
    return "\n".join((HEADS, *lines)).encode()


@pytest.fixture
def office() -> Office:
    intake.year()
    intake.position("ALT")
    directory.country("IE")
    return make.organisation("co-a")


@pytest.fixture
def officer(office: Office) -> Person:
    return make.officer_of(office)


def faults(data: bytes, by: Person) -> list[tuple[int, str]]:
    with pytest.raises(Faulty) as found:
        bring(IMPORTS["requests"], data, by=by, at=NOON)
    assert Request.objects.count() == 0
    return [(fault.row, fault.column) for fault in found.value.faults]


def test_a_table_of_requests_is_drafted_and_filed(officer: Person, office: Office) -> None:
    assert bring(IMPORTS["requests"], table(GOOD), by=officer, at=NOON) == 1

    request = Request.objects.get()
    assert (request.state, request.filed_at, request.number) == (
        RequestState.FILED,
        NOON,
        "27-R0001",
    )
    assert (request.organisation, request.seats, request.licence_required) == (office, 2, True)
    assert (request.setting, request.language, request.japanese_level) == ("rural", "en", "N4")
    assert request.wished_country == directory.country("IE")
    assert request.predecessor_country == directory.country("IE")
    assert request.wished_japanese == "N3"


OFFERED = (
    "workplace_types,is_replacement,sport,car_needed,housing,rent,housing_note,monthly_pay,"
    "weekly_hours,leave_days,terms_note"
)


def test_what_is_offered_is_read_as_japanese_offices_write_it(officer: Person) -> None:
    line = f'{GOOD.replace("rural", "農山漁村")},"中学校、小学校",有,,○,任用団体が用意する,"25,000",家具付き,,38時間45分,２０,'
    data = "\n".join((f"{HEADS},{OFFERED}", line)).encode()
    bring(IMPORTS["requests"], data, by=officer, at=NOON)

    request = Request.objects.get()
    assert request.workplace_types == ["elementary-school", "junior-high-school"]
    assert (request.is_replacement, request.car_needed) == (True, True)
    assert (request.housing, request.rent, request.housing_note) == (
        "provided",
        25000,
        "家具付き",
    )
    assert (request.monthly_pay, request.weekly_hours, request.leave_days) == (
        None,
        Decimal("38.75"),
        20,
    )


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ("kiosk,,,,,,,,,,", "workplace_types"),
        (",,,,castle,,,,,,", "housing"),
        (",,,,,-1,,,,,", "rent"),
        (",,,,,,,,61,,", "weekly_hours"),
        (",,,,,,,,abc,,", "weekly_hours"),
        (",,,,,,,,,367,", "leave_days"),
    ],
)
def test_what_cannot_be_offered_is_named(officer: Person, cells: str, column: str) -> None:
    data = "\n".join((f"{HEADS},{OFFERED}", f"{GOOD},{cells}")).encode()
    assert faults(data, officer) == [(2, column)]


def test_what_is_left_empty_asks_for_nothing(officer: Person) -> None:
    line = "co-a,ALT,a,1,,,,,,,,,,,,City schools,,2027"
    bring(IMPORTS["requests"], table(line), by=officer, at=NOON)

    request = Request.objects.get()
    assert (request.tier, request.setting, request.language) == (1, "none", "")
    assert (request.japanese_level, request.family_housing) == ("none", True)


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        (GOOD.replace("co-a", "co-nowhere"), (2, "organisation")),
        (GOOD.replace("ALT", "XXX"), (2, "position")),
        (GOOD.replace(",a,2", ",z,2"), (2, "wave")),
        (GOOD.replace(",a,2", ",a,0"), (2, "seats")),
        (GOOD.replace(",a,2", ",a,"), (2, "seats")),
        (GOOD.replace("2,1,rural", "2,0,rural"), (2, "tier")),
        (GOOD.replace("rural", "lunar"), (2, "setting")),
        (GOOD.replace(",en,,IE", ",en,ZZ,IE"), (2, "country")),
        (GOOD.replace(",en,,IE", ",en,,ZZ"), (2, "wished_country")),
        (GOOD.replace("N4", "N9"), (2, "japanese_level")),
        (GOOD.replace("yes,no,yes", "perhaps,no,yes"), (2, "licence_required")),
        (GOOD.replace("yes,no,yes", "yes,perhaps,yes"), (2, "qualification_required")),
        (GOOD.replace("yes,no,yes", "yes,no,perhaps"), (2, "family_housing")),
        (GOOD.replace("City schools", ""), (2, "workplace")),
        (GOOD.replace("City schools", "x" * 201), (2, "workplace")),
        (GOOD.replace("2027", "1999"), (2, "year")),
    ],
)
def test_every_fault_names_its_row_and_column(
    line: str, fault: tuple[int, str], officer: Person
) -> None:
    assert faults(table(line), officer) == [fault]


def test_a_row_that_stands_twice_is_named(officer: Person) -> None:
    assert faults(table(GOOD, GOOD), officer) == [
        (3, "organisation, position, wave, workplace, year")
    ]


def test_a_column_that_is_missing_or_strange_is_named(officer: Person) -> None:
    data = table(GOOD).replace(b"workplace", b"where")

    assert sorted(faults(data, officer)) == [(1, "where"), (1, "workplace")]


@pytest.mark.usefixtures("office")
def test_nobody_brings_requests_for_another_organisation() -> None:
    stranger = make.officer_of(make.organisation())

    assert faults(table(GOOD), stranger) == [(2, "organisation")]


@pytest.mark.usefixtures("office")
@pytest.mark.parametrize("role", [Role.MISSION, Role.MOFA, Role.PARTICIPANT, Role.AUDITOR])
def test_who_stands_behind_no_organisation_brings_no_requests(role: Role) -> None:
    with pytest.raises(Refused):
        bring(IMPORTS["requests"], table(GOOD), by=directory.officer(role), at=NOON)


def test_host_bodies_and_clair_bring_requests_for_the_organisations(office: Office) -> None:
    for number, person in enumerate((make.host_officer(office), make.clair())):
        line = GOOD.replace("City schools", f"School {number}")
        assert bring(IMPORTS["requests"], table(line), by=person, at=NOON) == 1


def test_a_dry_run_writes_nothing(officer: Person) -> None:
    assert bring(IMPORTS["requests"], table(GOOD), by=officer, at=NOON, dry_run=True) == 1
    assert Request.objects.count() == 0


def test_what_leaves_as_a_table_can_be_brought_again(officer: Person) -> None:
    bring(IMPORTS["requests"], table(GOOD), by=officer, at=NOON)
    data = send(EXPORTS["requests"], by=officer)
    Request.objects.all().delete()

    assert bring(IMPORTS["requests"], data, by=officer, at=NOON) == 1
    assert send(EXPORTS["requests"], by=officer) == data


def test_placements_leave_only_for_those_who_know_of_them() -> None:
    placement = make.one_told()
    office = placement.request.organisation

    def numbers(person: Person) -> list[str]:
        text = send(EXPORTS["placements"], by=person).decode("utf-8-sig")
        return [row["application"] for row in csv.DictReader(io.StringIO(text))]

    assert numbers(make.officer_of(office)) == [placement.application.number]
    assert numbers(make.officer_of(make.organisation())) == []
    with pytest.raises(Refused):
        send(EXPORTS["placements"], by=placement.person)


@pytest.mark.parametrize(("number", "queries"), [(3, 26), (100, 26)])
def test_a_large_table_costs_hardly_more_queries_than_a_small_one(
    number: int,
    queries: int,
    officer: Person,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    lines = [GOOD.replace("City schools", f"School {n}") for n in range(number)]

    with django_assert_num_queries(queries):
        bring(IMPORTS["requests"], table(*lines), by=officer, at=NOON)
