"""Bounds a system and its parts: the prices of a relaxation, made exact.

Nothing that GLOP says is believed: its prices become an exact bound in `system.priced`, and
solutions are counted again in integers by those who ask.
"""

from dataclasses import dataclass
from operator import attrgetter

import numpy as np

from kakehashi.matching.glop import AT_LOWER, Answer, Basis, Floats, Glop
from kakehashi.matching.system import Ints, Mask, Prices, System, priced, total

ROUNDS = 5
WHOLE = 1e-6
COARSE, BITS = 36, 46
FAR = 2**40
PROOFS = 3


@dataclass(frozen=True)
class Relaxed:
    """A solution z of the relaxation (floats), or a guess, and what its prices prove.

    `basis` is where GLOP ended; from there a part of the system is solved in few steps.
    """

    z: Floats
    prices: Prices
    basis: Basis | None = None

    def whole(self) -> Ints | None:
        """The solution as integers, or None if it has fractions."""
        near = np.rint(self.z)
        return near.astype(np.int64) if np.abs(self.z - near).max(initial=0) < WHOLE else None


class Relaxation:
    """The relaxation of a system and, by closer bounds, of its parts, at the same costs."""

    def __init__(self, system: System, costs: Ints, active: Mask) -> None:
        self.system, self.costs, self._active = system, costs, active
        self._scale = 2 ** max(
            0, min(COARSE, BITS - int(np.abs(costs).max(initial=1)).bit_length())
        )
        self._glop = Glop(system, active)
        self._broken: _Broken | None = None

    def relax(self, part: System, near: Relaxed | None = None) -> Relaxed | None:
        """The best fractional solution with exact prices; None if there provably is none.

        `near` is an answer about a larger part. A whole solution above its bound is asked
        for again with what the prices leave of the costs, magnified, until bound and
        solution meet: so 32-bit weights are exact too. Where GLOP gives up, the middle of
        all bounds stands for a solution, with the prices of the larger part.
        """
        start = known = self._priced(part, np.zeros(len(part.rhs), dtype=np.int64))
        if near is not None:
            known = self._priced(part, near.prices.y)
        spread = float(np.abs(start.reduced).max(initial=1))
        costs, basis = start.reduced / spread, near and near.basis
        answer = self._glop.solve(part, costs, basis)
        for has_none in (self._is_out_of_reach, self._is_broken):
            if answer is None:
                if has_none(part, near):
                    return None
                answer = self._glop.solve(part, costs, basis)
        if answer is None:
            return Relaxed((part.lo + part.hi) / 2, known)
        return self._refined(part, start, known, answer, spread)

    def _refined(
        self, part: System, prices: Prices, known: Prices, answer: Answer, spread: float
    ) -> Relaxed:
        """An answer with its prices, the best known, asked again until they meet it."""
        for asked_again in range(ROUNDS):
            before, prices = prices, self._priced(part, prices.y + _grid(answer.y * spread))
            if asked_again and prices.bound <= before.bound:
                break
            known = max(known, prices, key=attrgetter("bound"))
            best = Relaxed(answer.z, known, answer.basis)
            whole = best.whole()
            spare = (
                0 if whole is None else total(self.costs, whole) * self._scale - prices.bound
            )
            if spare <= 0:
                break
            spread = 2.0 * spare
            costs = np.clip(prices.reduced / spread, -1.0, 1.0)
            again = self._glop.improve(part, costs, answer.basis)
            if again is None:
                break
            answer = again
        return best

    def _priced(self, part: System, y: Ints) -> Prices:
        return priced(part, self.costs, y, self._scale)

    def _is_out_of_reach(self, part: System, _near: Relaxed | None) -> bool:
        """Whether the variable farthest out of its bounds provably cannot come within them."""
        scale = 2**COARSE
        for _again in range(PROOFS):
            stuck = self._glop.stuck
            if stuck is None:
                break
            costs, limit, wide = _farthest(part, stuck.z)
            answer = self._glop.solve(wide, costs.astype(float), stuck.basis)
            if answer is not None:
                proof = priced(part, costs, _grid(answer.y * scale), scale)
                return bool(proof.bound > limit * scale)
        return False

    def _is_broken(self, part: System, near: Relaxed | None) -> bool:
        """Whether a part provably has no solution; if not, what it needs is opened."""
        if self._broken is None:
            self._broken = _Broken(self.system, self._active)
        found = self._broken.mended(part, near)
        if found is not None:
            self._glop.open(found)
        return found is None


def _farthest(part: System, z: Floats) -> tuple[Ints, int, System]:
    """The variable farthest out of its bounds: as a goal, its limit, and the part without it."""
    below, above = part.lo - z, z - part.hi
    far = int(np.argmax(np.maximum(below, above)))
    costs = np.zeros(len(z), dtype=np.int64)
    lo, hi = part.lo.copy(), part.hi.copy()
    if above[far] > below[far]:
        costs[far], hi[far], limit = 1, FAR, int(part.hi[far])
    else:
        costs[far], lo[far], limit = -1, -FAR, -int(part.lo[far])
    return costs, limit, part.within(lo, hi)


class _Broken:
    """A system whose rows may be broken at a price of 1.

    Prices at which that costs more than 0 prove that the system has no solution.
    """

    def __init__(self, system: System, active: Mask) -> None:
        self._size, rows = len(system.lo), len(system.rhs)
        self._both, self._every = np.repeat(np.arange(rows), 2), np.arange(2 * rows)
        self._costs = np.concatenate([np.zeros(self._size), np.ones(2 * rows)])
        every = np.ones(2 * rows, dtype=np.bool_)
        self._glop = Glop(self._loose(system), np.concatenate([active, every]))

    def _loose(self, part: System) -> System:
        every = self._every
        return System(
            row=np.concatenate([part.row, self._both]),
            col=np.concatenate([part.col, self._size + every]),
            val=np.concatenate([part.val, 1 - 2 * (every % 2)]),
            rhs=part.rhs,
            lo=np.concatenate([part.lo, 0 * every]),
            hi=np.concatenate([part.hi, 0 * every + FAR]),
            origin=np.concatenate([part.origin, 0 * every - 1]),
            rows=part.rows,
            settled=part.settled,
        )

    def mended(self, part: System, near: Relaxed | None) -> Floats | None:
        """What breaks a part least; None if it provably has no solution.

        `near` is an answer about a larger part.
        """
        loose, basis = self._loose(part), None
        if near is not None and near.basis is not None:
            basis = Basis()
            basis.CopyFrom(near.basis)
            basis.variable_status.ids.extend(self._size + self._every)
            basis.variable_status.values.extend([AT_LOWER] * len(self._every))
        answer = self._glop.solve(loose, self._costs, basis)
        if answer is None:
            return (part.lo + part.hi) / 2
        scale, nothing = 2**COARSE, np.zeros(self._size, dtype=np.int64)
        proof = priced(part, nothing, _grid(answer.y * scale), scale)
        return None if proof.bound > 0 else answer.z[: self._size]


def _grid(y: Floats) -> Ints:
    """Prices on the grid; absurd ones are dropped, which only weakens the bound."""
    rounded: Ints = np.where(np.abs(y) < 2.0**60, np.rint(y), 0).astype(np.int64)
    return rounded
