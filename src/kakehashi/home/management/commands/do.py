"""`kakehashi do VERB [THING] [name=value …] --as EMAIL` does what a button does."""

from argparse import ArgumentParser, RawDescriptionHelpFormatter
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import override

from kakehashi.home.management.deeds import DEEDS, Call, Missing, NoSuchThing
from kakehashi.home.queries import person_named
from kakehashi.kernel import clock
from kakehashi.kernel.lifecycle import MoveNotAllowed

REFUSALS = (NoSuchThing, Missing, PermissionDenied, MoveNotAllowed, ValueError)


class Command(BaseCommand):
    """One action of one part, as the person named; refused with the same sentence as a page."""

    help = "Do what a button does. THING is a key such as intake.plan/1."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.formatter_class = RawDescriptionHelpFormatter
        parser.epilog = "\n".join(f"  {verb} {takes}" for verb, (takes, _do) in DEEDS.items())
        parser.add_argument("verb", choices=sorted(DEEDS), metavar="VERB")
        parser.add_argument("words", nargs="*", metavar="THING|name=value")
        parser.add_argument("--as", dest="email", required=True, help="who does it")

    def handle(self, *_args: Any, **options: Any) -> None:
        person = person_named(options["email"])
        if person is None:
            raise CommandError(f"Nobody here has the address {options['email']}.")
        things = [word for word in options["words"] if "=" not in word]
        words = dict(word.split("=", 1) for word in options["words"] if "=" in word)
        call = Call(by=person, at=clock.now(), thing="".join(things[:1]), words=words)
        _takes, act = DEEDS[options["verb"]]
        with override(person.language):
            try:
                said = act(call)
            except REFUSALS as refusal:
                raise CommandError(str(refusal)) from None
        self.stdout.write(said)
