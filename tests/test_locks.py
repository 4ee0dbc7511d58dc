"""The locks pin every package by its hash, and name nobody's package server."""

import re
from pathlib import Path

import pytest

HOME = Path(__file__).parents[1]
PIN = re.compile(r"^([a-z0-9._-]+(?:\[[a-z,]+\])?)==(\S+)", re.MULTILINE)


def pins(name: str) -> dict[str, str]:
    return dict(PIN.findall((HOME / name).read_text()))


@pytest.mark.parametrize("name", ["runtime.lock", "dev.lock"])
def test_every_package_is_pinned_by_its_hash(name: str) -> None:
    text = (HOME / name).read_text()
    lines = [line for line in text.splitlines() if "==" in line]

    assert lines
    assert len(lines) == len(pins(name))
    assert all(line.endswith("\\") for line in lines)
    assert all("--hash=sha256:" in part for part in PIN.split(text)[3::3])


@pytest.mark.parametrize("name", ["runtime.lock", "dev.lock"])
def test_a_lock_names_no_package_server(name: str) -> None:
    text = (HOME / name).read_text()

    assert "://" not in text
    assert "--index" not in text
    assert "--find-links" not in text


def test_whoever_can_test_can_also_run() -> None:
    running, developing = pins("runtime.lock"), pins("dev.lock")

    assert {name: developing.get(name) for name in running} == running


@pytest.mark.parametrize("name", ["runtime", "dev"])
def test_what_is_asked_for_is_locked(name: str) -> None:
    asked = re.findall(r"^([A-Za-z0-9_.-]+)", (HOME / f"{name}.in").read_text(), re.MULTILINE)
    locked = {pin.split("[")[0] for pin in pins(f"{name}.lock")}

    assert {word.lower() for word in asked if not word.startswith("-")} - locked == set()


def test_the_foreign_tools_own_locks_are_kept_out() -> None:
    assert {"uv.lock", "pylock.toml"} <= set((HOME / ".gitignore").read_text().splitlines())
