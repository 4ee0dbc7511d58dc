"""The letters about an appointment, and the notice on paper."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from django.utils.translation import gettext, override

from kakehashi.appointment.models import Appointment
from kakehashi.appointment.queries import pay_of
from kakehashi.intake.models import PayRate
from kakehashi.kernel.letters import Letter, day_in_words
from kakehashi.kernel.paper import Sheet, printed


@dataclass(frozen=True, kw_only=True)
class AppointmentNotice(Letter):
    """To the participant, from the organisation that employs them: the notice of appointment."""

    on_paper: ClassVar[bool] = True

    person: str
    position: str
    organisation: str
    host_body: str
    first_day: str
    last_day: str
    year_of_service: int
    pay: str
    is_printed: int = 0  # 1 on paper, where name and sender stand above the text


def appointment_notice(
    appointment: Appointment, language: str, *, is_printed: bool = False
) -> AppointmentNotice:
    """Gather the facts of a notice, in the words of one language."""
    with override(language):
        return AppointmentNotice(
            person=_name(appointment, language),
            position=str(appointment.position),
            organisation=str(appointment.organisation),
            host_body=str(appointment.organisation.parent or ""),
            first_day=day_in_words(appointment.starts_on, language),
            last_day=day_in_words(appointment.ends_on, language),
            year_of_service=appointment.year_of_service,
            pay=pay_in_words(pay_of(appointment)),
            is_printed=int(is_printed),
        )


def pay_in_words(pay: PayRate | None) -> str:
    """Write pay in the reader's language; empty where no line of the pay table is known."""
    if pay is None:
        return ""
    yen = {"year": f"{pay.annual_yen:,}", "month": f"{pay.monthly_yen or 0:,}"}
    if not pay.monthly_yen:
        words = gettext("%(year)s yen a year, before tax")
        after = gettext("%(year)s yen a year, after tax")
    else:
        words = gettext("%(year)s yen a year (%(month)s yen a month), before tax")
        after = gettext("%(year)s yen a year (%(month)s yen a month), after tax")
    return (after if pay.taxes == "net" else words) % yen


def notice_pdf(appointment: Appointment, *, language: str) -> bytes:
    """Print the notice of appointment (辞令) in one language, dated the first day of the term."""
    letter = appointment_notice(appointment, language, is_printed=True)
    subject, body = letter.write(language)
    with override(language):
        sheet = Sheet(
            language=language,
            sender=letter.organisation,
            addressee=gettext("To %(person)s") % {"person": letter.person},
            dated=letter.first_day,
            number=appointment.number,
            subject=subject,
            body=body,
            rows=_rows(letter),
        )
    return printed([sheet])


def _rows(letter: AppointmentNotice) -> Sequence[tuple[str, str]]:
    term = gettext("%(first)s to %(last)s") % {
        "first": letter.first_day,
        "last": letter.last_day,
    }
    rows = (
        (gettext("Position"), letter.position),
        (gettext("Term of appointment"), term),
        (gettext("Year of service"), str(letter.year_of_service)),
        (gettext("Pay"), letter.pay),
        (gettext("Contracting organisation"), letter.organisation),
        (gettext("Host prefecture or designated city"), letter.host_body),
    )
    return [(head, value) for head, value in rows if value]


def _name(appointment: Appointment, language: str) -> str:
    """Write the name as in the passport; in Japanese also in kana or kanji, where known."""
    person = appointment.person
    passport = f"{person.family_name.upper()} {person.given_name}".strip() or person.email
    if language == "ja" and person.name_ja:
        return f"{passport}（{person.name_ja}）"
    return passport


SAMPLES = [
    AppointmentNotice(
        person="BYRNE Aoife",
        position="Assistant Language Teacher",
        organisation="Harbour Town (invented)",
        host_body="Tottori Prefecture",
        first_day="Monday 27 July 2026",
        last_day="Monday 26 July 2027",
        year_of_service=1,
        pay="4,020,000 yen a year (335,000 yen a month), before tax",
    ),
    AppointmentNotice(
        person="BYRNE Aoife",
        position="Coordinator for International Relations",
        organisation="Harbour Town (invented)",
        host_body="",
        first_day="Monday 27 July 2026",
        last_day="Monday 26 July 2027",
        year_of_service=2,
        pay="",
        is_printed=1,
    ),
]
