"""Where scenes are told: every step in a process of its own, some of which die."""

import json
import os
import shutil
import signal
import sys
import traceback
from argparse import Namespace
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any

import letterbox
import psycopg
import scenes
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.models import F
from django_q.models import OrmQ, Schedule
from django_q.scheduler import scheduler
from django_q.signing import SignedPackage
from ledger import differences, ledger

from kakehashi.kernel import clock
from kakehashi.kernel.jobs import HELD, perform
from kakehashi.kernel.models import JobRun, Post, RunState
from kakehashi.kernel.trail import anchors, verify_trail

POSTGRES = connection.vendor == "postgresql"
MOMENT = datetime(2026, 10, 1, 6, tzinfo=UTC)
SILENT = {"import", "set_up"}  # scenes of which nobody is told by mail
ROUNDS = 50  # more often than any scene needs a worker


@dataclass
class Died:
    """A process was killed after so many of its statements."""

    after: str


@dataclass
class Told:
    """What a telling left behind."""

    points: list[str] = field(default_factory=list)
    kills: int = 0
    tables: dict[str, Counter[str]] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    letters: Counter[str] = field(default_factory=Counter)


class Countdown:
    """Counts statements, commits and letters of one process; at the last it kills the process."""

    def __init__(self, die_at: int | None) -> None:
        self.points: list[str] = []
        self.die_at = die_at

    def point(self, what: str) -> None:
        """Note one thing done; die right after it, if it is the one."""
        self.points.append(what)
        if self.die_at is not None and len(self.points) > self.die_at:
            os.kill(os.getpid(), signal.SIGKILL)

    def watch(self) -> None:
        """Count from now on, in this process."""

        def statement(execute: Callable[..., object], sql: object, *rest: object) -> object:
            answer = execute(sql, *rest)
            self.point(" ".join(str(sql).split()[:3]))
            return answer

        commit = connection._commit

        def committed() -> None:
            commit()
            self.point("COMMIT")

        connection.execute_wrappers.append(statement)
        connection._commit = committed
        letterbox.after_each.append(lambda: self.point("letter"))


def in_child(deed: Callable[[], Any], *, die_at: int | None = None) -> Any:  # noqa: ANN401 -- what the deed gives
    """Do something in a process of its own; gives (answer, points), or `Died`."""
    read, write = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(read)
        status = _child(deed, write, die_at)
        os._exit(status)
    os.close(write)
    with os.fdopen(read, "rb") as pipe:
        said = pipe.read()
    _, status = os.waitpid(pid, 0)
    if os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL:
        return Died(after="")
    if status or not said:
        raise SystemExit(f"a process ended with {status}")
    answer, points = json.loads(said)
    return answer, points


def _child(deed: Callable[[], Any], write: int, die_at: int | None) -> int:
    try:
        clock.live_at(MOMENT)
        countdown = Countdown(die_at)
        countdown.watch()
        answer = deed()
        points = list(countdown.points)
        connection.close()
        with os.fdopen(write, "wb") as pipe:
            pipe.write(json.dumps([answer, points]).encode())
    except BaseException:  # noqa: BLE001 -- whatever it is, the parent must hear of it
        traceback.print_exc()
        sys.stderr.flush()
        return 1
    return 0


def as_worker() -> None:
    """Take the queue's rows one by one, as the worker does, until nothing is due."""
    for _ in range(ROUNDS):
        scheduler()
        row = OrmQ.objects.order_by("pk").first()
        if row is None:
            return
        task = SignedPackage.loads(row.payload)
        perform(*task["args"])
        row.delete()
    raise AssertionError("the queue is never empty")


def let_time_pass() -> None:
    """Wait as long as the queue holds back what a dead worker had in hand."""
    JobRun.objects.exclude(taken_at=None).update(taken_at=F("taken_at") - HELD)
    Post.objects.exclude(claimed_at=None).update(claimed_at=F("claimed_at") - HELD)
    Schedule.objects.exclude(name="daily round").update(next_run=F("next_run") - HELD)


class Theatre:
    """One database, brought back to what it was before each telling."""

    def __init__(self, scene: scenes.Scene) -> None:
        self.scene = scene
        self.name = str(connection.settings_dict["NAME"])
        if POSTGRES:
            self.name = f"{self.name}_faults_{os.getpid()}"
            connection.settings_dict["NAME"] = self.name
        self.kept = f"{self.name}_kept" if POSTGRES else f"{self.name}.kept"

    def build(self) -> None:
        """Make the system before the faults, and keep it."""
        if POSTGRES:
            self._server(f'CREATE DATABASE "{self.name}"')
        if self.scene.has_tables:
            self._do(lambda: call_command("migrate", verbosity=0))
        self._do(self.scene.before)
        if POSTGRES:
            self._server(f'CREATE DATABASE "{self.kept}" TEMPLATE "{self.name}"')
        else:
            Path(self.name).touch()
            shutil.copy(self.name, self.kept)

    def restore(self) -> None:
        """Bring everything back."""
        for folder in ("mail", "anchors", "demo-tables"):
            shutil.rmtree(settings.KAKEHASHI_HOME / folder, ignore_errors=True)
        if POSTGRES:
            self._server(
                f'DROP DATABASE IF EXISTS "{self.name}" WITH (FORCE)',
                f'CREATE DATABASE "{self.name}" TEMPLATE "{self.kept}"',
            )
        else:
            for end in ("-wal", "-shm"):
                Path(f"{self.name}{end}").unlink(missing_ok=True)
            shutil.copy(self.kept, self.name)

    def close(self) -> None:
        """Leave nothing behind on the server."""
        if POSTGRES:
            for name in (self.name, self.kept):
                self._server(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def _server(self, *statements: str) -> None:
        about = connection.settings_dict
        with psycopg.connect(
            host=about["HOST"],
            port=about["PORT"] or None,
            user=about["USER"],
            password=about["PASSWORD"] or None,
            dbname="postgres",
            autocommit=True,
        ) as server:
            for statement in statements:
                server.execute(statement)

    @staticmethod
    def _do(deed: Callable[[], Any]) -> Any:  # noqa: ANN401 -- what the deed gives
        return in_child(lambda: deed() and None)[0]

    def tell(self, die_at: int | None = None) -> Told:
        """Play every step; one process dies at that point, counted over all of them."""
        self.restore()
        told = Told()
        for name, deed in self.scene.steps:
            play = as_worker if name == scenes.WORKER else deed
            left = None if die_at is None or told.kills else die_at - len(told.points)
            answer = in_child(_nothing(play), die_at=left)
            while isinstance(answer, Died):
                told.kills += 1
                if self.scene.has_tables:
                    self._do(let_time_pass)
                answer = in_child(_nothing(play))
            told.points += answer[1]
        in_child(_nothing(self._work_off))
        told.tables = {name: Counter(rows) for name, rows in in_child(ledger)[0].items()}
        told.faults = in_child(self._unsound)[0]
        told.letters = letterbox.handed_over(settings.KAKEHASHI_HOME)
        return told

    @staticmethod
    def _work_off() -> None:
        let_time_pass()
        as_worker()

    @staticmethod
    def _unsound() -> list[str]:
        faults = [fault for fault in [verify_trail(*anchors())] if fault]
        going_on = JobRun.objects.exclude(state=RunState.DONE).values_list("name", "state")
        faults += [f"{name} is {state}" for name, state in going_on]
        sent = Post.objects.exclude(sent_at=None).count()
        left = letterbox.handed_over(settings.KAKEHASHI_HOME)
        if sent != sum(name.startswith(letterbox.OURS) for name in left):
            faults.append(f"{sent} letters are marked as sent")
        return faults


def _nothing(deed: Callable[[], Any]) -> Callable[[], None]:
    def do() -> None:
        deed()

    return do


def faults_of(told: Told, whole: Told, point: str) -> list[str]:
    """Say what a disturbed telling left otherwise than an undisturbed one.

    A mail server that has taken a letter from a process that dies before noting it is handed the
    same letter, with the same Message-ID, again: that is the one thing nobody can promise away.
    """
    found = [*differences(whole.tables, told.tables), *told.faults]
    twice = sum(told.letters.values()) - len(told.letters)
    if letterbox.without_ids(told.letters) != letterbox.without_ids(whole.letters):
        found.append("other letters were sent")
    if twice > (1 if point == "letter" else 0):
        found.append(f"{twice} letters were sent twice")
    if told.kills != 1:
        found.append(f"{told.kills} processes died")
    return found


def main(asked: Namespace) -> None:
    """Tell the scene undisturbed, then once for each chosen point, and say what was found."""
    theatre = Theatre(scenes.SCENES[asked.scene])
    try:
        theatre.build()
        whole = theatre.tell()
        chosen = [n for n, said in enumerate(whole.points) if said.startswith(asked.after)]
        if not asked.every:
            chosen = sorted(Random(asked.seed).sample(chosen, min(asked.kills, len(chosen))))
        bad = {}
        for number in chosen:
            point = whole.points[number]
            if found := faults_of(theatre.tell(number), whole, point):
                bad[f"{number} {point}"] = found
    finally:
        theatre.close()
    undisturbed = [
        *whole.faults,
        *(["no letter"] if asked.scene not in SILENT and not whole.letters else []),
    ]
    print(  # noqa: T201 -- what the test reads
        json.dumps(
            {
                "points": len(whole.points),
                "kills": len(chosen),
                "letters": len(whole.letters),
                "undisturbed": undisturbed,
                "bad": bad,
            },
            ensure_ascii=False,
        )
    )
