import pytest

from kakehashi.directory.tests import factories as directory
from kakehashi.kernel.letters import letters
from kakehashi.placement.letters import SAMPLES
from kakehashi.placement.printing import notice_pdf, notice_sheet
from kakehashi.placement.tests import factories as make
from kakehashi.placement.writing import (
    KINDS,
    candidate_notice,
    host_notice,
    organisation_notice,
)

pytestmark = pytest.mark.django_db


def test_every_letter_has_a_sample_and_a_text_in_both_languages() -> None:
    mine = {name for name in letters() if name.startswith("placement/")}

    assert {sample.letter_name() for sample in SAMPLES} == mine
    for sample in SAMPLES:
        for language in ("en", "ja"):
            subject, body = sample.write(language)
            assert subject
            assert "{" not in subject + body
            assert "Subject:" not in body


def test_a_candidate_is_told_where_when_and_which_wish() -> None:
    make.accepted()
    make.people({"wish_2": directory.prefecture("31")})
    (placement,) = make.released(make.solved())

    english = candidate_notice(placement, "en")
    assert english.wish == "it is your second wish for a prefecture"
    assert english.arrives_on == "Tuesday 27 July 2027"
    assert english.prefecture == "Prefecture 31"
    japanese = candidate_notice(placement, "ja")
    assert japanese.prefecture == "県31"
    assert japanese.arrives_on == "2027年7月27日（火）"


def test_a_name_with_markup_stays_a_name() -> None:
    make.accepted(workplace="<b>{{ x }}</b> & Co")
    make.people({})
    (placement,) = make.released(make.solved())
    _subject, body = candidate_notice(placement, "en").write("en")

    assert "<b>{{ x }}</b> & Co" in body


def test_offices_are_told_of_everybody_at_once() -> None:
    office = make.organisation()
    make.accepted(office, seats=2)
    make.people({}, {})
    rows = make.released(make.solved())

    assert organisation_notice(rows, "en").count == 2
    assert len(organisation_notice(rows, "ja").people) == 2
    assert [line.split(":")[0] for line in host_notice(rows, "en").people] == [
        office.name_en
    ] * 2


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", ["en", "ja"])
def test_every_notice_can_be_printed_in_both_languages(kind: str, language: str) -> None:
    placement = make.one_told()

    sheet = notice_sheet(placement, kind=kind, language=language)
    assert (
        sheet.dated == {"en": "Thursday 1 October 2026", "ja": "2026年10月1日（木）"}[language]
    )
    assert notice_pdf(placement, kind=kind, language=language).startswith(b"%PDF-")
