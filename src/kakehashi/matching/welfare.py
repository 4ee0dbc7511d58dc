"""Welfare mode: level after level, each proved, until one plan is left."""

from collections.abc import Iterator
from copy import copy

import numpy as np

from kakehashi.matching.market import InvalidMarket, Market, level_names
from kakehashi.matching.plan import Plan, plan_of
from kakehashi.matching.program import NOBODY, Goal, Programme
from kakehashi.matching.search import Best, Halted, Impossible, Meter, Search
from kakehashi.matching.system import Ints

PACK = 2**20
LARGE = 4000


class Run:
    """One solve: what is left of the system, the levels reached, the best plan.

    Where a level leaves many columns, its bound is assumed to be its value: the plan that
    a later level finds then proves it. If none can be found, the last assumed level is
    searched to its end.
    """

    def __init__(self, market: Market, meter: Meter) -> None:
        self.programme = Programme(market)
        self.meter = meter
        self.rules = self.programme.system()
        self.system = self.rules
        self.reached: list[tuple[Goal, int]] = []
        self.assumed: list[tuple[int, Search]] = []
        self.choice: Ints | None = self._locks_alone()
        self.lower: int | None = None
        self.last: Search | None = None

    def _locks_alone(self) -> Ints | None:
        """The plan of the locks and nothing else, where it keeps the rules."""
        columns = self.rules.hi[: self.programme.waiting]
        choice = np.full(len(self.programme.units), NOBODY, dtype=np.int64)
        for u, unit in enumerate(self.programme.units):
            if self.rules.hi[self.programme.waiting + u] == 0:
                choice[u] = unit.first + int(np.argmax(columns[unit.first : unit.last]))
        return choice if self._agrees(self.programme.solution(choice)) else None

    def _agrees(self, z: Ints) -> bool:
        return self.rules.holds(z) and all(goal.value(z) == it for goal, it in self.reached)

    def begin(self) -> None:
        """Find some plan that keeps every lock, however long it takes: there must be one."""
        nothing = Goal("locks", np.zeros(self.programme.size, dtype=np.int64))
        search = Search(self.programme, self.rules, nothing, Best(self._agrees))
        search.first_look(Meter())
        search.to_the_end(Meter())
        if search.best.choice is None:
            raise Impossible("no plan keeps every lock")
        self.choice = search.best.choice

    def assignment(self) -> dict[str, str]:
        """The best plan so far."""
        return self.programme.assignment(self.programme.choice(self._solution()))

    def settled(self) -> bool:
        """Whether only one plan is left."""
        origin = self.system.compact().origin
        return not ((origin >= 0) & (origin < self.programme.waiting)).any()

    def levels(self) -> None:
        """Reach every level of the market."""
        goals = self.programme.goals()
        while len(self.reached) < len(goals):
            ahead = len(self.reached) + 1 < len(goals)
            self.reach(goals[len(self.reached)], large=LARGE if ahead else None)

    def reach(self, goal: Goal, *, large: int | None = None) -> int:
        """Minimise a goal, and leave only the plans that reach its lowest value.

        With more than `large` columns left the lowest value may only be assumed.
        """
        known = None if self.assumed else goal.value(self._solution())
        if known is not None and self.settled():
            self.reached.append((goal, known))
            return known
        best = Best(self._agrees, None if known is None else self.choice, known)
        before = None if self.last is None else self.last.relaxed()
        search = Search(
            self.programme, self.system, goal, best, before=before, ties=large is None
        )
        self.lower = None
        if not self._ends(search, large):
            return self._assume(search)
        while search.best.value is None:
            search = self._go_back()
        return self._leave(search, search.best.value)

    def _ends(self, search: Search, large: int | None) -> bool:
        """Search to the end, unless more than `large` columns are left at the first look."""
        try:
            if self.programme.is_network:
                search.through_network(self.meter)
            else:
                left = search.first_look(self.meter)
                if large is not None and left > large:
                    return False
                search.to_the_end(self.meter)
        except Halted:
            self._learn(search)
            raise
        self._learn(search)
        return True

    def _learn(self, search: Search) -> None:
        """Keep what a search found; a plan it found proves all that was assumed."""
        self.lower = search.lower
        if search.best.choice is not None:
            self.choice = search.best.choice
            self.assumed.clear()

    def _assume(self, search: Search) -> int:
        if search.lower is None:
            raise Impossible("no plan keeps every lock")
        self.assumed.append((len(self.reached), search))
        return self._leave(search, search.lower)

    def _go_back(self) -> Search:
        """What was assumed cannot be: search the last assumed level to its end."""
        if not self.assumed:
            raise Impossible("no plan keeps every lock")
        index, search = self.assumed.pop()
        del self.reached[index:]
        try:
            search.to_the_end(self.meter)
        finally:
            self._learn(search)
        return search

    def _leave(self, search: Search, value: int) -> int:
        self.last = search
        self.system = search.face(value)
        self.reached.append((search.goal, value))
        return value

    def bounds(self) -> list[int | None]:
        """What no plan goes below, level by level, as far as that is known."""
        if self.assumed:
            index, search = self.assumed[0]
            return [*(value for _, value in self.reached[:index]), search.lower]
        return [*(value for _, value in self.reached), self.lower]

    def _solution(self) -> Ints:
        if self.choice is None:
            raise Impossible("no plan keeps every lock")
        return self.programme.solution(self.choice)

    def single_out(self) -> None:
        """Of plans that are equal in every level, leave the first in the order of ids."""
        if self.settled() or not self._has_another():
            return
        for goal in self._ranks():
            self.reach(goal)
            if self.settled() or self._unique():
                return

    def _has_another(self) -> bool:
        """Whether another plan reaches every level."""
        if self.programme.is_network or self.last is None:
            return not self._unique()
        return self.last.has_another(self.meter)

    def _unique(self) -> bool:
        """Whether every plan left gives every unit what the best plan gives it."""
        choice = self.programme.choice(self._solution())
        costs = np.zeros(self.programme.size, dtype=np.int64)
        costs[choice[choice >= 0]] = 1
        costs[self.programme.waiting + np.flatnonzero(choice == NOBODY)] = 1
        trial = copy(self)
        trial.reached, trial.assumed = list(self.reached), []
        return trial.reach(Goal("unique", costs)) == len(choice)

    def _ranks(self) -> Iterator[Goal]:
        """Goals that put the list of (person, place or nothing) in order, person by person.

        Several people share a goal as digits of one number, as far as it stays small.
        """
        programme = self.programme
        system = self.system.compact()
        movable = {
            programme.columns[j].unit
            for j in system.origin[(system.origin >= 0) & (system.origin < programme.waiting)]
        }
        sides = sorted(
            (who, u, side)
            for u in movable
            for side, who in enumerate(programme.units[u].people)
        )
        costs = np.zeros(programme.size, dtype=np.int64)
        span = 1
        for _, u, side in sides:
            unit = programme.units[u]
            columns = programme.columns[unit.first : unit.last]
            ranks = {it: n for n, it in enumerate(sorted({c.places[side] for c in columns}), 1)}
            if span > 1 and span * (len(ranks) + 1) > PACK:
                yield Goal("order", costs)
                costs, span = np.zeros(programme.size, dtype=np.int64), 1
            costs *= len(ranks) + 1
            costs[unit.first : unit.last] += [ranks[c.places[side]] for c in columns]
            span *= len(ranks) + 1
        yield Goal("order", costs)


def solve_welfare(market: Market, meter: Meter) -> Plan:
    """The one best plan of a market in canonical order, or the best before the meter halts.

    Raises `InvalidMarket` at `locks` where couples of whom one is locked cannot all be
    placed: then no plan at all keeps the rules.
    """
    run = Run(market, meter)
    proved = True
    try:
        if run.choice is None:
            run.begin()
        run.levels()
        run.single_out()
    except Halted:
        proved = False
    except Impossible as fault:
        raise InvalidMarket("locks", "no plan keeps every lock of a couple") from fault
    size = len(level_names(market))
    bound = [*run.bounds(), *([None] * size)][:size]
    return plan_of(market, run.assignment(), bound, proved=proved)
