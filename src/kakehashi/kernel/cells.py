"""How the cells of an imported table are read: text in, value or `Unreadable` out."""

import re
import unicodedata
from collections.abc import Callable
from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.text import format_lazy

from kakehashi.kernel.imports import Unreadable
from kakehashi.kernel.words import _

_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")
_YES = {"yes", "y", "true", "1", "はい", "有", "○"}
_NO = {"no", "n", "false", "0", "いいえ", "無", "×"}


def text(most: int) -> Callable[[str], str]:
    """Read up to `most` characters, composed as Unicode's NFC."""

    def read(cell: str) -> str:
        if len(cell) > most:
            raise Unreadable(
                format_lazy(_("This is longer than {} characters."), most),
                _("Shorten it."),
            )
        return unicodedata.normalize("NFC", cell)

    return read


def whole(least: int, most: int) -> Callable[[str], int]:
    """Read a whole number from `least` to `most`; full-width digits and commas are taken."""

    def read(cell: str) -> int:
        plain = unicodedata.normalize("NFKC", cell).replace(",", "")
        if not re.fullmatch(r"-?\d{1,9}", plain) or not least <= int(plain) <= most:
            raise Unreadable(
                _("This is not a whole number that can stand here."),
                format_lazy(_("Write a number from {} to {}."), least, most),
            )
        return int(plain)

    return read


def day(cell: str) -> date:
    """Read a day: 2026-07-26, 2026/7/26 or 2026年7月26日."""
    found = _DAY.fullmatch(unicodedata.normalize("NFKC", cell))
    try:
        if found:
            return date(*(int(part) for part in found.groups()))
    except ValueError:
        pass
    raise Unreadable(_("This is not a day."), _("Write it like 2026-07-26."))


def yes_no(cell: str) -> bool:
    """Read yes or no, in English or Japanese."""
    plain = unicodedata.normalize("NFKC", cell).lower()
    if plain in _YES | _NO:
        return plain in _YES
    raise Unreadable(_("This is neither yes nor no."), _("Write “yes” or “no”."))


def email(cell: str) -> str:
    """Read an e-mail address, in lower case."""
    plain = unicodedata.normalize("NFKC", cell).lower()
    try:
        validate_email(plain)
    except ValidationError:
        raise Unreadable(
            _("This is not an e-mail address."), _("Write it like name@example.org.")
        ) from None
    return plain


def one_of(*words: str) -> Callable[[str], str]:
    """Read one of a few fixed words."""

    def read(cell: str) -> str:
        if cell in words:
            return cell
        raise Unreadable(
            _("This word is not known here."),
            format_lazy(_("Use one of these: {}."), ", ".join(word or "–" for word in words)),
        )

    return read


def code(cell: str) -> str:
    """Read a code as it is written in the lists: composed, without outer spaces."""
    return unicodedata.normalize("NFKC", cell)
