"""Begin a part, a letter, a figure or a move, in the shape of the house.

python tools/scaffold.py part lending Loan --after appointment --ja 貸出 --says "What the part is."
python tools/scaffold.py letter lending LoanGranted
python tools/scaffold.py figure lending loans_open
python tools/scaffold.py move lending pause --from open --to closed

A part is a whole small one that runs: one thing with a state, its pages, its tests.  What a machine
cannot write (Japanese, the prose of a letter, the glossary's sentence) it names at the end.
"""

import argparse
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from string import Template

from repository import HOME

SHAPES = Path(__file__).parent / "scaffold" / "part"
PLACES = {
    "list.html": "templates/{part}/{thing}s.html",
    "one.html": "templates/{part}/{thing}.html",
    "open.html": "templates/{part}/open_{thing}.html",
    "test_actions.py": "tests/test_actions.py",
}
LINE = 96  # as in pyproject.toml


class CannotBegin(Exception):
    """What was asked for cannot be begun; says why and what to do."""


def part(said: argparse.Namespace, home: Path) -> Iterator[str]:
    """Write a whole small part and hang it into settings, addresses and the import contracts."""
    folder = home / "src" / "kakehashi" / said.name
    if folder.exists():
        raise CannotBegin(f"There is a part {said.name!r} already.")
    if not (folder.parent / said.after / "apps.py").exists():
        raise CannotBegin(f"There is no part {said.after!r} to come after.")
    thing = _lower(said.thing)
    words = {
        "part": said.name,
        "Part": said.name.title().replace("_", ""),
        "thing": thing,
        "Thing": said.thing,
        "THING": thing.upper(),
        "Heading": f"{thing.replace('_', ' ').capitalize()}s",
        "Japanese": said.ja,
        "says": said.says,
    }
    for shape in sorted(SHAPES.glob("*.txt")):
        name = shape.name.removesuffix(".txt")
        place = PLACES.get(name, name).format(part=said.name, thing=thing)
        _write(folder / place, Template(shape.read_text(encoding="utf-8")).substitute(words))
    for empty in ("migrations/__init__.py", "tests/__init__.py"):
        _write(folder / empty, "")
    _hang(home, said.name, said.after)
    yield f"src/kakehashi/{said.name} is begun. Then:"
    yield f"  .venv/bin/kakehashi makemigrations {said.name} -n first"
    yield f"  a row for {said.thing} in docs/reference/glossary.md, with its Japanese ({said.ja})"
    yield "  .venv/bin/python tools/words.py extract, the Japanese sentences, … compile"
    yield "  python3 run.py docs"


def letter(said: argparse.Namespace, home: Path) -> Iterator[str]:
    """Write the facts of a letter, a sample, and the frame of its text in each language."""
    folder = _part(home, said.part)
    name = _lower(said.name)
    file = folder / "letters.py"
    before = file.read_text(encoding="utf-8") if file.exists() else _LETTERS
    if f"class {said.name}(" in before:
        raise CannotBegin(f"There is a letter {said.name!r} already.")
    kind = (
        f"@dataclass(frozen=True, kw_only=True)\nclass {said.name}(Letter):\n"
        f'    """To the person concerned: {name.replace("_", " ")}."""\n\n    given_name: str\n'
    )
    sample = f'{said.name}(given_name="Robin")'
    at = re.search(r"^SAMPLES[^=]*= [\[(]\n?", before, re.MULTILINE)
    if not at:
        raise CannotBegin(f"{file.name} has no list SAMPLES to add to.")
    after = f"{before[: at.start()]}{kind}\n\n{before[at.start() : at.end()]}"
    _write(file, f"{after}    {sample},\n{before[at.end() :]}", anew=True)
    subject = name.replace("_", " ").capitalize()
    greeting = {"en": "Dear {{ given_name }},", "ja": "{{ given_name }}様"}
    for language, words in greeting.items():
        text = f"{{% autoescape off %}}Subject: {subject}\n\n{words}\n{{% endautoescape %}}\n"
        _write(folder / "templates" / "letters" / said.part / f"{name}.{language}.txt", text)
    yield f"The letter {said.part}/{name} is begun. Then:"
    yield f"  write templates/letters/{said.part}/{name}.en.txt and .ja.txt, each as a whole text"
    yield "  python3 run.py letters, and read the recorded texts as prose"


def figure(said: argparse.Namespace, home: Path) -> Iterator[str]:
    """Write a count that statistics and the home page may read."""
    folder = _part(home, said.part)
    model = _first_model(folder)
    file = folder / "figures.py"
    before = file.read_text(encoding="utf-8") if file.exists() else _figures(said.part, model)
    if f"def {said.name}(" in before:
        raise CannotBegin(f"There is a figure {said.name!r} already.")
    text = (
        '\n\n@unscoped("a count; names nobody")\n'
        f"def {said.name}() -> int:\n"
        f'    """Count {said.name.replace("_", " ")}."""\n'
        f"    return {model}.objects.count()\n"
    )
    _write(file, before.rstrip("\n") + "\n" + text, anew=True)
    yield f"The figure {said.part}.figures.{said.name} counts every {model}; narrow it, and test it"
    yield f"in src/kakehashi/{said.part}/tests/test_figures.py."


def move(said: argparse.Namespace, home: Path) -> Iterator[str]:
    """Write one arrow: the lifecycle's line, and say what the soundness test will ask for."""
    folder = _part(home, said.part)
    file = folder / "lifecycle.py"
    text = file.read_text(encoding="utf-8") if file.exists() else ""
    enum = re.search(r"^class (\w+)\(StrEnum\)", text, re.MULTILINE)
    moves = list(re.finditer(r"^    Move\(.*?\),$|^    Move\($.*?^    \),$", text, _MANY))
    if not (enum and moves):
        raise CannotBegin(f"{said.part} has no lifecycle to add a move to.")
    if f'"{said.name}"' in text:
        raise CannotBegin(f"There is a move {said.name!r} already.")
    known = dict(re.findall(r'^    (\w+) = "(\w+)"', text, re.MULTILINE))
    states = {value: f"{enum.group(1)}.{name}" for name, value in known.items()}
    for state in (said.source, said.target):
        if state not in states:
            raise CannotBegin(f"{state!r} is no state; there are {', '.join(states)}.")
    label = said.name.replace("_", " ").capitalize()
    line = (
        f'\n    Move("{said.name}", ({states[said.source]},), {states[said.target]}, '
        f'_("{label}")),'
    )
    if len(line) > LINE:
        line = (
            f'\n    Move(\n        "{said.name}",\n        ({states[said.source]},),\n'
            f'        {states[said.target]},\n        _("{label}"),\n    ),'
        )
    end = moves[-1].end()
    _write(file, text[:end] + line + text[end:], anew=True)
    yield f"The arrow {said.name} stands in {said.part}/lifecycle.py. The soundness test now asks for:"
    yield f"  a line `{said.name}=…` in {said.part}/policy.py, and a verb `{said.name}` in actions"
    yield "  and you for its address, its button, and a test whose name is a sentence"


_MANY = re.MULTILINE | re.DOTALL
_LETTERS = '''"""The letters of this part."""

from dataclasses import dataclass

from kakehashi.kernel.letters import Letter


SAMPLES: list[Letter] = [
]
'''


def _figures(name: str, model: str) -> str:
    return (
        '"""Counts offered to statistics."""\n\n'
        f"from kakehashi.{name}.models import {model}\n"
        "from kakehashi.kernel.scope import unscoped\n"
    )


def _first_model(folder: Path) -> str:
    file = folder / "models.py"
    text = file.read_text(encoding="utf-8") if file.exists() else ""
    found = re.search(r"^class (\w+)\((?:Moving|Keyed|models\.Model)", text, re.MULTILINE)
    if not found:
        raise CannotBegin(f"{folder.name} remembers nothing to count.")
    return found.group(1)


def _part(home: Path, name: str) -> Path:
    folder = home / "src" / "kakehashi" / name
    if not (folder / "apps.py").exists():
        raise CannotBegin(f"There is no part {name!r}; `python3 run.py new part {name}` first.")
    return folder


def _hang(home: Path, name: str, after: str) -> None:
    """Hang a new part in above the one it comes after: settings, addresses, contracts."""
    _insert(
        home / "src/kakehashi/config/settings.py",
        rf'^    "kakehashi\.{after}",\n',
        f'    "kakehashi.{name}",\n',
    )
    _insert(
        home / "src/kakehashi/config/urls.py",
        rf'^    path\("[\w/]*", include\("kakehashi\.{after}\.urls"\)\),\n',
        f'    path("{name.replace("_", "-")}/", include("kakehashi.{name}.urls")),\n',
    )
    project = home / "pyproject.toml"
    text = project.read_text(encoding="utf-8")
    text = re.sub(rf'^  "\({name}\)",\n', "", text, flags=re.MULTILINE)
    above = re.search(rf'^  "{after}",\n', text, re.MULTILINE)
    inside = re.search(rf'"kakehashi\.{after}"', text)
    if not (above and inside):
        raise CannotBegin(f"pyproject.toml names {after!r} in no contract of its own.")
    text = text[: inside.start()] + f'"kakehashi.{name}", ' + text[inside.start() :]
    text = text[: above.start()] + f'  "{name}",\n' + text[above.start() :]
    _write(project, text, anew=True)


def _insert(file: Path, after: str, line: str) -> None:
    text = file.read_text(encoding="utf-8")
    found = re.search(after, text, re.MULTILINE)
    if not found:
        raise CannotBegin(f"{file.name} does not name the part that the new one comes after.")
    _write(file, text[: found.end()] + line + text[found.end() :], anew=True)


def _write(file: Path, text: str, *, anew: bool = False) -> None:
    if file.exists() and not anew:
        raise CannotBegin(f"{file.name} is there already.")
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def _lower(name: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()


def _name(word: str) -> str:
    if not re.fullmatch(r"[a-z][a-z_]*", word):
        raise argparse.ArgumentTypeError(f"{word!r}: small letters and underscores")
    return word


def _class(word: str) -> str:
    if not re.fullmatch(r"([A-Z][a-z]+)+", word):
        raise argparse.ArgumentTypeError(f"{word!r}: a noun such as Loan or CourtesyCall")
    return word


def reader() -> argparse.ArgumentParser:
    """Say which words are understood."""
    asked = argparse.ArgumentParser(prog="run.py new", description=__doc__)
    kinds = asked.add_subparsers(dest="kind", required=True)
    new = kinds.add_parser("part", help="a part of the programme's life")
    new.add_argument("name", type=_name)
    new.add_argument("thing", type=_class, help="what it remembers, a noun")
    new.add_argument(
        "--after", required=True, type=_name, help="the part just before it in life"
    )
    new.add_argument("--ja", required=True, help="the thing in Japanese")
    new.add_argument("--says", required=True, help="what the part is, in a sentence or two")
    new = kinds.add_parser("letter", help="a letter of a part")
    new.add_argument("part", type=_name)
    new.add_argument("name", type=_class)
    new = kinds.add_parser("figure", help="a count of a part")
    new.add_argument("part", type=_name)
    new.add_argument("name", type=_name)
    new = kinds.add_parser("move", help="a move of a part's lifecycle")
    new.add_argument("part", type=_name)
    new.add_argument("name", type=_name)
    new.add_argument("--from", dest="source", required=True)
    new.add_argument("--to", dest="target", required=True)
    return asked


KINDS: dict[str, Callable[[argparse.Namespace, Path], Iterator[str]]] = {
    "part": part,
    "letter": letter,
    "figure": figure,
    "move": move,
}


def main(words: Sequence[str], home: Path = HOME) -> int:
    """Begin what is asked for, and say what is left for a person to do."""
    said = reader().parse_args(words)
    try:
        print("\n".join(KINDS[said.kind](said, home)))
    except CannotBegin as reason:
        print(reason)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
