"""House rules no linter knows.  Each rule is one function and names its own remedy.

python tools/check_house.py

A line that must break a rule says so, and why: `# house: rule_name -- reason`.  On the first line
of a longer statement it speaks for all of it.
"""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path, PurePath

from house import anything, python, reads, templates
from repository import HOME, is_vendored, texts

TEMPLATES = {".html", ".txt", ".ics", ".xml"}
SIMPLE = (ast.Assign, ast.AnnAssign, ast.Expr, ast.Return)
PLACE = re.compile(r":(\d+): ")


def complaints(path: PurePath, text: str) -> Iterator[str]:
    """Say what is out of order in one file, but for the lines that say why they must be so."""
    for rule, complaint in _found(path, text):
        place = PLACE.search(complaint)
        if not place or not _says_why(rule, int(place.group(1)), path, text):
            yield complaint


def _says_why(rule: str, number: int, path: PurePath, text: str) -> bool:
    lines, firsts = text.splitlines(), {number}
    if path.suffix == ".py":
        firsts |= {
            part.lineno
            for part in ast.walk(ast.parse(text))
            if isinstance(part, SIMPLE) and part.lineno <= number <= (part.end_lineno or 0)
        }
    return any(re.search(rf"# house: {rule} -- \S", lines[first - 1]) for first in firsts)


def _found(path: PurePath, text: str) -> Iterator[tuple[str, str]]:
    for rule in anything.RULES:
        yield from ((rule.__name__, line) for line in rule(path, text))
    if path.suffix == ".py":
        tree = ast.parse(text)
        for judge in (*python.RULES, *reads.RULES):
            yield from ((judge.__name__, line) for line in judge(path, text, tree))
    if path.suffix in TEMPLATES and "templates" in path.parts:
        for rule in templates.RULES:
            yield from ((rule.__name__, line) for line in rule(path, text))


def main(home: Path = HOME) -> int:
    """Print every complaint; the exit status says whether there was one."""
    read = [(path, text) for path, text in texts(home) if not is_vendored(path)]
    found = [line for path, text in read for line in complaints(path, text)]
    if not read:
        found = [f"{home}: no files at all; is this the project's folder?"]
    print("\n".join(found) or f"The house is in order ({len(read)} files).")
    return min(len(found), 1)


if __name__ == "__main__":
    sys.exit(main())
