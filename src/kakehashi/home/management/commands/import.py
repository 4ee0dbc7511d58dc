"""`kakehashi import KIND FILE --as EMAIL [--dry-run]` brings a table in, all of it or nothing."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import override

from kakehashi.home import actions
from kakehashi.home.queries import person_named, remembered
from kakehashi.kernel import clock
from kakehashi.kernel.imports import (
    IMPORTS,
    LEFT_OUT,
    Choices,
    Fault,
    ImportKind,
    Read,
    check,
    plain,
)
from kakehashi.kernel.policy import Refused
from kakehashi.kernel.words import LANGUAGES


class Command(BaseCommand):
    """List every fault in both languages, or write the table as the person named.

    What was written can be undone in the browser, under “What I have sent”.
    """

    help = "Bring an Excel (.xlsx) or CSV table in."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("kind", choices=sorted(IMPORTS))
        parser.add_argument("file", type=Path)
        parser.add_argument("--as", dest="email", required=True, help="who brings it")
        parser.add_argument("--dry-run", action="store_true", help="check only")
        parser.add_argument("--sheet", default="", help="which sheet of a workbook")
        parser.add_argument(
            "--map",
            dest="maps",
            action="append",
            default=[],
            metavar="HEADING=COLUMN",
            help=f"what a heading of the file means; HEADING={LEFT_OUT} leaves it out",
        )
        parser.add_argument("--mend", action="store_true", help="give codes their zeros back")

    def handle(self, *_args: Any, **options: Any) -> None:
        person = person_named(options["email"])
        if person is None:
            raise CommandError(f"Nobody here has the address {options['email']}.")
        try:
            data = options["file"].read_bytes()
        except OSError as error:
            raise CommandError(f"{options['file']}: {error.strerror}") from None
        kind, at = IMPORTS[options["kind"]], clock.now()
        told = _mapping(kind, options["maps"])
        choices = Choices(
            sheet=options["sheet"],
            mapping=remembered(person, kind.name) | told,
            mend=options["mend"],
        )
        try:
            kind.require(person)
            found = check(kind, data, by=person, at=at, choices=choices)
            self._tell(found)
            name = options["file"].name
            kept = actions.keep_upload(kind.name, name, data, by=person, at=at, choices=choices)
            if options["dry_run"]:
                actions.throw_away(kept)
                self.stdout.write(f"{kept.rows} rows would be written.")
                return
            count = actions.write_upload(kind, kept, by=person, at=at)
        except Refused as refusal:
            raise CommandError(str(refusal)) from None
        self.stdout.write(f"{count} rows written.")

    def _tell(self, found: Read) -> None:
        """Say what was left out; end here where there are faults."""
        notes = [*(found.grid.notes if found.grid else ())]
        notes += found.layout.notes if found.layout else ()
        for note in notes:
            self.stdout.write(str(note))
        if found.faults:
            raise CommandError(_told(found.faults))


def _mapping(kind: ImportKind, maps: list[str]) -> dict[str, str]:
    names = {column.name for column in kind.columns} | {LEFT_OUT}
    told = {}
    for said in maps:
        heading, _equals, name = said.rpartition("=")
        if name not in names:
            raise CommandError(f"--map {said}: one of {', '.join(sorted(names))}")
        told[plain(heading)] = name
    return told


def _told(faults: list[Fault]) -> str:
    lines = [f"{len(faults)} faults; nothing was written."]
    for fault in faults:
        for language in LANGUAGES:
            with override(language):
                at = f"{fault.cell}, " if fault.cell else ""
                where = f"{at}row {fault.row}, {fault.column or '–'}: “{fault.value}”"
                lines.append(f"[{language}] {where}: {fault.says} {fault.fix}")
    return "\n".join(lines)
