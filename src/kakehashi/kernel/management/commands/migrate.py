"""`kakehashi migrate`: Django's own, which can be asked again after it was killed at any moment.

Django notes a migration with foreign keys only after its transaction: killed in between, it would
try to make the same tables for ever.  What it puts off until then is done here inside.
"""

from django.core.management.commands import migrate
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import Migration
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.state import ProjectState


class Whole(MigrationExecutor):
    """Does a migration and notes it in one transaction, or neither."""

    def apply_migration(
        self,
        state: ProjectState,
        migration: Migration,
        fake: bool = False,  # noqa: FBT001, FBT002 -- Django's own words
        fake_initial: bool = False,  # noqa: FBT001, FBT002 -- Django's own words
    ) -> ProjectState:
        """Let nothing be left to do when the migration is about to be noted."""
        apply = migration.apply

        def whole(
            project_state: ProjectState,
            schema_editor: BaseDatabaseSchemaEditor,
            collect_sql: bool = False,  # noqa: FBT001, FBT002 -- Django's own words
        ) -> ProjectState:
            after = apply(project_state, schema_editor, collect_sql)
            while schema_editor.atomic_migration and schema_editor.deferred_sql:
                schema_editor.execute(schema_editor.deferred_sql.pop(0), None)
            return after

        migration.apply = whole  # type: ignore[method-assign]  # of this one migration
        return super().apply_migration(state, migration, fake, fake_initial)


class Command(migrate.Command):
    """Bring the tables to this version."""


migrate.MigrationExecutor = Whole  # type: ignore[attr-defined]  # where Django looks for it
