"""Turns a market into an integer programme whose levels are linear.

Variables, in this order: one a column (a unit on one of its options or pairs), one a unit
(nobody of it is placed), the seats used at each place, the people at each node up to its
minimum and above it, and what each quota leaves over. Without couples and quotas every
variable leaves one row and enters at most one other: a network.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from kakehashi.matching.lottery import weight
from kakehashi.matching.market import Market, level_names
from kakehashi.matching.system import Ints, Mask, System, total

NOBODY = -1


@dataclass(frozen=True)
class Unit:
    """Who is placed together: a single person, or a couple (a, then b)."""

    people: tuple[str, ...]
    selected: bool
    first: int
    last: int


@dataclass(frozen=True)
class Column:
    """A unit on one of its options: a place for each of its people."""

    unit: int
    places: tuple[str, ...]
    cost: int


@dataclass(frozen=True)
class Goal:
    """Something to minimise: constant + costs · z."""

    name: str
    costs: Ints
    constant: int = 0

    def value(self, z: Ints) -> int:
        """Its value at the programme's variables z."""
        return self.constant + total(self.costs, z)


class Programme:
    """A market (in canonical order) as an integer programme."""

    def __init__(self, market: Market) -> None:
        self.market = market
        self.units, self.columns = _units(market)
        self._place = {place.id: i for i, place in enumerate(market.places)}
        self._region = {region.id: i for i, region in enumerate(market.regions)}
        self._parent = [
            NOBODY if region.parent is None else self._region[region.parent]
            for region in market.regions
        ]
        sizes = [
            len(self.columns),
            len(self.units),
            len(market.places),
            len(market.regions),
            len(market.regions),
            len(market.quotas),
        ]
        starts = np.cumsum([0, *sizes]).tolist()
        self.waiting, self.used, self.within, self.above, self.spare, self.size = starts[1:]

    @property
    def is_network(self) -> bool:
        """Whether every variable leaves one row and enters at most one other."""
        return not self.market.couples and not self.market.quotas

    @cached_property
    def places(self) -> tuple[Ints, Ints]:
        """Column and place of everyone whom the columns put somewhere."""
        pairs = [
            (j, self._place[place])
            for j, column in enumerate(self.columns)
            for place in column.places
        ]
        both = np.array(pairs, dtype=np.int64).reshape(-1, 2)
        return both[:, 0], both[:, 1]

    @cached_property
    def counted(self) -> tuple[Ints, Ints, Ints]:
        """Quota, column and how many of its people the quota counts."""
        units_of = {who: i for i, unit in enumerate(self.units) for who in unit.people}
        found = []
        for q, quota in enumerate(self.market.quotas):
            people, places = set(quota.people), set(quota.places)
            for u in sorted({units_of[who] for who in quota.people}):
                unit = self.units[u]
                for j in range(unit.first, unit.last):
                    at = zip(unit.people, self.columns[j].places, strict=True)
                    count = sum(who in people and place in places for who, place in at)
                    if count:
                        found.append((q, j, count))
        three = np.array(found, dtype=np.int64).reshape(-1, 3)
        return three[:, 0], three[:, 1], three[:, 2]

    def network(self, system: System) -> System:
        """A network near a system, in all its rows and variables: no quotas, no later rows.

        A couple goes to the first places of its pairs as two singles would.
        """
        units = len(self.units)
        quotas = units + len(self.market.places) + len(self.market.regions)
        both = np.zeros(self.size + 1, dtype=np.bool_)  # the last: no variable of the programme
        both[: self.waiting] = self.of_couples
        both[self.waiting : self.used] = [len(it.people) > 1 for it in self.units]
        both = both[system.origin]
        rows = system.rows[system.row]
        kept = (rows >= 0) & (rows < quotas) & (system.origin[system.col] >= 0)
        into = np.flatnonzero(kept & (rows >= units))
        _, first = np.unique(system.col[into], return_index=True)
        second = into[np.setdiff1d(np.arange(len(into)), first)]
        kept[second[both[system.col[second]]]] = False
        of_both = np.zeros(len(system.rhs), dtype=np.bool_)
        of_both[(system.rows >= 0) & (system.rows < units)] = [
            len(self.units[it].people) > 1
            for it in system.rows[(system.rows >= 0) & (system.rows < units)]
        ]
        return replace(
            system,
            row=system.row[kept],
            col=system.col[kept],
            val=np.sign(system.val[kept]),
            rhs=np.where(
                of_both, 2 * system.rhs, np.where(system.rows < quotas, system.rhs, 0)
            ),
            hi=np.where(both, 2 * system.hi, system.hi),
        )

    @cached_property
    def of_couples(self) -> Mask:
        """Which columns are a couple's."""
        return np.array([len(it.places) > 1 for it in self.columns], dtype=np.bool_)

    def system(self) -> System:
        """All hard rules; the locks are bounds."""
        row, col, val = (
            np.concatenate(it).astype(np.int64) for it in zip(*self._rows(), strict=True)
        )
        keys, which = np.unique(row * self.size + col, return_inverse=True)
        once = np.zeros(len(keys), dtype=np.int64)
        np.add.at(once, which, val)  # both of a couple on one place: one entry, two seats
        lo, hi = self._bounds()
        market = self.market
        most = np.array([it.max for it in market.quotas], dtype=np.int64)
        nothing = np.zeros(len(market.places) + len(market.regions))
        rhs = np.concatenate([np.ones(len(self.units)), nothing, most])
        return System(
            row=keys // self.size,
            col=keys % self.size,
            val=once,
            rhs=rhs.astype(np.int64),
            lo=lo,
            hi=hi,
            origin=np.arange(self.size),
            rows=np.arange(len(self.units) + len(nothing) + len(most)),
            settled=np.zeros(self.size, dtype=np.int64),
        )

    def _rows(self) -> Iterator[tuple[Ints, Ints, Ints]]:
        """Row, variable and value: of units, places, regions, quotas, in this order."""
        market = self.market
        unit = np.array([it.unit for it in self.columns], dtype=np.int64)
        units, places = np.arange(len(self.units)), np.arange(len(market.places))
        nodes, quotas = np.arange(len(market.regions)), np.arange(len(market.quotas))
        yield _entries(unit, np.arange(len(self.columns)), 1)
        yield _entries(units, self.waiting + units, 1)
        start = len(units)
        column, place = self.places
        yield _entries(start + place, column, -1)
        yield _entries(start + places, self.used + places, 1)
        start += len(places)
        home = np.array([self._region[it.region] for it in market.places], dtype=np.int64)
        above = np.array(self._parent, dtype=np.int64)
        inner = np.flatnonzero(above >= 0)
        yield _entries(start + home, self.used + places, -1)
        for part in (self.within, self.above):
            yield _entries(start + nodes, part + nodes, 1)
            yield _entries(start + above[inner], part + inner, -1)
        start += len(nodes)
        quota, counted, count = self.counted
        yield start + quota, counted, count
        yield _entries(start + quotas, self.spare + quotas, 1)

    def _bounds(self) -> tuple[Ints, Ints]:
        market = self.market
        lo = np.zeros(self.size, dtype=np.int64)
        hi = np.ones(self.size, dtype=np.int64)
        everyone = len(market.people)
        hi[self.used : self.within] = [it.seats for it in market.places]
        hi[self.within : self.above] = [it.min for it in market.regions]
        hi[self.above : self.spare] = [
            max(0, everyone if it.max is None else it.max - it.min) for it in market.regions
        ]
        hi[self.spare :] = [it.max for it in market.quotas]
        locked = {lock.person: lock.place for lock in market.locks}
        for u, unit in enumerate(self.units):
            if not locked.keys().isdisjoint(unit.people):
                hi[self.waiting + u] = 0
                for j in range(unit.first, unit.last):
                    at = zip(unit.people, self.columns[j].places, strict=True)
                    hi[j] = all(locked.get(who, place) == place for who, place in at)
        return lo, hi

    def goals(self) -> list[Goal]:
        """The levels of the market, in its order."""
        return [self._goal(name) for name in level_names(self.market)]

    def _goal(self, name: str) -> Goal:
        market, costs = self.market, np.zeros(self.size, dtype=np.int64)
        if name == "shortfall":
            costs[self.within : self.above] = -1
            return Goal(name, costs, sum(region.min for region in market.regions))
        if name == "unplaced":
            costs[self.waiting : self.used] = [
                len(it.people) if it.selected else 0 for it in self.units
            ]
            return Goal(name, costs)
        if name.startswith("unfilled/"):
            tier = np.array([f"unfilled/{it.tier}" == name for it in market.places])
            costs[self.used : self.within] = -tier.astype(np.int64)
            return Goal(
                name,
                costs,
                sum(it.seats for it in market.places if f"unfilled/{it.tier}" == name),
            )
        constant = 0
        if name == "moves":
            worth = [-self._stayed(column) for column in self.columns]
            constant = len(market.previous)
        elif name == "cost":
            worth = [column.cost for column in self.columns]
        else:
            worth = [
                weight(market.seed, self.units[column.unit].people, column.places)
                for column in self.columns
            ]
        costs[: len(worth)] = worth
        return Goal(name, costs, constant)

    def _stayed(self, column: Column) -> int:
        at = zip(self.units[column.unit].people, column.places, strict=True)
        return sum(self.market.previous.get(who) == place for who, place in at)

    def choice(self, z: Ints) -> Ints:
        """The column of each unit, or NOBODY, of a solution z."""
        chosen = np.full(len(self.units), NOBODY, dtype=np.int64)
        for j in np.flatnonzero(z[: self.waiting]):
            chosen[self.columns[j].unit] = j
        return chosen

    def solution(self, choice: Ints) -> Ints:
        """All variables of the plan that gives each unit this column."""
        z = np.zeros(self.size, dtype=np.int64)
        z[choice[choice >= 0]] = 1
        z[self.waiting : self.used] = choice == NOBODY
        column, place = self.places
        np.add.at(z, self.used + place, z[column])
        counts = [0] * len(self.market.regions)
        for i, at in enumerate(self.market.places):
            node = self._region[at.region]
            while node != NOBODY:
                counts[node] += int(z[self.used + i])
                node = self._parent[node]
        least = [region.min for region in self.market.regions]
        z[self.within : self.above] = np.minimum(counts, least)
        z[self.above : self.spare] = np.maximum(np.subtract(counts, least), 0)
        quota, counted, count = self.counted
        z[self.spare :] = [it.max for it in self.market.quotas]
        np.subtract.at(z, self.spare + quota, count * z[counted])
        return z

    def assignment(self, choice: Ints) -> dict[str, str]:
        """Who is placed where."""
        return {
            who: place
            for j in choice[choice >= 0].tolist()
            for who, place in zip(
                self.units[self.columns[j].unit].people, self.columns[j].places, strict=True
            )
        }


def _entries(row: Ints, col: Ints, value: int) -> tuple[Ints, Ints, Ints]:
    return row, col, np.full(len(row), value, dtype=np.int64)


def _units(market: Market) -> tuple[list[Unit], list[Column]]:
    units: list[Unit] = []
    columns: list[Column] = []

    def add(people: tuple[str, ...], options: Sequence[Column], *, selected: bool) -> None:
        first = len(columns)
        columns.extend(options)
        units.append(Unit(people, selected, first, len(columns)))

    coupled = {who for couple in market.couples for who in (couple.a, couple.b)}
    selected = {person.id: person.selected for person in market.people}
    for person in market.people:
        if person.id not in coupled:
            options = [Column(len(units), (it.place,), it.cost) for it in person.options]
            add((person.id,), options, selected=person.selected)
    for couple in market.couples:
        options = [Column(len(units), (it.a, it.b), it.cost) for it in couple.pairs]
        add((couple.a, couple.b), options, selected=selected[couple.a])
    return units, columns
