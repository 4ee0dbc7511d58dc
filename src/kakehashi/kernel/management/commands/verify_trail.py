"""`kakehashi verify_trail [NUMBER:SEAL …]` says whether the trail is whole."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from kakehashi.kernel.chain import Head
from kakehashi.kernel.trail import anchors, trail_head, verify_trail


class Command(BaseCommand):
    """Name the first line that was edited, deleted, moved or cut off."""

    help = "Verify the trail against itself, the daily anchors, and heads kept elsewhere."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("heads", nargs="*", metavar="NUMBER:SEAL")

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            heads = [Head.read(text) for text in options["heads"]]
        except ValueError:
            raise CommandError(
                "A head is written NUMBER:SEAL, as this command prints it."
            ) from None
        laid = anchors()
        if fault := verify_trail(*laid, *heads):
            raise CommandError(f"The trail is NOT whole: {fault}.")
        self.stdout.write(
            f"The trail is whole ({len(laid)} anchors). Keep this head: {trail_head()}"
        )
