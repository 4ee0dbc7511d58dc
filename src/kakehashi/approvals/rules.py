"""What an office's route can be about, who stamps after whom, and what exactly was approved."""

import json
from hashlib import sha256

from kakehashi.directory.rules import Rank
from kakehashi.kernel.words import Words, _

PLAN, RESULTS, RUN, LETTER = "plan", "results", "run", "letter"
KINDS: dict[str, str] = {
    "intake.plan": PLAN,
    "selection.round": RESULTS,
    "placement.run": RUN,
    "correspondence.entry": LETTER,
}
KIND_NAMES: dict[str, Words] = {
    PLAN: _("Release of the invitation plan"),
    RESULTS: _("Release of results"),
    RUN: _("Release of placements and notices"),
    LETTER: _("Outgoing letter"),
}
WAYS: dict[str, tuple[Rank, ...]] = {
    "chief-head": (Rank.CHIEF, Rank.HEAD),
    "head": (Rank.HEAD,),
    "chief": (Rank.CHIEF,),
}
WAY_NAMES: dict[str, Words] = {
    "chief-head": _("Drafted, then section chief, then head of division"),
    "head": _("Drafted, then head of division"),
    "chief": _("Drafted, then section chief"),
}
ORDER = (Rank.OFFICER, Rank.CHIEF, Rank.HEAD)


def kind_of(key: str) -> str:
    """Say which kind of act releases the thing that a key (`intake.plan/3`) names."""
    return KINDS.get(key.partition("/")[0], "")


def first_step(ranks: list[str], drafter: str) -> int:
    """Say at which step a paper begins: past those that stand no higher than its drafter.

    The last step is always another person's.
    """
    above = ORDER.index(Rank(drafter))
    passed = [ORDER.index(Rank(rank)) <= above for rank in ranks[:-1]]
    return passed.index(False) if False in passed else len(passed)


def digest(*parts: object) -> str:
    """Name a thing by all that it says: whatever changes in it, changes this."""
    said = json.dumps(parts, ensure_ascii=False, sort_keys=True, default=str)
    return sha256(said.encode()).hexdigest()
