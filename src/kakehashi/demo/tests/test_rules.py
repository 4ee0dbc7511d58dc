import csv
from collections import Counter
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kakehashi.demo.rules import (
    CAST,
    MOMENTS,
    Stage,
    application_row,
    couple,
    groups,
    people,
    read,
    shared,
    workplaces,
)
from kakehashi.demo.rules.names import HEARD, TONGUES
from kakehashi.demo.rules.officers import FAMILY, GIVEN, school

PACK = Path(__file__).parents[4] / "programmes" / "jet"
SLUGS = (
    "applicant mission reader interviewer mofa mic mext clair-placement clair-chief clair-head clair-pc clair-desk "
    "clair-events clair-finance committee-placement committee-counselling host pa co supervisor "
    "participant sgl counsellor specialist ajet jetaa alumna auditor operator custodian"
)
FULL = 5800


def test_the_cast_has_the_accounts_that_others_rely_on() -> None:
    assert [part.slug for part in CAST] == SLUGS.split()
    assert {part.email for part in CAST} == {f"{slug}@demo.invalid" for slug in SLUGS.split()}


def test_the_stages_follow_each_other_in_time() -> None:
    moments = [MOMENTS[stage] for stage in Stage]

    assert moments == sorted(moments)


def test_the_same_seed_invents_the_same_people() -> None:
    wanted = groups(50, read(PACK, people=FULL))
    once = people(wanted, start=1, kind="a", chance=Random("x"))
    again = people(wanted, start=1, kind="a", chance=Random("x"))

    assert once == again
    assert len({one.email for one in once}) == 50


@given(st.integers(0, 5000))
def test_what_is_shared_by_weight_adds_up(count: int) -> None:
    weights = read(PACK, people=FULL).countries
    found = shared(count, weights)

    assert sum(found.values()) == count
    assert set(found) == set(weights if count >= len(weights) else list(weights)[:count])
    assert sum(number for _c, _p, number in groups(count, read(PACK, people=FULL))) == count


def test_a_demo_of_full_size_has_the_figures_of_the_pack() -> None:
    marginals = read(PACK, people=FULL)

    assert marginals.number("newcomers") == 1900
    assert marginals.organisations(least=9) == marginals.of("organisations")
    assert sum(marginals.of("organisations").values()) == 985
    assert len(marginals.countries) == 50


def test_the_figures_name_every_country_type_and_position_of_the_pack() -> None:
    marginals = read(PACK, people=FULL)
    named = {"country": "countries", "organisations": "co_types", "position": "positions"}

    for what, file in {**named, "size": "co_types"}.items():
        lines = (PACK / f"{file}.csv").read_text(encoding="utf-8").splitlines()
        assert set(marginals.of(what)) == {row["code"] for row in csv.DictReader(lines)}


def test_a_small_demo_still_has_an_organisation_of_each_type() -> None:
    assert set(read(PACK, people=12).organisations(least=9).values()) == {1}


def test_six_thousand_people_are_not_told_apart_by_their_addresses_alone() -> None:
    crowd = people(
        groups(FULL, read(PACK, people=FULL)), start=1, kind="a", chance=Random("names")
    )
    names = Counter((one.given, one.family) for one in crowd)

    assert max(names.values()) <= 6
    assert len(names) > FULL * 0.9


def test_every_country_of_the_figures_has_names_of_its_own() -> None:
    assert set(HEARD) == set(read(PACK, people=FULL).countries)
    assert {tongue for some in HEARD.values() for tongue in some.split()} == set(TONGUES)
    for tongue in TONGUES.values():
        assert len(set(tongue.given)) == len(tongue.given) >= 10
        assert len(set(tongue.family)) == len(tongue.family) >= 10


def test_officers_and_schools_have_names_enough() -> None:
    assert len({one.ja for one in FAMILY}) * len({one.ja for one in GIVEN}) > 10_000
    assert len({school(index).ja for index in range(157)}) == 157
    assert {"（架空）" in school(3).ja, "(invented)" in school(3).en} == {True}


def test_no_organisation_asks_twice_for_the_same_place_of_work() -> None:
    for kind in ("prefecture", "town"):
        found = list(workplaces(kind, cir=False, chance=Random("x")))

        assert len(set(found)) == len(found) > 50


@pytest.mark.parametrize("pairs", [0, 1, 2])
def test_couples_name_each_other(pairs: int) -> None:
    chance = Random("x")
    rows = [
        application_row(
            one, mission=f"m{index % 2}", prefectures=["01", "02", "03"], chance=chance
        )
        for index, one in enumerate(
            people([("GB", "ALT", 8)], start=1, kind="a", chance=chance)
        )
    ]
    couple(rows, pairs=pairs)
    named = {row["email"]: row["partner_email"] for row in rows if "partner_email" in row}

    assert len(named) == 2 * pairs
    assert all(named[partner] == email for email, partner in named.items())
