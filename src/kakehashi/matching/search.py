"""Finds and proves the lowest value of a goal over a system: the best-first search.

At each node the relaxation's prices give an exact integer bound; what cannot be part of a
better solution is shut; a fraction is branched on. The search ends when no node is left
that could be better: then the value is proved, in integers.
"""

import heapq
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from kakehashi.matching.flow import solve_network
from kakehashi.matching.program import Goal, Programme
from kakehashi.matching.relaxation import WHOLE, Relaxed, good_solution, relax
from kakehashi.matching.system import Ints, Prices, System, face, tightened

NEAREST = (2, 8, 10**6)


class Halted(Exception):
    """The run was stopped; the best plan so far stands, unproved."""


class Impossible(ValueError):
    """No solution keeps all hard rules (only locks of couples can bring that about)."""


@dataclass(frozen=True)
class Progress:
    """Where a run stands: the level, between which values it lies, relaxations solved."""

    level: str
    lower: int | None
    upper: int | None
    work: int


@dataclass
class Meter:
    """Counts the work of a run and asks whether to go on."""

    progress: Callable[[Progress], None] | None = None
    stop: Callable[[], bool] | None = None
    limit: int | None = None
    work: int = 0

    def step(self, level: str, lower: int | None, upper: int | None) -> None:
        """Report, count one relaxation, and halt if asked to."""
        if self.progress is not None:
            self.progress(Progress(level, lower, upper, self.work))
        if self.limit is not None and self.work >= self.limit:
            raise Halted("the work allowed is done")
        if self.stop is not None and self.stop():
            raise Halted("somebody asked to stop")
        self.work += 1


@dataclass
class Best:
    """The best plan so far (a column for each unit), kept only if integers agree.

    `agrees` says whether a solution keeps every rule and every earlier level exactly.
    """

    agrees: Callable[[Ints], bool]
    choice: Ints | None = None
    value: int | None = None

    def offer(self, programme: Programme, z: Ints, goal: Goal) -> None:
        """Keep the plan of a solution z if it breaks nothing and is better."""
        choice = programme.choice(z)
        whole = programme.solution(choice)
        if self.agrees(whole):
            value = goal.value(whole)
            if self.value is None or value < self.value:
                self.choice, self.value = choice, value


@dataclass(order=True)
class _Node:
    """An open part of the system: no solution in it goes below `bound`."""

    bound: int
    number: int
    system: System = field(compare=False)
    relaxed: Relaxed = field(compare=False)


class Search:
    """One goal over one system, from the best solution known before."""

    def __init__(self, programme: Programme, system: System, goal: Goal, best: Best) -> None:
        self.programme, self.goal, self.best = programme, goal, best
        self.system = system.compact()
        self.costs, settled = self.system.costs(goal.costs)
        self.constant = goal.constant + settled
        self.root: Prices | None = None
        self.lower: int | None = None
        self._open: list[_Node] = []
        self._pushed = 0
        columns = (self.system.origin >= 0) & (self.system.origin < programme.waiting)
        self._columns = np.flatnonzero(columns)

    def face(self, value: int) -> System:
        """The solutions of this value, which no solution goes below."""
        if self.root is None:
            raise Impossible("no plan keeps every lock")
        return face(self.system, self.root, value - self.constant)

    def through_network(self, meter: Meter) -> None:
        """Search a network: one flow, proved by its prices."""
        meter.step(self.goal.name, None, self.best.value)
        z, self.root = solve_network(self.system, self.costs)
        self.lower = self.constant + self.root.floor
        self.best.offer(self.programme, self.system.values(z), self.goal)

    def first_look(self, meter: Meter) -> int:
        """Bound the whole system; how many columns the bound itself leaves open.

        0 if the search is over, because the best plan meets the bound or there is none.
        """
        self._look(self.system, meter)
        if not self._open or self.root is None:
            return 0
        near = tightened(self.system, self.root, self.root.floor)
        return int((near.lo < near.hi)[self._columns].sum())

    def to_the_end(self, meter: Meter) -> None:
        """Search until nothing better can be left; each part looked at is one step."""
        if self._open:
            self._ask_highs()
        while self._open:
            node = heapq.heappop(self._open)
            self.lower = node.bound
            if self.best.value is not None and node.bound >= self.best.value:
                break
            for part in self._parts(node):
                self._look(part, meter)
        self.lower = self.best.value

    def _look(self, system: System, meter: Meter) -> None:
        """Bound a part; keep it open, in two parts, if something better may be in it."""
        meter.step(self.goal.name, self.lower, self.best.value)
        relaxed = relax(system, self.costs)
        if relaxed is None:
            return
        self.root = self.root or relaxed.prices
        bound = self.constant + relaxed.prices.floor
        bound = bound if self.lower is None else max(bound, self.lower)
        self.lower = bound if self.lower is None else self.lower
        columns = relaxed.z[self._columns]
        if np.abs(columns - np.rint(columns)).max(initial=0) < WHOLE:
            near = np.rint(relaxed.z).astype(np.int64)
            self.best.offer(self.programme, system.values(near), self.goal)
        if self.best.value is None or bound < self.best.value:
            self._pushed += 1
            heapq.heappush(self._open, _Node(bound, self._pushed, system, relaxed))

    def _parts(self, node: _Node) -> list[System]:
        """The node with a column chosen and without it, couples' columns first.

        Whatever can no longer be part of something better is shut before.
        """
        system = node.system
        if self.best.value is not None:
            better = self.best.value - 1 - self.constant
            system = tightened(system, node.relaxed.prices, better)
        movable = self._columns[(system.lo < system.hi)[self._columns]]
        if not len(movable):
            return []
        z = node.relaxed.z[movable]
        split = np.minimum(z, 1 - z)
        split[split < WHOLE] = z[split < WHOLE] * WHOLE
        of_couple = self.programme.of_couples[system.origin[movable]]
        column = movable[np.argmax(split + (of_couple & (split >= WHOLE)))]
        chosen, shut = system.lo.copy(), system.hi.copy()
        chosen[column], shut[column] = 1, 0
        return [system.within(chosen, system.hi), system.within(system.lo, shut)]

    def _ask_highs(self) -> None:
        """Let HiGHS look for something better among the columns nearest to the bound.

        If it finds nothing there, among more of them, and at last among all.
        """
        if self.root is None:
            return
        far = np.sort(np.abs(self.root.reduced[self._columns]))
        for share in NEAREST:
            last = min(len(far), share * len(self.programme.units)) - 1
            reach = self.root.floor + int(far[last]) // self.root.scale + 1
            if self.best.value is not None:
                reach = min(reach, self.best.value - 1 - self.constant)
            system = tightened(self.system, self.root, reach)
            z = good_solution(system, np.where(system.lo < system.hi, self.root.reduced, 0))
            if z is not None:
                self.best.offer(self.programme, system.values(z), self.goal)
                return
            if last == len(far) - 1:
                return
