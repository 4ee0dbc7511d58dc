"""How much slower other pages are while sixteen people sign in at once.

    PYTHONPATH=src .venv/bin/python benchmarks/sign_in.py [--people 16] [--rounds 5] [--workers 1]

Makes a small system of its own, serves it, asks for one page again and again, first alone and then
while everybody signs in at the same moment, each with a browser of their own, by turns; prints both
times and their ratio.  Only the ratio means something on another machine.
"""

import argparse
import http.cookiejar
import json
import os
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

HOME = Path(__file__).parents[1]
PASSWORD = "over-the-bridge-27"  # noqa: S105 -- of people made for this measurement alone
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')
PAGE = "/me/"
BAR = 3.0
SECONDS = 3.0  # of each look at the page alone
MAKE = """
import django; django.setup()
from django.contrib.auth.hashers import make_password
from django.core.management import call_command
from kakehashi.directory.models import Person
call_command("migrate", verbosity=0); call_command("createcachetable", verbosity=0)
secret = make_password({password!r})
for number in range({people} + 1):
    person = Person.objects.create_user(f"p{{number}}@demo.invalid")
    person.password = secret
    person.save()
"""


class Browser:
    """One person's browser: keeps cookies, follows redirects."""

    def __init__(self, address: str) -> None:
        self.address = address
        jar = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self.opener = urllib.request.build_opener(jar)

    def ask(self, path: str, typed: dict[str, str] | None = None) -> str:
        """Open a page, or send a form there."""
        data = urllib.parse.urlencode(typed).encode() if typed else None
        with self.opener.open(self.address + path, data, timeout=120) as answer:
            return str(answer.read().decode())

    def sign_in(self, number: int) -> None:
        """Sign in as one of the people, and see that the door is open."""
        (token, *_more) = TOKEN.findall(self.ask("/account/login/"))
        typed = {"login": f"p{number}@demo.invalid", "password": PASSWORD}
        page = self.ask(
            "/account/login/", {**typed, "csrfmiddlewaretoken": token, "next": PAGE}
        )
        if f"p{number}@demo.invalid" not in page:
            raise SystemExit(f"person {number} was not let in")


@contextmanager
def served(people: int, workers: int) -> Iterator[str]:
    """Make a system with so many people, and serve it."""
    with tempfile.TemporaryDirectory() as home, socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        free.close()
        about = os.environ | {
            "KAKEHASHI_HOME": home,
            "DJANGO_SETTINGS_MODULE": "kakehashi.config.settings",
            "PYTHONPATH": str(HOME / "src"),
        }
        make = MAKE.format(password=PASSWORD, people=people)
        subprocess.run([sys.executable, "-c", make], env=about, check=True)  # noqa: S603 -- our own words
        kakehashi = str(Path(sys.executable).parent / "kakehashi")
        line = [kakehashi, "serve", "--port", str(port), "--workers", str(workers)]
        server = subprocess.Popen(line, env=about, stdout=subprocess.DEVNULL)  # noqa: S603 -- our own command
        try:
            _wait(f"http://127.0.0.1:{port}")
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait()


def _wait(address: str) -> None:
    for _ in range(120):
        try:
            Browser(address).ask("/healthz")
        except OSError:
            time.sleep(0.5)
        else:
            return
    raise SystemExit("the server did not answer")


def times_of(browser: Browser, until: Callable[[], bool]) -> list[float]:
    """Ask for the page again and again; how long each answer took."""
    found: list[float] = []
    while not until():
        start = time.perf_counter()
        browser.ask(PAGE)
        found.append(time.perf_counter() - start)
    return found


def after(seconds: float) -> Callable[[], bool]:
    """Say when so many seconds are over."""
    end = time.perf_counter() + seconds
    return lambda: time.perf_counter() > end


def come_in(address: str, people: int) -> None:
    """Let everybody sign in at the same moment, each once."""
    crowd = [
        threading.Thread(target=Browser(address).sign_in, args=(number,))
        for number in range(people)
    ]
    for one in crowd:
        one.start()
    for one in crowd:
        one.join()


def measure(people: int, rounds: int, workers: int) -> dict[str, float]:
    """Measure the page alone and while everybody signs in, by turns: the machine may be busy."""
    alone: list[float] = []
    beside: list[float] = []
    took: list[float] = []
    with served(people, workers) as address:
        reader = Browser(address)
        reader.sign_in(people)
        times_of(reader, after(1))
        for _ in range(rounds):
            alone += times_of(reader, after(SECONDS))
            line = [sys.executable, __file__, "--crowd", address, "--people", str(people)]
            start = time.perf_counter()
            crowd = subprocess.Popen(line)  # noqa: S603 -- this very file
            beside += times_of(reader, partial(_is_over, crowd))
            took.append(time.perf_counter() - start)
    return {
        "people": people,
        "workers": workers,
        "rounds": rounds,
        "all are in after, median s": statistics.median(took),
        "page alone, median ms": 1000 * statistics.median(alone),
        "page meanwhile, median ms": 1000 * statistics.median(beside),
        "ratio of medians": statistics.median(beside) / statistics.median(alone),
        "ratio of 95th percentiles": _p95(beside) / _p95(alone),
        "bar": BAR,
    }


def _is_over(crowd: subprocess.Popen[bytes]) -> bool:
    return crowd.poll() is not None


def _p95(times: list[float]) -> float:
    return statistics.quantiles(times, n=20)[-1]


def main() -> int:
    """Print the figures; the exit status says whether the bar was held."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--people", type=int, default=16)
    words.add_argument("--rounds", type=int, default=5)
    words.add_argument("--crowd", metavar="ADDRESS", help=argparse.SUPPRESS)
    words.add_argument("--workers", type=int, default=1)
    asked = words.parse_args()
    if asked.crowd:
        come_in(asked.crowd, asked.people)
        return 0
    figures = measure(asked.people, asked.rounds, asked.workers)
    sys.stdout.write(json.dumps({k: round(v, 2) for k, v in figures.items()}, indent=2) + "\n")
    return int(figures["ratio of medians"] > BAR)


if __name__ == "__main__":
    sys.exit(main())
