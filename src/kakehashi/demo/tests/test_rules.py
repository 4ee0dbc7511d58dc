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
    people,
    quota,
)
from kakehashi.demo.rules.invention import ORIGINS

SLUGS = (
    "applicant mission reader interviewer mofa mic mext clair-placement clair-pc clair-desk "
    "clair-events clair-finance committee-placement committee-counselling host pa co supervisor "
    "participant sgl counsellor specialist ajet jetaa alumna auditor operator custodian"
)


def test_the_cast_has_the_accounts_that_others_rely_on() -> None:
    assert [part.slug for part in CAST] == SLUGS.split()
    assert {part.email for part in CAST} == {f"{slug}@demo.invalid" for slug in SLUGS.split()}


def test_the_stages_follow_each_other_in_time() -> None:
    moments = [MOMENTS[stage] for stage in Stage]

    assert moments == sorted(moments)


def test_the_same_seed_invents_the_same_people() -> None:
    once = people(50, start=1, kind="a", chance=Random("x"))
    again = people(50, start=1, kind="a", chance=Random("x"))

    assert once == again
    assert len({one.email for one in once}) == 50


@given(st.integers(12, 5000))
def test_every_invitation_goes_to_some_country(count: int) -> None:
    seats = quota(count)

    assert sum(seats.values()) == count
    assert min(seats.values()) >= 1
    assert set(seats) == {origin.code for origin in ORIGINS}


@pytest.mark.parametrize("pairs", [0, 1, 2])
def test_couples_name_each_other(pairs: int) -> None:
    chance = Random("x")
    rows = [
        application_row(
            one, mission=f"m{index % 2}", prefectures=["01", "02", "03"], chance=chance
        )
        for index, one in enumerate(people(8, start=1, kind="a", chance=chance))
    ]
    couple(rows, pairs=pairs)
    named = {row["email"]: row["partner_email"] for row in rows if "partner_email" in row}

    assert len(named) == 2 * pairs
    assert all(named[partner] == email for email, partner in named.items())
