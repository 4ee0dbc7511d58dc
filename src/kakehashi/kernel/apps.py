"""Django's name tag; at the start it gathers what the parts offer."""

import sqlite3

from django.apps import AppConfig
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from django.utils.module_loading import autodiscover_modules


class Kernel(AppConfig):
    """The kernel."""

    name = "kakehashi.kernel"

    def ready(self) -> None:
        """Read every part's policy, letters, tables, jobs, reactions and offers, so they are known."""
        connection_created.connect(take_whole_batches)
        autodiscover_modules(
            *("policy", "letters", "actions", "imports", "exports", "jobs", "reactions"),
            *("offers", "finders"),
        )


def take_whole_batches(connection: BaseDatabaseWrapper, **_signal: object) -> None:
    """Let SQLite take as many values in a statement as it was built for.

    Django assumes 999, the limit of old versions; a batch of 2,000 rows would be cut into twenty.
    """
    if connection.vendor == "sqlite":
        limit = connection.connection.getlimit(sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER)
        connection.features.max_query_params = limit
