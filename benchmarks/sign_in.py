"""How much slower other pages are while sixteen people sign in at once.

    python3 run.py bench sign_in

Serves a system in processes of its own, asks for one page again and again, first alone and then
while everybody signs in at the same moment, each with a browser of their own, by turns.  Only the
ratio means something on another machine.
"""

import http.cookiejar
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
from typing import NamedTuple
from urllib.parse import urlsplit

from django.db import connection

from benchmarks.measure import Figure

HOME = Path(__file__).parents[1]
PASSWORD = "over-the-bridge-27"  # noqa: S105 -- of people made for this measurement alone
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')
PAGE = "/me/"
BAR = 3.0
CROWD, TURNS, WORKERS = 16, 5, 1
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
    """Make a system with so many people, and serve it: on PostgreSQL in the database at hand."""
    with tempfile.TemporaryDirectory() as home, socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        free.close()
        about = os.environ | {
            "KAKEHASHI_HOME": home,
            "DJANGO_SETTINGS_MODULE": "kakehashi.config.settings",
            "PYTHONPATH": str(HOME / "src"),
            "DATABASE_URL": _database(),
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


def _database() -> str:
    """Name the database that was made for the figures; on SQLite a file in the system's folder."""
    if connection.vendor != "postgresql":
        return ""
    name = str(connection.settings_dict["NAME"])
    return urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()


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


class Seen(NamedTuple):
    """The seconds of each answer, alone and meanwhile, and how long it took until all were in."""

    alone: list[float]
    meanwhile: list[float]
    took: list[float]


def measure(people: int, rounds: int, workers: int) -> Seen:
    """Measure the page alone and while everybody signs in, by turns: the machine may be busy."""
    seen = Seen([], [], [])
    with served(people, workers) as address:
        reader = Browser(address)
        reader.sign_in(people)
        times_of(reader, after(1))
        for _ in range(rounds):
            seen.alone.extend(times_of(reader, after(SECONDS)))
            line = [sys.executable, "-m", "benchmarks.sign_in", address, str(people)]
            start = time.perf_counter()
            crowd = subprocess.Popen(line, cwd=HOME)  # noqa: S603 -- this very file
            seen.meanwhile.extend(times_of(reader, partial(_is_over, crowd)))
            seen.took.append(time.perf_counter() - start)
    return seen


def _is_over(crowd: subprocess.Popen[bytes]) -> bool:
    return crowd.poll() is not None


def _p95(times: list[float]) -> float:
    return statistics.quantiles(times, n=20)[-1]


def figures() -> Iterator[Figure]:
    """Compare a page's median while sixteen people sign in with its median alone."""
    seen = measure(CROWD, TURNS, WORKERS)
    ratio = statistics.median(seen.meanwhile) / statistics.median(seen.alone)
    rare = _p95(seen.meanwhile) / _p95(seen.alone)
    sys.stdout.write(
        f"{CROWD} sign in: all are in after {statistics.median(seen.took):.1f} s; "
        f"95th percentiles {rare:.1f} times\n"
    )
    yield Figure(
        kind="sign_in",
        name=f"A page while {CROWD} people sign in at once ({WORKERS} worker)",
        baseline="the page alone",
        ratio=ratio,
        seconds=statistics.median(seen.meanwhile),
        goal=f"≤ {BAR:.0f}×",
        met=ratio <= BAR,
    )


if __name__ == "__main__":
    come_in(sys.argv[1], int(sys.argv[2]))
