"""Finds and proves the lowest value of a goal over a system: the best-first search.

At each node the relaxation's prices give an exact integer bound; what cannot be part of a
better solution is shut; a fraction is branched on. The search ends when no node is left
that could be better: then the value is proved, in integers.
"""

import heapq
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from kakehashi.matching.flow import solve_network, worth
from kakehashi.matching.glop import Floats
from kakehashi.matching.program import Goal, Programme
from kakehashi.matching.relaxation import WHOLE, Relaxation, Relaxed
from kakehashi.matching.system import Ints, Mask, Prices, System, face, tightened

NEAREST = 4


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
    """An open part of the system: no solution in it goes below `bound`.

    Of parts with the same bound the one found last is looked at first: so the search goes
    down to a plan before it goes on beside it.
    """

    bound: int
    number: int
    system: System = field(compare=False)
    relaxed: Relaxed = field(compare=False)


class Search:
    """One goal over one system, from the best solution known before.

    With `ties` parts that could hold another plan of the best value stay open.
    """

    def __init__(
        self,
        programme: Programme,
        system: System,
        goal: Goal,
        best: Best,
        *,
        before: Floats | None = None,
        ties: bool = False,
    ) -> None:
        self.programme, self.goal, self.best, self.ties = programme, goal, best, ties
        self.before = before
        self.first: Relaxed | None = None
        self.lower: int | None = None
        self._begin(system)
        self.whole, self.whole_constant = self.system, self.constant

    def _begin(self, system: System) -> None:
        """Search this system, with nothing known of it."""
        self.system = system.compact()
        self.costs, settled = self.system.costs(self.goal.costs)
        self.constant = self.goal.constant + settled
        self._relaxation: Relaxation | None = None
        self._open: list[_Node] = []
        columns = (self.system.origin >= 0) & (self.system.origin < self.programme.waiting)
        self._columns = np.flatnonzero(columns)

    @property
    def root(self) -> Prices | None:
        """The prices of the whole system."""
        return None if self.first is None else self.first.prices

    def face(self, value: int) -> System:
        """The solutions of this value, which no solution goes below."""
        if self.root is None:
            raise Impossible("no plan keeps every lock")
        return face(self.whole, self.root, value - self.whole_constant)

    def through_network(self, meter: Meter) -> None:
        """Search a network: one flow, proved by its prices."""
        meter.step(self.goal.name, None, self.best.value)
        z, prices = solve_network(self.system, self.costs)
        self.first = Relaxed(z.astype(float), prices)
        self.lower = self.constant + prices.floor
        self.best.offer(self.programme, self.system.values(z), self.goal)

    def first_look(self, meter: Meter) -> int:
        """Bound the whole system; how many columns the bound itself leaves open.

        0 if the search is over, because the best plan meets the bound or there is none.
        """
        self._look(self.system, None, meter)
        if not self._open or self.root is None or self._open[0].bound == self.best.value:
            return 0
        near = tightened(self.system, self.root, self.root.floor)
        return int((near.lo < near.hi)[self._columns].sum())

    def to_the_end(self, meter: Meter) -> None:
        """Search until nothing better can be left; each part looked at is one step."""
        while self._open:
            self.lower = self._open[0].bound
            if self.best.value is not None and self.lower >= self.best.value:
                break
            if self._begins_closer(meter):
                continue
            node = heapq.heappop(self._open)
            for part in self._parts(node):
                self._look(part, node.relaxed, meter)
        self.lower = self.best.value

    def _begins_closer(self, meter: Meter) -> bool:
        """Begin anew where a better plan has shut most of the columns."""
        if self.root is None or self.best.value is None:
            return False
        better = self.best.value - (not self.ties) - self.whole_constant
        closer = tightened(self.whole, self.root, better)
        if 2 * int((closer.lo < closer.hi).sum()) > len(self.system.lo):
            return False
        self._begin(closer)
        self._look(self.system, None, meter)
        return True

    def has_another(self, meter: Meter) -> bool:
        """Whether there is another plan of the best value, after a search with `ties`."""
        choice, value = self.best.choice, self.best.value
        if choice is None or value is None:
            return False
        chosen = np.zeros(self.programme.size, dtype=np.int64)
        chosen[choice[choice >= 0]] = 1
        chosen[self.programme.waiting + np.flatnonzero(choice < 0)] = 1
        best = Best(self.best.agrees, None, value + 1)
        for node in self._open:
            if node.bound == value:
                near = tightened(node.system, node.relaxed.prices, value - self.constant)
                weights, settled = near.costs(chosen)
                other = near.at_most(weights, len(choice) - 1 - settled)
                if self._finds(other, best, meter):
                    return True
        return False

    def _finds(self, system: System, best: Best, meter: Meter) -> bool:
        """Whether there is something better in a system."""
        search = Search(self.programme, system, self.goal, best)
        search.first_look(meter)
        search.to_the_end(meter)
        return search.best.choice is not None

    def _look(self, system: System, near: Relaxed | None, meter: Meter) -> None:
        """Bound a part; keep it open if something better may be in it."""
        meter.step(self.goal.name, self.lower, self.best.value)
        if self._relaxation is None:
            self._relaxation = Relaxation(self.system, self.costs, self._likely())
        relaxed = self._relaxation.relax(system, near)
        if relaxed is None:
            return
        self.first = self.first or relaxed
        bound = self.constant + relaxed.prices.floor
        bound = bound if self.lower is None else max(bound, self.lower)
        self.lower = bound if self.lower is None else self.lower
        columns = relaxed.z[self._columns]
        if np.abs(columns - np.rint(columns)).max(initial=0) < WHOLE:
            whole = np.rint(relaxed.z).astype(np.int64)
            self.best.offer(self.programme, system.values(whole), self.goal)
        if self.best.value is None or bound < self.best.value + self.ties:
            heapq.heappush(self._open, _Node(bound, -meter.work, system, relaxed))

    def _likely(self) -> Mask:
        """The variables to begin with: all but the columns far from the network's prices."""
        system, programme = self.system, self.programme
        likely = np.ones(len(system.lo), dtype=np.bool_)
        few = NEAREST * len(programme.units)
        if len(self._columns) <= few:
            return likely
        found = worth(programme.network(system), self.costs)
        singles = self._columns[~programme.of_couples[system.origin[self._columns]]]
        far = (self.costs if found is None else found)[singles]
        likely[singles[np.argsort(far, kind="stable")[few:]]] = False
        before = self.before if self.first is None else self.relaxed()
        if before is not None:
            likely |= (before[system.origin] > 0) & (system.origin >= 0)
        return likely

    def relaxed(self) -> Floats | None:
        """All variables of the programme where the relaxation of the whole has them."""
        if self.first is None:
            return None
        full = self.whole.settled.astype(float)
        known = self.whole.origin >= 0
        full[self.whole.origin[known]] = self.first.z[known]
        return full

    def _parts(self, node: _Node) -> list[System]:
        """The node in two parts, between which the plans of it are divided.

        Whatever can no longer be part of something better is shut before.
        """
        system = node.system
        if self.best.value is not None:
            better = self.best.value - (not self.ties) - self.constant
            system = tightened(system, node.relaxed.prices, better)
        movable = self._columns[(system.lo < system.hi)[self._columns]]
        if not len(movable):
            return []
        z = node.relaxed.z[movable]
        split = np.minimum(z, 1 - z)
        of_couple = self.programme.of_couples[system.origin[movable]] & (split >= WHOLE)
        split = np.where(split < WHOLE, z * WHOLE, split)
        column = movable[np.argmax(split + of_couple)]
        chosen, shut = system.lo.copy(), system.hi.copy()
        chosen[column], shut[column] = 1, 0
        return [system.within(system.lo, shut), system.within(chosen, system.hi)]
