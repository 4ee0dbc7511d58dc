"""The answer to a market: who goes where, how well, and how sure we are."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kakehashi.matching.canonical import json_bytes, market_sha256
from kakehashi.matching.levels import level_values
from kakehashi.matching.market import Market, level_names

FORMAT = "kakehashi-plan/1"


@dataclass(frozen=True)
class Level:
    """A level's name and value; a bound's value is None where nothing is known."""

    name: str
    value: int | None


@dataclass(frozen=True)
class Plan:
    """One plan. `proved` means: no other plan is better or has the same right to be it.

    `bound` holds what each level cannot go below: its value where the level was finished,
    less where the run was stopped in it, None after that; None in stable mode.
    """

    market_sha256: str
    assignment: Mapping[str, str]
    unplaced: tuple[str, ...]
    levels: tuple[Level, ...]
    bound: tuple[Level, ...] | None
    proved: bool

    def to_bytes(self) -> bytes:
        """The plan's file, written as canonically as a market's."""
        bound = self.bound
        return json_bytes(
            {
                "format": FORMAT,
                "market_sha256": self.market_sha256,
                "assignment": dict(self.assignment),
                "unplaced": sorted(self.unplaced),
                "levels": [{"name": it.name, "value": it.value} for it in self.levels],
                "bound": None
                if bound is None
                else [{"name": it.name, "value": it.value} for it in bound],
                "proved": self.proved,
            }
        )


def read_plan(data: bytes) -> Plan:
    """The plan of a file that the engine wrote; ValueError if it is not of the form."""
    value = json.loads(data)
    if not isinstance(value, dict) or value.get("format") != FORMAT:
        raise ValueError(f"this is not a {FORMAT}")
    try:
        bound = value["bound"]
        return Plan(
            market_sha256=value["market_sha256"],
            assignment=dict(value["assignment"]),
            unplaced=tuple(value["unplaced"]),
            levels=tuple(Level(it["name"], it["value"]) for it in value["levels"]),
            bound=None
            if bound is None
            else tuple(Level(it["name"], it["value"]) for it in bound),
            proved=value["proved"],
        )
    except (KeyError, TypeError) as fault:
        raise ValueError(f"this plan is not of the form: {fault}") from fault


def plan_of(
    market: Market,
    assignment: Mapping[str, str],
    bound: Sequence[int | None] | None,
    *,
    proved: bool,
) -> Plan:
    """A plan with its levels counted again from the assignment alone."""
    names = level_names(market)
    values = level_values(market, assignment)
    return Plan(
        market_sha256=market_sha256(market),
        assignment=assignment,
        unplaced=tuple(it.id for it in market.people if it.id not in assignment),
        levels=tuple(map(Level, names, values)),
        bound=None if bound is None else tuple(map(Level, names, bound)),
        proved=proved,
    )
