"""The placement engine: a market in, a plan with a proof out. A library of its own.

`read_market` reads a file, `solve` answers it, `verify` checks an answer without the
solver's code. Nothing here knows Django; OR-Tools is loaded by `solve` alone.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from kakehashi.matching.canonical import arranged, canonical_bytes, market_sha256
from kakehashi.matching.market import STABLE, InvalidMarket, Market
from kakehashi.matching.plan import Level, Plan, plan_of, read_plan
from kakehashi.matching.reading import read_market
from kakehashi.matching.stable import Outcome, outcome, propose
from kakehashi.matching.validity import check
from kakehashi.matching.verify import Verdict, verify

if TYPE_CHECKING:
    from kakehashi.matching.search import Progress

__all__ = [
    "InvalidMarket",
    "Level",
    "Market",
    "Outcome",
    "Plan",
    "Verdict",
    "canonical_bytes",
    "market_sha256",
    "outcome",
    "read_market",
    "read_plan",
    "solve",
    "verify",
]


def solve(
    market: Market,
    *,
    progress: "Callable[[Progress], None] | None" = None,
    stop: Callable[[], bool] | None = None,
    work_limit: int | None = None,
) -> Plan:
    """The plan of a market: the one best plan, the same bytes on every machine.

    Stable mode runs its procedure instead, which is short and asks nobody.

    `progress` hears where the run stands; `stop` is asked before every relaxation and
    `work_limit` counts them: if either ends the run, the plan is the best so far with
    `proved` false. Raises `InvalidMarket` if the market cannot be asked.
    """
    check(market)
    market = arranged(market)
    if market.mode == STABLE:
        return plan_of(market, propose(market), None, proved=True)
    from kakehashi.matching.search import Meter  # noqa: PLC0415 -- OR-Tools takes 0.6 s to load
    from kakehashi.matching.welfare import solve_welfare  # noqa: PLC0415 -- the same

    return solve_welfare(market, Meter(progress, stop, work_limit))
