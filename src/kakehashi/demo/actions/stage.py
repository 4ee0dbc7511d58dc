"""Whether a demo may be made here, and making room for it."""

from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.utils.translation import gettext

from kakehashi.demo.models import Scene
from kakehashi.demo.rules import Stage
from kakehashi.directory.models import Person
from kakehashi.kernel.models import Trace
from kakehashi.kernel.scope import unscoped


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
def make_room() -> None:
    """Empty a demo's own database for another one; an empty database stays as it is."""
    if Scene.objects.exists():
        call_command("flush", verbosity=0, interactive=False)


@unscoped("counted for a test that nothing of another's is thrown away")
def rows_there() -> int:
    """Count every row of every table of ours."""
    ours = (m for m in apps.get_models() if m.__module__.startswith("kakehashi."))
    return sum(model._default_manager.count() for model in ours)


def take_stock() -> None:
    """Let PostgreSQL look at what was just written.

    It plans by what it last knew of its tables, and in the middle of one long telling it knows
    them empty: a join of five then takes seconds.  SQLite needs no such look.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
