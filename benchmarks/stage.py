"""A demo at real size in a database of its own, for the figures to be measured on."""

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import Client

from kakehashi.demo.actions import load
from kakehashi.demo.rules import BY_SLUG, Stage
from kakehashi.directory.models import Person
from kakehashi.kernel.scope import unscoped


def database() -> str:
    """Name the database engine that is measured."""
    return "PostgreSQL" if connection.vendor == "postgresql" else "SQLite"


@contextmanager
def house(people: int, stage: Stage | None) -> Iterator[None]:
    """Give a database of its own with a year of `people` told up to a stage, or an empty one."""
    name = connection.creation.create_test_db(verbosity=0, serialize=False)
    try:
        call_command("createcachetable", verbosity=0)
        if stage:
            sys.stdout.write(f"A year of {people} people up to {stage}, in {name} …\n")
            load(people=people, stage=stage, pack=settings.KAKEHASHI_PACK)
        gc.collect()
        gc.freeze()  # a server has not told a year in the process that answers
        yield
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)


@unscoped("whoever measures signs in as everybody in turn")
def signed_in(slug: str) -> Client:
    """Give a browser in which one of the demo's people has signed in."""
    client = Client(headers={"host": "localhost"})
    client.force_login(Person.objects.get(email=BY_SLUG[slug].email))
    return client
