"""The reference is drawn from the code, and containers run what there is to run."""

import re
from pathlib import Path

import draw_reference
from kakehashi.config.command import VERBS
from kakehashi.kernel.letters import letters
from kakehashi.kernel.lifecycle import Lifecycle
from kakehashi.kernel.policy import Policy
from kakehashi.kernel.scope import sights
from reference.shape import cell, files, held
from repository import HOME

SETTINGS = re.compile(r"^\| `(\w+)` \|", re.MULTILINE)
DRAWN = {path.stem: text for path, text in draw_reference.pages().items()}


def test_the_pages_kept_are_the_pages_drawn() -> None:
    assert draw_reference.stale(draw_reference.pages()) == []


def test_a_page_that_says_something_else_is_found(tmp_path: Path) -> None:
    drawn = {Path("docs/reference/a.md"): "a\n", Path("docs/reference/b.md"): "b\n"}
    (tmp_path / "docs/reference").mkdir(parents=True)
    (tmp_path / "docs/reference/a.md").write_text("a\n")
    (tmp_path / "docs/reference/b.md").write_text("what was so last year\n")
    assert draw_reference.stale(drawn, tmp_path) == [Path("docs/reference/b.md")]


def test_every_move_is_in_a_diagram_and_every_line_of_a_policy_in_a_table() -> None:
    moves = [
        f"| `{name}` |"
        for _part, module in files("lifecycle")
        for _name, lifecycle in held(module, Lifecycle)
        for name in lifecycle.moves  # type: ignore[attr-defined]  # `held` gives any kind
    ]
    lines = [
        f"| `{name}` |"
        for _part, module in files("policy")
        for _name, policy in held(module, Policy)
        for name in policy.lines  # type: ignore[attr-defined]  # `held` gives any kind
    ]
    assert [move for move in moves if move not in DRAWN["lifecycles"]] == []
    assert [line for line in lines if line not in DRAWN["permissions"]] == []


def test_every_kind_of_thing_says_who_may_know_of_it() -> None:
    ours = [model.__name__ for model in sights() if model.__module__.startswith("kakehashi.")]
    rows = re.findall(r"^\| (\w+) \| \w+ \| (.+) \|$", DRAWN["who-can-read-what"], re.MULTILINE)
    told = dict(rows)
    assert [name for name in ours if len(told.get(name, "").split()) < 3] == []


def test_every_letter_is_there_in_both_languages() -> None:
    kinds = [
        kind
        for kind in letters().values()
        if ".tests." not in kind.__module__ and not kind.__name__.startswith("_")
    ]
    named = [kind.letter_name().rpartition("/")[2].replace("_", " ") for kind in kinds]
    page = DRAWN["letters"]
    assert [name for name in named if f"### {name}\n" not in page] == []
    assert page.count("English:\n") == page.count("日本語:\n") > 10


def test_a_cell_keeps_to_its_cell() -> None:
    assert cell("a | b\n c") == "a \\| b c"


def test_containers_run_verbs_and_settings_that_there_are() -> None:
    text = (HOME / "Dockerfile").read_text() + (HOME / "compose.yaml").read_text()
    told = SETTINGS.findall((HOME / "docs/reference/settings.md").read_text())
    named = set(re.findall(r"\b(KAKEHASHI_[A-Z_]+?|DATABASE_URL)(?:_FILE)?\b", text))
    assert sorted(named - set(told)) == []
    verbs = set(re.findall(r'kakehashi(?:", "| )([a-z_]+)', text))
    assert sorted(verbs - set(VERBS)) == []
    assert {"serve", "work", "set_up"} <= verbs
