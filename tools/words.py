"""Gather, merge and compile the words people read, the same way on every machine.

python tools/words.py extract            gather the sentences of the source into every catalogue
python tools/words.py merge FILE.po …    fill what has no Japanese yet from these files
python tools/words.py compile            write the .mo beside each .po

English is the language of the source: its catalogue says each sentence as it stands.
Gathering needs Debian's package gettext; compiling and merging need nothing.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TypeAlias

import polib

SOURCE = Path(__file__).resolve().parents[1] / "src" / "kakehashi"
LANGUAGES = ("en", "ja")
PLURALS = {"en": "nplurals=2; plural=(n != 1);", "ja": "nplurals=1; plural=0;"}
READ = {".py", ".html", ".txt"}
LEFT_OUT = {"locale", "tests", "migrations", "static", "__pycache__"}
WIDTH = 96

Key: TypeAlias = tuple[str, str, str]


class NoGettext(Exception):
    """The program that reads sentences out of the source is not installed."""


def catalogue(language: str, source: Path = SOURCE) -> Path:
    """Name the file that holds a language's sentences."""
    return source / "locale" / language / "LC_MESSAGES" / "django.po"


def key(entry: polib.POEntry | polib.MOEntry) -> Key:
    """Tell sentences apart: context, sentence, and its plural."""
    return (entry.msgctxt or "", entry.msgid, entry.msgid_plural or "")


def gathered(source: Path = SOURCE) -> list[polib.POEntry]:
    """Read every sentence out of the source, in the order of the alphabet.

    Works on a copy in a folder of its own, so a check never writes into the source.
    """
    if not shutil.which("xgettext"):
        raise NoGettext("xgettext is missing; on Debian: apt-get install gettext")
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder, "kakehashi")
        _copy(source, copy)
        (copy / "locale").mkdir(parents=True)
        _makemessages(copy)
        written = catalogue("ja", copy)
        entries = polib.pofile(str(written)) if written.exists() else []
        return sorted(entries, key=key)


def extract(source: Path = SOURCE) -> None:
    """Gather the sentences; keep what is translated, drop what nobody says any more."""
    entries = gathered(source)
    for language in LANGUAGES:
        path = catalogue(language, source)
        known = {key(old): old for old in polib.pofile(str(path))} if path.exists() else {}
        found = _empty(language)
        found.extend([_entry(new, known.get(key(new)), language) for new in entries])
        path.parent.mkdir(parents=True, exist_ok=True)
        found.save(str(path))


def merge(files: Iterable[Path], source: Path = SOURCE) -> Iterator[str]:
    """Fill what is untranslated from `files`, the first that says it; tell what did not fit."""
    path = catalogue("ja", source)
    ours = polib.pofile(str(path), wrapwidth=WIDTH)
    wanted = {key(entry): entry for entry in ours}
    for file in files:
        for given in polib.pofile(str(file)):
            entry = wanted.get(key(given))
            if entry is None:
                yield f"{file}: nobody says {given.msgid[:60]!r}"
            elif not _translated(entry):
                entry.msgstr, entry.msgstr_plural = given.msgstr, given.msgstr_plural
                entry.flags = [flag for flag in entry.flags if flag != "fuzzy"]
            elif _said(entry) != _said(given):
                yield f"{file}: {given.msgid[:60]!r} is already said differently"
    ours.save(str(path))


def compile_all(source: Path = SOURCE) -> None:
    """Write what the programme reads at run time; it is committed, so no host needs gettext."""
    for language in LANGUAGES:
        path = catalogue(language, source)
        polib.pofile(str(path)).save_as_mofile(str(path.with_suffix(".mo")))


def _copy(source: Path, copy: Path) -> None:
    for path in sorted(source.rglob("*")):
        name = path.relative_to(source)
        if path.suffix in READ and not LEFT_OUT & set(name.parts):
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, copy / name)


def _makemessages(folder: Path) -> None:
    line = ["-m", "django", "makemessages", "-l", "ja", "--no-location", "-v", "0"]
    alone = {name: value for name, value in os.environ.items() if name != SETTINGS}
    subprocess.run([sys.executable, *line], cwd=folder, env=alone, check=True)


def _empty(language: str) -> polib.POFile:
    found = polib.POFile(wrapwidth=WIDTH)
    found.header = "What Kakehashi says to people; gathered by tools/words.py."
    found.metadata = {  # no dates: the file follows from the source alone
        "Project-Id-Version": "Kakehashi",
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": PLURALS[language],
    }
    return found


def _entry(new: polib.POEntry, old: polib.POEntry | None, language: str) -> polib.POEntry:
    entry = polib.POEntry(
        msgctxt=new.msgctxt,
        msgid=new.msgid,
        msgid_plural=new.msgid_plural,
        comment=new.comment,
        flags=[flag for flag in new.flags if flag != "fuzzy"],
    )
    if language == "en":
        entry.msgstr = "" if new.msgid_plural else new.msgid
        entry.msgstr_plural = {0: new.msgid, 1: new.msgid_plural} if new.msgid_plural else {}
    elif old is not None:
        entry.msgstr, entry.msgstr_plural = old.msgstr, old.msgstr_plural
        entry.flags += ["fuzzy"] if "fuzzy" in old.flags else []
    elif new.msgid_plural:
        entry.msgstr_plural = {0: ""}
    return entry


def _said(entry: polib.POEntry) -> list[str]:
    return [text for text in [entry.msgstr, *entry.msgstr_plural.values()] if text]


def _translated(entry: polib.POEntry) -> bool:
    return bool(_said(entry)) and "fuzzy" not in entry.flags


SETTINGS = "DJANGO_SETTINGS_MODULE"


def main(words: Sequence[str]) -> int:
    """Do what the first word says."""
    match words:
        case ["extract"]:
            extract()
        case ["compile"]:
            compile_all()
        case ["merge", *files] if files:
            print("\n".join(merge(map(Path, files))) or "Everything fitted.")
        case _:
            print(__doc__)
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
