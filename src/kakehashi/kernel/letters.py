"""A letter is a dataclass of facts and one text file per language."""

import re
from dataclasses import asdict, dataclass, fields
from datetime import date, datetime
from typing import Any, ClassVar

from django.template.loader import render_to_string
from django.utils.translation import override

from kakehashi.kernel.words import Words

_known: dict[str, type["Letter"]] = {}


@dataclass(frozen=True, kw_only=True)
class Letter:
    """Subclass me in `<part>/letters.py`, list the facts, and write the text files.

    The first line of a file is `Subject: …`; paragraphs are parted by an empty line.  Facts are
    strings, whole numbers, or lists of strings, so that a letter can be kept and printed again.
    """

    on_paper: ClassVar[bool] = False  # also to be had as a PDF
    title: ClassVar[Words] = ""  # what its readers call it, where they may choose how it comes
    usual: ClassVar[str] = ""  # the way it comes unless they choose; empty: always by mail
    roles: ClassVar[
        tuple[str, ...]
    ] = ()  # the roles it is written to; empty: people themselves

    def __init_subclass__(cls) -> None:
        _known[cls.letter_name()] = cls

    @classmethod
    def letter_name(cls) -> str:
        """Name the letter: `<part>/<class_name>`."""
        part = cls.__module__.removeprefix("kakehashi.").split(".")[0]
        return f"{part}/{re.sub(r'(?<!^)(?=[A-Z])', '_', cls.__name__).lower()}"

    @classmethod
    def path(cls, language: str) -> str:
        """Name the file: `letters/<part>/<class_name>.<language>.txt`."""
        return f"letters/{cls.letter_name()}.{language}.txt"

    def facts(self) -> dict[str, Any]:
        """Give the facts as plain values."""
        return asdict(self)

    def write(self, language: str) -> tuple[str, str]:
        """Return subject and body in one language."""
        with override(language):
            text = render_to_string(self.path(language), asdict(self))
        subject, _, body = text.strip().partition("\n")
        paragraphs = re.sub(r"\n{3,}", "\n\n", body.strip())
        return subject.removeprefix("Subject: ").strip(), paragraphs + "\n"


def letter_from(name: str, facts: dict[str, Any]) -> Letter:
    """Build a letter again from the facts that were kept of it."""
    kind = _known[name]
    mine = {field.name for field in fields(kind)}
    return kind(**{fact: value for fact, value in facts.items() if fact in mine})


def letters() -> dict[str, type[Letter]]:
    """List every kind of letter by its name."""
    return dict(_known)


_JAPANESE_DAYS = "月火水木金土日"
_DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


def day_in_words(day: date | datetime, language: str) -> str:
    """Write a day as a letter does: “Friday 13 November 2026”, 「2026年11月13日（金）」."""
    if language == "ja":
        return f"{day.year}年{day.month}月{day.day}日（{_JAPANESE_DAYS[day.weekday()]}）"
    return f"{_DAYS[day.weekday()]} {day.day} {_MONTHS[day.month - 1]} {day.year}"
