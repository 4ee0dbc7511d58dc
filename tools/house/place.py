"""Where a file stands in the house: which part of the programme, and which question it answers."""

from pathlib import PurePath

PACKAGE = "kakehashi"
INSIDE = {"kernel", "web"}  # the machinery itself, of which the parts are made


def part(path: PurePath) -> str:
    """Name the part a file belongs to: `selection` for src/kakehashi/selection/…; else nothing."""
    below = _below(path)
    return below[0] if len(below) > 1 else ""


def kind(path: PurePath) -> str:
    """Name the question a file answers: `queries` for queries.py and for queries/*.py alike."""
    below = _below(path)
    word = below[1] if len(below) > 1 else path.name
    return word.removesuffix(".py")


def of_the_programme(path: PurePath) -> bool:
    """Answer whether it is code of ours that runs, not a test, a migration or a tool."""
    return bool(_below(path)) and not {"tests", "migrations"} & set(path.parts)


def _below(path: PurePath) -> tuple[str, ...]:
    return path.parts[path.parts.index(PACKAGE) + 1 :] if PACKAGE in path.parts[:-1] else ()
