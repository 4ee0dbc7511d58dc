"""`kakehashi demo` makes an invented year, then serves it with one worker beside."""

import os
import signal
import subprocess
import sys
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from kakehashi.demo.actions import PASSWORD, load
from kakehashi.demo.actions.stage import Foreign, make_room, standing_scene
from kakehashi.demo.models import Scene
from kakehashi.demo.rules import NOT_STANDING, Stage

LEAST, MOST = 12, 20_000
LAST = list(Stage)[-1]


class Command(BaseCommand):
    """Make the demo unless it stands already, and serve it until Ctrl-C."""

    help = "Make an invented programme year and serve it at http://localhost:8000."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--people", type=int, default=300, help="who serve in the end")
        parser.add_argument("--at", default=LAST.value, help="stop at this arch of the year")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--no-serve", action="store_true", help="make it and return")

    def handle(self, *_args: Any, **options: Any) -> None:
        stage = stage_named(options["at"])
        if not LEAST <= options["people"] <= MOST:
            raise CommandError(f"--people takes a number from {LEAST} to {MOST:,}.")
        scene = self.stand(options["people"], stage)
        if not options["no_serve"]:
            self.stdout.write(
                f"Sign in at http://localhost:{options['port']}/demo/ as anyone; "
                f"the password is {PASSWORD}. Ctrl-C ends the demo."
            )
            self.stdout.flush()
            sys.exit(serve(options["port"], scene))

    def stand(self, people: int, stage: Stage) -> Scene:
        """Give the demo that was asked for: the one that stands, or a new one."""
        call_command("migrate", verbosity=0)
        call_command("createcachetable", verbosity=0)
        try:
            scene = standing_scene(people, stage)
        except Foreign as refusal:
            raise CommandError(str(refusal)) from None
        if scene is not None:
            self.stdout.write("The demo stands as you left it.")
            return scene
        make_room()
        began = time.monotonic()
        made = load(people=people, stage=stage, pack=settings.KAKEHASHI_PACK, tell=self.tell)
        self.stdout.write(f"The demo was made in {time.monotonic() - began:.0f} s.")
        connection.close()
        return made

    def tell(self, step: str) -> None:
        """Say which step is being told."""
        self.stdout.write(f"  {step} …")
        self.stdout.flush()


def stage_named(word: str) -> Stage:
    """Read `--at`, or refuse by name."""
    if word in NOT_STANDING:
        raise CommandError(f"The arch “{word}” is not built yet; no demo can stop there.")
    try:
        return Stage(word)
    except ValueError:
        known = ", ".join(stage.value for stage in Stage)
        raise CommandError(f"There is no arch “{word}”; choose one of {known}.") from None


def serve(port: int, scene: Scene) -> int:
    """Run the web server and one worker until either ends or Ctrl-C is pressed."""
    command = str(Path(sys.executable).parent / "kakehashi")
    surroundings = os.environ | {
        "KAKEHASHI_DEMO": "1",
        "KAKEHASHI_NOW": scene.moment.isoformat(),
        "KAKEHASHI_ADDRESS": f"http://localhost:{port}",
    }
    children = [
        subprocess.Popen([command, *words], env=surroundings, start_new_session=True)  # noqa: S603 -- our own command
        for words in (["serve", f"--port={port}"], ["work"])
    ]
    signal.signal(signal.SIGTERM, _interrupt)
    try:
        while all(child.poll() is None for child in children):
            time.sleep(0.2)
        return next(child.returncode or 0 for child in children if child.poll() is not None)
    except KeyboardInterrupt:
        return 0
    finally:
        for child in children:
            _end(child)


def _end(child: subprocess.Popen[bytes]) -> None:
    if child.poll() is None:
        child.terminate()
    try:
        child.wait(timeout=15)
    except subprocess.TimeoutExpired:
        os.killpg(child.pid, signal.SIGKILL)


def _interrupt(*_: object) -> None:
    raise KeyboardInterrupt
