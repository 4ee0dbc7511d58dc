"""What a run has stored, as the engine reads it: its market and its plan.

Both never change once a run is solved, and a market of two thousand people takes half a second to
read; so each process keeps the last ones that its pages asked for.  Whoever must be sure of the
bytes (a release, the auditor) reads them anew.
"""

from collections import Counter
from functools import lru_cache

from kakehashi.matching import Market, Plan, read_market, read_plan
from kakehashi.placement.models import Run

KEPT = 2  # of a few dozen megabytes each


def market_in(run: Run) -> Market:
    """Give the market of a run."""
    return _market(run.market)


def plan_in(run: Run) -> Plan:
    """Give the plan of a run that is solved."""
    return _plan(run.plan)


def chosen_in(run: Run) -> Counter[str]:
    """Count for each place how many people the market holds for it, alone or with a partner."""
    return _chosen(run.market)


@lru_cache(maxsize=KEPT)
def _chosen(text: str) -> Counter[str]:
    market = _market(text)
    chosen = Counter(option.place for person in market.people for option in person.options)
    for couple in market.couples:
        chosen.update({pair.a for pair in couple.pairs})
        chosen.update({pair.b for pair in couple.pairs})
    return chosen


@lru_cache(maxsize=KEPT)
def _market(text: str) -> Market:
    return read_market(text.encode())


@lru_cache(maxsize=KEPT)
def _plan(text: str) -> Plan:
    return read_plan(text.encode())
