#!/usr/bin/env python3
"""Everything one does with Kakehashi, on a bare Python 3.11 or later.

python3 run.py demo      an invented programme year to click through, on this machine only
                         [--people N] [--at STAGE] [--port P] [--no-serve]
python3 run.py test      the tests; further words go to pytest
                         [--deep [SHARE]] also the long walks, or SHARE per cent of them
python3 run.py check     every question the build asks: style, types, shape, data, words
python3 run.py fix       mend what a machine can mend
python3 run.py letters   write the recorded text of every letter anew, to be read as a diff
python3 run.py new       begin a part, a letter, a figure or a move in the shape of the house
                         KIND …; `python3 run.py new -h` says more
python3 run.py docs      draw the reference pages from the code
                         [--screenshots] also take the README's pictures anew (needs Chromium)
python3 run.py bench     measure speed against the baseline page; further words choose figures

The first run makes `.venv` beside this file from the hash-pinned locks; later runs find it ready.
Tests use SQLite, or PostgreSQL where DATABASE_URL names one.
"""

from __future__ import annotations  # so that an older Python gets as far as being told

import argparse
import hashlib
import os
import secrets
import signal
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Callable, Sequence
from pathlib import Path
from types import FrameType

HOME = Path(__file__).resolve().parent
VENV = HOME / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = str(BIN / "python")
INSTALLER = "uv==0.13.9"
OLDEST_PYTHON = (3, 11)
PATIENCE_SECONDS = 10  # that a stopped program has to leave tidily
WHOLE = 100  # per cent of the long walks
STOPPED = 130  # what a shell expects of a program ended by Ctrl-C

CHECKS = [
    [PYTHON, "-m", "ruff", "check"],
    [PYTHON, "-m", "ruff", "format", "--check"],
    [PYTHON, "-m", "mypy"],
    [str(BIN / "lint-imports")],
    [PYTHON, "tools/check_house.py"],
    [PYTHON, "tools/check_words.py"],
    [PYTHON, "tools/check_docs.py"],
    [PYTHON, "tools/draw_reference.py", "--check"],
    [PYTHON, "-m", "djlint", "src", "--lint", "--quiet"],
    [PYTHON, "-m", "django", "check", "--deploy", "--fail-level", "WARNING"],
    [PYTHON, "-m", "django", "makemigrations", "--check", "--dry-run"],
]


class Misspoken(Exception):
    """The words after `run.py` say nothing we know."""


def demo(*words: str) -> int:
    """Set the scene of an invented year and serve it on this machine only."""
    options = _demo_words(words)
    prepare("runtime.lock")
    return run([str(BIN / "kakehashi"), "demo", *options])


def test(*words: str) -> int:
    """Run the tests, on both cores; the long walks only when asked for."""
    share, rest = _deep_words(words)
    prepare("dev.lock")
    about = {}
    if share:
        seed = os.environ.get("KAKEHASHI_SEED") or str(secrets.randbelow(10**6))
        about = {"KAKEHASHI_DEEP": str(share), "KAKEHASHI_SEED": seed}
        say(f"Long walks: {share} per cent of them, chosen by KAKEHASHI_SEED={seed}.")
    say(f"The tests use {_database()}.")
    return run([PYTHON, "-m", "pytest", "-n", "auto", *rest], about)


def check() -> int:
    """Ask every question, even after a bad answer; say at the end which were bad."""
    prepare("dev.lock")
    bad = []
    with tempfile.TemporaryDirectory() as folder:
        about = {"KAKEHASHI_HOME": folder, "KAKEHASHI_PRODUCTION": "1", "DATABASE_URL": ""}
        for line in CHECKS:
            name = " ".join([Path(line[0]).name, *line[1:]])
            began = time.monotonic()
            failed = run(line, about)
            say(f"{'not yet' if failed else 'well'}: {name} ({time.monotonic() - began:.0f} s)")
            bad += [name] if failed else []
    say("\n".join(["", *(f"Not yet: {name}" for name in bad)]) if bad else "\nAll is well.")
    return min(len(bad), 1)


def fix() -> int:
    """Let ruff mend and format; the rest needs a person."""
    prepare("dev.lock")
    mended = run([PYTHON, "-m", "ruff", "check", "--fix"])
    return run([PYTHON, "-m", "ruff", "format"]) or mended


def letters() -> int:
    """Write the recorded letters anew; read the diff as prose before committing it."""
    prepare("dev.lock")
    return run(
        [PYTHON, "-m", "pytest", "tests/test_letters.py", "--inline-snapshot=fix,create"]
    )


def new(*words: str) -> int:
    """Begin something new, then put its imports and lines in order."""
    prepare("dev.lock")
    tidy = [[PYTHON, "-m", "ruff", "check", "--fix", "--quiet", "--select", "I", "src"]]
    tidy += [[PYTHON, "-m", "ruff", "format", "--quiet", "src"]]
    begun = run([PYTHON, "tools/scaffold.py", *words])
    return begun or max(run(line) for line in tidy)


def docs(*words: str) -> int:
    """Draw the reference pages anew; with --screenshots also the README's pictures."""
    if set(words) - {"--screenshots"}:
        raise Misspoken(f"`run.py docs` takes --screenshots or nothing, not {' '.join(words)}.")
    prepare("dev.lock")
    drawn = run([PYTHON, "tools/draw_reference.py"])
    return drawn or (run([PYTHON, "tools/screenshots.py"]) if words else 0)


def bench(*words: str) -> int:
    """Measure, and write the table and the plots to docs/reference/benchmarks."""
    prepare("dev.lock")
    return run([PYTHON, "-m", "benchmarks", *words], {"PYTHONPATH": f"{HOME / 'src'}:{HOME}"})


def prepare(lock: str) -> None:
    """Make .venv hold what the lock says; do nothing if it does already.

    An environment for development holds everything a running system needs, so it will do for both.
    """
    will_do = {lock, "dev.lock"}
    if any(
        _mark(name).exists() and _mark(name).read_text() == _wanted(name) for name in will_do
    ):
        return
    say(f"Preparing .venv from {lock}; this happens once.")
    VENV.mkdir(exist_ok=True)
    for old in VENV.glob("*.sha256"):
        old.unlink()  # half an installation must not pass for a whole one
    _make_environment()
    _install(lock)
    _mark(lock).write_text(_wanted(lock))


def run(line: Sequence[str], about: dict[str, str] | None = None) -> int:
    """Run one tool in the project's folder, with the project importable; give its exit status.

    `about` adds to the environment.  When we are stopped, the tool is given time to leave tidily;
    when we are killed, it is told so.
    """
    sys.path.insert(0, str(HOME / "src"))
    from kakehashi.kernel.lifeline import tied  # noqa: PLC0415 -- not before the Python is known to do

    ours = {
        "PYTHONPATH": str(HOME / "src"),
        "DJANGO_SETTINGS_MODULE": "kakehashi.config.settings",
        "PYTHONUTF8": "1",
    }
    tool = subprocess.Popen(
        line,
        cwd=HOME,
        env={**os.environ, **ours, **(about or {})},
        preexec_fn=tied(),  # noqa: PLW1509 -- no threads here
    )
    try:
        return tool.wait()
    except KeyboardInterrupt:  # the terminal told the tool as well
        _see_off(tool)
        raise
    except SystemExit:  # only we were told
        tool.terminate()
        _see_off(tool)
        raise


def say(words: str) -> None:
    """Speak at once, before the next tool does."""
    print(words, flush=True)


def _demo_words(words: Sequence[str]) -> list[str]:
    reader = argparse.ArgumentParser(prog="run.py demo", description=demo.__doc__)
    reader.add_argument("--people", type=_at_least_one, metavar="N")
    reader.add_argument("--at", metavar="STAGE")
    reader.add_argument("--port", type=_at_least_one, metavar="P")
    reader.add_argument("--no-serve", action="store_true")
    said = reader.parse_args(words)
    pairs = [("--people", said.people), ("--at", said.at), ("--port", said.port)]
    options = [word for name, value in pairs if value for word in (name, str(value))]
    return [*options, "--no-serve"] if said.no_serve else options


def _deep_words(words: Sequence[str]) -> tuple[int, list[str]]:
    """Take `--deep [SHARE]` out of the words; the share is in per cent, 0 where it is not said."""
    rest = list(words)
    if "--deep" not in rest:
        return 0, rest
    place = rest.index("--deep")
    del rest[place]
    if place == len(rest) or not rest[place].isdecimal():
        return WHOLE, rest
    share = int(rest.pop(place))
    if not 1 <= share <= WHOLE:
        raise Misspoken("--deep takes a share from 1 to 100 per cent.")
    return share, rest


def _at_least_one(word: str) -> int:
    if not word.isdecimal() or int(word) < 1:
        raise argparse.ArgumentTypeError(f"a number from 1 is wanted, not {word!r}")
    return int(word)


def _database() -> str:
    return "PostgreSQL, by DATABASE_URL" if os.environ.get("DATABASE_URL") else "SQLite"


def _mark(lock: str) -> Path:
    return VENV / f"{lock}.sha256"


def _wanted(lock: str) -> str:
    """Sum up what the environment follows from: the lock, and how the project is installed."""
    follows = [(HOME / name).read_bytes() for name in (lock, "pyproject.toml")]
    return hashlib.sha256(b"\0".join(follows)).hexdigest()


def _make_environment() -> None:
    if Path(PYTHON).exists() and _quietly([PYTHON, "-m", "pip", "--version"]) == 0:
        return
    try:
        venv.create(VENV, clear=True, with_pip=True)
    except subprocess.CalledProcessError:
        sys.exit("This Python cannot make an environment; on Debian install python3-venv.")


def _install(lock: str) -> None:
    """Take the quick installer where it is to be had, and pip where it is not."""
    pip = [PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    uv = [PYTHON, "-m", "uv", "pip", "install", "--quiet", "--python", PYTHON]
    pinned = ["--require-hashes", "-r", lock]
    ourselves = ["-e", ".", "--no-deps", "--no-build-isolation"]
    for tool in (uv, pip) if run([*pip, INSTALLER]) == 0 else (pip,):
        if run([*tool, *pinned]) == 0 and run([*tool, *ourselves]) == 0:
            return
    sys.exit(f"Could not install {lock}; is the package registry within reach?")


def _quietly(line: Sequence[str]) -> int:
    return subprocess.run(line, capture_output=True, check=False).returncode


def _see_off(tool: subprocess.Popen[bytes]) -> None:
    for insist in (tool.terminate, tool.kill):
        try:
            tool.wait(PATIENCE_SECONDS)
        except (subprocess.TimeoutExpired, KeyboardInterrupt):
            insist()
        else:
            return
    tool.wait()


def _asked_to_leave(number: int, _frame: FrameType | None) -> None:
    sys.exit(128 + number)


COMMANDS: dict[str, Callable[..., int]] = {
    "demo": demo,
    "test": test,
    "check": check,
    "fix": fix,
    "letters": letters,
    "new": new,
    "docs": docs,
    "bench": bench,
}
TAKE_MORE = {"demo", "test", "new", "docs", "bench"}


def main(words: Sequence[str]) -> int:
    """Do what the first word says."""
    if not words or words[0] not in COMMANDS:
        say(__doc__ or "")
        return 0 if words and words[0] in {"-h", "--help", "help"} else 2
    word, *rest = words
    if rest and word not in TAKE_MORE:
        say(f"`run.py {word}` takes no further words; it was given {' '.join(rest)}.")
        return 2
    try:
        return COMMANDS[word](*rest)
    except Misspoken as misspoken:
        say(str(misspoken))
        return 2
    except KeyboardInterrupt:
        say("\nStopped.")
        return STOPPED


if __name__ == "__main__":
    if sys.version_info < OLDEST_PYTHON:
        sys.exit("Kakehashi needs Python 3.11 or later.")
    signal.signal(signal.SIGTERM, _asked_to_leave)
    sys.exit(main(sys.argv[1:]))
