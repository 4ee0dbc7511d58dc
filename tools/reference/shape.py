"""What every drawn page shares: the parts of the house, tables, and a word in both languages."""

from collections.abc import Iterable, Iterator
from importlib import import_module
from importlib.util import find_spec
from inspect import cleandoc
from pkgutil import walk_packages
from types import ModuleType

from django.apps import apps

from kakehashi.kernel.words import Words, say

DRAWN = "<!-- Drawn from the code by `python3 run.py docs`; changes by hand are lost. -->"


def parts() -> Iterator[str]:
    """Name the parts of the programme in the order of its life, the ground first."""
    for app in apps.get_app_configs():
        if app.name.startswith("kakehashi."):
            yield app.name.removeprefix("kakehashi.")
    yield "config"  # no part of the programme, but it writes the letters about accounts


def read_all() -> None:
    """Read every file of every part, but for tests and migrations."""
    for part in parts():
        package = import_module(f"kakehashi.{part}")
        for found in walk_packages(package.__path__, f"{package.__name__}."):
            if not {"tests", "migrations"} & set(found.name.split(".")):
                import_module(found.name)


def files(kind: str) -> Iterator[tuple[str, ModuleType]]:
    """Give each part that has a file of this kind, with the file."""
    for part in parts():
        name = f"kakehashi.{part}.{kind}"
        if find_spec(name):
            yield part, import_module(name)


def held(module: ModuleType, kind: type) -> list[tuple[str, object]]:
    """List what a file holds of one kind, by name, without what it borrows from elsewhere."""
    mine: dict[int, tuple[str, object]] = {}
    for name, thing in vars(module).items():
        if isinstance(thing, kind) and not name.startswith("_"):
            mine.setdefault(id(thing), (name, thing))
    return sorted(mine.values(), key=lambda pair: pair[0])


def both(words: Words) -> tuple[str, str]:
    """Say a word in English and in Japanese, fit for a cell of a table."""
    return cell(say(words, "en")), cell(say(words, "ja"))


def cell(text: object) -> str:
    """Let nothing in a text end its cell or its line."""
    return " ".join(str(text).split()).replace("|", "\\|")


def table(heads: Iterable[str], rows: Iterable[Iterable[object]]) -> Iterator[str]:
    """Draw a table of Markdown."""
    heads = list(heads)
    yield "| " + " | ".join(heads) + " |"
    yield "|" + "---|" * len(heads)
    for row in rows:
        yield "| " + " | ".join(str(value) for value in row) + " |"


def first_words(thing: object) -> str:
    """Give the first paragraph of a docstring."""
    return cell(cleandoc(thing.__doc__ or "").split("\n\n")[0])


def whole_words(thing: object) -> str:
    """Give a whole docstring as one line."""
    return cell(cleandoc(thing.__doc__ or ""))
