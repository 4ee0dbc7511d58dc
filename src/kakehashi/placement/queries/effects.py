"""What a decision by hand would do, before anybody confirms it: rules, levels, who moves.

Hard rules, seats and limits are judged directly.  What it costs is answered by the engine: the
run's own market with the decision in it, solved so that the fewest people move.
"""

import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from kakehashi.kernel.scope import unscoped
from kakehashi.kernel.words import Words, _
from kakehashi.matching import InvalidMarket, Market, Plan, solve
from kakehashi.matching.market import MOVES, OBJECTIVE, Option, Person
from kakehashi.placement.lifecycle import LockKind
from kakehashi.placement.models import Request, Run
from kakehashi.placement.queries.locks import ROOM, ByHand, by_hand, locked, why_left
from kakehashi.placement.queries.people import (
    OF_A_REQUEST,
    offer_of,
    post_of,
    seeker_of,
    sisters_in,
)
from kakehashi.placement.queries.stored import market_in, plan_in
from kakehashi.placement.rules import SENTENCES, cost_of, level_name, obstacles, parts
from kakehashi.recruitment.models import Application

AT_ONCE = 400  # people up to whom the engine answers while the page is drawn (0.3 s)
PATIENCE = 8  # seconds a page waits for the engine; then the best plan so far is shown
LOT = "lottery"
NOT_HERE: Words = _("The person or the request takes no part in this run.")


@dataclass(frozen=True, kw_only=True)
class LevelChange:
    """One level before and after."""

    name: Words
    before: int | None
    after: int | None
    more_is_better: bool = False

    @property
    def change(self) -> int:
        """Say by how much it rises."""
        return (self.after or 0) - (self.before or 0)

    @property
    def tone(self) -> str:
        """Colour the change: better, worse, or neither."""
        if not self.change:
            return ""
        return "ok" if (self.change > 0) is self.more_is_better else "warn"

    @property
    def words(self) -> str:
        """Write the change with its sign."""
        return f"{self.change:+d}" if self.change else "±0"


@dataclass(frozen=True, kw_only=True)
class Moved:
    """Somebody who would go elsewhere; None is no place."""

    application: Application
    before: Request | None
    after: Request | None


@dataclass(frozen=True, kw_only=True)
class Effect:
    """What a decision by hand would do to a run's plan."""

    broken: list[Words]
    levels: list[LevelChange]
    moved: list[Moved]
    is_answered: bool = False  # the engine was asked
    is_proved: bool = False

    @property
    def is_free(self) -> bool:
        """Say whether no level changes."""
        return not any(level.change for level in self.levels)


def effect_of(
    run: Run, kind: LockKind, places: Mapping[int, int], *, ask_engine: bool
) -> Effect:
    """Say what a decision by hand breaks, and with the engine what it would change."""
    market = market_in(run)
    new = places if kind != LockKind.BAN else {}
    broken = _broken(market, new) if new else _unknown(market, places)
    standing = by_hand(run.year_id)
    hand = standing.with_(new, places.items() if kind == LockKind.BAN else ())
    changed, left = with_hand(run, market, hand)
    # what stood before and was left out already is not this decision's doing
    broken += [why_left(left[f"a{who}"]) for who in new if left.get(f"a{who}") == ROOM]
    if broken or not ask_engine:
        return Effect(broken=broken, levels=[], moved=[])
    before = plan_in(run)
    try:
        after = _solved(changed, before)
    except InvalidMarket:
        return Effect(broken=[why_left(ROOM)], levels=[], moved=[])
    return Effect(
        broken=[],
        levels=level_changes(before, after),
        moved=moved_between(before.assignment, after.assignment),
        is_answered=True,
        is_proved=after.proved,
    )


def _unknown(market: Market, places: Mapping[int, int]) -> list[Words]:
    people, requests = {it.id for it in market.people}, {it.id for it in market.places}
    known = all(f"a{who}" in people and f"r{it}" in requests for who, it in places.items())
    return [] if known else [NOT_HERE]


def _broken(market: Market, places: Mapping[int, int]) -> list[Words]:
    if unknown := _unknown(market, places):
        return unknown
    people, requests = _people(places), _requests(places.values())
    found = []
    for who, where in places.items():
        seeker = seeker_of(people[who], is_selected=True)
        codes = obstacles(seeker.candidate, post_of(requests[where]))
        found += [SENTENCES[code] for code in codes]
    return found


def with_hand(run: Run, market: Market, hand: ByHand) -> tuple[Market, dict[str, str]]:
    """Put decisions by hand into a run's market, as the next run would.

    A couple for whom no pair of posts is left becomes two singles, as a run makes of it.
    """
    bans = {(f"a{who}", f"r{where}") for who, where in hand.bans}
    places = {f"a{who}": f"r{where}" for who, where in hand.places.items()}
    couples, loose = [], set()
    for couple in market.couples:
        kept = tuple(
            pair
            for pair in couple.pairs
            if places.get(couple.a, pair.a) == pair.a
            and places.get(couple.b, pair.b) == pair.b
            and not {(couple.a, pair.a), (couple.b, pair.b)} & bans
        )
        if kept:
            couples.append(replace(couple, pairs=kept))
        else:
            loose |= {couple.a, couple.b}
    coupled = {who for it in couples for who in (it.a, it.b)}
    single = {who: it for who, it in places.items() if who not in coupled}
    costs = _costs(run, market, single, loose)
    touched = {*costs, *(who for who, _where in bans)}
    people = tuple(
        _open(it, costs.get(it.id, {}), bans) if it.id in touched else it
        for it in market.people
    )
    return locked(replace(market, people=people, couples=tuple(couples), locks=()), places)


def _open(person: Person, more: Mapping[str, int], bans: set[tuple[str, str]]) -> Person:
    """Give somebody the options they lack, and take away what is ruled out."""
    had = {it.place: it.cost for it in person.options}
    whole = {**more, **had}
    options = tuple(
        Option(place, cost)
        for place, cost in sorted(whole.items(), key=lambda it: (it[1], it[0]))
        if (person.id, place) not in bans
    )
    return replace(person, options=options)


def _costs(
    run: Run, market: Market, places: Mapping[str, str], loose: set[str]
) -> dict[str, dict[str, int]]:
    """Weigh what the market did not hold: pinned posts, and all posts of a couple set loose."""
    options = {it.id: {o.place for o in it.options} for it in market.people}
    wanted = {
        who: {it} for who, it in places.items() if who in options and it not in options[who]
    }
    everywhere = {it.id for it in market.places}
    wanted |= dict.fromkeys(loose, everywhere)
    people = _people(int(who[1:]) for who in wanted)
    requests = _requests(int(it[1:]) for it in set().union(*wanted.values()) & everywhere)
    found: dict[str, dict[str, int]] = {}
    for who, where in wanted.items():
        seeker = seeker_of(people[int(who[1:])], is_selected=True)
        found[who] = {
            it: cost_of(
                parts(seeker.wish, offer_of(post, sisters_in(run, post)), run.counts["weights"])
            )
            for it in where & everywhere
            for post in [requests[int(it[1:])]]
            if not obstacles(seeker.candidate, post_of(post))
        }
    return found


def _solved(market: Market, before: Plan) -> Plan:
    until = time.monotonic() + PATIENCE
    asked = replace(
        market,
        objective=(*OBJECTIVE[:-1], MOVES, LOT),
        previous=dict(before.assignment),
    )
    return solve(asked, stop=lambda: time.monotonic() > until)


def level_changes(before: Plan, after: Plan) -> list[LevelChange]:
    """Put the levels of two plans side by side; the lot, and who moved, are no level of both."""
    left = {it.name: it.value for it in before.levels}
    right = {it.name: it.value for it in after.levels}
    names = [*left, *(name for name in right if name not in left)]
    return [
        LevelChange(name=level_name(name), before=left.get(name), after=right.get(name))
        for name in names
        if name not in {LOT, MOVES}
    ]


def moved_between(before: Mapping[str, str], after: Mapping[str, str]) -> list[Moved]:
    """List who goes elsewhere, by their numbers."""
    keys = {who for who in {*before, *after} if before.get(who) != after.get(who)}
    people = _people(int(who[1:]) for who in keys)
    places = {side[who] for side in (before, after) for who in keys if who in side}
    requests = _requests(int(it[1:]) for it in places)

    def at(side: Mapping[str, str], who: str) -> Request | None:
        return requests[int(side[who][1:])] if who in side else None

    found = [
        Moved(application=people[int(who[1:])], before=at(before, who), after=at(after, who))
        for who in keys
    ]
    return sorted(found, key=lambda it: it.application.number)


@unscoped("whoever may know of a run may know whom it moves, by number")
def _people(pks: Iterable[int]) -> dict[int, Application]:
    related = ("country", "position", "wish_1", "wish_2", "wish_3")
    return Application.objects.select_related(*related).in_bulk(sorted(pks))


@unscoped("whoever may know of a run may know which requests it fills")
def _requests(pks: Iterable[int]) -> dict[int, Request]:
    return Request.objects.select_related(*OF_A_REQUEST).in_bulk(sorted(set(pks)))
