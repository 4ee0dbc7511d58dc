"""The demo's invented year, for the tests that walk through the whole house."""

import logging
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.db import transaction
from pytest_django import DjangoDbBlocker

from kakehashi.demo.actions import load
from kakehashi.demo.models import Scene
from kakehashi.demo.rules import Stage
from kakehashi.kernel import clock

PEOPLE = 12


@pytest.fixture(scope="module")
def year(
    django_db_setup: None,  # noqa: ARG001 -- a fixture that prepares the database
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[Scene]:
    """Tell the year to its end, for all tests of a module, and forget it after them.

    The whole module runs in one transaction; a test that changes something undoes it itself.
    """
    shift = clock._shift
    with django_db_blocker.unblock(), transaction.atomic():
        yield load(people=PEOPLE, stage=Stage.APPOINTMENT, pack=settings.KAKEHASHI_PACK)
        transaction.set_rollback(True)
    clock._shift = shift


@pytest.fixture(autouse=True)
def quiet_refusals() -> Iterator[None]:
    """Thousands of refusals are asked for here; the log need not tell each."""
    logging.disable(logging.WARNING)
    yield
    logging.disable(logging.NOTSET)
