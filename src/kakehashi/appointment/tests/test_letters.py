from datetime import date

import pytest

from kakehashi.appointment.letters import SAMPLES, appointment_notice, notice_pdf, pay_in_words
from kakehashi.appointment.tests import factories
from kakehashi.directory.models import Person
from kakehashi.intake.models import PayRate

pytestmark = pytest.mark.django_db


def _pay(**facts: object) -> PayRate:
    return PayRate(annual_yen=4_020_000, monthly_yen=335_000, taxes="gross", **facts)


def test_the_notice_says_where_as_what_and_until_when() -> None:
    one = factories.appointment(arrived_on=date(2026, 7, 26))
    Person.objects.filter(pk=one.person_id).update(given_name="Aoife", family_name="Byrne")
    one.person.refresh_from_db()

    letter = appointment_notice(one, "en")
    subject, body = letter.write("en")

    assert subject == "Notice of appointment"
    assert (letter.person, letter.position) == ("BYRNE Aoife", "Assistant Language Teacher")
    assert "begins on Monday 27 July 2026 and ends on Monday 26 July 2027." in body
    assert "year 1" not in body


def test_the_japanese_notice_is_japanese() -> None:
    one = factories.appointment(arrived_on=date(2024, 7, 28))

    subject, body = appointment_notice(one, "ja").write("ja")

    assert subject == "任用通知書（辞令）"
    assert "2026年7月29日（水）から2027年7月28日（水）まで" in body
    assert "通算3年目" in body


@pytest.mark.parametrize("language", ["en", "ja"])
def test_the_notice_is_printed_in_both_languages(language: str) -> None:
    pdf = notice_pdf(factories.appointment(), language=language)

    assert pdf.startswith(b"%PDF")


def test_pay_is_written_out_or_left_out() -> None:
    assert pay_in_words(_pay()) == "4,020,000 yen a year (335,000 yen a month), before tax"
    net = PayRate(annual_yen=3_600_000, monthly_yen=None, taxes="net")
    assert pay_in_words(net) == "3,600,000 yen a year, after tax"
    assert pay_in_words(None) == ""


@pytest.mark.parametrize("sample", SAMPLES)
@pytest.mark.parametrize("language", ["en", "ja"])
def test_every_sample_can_be_written(sample: object, language: str) -> None:
    subject, body = sample.write(language)  # type: ignore[attr-defined]  # a letter

    assert subject
    assert "{" not in body
