"""Whether a demo may be made here, and making room for it."""

import shutil
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.utils.translation import gettext

from kakehashi.demo.models import Scene
from kakehashi.demo.rules import Stage
from kakehashi.directory.models import Person
from kakehashi.kernel.chain import Head
from kakehashi.kernel.models import Trace
from kakehashi.kernel.scope import unscoped
from kakehashi.kernel.trail import anchors_folder, is_ours

INVENTED = "@demo.invalid"  # how the address of everybody in a demo ends


class Foreign(Exception):
    """This database holds what no demo made; nothing was touched."""


@unscoped("a demo must know whether the database is its own before it touches it")
def standing_scene(people: int, stage: Stage) -> Scene | None:
    """Give the demo that stands here as asked for; None where one must be made.

    Raises `Foreign` when the database holds people or a trail that no demo made.
    """
    scene = Scene.objects.first()
    if scene is None:
        if Person.objects.exists() or Trace.objects.exists():
            raise Foreign(
                gettext(
                    "This database was not made by the demo, so the demo leaves it alone. "
                    "Name another with KAKEHASHI_HOME or DATABASE_URL."
                )
            )
        return None
    asked = scene.people == people and scene.stage == stage
    return scene if scene.is_finished and asked else None


@unscoped("what the demo made itself it may throw away")
def make_room() -> Scene | None:
    """Empty a demo's own database for another one, and give what stood there, finished or not.

    Its files go first: killed in between, the next start still knows them as this demo's.
    """
    scene = Scene.objects.first()
    if scene is not None:
        _throw_files_away(Path(settings.KAKEHASHI_HOME))
        call_command("flush", verbosity=0, interactive=False)
    return scene


def _throw_files_away(home: Path) -> None:
    """Throw away this demo's tables, letters and anchors; those of others in the same home stay."""
    shutil.rmtree(home / "demo-tables", ignore_errors=True)
    for file in (home / "mail").glob("*.log"):
        lines = file.read_text(errors="replace").splitlines()
        if all(line.endswith(INVENTED) for line in lines if line.startswith("To: ")):
            file.unlink()
    for file in anchors_folder().glob("*.txt"):
        heads = [Head.read(line) for line in file.read_text().split()]
        others = [head for head in heads if not is_ours(head)]
        if not others:
            file.unlink()
        elif others != heads:
            file.write_text("".join(f"{head}\n" for head in others))


@unscoped("counted for a test that nothing of another's is thrown away")
def rows_there() -> int:
    """Count every row of every table of ours."""
    ours = (m for m in apps.get_models() if m.__module__.startswith("kakehashi."))
    return sum(model._default_manager.count() for model in ours)


def take_stock() -> None:
    """Let PostgreSQL look at what was just written.

    It plans by what it last knew of its tables, and in the middle of one long telling it knows
    them empty: a join of five then takes seconds.  SQLite needs no such look.  Our own tables
    alone: whoever looks at those of the whole server keeps others waiting until the telling ends.
    """
    if connection.vendor == "postgresql":
        quote = connection.ops.quote_name
        tables = ", ".join(map(quote, connection.introspection.django_table_names()))
        with connection.cursor() as cursor:
            cursor.execute(f"ANALYZE {tables}")
