"""Search in both scripts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kakehashi.directory.models import Person
from kakehashi.directory.tests import factories as make
from kakehashi.kernel.searching import matching, romaji, shortened, spellings, words_of

FIELDS = ("family_name", "given_name", "name_ja")


@pytest.mark.parametrize(
    ("kana", "latin"),
    [
        ("とっとり", "tottori"),
        ("トットリ", "tottori"),
        ("しんじゅく", "shinjuku"),
        ("ちゃたん", "chatan"),
        ("まっちゃ", "matcha"),
        ("きょうと", "kyouto"),
        ("じょうえつ", "jouetsu"),
        ("ミラー", "mira"),
    ],
)
def test_kana_is_said_in_latin_letters(kana: str, latin: str) -> None:
    assert romaji(kana) == latin


def test_long_vowels_are_one() -> None:
    assert {shortened(word) for word in ("toukyou", "tōkyō", "tokyo", "tookyoo")} == {"tokyo"}


def test_widths_are_one() -> None:
    assert words_of("ＫＡＮＡＩ　ﾄｯﾄﾘ・２７") == ["kanai", "トットリ", "27"]


@given(st.text(max_size=40))
def test_whatever_is_typed_is_looked_for_as_it_was_typed(text: str) -> None:
    for word in words_of(text):
        assert word in spellings(word)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "typed",
    [
        "Kakeru Hashimoto",
        "Hashimoto Kakeru",
        "ＨＡＳＨＩＭＯＴＯ",
        "はしもと",
        "ハシモト",
        "ﾊｼﾓﾄ",
        "橋本",
        "橋本 翔",
        "橋本　翔",
        "橋本翔",
        "翔 橋本",
        "はしもと 翔",
    ],
)
def test_a_name_is_found_in_whichever_script_and_order(typed: str) -> None:
    found = make.person(
        email="kakeru@example.org",
        given_name="Kakeru",
        family_name="Hashimoto",
        name_ja="橋本 翔",
    )
    make.person(email="other@example.org", given_name="Sachi", family_name="Kubota")

    assert list(matching(Person.objects.all(), typed, *FIELDS)) == [found]


@pytest.mark.django_db
def test_every_word_must_be_found() -> None:
    make.person(email="kakeru@example.org", given_name="Kakeru", family_name="Hashimoto")

    assert list(matching(Person.objects.all(), "Hashimoto Sachi", *FIELDS)) == []
