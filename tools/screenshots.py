"""Take the README's pictures anew, from a demo made for the purpose.

python tools/screenshots.py

Needs Chromium (Debian: chromium fonts-noto-cjk).  The demo lives in a folder of its own, on a
port of its own; both are gone afterwards.
"""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from playwright.sync_api import Browser, sync_playwright

from repository import HOME

FOLDER = HOME / "docs" / "screenshots"
PEOPLE = 300
PATIENCE_SECONDS = 600
DESK, PHONE = 1440, 390
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@dataclass(frozen=True, kw_only=True)
class Shot:
    """One picture: who looks at which page, in which language, how wide.

    `follow` is the text of a link to go on to, where an address has a number in it.
    """

    name: str
    slug: str
    path: str
    language: str = "en"
    width: int = DESK
    follow: str = ""
    tall: int = 1100


SHOTS = [
    Shot(name="today", slug="clair-placement", path="/"),
    Shot(name="applicant", slug="applicant", path="/", width=PHONE),
    Shot(name="run.ja", slug="clair-placement", path="/placement/runs/1/", language="ja"),
    Shot(name="yearbook", slug="mic", path="/statistics/"),
]


@contextmanager
def demo(folder: str) -> Iterator[str]:
    """Make a demo and serve it; gives its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    words = [sys.executable, "run.py", "demo", "--people", str(PEOPLE), "--port", str(port)]
    server = subprocess.Popen(words, cwd=HOME, env={**os.environ, "KAKEHASHI_HOME": folder})
    address = f"http://localhost:{port}"
    try:
        _wait_for(f"{address}/healthz", server)
        yield address
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait()


def _wait_for(address: str, server: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + PATIENCE_SECONDS
    while server.poll() is None and time.monotonic() < until:
        try:
            with urlopen(address, timeout=5):  # noqa: S310 -- our own server, by http
                return
        except (URLError, OSError):
            time.sleep(1)
    sys.exit("The demo did not answer; see what it printed.")


def take(shot: Shot, browser: Browser, address: str) -> Path:
    """Sign in as the one who looks, open the page, and keep what is seen."""
    context = browser.new_context(
        viewport={"width": shot.width, "height": shot.tall},
        locale=shot.language,
        reduced_motion="reduce",
    )
    page = context.new_page()
    page.goto(f"{address}/demo/")
    page.locator(f'form[action$="/{shot.slug}/"] button').click()
    page.goto(f"{address}{shot.path}")
    if page.locator("html").get_attribute("lang") != shot.language:
        page.locator(f'button[name="language"][value="{shot.language}"]').first.click()
    if shot.follow:
        page.get_by_role("link", name=shot.follow).first.click()
    path = FOLDER / f"{shot.name}.png"
    page.screenshot(path=path)
    context.close()
    return path


def main() -> int:
    """Take all of them, one after the other."""
    chromium = shutil.which("chromium")
    if not chromium:
        sys.stderr.write(
            "No Chromium here. On Debian: apt-get install chromium fonts-noto-cjk\n"
        )
        return 2
    FOLDER.mkdir(exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as folder,
        demo(folder) as address,
        sync_playwright() as player,
    ):
        browser = player.chromium.launch(executable_path=chromium, args=FLAGS)
        for shot in SHOTS:
            sys.stdout.write(f"taken: {take(shot, browser, address).relative_to(HOME)}\n")
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
