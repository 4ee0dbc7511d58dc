from collections.abc import Callable

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from kakehashi.directory.models import Office, Person
from kakehashi.directory.rules import Role
from kakehashi.directory.tests import factories as directory
from kakehashi.intake.tests import factories as intake
from kakehashi.placement import actions
from kakehashi.placement.lifecycle import RequestState
from kakehashi.placement.models import (
    Placement,
    Request,
)
from kakehashi.placement.tests import factories as make
from kakehashi.placement.tests.pages import as_, at, read, status

pytestmark = pytest.mark.django_db
NOON = directory.NOON
CANARY = "Canary-Quetzal"


def test_the_page_of_a_request_is_for_those_concerned() -> None:
    office = make.organisation()
    officer = make.officer_of(office)
    request = make.draft(office, officer)
    host, clair = make.host_officer(office), make.clair()
    stranger = make.officer_of(make.organisation())

    assert status(officer, "request", request.pk) == 200
    assert [status(it, "request", request.pk) for it in (host, clair, stranger)] == [404] * 3
    actions.file(request, by=officer, at=NOON)
    assert [status(it, "request", request.pk) for it in (officer, host, clair)] == [200] * 3
    assert status(stranger, "request", request.pk) == 404
    assert status(directory.person(), "request", request.pk) == 404


def test_a_move_that_is_not_theirs_is_404_unseen_and_403_seen() -> None:
    office = make.organisation()
    officer = make.officer_of(office)
    request = make.draft(office, officer)
    actions.file(request, by=officer, at=NOON)
    stranger, clair = make.officer_of(make.organisation()), make.clair()

    assert as_(stranger).post(at("check", request.pk)).status_code == 404
    assert as_(clair).post(at("check", request.pk)).status_code == 403
    assert as_(clair).get(at("check", request.pk)).status_code == 405
    assert as_(stranger).get(at("check", request.pk)).status_code == 404
    assert as_(clair).get(at("return_request", request.pk)).status_code == 403
    assert Request.objects.get().state == RequestState.FILED


@pytest.mark.parametrize("role", list(Role))
def test_runs_and_rules_open_for_those_who_compute_decide_or_check(role: Role) -> None:
    make.accepted()
    make.people({})
    run = make.solved()
    person = directory.officer(role)
    on_the_desk = role in {Role.CLAIR_PLACEMENT, Role.PLACEMENT_COMMITTEE, Role.AUDITOR}
    expected = 200 if on_the_desk else 404

    for name in ("run", "card", "placed", "unplaced", "unfilled"):
        assert status(person, name, run.pk) == expected
    assert status(person, "rules") == (200 if on_the_desk else 403)
    assert status(person, "runs") == 200
    may_open = role in {Role.CLAIR_PLACEMENT, Role.AUDITOR}
    refused = 403 if on_the_desk else 404
    assert status(person, "market", run.pk) == (200 if may_open else refused)
    assert status(person, "notices", run.pk) == (
        200 if role == Role.CLAIR_PLACEMENT else refused
    )


def test_the_page_of_a_placement_is_for_those_concerned_once_told() -> None:
    placement = make.one_told()
    office = placement.request.organisation
    stranger = make.organisation(host="pref-13")

    for person in (
        make.officer_of(office),
        make.host_officer(office),
        make.clair(),
        directory.officer(Role.MISSION),
        directory.officer(Role.MIC),
    ):
        assert status(person, "placement", placement.pk) == 200
    for person in (
        make.officer_of(stranger),
        make.host_officer(stranger),
        directory.person(),
        directory.officer(Role.MISSION, directory.mission("paris", "FR")),
    ):
        assert status(person, "placement", placement.pk) == 404
        assert status(person, "notice", placement.pk, "candidate", "en") == 404
        assert as_(person).post(at("agree", placement.pk)).status_code == 404
    assert status(placement.person, "placement", placement.pk) == 302


@pytest.mark.parametrize(
    "name", ["runs", "requests", "placements", "rules", "mine", "draft_request", "start_run"]
)
def test_nobody_reads_anything_before_signing_in(name: str, client: Client) -> None:
    assert client.get(at(name)).status_code == 302


def test_no_candidate_and_no_organisation_reads_another_s_data() -> None:
    other_office = make.organisation(host="pref-13")
    make.accepted(
        other_office, workplace=f"{CANARY} School", duties=f"{CANARY} duties", seats=1
    )
    ours = make.organisation()
    make.accepted(ours, seats=1)
    make.people(
        {"wish_1": directory.prefecture("31")},
        {"wish_1": directory.prefecture("13"), "family_name": CANARY, "dependants": 3},
    )
    placements = make.released(make.solved())
    theirs = next(one for one in placements if one.application.family_name == CANARY)
    mine = next(one for one in placements if one.application.family_name != CANARY)
    assert theirs.request.organisation == other_office

    readers = [
        mine.person,
        make.officer_of(ours),
        make.host_officer(ours),
        directory.officer(Role.SUPERVISOR, ours),
        directory.officer(Role.PARTICIPANT, ours),
        directory.person(),
    ]
    for person in readers:
        client = as_(person)
        for name in ("requests", "placements", "mine", "runs"):
            for address in (at(name), at(name) + "?format=csv", at(name) + "?q=Canary"):
                text = client.get(address).content.decode()
                assert CANARY not in text.replace("?q=Canary", "").replace('value="Canary"', "")
        for address in (
            at("placement", theirs.pk),
            at("request", theirs.request_id),
            at("notice", theirs.pk, "candidate", "en"),
            at("person_in_run", theirs.run_id, theirs.application_id),
        ):
            assert client.get(address).status_code == 404
    assert CANARY in read(make.officer_of(other_office), "placement", theirs.pk)
    assert CANARY in read(make.clair(), "placement", theirs.pk)


def test_lists_of_a_run_show_numbers_and_no_names() -> None:
    make.accepted()
    make.people({"family_name": CANARY}, {"family_name": CANARY})
    run = make.solved()
    committee = directory.officer(Role.PLACEMENT_COMMITTEE)

    for name in ("run", "placed", "unplaced", "unfilled"):
        assert CANARY not in read(committee, name, run.pk)
    placed = Placement.objects.get().application
    assert placed.number in read(committee, "placed", run.pk)
    assert CANARY not in read(committee, "person_in_run", run.pk, placed.pk)


def many_requests(number: int, office: Office) -> None:
    officer = make.officer_of(office)
    made = [make.draft(office, officer) for _ in range(number)]
    actions.file_many(made, by=officer, at=NOON)


@pytest.mark.parametrize("number", [1, 3, 100])
@pytest.mark.parametrize(
    ("reader", "queries"),
    [(make.officer_of, 10), (make.host_officer, 10), (lambda _office: make.clair(), 10)],
)
def test_the_list_of_requests_costs_the_same_whatever_its_length(
    number: int,
    reader: Callable[[Office], Person],
    queries: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    office = make.organisation()
    many_requests(number, office)
    client = as_(reader(office))

    with django_assert_num_queries(queries):
        assert client.get(at("requests")).status_code == 200


@pytest.mark.parametrize("number", [1, 3, 100])
def test_the_lists_of_placements_and_of_a_run_cost_the_same_whatever_their_length(
    number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    office = make.organisation()
    make.accepted(office, seats=number)
    make.accepted(office, seats=1, licence_required=True)
    make.people(*[{} for _ in range(number)])
    run = make.solved()
    make.released(run)
    clair, officer = as_(make.clair()), as_(make.officer_of(office))
    run_page = {"run": 12, "placed": 14, "unplaced": 6, "unfilled": 8, "notices": 12}
    run_page |= {"exceptions": 9, "compare": 8}

    with django_assert_num_queries(9):
        assert officer.get(at("placements")).status_code == 200
    with django_assert_num_queries(8):
        assert clair.get(at("runs")).status_code == 200
    for name, queries in run_page.items():
        with django_assert_num_queries(queries):
            assert clair.get(at(name, run.pk)).status_code == 200


@pytest.mark.parametrize("number", [1, 3, 60])
def test_the_page_of_rules_costs_the_same_whatever_its_length(
    number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    make.weights()
    year, clair = intake.year(), make.clair()
    country = directory.country("IE")
    for n in range(number):
        office = make.organisation(f"co-{n}")
        actions.set_limit(year, office, minimum=1, maximum=2, by=clair, at=NOON)
        actions.set_cap(year, office, country=country, maximum=1, by=clair, at=NOON)
    client = as_(clair)

    with django_assert_num_queries(10):
        assert client.get(at("rules")).status_code == 200
