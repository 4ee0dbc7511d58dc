"""What prices prove: the system of a level's solutions loses none, and lets none in that cost more."""

from itertools import product

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from kakehashi.matching.system import Ints, System, face, priced

SCALE = 2**30  # so fine that what may be spared is never a small number
SIZE, ROWS = 5, 2
small = st.integers(-2, 2)


def numbers(one: st.SearchStrategy[int], count: int) -> st.SearchStrategy[Ints]:
    return st.lists(one, min_size=count, max_size=count).map(
        lambda found: np.array(found, dtype=np.int64)
    )


@st.composite
def systems(draw: st.DrawFn) -> System:
    """Draw A z = b with 0 <= z <= 2 that has a solution."""
    matrix = draw(numbers(small, ROWS * SIZE)).reshape(ROWS, SIZE)
    known = draw(numbers(st.integers(0, 2), SIZE))
    row, col = np.nonzero(matrix)
    return System(
        row=row.astype(np.int64),
        col=col.astype(np.int64),
        val=matrix[row, col],
        rhs=matrix @ known,
        lo=np.zeros(SIZE, dtype=np.int64),
        hi=np.full(SIZE, 2, dtype=np.int64),
        origin=np.arange(SIZE),
        rows=np.arange(ROWS),
        settled=np.zeros(SIZE, dtype=np.int64),
    )


def solutions(system: System) -> dict[tuple[int, ...], int]:
    """List the solutions of a system, as variables of the programme, with what they leave spare."""
    ranges = [range(int(lo), int(hi) + 1) for lo, hi in zip(system.lo, system.hi, strict=True)]
    slack = len(system.origin) and system.origin[-1] < 0
    found = {}
    for open_ in product(*(ranges[:-1] if slack else ranges)):
        z = np.array([*open_, *([0] if slack else [])], dtype=np.int64)
        if slack:
            left = system.rhs.copy()
            np.subtract.at(left, system.row, system.val * z[system.col])
            z[-1] = left[-1]
            if not system.lo[-1] <= z[-1] <= system.hi[-1]:
                continue
        if system.holds(z):
            found[tuple(system.values(z).tolist())] = int(z[-1]) if slack else 0
    return found


@given(
    systems(),
    numbers(st.integers(0, 30), SIZE),
    numbers(st.integers(-9 * SCALE, 9 * SCALE), ROWS),
    st.integers(0, 40),
)
def test_a_face_holds_exactly_what_costs_no_more(
    system: System, costs: Ints, y: Ints, more: int
) -> None:
    every = solutions(system)
    lowest = min(int(np.array(z) @ costs) for z in every)
    value = lowest + more
    found = face(system, priced(system, costs, y, SCALE), value)
    held = solutions(found)
    assert set(held) == {z for z in every if int(np.array(z) @ costs) <= value}
    assert {spare for z, spare in held.items() if int(np.array(z) @ costs) == value} <= {0}
