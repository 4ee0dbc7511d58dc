"""The engine against a second formulation, where brute force would not end."""

import pytest

from kakehashi.matching import InvalidMarket
from kakehashi.matching.tests.markets import by_chance
from kakehashi.matching.tests.second import Second
from kakehashi.matching.tests.test_welfare import solved


@pytest.mark.parametrize("seed", list(range(50)))
def test_markets_of_up_to_sixty_people_have_the_levels_of_cp_sat(seed: int) -> None:
    data = by_chance(5000 + seed, people_up_to=60)
    second = Second(data).levels()
    if second is None:
        with pytest.raises(InvalidMarket):
            solved(data)
        return
    plan = solved(data)
    assert plan.proved
    assert [(it.name, it.value) for it in plan.levels] == second
