"""`run.py` understands its words, prepares once, and stops cleanly."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import pytest

HOME = Path(__file__).parents[1]


def load(name: str) -> ModuleType:
    spec = spec_from_file_location(f"kakehashi_{name}", HOME / f"{name}.py")
    assert spec
    assert spec.loader
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    """Give `run.py` a house of its own, with locks, a project and no environment yet."""
    run = load("run")
    for name in ("runtime.lock", "dev.lock", "pyproject.toml"):
        (tmp_path / name).write_text(name)
    monkeypatch.setattr(run, "HOME", tmp_path)
    monkeypatch.setattr(run, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(run, "_make_environment", lambda: None)
    run.lines = []
    monkeypatch.setattr(
        run, "run", lambda line, about=None: run.lines.append((line, about)) or 0
    )
    return run


def installs(run: ModuleType) -> list[str]:
    """Say which locks were installed, in order."""
    return [line[line.index("-r") + 1] for line, _ in run.lines if "-r" in line]


def test_an_environment_is_made_once_and_again_when_the_lock_changes(house: ModuleType) -> None:
    house.prepare("runtime.lock")
    house.prepare("runtime.lock")
    assert installs(house) == ["runtime.lock"]

    (house.HOME / "runtime.lock").write_text("another pin")
    house.prepare("runtime.lock")
    assert installs(house) == ["runtime.lock"] * 2

    (house.HOME / "pyproject.toml").write_text("another script")
    house.prepare("runtime.lock")
    assert installs(house) == ["runtime.lock"] * 3


def test_an_environment_for_development_will_do_for_the_demo(house: ModuleType) -> None:
    house.prepare("dev.lock")
    house.prepare("runtime.lock")
    assert installs(house) == ["dev.lock"]


def test_one_for_the_demo_will_not_do_for_development(house: ModuleType) -> None:
    house.prepare("runtime.lock")
    house.prepare("dev.lock")
    assert installs(house) == ["runtime.lock", "dev.lock"]


def test_the_project_itself_is_installed_without_asking_anyone(house: ModuleType) -> None:
    house.prepare("runtime.lock")

    last, _ = house.lines[-1]
    assert last[-4:] == ["-e", ".", "--no-deps", "--no-build-isolation"]


@pytest.mark.parametrize("missing", ["getting uv", "uv itself"])
def test_pip_does_it_where_the_quick_installer_cannot(
    house: ModuleType, missing: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(line: list[str], _about: object = None) -> int:
        house.lines.append((line, None))
        return int(house.INSTALLER in line if missing == "getting uv" else "uv" in line)

    monkeypatch.setattr(house, "run", fail)
    house.prepare("runtime.lock")

    tools = [line[2] for line, _ in house.lines]
    assert tools[-2:] == ["pip", "pip"]
    assert house._mark("runtime.lock").exists()


def test_a_failed_installation_is_tried_again_next_time(
    house: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(house, "run", lambda _line, _about=None: 1)

    with pytest.raises(SystemExit, match="package registry"):
        house.prepare("runtime.lock")
    assert not house._mark("runtime.lock").exists()


def test_the_demo_is_told_what_was_asked(house: ModuleType) -> None:
    words = ["--people", "40", "--at", "placement", "--port", "8001", "--no-serve"]
    assert house.main(["demo", *words]) == 0

    line, _ = house.lines[-1]
    assert line[1:] == ["demo", *words]


@pytest.mark.parametrize(
    "words",
    [
        ["demo", "--peeple", "4"],
        ["demo", "--people", "0"],
        ["demo", "--port", "x"],
        ["demo", "y"],
    ],
)
def test_the_demo_refuses_words_it_does_not_know(house: ModuleType, words: list[str]) -> None:
    with pytest.raises(SystemExit) as refused:
        house.main(words)

    assert refused.value.code == 2
    assert house.lines == []


@pytest.mark.parametrize(
    ("words", "share", "rest"),
    [
        ([], None, []),
        (["-k", "quota"], None, ["-k", "quota"]),
        (["--deep"], "100", []),
        (["--deep", "10"], "10", []),
        (["--deep", "src/kakehashi/matching"], "100", ["src/kakehashi/matching"]),
        (["-x", "--deep", "10", "-m", "deep"], "10", ["-x", "-m", "deep"]),
    ],
)
def test_the_long_walks_run_when_asked_for(
    house: ModuleType, words: list[str], share: str | None, rest: list[str]
) -> None:
    assert house.main(["test", *words]) == 0

    line, about = house.lines[-1]
    assert line[1:] == ["-m", "pytest", "-n", "auto", *rest]
    assert about.get("KAKEHASHI_DEEP") == share
    assert ("KAKEHASHI_SEED" in about) == (share is not None)


def test_a_given_seed_is_kept(
    house: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("KAKEHASHI_SEED", "1987")
    house.main(["test", "--deep", "10"])

    assert house.lines[-1][1] == {"KAKEHASHI_DEEP": "10", "KAKEHASHI_SEED": "1987"}
    assert "KAKEHASHI_SEED=1987" in capsys.readouterr().out


@pytest.mark.parametrize("share", ["0", "101"])
def test_an_impossible_share_is_refused(house: ModuleType, share: str) -> None:
    assert house.main(["test", "--deep", share]) == 2
    assert house.lines == []


def test_check_asks_everything_and_names_what_is_bad(
    house: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked: list[list[str]] = []
    monkeypatch.setattr(house, "prepare", lambda _lock: None)
    monkeypatch.setattr(
        house, "run", lambda line, _about: asked.append(line) or int("mypy" in line)
    )

    assert house.main(["check"]) == 1
    assert asked == house.CHECKS
    assert capsys.readouterr().out.splitlines()[-1] == "Not yet: python -m mypy"


@pytest.mark.parametrize(
    ("words", "last"),
    [
        (["new", "letter", "lending", "Lost"], ["ruff", "format", "--quiet", "src"]),
        (["docs"], ["tools/draw_reference.py"]),
        (["docs", "--screenshots"], ["tools/screenshots.py"]),
        (["bench", "pages"], ["benchmarks", "pages"]),
    ],
)
def test_the_tools_for_builders_are_run_with_their_words(
    house: ModuleType, words: list[str], last: list[str]
) -> None:
    assert house.main(words) == 0
    assert house.lines[-1][0][-len(last) :] == last


def test_what_could_not_be_begun_is_not_tidied(
    house: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(line: list[str], _about: object = None) -> int:
        house.lines.append((line, None))
        return 2 * ("tools/scaffold.py" in line)

    monkeypatch.setattr(house, "run", refuse)
    assert house.main(["new", "part"]) == 2
    assert "tools/scaffold.py" in house.lines[-1][0]


def test_docs_takes_no_word_but_screenshots(
    house: ModuleType, capsys: pytest.CaptureFixture[str]
) -> None:
    assert house.main(["docs", "everything"]) == 2
    assert "--screenshots" in capsys.readouterr().out
    assert house.lines == []


@pytest.mark.parametrize(
    ("words", "code"), [([], 2), (["fly"], 2), (["check", "all"], 2), (["--help"], 0)]
)
def test_words_it_does_not_know_change_nothing(
    house: ModuleType, words: list[str], code: int
) -> None:
    assert house.main(words) == code
    assert house.lines == []


def test_its_help_names_every_word_it_knows() -> None:
    run = load("run")

    assert set(re.findall(r"run\.py (\w+)", run.__doc__ or "")) == set(run.COMMANDS)


STUBBORN = "import time; print('here', flush=True); time.sleep(60)"


@pytest.mark.parametrize("sent", [signal.SIGTERM, signal.SIGINT])
def test_whoever_stops_it_stops_what_it_started(tmp_path: Path, sent: signal.Signals) -> None:
    starter = tmp_path / "starter.py"
    starter.write_text(
        f"import signal, sys; sys.path.insert(0, {str(HOME)!r}); import run\n"
        "signal.signal(signal.SIGTERM, run._asked_to_leave)\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        f"run.COMMANDS['fix'] = lambda: run.run([sys.executable, '-c', {STUBBORN!r}])\n"
        "sys.exit(run.main(['fix']))\n",
    )
    with subprocess.Popen(
        [sys.executable, str(starter)], stdout=subprocess.PIPE, start_new_session=True
    ) as ours:
        assert ours.stdout
        assert ours.stdout.readline() == b"here\n"
        if sent == signal.SIGINT:
            os.killpg(ours.pid, sent)  # a terminal tells everyone
        else:
            ours.send_signal(sent)
        said = ours.stdout.read()  # ends only when the last writer has left

    assert ours.returncode == {signal.SIGTERM: 143, signal.SIGINT: 130}[sent]
    assert (b"Stopped." in said) == (sent == signal.SIGINT)


def test_the_same_seed_draws_the_same_walks() -> None:
    drawn = load("conftest").drawn
    names = [f"test_{number}" for number in range(40)]

    tenth = drawn(names, share=10, seed="7")

    assert len(tenth) == 4
    assert tenth == drawn(names[::-1], share=10, seed="7")
    assert tenth != drawn(names, share=10, seed="8")
    assert drawn(names, share=0, seed="7") == set()
    assert drawn(names, share=100, seed="7") == set(names)
    assert len(drawn(names[:3], share=10, seed="7")) == 1
