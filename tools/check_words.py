"""Every sentence exists in every language, is not fuzzy, and keeps its placeholders.

python tools/check_words.py
"""

import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import polib

import words

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")


def complaints(catalogue: Path) -> Iterator[str]:
    """Say what a catalogue still lacks."""
    for entry in polib.pofile(str(catalogue)):
        if entry.obsolete:
            yield f"{catalogue}: {entry.msgid[:50]!r} is said no more; run tools/words.py extract"
            continue
        yield from (f"{catalogue}: {entry.msgid[:50]!r} {fault}" for fault in _faults(entry))


def stale(catalogue: Path) -> Iterator[str]:
    """Say so when the compiled catalogue beside it does not say the same."""
    compiled = catalogue.with_suffix(".mo")
    if not compiled.exists() or _said(polib.mofile(str(compiled))) != _said(
        polib.pofile(str(catalogue)),
    ):
        yield f"{compiled}: not what {catalogue.name} says; run tools/words.py compile"


def astray(catalogue: Path, spoken: Iterable[words.Key]) -> Iterator[str]:
    """Compare a catalogue with the sentences `spoken` in the source."""
    wanted, kept = set(spoken), {words.key(entry) for entry in polib.pofile(str(catalogue))}
    for missing in sorted(wanted - kept):
        yield f"{catalogue}: lacks {missing[1][:50]!r}; run tools/words.py extract"
    for left in sorted(kept - wanted):
        yield f"{catalogue}: nobody says {left[1][:50]!r}; run tools/words.py extract"


def _faults(entry: polib.POEntry) -> Iterator[str]:
    said = list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]
    if "fuzzy" in entry.flags:
        yield "is fuzzy; read it and confirm"
    elif not said or not all(said):
        yield "is not translated"
    elif any(_holes(text) not in _holes_of(entry) for text in said):
        yield "lost or gained a placeholder"


def _holes_of(entry: polib.POEntry) -> list[list[str]]:
    """A singular may leave its number out ("one day"), so either form's holes will do."""
    return [_holes(entry.msgid), _holes(entry.msgid_plural or entry.msgid)]


def _holes(text: str) -> list[str]:
    return sorted(PLACEHOLDER.findall(text.replace("%%", "")))


def _said(entries: polib.POFile | polib.MOFile) -> dict[words.Key, tuple[str, ...]]:
    return {
        words.key(entry): (entry.msgstr, *entry.msgstr_plural.values())
        for entry in entries
        if not entry.obsolete and "fuzzy" not in entry.flags
    }


def main(source: Path = words.SOURCE) -> int:
    """Print every complaint; the exit status says whether there was one."""
    try:
        spoken = [words.key(entry) for entry in words.gathered(source)]
    except words.NoGettext as missing:
        print(missing)
        return 1
    found = []
    for language in words.LANGUAGES:
        path = words.catalogue(language, source)
        if not path.exists():
            found.append(f"{path}: no catalogue at all; run tools/words.py extract")
            continue
        found += [*complaints(path), *stale(path), *astray(path, spoken)]
    print("\n".join(found) or f"All {len(spoken)} sentences are said in every language.")
    return min(len(found), 1)


if __name__ == "__main__":
    sys.exit(main())
