"""What keeps a person and a request apart: hard rules, each with its sentence."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from kakehashi.kernel.words import Words, _
from kakehashi.recruitment.rules import JAPANESE_LEVELS

ALT, CIR = "ALT", "CIR"
APRIL = "april"  # the wave of those who asked for an early departure


@dataclass(frozen=True, slots=True)
class Candidate:
    """What the hard rules ask of a person; codes as the directory and the intake write them."""

    position: str
    may_be_alt: bool
    country: str
    languages: frozenset[str]
    japanese_level: str
    has_licence: bool
    has_qualification: bool
    departs_early: bool
    has_family: bool


@dataclass(frozen=True, slots=True)
class Post:
    """What a request asks of whoever comes; an empty text asks nothing."""

    position: str
    wave: str
    language: str
    country: str
    japanese_level: str
    licence: bool
    qualification: bool
    family_housing: bool
    is_open: bool


def level(name: str) -> int:
    """Count a level of Japanese upwards: none 0, N5 1, … N1 5."""
    return JAPANESE_LEVELS.index(name)


def languages_of(designated: str, others: str) -> frozenset[str]:
    """Gather the languages somebody can teach: their country's, and what they wrote down."""
    written = re.split(r"[,;/、，・\s]+", others.casefold())
    return frozenset(word for word in (designated.casefold(), *written) if word)


@dataclass(frozen=True, slots=True)
class HardRule:
    """Something that keeps a person and a post apart.

    `says` tells why the post could not be given.  `is_private` marks a need that may not be
    named to anyone but the person and CLAIR's placement officers.
    """

    code: str
    says: Words
    allows: Callable[[Candidate, Post], bool]
    is_private: bool = False


def _position(person: Candidate, post: Post) -> bool:
    may_change = person.position == CIR and person.may_be_alt and post.position == ALT
    return person.position == post.position or may_change


HARD_RULES: tuple[HardRule, ...] = (
    HardRule(
        "closed", _("The organisation takes nobody on that day."), lambda _p, post: post.is_open
    ),
    HardRule("position", _("The post is for another position."), _position),
    HardRule(
        "wave",
        _("The post is for another arrival wave."),
        lambda person, post: person.departs_early == (post.wave == APRIL),
    ),
    HardRule(
        "language",
        _("The post asks for another language."),
        lambda person, post: not post.language or post.language.casefold() in person.languages,
    ),
    HardRule(
        "nationality",
        _("The post asks for another nationality."),
        lambda person, post: not post.country or post.country == person.country,
    ),
    HardRule(
        "japanese",
        _("The post asks for a higher level of Japanese."),
        lambda person, post: level(person.japanese_level) >= level(post.japanese_level),
    ),
    HardRule(
        "licence",
        _("The post asks for a driving licence."),
        lambda person, post: person.has_licence or not post.licence,
    ),
    HardRule(
        "qualification",
        _("The post asks for a teaching qualification."),
        lambda person, post: person.has_qualification or not post.qualification,
    ),
    HardRule(
        "family",
        _("The post has no housing for a family."),
        lambda person, post: post.family_housing or not person.has_family,
        is_private=True,
    ),
)
BAN = "ban"
SENTENCES: dict[str, Words] = {rule.code: rule.says for rule in HARD_RULES} | {
    BAN: _("CLAIR has decided by hand that the person does not go there."),
}
PRIVATE = frozenset(rule.code for rule in HARD_RULES if rule.is_private)
UNNAMED: Words = _("A need that may not be named here.")


def obstacle(person: Candidate, post: Post) -> str:
    """Name the first hard rule that keeps the two apart; empty when none does."""
    return next(iter(obstacles(person, post)), "")


def obstacles(person: Candidate, post: Post) -> list[str]:
    """Name every hard rule that keeps the two apart."""
    return [rule.code for rule in HARD_RULES if not rule.allows(person, post)]


def demands(post: Post) -> list[Words]:
    """List what a post asks for; whoever was placed there meets all of it."""
    asked: list[tuple[object, Words]] = [
        (post.language, _("The language that is asked for")),
        (post.country, _("The nationality that is asked for")),
        (level(post.japanese_level), _("Japanese at the level that is asked for")),
        (post.licence, _("A driving licence")),
        (post.qualification, _("A teaching qualification")),
    ]
    return [says for is_asked, says in asked if is_asked]


def why_not(code: str, *, may_name_needs: bool) -> Words:
    """Say why a post could not be given, without naming a need to those who may not know it."""
    return UNNAMED if code in PRIVATE and not may_name_needs else SENTENCES[code]
