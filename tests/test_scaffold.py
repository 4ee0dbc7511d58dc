"""`run.py new` begins what fits the house: it imports, obeys the rules, and its tests pass."""

import os
import shutil
import subprocess
import sys
from pathlib import Path, PurePath

import pytest

import check_house
import scaffold
from repository import HOME, texts

PART = ["part", "lending", "Loan", "--after", "appointment", "--ja", "貸出"]
SAYS = "What is lent to participants: dictionaries, textbooks and discs, and when they return."


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """Give a copy of the house that may be built on, with a part begun in it."""
    ignored = shutil.ignore_patterns("__pycache__", "static", "fonts")
    shutil.copytree(HOME / "src", tmp_path / "src", ignore=ignored)
    shutil.copyfile(HOME / "pyproject.toml", tmp_path / "pyproject.toml")
    assert scaffold.main([*PART, "--says", SAYS], tmp_path) == 0
    return tmp_path


def complaints(house: Path) -> list[str]:
    ours = PurePath("src/kakehashi/lending")
    read = [(path, text) for path, text in texts(house) if path.is_relative_to(ours)]
    assert len(read) >= 14
    return [line for path, text in read for line in check_house.complaints(path, text)]


def test_a_part_stands_at_its_place_in_life(house: Path) -> None:
    project = (house / "pyproject.toml").read_text()
    assert '  "lending",\n  "appointment",\n' in project
    assert '"kakehashi.lending", "kakehashi.appointment"' in project
    settings = (house / "src/kakehashi/config/settings.py").read_text()
    assert '    "kakehashi.appointment",\n    "kakehashi.lending",\n' in settings
    urls = (house / "src/kakehashi/config/urls.py").read_text()
    assert 'path("lending/", include("kakehashi.lending.urls")),\n' in urls


def test_what_is_begun_obeys_the_house(house: Path) -> None:
    for words in (
        ["letter", "lending", "LoanGranted"],
        ["figure", "lending", "loans_open"],
        ["move", "lending", "lose_loan", "--from", "open", "--to", "closed"],
    ):
        assert scaffold.main(words, house) == 0
    part = house / "src/kakehashi/lending"
    assert 'LoanGranted(given_name="Robin"),' in (part / "letters.py").read_text()
    assert "def loans_open() -> int:" in (part / "figures.py").read_text()
    assert 'Move("lose_loan", (LoanState.OPEN,)' in (part / "lifecycle.py").read_text()
    for path in part.rglob("*.py"):
        compile(path.read_text(), str(path), "exec")
    assert complaints(house) == []


def test_a_new_part_passes_its_own_tests(house: Path) -> None:
    about = {
        "PYTHONPATH": str(house / "src"),
        "DJANGO_SETTINGS_MODULE": "kakehashi.config.settings",
        "KAKEHASHI_HOME": str(house / "var"),
        "KAKEHASHI_PACK": str(HOME / "programmes/jet"),
        "DATABASE_URL": "",
    }
    for words in (
        ["django", "makemigrations", "lending", "-n", "first"],
        ["pytest", "-p", "no:cacheprovider", "-p", "no:xdist", "src/kakehashi/lending"],
    ):
        done = subprocess.run(
            [sys.executable, "-m", *words],
            cwd=house,
            env={**os.environ, **about},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
    assert "... " in done.stdout  # three tests, three dots


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ([*PART, "--says", SAYS], "There is a part 'lending' already."),
        (["letter", "nowhere", "Lost"], "There is no part 'nowhere'"),
        (["letter", "appointment", "AppointmentNotice"], "There is a letter"),
        (["figure", "home", "pages"], "home remembers nothing to count."),
        (["move", "lending", "lose", "--from", "lost", "--to", "closed"], "'lost' is no state"),
    ],
)
def test_what_cannot_be_begun_says_why_and_changes_nothing(
    house: Path, capsys: pytest.CaptureFixture[str], words: list[str], says: str
) -> None:
    before = dict(texts(house))
    capsys.readouterr()
    assert scaffold.main(words, house) == 2
    assert says in capsys.readouterr().out
    assert dict(texts(house)) == before
