"""Many at once press, claim and work at the same things; each happens once, and the others are told."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.core import mail
from django.db import connection

from kakehashi.directory.models import Person
from kakehashi.kernel import jobs, outbox
from kakehashi.kernel.lifecycle import MoveNotAllowed
from kakehashi.kernel.models import JobRun, Post, RunState
from kakehashi.kernel.trail import lines_about, verify_trail
from kakehashi.selection import actions
from kakehashi.selection.lifecycle import ResultState
from kakehashi.selection.models import Result, Round
from kakehashi.selection.tests import factories as make

pytestmark = pytest.mark.django_db(transaction=True)
AT_ONCE = 6
CLAIMS = 300
PEOPLE = 5


def at_once(deed: Callable[[int], Any], times: int = AT_ONCE) -> list[Any]:
    """Do it so many times at the same moment, each with a connection of its own."""
    start = Barrier(times)

    def one(number: int) -> Any:  # noqa: ANN401 -- whatever the deed gives
        start.wait()
        try:
            return deed(number)
        except (MoveNotAllowed, actions.NotDrafted) as error:
            return str(error)
        finally:
            connection.close()

    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(one, range(times)))


def told() -> list[str]:
    """List the applicants who were mailed, in order; officers get mail of other kinds besides."""
    readers = sorted(letter.to[0] for letter in mail.outbox)
    return [reader for reader in readers if reader.startswith("applicant")]


def drafted() -> tuple[Round, Person]:
    here = make.cast()
    row = make.decided(here, *range(90, 90 - PEOPLE, -1))
    make.drafted(here, row)
    return row, here.mofa


def test_officers_who_release_at_once_release_once_and_the_others_are_told() -> None:
    row, mofa = drafted()

    def release(_number: int) -> str:
        seen = Round.objects.get(pk=row.pk)
        actions.release(seen, count=PEOPLE, by=mofa, at=make.NOON)
        return "released"

    said = Counter(at_once(release))
    assert said["released"] == 1
    assert said.total() == AT_ONCE
    jobs.drain()
    assert told() == [f"applicant{number}@demo.invalid" for number in range(1, PEOPLE + 1)]
    assert Result.objects.filter(state=ResultState.TOLD).count() == PEOPLE
    assert [line.deed for line in lines_about([row.key])].count("release") == 1
    assert verify_trail() is None


def test_a_button_pressed_many_times_at_once_is_one_release() -> None:
    row, mofa = drafted()
    at_once(
        lambda _: (
            actions.ask_release(
                Round.objects.get(pk=row.pk), count=PEOPLE, by=mofa, at=make.NOON
            ).pk
        )
    )
    jobs.drain()

    assert told() == [f"applicant{number}@demo.invalid" for number in range(1, PEOPLE + 1)]
    released = JobRun.objects.filter(name="selection.actions.telling.release_asked")
    assert list(released.values_list("state", flat=True)) == [RunState.DONE]
    assert verify_trail() is None


def test_three_hundred_letters_are_claimed_by_many_workers_each_once() -> None:
    officer = Person.objects.create_user("officer@example.org")
    people = [Person(email=f"p{number}@example.org") for number in range(CLAIMS)]
    Person.objects.bulk_create(people)
    Post.objects.bulk_create(
        [
            Post(letter="x/y", about="x/1", to=to, language="en", written_at=make.NOON)
            for to in people
        ]
    )
    assert officer.pk

    def claim(_number: int) -> list[int]:
        return [row.pk for row in Post.objects.order_by("pk") if outbox._claimed(row)]

    claimed = [pk for some in at_once(claim, 4) for pk in some]
    assert sorted(claimed) == list(Post.objects.order_by("pk").values_list("pk", flat=True))
    assert len(claimed) == CLAIMS


def test_a_run_that_many_workers_take_at_once_is_done_once() -> None:
    row, mofa = drafted()
    asked = actions.ask_release(row, count=PEOPLE, by=mofa, at=make.NOON)
    said = at_once(lambda _: jobs.perform(asked.pk))
    asked.refresh_from_db()

    assert said.count(RunState.DONE) >= 1
    assert (asked.state, asked.tries) == (RunState.DONE, 1)
    jobs.drain()
    assert told() == [f"applicant{number}@demo.invalid" for number in range(1, PEOPLE + 1)]
