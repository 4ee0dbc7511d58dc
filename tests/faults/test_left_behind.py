"""However the demo is ended, the web server, the worker and their own processes end with it."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

ROOT = Path(__file__).parents[2]
WORDS = [str(Path(sys.executable).parent / "kakehashi"), "demo", "--people=12", "--at=plan"]
AS_RUN_PY = (
    "import signal, sys; sys.path.insert(0, sys.argv[1]); import run; "
    "signal.signal(signal.SIGTERM, run._asked_to_leave); "
    "sys.exit(run.run(sys.argv[2:]))"
)
PATIENCE = 60  # seconds
PARENT = re.compile(r"^PPid:\t(\d+)$", re.MULTILINE)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("home")
    subprocess.run([*WORDS, "--no-serve"], env=surroundings(folder), check=True)
    return folder


@pytest.fixture(autouse=True)
def nothing_stays(home: Path) -> Iterator[None]:
    yield
    for pid in living(home):
        os.kill(pid, signal.SIGKILL)


def surroundings(home: Path) -> dict[str, str]:
    """Give a demo a home of its own; which database it has does not matter here."""
    inherited = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    return inherited | {"KAKEHASHI_HOME": str(home), "PYTHONPATH": str(ROOT / "src")}


def living(home: Path) -> list[int]:
    """List the processes that live in this home."""
    mark = f"KAKEHASHI_HOME={home}".encode()
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if mark in (folder / "environ").read_bytes().split(b"\0"):
                found.append(int(folder.name))
        except OSError:
            continue  # it has ended, or is another's
    return found


def wait_until_it_answers(port: int) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        try:
            with urlopen(f"http://localhost:{port}/healthz", timeout=5):
                return
        except (URLError, OSError):
            time.sleep(0.1)
    raise AssertionError("the demo does not answer")


def wait_for(count: int, home: Path) -> int:
    """Wait until at least so many processes live, or none; gives how many there are in the end."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        there = len(living(home))
        if there >= count if count else not there:
            break
        time.sleep(0.1)
    return len(living(home))


def killed(home: Path, run_py: int) -> None:
    assert run_py in living(home)
    os.kill(run_py, signal.SIGKILL)


def every_parent_killed(home: Path, run_py: int) -> None:
    states = [Path(f"/proc/{pid}/status").read_text() for pid in living(home)]
    parents = {int(found[1]) for state in states if (found := PARENT.search(state))}
    for pid in parents & {*living(home)}:
        os.kill(pid, signal.SIGKILL)
    assert run_py in parents


def interrupted(_home: Path, run_py: int) -> None:
    os.killpg(run_py, signal.SIGINT)  # a terminal tells everyone


def terminated(_home: Path, run_py: int) -> None:
    os.kill(run_py, signal.SIGTERM)


def left_without_a_window(_home: Path, run_py: int) -> None:
    os.killpg(run_py, signal.SIGHUP)


@pytest.mark.parametrize(
    "ending",
    [
        killed,
        every_parent_killed,
        pytest.param(interrupted, marks=pytest.mark.deep),
        pytest.param(terminated, marks=pytest.mark.deep),
        pytest.param(left_without_a_window, marks=pytest.mark.deep),
    ],
)
def test_nothing_outlives_the_demo(home: Path, ending: Callable[[Path, int], None]) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    words = [sys.executable, "-c", AS_RUN_PY, str(ROOT), *WORDS, f"--port={port}"]
    with subprocess.Popen(
        words,
        env=surroundings(home),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    ) as run_py:
        wait_until_it_answers(port)
        assert wait_for(9, home) == 9  # run.py, demo, two of the web, five of the worker
        ending(home, run_py.pid)
        run_py.wait(PATIENCE)
        assert wait_for(0, home) == 0
        assert run_py.stdout
        said = run_py.stdout.read()
    assert "threads" not in said  # of these the server would warn
