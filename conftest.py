"""What every test run shares: quick settings, which tests to leave out, and saying so.

`deep` tests (long walks) run only when KAKEHASHI_DEEP says what share of them, in per cent; the
share is drawn by KAKEHASHI_SEED, so a run can be repeated.  `browser` tests need Chromium.
"""

import hashlib
import math
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.test import override_settings
from django.utils import translation
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
NO_CHROMIUM = (
    "No Chromium here: the journeys in the browser were left out. "
    "On Debian: apt-get install chromium fonts-noto-cjk"
)

# A busy machine is no fault of a rule: no example is timed.  The ordinary run tries the same
# examples every time; the long walks try new ones.
for name, always_the_same in (("ordinary", True), ("deep", False)):
    hypothesis_settings.register_profile(
        name,
        deadline=None,
        derandomize=always_the_same,
        suppress_health_check=[HealthCheck.too_slow],
    )
hypothesis_settings.load_profile("deep" if os.environ.get("KAKEHASHI_DEEP") else "ordinary")


def chromium() -> str | None:
    """Find the browser the journeys drive."""
    return next(filter(None, map(shutil.which, CHROMIUM)), None)


def drawn(names: list[str], *, share: int, seed: str) -> set[str]:
    """Draw `share` per cent of the names, rounded up; the same seed draws the same ones."""

    def lot(name: str) -> str:
        return hashlib.sha256(f"{seed}\0{name}".encode()).hexdigest()

    return set(sorted(names, key=lot)[: math.ceil(len(names) * share / 100)])


def pytest_configure() -> None:
    if os.environ.get("CI") == "true" and not chromium():
        raise pytest.UsageError(NO_CHROMIUM)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    share = int(os.environ.get("KAKEHASHI_DEEP", "0"))
    deep = [item.nodeid for item in items if item.get_closest_marker("deep")]
    out = set(deep) - drawn(deep, share=share, seed=os.environ.get("KAKEHASHI_SEED", "0"))
    if not chromium():
        out |= {item.nodeid for item in items if item.get_closest_marker("browser")}
    if out:
        config.hook.pytest_deselected(items=[item for item in items if item.nodeid in out])
        items[:] = [item for item in items if item.nodeid not in out]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    for report in terminalreporter.getreports("passed"):
        for words in (words for name, words in report.user_properties if name == "told"):
            terminalreporter.write_line(str(words))
    if not chromium():
        terminalreporter.write_line(NO_CHROMIUM, yellow=True)


@pytest.fixture(scope="session", autouse=True)
def settings_of_every_test() -> Iterator[None]:
    """Hash quickly, keep mail in memory, and write files where nobody looks for them."""
    with tempfile.TemporaryDirectory() as folder:
        static = Path(folder, "static")
        static.mkdir()
        with override_settings(
            PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
            EMAIL_BACKEND="django.core.mail.backends.locmem.EmailBackend",
            KAKEHASHI_HOME=Path(folder),
            STATIC_ROOT=static,
        ):
            yield


@pytest.fixture(autouse=True)
def own_language() -> Iterator[None]:
    """Let no test speak the language in which the one before it ended."""
    translation.activate(settings.LANGUAGE_CODE)
    yield
    translation.deactivate()
