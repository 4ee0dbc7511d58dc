"""Whoever runs the system can read what every setting means."""

import re
from pathlib import Path

HOME = Path(__file__).parents[2]
READ = re.compile(r"_env\(\s*[\"'](\w+)")
TOLD = re.compile(r"^\| `(\w+)` \|", re.MULTILINE)


def test_every_setting_is_documented() -> None:
    read = READ.findall((HOME / "src/kakehashi/config/settings.py").read_text())
    told = TOLD.findall((HOME / "docs/reference/settings.md").read_text())
    assert sorted(set(read)) == sorted(told)


def test_no_setting_is_read_elsewhere() -> None:
    readers = [
        path.relative_to(HOME / "src/kakehashi").as_posix()
        for path in (HOME / "src/kakehashi").rglob("*.py")
        if "tests" not in path.parts
        if re.search(r"os\.environ(\[|\.get)|os\.getenv", path.read_text())
    ]
    assert readers == ["config/settings.py"]
