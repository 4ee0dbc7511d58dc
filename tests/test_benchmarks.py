"""The figures stand on a baseline that nobody changes unnoticed, and say what they were held to."""

from hashlib import sha256
from pathlib import Path

import pytest

from benchmarks import report
from benchmarks.measure import Figure, in_turn
from repository import HOME

BASELINE = "6f2b32320be8d5c625c0352f0cc491203b2987bd429ce95c40e7781a3ec3f453"
FIGURE = Figure(
    kind="pages",
    name="a list & more",
    baseline="hello list",
    ratio=3.5,
    queries=9,
    kilobytes=41.2,
    goal="≤ 4×",
    met=True,
)


def test_the_baseline_is_the_one_all_figures_were_measured_against() -> None:
    found = sha256((HOME / "benchmarks" / "baseline.py").read_bytes()).hexdigest()
    assert found == BASELINE


def test_two_things_are_done_in_turn() -> None:
    done: list[str] = []
    in_turn(lambda: done.append("a"), lambda: done.append("b"), rounds=3)
    assert done == ["a", "b"] * (len(done) // 2)
    assert len(done) == 2 * (5 + 3)


def test_a_figure_says_ratio_goal_and_whether_it_was_met() -> None:
    row = report.text([FIGURE]).splitlines()[-1]
    assert row == "| a list & more | hello list | 3.50× | 9 | 41 | – | ≤ 4× | yes |"
    assert "a list &amp; more" in report.plot([FIGURE])


def test_figures_of_another_kind_are_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(report, "FOLDER", tmp_path)
    report.write([FIGURE], database="SQLite", people=60)
    other = Figure(
        kind="letters", name="print", baseline="singly", ratio=9.0, goal="≤ 30 s", met=False
    )
    report.write([other], database="SQLite", people=60)
    page = (tmp_path / "README.md").read_text()
    assert page.count("\n| a list & more |") == page.count("\n| print |") == 1
    assert "| **no** |" in page
    assert 'fill="orangered"' in (tmp_path / "sqlite.svg").read_text()
