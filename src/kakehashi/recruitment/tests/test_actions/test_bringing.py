"""Applications come as a table, and batches cost the same."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kakehashi.directory.rules import Role
from kakehashi.directory.tests import factories as make
from kakehashi.intake.tests import factories as plan
from kakehashi.kernel.policy import Refused
from kakehashi.recruitment import actions
from kakehashi.recruitment.lifecycle import State
from kakehashi.recruitment.models import Application
from kakehashi.recruitment.tests import factories as ours
from kakehashi.recruitment.tests.test_actions import deeds

pytestmark = pytest.mark.django_db


def _imported(numbers: range) -> tuple[int, list[Application]]:
    """Import these rows; say how many queries that cost."""
    officer = ours.coordinator()
    rows = [_row(number) for number in numbers]
    with CaptureQueriesContext(connection) as asked:
        actions.import_applications(rows, by=officer, at=make.NOON)
    emails = [row["email"] for row in rows]
    with_all = Application.objects.select_related("person", "mission", "country", "year")
    return len(asked), list(with_all.filter(person__email__in=emails))


def test_a_table_costs_the_same_however_many_rows_it_has() -> None:
    """Up to 26 rows: SQLite takes no more of them in one statement."""
    _imported(range(500, 502))  # the first deed of all opens the trail
    few, _applications = _imported(range(2))
    many, _applications = _imported(range(100, 125))
    assert many == few


def test_a_batch_costs_the_same_however_many_it_holds() -> None:
    officer = ours.coordinator()
    ours.paper("nationality")
    _cost, some = _imported(range(28))
    actions.complete_many(some[27:], by=officer, at=make.NOON)  # reads the officer's seats
    costs = []
    for act, batch in (
        (actions.complete_many, some[:3]),
        (actions.complete_many, some[3:14]),
        (actions.find_incomplete_many, some[14:17]),
        (actions.find_incomplete_many, some[17:27]),
    ):
        with CaptureQueriesContext(connection) as asked:
            act(batch, by=officer, at=make.NOON)
        costs.append(len(asked))
    assert costs[0] == costs[1]
    assert costs[2] == costs[3]


def _row(number: int) -> dict[str, Any]:
    return {
        "email": f"applicant{number}@demo.invalid",
        "family_name": f"Family{number}",
        "given_name": "Given",
        "nationality": make.country(),
        "mission": ours.mission(),
        "position": plan.position(),
        "year": plan.year(),
        "partner_email": "applicant0@demo.invalid" if number % 2 else "",
    }


def test_imported_applications_are_handed_in_under_running_numbers() -> None:
    officer = ours.coordinator()
    ours.draft()
    assert actions.import_applications([_row(0), _row(1)], by=officer, at=make.NOON) == 2
    first, second = Application.objects.exclude(keyed_by=None).order_by("number")
    assert [first.number, second.number] == ["27-00002", "27-00003"]
    assert (second.partner_number, first.state, first.submitted_at) == (
        "27-00002",
        State.SUBMITTED,
        make.NOON,
    )
    assert deeds(first) == ["import_application"]
    assert first.person.email == "applicant0@demo.invalid"
    assert not first.person.has_usable_password()
    assert actions.import_applications([], by=officer, at=make.NOON) == 0
    with pytest.raises(Refused):
        actions.import_applications([_row(5)], by=make.officer(Role.READER), at=make.NOON)
