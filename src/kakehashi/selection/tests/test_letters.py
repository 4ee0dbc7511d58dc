"""The letters of results: written in both languages, and never a point in them."""

import pytest

from kakehashi.intake.tests import factories as intake
from kakehashi.kernel.models import Post
from kakehashi.selection.letters import SAMPLES, ReadingsAssigned
from kakehashi.selection.tests import factories as here


@pytest.mark.parametrize("language", ["en", "ja"])
@pytest.mark.parametrize("letter", SAMPLES, ids=lambda letter: type(letter).__name__)
def test_every_letter_is_written_in_both_languages(letter: object, language: str) -> None:
    subject, body = letter.write(language)  # type: ignore[attr-defined]  # a letter
    assert subject
    if not isinstance(letter, ReadingsAssigned):  # which is about several applications
        assert "27-00042" in subject + body
    assert "{" not in body


@pytest.mark.django_db
def test_letters_name_the_moment_to_reply_by_there_and_in_tokyo() -> None:
    cast = here.cast()
    intake.deadline("reply_by", cast.mission)
    row = here.decided(cast, 90, 80, 70)
    here.drafted(cast, row)
    facts = [one.facts["reply_by"] for one in Post.objects.filter(batch=row.batch)]
    assert (
        facts == ["Friday 27 November 2026, 17:00 in Dublin (Sat 28 Nov, 02:00 in Tokyo)"] * 3
    )


@pytest.mark.django_db
def test_no_letter_says_a_word_of_the_scores() -> None:
    cast = here.cast()
    row = here.decided(cast, 93, 87, 71)
    here.drafted(cast, row)
    for letter in Post.objects.filter(batch=row.batch):
        text = f"{letter.subject} {letter.body} {letter.facts}"
        assert not [
            mark for mark in ("SECRET", "93.00", "87.00", "71.00", "186.00") if mark in text
        ]
