"""Search in both scripts: full and half width, kana and romaji, kanji, names in either order.

A word is looked for as it was typed and in every other way in which it may have been written down;
all words of a search must be found, in whichever field and order.  Plain `LIKE` over what the
reader may see is quick enough for the programme's size (docs/decisions).
"""

import unicodedata
from collections.abc import Iterable
from typing import TypeVar

from django.db.models import Model, Q, QuerySet

M = TypeVar("M", bound=Model)
LONGEST = 100  # characters of a search
MOST_WORDS = 6
MOST_KANJI = 8  # longest name written without its space

_ROWS = {
    "": "あいうえお",
    "k": "かきくけこ",
    "s": "さしすせそ",
    "t": "たちつてと",
    "n": "なにぬねの",
    "h": "はひふへほ",
    "m": "まみむめも",
    "r": "らりるれろ",
    "g": "がぎぐげご",
    "z": "ざじずぜぞ",
    "d": "だぢづでど",
    "b": "ばびぶべぼ",
    "p": "ぱぴぷぺぽ",
}
_OTHERS = {
    "し": "shi", "ち": "chi", "つ": "tsu", "ふ": "fu", "じ": "ji", "ぢ": "ji", "づ": "zu",
    "や": "ya", "ゆ": "yu", "よ": "yo", "わ": "wa", "を": "o", "ん": "n", "ゔ": "vu",
    "ぁ": "a", "ぃ": "i", "ぅ": "u", "ぇ": "e", "ぉ": "o", "ー": "",
}  # fmt: skip
_KANA = {
    kana: consonant + vowel
    for consonant, row in _ROWS.items()
    for kana, vowel in zip(row, "aiueo", strict=True)
} | _OTHERS
_GLIDES = {"ゃ": "ya", "ゅ": "yu", "ょ": "yo"}
_KATAKANA_FIRST, _KATAKANA_LAST = "ァ", "ヶ"
_HIRAGANA_FIRST, _HIRAGANA_LAST = "ぁ", "ゖ"
_APART = ord("ァ") - ord("ぁ")


def words_of(text: str) -> list[str]:
    """Cut what was typed into words, in one width and in small letters."""
    plain = unicodedata.normalize("NFKC", text.replace("\x00", "")[:LONGEST]).lower()
    return plain.replace("・", " ").replace(",", " ").split()[:MOST_WORDS]


def hiragana(word: str) -> str:
    """Write katakana as hiragana."""
    return "".join(
        chr(ord(one) - _APART) if _KATAKANA_FIRST <= one <= _KATAKANA_LAST else one
        for one in word
    )


def katakana(word: str) -> str:
    """Write hiragana as katakana."""
    return "".join(
        chr(ord(one) + _APART) if _HIRAGANA_FIRST <= one <= _HIRAGANA_LAST else one
        for one in word
    )


def is_kana(word: str) -> bool:
    """Say whether a word is written in kana alone."""
    return bool(word) and all(one in _KANA or one in "っゃゅょ" for one in hiragana(word))


def romaji(word: str) -> str:
    """Write kana in Latin letters, as Hepburn has it, long vowels as they are typed."""
    said, doubled = "", False
    for kana in hiragana(word):
        if kana == "っ":
            doubled = True
            continue
        if kana in _GLIDES and said.endswith("i"):
            soft = said.endswith(("shi", "chi", "ji"))
            said = said[:-1] + _GLIDES[kana][1 if soft else 0 :]
            continue
        sound = _KANA.get(kana, _GLIDES.get(kana, kana))
        if doubled and sound:
            said += "t" if sound.startswith("ch") else sound[0]
        said, doubled = said + sound, False
    return said


def shortened(word: str) -> str:
    """Write long vowels short, as names of places mostly are: Toukyou and Tōkyō as Tokyo."""
    plain = unicodedata.normalize("NFD", word)
    plain = "".join(one for one in plain if not unicodedata.combining(one))
    for long, short in (("ou", "o"), ("oo", "o"), ("uu", "u")):
        plain = plain.replace(long, short)
    return plain


def spellings(word: str) -> set[str]:
    """Give every way in which a word may have been written down."""
    if is_kana(word):
        latin = romaji(word)
        return {word, hiragana(word), katakana(word), latin, shortened(latin)}
    if word.isascii() or not any(map(_is_kanji, word)):
        return {word, shortened(word)}
    return {word, *_spaced(word)}


def _is_kanji(letter: str) -> bool:
    return "\u4e00" <= letter <= "\u9fff" or letter == "々"


def _spaced(word: str) -> Iterable[str]:
    """Give a name typed without its space with a space at each place: 橋本翔 as 橋本 翔."""
    if len(word) <= MOST_KANJI:
        yield from (f"{word[:cut]} {word[cut:]}" for cut in range(1, len(word)))


def matching(rows: QuerySet[M], text: str, *fields: str) -> QuerySet[M]:
    """Keep the rows in which every word of the text stands in one of the fields."""
    for word in words_of(text):
        anywhere = Q()
        for spelling in sorted(spellings(word)):
            for field in fields:
                anywhere |= Q(**{f"{field}__icontains": spelling})
        rows = rows.filter(anywhere)
    return rows
