"""The letters that tell a result, and the receipt for a reply."""

from dataclasses import dataclass
from typing import ClassVar

from kakehashi.directory.rules import Role
from kakehashi.intake.models import Deadline
from kakehashi.kernel.letters import Letter
from kakehashi.kernel.models import Way
from kakehashi.kernel.words import Words, _
from kakehashi.recruitment.letters import language_of, mission_in, moment_in
from kakehashi.selection.models import Result
from kakehashi.selection.rules import Outcome


@dataclass(frozen=True, kw_only=True)
class _ResultLetter(Letter):
    """What every letter of a result says; `reply_by` is there and in Tokyo, or empty."""

    name: str
    number: str
    position: str
    mission: str
    reply_by: str


@dataclass(frozen=True, kw_only=True)
class ResultShortlisted(_ResultLetter):
    """To the applicant: a place is very likely; accept or decline."""


@dataclass(frozen=True, kw_only=True)
class ResultAlternate(_ResultLetter):
    """To the applicant: a place in waiting; accept or decline."""


@dataclass(frozen=True, kw_only=True)
class ResultNotSelected(_ResultLetter):
    """To the applicant: not this time, without reasons, kindly."""


@dataclass(frozen=True, kw_only=True)
class ReplyReceived(Letter):
    """To the applicant: we have your reply; `reply` is accepted or declined, `outcome` to what."""

    name: str
    number: str
    mission: str
    reply: str
    outcome: str


_LETTERS: dict[str, type[_ResultLetter]] = {
    Outcome.SHORTLISTED: ResultShortlisted,
    Outcome.ALTERNATE: ResultAlternate,
    Outcome.NOT_SELECTED: ResultNotSelected,
}


def result_letter(result: Result, *, reply_by: Deadline | None) -> tuple[Letter, str]:
    """Write a result in its reader's language; gives the letter and the language."""
    application = result.application
    language = language_of(application.person.language)
    position, mission = application.position, application.mission
    letter = _LETTERS[result.outcome](
        name=application.name,
        number=application.number,
        position=position.name_ja if language == "ja" else position.name_en,
        mission=mission_in(mission, language),
        reply_by=moment_in(reply_by.at, mission, language) if reply_by else "",
    )
    return letter, language


def reply_received(result: Result, *, reply: str) -> tuple[Letter, str]:
    """Write the receipt for a reply; gives the letter and the language."""
    application = result.application
    language = language_of(application.person.language)
    letter = ReplyReceived(
        name=application.name,
        number=application.number,
        mission=mission_in(application.mission, language),
        reply=reply,
        outcome=result.outcome,
    )
    return letter, language


@dataclass(frozen=True, kw_only=True)
class ReadingsAssigned(Letter):
    """Tells a reader that applications wait for them; nothing in it says whose."""

    title: ClassVar[Words] = _("Applications are given to you to read")
    usual: ClassVar[str] = Way.MAIL
    roles: ClassVar[tuple[str, ...]] = (Role.READER,)
    count: int


_SAMPLE = {
    "name": "Maya Fernweh",
    "number": "27-00042",
    "position": "Assistant Language Teacher",
    "mission": "Embassy of Japan in Ireland",
    "reply_by": "Wednesday 14 April 2027, 17:00 in Dublin (Thu 15 Apr, 01:00 in Tokyo)",
}

SAMPLES = [
    ReadingsAssigned(count=1),
    ReadingsAssigned(count=24),
    ResultShortlisted(**_SAMPLE),
    ResultAlternate(**_SAMPLE),
    ResultNotSelected(**_SAMPLE),
    ReplyReceived(
        name="Maya Fernweh",
        number="27-00042",
        mission="Embassy of Japan in Ireland",
        reply="accepted",
        outcome="shortlisted",
    ),
    ReplyReceived(
        name="Maya Fernweh",
        number="27-00042",
        mission="Embassy of Japan in Ireland",
        reply="accepted",
        outcome="alternate",
    ),
    ReplyReceived(
        name="Maya Fernweh",
        number="27-00042",
        mission="Embassy of Japan in Ireland",
        reply="declined",
        outcome="shortlisted",
    ),
]
