"""The files that are ours: what git keeps or would keep, read as text."""

import subprocess
from collections.abc import Iterator
from pathlib import Path, PurePath

HOME = Path(__file__).resolve().parents[1]
NOT_OURS = {".git", ".venv", "var", "__pycache__"}


def texts(home: Path = HOME) -> Iterator[tuple[PurePath, str]]:
    """Give each text file's path, relative to the project, and what it says."""
    for path in files(home):
        try:
            yield path, (home / path).read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue  # a font, a picture, a compiled catalogue


def files(home: Path = HOME) -> list[PurePath]:
    """List the project's files, also those not yet committed; without git, all there are."""
    asked = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=home,
        capture_output=True,
        check=False,
    )
    if asked.returncode == 0:
        names = [PurePath(name) for name in asked.stdout.decode().split("\0") if name]
    else:
        found = (path.relative_to(home) for path in home.rglob("*"))
        names = [path for path in found if not NOT_OURS & set(path.parts)]
    return sorted(name for name in names if (home / name).is_file())


def is_vendored(path: PurePath) -> bool:
    """Answer whether others wrote the file; their style is their own."""
    return "vendor" in path.parts or "LICENSES" in path.parts
