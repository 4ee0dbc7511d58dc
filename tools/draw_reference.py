"""Draw the reference pages from the code, or say which are no longer what the code says.

python tools/draw_reference.py            write them to docs/reference
python tools/draw_reference.py --check    write nothing; the exit status says whether one is stale
"""

import sys
from collections.abc import Sequence
from pathlib import Path

from reference import letters, lifecycles, permissions, readers, terms
from repository import HOME

FOLDER = Path("docs", "reference")


def pages(home: Path = HOME) -> dict[Path, str]:
    """Draw every page: where it belongs, and what it says today."""
    drawn = {
        "lifecycles": lifecycles.page(),
        "permissions": permissions.page(),
        "who-can-read-what": readers.page(),
        "letters": letters.page(),
        "terms": terms.page(home / "programmes" / "jet"),
    }
    return {FOLDER / f"{name}.md": "\n".join([*lines, ""]) for name, lines in drawn.items()}


def stale(drawn: dict[Path, str], home: Path = HOME) -> list[Path]:
    """List the pages that say something else than the code does now."""
    return [
        path
        for path, text in drawn.items()
        if not (home / path).is_file() or (home / path).read_text(encoding="utf-8") != text
    ]


def main(words: Sequence[str], home: Path = HOME) -> int:
    """Write what is stale, or only name it."""
    drawn = pages(home)
    found = stale(drawn, home)
    if "--check" in words:
        said = [
            f"{path}: the code says something else now; `python3 run.py docs`" for path in found
        ]
        print("\n".join(said) or f"The {len(drawn)} drawn pages say what the code says.")
        return min(len(found), 1)
    for path in found:
        (home / path).parent.mkdir(parents=True, exist_ok=True)
        (home / path).write_text(drawn[path], encoding="utf-8")
        print(f"drawn: {path}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
