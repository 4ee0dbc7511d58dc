"""Every command, setting and link that the documents name is there.

python tools/check_docs.py
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path, PurePath

from repository import HOME, is_vendored, texts

SETTINGS = PurePath("src/kakehashi/config/settings.py")
VERBS = PurePath("src/kakehashi/config/command.py")
ENGINE = PurePath("src/kakehashi/matching/__main__.py")
README = PurePath("README.md")

CODE = re.compile(r"^```.*?^```|`[^`\n]+`", re.DOTALL | re.MULTILINE)
RUN = re.compile(r"\brun\.py (\w+)")
KAKEHASHI = re.compile(r"(?<![\w./-])(?:\.venv/bin/)?kakehashi ([a-z_]+)")
MATCHING = re.compile(r"-m kakehashi\.matching (\w+)")
SETTING = re.compile(r"\b(?:KAKEHASHI_[A-Z_]+|DATABASE_URL)\b")
READ = re.compile(r"_env\(\s*[\"'](\w+)")
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+ +(.+?) *$", re.MULTILINE)
ELSEWHERE = ("http:", "https:", "mailto:")

Texts = dict[PurePath, str]


def unknown_words(read: Texts) -> Iterator[str]:
    """A command that a document shows can be typed."""
    ours = {
        RUN: set(RUN.findall(read.get(PurePath("run.py"), ""))),
        KAKEHASHI: _strings(read.get(VERBS, "")),
        MATCHING: _strings(read.get(ENGINE, "")),
    }
    for path, text in _documents(read):
        for shown in CODE.findall(text):
            for command, words in ours.items():
                for word in sorted(set(command.findall(shown)) - words):
                    yield f"{path}: there is no {word!r} to type; see {shown.strip()[:60]!r}"


def unknown_settings(read: Texts) -> Iterator[str]:
    """A setting that a document names is read, and one that is read stands in the README."""
    code = {
        name for path, text in read.items() if _is_code(path) for name in SETTING.findall(text)
    }
    for path, text in _documents(read):
        named = {name.removesuffix("_FILE") for name in SETTING.findall(text)}
        for name in sorted(named - code):
            yield f"{path}: nothing reads {name}"
    told = set(SETTING.findall(read.get(README, "")))
    for name in sorted(set(READ.findall(read.get(SETTINGS, ""))) - told):
        yield f"{README}: say what {name} is for"


def broken_links(read: Texts, home: Path = HOME) -> Iterator[str]:
    """A link inside the documents leads somewhere, to the heading it names."""
    for path, text in _documents(read):
        for target in LINK.findall(CODE.sub("", text)):
            if target.startswith(ELSEWHERE):
                continue
            name, _, heading = target.partition("#")
            there = (home / path.parent / name).resolve() if name else (home / path).resolve()
            if not there.exists():
                yield f"{path}: {target} leads nowhere"
            elif heading and heading not in _headings(there):
                yield f"{path}: {target} names no heading there"


def _documents(read: Texts) -> Iterator[tuple[PurePath, str]]:
    yield from ((path, text) for path, text in sorted(read.items()) if path.suffix == ".md")


def _is_code(path: PurePath) -> bool:
    return path.suffix == ".py" and "tests" not in path.parts and path.parts[0] != "tools"


def _strings(code: str) -> set[str]:
    return set(re.findall(r"[\"'](\w+)[\"']", code))


def _headings(path: Path) -> set[str]:
    """Spell the headings as a link does: lower case, hyphens, no punctuation."""
    said = HEADING.findall(path.read_text(encoding="utf-8")) if path.is_file() else []
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in said}


def main(home: Path = HOME) -> int:
    """Print every complaint; the exit status says whether there was one."""
    read = {path: text for path, text in texts(home) if not is_vendored(path)}
    found = [*unknown_words(read), *unknown_settings(read), *broken_links(read, home)]
    if README not in read:
        found.append(f"{README}: there is no README")
    print("\n".join(found) or "Every command, setting and link in the documents is there.")
    return min(len(found), 1)


if __name__ == "__main__":
    sys.exit(main())
