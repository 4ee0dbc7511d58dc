"""The auditor's check of a plan. It shares no code with the solver, on purpose.

It reads both files again, counts every hard rule and every level again, and judges the
claim of optimality by its own means (`moves`). The market is taken to be valid.
"""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from kakehashi.matching.audited import AuditedMarket
from kakehashi.matching.moves import judged

PROPERTIES = {
    "P1": "the plan is of this market",
    "P2": "everyone is placed or unplaced, once",
    "P3": "everyone is on one of their options",
    "P4": "couples are on one of their pairs or unplaced",
    "P5": "seats",
    "P6": "maxima",
    "P7": "quotas",
    "P8": "locks",
}


Values: TypeAlias = tuple[tuple[str, int | None], ...]
Faults: TypeAlias = Iterator[tuple[str, str]]


@dataclass(frozen=True)
class Verdict:
    """What the check found; `broken` names a property and what breaks it."""

    broken: tuple[tuple[str, str], ...]
    wrong: tuple[str, ...]
    values: Values
    optimality: str
    refuted: bool

    @property
    def sound(self) -> bool:
        """The plan keeps the rules, its levels are right, its claim is not refuted."""
        return not self.broken and not self.wrong and not self.refuted

    def lines(self) -> tuple[str, str, str]:
        """The three lines for the auditor."""
        names = "; ".join(f"{name} {what}" for name, what in PROPERTIES.items())
        faults = "; ".join(f"{name} {what}" for name, what in self.broken)
        levels = ", ".join(f"{name} {value}" for name, value in self.values)
        return (
            f"feasible: {'no: ' + faults if self.broken else 'yes (' + names + ')'}",
            f"levels: {'no: ' + '; '.join(self.wrong) if self.wrong else 'yes (' + levels + ')'}",
            f"optimality: {self.optimality}",
        )


def verify(market_bytes: bytes, plan_bytes: bytes) -> Verdict:
    """Check a plan's file against its market's file."""
    market = AuditedMarket(json.loads(market_bytes))
    try:
        plan = _Stated(plan_bytes)
    except (ValueError, TypeError, KeyError) as fault:
        broken = (("P1", f"the plan is not of the form: {fault}"),)
        return Verdict(broken, ("there is no plan",), (), "not judged", refuted=False)
    given = {who: at for who, at in plan.given.items() if market.knows(who, at)}
    values = tuple(market.levels(given))
    rules = (_of_form(market, plan), _of_units(market, plan.given), _of_limits(market, given))
    broken_rules = tuple(fault for rule in rules for fault in rule)
    wrong = tuple(_wrong_levels(plan, values)) or tuple(_wrong_bound(plan, values, market))
    optimality, refuted = "not judged", False
    if not broken_rules and not wrong:
        if not market.welfare:
            optimality = "procedure" if plan.proved else "procedure, stopped"
        elif not plan.proved:
            optimality = _gap(values, plan.bound)
        else:
            optimality, refuted = judged(market, given)
    return Verdict(broken_rules, wrong, values, optimality, refuted)


class _Stated:
    """What a plan's file states; ValueError, TypeError or KeyError if it is no plan."""

    def __init__(self, data: bytes) -> None:
        plan = json.loads(data)
        self.given = dict(plan["assignment"])
        self.unplaced = list(plan["unplaced"])
        self.levels = tuple((it["name"], it["value"]) for it in plan["levels"])
        bound = plan["bound"]
        self.bound = None if bound is None else tuple((it["name"], it["value"]) for it in bound)
        self.proved, self.digest = plan["proved"], plan["market_sha256"]
        numbers = [value for _, value in self.levels + (self.bound or ())]
        if (
            plan["format"] != "kakehashi-plan/1"
            or not isinstance(self.proved, bool)
            or not all(isinstance(it, str) for it in [*self.given.values(), *self.unplaced])
            or not all(it is None or type(it) is int for it in numbers)
        ):
            raise ValueError("a field has another type")


def _gap(values: Values, bound: Values | None) -> str:
    for (name, value), (_, lowest) in zip(values, bound or (), strict=True):
        if value != lowest:
            return f"gap {(value or 0) - (lowest or 0)} ({name})"
    return "gap 0"


def _of_form(market: AuditedMarket, plan: _Stated) -> Faults:
    if plan.digest != market.digest():
        yield "P1", "the plan names another market"
    everyone = Counter([*plan.given, *plan.unplaced])
    for who in sorted(everyone.keys() | market.selected.keys()):
        if everyone[who] != 1 or who not in market.selected:
            yield "P2", f"{who} stands {everyone[who]} times"


def _of_units(market: AuditedMarket, given: dict[str, str]) -> Faults:
    for people, options in market.units:
        at = tuple(given[who] for who in people if who in given)
        if at and at not in options:
            name = "P3" if len(people) == 1 else "P4"
            yield name, f"{' and '.join(people)} at {' and '.join(at)}"
    for who, place in market.locks.items():
        if given.get(who) != place:
            yield "P8", f"{who} is not at {place}"


def _of_limits(market: AuditedMarket, given: dict[str, str]) -> Faults:
    for (kind, name), count in sorted(market.counts(given).items()):
        at_place = kind == "place"
        most = market.places[name]["seats"] if at_place else market.regions[name]["max"]
        if most is not None and count > most:
            yield "P5" if at_place else "P6", f"{name} has {count}, may have {most}"
    held = Counter(quota for who, at in given.items() for quota in market.quotas_of(who, at))
    for quota in market.data["quotas"]:
        if held[quota["id"]] > quota["max"]:
            yield "P7", f"{quota['id']} counts {held[quota['id']]}, may count {quota['max']}"


def _names(values: Values | None) -> list[str]:
    return [name for name, _ in values or ()]


def _wrong_levels(plan: _Stated, values: Values) -> Iterator[str]:
    if _names(plan.levels) != _names(values):
        yield "they are not those of the market"
        return
    for (name, said), (_, value) in zip(plan.levels, values, strict=True):
        if said != value:
            yield f"{name} is {value}, the plan says {said}"


def _wrong_bound(plan: _Stated, values: Values, market: AuditedMarket) -> Iterator[str]:
    if not market.welfare:
        if plan.bound is not None:
            yield "stable mode has no bound"
    elif plan.bound is None or _names(plan.bound) != _names(values):
        yield "the bounds are not those of the levels"
    elif plan.proved and plan.bound != values:
        yield "'proved' is false: a bound is not its level"
    else:
        for (name, lowest), (_, value) in zip(plan.bound, values, strict=True):
            if lowest is not None and value is not None and lowest > value:
                yield f"the bound of {name} is above its level"
            if lowest != value:
                return
