"""Asks OR-Tools' MathOpt (GLOP) about a system and its parts, from where it last ended.

Nothing it says is believed: its prices become an exact bound in `system.priced`, and
solutions are counted again in integers by those who ask.
"""

from dataclasses import dataclass
from operator import attrgetter
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from ortools.math_opt import (
    model_parameters_pb2,
    model_pb2,
    model_update_pb2,
    parameters_pb2,
    result_pb2,
    solution_pb2,
)
from ortools.math_opt.core.python import solver
from ortools.math_opt.python import mathopt

from kakehashi.matching.system import Ints, Prices, System, priced, total

Floats: TypeAlias = NDArray[np.float64]
ROUNDS = 5
WHOLE = 1e-6
COARSE, BITS = 36, 46
FAR = 2**40
DUAL, PRIMAL = (
    mathopt.SolveParameters(lp_algorithm=way, presolve=mathopt.Emphasis.OFF).to_proto()
    for way in (mathopt.LPAlgorithm.DUAL_SIMPLEX, mathopt.LPAlgorithm.PRIMAL_SIMPLEX)
)
AFRESH = mathopt.SolveParameters().to_proto()
UNHEARD = mathopt.CallbackRegistration().to_proto()
AT_LOWER = solution_pb2.BASIS_STATUS_AT_LOWER_BOUND


@dataclass(frozen=True)
class Answer:
    """GLOP's solution z and prices y (floats), and the basis in which it ended."""

    z: Floats
    y: Floats
    basis: solution_pb2.BasisProto


@dataclass(frozen=True)
class Relaxed:
    """A solution z of the relaxation (floats), or a guess, and what its prices prove.

    `basis` is where GLOP ended; from there a part of the system is solved in few steps.
    """

    z: Floats
    prices: Prices
    basis: solution_pb2.BasisProto | None = None

    def whole(self) -> Ints | None:
        """The solution as integers, or None if it has fractions."""
        near = np.rint(self.z)
        return near.astype(np.int64) if np.abs(self.z - near).max(initial=0) < WHOLE else None


class Relaxation:
    """The relaxation of a system and, by closer bounds, of its parts, at the same costs."""

    def __init__(self, system: System, costs: Ints) -> None:
        self.system, self.costs = system, costs
        self._scale = 2 ** max(
            0, min(COARSE, BITS - int(np.abs(costs).max(initial=1)).bit_length())
        )
        self._solver = _Solver(system)
        self._broken: _Broken | None = None

    def relax(self, part: System, near: Relaxed | None = None) -> Relaxed | None:
        """The best fractional solution with exact prices; None if there provably is none.

        `near` is an answer about a larger part. A whole solution above its bound is asked
        for again with what the prices leave of the costs, magnified, until bound and
        solution meet: so 32-bit weights are exact too. Where GLOP gives up, the middle of
        all bounds stands for a solution, with prices of 0.
        """
        nothing = np.zeros(len(part.rhs), dtype=np.int64)
        prices = known = self._priced(part, nothing)
        if near is not None:
            known = self._priced(part, near.prices.y)
        spread = float(np.abs(prices.reduced).max(initial=1))
        best = Relaxed((part.lo + part.hi) / 2, known)
        basis, way = (near.basis, DUAL) if near else (None, AFRESH)
        for asked_again in range(ROUNDS):
            costs = np.clip(prices.reduced / spread, -1.0, 1.0)
            answer = self._solver.solve(part, costs, basis, way)
            if answer is None:
                return None if not asked_again and self._has_none(part, near) else best
            prices = self._priced(part, prices.y + _grid(answer.y * spread))
            if asked_again and prices.bound <= best.prices.bound:
                break
            known = max(known, prices, key=attrgetter("bound"))
            best = Relaxed(answer.z, known, answer.basis)
            whole = best.whole()
            spare = 0 if whole is None else total(self.costs, whole) * self._scale - prices.bound
            if spare <= 0:
                break
            spread = 2.0 * spare
            basis, way = answer.basis, PRIMAL
        return best

    def _priced(self, part: System, y: Ints) -> Prices:
        return priced(part, self.costs, y, self._scale)

    def _has_none(self, part: System, near: Relaxed | None) -> bool:
        if self._broken is None:
            self._broken = _Broken(self.system)
        return self._broken.costs_something(part, near)


class _Broken:
    """A system whose rows may be broken at a price of 1.

    Prices at which that costs more than 0 prove that the system has no solution.
    """

    def __init__(self, system: System) -> None:
        self._size, rows = len(system.lo), len(system.rhs)
        both, self._every = np.repeat(np.arange(rows), 2), np.arange(2 * rows)
        self._both = both
        self._costs = np.concatenate([np.zeros(self._size), np.ones(2 * rows)])
        self._solver = _Solver(self._loose(system))

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
            settled=part.settled,
        )

    def costs_something(self, part: System, near: Relaxed | None) -> bool:
        """Whether a part has no solution, provably; `near` answered about a larger part."""
        loose, basis, way = self._loose(part), None, AFRESH
        if near is not None and near.basis is not None:
            basis, way = solution_pb2.BasisProto(), DUAL
            basis.CopyFrom(near.basis)
            basis.variable_status.ids.extend(self._size + self._every)
            basis.variable_status.values.extend([AT_LOWER] * len(self._every))
        answer = self._solver.solve(loose, self._costs, basis, way)
        scale, nothing = 2**COARSE, np.zeros(self._size, dtype=np.int64)
        return answer is not None and (
            priced(part, nothing, _grid(answer.y * scale), scale).bound > 0
        )


class _Solver:
    """GLOP with one model, whose bounds and costs change from question to question."""

    def __init__(self, system: System) -> None:
        self._still = np.flatnonzero(system.lo < system.hi)
        self._lo, self._hi = system.lo, system.hi
        self._costs = np.zeros(len(system.lo))
        self._glop = solver.new(
            mathopt.SolverType.GLOP.value,
            _model(system, self._still),
            mathopt.StreamableSolverInitArguments().to_proto(),
        )

    def solve(
        self,
        part: System,
        costs: Floats,
        basis: solution_pb2.BasisProto | None,
        way: parameters_pb2.SolveParametersProto,
    ) -> Answer | None:
        """GLOP's answer; None if it says that there is none, or gives up."""
        self._change(part, costs)
        begin = model_parameters_pb2.ModelSolveParametersProto()
        if basis is not None:
            begin.initial_basis.CopyFrom(basis)
        result = self._glop.solve(way, begin, None, UNHEARD, None, None)
        if result.termination.reason != result_pb2.TERMINATION_REASON_OPTIMAL:
            return None
        found = result.solutions[0]
        z, y = part.lo.astype(float), np.zeros(len(part.rhs))
        values, prices = found.primal_solution.variable_values, found.dual_solution.dual_values
        z[np.array(values.ids, dtype=np.int64)] = values.values
        y[np.array(prices.ids, dtype=np.int64)] = prices.values
        return Answer(z, y, found.basis)

    def _change(self, part: System, costs: Floats) -> None:
        """Tell GLOP what is not as it was the last time."""
        update, still = model_update_pb2.ModelUpdateProto(), self._still
        for told, old, new in (
            (update.variable_updates.lower_bounds, self._lo, part.lo),
            (update.variable_updates.upper_bounds, self._hi, part.hi),
            (update.objective_updates.linear_coefficients, self._costs, costs),
        ):
            other = still[(old != new)[still]]
            told.ids.extend(other)
            told.values.extend(new[other])
        if not self._glop.update(update):
            raise RuntimeError("GLOP takes no other bounds")
        self._lo, self._hi, self._costs = part.lo, part.hi, costs


def _grid(y: Floats) -> Ints:
    """Prices on the grid; absurd ones are dropped, which only weakens the bound."""
    rounded: Ints = np.where(np.abs(y) < 2.0**60, np.rint(y), 0).astype(np.int64)
    return rounded


def _model(system: System, still: Ints) -> model_pb2.ModelProto:
    """The system for MathOpt, without costs and without the variables that cannot move."""
    rhs = system.rhs.copy()
    open_ = (system.lo < system.hi)[system.col]
    shut = ~open_
    np.subtract.at(rhs, system.row[shut], system.val[shut] * system.lo[system.col[shut]])
    row, col, val = system.row[open_], system.col[open_], system.val[open_]
    order = np.lexsort((col, row))
    rows = np.arange(len(rhs))
    proto = model_pb2.ModelProto()
    proto.variables.ids.extend(still)
    proto.variables.lower_bounds.extend(system.lo[still])
    proto.variables.upper_bounds.extend(system.hi[still])
    proto.variables.integers.extend(np.zeros(len(still), dtype=np.bool_))
    proto.linear_constraints.ids.extend(rows)
    proto.linear_constraints.lower_bounds.extend(rhs)
    proto.linear_constraints.upper_bounds.extend(rhs)
    proto.linear_constraint_matrix.row_ids.extend(row[order])
    proto.linear_constraint_matrix.column_ids.extend(col[order])
    proto.linear_constraint_matrix.coefficients.extend(val[order])
    return proto
