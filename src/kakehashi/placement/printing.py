"""How a placement's notice stands on paper: for the candidate, the organisation, the host body."""

from datetime import date, datetime

from kakehashi.kernel.clock import TOKYO
from kakehashi.kernel.letters import Letter, day_in_words
from kakehashi.kernel.paper import Sheet, printed
from kakehashi.kernel.words import Words, _, say
from kakehashi.placement.models import Placement
from kakehashi.placement.queries import days_to_answer
from kakehashi.placement.writing import (
    SENDER,
    candidate_notice,
    host_notice,
    name_in,
    organisation_notice,
    prefecture_in,
)


def notice_pdf(placement: Placement, *, kind: str, language: str) -> bytes:
    """Print a placement's notice as a PDF: `candidate`, `organisation` or `host`, en or ja."""
    return printed([notice_sheet(placement, kind=kind, language=language)])


def notice_sheet(placement: Placement, *, kind: str, language: str) -> Sheet:
    """Lay one notice out as a letter on paper."""
    organisation = placement.request.organisation
    letter: Letter
    if kind == "candidate":
        letter, to = candidate_notice(placement, language), placement.application.name
    elif kind == "organisation":
        letter = organisation_notice([placement], language, _days(placement))
        to = name_in(organisation, language)
    else:
        letter, to = host_notice([placement], language), name_in(organisation.parent, language)
    subject, body = letter.write(language)
    told = placement.told_at or placement.run.released_at
    return Sheet(
        language=language,
        sender=say(SENDER, language),
        addressee=to,
        dated=_dated(told, language),
        number=placement.application.number,
        subject=subject,
        body=body,
        rows=_rows(placement, language) if kind == "candidate" else (),
    )


def _days(placement: Placement) -> int | None:
    return (
        days_to_answer(placement.told_at.astimezone(TOKYO).date())
        if placement.told_at
        else None
    )


def _dated(moment: datetime | None, language: str) -> str:
    day: date | None = moment.astimezone(TOKYO).date() if moment else None
    return day_in_words(day, language) if day else ""


def _rows(placement: Placement, language: str) -> list[tuple[str, str]]:
    request = placement.request
    lines: list[tuple[Words, str]] = [
        (_("Position"), name_in(request.position, language)),
        (_("Contracting organisation"), name_in(request.organisation, language)),
        (_("Prefecture"), prefecture_in(request.organisation, language)),
        (_("Place of work"), request.workplace),
        (_("Arrival"), day_in_words(request.wave.arrives_on, language)),
    ]
    return [(say(label, language), value) for label, value in lines]
