"""A round costs the same number of queries whether three people wait for it or two thousand."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kakehashi.councils.tests.factories import resolution
from kakehashi.intake.tests import factories as intake
from kakehashi.kernel.models import Post
from kakehashi.selection import actions
from kakehashi.selection.models import Result, Round
from kakehashi.selection.tests import factories as make

pytestmark = pytest.mark.django_db
PROPOSE, DRAFT, RELEASE, TAKE_BACK = 25, 23, 50, 35
THOUSANDS = 2000


def asked(deed: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as queries:
        deed()
    return len(queries)


def waiting(number: int) -> tuple[make.Cast, Round]:
    here = make.cast()
    intake.plan({("IE", "ALT", "a"): number // 2})
    points = [place % 100 for place in range(number)]
    make.scored(here, make.applied(here, number), *points)
    return here, make.round_of(here)


@pytest.mark.parametrize("number", [3, 60, pytest.param(THOUSANDS, marks=pytest.mark.deep)])
def test_to_propose_draft_release_and_take_back_costs_the_same_for_any_number(
    number: int,
) -> None:
    here, row = waiting(number)
    proposed = asked(lambda: actions.decide(row, by=here.officer, at=make.NOON))
    resolution(row.key, number="R1")
    drafted = asked(lambda: actions.draft_results(row, by=here.officer, at=make.NOON))
    released = asked(lambda: actions.release(row, count=number, by=here.mofa, at=make.NOON))
    told = Result.objects.filter(state="told").count()
    leaving = (
        Post.objects.filter(about__startswith="selection.result/")
        .exclude(released_at=None)
        .count()
    )
    taken_back = asked(lambda: actions.take_back(row, by=here.mofa, at=make.NOON))

    assert (told, leaving) == (number, number)
    more = 1 if number == THOUSANDS else 0  # letters are written a thousand at a time
    assert [proposed, drafted, released, taken_back] == [
        PROPOSE,
        DRAFT + more,
        RELEASE,
        TAKE_BACK,
    ]
