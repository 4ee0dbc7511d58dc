"""Sign-ins that fail: what is kept of them, which accounts are locked, and who may see it."""

from datetime import timedelta
from typing import Any

import pytest
from allauth.account.signals import password_changed
from django.core.cache import cache
from django.http import HttpRequest
from django.test import Client

from kakehashi.accounts import actions
from kakehashi.accounts.models import AccountRule, FailedSignIn
from kakehashi.accounts.queries import failures_for, locked_for
from kakehashi.accounts.rules import Lock, locks_of
from kakehashi.directory.models import Person
from kakehashi.directory.rules import Role
from kakehashi.directory.tests import factories as make
from kakehashi.kernel import clock

pytestmark = pytest.mark.django_db
PASSWORD = "over-the-bridge-27"


@pytest.fixture(autouse=True)
def fresh_counters() -> None:
    cache.clear()


@pytest.fixture
def maya() -> Person:
    person = make.person("maya@demo.invalid")
    person.set_password(PASSWORD)
    person.save()
    return person


@pytest.fixture
def operator() -> Person:
    return make.officer(Role.OPERATOR)


def tries(person: Person, times: int, word: str = "guess") -> None:
    for _ in range(times):
        Client().post("/account/login/", {"login": person.email, "password": word})


def locked(operator: Person) -> list[tuple[Person, int]]:
    return [(row, vars(row)["failures"]) for row in locked_for(operator, at=clock.now())]


def signed_in(person: Person) -> HttpRequest:
    client = Client()
    client.force_login(person)
    return client.get("/accounts/devices/").wsgi_request


def page(person: Person, path: str) -> tuple[int, int]:
    client = Client()
    client.force_login(person)
    answer = client.get(path)
    shown = answer.context["page"].paginator.count if answer.status_code == 200 else 0
    return answer.status_code, shown


def test_locks_of_single_accounts_are_read_from_the_limits() -> None:
    assert locks_of("6/10m/key, 24/1d/key,60/10m/ip,5/m/key") == [
        Lock(6, timedelta(minutes=10)),
        Lock(24, timedelta(days=1)),
        Lock(5, timedelta(minutes=1)),
    ]


def test_what_fails_is_written_down_and_the_sixth_locks(maya: Person, operator: Person) -> None:
    tries(maya, 5)
    assert ([row.person for row in failures_for(operator)], locked(operator)) == (
        [maya] * 5,
        [],
    )
    tries(maya, 1)
    assert locked(operator) == [(maya, 6)]
    tries(maya, 3, PASSWORD)  # refused before the password is looked at
    assert locked(operator) == [(maya, 6)]


def test_of_an_address_without_an_account_nothing_is_kept_but_the_moment(
    operator: Person,
) -> None:
    Client().post("/account/login/", {"login": "my-secret-password", "password": "guess"})
    Client().post("/account/login/", {"login": "nobody@demo.invalid", "password": "guess"})
    (row,) = failures_for(operator)
    assert (row.person, locked(operator)) == (None, [])


def test_a_new_password_starts_anew_and_one_that_fits_does_not(
    maya: Person, operator: Person
) -> None:
    tries(maya, 5)
    tries(maya, 1, PASSWORD)
    tries(maya, 1)
    assert locked(operator) == [(maya, 6)]
    password_changed.send(sender=Person, request=signed_in(maya), user=maya)
    assert (failures_for(operator).count(), locked(operator)) == (6, [])


def test_a_lock_ends_by_itself(maya: Person, operator: Person) -> None:
    tries(maya, 6)
    soon, later = timedelta(minutes=9), timedelta(minutes=11)
    assert list(locked_for(operator, at=clock.now() + soon)) == [maya]
    assert list(locked_for(operator, at=clock.now() + later)) == []


def test_only_operators_see_others_failures(maya: Person, operator: Person) -> None:
    tries(maya, 6)
    tries(operator, 1)
    for path, rows in (("/accounts/failures/", 7), ("/accounts/locked/", 1)):
        assert page(operator, path) == (200, rows)
        assert page(make.officer(Role.AUDITOR), path) == (403, 0)
    assert failures_for(maya).count() == 6
    assert failures_for(make.officer(Role.AUDITOR)).count() == 0


def test_an_operator_s_first_page_counts_both_and_leads_to_the_lists(
    maya: Person, operator: Person
) -> None:
    FailedSignIn.objects.create(person=maya, at=clock.now() - timedelta(days=2))
    tries(maya, 6)
    client = Client()
    client.force_login(operator)
    figures = {str(one.label): one for one in client.get("/").context["figures"]}
    for label, count in (("Accounts locked now", 1), ("Failed sign-ins, the last 24 hours", 6)):
        assert figures[label].value == count
        assert page(operator, str(figures[label].url)) == (200, count)


def test_failures_are_forgotten_after_the_days_the_rule_says(operator: Person) -> None:
    AccountRule.objects.create(code="failed_sign_in_days", value=5, source="test")
    for days in (4, 6):
        FailedSignIn.objects.create(at=clock.now() - timedelta(days=days))
    assert actions.forget_old_failures(at=clock.now()) == 1
    assert failures_for(operator).count() == 1


@pytest.mark.parametrize("number", [1, 3, 100])
@pytest.mark.parametrize(
    ("path", "cost"), [("/accounts/failures/", 7), ("/accounts/locked/", 8)]
)
def test_the_lists_cost_the_same(
    number: int,
    path: str,
    cost: int,
    operator: Person,
    django_assert_num_queries: Any,  # noqa: ANN401 -- pytest-django's fixture
) -> None:
    for _ in range(number):
        person = make.person()
        FailedSignIn.objects.bulk_create(
            FailedSignIn(person=person, at=clock.now()) for _ in range(6)
        )
    client = Client()
    client.force_login(operator)
    with django_assert_num_queries(cost):
        client.get(path)
