"""`kakehashi export KIND FILE --as EMAIL` writes what this person may know of to a CSV file."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from kakehashi.home.queries import person_named
from kakehashi.kernel.imports import EXPORTS, send
from kakehashi.kernel.policy import Refused


class Command(BaseCommand):
    """Write one kind of table."""

    help = "Write a CSV table."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("kind", choices=sorted(EXPORTS))
        parser.add_argument("file", type=Path)
        parser.add_argument("--as", dest="email", required=True, help="who takes it")

    def handle(self, *_args: Any, **options: Any) -> None:
        person = person_named(options["email"])
        if person is None:
            raise CommandError(f"Nobody here has the address {options['email']}.")
        try:
            data = send(EXPORTS[options["kind"]], by=person)
        except Refused as refusal:
            raise CommandError(str(refusal)) from None
        options["file"].write_bytes(data)
        lines = data.count(b"\r\n")
        self.stdout.write(f"{options['file']}: {lines} lines.")
