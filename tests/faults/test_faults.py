"""Processes are killed on purpose; nothing is lost and nothing happens twice."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
Tell = Callable[[str, object], None]


def play(scene: str, home: Path, *choice: str) -> dict[str, Any]:
    """Let a scene be told undisturbed and then with faults; gives what was found."""
    where = os.environ | {"PYTHONPATH": f"{ROOT / 'src'}"}
    words = [sys.executable, str(HERE / "stage.py"), scene, "--home", str(home), *choice]
    done = subprocess.run(words, env=where, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def judge(scene: str, found: dict[str, Any], tell: Tell) -> None:
    """Say how many processes died, and refuse any end but the undisturbed one."""
    assert (found["undisturbed"], found["bad"]) == ([], {})
    assert found["kills"] > 0
    words = f"{scene}: {found['kills']} processes killed at {found['points']} points"
    tell("told", f"{words}, {found['letters']} letters, each once")


@pytest.mark.parametrize(("scene", "kills"), [("release", "3"), ("outbox", "3"), ("plan", "2")])
def test_a_killed_process_loses_nothing_and_does_nothing_twice(
    scene: str, kills: str, tmp_path: Path, record_property: Tell
) -> None:
    seed = os.environ.get("KAKEHASHI_SEED", "0")
    judge(scene, play(scene, tmp_path, "--seed", seed, "--kills", kills), record_property)


@pytest.mark.deep
@pytest.mark.parametrize(
    ("scene", "kills"),
    [("import", "15"), ("placement", "15"), ("outbox", "15"), ("demo", "10")],
)
def test_many_killed_processes_lose_nothing_and_do_nothing_twice(
    scene: str, kills: str, tmp_path: Path, record_property: Tell
) -> None:
    seed = os.environ.get("KAKEHASHI_SEED", "0")
    judge(scene, play(scene, tmp_path, "--seed", seed, "--kills", kills), record_property)


@pytest.mark.deep
def test_a_set_up_that_was_killed_while_it_made_the_tables_is_asked_again(
    tmp_path: Path, record_property: Tell
) -> None:
    seed = os.environ.get("KAKEHASHI_SEED", "0")
    found = play("set_up", tmp_path, "--seed", seed, "--kills", "6", "--after", "COMMIT")
    judge("set_up", found, record_property)


@pytest.mark.deep
def test_a_release_is_killed_after_every_single_statement(
    tmp_path: Path, record_property: Tell
) -> None:
    found = play("release", tmp_path, "--every")
    assert found["kills"] == found["points"]
    judge("release", found, record_property)
