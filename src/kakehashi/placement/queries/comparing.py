"""Two runs side by side: their levels, what they give people, who moves between them and why."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from kakehashi.directory.models import Person
from kakehashi.directory.policy import holds
from kakehashi.directory.rules import Role
from kakehashi.kernel.scope import seen_by, unscoped
from kakehashi.kernel.words import Words, _
from kakehashi.matching import Market, Plan
from kakehashi.placement.models import Lock, Placement, Rejection, Run
from kakehashi.placement.queries.effects import (
    LevelChange,
    Moved,
    level_changes,
    moved_between,
)
from kakehashi.placement.queries.stored import market_in, plan_in
from kakehashi.placement.rules import BAN, why_not
from kakehashi.recruitment.rules import Setting

HAND: Words = _("Decided by hand: {kind}.")
LIFTED: Words = _("A decision by hand was undone.")
BANNED: Words = _("Ruled out by hand for this person.")
NEW_PERSON: Words = _("Was not in the first run.")
GONE_PERSON: Words = _("Takes no part in the second run.")
GONE_POST: Words = _("The request is not open in the second run.")
FEWER: Words = _("The request has fewer seats in the second run.")
NEW_POST: Words = _("The request is new in the second run.")
RULES: Words = _("Weights, limits or caps differ between the runs.")
PARTNER: Words = _("Moves together with the partner.")
ROOM: Words = _("Makes room for, or takes the room of, others who move.")
EQUAL: Words = _("Equally good in both; the lot decided.")


@dataclass(frozen=True, kw_only=True)
class Move:
    """Somebody whom two runs place differently, and why."""

    moved: Moved
    why: Words


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """Two runs: levels, what people get of it, and who moves."""

    levels: list[LevelChange]
    figures: list[LevelChange]
    moves: list[Move]
    same_market: bool


@dataclass(kw_only=True)
class _Side:
    """One of the two runs, read once."""

    run: Run
    market: Market
    plan: Plan
    people: set[str] = field(default_factory=set)
    seats: dict[str, int] = field(default_factory=dict)
    locks: dict[str, str] = field(default_factory=dict)
    partners: dict[str, str] = field(default_factory=dict)


def comparison(person: Person, first: Run, second: Run) -> Comparison:
    """Put two solved runs side by side, as this reader may know them."""
    one, two = _side(first), _side(second)
    moved = moved_between(one.plan.assignment, two.plan.assignment)
    keys = {f"a{it.application.pk}" for it in moved}
    bans = _bans(person, second, [it.application.pk for it in moved])
    kinds = _kinds(person, second)
    return Comparison(
        levels=level_changes(one.plan, two.plan),
        figures=_figures(one, two),
        moves=[
            Move(moved=it, why=_why(person, it, (one, two), (bans, kinds, keys)))
            for it in moved
        ],
        same_market=first.market_sha256 == second.market_sha256,
    )


def _side(run: Run) -> _Side:
    market = market_in(run)
    couples = [(it.a, it.b) for it in market.couples]
    return _Side(
        run=run,
        market=market,
        plan=plan_in(run),
        people={it.id for it in market.people},
        seats={it.id: it.seats for it in market.places},
        locks={it.person: it.place for it in market.locks},
        partners=dict(couples) | {b: a for a, b in couples},
    )


Known = tuple[
    Mapping[int, dict[int, str]],  # person → request → hard rule of the second run
    Mapping[int, Words],  # person → what was decided by hand
    set[str],  # everybody who moves
]


def _why(person: Person, moved: Moved, sides: tuple[_Side, _Side], known: Known) -> Words:
    """Say why two runs place somebody differently: the nearest cause there is."""
    one, two = sides
    rules, kinds, moving = known
    pk = moved.application.pk
    key = f"a{pk}"
    if two.locks.get(key) and two.locks.get(key) != one.locks.get(key):
        return str(HAND).format(kind=kinds.get(pk, "")).replace(": .", ".")
    if key not in one.people:
        return NEW_PERSON
    if key not in two.people:
        return GONE_PERSON
    return (
        _of_the_post(person, moved, sides, rules.get(pk, {}))
        or (LIFTED if key in one.locks and key not in two.locks else "")
        or (PARTNER if two.partners.get(key, "") in {*two.locks, *moving} else "")
        or _of_the_whole(sides)
    )


def _of_the_post(
    person: Person, moved: Moved, sides: tuple[_Side, _Side], rules: Mapping[int, str]
) -> Words:
    """Say what happened to the posts that somebody leaves and comes to; nothing if nothing."""
    one, two = sides
    if moved.before is not None:
        place = f"r{moved.before.pk}"
        if rule := rules.get(moved.before.pk):
            may_name = holds(person, Role.CLAIR_PLACEMENT)
            return BANNED if rule == BAN else why_not(rule, may_name_needs=may_name)
        if place not in two.seats:
            return GONE_POST
        if two.seats[place] < one.seats.get(place, 0):
            return FEWER
    if moved.after is not None and f"r{moved.after.pk}" not in one.seats:
        return NEW_POST
    return ""


def _of_the_whole(sides: tuple[_Side, _Side]) -> Words:
    one, two = sides
    weighed = [side.run.counts.get("weights") for side in sides]
    limits = [
        ({it.id: (it.min, it.max) for it in side.market.regions}, side.market.quotas)
        for side in sides
    ]
    if weighed[0] != weighed[1] or limits[0] != limits[1]:
        return RULES
    levels = [
        [(it.name, it.value) for it in side.plan.levels if it.name not in {"lottery", "moves"}]
        for side in (one, two)
    ]
    return EQUAL if levels[0] == levels[1] else ROOM


def _figures(one: _Side, two: _Side) -> list[LevelChange]:
    """Count what people get of each plan: the same questions for both."""
    left, right = _counts(one), _counts(two)
    return [
        LevelChange(name=name, before=left[name], after=right[name], more_is_better=True)
        for name in left
    ]


@unscoped("whoever may know of a run may count what it gives people")
def _counts(side: _Side) -> dict[Words, int]:
    rows = Placement.objects.filter(run=side.run)
    facts = list(rows.values_list("wish_met", "request__setting"))
    at = side.plan.assignment
    return {
        _("People placed"): len(facts),
        _("First wish met"): sum(wish == 1 for wish, _setting in facts),
        _("One of three wishes met"): sum(wish is not None for wish, _setting in facts),
        _("Seats filled in the countryside"): sum(
            setting == Setting.RURAL for _wish, setting in facts
        ),
        _("Couples placed together"): sum(
            it.a in at and it.b in at for it in side.market.couples
        ),
        _("Decisions by hand kept"): len(side.market.locks),
    }


def _bans(person: Person, run: Run, people: list[int]) -> dict[int, dict[int, str]]:
    found: dict[int, dict[int, str]] = {}
    rows = seen_by(person, Rejection).filter(run=run, application__in=people)
    for who, rule, requests in rows.values_list("application", "rule", "requests"):
        found.setdefault(who, {}).update(dict.fromkeys(requests, rule))
    return found


def _kinds(person: Person, run: Run) -> dict[int, Words]:
    """Say for each person the last decision by hand before a run was built."""
    rows = seen_by(person, Lock).filter(year=run.year_id, made_at__lte=run.started_at)
    return {it.application_id: it.kind_name for it in rows.exclude(kind=BAN).order_by("pk")}
