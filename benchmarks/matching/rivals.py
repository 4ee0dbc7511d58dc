"""What else could place people: one integer programme for HiGHS, a level at a time."""

import time
from datetime import timedelta

from ortools.math_opt.python import mathopt

from kakehashi.matching.market import Market
from kakehashi.matching.program import Programme


def monolithic_seconds(market: Market, most: float) -> tuple[float, bool]:
    """The seconds HiGHS takes for every level of a market, and whether it ended in `most`.

    Each level is minimised over the whole model, and its value kept as a row for the next.
    """
    programme = Programme(market)
    system = programme.system()
    model = mathopt.Model()
    bounds = zip(system.lo.tolist(), system.hi.tolist(), strict=True)
    variables = [model.add_integer_variable(lb=lo, ub=hi) for lo, hi in bounds]
    terms: list[list[mathopt.LinearTerm]] = [[] for _ in system.rhs]
    for row, column, value in zip(system.row, system.col, system.val, strict=True):
        terms[row].append(int(value) * variables[column])
    for row, rhs in zip(terms, system.rhs.tolist(), strict=True):
        model.add_linear_constraint(mathopt.LinearSum(row) == rhs)
    began = time.perf_counter()
    for goal in programme.goals():
        used = goal.costs.nonzero()[0].tolist()
        wish = mathopt.LinearSum([int(goal.costs[j]) * variables[j] for j in used])
        model.minimize(wish)
        left = most - (time.perf_counter() - began)
        if left <= 0:
            return most, False
        effort = mathopt.SolveParameters(
            time_limit=timedelta(seconds=left),
            relative_gap_tolerance=0.0,
            absolute_gap_tolerance=0.0,
        )
        found = mathopt.solve(model, mathopt.SolverType.HIGHS, params=effort)
        if found.termination.reason != mathopt.TerminationReason.OPTIMAL:
            return most, False
        model.add_linear_constraint(wish <= round(found.objective_value()))
    return time.perf_counter() - began, True
