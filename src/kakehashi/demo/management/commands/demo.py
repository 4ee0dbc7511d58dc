"""`kakehashi demo` makes an invented year, then serves it with one worker beside."""

import os
import signal
import sys
import time
from argparse import ArgumentParser
from collections.abc import Callable
from datetime import datetime
from multiprocessing import get_context
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, OutputWrapper
from django.db import connection, connections
from django.db.migrations.executor import MigrationExecutor
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from kakehashi.demo.actions import PASSWORD, load
from kakehashi.demo.actions.stage import Foreign, make_room, standing_scene
from kakehashi.demo.actions.story import Act
from kakehashi.demo.models import Scene
from kakehashi.demo.rules import NOT_STANDING, Stage
from kakehashi.home.management.commands import serve as server
from kakehashi.kernel import clock
from kakehashi.kernel.lifeline import tied

HERE = "127.0.0.1"  # a demo is served on this machine only
LEAST, MOST = 12, 20_000
WHOLE = 5800  # people: the size of the programme itself
STOPPED = 130  # what a shell expects of a program ended by Ctrl-C
LAST = list(Stage)[-1]


class Aloud:
    """Tell on the terminal which act is played, how much of it is done, and how long it took."""

    def __init__(self, out: OutputWrapper, *, redraws: bool) -> None:
        self.out, self.redraws = out, redraws
        self.began, self.line = 0.0, ""

    def begin(self, act: Act, number: int, of: int) -> None:
        """Name the act, its day in the invented year and its place among all."""
        self.began = time.monotonic()
        self.line = f"  {number:2}/{of}  {act.at:%d %b %Y}  {act.words}"
        self._draw(f"{self.line} …", "")

    def far(self, done: int, of: int) -> None:
        """Redraw the line with a count, where the terminal can; a file keeps one line an act."""
        self._draw(f"{self.line} … {done:,} of {of:,}", "")

    def end(self) -> None:
        """Close the line with the seconds the act took."""
        seconds = f"{time.monotonic() - self.began:.1f} s"
        self._draw(f"{self.line}: {seconds}", "\n")

    def _draw(self, text: str, ending: str) -> None:
        if self.redraws:
            self.out.write(f"\r\x1b[K{text}", ending=ending)
        elif ending:
            self.out.write(text, ending=ending)
        self.out.flush()


class Command(BaseCommand):
    """Make the demo unless it stands already, and serve it until Ctrl-C."""

    help = "Make an invented programme year and serve it at http://localhost:8000."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--people", type=int, default=WHOLE, help="who serve in the end")
        parser.add_argument("--at", default=LAST.value, help="stop at this arch of the year")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--no-serve", action="store_true", help="make it and return")

    def handle(self, *_args: Any, **options: Any) -> None:
        signal.signal(signal.SIGTERM, _interrupt)
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
        if not tables_stand():
            call_command("migrate", verbosity=0)
        call_command("createcachetable", verbosity=0)
        try:
            scene = standing_scene(people, stage)
        except Foreign as refusal:
            raise CommandError(str(refusal)) from None
        if scene is not None:
            self.stdout.write("The demo stands as you left it.")
            return scene
        if (before := make_room()) is not None:
            end = "had been finished" if before.is_finished else "was never finished"
            self.stdout.write(f"Cleared the demo that {end} here: {before}.")
        began = time.monotonic()
        self.stdout.write(f"Telling an invented year in which {people:,} people serve.")
        teller = Aloud(self.stdout, redraws=sys.stdout.isatty())
        try:
            made = load(people=people, stage=stage, pack=settings.KAKEHASHI_PACK, teller=teller)
        except KeyboardInterrupt:
            self.stdout.write("\nStopped before the year was told; the next start begins anew.")
            sys.exit(STOPPED)
        self.stdout.write(f"The demo was made in {time.monotonic() - began:.0f} s.")
        connection.close()
        return made


def tables_stand() -> bool:
    """Say whether every table is as it should be; to ask is quicker than to migrate nothing."""
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


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
    sys.stdout.write(f"Serving http://localhost:{port}\n")
    sys.stdout.flush()
    connections.close_all()
    fork = get_context("fork")
    children = [
        fork.Process(target=part, args=(port, scene.moment, tied())) for part in (_web, _worker)
    ]
    try:
        for child in children:
            child.start()
        while all(child.is_alive() for child in children):
            time.sleep(0.2)
        return next(child.exitcode or 0 for child in children if not child.is_alive())
    except KeyboardInterrupt:
        return 0
    finally:
        for child in children:
            _end(child)


def _web(port: int, moment: datetime, tie: Callable[[], None] | None) -> None:
    """Serve the pages from a copy of this process: it has read Django, which takes seconds."""
    _begin(tie)
    settings.KAKEHASHI_DEMO, settings.KAKEHASHI_ADDRESS = True, _address(port)
    clock.live_at(moment)
    Granian(
        server.DOOR,
        address=HERE,
        port=port,
        interface=Interfaces.WSGI,
        blocking_threads=server.THREADS,
        log_level=LogLevels(server.LOG_LEVEL),
    ).serve()


def _worker(port: int, moment: datetime, tie: Callable[[], None] | None) -> None:
    _begin(tie)
    surroundings = os.environ | {
        "KAKEHASHI_DEMO": "1",
        "KAKEHASHI_NOW": moment.isoformat(),
        "KAKEHASHI_ADDRESS": _address(port),
    }
    command = str(Path(sys.executable).parent / "kakehashi")
    os.execve(command, [command, "work"], surroundings)  # noqa: S606 -- our own command


def _begin(tie: Callable[[], None] | None) -> None:
    os.setsid()  # Ctrl-C is for the parent, which ends its children tidily
    if tie:
        tie()


def _address(port: int) -> str:
    return f"http://localhost:{port}"


def _end(child: BaseProcess) -> None:
    if child.pid is None:
        return
    child.terminate()
    child.join(timeout=15)
    if child.is_alive():
        os.killpg(child.pid, signal.SIGKILL)


def _interrupt(*_: object) -> None:
    raise KeyboardInterrupt
