import json
import subprocess
import sys
from pathlib import Path

import pytest

from kakehashi.matching.__main__ import main
from kakehashi.matching.tests.markets import by_chance, market, written

LOADED = """
import sys
from kakehashi.matching import read_market, verify
from kakehashi.matching.__main__ import main
status = main(sys.argv[1:])
loaded = {name.split(".")[0] for name in sys.modules} & {"django", "ortools", "numpy"}
print(sorted(loaded))
sys.exit(status)
"""


@pytest.fixture
def files(tmp_path: Path) -> tuple[str, str]:
    there = tmp_path / "market.json"
    there.write_bytes(written(by_chance(11) | {"locks": []}))
    return str(there), str(tmp_path / "plan.json")


def test_solve_writes_a_plan_that_verify_accepts(
    files: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["solve", files[0], "-o", files[1]]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "proved"
    assert main(["verify", *files]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [it.split(":")[0] for it in lines] == ["feasible", "levels", "optimality"]


def test_verify_exits_1_when_the_plan_is_not_sound(
    files: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    main(["solve", files[0], "-o", files[1]])
    plan = json.loads(Path(files[1]).read_bytes())
    plan["levels"][0]["value"] += 1
    Path(files[1]).write_text(json.dumps(plan))
    capsys.readouterr()
    assert main(["verify", *files]) == 1
    assert capsys.readouterr().out.splitlines()[1].startswith("levels: no: ")


def test_replay_gives_the_same_bytes_and_notices_every_change(
    files: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    main(["solve", files[0], "-o", files[1]])
    capsys.readouterr()
    whole = Path(files[1]).read_bytes()
    assert main(["replay", *files]) == 0
    assert capsys.readouterr().out == f"the same, byte for byte: {len(whole)} bytes\n"

    plan = json.loads(whole)
    who, where = min(plan["assignment"].items())
    del plan["assignment"][who]
    Path(files[1]).write_text(json.dumps(plan))
    assert main(["replay", *files]) == 1
    assert capsys.readouterr().out.splitlines() == [
        "not the same: 1 people are placed otherwise",
        f"{who}: - in the plan, {where} when solved again",
    ]
    Path(files[1]).write_bytes(whole.replace(b'"proved":true', b'"proved":false'))
    assert main(["replay", *files]) == 1
    assert capsys.readouterr().out.splitlines() == [
        "the plan was stopped before it was proved: it need not come out again",
        "not the same: 0 people are placed otherwise",
    ]
    Path(files[1]).write_bytes(b"[]")
    assert main(["replay", *files]) == 2
    assert "this is not a kakehashi-plan/1" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["solve", "verify", "replay"])
def test_an_invalid_market_exits_2_with_the_path_of_the_fault(
    command: str, files: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    data = market(people=[{"id": "C-1"}], couples=[{"a": "C-1", "b": "C-2", "pairs": []}])
    Path(files[0]).write_bytes(written(data))
    arguments = (
        ["solve", files[0], "-o", files[1]] if command == "solve" else ["verify", *files]
    )
    assert main(arguments) == 2
    heard = capsys.readouterr()
    assert heard.err == "couples[0].b: 'C-2' is not a person of this market\n"
    assert heard.out == ""
    assert not Path(files[1]).exists()


def test_a_missing_file_exits_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    there = str(tmp_path / "none.json")
    assert main(["verify", there, there]) == 2
    assert capsys.readouterr().err == f"{there}: No such file or directory\n"


def ran(*arguments: str) -> list[str]:
    run = subprocess.run(
        [sys.executable, "-c", LOADED, *arguments], check=True, capture_output=True, text=True
    )
    return run.stdout.splitlines()


def test_solving_loads_no_django_and_verifying_loads_no_solver(files: tuple[str, str]) -> None:
    assert ran("solve", files[0], "-o", files[1])[-1] == "['numpy', 'ortools']"
    assert ran("verify", *files)[-1] == "[]"


def test_the_engine_is_a_command(files: tuple[str, str]) -> None:
    run = subprocess.run(
        [sys.executable, "-m", "kakehashi.matching", "verify", files[0], files[0]],
        check=False,
        capture_output=True,
        text=True,
    )
    assert run.returncode == 1
    assert run.stdout.splitlines()[1] == "levels: no: there is no plan"


def test_stable_mode_prints_what_a_committee_compares(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = market(
        mode="stable",
        regions=[{"id": "r"}],
        places=[{"id": "p", "region": "r", "seats": 1, "order": ["C-1"]}],
        people=[{"id": "C-1", "options": [{"place": "p", "cost": 0}]}],
    )
    there = tmp_path / "market.json"
    there.write_bytes(written(data))
    assert main(["solve", str(there), "-o", str(tmp_path / "plan.json")]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[-5:] == ["placed 1", "filled/1 1", "moves 0", "blocking pairs 0", "ended"]
