"""Rules about every text in the repository, whatever its kind."""

import re
from collections.abc import Iterator
from pathlib import PurePath

# Written in halves, so that this page does not name what it forbids.
HOSTS = ["pypi" + ".org", "python" + "hosted", "npm" + "js", "deb." + "debian"]
FOLDERS = ["/wo" + "rk/", "/fa" + "rm/", "/ro" + "ot/", "/t" + "mp/kk"]
ELSEWHERE = re.compile("|".join(map(re.escape, HOSTS + FOLDERS)))
HEX = r"#(?:[0-9a-fA-F]{3,4}|[0-9a-fA-F]{6}|[0-9a-fA-F]{8})\b"
PAINTED = re.compile(
    r"(?:fill|stroke|colou?r|background|content|border|shadow)[\w-]*[\"']?\s*[:=]\s*[\"']?"
    + HEX,
)
QUOTED = re.compile(rf"[\"']{HEX}[\"']")
PAINTS = {".html", ".css", ".py", ".svg", ".js"}


def names_elsewhere(path: PurePath, text: str) -> Iterator[str]:
    """A commit says nothing about the machine it was written on, nor where packages come from."""
    for number, line in enumerate(text.splitlines(), 1):
        if found := ELSEWHERE.search(line):
            yield f"{path}:{number}: leave out {found.group()!r}; no machine, no package server"


def paints(path: PurePath, text: str) -> Iterator[str]:
    """Colours have names, in web/static; a page says what a thing means."""
    if path.suffix not in PAINTS or {"static", "tests", "tools"} & set(path.parts):
        return
    for number, line in enumerate(text.splitlines(), 1):
        quoted = QUOTED.search(line) if path.suffix == ".py" else None
        if found := PAINTED.search(line) or quoted:
            yield f"{path}:{number}: name the colour in web/static instead of {found.group()!r}"


RULES = [names_elsewhere, paints]
