"""`kakehashi work`: the worker, which does queued jobs and the daily round until it is stopped."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

from kakehashi.kernel.daily import plan_the_daily_round


class Command(BaseCommand):
    """Do the queue's jobs; any number of workers may run beside each other."""

    help = "Do queued jobs until stopped."

    def handle(self, *_args: Any, **_options: Any) -> None:
        plan_the_daily_round()
        call_command("qcluster")
