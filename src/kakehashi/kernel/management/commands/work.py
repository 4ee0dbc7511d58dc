"""`kakehashi work`: the worker, which does queued jobs and the daily round until it is stopped."""

from argparse import ArgumentParser
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

from kakehashi.kernel import clock
from kakehashi.kernel.daily import plan_the_daily_round, plan_the_hourly_round
from kakehashi.kernel.jobs import drain
from kakehashi.kernel.lifeline import tie_forks


class Command(BaseCommand):
    """Do the queue's jobs; any number of workers may run beside each other."""

    help = "Do queued jobs until stopped."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="do what is queued and return")

    def handle(self, *_args: Any, **options: Any) -> None:
        if options["once"]:
            self.stdout.write(f"{drain(at=clock.now())} jobs done.")
            return
        plan_the_daily_round()
        plan_the_hourly_round()
        tie_forks()  # the queue is five processes, of which only the first is told to stop
        call_command("qcluster")
