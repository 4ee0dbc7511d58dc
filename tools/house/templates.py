"""Rules about templates: nothing inline, nothing unescaped, words fit for a translator."""

import re
from collections.abc import Iterator
from pathlib import PurePath

TAGS = re.compile(r"{% comment .*?endcomment %}|{%.*?%}|{{.*?}}|{#.*?#}", re.DOTALL)
INLINE = [
    (re.compile(r"\sstyle\s*=", re.IGNORECASE), "move the style to a class in web/static"),
    (
        re.compile(r"\s(?:hx-)?on[\w:-]+\s*=", re.IGNORECASE),
        "no inline event handlers; use a link, a form, or a script in web/static",
    ),
    (re.compile(r"<style\b", re.IGNORECASE), "move the styles to web/static"),
    (
        re.compile(r"<script\b(?![^>]*\bsrc\s*=)", re.IGNORECASE),
        "move the script to web/static",
    ),
]
UNTRIMMED = re.compile(r"{%-?\s*blocktrans(?:late)?\b(?![^%]*\btrimmed\b)[^%]*%}")
OLD_WORDS = re.compile(r"{%\s*(?:trans|blocktrans)\s")
UNESCAPED = re.compile(r"\|\s*safe(?:seq)?\b")
ESCAPE_OFF = re.compile(r"{%\s*autoescape\s+off\b")
CLOCK = re.compile(r"{%\s*now\s")


def has_inline_code(path: PurePath, text: str) -> Iterator[str]:
    """The content security policy allows nothing inline, so nothing inline is written."""
    if path.suffix != ".html":
        return
    bare = TAGS.sub(_blank, text)
    for pattern, remedy in INLINE:
        for found in pattern.finditer(bare):
            yield f"{path}:{_line(bare, found)}: {remedy}"


def is_not_trimmed(path: PurePath, text: str) -> Iterator[str]:
    """A translator sees the sentence, not our indentation."""
    for found in UNTRIMMED.finditer(text):
        yield f"{path}:{_line(text, found)}: write {{% blocktranslate trimmed %}}"


def uses_old_words(path: PurePath, text: str) -> Iterator[str]:
    """One spelling of a tag, so that a search finds all."""
    for found in OLD_WORDS.finditer(text):
        yield f"{path}:{_line(text, found)}: write translate, or blocktranslate trimmed"


def is_unescaped(path: PurePath, text: str) -> Iterator[str]:
    """What people type is never markup."""
    letter = "letters" in path.parts and path.suffix == ".txt"
    for pattern in (UNESCAPED,) if letter else (UNESCAPED, ESCAPE_OFF):
        for found in pattern.finditer(text):
            yield f"{path}:{_line(text, found)}: let the template escape it"


def looks_at_the_clock(path: PurePath, text: str) -> Iterator[str]:
    """A page is told the moment it speaks of; a demo lives at another one."""
    for found in CLOCK.finditer(text):
        yield f"{path}:{_line(text, found)}: let the view hand in the moment"


def _blank(found: re.Match[str]) -> str:
    """Leave the lines as they are, for counting."""
    return "\n" * found.group().count("\n") or "_"


def _line(text: str, found: re.Match[str]) -> int:
    return (
        text.count("\n", 0, found.start() + len(found.group()) - len(found.group().lstrip()))
        + 1
    )


RULES = [has_inline_code, is_not_trimmed, uses_old_words, is_unescaped, looks_at_the_clock]
