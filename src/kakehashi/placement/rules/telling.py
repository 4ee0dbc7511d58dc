"""What is said of a plan: its levels in plain words, and why a couple is apart."""

from collections.abc import Mapping, Sequence

from kakehashi.kernel.words import Words, _

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
