"""`kakehashi anchor`: lay down the trail's head now; the worker does so every day."""

from typing import Any

from django.core.management.base import BaseCommand

from kakehashi.kernel import clock
from kakehashi.kernel.trail import anchors_folder, lay_anchor


class Command(BaseCommand):
    """Write the head to a file that belongs on another machine."""

    help = "Write the trail's head to KAKEHASHI_HOME/anchors."

    def handle(self, *_args: Any, **_options: Any) -> None:
        head = lay_anchor(at=clock.now())
        self.stdout.write(f"{head} is in {anchors_folder()}; keep a copy elsewhere.")
