"""What placement may and may not do, and what an unmet wish costs: plain values, no database.

Hard rules keep a person and a request apart; each has a sentence.  Costs never keep anybody
apart: they say how far a place is from what was wished, in the weights an operator edits.
"""

import hashlib
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import gcd
from typing import TypeVar

from kakehashi.kernel.words import Words, _
from kakehashi.recruitment.rules import JAPANESE_LEVELS, Setting

K = TypeVar("K", int, tuple[int, int])

# How large a market may grow (arcs between people and places, pairs of places a couple).
MOST_ARCS, LEAST_OPTIONS, MOST_PAIRS = 48_000, 24, 100
ALT, CIR = "ALT", "CIR"
APRIL = "april"  # the wave of those who asked for an early departure
# The bounds in which a typed figure makes sense; pay, hours and leave are each organisation's own.
MOST_YEN, MOST_HOURS, MOST_DAYS = 2_000_000, 60, 366


class Housing(StrEnum):
    """Who finds a place to live."""

    UNKNOWN = ""
    PROVIDED = "provided"
    FOUND_FOR = "found_for"
    FOUND_BY = "found_by"


HOUSING_NAMES: dict[str, Words] = {
    Housing.UNKNOWN: _("Not stated"),
    Housing.PROVIDED: _("The organisation provides it"),
    Housing.FOUND_FOR: _("The organisation finds it; the participant rents it"),
    Housing.FOUND_BY: _("The participant finds it, with help"),
}


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


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wished for: three prefectures in order, and town or countryside.

    Prefectures by code, an empty text where none is named.
    """

    prefectures: tuple[str, ...]
    setting: str
    country: str
    japanese_level: str


@dataclass(frozen=True, slots=True)
class Offer:
    """What a request offers and hopes for: where it is, how rural, whom it would like."""

    prefecture: str
    setting: str
    wished_country: str
    japanese_level: str
    sisters: frozenset[str] = frozenset()  # countries of its sister cities


Parts = tuple[tuple[str, int], ...]

SISTER = "sister-city-bonus"
WEIGHTS = (
    "wish-1",
    "wish-2",
    "wish-3",
    "wish-none",
    "wish-open",
    "area-one-step",
    "area-opposite",
    "nationality-soft",
    "japanese-surplus",
    "couple-neighbour",
    SISTER,
)
"""The weights a run cannot do without; others of the table have no data to work on yet."""

MET_AREA, MET_NATIONALITY = "area-met", "nationality-met"  # good news costs nothing
PART_NAMES: dict[str, Words] = {
    "wish-1": _("The first wish for a prefecture is met"),
    "wish-2": _("The second wish for a prefecture is met"),
    "wish-3": _("The third wish for a prefecture is met"),
    "wish-none": _("None of the wished prefectures could be given"),
    "wish-open": _("No prefecture was wished for"),
    MET_AREA: _("Town or countryside is as wished"),
    "area-one-step": _("Town or countryside is one step from the wish"),
    "area-opposite": _("Town or countryside is the opposite of the wish"),
    MET_NATIONALITY: _("The nationality is the one the organisation hoped for"),
    "nationality-soft": _("The organisation hoped for another nationality"),
    "japanese-surplus": _("The Japanese is above what the post asks for"),
    "couple-neighbour": _("The partner works in a neighbouring municipality"),
    SISTER: _("The organisation has a sister city in that country"),
}
ABOUT_THE_PERSON = frozenset(
    (
        "wish-1",
        "wish-2",
        "wish-3",
        "wish-none",
        "wish-open",
        MET_AREA,
        "area-one-step",
        "area-opposite",
        "couple-neighbour",
        SISTER,
    )
)
"""What a candidate is told of their own costs; the rest is about what the organisation hoped."""
_SETTINGS = (Setting.URBAN, Setting.SEMI_RURAL, Setting.RURAL)
_STEPS = (MET_AREA, "area-one-step", "area-opposite")


def rank_of(wish: Wish, prefecture: str) -> int | None:
    """Say which wish a prefecture meets: 1, 2 or 3; None when it meets none."""
    if not prefecture or prefecture not in wish.prefectures:
        return None
    return wish.prefectures.index(prefecture) + 1


def wish_part(wish: Wish, prefecture: str) -> str:
    """Name the part of the cost that the wishes make."""
    if not any(wish.prefectures):
        return "wish-open"
    rank = rank_of(wish, prefecture)
    return f"wish-{rank}" if rank else "wish-none"


def area_part(wished: str, offered: str) -> str:
    """Name the part that town and countryside make; empty when one side has no preference."""
    if wished not in _SETTINGS or offered not in _SETTINGS:
        return ""
    steps = abs(_SETTINGS.index(Setting(wished)) - _SETTINGS.index(Setting(offered)))
    return _STEPS[steps]


def parts(wish: Wish, offer: Offer, weights: Mapping[str, int]) -> Parts:
    """Say why a place costs what it costs: (part, cost) in the order in which people read it.

    A sister city takes something off, never more than the rest costs.
    """
    area = area_part(wish.setting, offer.setting)
    nationality = ""
    if offer.wished_country:
        is_hoped = offer.wished_country == wish.country
        nationality = MET_NATIONALITY if is_hoped else "nationality-soft"
    surplus = level(wish.japanese_level) - level(offer.japanese_level)
    named = [wish_part(wish, offer.prefecture), area, nationality]
    found = [(code, weights.get(code, 0)) for code in named if code]
    if surplus > 0:
        found.append(("japanese-surplus", surplus * weights["japanese-surplus"]))
    if wish.country in offer.sisters:
        found.append((SISTER, -min(weights.get(SISTER, 0), cost_of(found))))
    return tuple(found)


def cost_of(found: Iterable[tuple[str, int]]) -> int:
    """Add the parts up."""
    return sum(cost for _code, cost in found)


def within_reach(options: Mapping[K, int], most: int, *, number: int) -> dict[K, int]:
    """Keep at most `most` options: half the least costly, half drawn by lot from the rest.

    The cheap half keeps what was wished for; the drawn half keeps those who wished for the
    same few places from finding all of them full.  `number` is the lot.  Small markets keep
    everything.
    """
    if len(options) <= most:
        return dict(options)
    near = most - most // 2
    edge = sorted(options.values())[near - 1]
    kept = {key: cost for key, cost in options.items() if cost < edge}
    equals = sorted(key for key, cost in options.items() if cost == edge)
    kept.update((key, edge) for key in drawn(equals, near - len(kept), number))
    rest = sorted(key for key in options if key not in kept)
    kept.update((key, options[key]) for key in drawn(rest, most // 2, number))
    return kept


def drawn(keys: Sequence[K], count: int, number: int) -> list[K]:
    """Draw `count` of the keys, spread over all of them: the same number draws the same ones."""
    size = len(keys)
    if not size:
        return []
    step = number // size % size | 1
    while gcd(step, size) > 1:
        step += 1
    return [keys[(number + turn * step) % size] for turn in range(min(count, size))]


def reach(people: int) -> int:
    """Say how many options each person keeps, so that the whole market stays solvable.

    With 250 people nearly always all of them; from 2,000 on twenty-four, half of them near.
    """
    return max(LEAST_OPTIONS, MOST_ARCS // max(people, 1))


def lot(seed: str, *keys: str) -> int:
    """Draw a number from the committed seed: the same seed and keys draw the same one."""
    text = "\0".join(("kakehashi-edge/1", seed, *keys))
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big")


def commitment(seed: str, salt: str) -> str:
    """Bind a run to its seed before anyone may know it: SHA-256 of salt, zero byte, seed."""
    return hashlib.sha256(f"{salt}\0{seed}".encode()).hexdigest()


APART: dict[str, Words] = {
    "alternate": _("One of the two is an alternate."),
    "nothing": _("No request at all is possible for one of the two."),
    "hand": _("What was decided by hand for one of them leaves no pair of posts."),
    "far": _(
        "No two posts that are possible for them lie in one town or in neighbouring ones."
    ),
}
"""Why a couple is placed as two singles."""

LEVEL_NAMES: dict[str, Words] = {
    "shortfall": _("Places below the agreed least"),
    "unplaced": _("People without a place"),
    "moves": _("People moved from an earlier plan"),
    "cost": _("Wishes missed (sum of weights)"),
    "lottery": _("Lot among equals"),
}
UNFILLED: Words = _("Seats left empty, priority {tier}")


def level_name(name: str) -> Words:
    """Name a level of the plan in plain words; `unfilled/2` is the seats of priority 2."""
    kind, _slash, tier = name.partition("/")
    return LEVEL_NAMES[kind] if not tier else str(UNFILLED).format(tier=tier)


def in_pairs(partners: Mapping[str, str]) -> Sequence[tuple[str, str]]:
    """Find those who name each other as partner; whoever is named by nobody stays single."""
    return [
        (one, other)
        for one, other in sorted(partners.items())
        if one < other and partners.get(other) == one
    ]
