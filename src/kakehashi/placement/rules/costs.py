"""What an unmet wish costs: how far a place is from what was wished, never that it is impossible.

The weights are rows that an operator edits.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kakehashi.kernel.words import Words, _
from kakehashi.placement.rules.hard import level
from kakehashi.recruitment.rules import Setting


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
    wished_japanese: str = "none"
    predecessor: str = ""  # the country of whoever leaves, where it should stay the same
    sisters: frozenset[str] = frozenset()  # countries of its sister cities


Parts = tuple[tuple[str, int], ...]

SISTER = "sister-city-bonus"
PREDECESSOR, SHORTFALL = "predecessor-nationality", "japanese-shortfall-soft"
WEIGHTS = (
    "wish-1",
    "wish-2",
    "wish-3",
    "wish-none",
    "wish-open",
    "area-one-step",
    "area-opposite",
    "nationality-soft",
    PREDECESSOR,
    "japanese-surplus",
    SHORTFALL,
    "couple-neighbour",
    SISTER,
)
"""The weights a run cannot do without."""

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
    PREDECESSOR: _("The organisation hoped to keep the nationality of whoever leaves"),
    SHORTFALL: _("The Japanese is below what the organisation hoped for"),
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
    met = wish_part(wish, offer.prefecture)
    found = ((met, weights.get(met, 0)), *parts_beside_wishes(wish, offer, weights))
    if wish.country in offer.sisters:
        found = (*found, (SISTER, -min(weights.get(SISTER, 0), cost_of(found))))
    return found


def parts_beside_wishes(wish: Wish, offer: Offer, weights: Mapping[str, int]) -> Parts:
    """Give the parts that are the same in every prefecture, before what a sister city takes off."""
    area = area_part(wish.setting, offer.setting)
    nationality = predecessor = ""
    if offer.wished_country:
        is_hoped = offer.wished_country == wish.country
        nationality = MET_NATIONALITY if is_hoped else "nationality-soft"
    if offer.predecessor and offer.predecessor != wish.country:
        predecessor = PREDECESSOR
    named = (area, nationality, predecessor)
    found = [(code, weights.get(code, 0)) for code in named if code]
    return (*found, *_japanese(wish.japanese_level, offer, weights))


def _japanese(spoken: str, offer: Offer, weights: Mapping[str, int]) -> Parts:
    """Weigh levels above what is asked or hoped for, or below what is hoped for."""
    above = level(spoken) - max(level(offer.japanese_level), level(offer.wished_japanese))
    below = level(offer.wished_japanese) - level(spoken)
    if above > 0:
        return (("japanese-surplus", above * weights["japanese-surplus"]),)
    return ((SHORTFALL, below * weights.get(SHORTFALL, 0)),) if below > 0 else ()


def cost_of(found: Iterable[tuple[str, int]]) -> int:
    """Add the parts up."""
    return sum(cost for _code, cost in found)
