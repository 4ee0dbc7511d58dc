"""`kakehashi set_up` makes an empty database ready: tables, cache, programme pack."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from kakehashi.home.actions import HasOperator, first_operator, set_up
from kakehashi.kernel import clock


class Command(BaseCommand):
    """Load the programme pack; safe to run again."""

    help = "Make the tables and load the programme pack."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--pack", default=str(settings.KAKEHASHI_PACK))
        parser.add_argument("--operator", metavar="EMAIL", help="let the first operator in")

    def handle(self, *_args: Any, **options: Any) -> None:
        call_command("migrate", verbosity=0)
        call_command("createcachetable", verbosity=0)
        counts = set_up(Path(options["pack"]), at=clock.now())
        self.stdout.write(", ".join(f"{count} {what}" for what, count in counts.items()))
        if email := options["operator"]:
            try:
                password = first_operator(email, at=clock.now())
            except HasOperator as refusal:
                raise CommandError(str(refusal)) from None
            self.stdout.write(f"{email} operates this system; first password: {password}")
