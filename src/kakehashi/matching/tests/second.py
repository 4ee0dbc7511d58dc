"""A second formulation of welfare mode for CP-SAT, written from the specification alone.

It shares no code with the solver but the lottery's draw.
"""

from collections.abc import Iterable
from typing import Any

from ortools.sat.python import cp_model

from kakehashi.matching.tests.brute import drawn
from kakehashi.matching.tests.markets import Data

Unit = tuple[tuple[str, ...], tuple[str, ...]]  # who, where


class Second:
    """The levels of a market file, one minimised after the other."""

    def __init__(self, data: Data) -> None:
        self.data, self.model = data, cp_model.CpModel()
        self.given: dict[Unit, Any] = {}
        self.cost: dict[Unit, int] = {}
        self._units()
        self._limits()

    def levels(self) -> list[tuple[str, int]] | None:
        """Name and value of every level; None if no plan keeps the rules."""
        found = []
        for name, goal in self._goals():
            self.model.minimize(goal)
            solver = cp_model.CpSolver()
            solver.parameters.num_workers = 1
            if solver.solve(self.model) != cp_model.OPTIMAL:
                return None
            value = round(solver.objective_value)
            self.model.add(goal == value)
            found.append((name, value))
        return found

    def _units(self) -> None:
        coupled = {who for it in self.data["couples"] for who in (it["a"], it["b"])}
        for person in self.data["people"]:
            if person["id"] not in coupled:
                for option in person["options"]:
                    self._may((person["id"],), (option["place"],), option["cost"])
        for it in self.data["couples"]:
            first, second = ("a", "b") if it["a"] < it["b"] else ("b", "a")
            for pair in it["pairs"]:
                both, at = (it[first], it[second]), (pair[first], pair[second])
                self._may(both, at, pair["cost"])
        for who in self.data["people"]:
            self.model.add_at_most_one(self._of(who["id"]))
        for lock in self.data["locks"]:
            kept = self._of(lock["person"], lock["place"])
            self.model.add(sum(kept) == 1)

    def _may(self, people: tuple[str, ...], places: tuple[str, ...], cost: int) -> None:
        self.given[people, places] = self.model.new_bool_var(f"{people} {places}")
        self.cost[people, places] = cost

    def _of(self, who: str, place: str | None = None) -> list[Any]:
        """Every way in which somebody is placed (there)."""
        return [
            it
            for (people, places), it in self.given.items()
            for one, at in zip(people, places, strict=True)
            if one == who and place in (None, at)
        ]

    def _at(self, places: Iterable[str], people: Iterable[str] | None = None) -> Any:  # noqa: ANN401 -- CP-SAT's sums
        """How many (of these people) are at these places."""
        there, of = set(places), None if people is None else set(people)
        return sum(
            it
            for (who, at), it in self.given.items()
            for one, place in zip(who, at, strict=True)
            if place in there and (of is None or one in of)
        )

    def _below(self, region: str) -> list[str]:
        inner = {region}
        while True:
            more = {it["id"] for it in self.data["regions"] if it.get("parent") in inner}
            if more <= inner:
                return [it["id"] for it in self.data["places"] if it["region"] in inner]
            inner |= more

    def _limits(self) -> None:
        for place in self.data["places"]:
            self.model.add(self._at([place["id"]]) <= place["seats"])
        for region in self.data["regions"]:
            if region["max"] is not None:
                self.model.add(self._at(self._below(region["id"])) <= region["max"])
        for quota in self.data["quotas"]:
            self.model.add(self._at(quota["places"], quota["people"]) <= quota["max"])

    def _goals(self) -> Iterable[tuple[str, Any]]:
        for name in self.data["objective"]:
            if name != "unfilled":
                yield name, getattr(self, f"_{name}")()
                continue
            for tier in sorted({it["tier"] for it in self.data["places"]}):
                places = [it for it in self.data["places"] if it["tier"] == tier]
                empty = sum(it["seats"] for it in places)
                yield f"unfilled/{tier}", empty - self._at(it["id"] for it in places)

    def _shortfall(self) -> Any:  # noqa: ANN401 -- CP-SAT's sums
        short: list[Any] = [0]
        for it in self.data["regions"]:
            less = self.model.new_int_var(0, it["min"], f"short {it['id']}")
            self.model.add(less >= it["min"] - self._at(self._below(it["id"])))
            short.append(less)
        return sum(short)

    def _unplaced(self) -> Any:  # noqa: ANN401 -- CP-SAT's sums
        return sum(1 - sum(self._of(it["id"])) for it in self.data["people"] if it["selected"])

    def _moves(self) -> Any:  # noqa: ANN401 -- CP-SAT's sums
        return sum(1 - sum(self._of(who, at)) for who, at in self.data["previous"].items())

    def _cost(self) -> Any:  # noqa: ANN401 -- CP-SAT's sums
        return sum(self.cost[unit] * it for unit, it in self.given.items())

    def _lottery(self) -> Any:  # noqa: ANN401 -- CP-SAT's sums
        return sum(drawn(self.data["seed"], *unit) * it for unit, it in self.given.items())
