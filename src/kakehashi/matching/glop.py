"""Asks OR-Tools' MathOpt for GLOP's answer, again and again about one system.

Bounds and costs change from question to question, and GLOP goes on from where it ended.
Most columns are of no use: they are shut until their price says that they are missed.
"""

from dataclasses import dataclass
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

from kakehashi.matching.system import Ints, Mask, System

Basis: TypeAlias = solution_pb2.BasisProto
Floats: TypeAlias = NDArray[np.float64]
MISSED = -1e-7
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
    basis: Basis


class Glop:
    """GLOP with one model. `active`: the variables that it may move from the beginning."""

    def __init__(self, system: System, active: Mask) -> None:
        self._still = np.flatnonzero(system.lo < system.hi)
        self._active = active.copy()
        self._row = np.zeros(len(system.lo), dtype=np.int64)
        self._row[system.col[::-1]] = system.row[::-1]  # the first that it stands in
        self._lo, self._hi = system.lo, np.where(active, system.hi, system.lo)
        self._costs = np.zeros(len(system.lo))
        self.stuck: Answer | None = None  # where it stood when it last found no solution
        self._glop = solver.new(
            mathopt.SolverType.GLOP.value,
            _model(system, self._still, self._hi),
            mathopt.StreamableSolverInitArguments().to_proto(),
        )

    def solve(self, part: System, costs: Floats, basis: Basis | None) -> Answer | None:
        """The best solution of a part; None if GLOP finds none, or gives up.

        `basis` is that of a larger part at the same costs.
        """
        way = AFRESH if basis is None else DUAL
        return self._with_missed(part, costs, self._ask(part, costs, basis, way))

    def improve(self, part: System, costs: Floats, basis: Basis) -> Answer | None:
        """The same, from the basis of the same part at other costs."""
        return self._with_missed(part, costs, self._ask(part, costs, basis, PRIMAL))

    def open(self, z: Floats) -> bool:
        """Let whatever a solution uses be moved; whether that is anything new."""
        new = (z > 0) & ~self._active
        self._active |= new
        return bool(new.any())

    def _with_missed(self, part: System, costs: Floats, answer: Answer | None) -> Answer | None:
        while answer is not None:
            missed = self._missed(part, costs, answer.y)
            if not len(missed):
                break
            self._active[missed] = True
            answer = self._ask(part, costs, answer.basis, PRIMAL)
        return answer

    def _missed(self, part: System, costs: Floats, y: Floats) -> Ints:
        """Shut variables by which the solution would be better: of each row the best."""
        if self._active.all():
            return np.zeros(0, dtype=np.int64)
        entries = part.val * y[part.row]
        reduced = costs - np.bincount(part.col, entries, len(costs))
        reduced[self._active | (part.lo == part.hi)] = 0.0
        missed = np.flatnonzero(reduced < MISSED)
        missed = missed[np.argsort(reduced[missed], kind="stable")]
        _, first = np.unique(self._row[missed], return_index=True)
        return missed[first]

    def _ask(
        self,
        part: System,
        costs: Floats,
        basis: Basis | None,
        way: parameters_pb2.SolveParametersProto,
    ) -> Answer | None:
        self._change(part, costs)
        begin = model_parameters_pb2.ModelSolveParametersProto()
        if basis is not None:
            begin.initial_basis.CopyFrom(basis)
        result = self._glop.solve(way, begin, None, UNHEARD, None, None)
        if not result.solutions:
            self.stuck = None
            return None
        found = result.solutions[0]
        z, y = part.lo.astype(float), np.zeros(len(part.rhs))
        values, prices = found.primal_solution.variable_values, found.dual_solution.dual_values
        z[np.array(values.ids, dtype=np.int64)] = values.values
        y[np.array(prices.ids, dtype=np.int64)] = prices.values
        answer = Answer(z, y, found.basis)
        if result.termination.reason == result_pb2.TERMINATION_REASON_OPTIMAL:
            return answer
        self.stuck = answer
        return None

    def _change(self, part: System, costs: Floats) -> None:
        """Tell GLOP what is not as it was the last time."""
        update, still = model_update_pb2.ModelUpdateProto(), self._still
        hi = np.where(self._active, part.hi, part.lo)
        for told, old, new in (
            (update.variable_updates.lower_bounds, self._lo, part.lo),
            (update.variable_updates.upper_bounds, self._hi, hi),
            (update.objective_updates.linear_coefficients, self._costs, costs),
        ):
            other = still[(old != new)[still]]
            told.ids.extend(other)
            told.values.extend(new[other])
        if not self._glop.update(update):
            raise RuntimeError("GLOP takes no other bounds")
        self._lo, self._hi, self._costs = part.lo, hi, costs


def _model(system: System, still: Ints, hi: Ints) -> model_pb2.ModelProto:
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
    proto.variables.upper_bounds.extend(hi[still])
    proto.variables.integers.extend(np.zeros(len(still), dtype=np.bool_))
    proto.linear_constraints.ids.extend(rows)
    proto.linear_constraints.lower_bounds.extend(rhs)
    proto.linear_constraints.upper_bounds.extend(rhs)
    proto.linear_constraint_matrix.row_ids.extend(row[order])
    proto.linear_constraint_matrix.column_ids.extend(col[order])
    proto.linear_constraint_matrix.coefficients.extend(val[order])
    return proto
