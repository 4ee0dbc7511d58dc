"""Integer linear systems, and the exact arithmetic by which a level is proved.

A system is A z = b with integers lo <= z <= hi. For any prices y, one a row, and costs c,
every solution z has  c·z = b·y + Σ (c - A'y)_j z_j >= b·y + Σ min over lo..hi.  Prices from a
floating-point solver are rounded to multiples of 1/scale; from there on all is integers, so
the bound holds whatever the solver did, and it tells which variables can still move.
"""

from dataclasses import dataclass, replace
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Ints: TypeAlias = NDArray[np.int64]
Mask: TypeAlias = NDArray[np.bool_]
SAFE = float(2**61)
GRAIN = 2**20
COARSER = (8, 4, 2, 1)  # grids of prices: parts of one


@dataclass(frozen=True)
class System:
    """A z = b, lo <= z <= hi, over what is still open of the variables of a programme.

    `row`, `col`, `val`: the entries of A. `origin` and `rows`: each variable's and each row's
    index in the programme, -1 for a slack or a row that came later. `settled`: for every variable of the programme its value
    if it has left the system, else 0.
    """

    row: Ints
    col: Ints
    val: Ints
    rhs: Ints
    lo: Ints
    hi: Ints
    origin: Ints
    rows: Ints
    settled: Ints

    def costs(self, of_programme: Ints) -> tuple[Ints, int]:
        """Costs of the open variables, and what the settled ones cost together."""
        costs = np.where(self.origin >= 0, of_programme[self.origin], 0)
        return costs, total(of_programme, self.settled)

    def values(self, z: Ints) -> Ints:
        """The programme's variables where the open ones are z."""
        full = self.settled.copy()
        known = self.origin >= 0
        full[self.origin[known]] = z[known]
        return full

    def holds(self, z: Ints) -> bool:
        """Whether z is a solution."""
        left = -self.rhs
        np.add.at(left, self.row, self.val * z[self.col])
        return not left.any() and bool((z >= self.lo).all() and (z <= self.hi).all())

    def within(self, lo: Ints, hi: Ints) -> "System":
        """The same system within other bounds."""
        return replace(self, lo=lo, hi=hi)

    def compact(self) -> "System":
        """The same system without the variables that cannot move and their empty rows."""
        still = self.lo < self.hi
        if still.all():
            return self
        gone = self.origin >= 0
        gone &= ~still
        settled = self.settled.copy()
        settled[self.origin[gone]] = self.lo[gone]
        rhs = self.rhs.copy()
        fixed = ~still[self.col]
        np.subtract.at(rhs, self.row[fixed], self.val[fixed] * self.lo[self.col[fixed]])
        row, col, val = self.row[~fixed], self.col[~fixed], self.val[~fixed]
        rows, row = np.unique(row, return_inverse=True)
        return System(
            row=row.astype(np.int64),
            col=(np.cumsum(still) - 1)[col],
            val=val,
            rhs=rhs[rows],
            lo=self.lo[still],
            hi=self.hi[still],
            origin=self.origin[still],
            rows=self.rows[rows],
            settled=settled,
        )

    def at_most(self, weights: Ints, limit: int) -> "System":
        """The system with one more row: weights · z <= limit, by a slack of its own."""
        lowest = total(np.where(weights > 0, self.lo, self.hi), weights)
        used = np.flatnonzero(weights)
        size, rows = len(self.lo), len(self.rhs)
        return System(
            row=np.concatenate([self.row, np.full(len(used) + 1, rows)]),
            col=np.concatenate([self.col, used, [size]]),
            val=np.concatenate([self.val, weights[used], [1]]),
            rhs=np.append(self.rhs, limit),
            lo=np.append(self.lo, 0),
            hi=np.append(self.hi, max(0, limit - lowest)),
            origin=np.append(self.origin, -1),
            rows=np.append(self.rows, -1),
            settled=self.settled,
        )


def total(left: Ints, right: Ints) -> int:
    """The exact sum of products, in Python's integers where 64 bits might not do."""
    size = float(np.abs(left.astype(float)) @ np.abs(right.astype(float)))
    if size < SAFE:
        return int(left @ right)
    return sum(int(x) * int(y) for x, y in zip(left, right, strict=True))


@dataclass(frozen=True)
class Prices:
    """Prices y (times `scale`) of a system's rows, and what they prove.

    `bound`: no solution costs less (times scale); `reduced`: (c - A'y) times scale.
    """

    y: Ints
    bound: int
    reduced: Ints
    scale: int

    @property
    def floor(self) -> int:
        """The lowest integer that a solution can cost."""
        return -(-self.bound // self.scale)


def priced(system: System, costs: Ints, y: Ints, scale: int) -> Prices:
    """What the prices y (times scale) prove about these costs.

    Prices too large for 64 bits prove nothing here and count as 0.
    """
    size = np.abs(costs.astype(float)) * scale
    np.add.at(size, system.col, np.abs(system.val.astype(float) * y[system.row]))
    if size.max(initial=0) > SAFE:
        y = np.zeros_like(y)
    reduced = costs * scale
    np.subtract.at(reduced, system.col, system.val * y[system.row])
    best = np.where(reduced > 0, system.lo, system.hi)
    bound = total(y, system.rhs) + total(reduced, best)
    return Prices(y=y, bound=bound, reduced=reduced, scale=scale)


def tightened(system: System, prices: Prices, value: int) -> System:
    """The bounds within which every solution of at most this cost keeps."""
    spare = value * prices.scale - prices.bound
    steps = spare // np.maximum(np.abs(prices.reduced), 1)
    return system.within(
        lo=np.where(prices.reduced < 0, np.maximum(system.lo, system.hi - steps), system.lo),
        hi=np.where(prices.reduced > 0, np.minimum(system.hi, system.lo + steps), system.hi),
    )


def face(system: System, prices: Prices, value: int) -> System:
    """The system of the solutions of exactly this cost, which none goes below.

    Where the bound meets the value, complementary slackness says it all in bounds. Else a
    row keeps the rest of the cost. Coarser prices keep its numbers small, and as exact: any
    prices say the same of all solutions. Where even they are large, it is kept in units of
    the spare's 2**-20 part: then it may let through what costs a little more, which integers
    notice later.
    """
    spare = value * prices.scale - prices.bound
    closer = tightened(system, prices, value)
    if spare == 0 or not ((closer.lo < closer.hi) & (prices.reduced != 0)).any():
        return closer.compact()
    if spare > GRAIN:
        prices, spare = _coarser(system, prices, value)
    open_ = (closer.lo < closer.hi) & (prices.reduced != 0)
    limit = min(spare, GRAIN)
    size = [
        abs(int(it)) * limit // spare if is_open else 0
        for it, is_open in zip(prices.reduced, open_, strict=True)
    ]
    weights = np.array(size, dtype=np.int64) * np.sign(prices.reduced)
    start = np.where(prices.reduced > 0, system.lo, system.hi)
    return closer.at_most(weights, limit + total(weights, start)).compact()


def _coarser(system: System, prices: Prices, value: int) -> tuple[Prices, int]:
    """Prices on a grid so coarse that what may be spared of a value is a small number, if any."""
    costs = prices.reduced.copy()
    np.add.at(costs, system.col, system.val * prices.y[system.row])
    costs //= prices.scale
    for scale in COARSER:
        y = np.rint(prices.y * (scale / prices.scale)).astype(np.int64)
        coarse = priced(system, costs, y, scale)
        if (spare := value * scale - coarse.bound) <= GRAIN:
            return coarse, spare
    return prices, value * prices.scale - prices.bound
