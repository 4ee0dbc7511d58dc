import pytest
from django.db import connection, models
from django.db.migrations import CreateModel, Migration
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.state import ProjectState

from kakehashi.kernel.management.commands.migrate import Whole

pytestmark = pytest.mark.django_db(transaction=True)


class AFirst(Migration):
    operations = [
        CreateModel(
            "Invented",
            [
                ("id", models.AutoField(primary_key=True)),
                ("word", models.TextField(db_index=True)),
            ],
        )
    ]


@pytest.mark.parametrize(("executor", "inside"), [(MigrationExecutor, False), (Whole, True)])
def test_a_migration_is_noted_in_its_own_transaction(
    executor: type[MigrationExecutor], *, inside: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    migration = AFirst("0001_first", "kernel")
    noted: list[bool] = []
    ours = executor(connection)
    monkeypatch.setattr(
        ours, "record_migration", lambda _: noted.append(connection.in_atomic_block)
    )

    ours.apply_migration(ProjectState(), migration)
    assert noted == [inside]
    with connection.cursor() as cursor:
        assert {
            name
            for name, about in connection.introspection.get_constraints(
                cursor, "kernel_invented"
            ).items()
            if about["index"] and not about["unique"] and about["columns"] == ["word"]
        }
    with connection.schema_editor() as editor:
        migration.unapply(ProjectState(), editor)
