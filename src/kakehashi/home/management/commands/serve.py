"""`kakehashi serve` serves the pages until it is stopped."""

import os
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

DOOR = "kakehashi.config.wsgi:application"
THREADS = 24  # sign-ins that wait for their turn hold one each
LOG_LEVEL = "error"  # so many threads are meant, and of those it would warn


class Command(BaseCommand):
    """Hand the process over to the application server."""

    help = "Serve the pages with granian."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--workers", type=int, default=1)

    def handle(self, *_args: Any, **options: Any) -> None:
        self.stdout.write(f"Serving http://{_name(options['host'])}:{options['port']}")
        self.stdout.flush()
        granian = str(Path(sys.executable).parent / "granian")
        os.execv(granian, words(granian, **options))  # noqa: S606 -- our own server, fixed words


def words(granian: str, *, host: str, port: int, workers: int, **_: object) -> list[str]:
    """Say the server's command line."""
    return [
        granian,
        "--interface=wsgi",
        f"--host={host}",
        f"--port={port}",
        f"--workers={workers}",
        f"--blocking-threads={THREADS}",
        f"--log-level={LOG_LEVEL}",
        DOOR,
    ]


def _name(host: str) -> str:
    return "localhost" if host == "127.0.0.1" else host
