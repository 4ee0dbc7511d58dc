"""Solves a system that is a network by OR-Tools' min-cost flow, with prices that prove it."""

import numpy as np
from ortools.graph.python import min_cost_flow

from kakehashi.matching.system import Ints, Mask, Prices, System, priced


class Unsolved(RuntimeError):
    """The solver gave no answer where there must be one."""


def solve_network(system: System, costs: Ints) -> tuple[Ints, Prices]:
    """A cheapest solution of a network, and integer prices whose bound is its cost."""
    tail, head = _ends(system)
    z = system.lo + _flow(system, costs, tail, head)
    y = _potentials(costs, tail, head, (z < system.hi, z > system.lo), len(system.rhs))
    return z, priced(system, costs, y, scale=1)


def worth(network: System, costs: Ints) -> Ints | None:
    """What each variable costs at the prices of a network's flow; what the flow uses, least.

    None if there is no flow.
    """
    try:
        z, prices = solve_network(network, costs)
    except Unsolved:
        return None
    return np.where(z > 0, np.iinfo(np.int64).min, prices.reduced)


def _ends(system: System) -> tuple[Ints, Ints]:
    """The row that each variable leaves and the one it enters; the last is the sink."""
    sink = len(system.rhs)
    tail = np.full(len(system.lo), sink, dtype=np.int64)
    head = tail.copy()
    out = system.val > 0
    tail[system.col[out]] = system.row[out]
    head[system.col[~out]] = system.row[~out]
    return tail, head


def _flow(system: System, costs: Ints, tail: Ints, head: Ints) -> Ints:
    supply = np.append(system.rhs, 0)
    np.subtract.at(supply, system.row, system.val * system.lo[system.col])
    supply[-1] = -supply.sum()
    solver = min_cost_flow.SimpleMinCostFlow()
    arcs = solver.add_arcs_with_capacity_and_unit_cost(tail, head, system.hi - system.lo, costs)
    solver.set_nodes_supplies(np.arange(len(supply)), supply)
    status = solver.solve()
    if status != solver.OPTIMAL:
        raise Unsolved(f"the flow ended with {status}")
    return np.asarray(solver.flows(arcs), dtype=np.int64)


def _potentials(
    costs: Ints, tail: Ints, head: Ints, free: tuple[Mask, Mask], sink: int
) -> Ints:
    """Prices of the rows from shortest ways in what the flow leaves free (Bellman, Ford)."""
    ahead, back = free
    source = np.concatenate([tail[ahead], head[back]])
    target = np.concatenate([head[ahead], tail[back]])
    length = np.concatenate([costs[ahead], -costs[back]])
    order = np.argsort(target, kind="stable")
    source, target, length = source[order], target[order], length[order]
    ends, first = np.unique(target, return_index=True)
    far = np.zeros(sink + 1, dtype=np.int64)
    for _ in range(sink + 2):
        if not len(ends):
            break
        best = np.minimum.reduceat(far[source] + length, first)
        if (best >= far[ends]).all():
            break
        far[ends] = np.minimum(far[ends], best)
    else:
        raise Unsolved("the flow is not the cheapest")
    prices: Ints = far[sink] - far[:sink]
    return prices
