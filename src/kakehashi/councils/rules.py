"""Which council decides what: the words a council's `decides` may hold, and what they mean."""

from kakehashi.kernel.words import Words, _

PLAN, RESULTS, RUN = "plan", "results", "run"

# The words of a programme pack, and ours for the same.
WORDS = {"numbers": PLAN, "placements": RUN}

DECISION_NAMES: dict[str, Words] = {
    PLAN: _("the numbers invited"),
    RESULTS: _("the results of selection"),
    RUN: _("the placement of candidates"),
    "programme-plans": _("the plans of the programme"),
    "placement-rules": _("the rules of placement"),
    "case-advice": _("advice in cases"),
    "counselling-system": _("the counselling system"),
}

# What is decided about the things of a part; the key of a thing begins with its part.
DECIDED = {"intake": PLAN, "selection": RESULTS, "placement": RUN}


def words_of(decides: str) -> frozenset[str]:
    """Read what a council decides, in our own words, from words parted by spaces."""
    return frozenset(WORDS.get(word, word) for word in decides.split())


def kind_of(about: str) -> str:
    """Say what kind of decision a resolution about this thing is; nothing where it is free.

    `about` is the thing's key in the trail, such as `intake.plan/3`.
    """
    return DECIDED.get(about.partition(".")[0], "")
