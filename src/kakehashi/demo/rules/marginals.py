"""How many of what the demo invents: figures of the programme where a source has them.

They stand in the programme pack (`demo_marginals.csv`), each with its source or marked assumed.
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

FILE = "demo_marginals.csv"
CIR_OF_ENGLISH = 40  # of so many from an English-speaking country one comes as a CIR
ALT_OF_OTHERS = 8  # of so many from another country one comes as an ALT


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One line of the table: what is counted, how many, and who says so."""

    what: str
    code: str
    value: int
    note_en: str
    note_ja: str
    source: str
    is_assumed: bool


@dataclass(frozen=True)
class Marginals:
    """The figures, scaled to a demo of so many people."""

    figures: tuple[Figure, ...]
    english: frozenset[str]  # the English-speaking countries
    people: int

    def of(self, what: str) -> dict[str, int]:
        """Give one table of the figures, by code."""
        return {one.code: one.value for one in self.figures if one.what == what}

    @cached_property
    def countries(self) -> dict[str, int]:
        """Give the weight of each country."""
        return self.of("country")

    def number(self, of: str, *, least: int = 0) -> int:
        """Scale a number of people to this demo's size."""
        told = self.of("people")
        return max(round(self.people * told[of] / told["serving"]), least)

    def organisations(self, *, least: int) -> dict[str, int]:
        """Share the organisations of this demo's size among the types, one of each at least."""
        types = self.of("organisations")
        serving = self.of("people")["serving"]
        return shared(max(round(sum(types.values()) * self.people / serving), least), types)

    def positions(self, country: str, count: int) -> dict[str, int]:
        """Share a country's people between ALT and CIR."""
        if country in self.english:
            cir = count // CIR_OF_ENGLISH
        else:
            cir = count - count // ALT_OF_OTHERS
        found = {"ALT": count - cir, "CIR": cir}
        return {position: number for position, number in found.items() if number}


def read(pack: Path, *, people: int) -> Marginals:
    """Read the figures of a programme pack for a demo of so many people."""
    figures = tuple(
        Figure(
            what=row["what"],
            code=row["code"],
            value=int(row["value"]),
            note_en=row["note_en"],
            note_ja=row["note_ja"],
            source=row["source"],
            is_assumed=row["assumed"] == "yes",
        )
        for row in _rows(pack / FILE)
    )
    english = {
        row["code"] for row in _rows(pack / "countries.csv") if row["english_speaking"] == "yes"
    }
    return Marginals(figures, frozenset(english), people)


def shared(count: int, weights: Mapping[str, int]) -> dict[str, int]:
    """Share `count` by weight and largest remainders, but one each as far as it reaches."""
    if count <= len(weights):
        return dict.fromkeys(list(weights)[:count], 1)
    whole = sum(weights.values())
    exact = {code: count * weight / whole for code, weight in weights.items()}
    found = {code: int(share) for code, share in exact.items()}
    by_remainder = sorted(weights, key=lambda code: (found[code] - exact[code], code))
    for code in by_remainder[: count - sum(found.values())]:
        found[code] += 1
    for code in [code for code, number in found.items() if not number]:
        found[max(found, key=lambda one: found[one])] -= 1
        found[code] = 1
    return found


def _rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))
