"""Every letter of every part, in every language, word for word.

`python3 run.py letters` writes them anew; the difference is then read as prose.
"""

from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from pkgutil import iter_modules

import pytest
from inline_snapshot import external_file

import kakehashi
from kakehashi.kernel.letters import Letter
from kakehashi.kernel.words import LANGUAGES

PARTS = [
    part.name
    for part in iter_modules(kakehashi.__path__)
    if part.name != "kernel" and find_spec(f"kakehashi.{part.name}.letters")
]
SAMPLES = [
    sample for part in PARTS for sample in import_module(f"kakehashi.{part}.letters").SAMPLES
]
NAMES = sorted({sample.letter_name() for sample in SAMPLES})
SNAPSHOTS = Path(__file__).parent / "letters"
NEXT = f"\n{'=' * 78}\n\n"  # between the samples of one letter


def kinds_of(kind: type[Letter]) -> Iterator[type[Letter]]:
    for one in kind.__subclasses__():
        yield one
        yield from kinds_of(one)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_letter(name: str, language: str) -> None:
    written = [
        "\n\n".join(sample.write(language))
        for sample in SAMPLES
        if sample.letter_name() == name
    ]
    assert NEXT.join(written) == external_file(SNAPSHOTS / f"{name}.{language}.txt")


def test_every_letter_has_a_sample() -> None:
    ours = [
        kind.letter_name()
        for kind in kinds_of(Letter)
        if ".tests." not in kind.__module__ and not kind.__name__.startswith("_")
    ]
    assert sorted(ours) == NAMES


def test_every_snapshot_belongs_to_a_letter() -> None:
    kept = [path.relative_to(SNAPSHOTS).as_posix() for path in SNAPSHOTS.rglob("*.txt")]
    wanted = [f"{name}.{language}.txt" for name in NAMES for language in LANGUAGES]
    assert sorted(kept) == sorted(wanted)
