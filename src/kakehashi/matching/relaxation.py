"""Asks OR-Tools' MathOpt about a system: GLOP for prices, HiGHS for good solutions.

Nothing it says is believed: prices become an exact bound in `system.priced`, and solutions
are counted again in integers by those who ask.
"""

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from ortools.math_opt import model_pb2, result_pb2, solution_pb2
from ortools.math_opt.core.python import solver
from ortools.math_opt.python import mathopt
from ortools.math_opt.solvers.highs_pb2 import HighsOptionsProto
from pybind11_abseil.status import StatusNotOk  # type: ignore[import-untyped]  # comes with OR-Tools, without types

from kakehashi.matching.system import Ints, Prices, System, priced, total

Floats: TypeAlias = NDArray[np.float64]
ROUNDS = 5
WHOLE = 1e-6
COARSE, BITS = 36, 46
NODES_OF_HIGHS = 2000
FAR = 2**40


@dataclass(frozen=True)
class Relaxed:
    """A solution z of the relaxation (floats), or a guess, and what its prices prove."""

    z: Floats
    prices: Prices

    def whole(self) -> Ints | None:
        """The solution as integers, or None if it has fractions."""
        near = np.rint(self.z)
        return near.astype(np.int64) if np.abs(self.z - near).max(initial=0) < WHOLE else None


def relax(system: System, costs: Ints) -> Relaxed | None:
    """The best fractional solution with exact prices; None if there provably is none.

    A whole solution above its bound is asked for again with what the prices leave of the
    costs, magnified, until bound and solution meet: so 32-bit weights are exact too. Where
    GLOP gives up, the middle of all bounds stands for a solution, with prices of 0.
    """
    scale = 2 ** max(0, min(COARSE, BITS - int(np.abs(costs).max(initial=1)).bit_length()))
    prices = priced(system, costs, np.zeros(len(system.rhs), dtype=np.int64), scale)
    spread = float(np.abs(prices.reduced).max(initial=1))
    best = Relaxed((system.lo + system.hi) / 2, prices)
    for asked_again in range(ROUNDS):
        answer = _solve_lp(system, np.clip(prices.reduced / spread, -1.0, 1.0))
        if answer is None:
            return None if not asked_again and _has_none(system) else best
        z, y = answer
        prices = priced(system, costs, prices.y + _grid(y * spread), scale)
        if asked_again and prices.bound <= best.prices.bound:
            break
        best = Relaxed(z, prices)
        near = best.whole()
        spare = 0 if near is None else total(costs, near) * scale - prices.bound
        if spare <= 0:
            break
        spread = 2.0 * spare
    return best


def _has_none(system: System) -> bool:
    """Whether a system provably has no solution, by prices at which 0 costs more than 0.

    They are those of the system whose rows may be broken at a price of 1.
    """
    size, rows = len(system.lo), len(system.rhs)
    both, every = np.repeat(np.arange(rows), 2), np.arange(2 * rows)
    loose = System(
        row=np.concatenate([system.row, both]),
        col=np.concatenate([system.col, size + every]),
        val=np.concatenate([system.val, 1 - 2 * (every % 2)]),
        rhs=system.rhs,
        lo=np.concatenate([system.lo, 0 * every]),
        hi=np.concatenate([system.hi, 0 * every + FAR]),
        origin=np.concatenate([system.origin, 0 * every - 1]),
        settled=system.settled,
    )
    answer = _solve_lp(loose, np.concatenate([np.zeros(size), np.ones(2 * rows)]))
    scale = 2**COARSE
    nothing = np.zeros(size, dtype=np.int64)
    return answer is not None and (
        priced(system, nothing, _grid(answer[1] * scale), scale).bound > 0
    )


def _grid(y: Floats) -> Ints:
    """Prices on the grid; absurd ones are dropped, which only weakens the bound."""
    rounded: Ints = np.where(np.abs(y) < 2.0**60, np.rint(y), 0).astype(np.int64)
    return rounded


def _solve_lp(system: System, costs: Floats) -> tuple[Floats, Floats] | None:
    """GLOP's solution and prices; None if it says that there is none, or gives up."""
    result = _solve(_model(system, costs, whole=False), mathopt.SolverType.GLOP)
    if result.termination.reason != result_pb2.TERMINATION_REASON_OPTIMAL:
        return None
    y = np.zeros(len(system.rhs))
    prices = result.solutions[0].dual_solution.dual_values
    y[np.array(prices.ids, dtype=np.int64)] = prices.values
    return _values(system, result), y


def _solve(
    model: model_pb2.ModelProto,
    by: mathopt.SolverType,
    effort: mathopt.SolveParameters | None = None,
) -> result_pb2.SolveResultProto:
    """Ask MathOpt in its own messages: its Python objects cost more than the solving."""
    result: result_pb2.SolveResultProto = solver.solve(
        model,
        by.value,
        mathopt.StreamableSolverInitArguments().to_proto(),
        (effort or mathopt.SolveParameters()).to_proto(),
        mathopt.ModelSolveParameters().to_proto(),
        None,
        mathopt.CallbackRegistration().to_proto(),
        None,
        None,
    )
    return result


def _values(system: System, result: result_pb2.SolveResultProto) -> Floats:
    z = system.lo.astype(float)
    values = result.solutions[0].primal_solution.variable_values
    z[np.array(values.ids, dtype=np.int64)] = values.values
    return z


def good_solution(system: System, costs: Ints) -> Ints | None:
    """A solution that HiGHS finds cheapest within a counted effort; None if it finds none.

    A help to the search only: its claim of optimality is not used.
    """
    spread = float(np.abs(costs).max(initial=1))
    own = HighsOptionsProto()
    own.string_options["parallel"] = "off"
    effort = mathopt.SolveParameters(
        relative_gap_tolerance=0.0,
        absolute_gap_tolerance=0.0,
        node_limit=NODES_OF_HIGHS,
        highs=own,
    )
    model = _model(system, costs / spread, whole=True)
    try:
        result = _solve(model, mathopt.SolverType.HIGHS, effort)
    except (RuntimeError, StatusNotOk):
        return None  # HiGHS sometimes ends with an internal error; the search does without
    if not _is_solved(result):
        return None
    return np.rint(_values(system, result)).astype(np.int64)


def _is_solved(result: result_pb2.SolveResultProto) -> bool:
    feasible = solution_pb2.SOLUTION_STATUS_FEASIBLE
    return bool(result.solutions) and (
        result.solutions[0].primal_solution.feasibility_status == feasible
    )


def _model(system: System, costs: Floats, *, whole: bool) -> model_pb2.ModelProto:
    """The system for MathOpt, without the variables that cannot move."""
    still = np.flatnonzero(system.lo < system.hi)
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
    proto.variables.integers.extend(np.full(len(still), whole))
    proto.linear_constraints.ids.extend(rows)
    proto.linear_constraints.lower_bounds.extend(rhs)
    proto.linear_constraints.upper_bounds.extend(rhs)
    proto.linear_constraint_matrix.row_ids.extend(row[order])
    proto.linear_constraint_matrix.column_ids.extend(col[order])
    proto.linear_constraint_matrix.coefficients.extend(val[order])
    priced_ = still[costs[still] != 0]
    proto.objective.linear_coefficients.ids.extend(priced_)
    proto.objective.linear_coefficients.values.extend(costs[priced_])
    return proto
