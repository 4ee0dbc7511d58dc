"""`kakehashi export KIND FILE --as EMAIL` writes what this person may know of to a file."""

import shutil
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from kakehashi.home.queries import person_named
from kakehashi.kernel.imports import EXPORTS, send, send_workbook
from kakehashi.kernel.policy import Refused


class Command(BaseCommand):
    """Write one kind of table, as a workbook where the file's name ends in .xlsx, else as CSV."""

    help = "Write a table as Excel (.xlsx) or CSV."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("kind", choices=sorted(EXPORTS))
        parser.add_argument("file", type=Path)
        parser.add_argument("--as", dest="email", required=True, help="who takes it")

    def handle(self, *_args: Any, **options: Any) -> None:
        person = person_named(options["email"])
        if person is None:
            raise CommandError(f"Nobody here has the address {options['email']}.")
        kind, file = EXPORTS[options["kind"]], options["file"]
        try:
            if file.suffix.lower() == ".xlsx":
                with send_workbook(kind, by=person) as book, file.open("wb") as out:
                    shutil.copyfileobj(book, out)
                self.stdout.write(f"{file}: {file.stat().st_size:,} bytes.")
                return
            data = send(kind, by=person)
        except Refused as refusal:
            raise CommandError(str(refusal)) from None
        file.write_bytes(data)
        lines = data.count(b"\r\n")
        self.stdout.write(f"{file}: {lines} lines.")
