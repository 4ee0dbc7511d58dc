import json
from typing import Any

import pytest

from kakehashi.directory.models import Municipality, Prefecture
from kakehashi.directory.tests import factories as directory
from kakehashi.intake.tests import factories as intake
from kakehashi.placement import actions
from kakehashi.placement.models import Rejection, Run
from kakehashi.placement.tests import factories as make

pytestmark = pytest.mark.django_db
NOON = directory.NOON


def market(run: Run) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(run.market)
    return found


def rejected(run: Run) -> list[tuple[int, str, list[int]]]:
    rows = Rejection.objects.filter(run=run).order_by("application", "rule")
    return [(row.application_id, row.rule, row.requests) for row in rows]


def test_a_market_holds_numbers_and_never_names() -> None:
    request = make.accepted()
    (application,) = make.people({"family_name": "Canary-Byrne", "email": "c@demo.invalid"})
    found = market(make.solved())

    assert [person["id"] for person in found["people"]] == [f"a{application.pk}"]
    assert [place["id"] for place in found["places"]] == [f"r{request.pk}"]
    text = json.dumps(found)
    for word in ("Canary", "c@demo", "Office", "Prefecture", "27-0"):
        assert word not in text


def test_the_tree_runs_from_the_region_of_japan_to_the_organisation() -> None:
    request = make.accepted()
    make.people({})
    office = request.organisation
    found = {region["id"]: region for region in market(make.solved())["regions"]}

    block = f"b{Prefecture.objects.order_by('code')[0].code}"
    assert found[f"o{office.pk}"]["parent"] == f"h{office.parent_id}"
    assert found[f"h{office.parent_id}"]["parent"] == block
    assert found[block]["parent"] is None


def test_what_a_hard_rule_keeps_apart_is_written_down_and_not_in_the_market() -> None:
    possible = make.accepted()
    licence = make.accepted(licence_required=True)
    cir = make.accepted(position=intake.position("CIR"))
    (application,) = make.people({})
    run = make.solved()

    (person,) = market(run)["people"]
    assert [option["place"] for option in person["options"]] == [f"r{possible.pk}"]
    assert rejected(run) == [
        (application.pk, "licence", [licence.pk]),
        (application.pk, "position", [cir.pk]),
    ]


def test_only_accepted_requests_with_a_free_seat_are_offered() -> None:
    full = make.accepted(seats=1)
    make.people({})
    make.released(make.solved())
    make.draft()
    free = make.accepted(seats=3)
    run = make.solved()

    assert full.pk != free.pk
    assert [(place["id"], place["seats"]) for place in market(run)["places"]] == [
        (f"r{free.pk}", 3)
    ]
    assert market(run)["people"] == []


def test_whoever_was_told_counts_against_limits_and_caps() -> None:
    office = make.organisation()
    request = make.accepted(office, seats=2)
    make.people({})
    make.released(make.solved())
    clair, year = make.clair(), intake.year()
    actions.set_limit(year, directory.host(), minimum=3, maximum=4, by=clair, at=NOON)
    actions.set_cap(
        year, directory.host(), country=directory.country("IE"), maximum=1, by=clair, at=NOON
    )
    run = make.solved()

    host = next(it for it in market(run)["regions"] if it["id"] == f"h{office.parent_id}")
    assert (host["min"], host["max"]) == (2, 3)
    assert market(run)["places"][0]["seats"] == 1
    assert market(run)["places"][0]["id"] == f"r{request.pk}"
    assert market(run)["quotas"] == []


def test_a_cap_lists_the_people_of_that_nationality_and_the_places_of_that_office() -> None:
    office = make.organisation()
    request = make.accepted(office, seats=2)
    make.accepted(make.organisation(host="pref-13"))
    applications = make.people({}, {})
    country = directory.country("IE")
    cap = actions.set_cap(
        intake.year(), directory.host(), country=country, maximum=1, by=make.clair(), at=NOON
    )
    run = make.solved()

    assert market(run)["quotas"] == [
        {
            "id": f"q{cap.pk}",
            "max": 1,
            "people": sorted(f"a{one.pk}" for one in applications),
            "places": [f"r{request.pk}"],
        }
    ]


def couple() -> list[Any]:
    return make.people(
        {"email": "one@demo.invalid", "partner_email": "two@demo.invalid"},
        {"email": "two@demo.invalid", "partner_email": "one@demo.invalid"},
    )


def test_a_couple_is_placed_in_one_town_or_in_neighbouring_ones() -> None:
    town, near, far = (directory.municipality(f"31{n}") for n in (201, 202, 203))
    Municipality.objects.filter(pk__in=[town.pk, near.pk]).update(postal_areas="680")
    Municipality.objects.filter(pk=far.pk).update(postal_areas="999")
    actions.load_neighbours(by="system:test", at=NOON)
    here = make.accepted(make.organisation(municipality=town), seats=2)
    there = make.accepted(make.organisation(municipality=near))
    make.accepted(make.organisation(municipality=far))
    couple()
    run = make.solved()

    (found,) = market(run)["couples"]
    pairs = [(pair["a"], pair["b"], pair["cost"]) for pair in found["pairs"]]
    assert pairs == [
        (f"r{here.pk}", f"r{here.pk}", 0),
        (f"r{here.pk}", f"r{there.pk}", 40),
        (f"r{there.pk}", f"r{here.pk}", 40),
    ]
    assert [person["options"] for person in market(run)["people"]] == [[], []]
    assert {placement.request_id for placement in run.placements.all()} == {here.pk}


def test_the_way_between_two_towns_is_charged_once_a_couple() -> None:
    town, near = (directory.municipality(f"31{n}") for n in (201, 202))
    Municipality.objects.filter(pk__in=[town.pk, near.pk]).update(postal_areas="680")
    actions.load_neighbours(by="system:test", at=NOON)
    make.accepted(make.organisation(municipality=town))
    make.accepted(make.organisation(municipality=near))
    couple()
    run = make.solved()

    parts = [placement.parts for placement in run.placements.order_by("application")]
    assert parts == [
        [["wish-open", 0], ["couple-neighbour", 40]],
        [["wish-open", 0]],
    ]


def test_a_couple_without_two_near_posts_is_placed_as_two_singles() -> None:
    make.accepted(make.organisation(municipality=directory.municipality("31201")))
    make.accepted(make.organisation(municipality=directory.municipality("31202")))
    couple()
    run = make.solved()

    assert market(run)["couples"] == []
    assert (run.counts["couples_apart"], run.counts["placed"]) == (1, 2)


def test_a_partner_who_names_nobody_back_is_a_single() -> None:
    make.accepted(seats=2)
    make.people(
        {"email": "one@demo.invalid", "partner_email": "two@demo.invalid"},
        {"email": "two@demo.invalid"},
    )

    assert market(make.solved())["couples"] == []


def test_whoever_has_declined_is_not_placed() -> None:
    make.accepted(seats=2)
    staying, leaving = make.people({}, {})
    make.withdraw(leaving)

    assert [it["id"] for it in market(make.solved())["people"]] == [f"a{staying.pk}"]


def test_alternates_take_part_only_when_asked() -> None:
    make.accepted(seats=2)
    chosen, waiting = make.people({}, {"outcome": "alternate", "rank": 1})

    without = market(make.solved())
    assert [it["id"] for it in without["people"]] == [f"a{chosen.pk}"]
    asked = market(make.solved(with_alternates=True))
    assert [(it["id"], it["selected"]) for it in asked["people"]] == [
        (f"a{chosen.pk}", True),
        (f"a{waiting.pk}", False),
    ]


def test_a_run_for_one_wave_takes_its_requests_and_its_people() -> None:
    april = make.accepted(wave=intake.wave("april"))
    summer = make.accepted()
    early, late = make.people({"early_departure": True}, {})
    year = intake.year()

    spring = market(make.solved(wave=intake.wave("april", year)))
    assert [it["id"] for it in spring["people"]] == [f"a{early.pk}"]
    assert [it["id"] for it in spring["places"]] == [f"r{april.pk}"]
    rest = market(make.solved(wave=intake.wave("a", year)))
    assert [it["id"] for it in rest["people"]] == [f"a{late.pk}"]
    assert [it["id"] for it in rest["places"]] == [f"r{summer.pk}"]


def test_the_same_seed_gives_the_same_bytes() -> None:
    make.accepted(seats=2)
    make.accepted()
    make.people({}, {}, {"setting": "rural"})
    one, other = make.solved(seed="same"), make.solved(seed="same")

    assert (one.market, one.plan) == (other.market, other.plan)
    assert one.market_sha256 == other.market_sha256
