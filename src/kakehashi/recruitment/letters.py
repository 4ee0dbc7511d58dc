"""The letters that leave while people apply."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import override

from kakehashi.directory.models import Office
from kakehashi.kernel.letters import Letter
from kakehashi.kernel.words import LANGUAGES
from kakehashi.recruitment.models import Application, Reference
from kakehashi.web.dates import moment_words


@dataclass(frozen=True, kw_only=True)
class ApplicationReceived(Letter):
    """To the applicant, when they have handed in: the number to quote and what comes next."""

    name: str
    number: str
    position: str
    mission: str
    received: str


@dataclass(frozen=True, kw_only=True)
class ReferenceRequested(Letter):
    """To a referee without an account: the link that works once."""

    referee: str
    applicant: str
    position: str
    mission: str
    link: str


@dataclass(frozen=True, kw_only=True)
class PapersMissing(Letter):
    """To the applicant, when the mission finds papers missing: which, and where to send them."""

    name: str
    number: str
    mission: str
    papers: list[str]


def language_of(preferred: str) -> str:
    """Choose the language of a letter: the one asked for, English where there is no such text."""
    return preferred if preferred in LANGUAGES else LANGUAGES[0]


def mission_in(mission: Office, language: str) -> str:
    """Name a mission in the language of the letter."""
    return mission.name_ja if language == "ja" else mission.name_en


def moment_in(moment: datetime, mission: Office, language: str) -> str:
    """Write a moment as a mission's letter does: local time first, then Tokyo's."""
    with override(language):
        place = mission.city_ja if language == "ja" else mission.city_en
        return moment_words(moment, mission.time_zone, place)


def _position_in(application: Application, language: str) -> str:
    position = application.position
    return position.name_ja if language == "ja" else position.name_en


def application_received(
    application: Application, *, language: str, at: datetime
) -> ApplicationReceived:
    """Write the receipt for an application that was handed in at this moment."""
    return ApplicationReceived(
        name=application.name,
        number=application.number,
        position=_position_in(application, language),
        mission=mission_in(application.mission, language),
        received=moment_in(at, application.mission, language),
    )


def reference_requested(
    reference: Reference, *, link: str, language: str
) -> ReferenceRequested:
    """Write to the referee; nothing of the application but the name and the position."""
    application = reference.application
    return ReferenceRequested(
        referee=reference.name,
        applicant=application.name,
        position=_position_in(application, language),
        mission=mission_in(application.mission, language),
        link=link,
    )


def papers_missing_letter(
    application: Application, *, papers: list[str], language: str
) -> PapersMissing:
    """Write which papers have not come; `papers` are their names in the letter's language."""
    return PapersMissing(
        name=application.name,
        number=application.number,
        mission=mission_in(application.mission, language),
        papers=papers,
    )


SAMPLES = [
    ApplicationReceived(
        name="Maya Fernweh",
        number="27-00042",
        position="Assistant Language Teacher",
        mission="Embassy of Japan in Ireland",
        received="Friday 13 November 2026, 17:00 in Dublin (Sat 14 Nov, 02:00 in Tokyo)",
    ),
    ReferenceRequested(
        referee="Dr Rowan Field",
        applicant="Maya Fernweh",
        position="Assistant Language Teacher",
        mission="Embassy of Japan in Ireland",
        link="https://kakehashi.example.org/recruitment/reference/a-link-that-works-once/",
    ),
    PapersMissing(
        name="Maya Fernweh",
        number="27-00042",
        mission="Embassy of Japan in Ireland",
        papers=["Certified transcript, all courses", "Proof of nationality"],
    ),
]
