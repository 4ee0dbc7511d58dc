"""Run the figures, print them, and write the reference page.

python -m benchmarks [KIND …] [--people N] [--rounds N]
KIND: pages, studio, releases, letters, sign_in, excel, matching

With DATABASE_URL the figures are PostgreSQL's, else SQLite's; each database has its own table.
"""

import argparse
import os
import sys
import tempfile
from collections.abc import Sequence
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from benchmarks.measure import Figure

KINDS = {
    "pages": "appointment",
    "studio": "placement",
    "releases": None,
    "letters": None,
    "sign_in": None,
    "excel": None,
    "matching": None,
}  # and their stage
PEOPLE, ROUNDS = 5_800, 200


def main(words: Sequence[str]) -> int:
    """Measure what was asked for; the exit status is 1 where a goal was missed."""
    asked = argparse.ArgumentParser(prog="run.py bench", description=__doc__)
    asked.add_argument("kinds", nargs="*", metavar="KIND", help=", ".join(KINDS))
    asked.add_argument("--people", type=int, default=PEOPLE)
    asked.add_argument("--rounds", type=int, default=ROUNDS, help="turns of each page")
    said = asked.parse_args(words)
    if unknown := set(said.kinds) - set(KINDS):
        asked.error(
            f"there is no figure {', '.join(sorted(unknown))}; there are {', '.join(KINDS)}"
        )
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {
            "BENCH_ROUNDS": str(said.rounds),
            "KAKEHASHI_HOME": folder,
            "DJANGO_SETTINGS_MODULE": "kakehashi.config.settings",
        }
        _set_up()
        kinds = said.kinds or list(KINDS)
        return max(_report(_figures(kind, said.people), said.people) for kind in kinds)


def _set_up() -> None:
    import django  # noqa: PLC0415 -- after the environment is told
    from django.conf import settings  # noqa: PLC0415 -- as above

    django.setup()
    settings.ROOT_URLCONF = "benchmarks.urls"
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    settings.LOGGING_CONFIG = None


def _figures(kind: str, people: int) -> list["Figure"]:
    from benchmarks.stage import house  # noqa: PLC0415 -- after Django is set up
    from kakehashi.demo.rules import Stage  # noqa: PLC0415 -- as above

    script, stage = import_module(f"benchmarks.{kind}"), KINDS[kind]
    with house(people, Stage(stage) if stage else None):
        return list(script.figures())


def _report(found: list["Figure"], people: int) -> int:
    from benchmarks import report  # noqa: PLC0415 -- after Django is set up
    from benchmarks.stage import database  # noqa: PLC0415 -- as above

    report.write(found, database=database(), people=people)
    sys.stdout.write(report.text(found) + "\n")
    return int(any(not figure.met for figure in found))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
