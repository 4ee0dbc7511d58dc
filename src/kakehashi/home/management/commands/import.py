"""`kakehashi import KIND FILE --as EMAIL [--dry-run]` brings a table in, all of it or nothing."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import override

from kakehashi.home.queries import person_named
from kakehashi.kernel import clock
from kakehashi.kernel.imports import IMPORTS, Faulty, bring
from kakehashi.kernel.policy import Refused
from kakehashi.kernel.words import LANGUAGES


class Command(BaseCommand):
    """List every fault in both languages, or write the table as the person named."""

    help = "Bring a CSV table in."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("kind", choices=sorted(IMPORTS))
        parser.add_argument("file", type=Path)
        parser.add_argument("--as", dest="email", required=True, help="who brings it")
        parser.add_argument("--dry-run", action="store_true", help="check only")

    def handle(self, *_args: Any, **options: Any) -> None:
        person = person_named(options["email"])
        if person is None:
            raise CommandError(f"Nobody here has the address {options['email']}.")
        try:
            data = options["file"].read_bytes()
        except OSError as error:
            raise CommandError(f"{options['file']}: {error.strerror}") from None
        kind, dry_run = IMPORTS[options["kind"]], options["dry_run"]
        try:
            count = bring(kind, data, by=person, at=clock.now(), dry_run=dry_run)
        except Refused as refusal:
            raise CommandError(str(refusal)) from None
        except Faulty as found:
            raise CommandError(_told(found)) from None
        done = "would be written" if dry_run else "written"
        self.stdout.write(f"{count} rows {done}.")


def _told(found: Faulty) -> str:
    lines = [f"{len(found.faults)} faults; nothing was written."]
    for fault in found.faults:
        for language in LANGUAGES:
            with override(language):
                where = f"row {fault.row}, {fault.column or '–'}: “{fault.value}”"
                lines.append(f"[{language}] {where}: {fault.says} {fault.fix}")
    return "\n".join(lines)
