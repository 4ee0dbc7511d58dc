"""How the cells of an imported table are read: text in, value or `Unreadable` out."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.text import format_lazy

from kakehashi.kernel.imports.kinds import Unreadable
from kakehashi.kernel.words import LANGUAGES, Words, _, say

_YES = {
    "yes",
    "y",
    "true",
    "1",
    "はい",
    "有",
    "有り",
    "あり",
    "○",
    "\u3007",
    "◯",
    "✓",
    "✔",
    "レ",
}
_NO = {"no", "n", "false", "0", "いいえ", "無", "無し", "なし", "×", "✕", "✗", "-", "ー"}
_HALF_KANA = re.compile("[\uff61-\uff9f]+")
_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")
_RUN = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})")
_ERA_DAY = re.compile(
    r"(令和?|平成?|昭和?|大正?|明治?|[rhstm])\.?(\d{1,2}|元)[-/.年](\d{1,2})[-/.月](\d{1,2})日?",
    re.IGNORECASE,
)
_ENGLISH_DAYS = (
    re.compile(r"(?P<day>\d{1,2})[- ]?(?P<month>[a-z]{3})[a-z]*\.?,?[- ]?(?P<year>\d{4})"),
    re.compile(r"(?P<month>[a-z]{3})[a-z]*\.? ?(?P<day>\d{1,2}),? ?(?P<year>\d{4})"),
)
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_BESIDES = re.compile(r"\([日月火水木金土]\)|[ t]00:00(:00)?(\.0+)?$", re.IGNORECASE)
ERAS = {
    "令": date(2019, 5, 1),
    "平": date(1989, 1, 8),
    "昭": date(1926, 12, 25),
    "大": date(1912, 7, 30),
    "明": date(1873, 1, 1),  # the first day of the calendar that is in use since
}
_LETTERS = {"r": "令", "h": "平", "s": "昭", "t": "大", "m": "明"}
_FIRST_YEARS = {"令": 2019, "平": 1989, "昭": 1926, "大": 1912, "明": 1868}
_SERIAL = range(10_000, 80_000)  # days as spreadsheets count them, from 1927 to 2119
_ZERO = date(1899, 12, 30)


def text(most: int) -> Callable[[str], str]:
    """Read up to `most` characters, composed as Unicode's NFC; half-width kana become whole."""

    def read(cell: str) -> str:
        whole_kana = _HALF_KANA.sub(lambda found: unicodedata.normalize("NFKC", found[0]), cell)
        plain = unicodedata.normalize("NFC", whole_kana)
        if len(plain) > most:
            raise Unreadable(
                format_lazy(_("This is longer than {} characters."), most),
                _("Shorten it."),
            )
        return plain

    return read


@dataclass(frozen=True)
class Whole:
    """Reads a whole number from `least` to `most`; full-width digits and commas are taken."""

    least: int
    most: int
    form: ClassVar[str] = "whole"

    def __call__(self, cell: str) -> int:
        """Read one cell."""
        plain = re.sub(r"[,\s]", "", unicodedata.normalize("NFKC", cell))
        plain = re.sub(r"\.0+$", "", plain)
        if (
            not re.fullmatch(r"-?[0-9]{1,9}", plain)
            or not self.least <= int(plain) <= self.most
        ):
            raise Unreadable(
                _("This is not a whole number that can stand here."),
                format_lazy(_("Write a number from {} to {}."), self.least, self.most),
            )
        return int(plain)


def whole(least: int, most: int) -> Whole:
    """Read a whole number from `least` to `most`."""
    return Whole(least, most)


@dataclass(frozen=True)
class Day:
    """Reads a day as offices write it: 2026-07-26, 2026年7月26日, 令和8年7月26日, R8.7.26, 46229.

    A day before its era began is refused; one after it ended is taken, for plans ran on in 平成.
    """

    form: ClassVar[str] = "day"

    def __call__(self, cell: str) -> date:
        """Read one cell."""
        plain = unicodedata.normalize("NFKC", cell).strip()
        plain = _BESIDES.sub("", plain).strip().lower()
        packed = re.sub(r"\s", "", plain)
        try:
            found = _DAY.fullmatch(packed) or _RUN.fullmatch(packed)
            if found:
                return date(*(int(part) for part in found.groups()))
            day = _by_era(packed) or _in_english(plain) or _by_number(packed)
        except ValueError:
            day = None
        if day is None:
            raise Unreadable(_("This is not a day."), _("Write it like 2026-07-26."))
        return day


day = Day()


def _by_era(plain: str) -> date | None:
    found = _ERA_DAY.fullmatch(plain)
    if not found:
        return None
    era = _LETTERS.get(found[1], found[1][0])
    year = 1 if found[2] == "元" else int(found[2])
    read = date(_FIRST_YEARS[era] + year - 1, int(found[3]), int(found[4]))
    return read if year and read >= ERAS[era] else None


def _in_english(plain: str) -> date | None:
    for shape in _ENGLISH_DAYS:
        found = shape.fullmatch(plain)
        if found and found["month"] in _MONTHS:
            month = _MONTHS.index(found["month"]) + 1
            return date(int(found["year"]), month, int(found["day"]))
    return None


def _by_number(plain: str) -> date | None:
    plain = re.sub(r"\.0+$", "", plain)
    if re.fullmatch(r"[0-9]{5}", plain) and int(plain) in _SERIAL:
        return _ZERO + timedelta(int(plain))
    return None


@dataclass(frozen=True)
class YesNo:
    """Reads yes or no, in English or Japanese."""

    form: ClassVar[str] = "yes_no"

    def __call__(self, cell: str) -> bool:
        """Read one cell."""
        plain = unicodedata.normalize("NFKC", cell).lower()
        if plain in _YES | _NO:
            return plain in _YES
        raise Unreadable(_("This is neither yes nor no."), _("Write “yes” or “no”."))


yes_no = YesNo()


@dataclass(frozen=True)
class Email:
    """Reads an e-mail address, in lower case."""

    form: ClassVar[str] = "email"

    def __call__(self, cell: str) -> str:
        """Read one cell."""
        plain = unicodedata.normalize("NFKC", cell).lower().removeprefix("mailto:")
        try:
            validate_email(plain)
        except ValidationError:
            raise Unreadable(
                _("This is not an e-mail address."), _("Write it like name@example.org.")
            ) from None
        return plain


email = Email()


@dataclass(frozen=True)
class OneOf:
    """Reads one of a few fixed words; width and case do not matter where they decide nothing."""

    words: tuple[str, ...]
    form: ClassVar[str] = "choice"

    def __call__(self, cell: str) -> str:
        """Read one cell."""
        if cell in self.words:
            return cell
        alike = [word for word in self.words if _same(word) == _same(cell)]
        if len(alike) == 1:
            return alike[0]
        raise Unreadable(
            _("This word is not known here."),
            format_lazy(
                _("Use one of these: {}."), ", ".join(word or "–" for word in self.words)
            ),
        )


def one_of(*words: str) -> OneOf:
    """Read one of a few fixed words."""
    return OneOf(words)


@dataclass(frozen=True)
class Named(OneOf):
    """Reads one of a few codes, written as the code or as its name in either language."""

    names: tuple[tuple[str, Words], ...]

    def __call__(self, cell: str) -> str:
        """Read one cell."""
        wanted = _same(cell)
        for word, name in self.names:
            if wanted in {_same(say(name, language)) for language in LANGUAGES}:
                return word
        try:
            return super().__call__(cell)
        except Unreadable as error:
            names = [name for word, name in self.names if word]
            every = format_lazy(", ".join(["{}"] * len(names)), *names)
            raise Unreadable(
                error.says, format_lazy(_("Use one of these: {}."), every)
            ) from None


def named(names: Mapping[str, Words]) -> Named:
    """Read a code of `names`, or its name in English or Japanese."""
    return Named(tuple(word for word in names if word), tuple(names.items()))


@dataclass(frozen=True)
class Several:
    """Reads several codes from one cell, apart by 、 or ; or a new line (a space between codes)."""

    one: Named

    def __call__(self, cell: str) -> list[str]:
        """Read one cell; each code once, in the order of the list of codes."""
        if all(part in self.one.words for part in cell.split()):
            found = set(cell.split())
        else:
            parts = re.split(r"[、,;・/\n]+", unicodedata.normalize("NFKC", cell))
            found = {self.one(part.strip()) for part in parts if part.strip()}
        return [word for word in self.one.words if word in found]


def several_named(names: Mapping[str, Words]) -> Several:
    """Read several codes of `names`, or their names in English or Japanese."""
    return Several(named(names))


def decimal(least: int, most: int) -> Callable[[str], Decimal]:
    """Read a number with at most two places from `least` to `most`; hours also as 38:45."""

    def read(cell: str) -> Decimal:
        plain = re.sub(r"[,\s]", "", unicodedata.normalize("NFKC", cell))
        if clock := re.fullmatch(r"(\d{1,3})(?::|時間)([0-5]\d)分?", plain):
            plain = str(int(clock[1]) + Decimal(clock[2]) / 60)
        plain = re.sub(r"時間$", "", plain)
        if re.fullmatch(r"\d{1,6}(\.\d+)?", plain):
            value = Decimal(plain).quantize(Decimal("0.01"))
            if least <= value <= most:
                return value
        raise Unreadable(
            _("This is not a number that can stand here."),
            format_lazy(_("Write a number from {} to {}."), least, most),
        )

    return read


def _same(word: str) -> str:
    return unicodedata.normalize("NFKC", word).casefold().strip()


def code(cell: str) -> str:
    """Read a code as it is written in the lists: composed, without outer spaces."""
    return unicodedata.normalize("NFKC", cell).strip()
