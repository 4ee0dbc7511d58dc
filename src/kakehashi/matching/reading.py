"""Reads a market file and names the exact place of whatever is not of the form.

A `Spot` is a value together with its path in the file (`people[2].options[0].cost`), so
every fault can say where it is. Only types, ranges and names of fields are judged here.
"""

import json
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from kakehashi.matching.canonical import arranged
from kakehashi.matching.market import (
    FORMAT,
    HIGHEST,
    STABLE,
    WELFARE,
    Couple,
    InvalidMarket,
    Lock,
    Market,
    Option,
    Pair,
    Person,
    Place,
    Quota,
    Region,
)
from kakehashi.matching.validity import check

WHOLE = "market"


class _Twice(dict[str, object]):
    """An object of the file in which one name stands twice."""

    name = ""


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found: dict[str, object] = {}
    for name, value in pairs:
        if name in found:
            broken = _Twice(found)
            broken.name = name
            return broken
        found[name] = value
    return found


def _no_number(text: str) -> object:
    raise InvalidMarket(WHOLE, f"{text} is not a number of JSON")


@dataclass(frozen=True)
class Spot:
    """A value of the file and the path that leads to it."""

    value: object
    path: str

    def fields(self, needed: str, optional: str = "") -> dict[str, "Spot"]:
        """The fields of an object: all needed ones, perhaps optional ones, no others."""
        found = dict(self.entries())
        for name in found:
            if name not in (*needed.split(), *optional.split()):
                raise InvalidMarket(self.inner(name), "is not a field of this form")
        for name in needed.split():
            if name not in found:
                raise InvalidMarket(self.inner(name), "is missing")
        return found

    def entries(self) -> Iterator[tuple[str, "Spot"]]:
        """The names of an object, in NFC, with their values."""
        if not isinstance(self.value, dict):
            raise InvalidMarket(self.path or WHOLE, "is not an object")
        if isinstance(self.value, _Twice):
            raise InvalidMarket(self.inner(self.value.name), "stands twice")
        for name, value in self.value.items():
            yield _nfc(name, self.path or WHOLE), Spot(value, self.inner(name))

    def inner(self, name: str) -> str:
        """The path of a field of this object."""
        return f"{self.path}.{name}" if self.path else name

    def items(self) -> Iterator["Spot"]:
        """The items of a list, each with its index in its path."""
        if not isinstance(self.value, list):
            raise InvalidMarket(self.path, "is not a list")
        for index, value in enumerate(self.value):
            yield Spot(value, f"{self.path}[{index}]")

    def text(self) -> str:
        """A text, in NFC."""
        if not isinstance(self.value, str):
            raise InvalidMarket(self.path, "is not a text")
        return _nfc(self.value, self.path)

    def id(self) -> str:
        """A text that names something: not empty, without the character 0."""
        text = self.text()
        if not text or "\0" in text:
            raise InvalidMarket(self.path, "is empty or holds the character 0")
        return text

    def ids(self) -> tuple[str, ...]:
        """A list of ids."""
        return tuple(item.id() for item in self.items())

    def integer(self, lowest: int = 0) -> int:
        """An integer from `lowest` to one million; 3.0 and true are none."""
        if not isinstance(self.value, int) or isinstance(self.value, bool):
            raise InvalidMarket(self.path, "is not an integer")
        if not lowest <= self.value <= HIGHEST:
            raise InvalidMarket(self.path, f"is not within {lowest} and {HIGHEST}")
        return self.value

    def truth(self) -> bool:
        """True or false."""
        if not isinstance(self.value, bool):
            raise InvalidMarket(self.path, "is neither true nor false")
        return self.value


def _nfc(text: str, path: str) -> str:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as fault:
        raise InvalidMarket(path, "cannot be written in UTF-8") from fault
    return unicodedata.normalize("NFC", text)


def read_market(data: bytes) -> Market:
    """The valid market of a file, in canonical order.

    Raises `InvalidMarket` with the path of the first fault, as the file has it.
    """
    try:
        value = json.loads(
            data.decode("utf-8"), object_pairs_hook=_object, parse_constant=_no_number
        )
    except (ValueError, RecursionError) as fault:
        if isinstance(fault, InvalidMarket):
            raise
        raise InvalidMarket(WHOLE, f"is not JSON in UTF-8 ({fault})") from fault
    market = _market(Spot(value, ""))
    check(market)
    return arranged(market)


def _market(spot: Spot) -> Market:
    top = spot.fields(
        "format seed mode objective regions places people", "couples quotas locks previous"
    )
    if top["format"].text() != FORMAT:
        raise InvalidMarket("format", f"is not {FORMAT}")
    if top["mode"].text() not in {WELFARE, STABLE}:
        raise InvalidMarket("mode", f"is neither {WELFARE} nor {STABLE}")
    nothing = Spot([], "")
    return Market(
        seed=top["seed"].text(),
        mode=top["mode"].text(),
        objective=tuple(item.text() for item in top["objective"].items()),
        regions=tuple(_region(item) for item in top["regions"].items()),
        places=tuple(_place(item) for item in top["places"].items()),
        people=tuple(_person(item) for item in top["people"].items()),
        couples=tuple(_couple(item) for item in top.get("couples", nothing).items()),
        quotas=tuple(_quota(item) for item in top.get("quotas", nothing).items()),
        locks=tuple(_lock(item) for item in top.get("locks", nothing).items()),
        previous=_previous(top["previous"]) if "previous" in top else {},
    )


def _region(spot: Spot) -> Region:
    has = spot.fields("id", "parent min max")
    parent, most = has.get("parent"), has.get("max")
    return Region(
        id=has["id"].id(),
        parent=None if parent is None or parent.value is None else parent.id(),
        min=has["min"].integer() if "min" in has else 0,
        max=None if most is None or most.value is None else most.integer(),
    )


def _place(spot: Spot) -> Place:
    has = spot.fields("id region seats", "tier order")
    return Place(
        id=has["id"].id(),
        region=has["region"].id(),
        seats=has["seats"].integer(),
        tier=has["tier"].integer(lowest=1) if "tier" in has else 1,
        order=has["order"].ids() if "order" in has else (),
    )


def _person(spot: Spot) -> Person:
    has = spot.fields("id", "selected options")
    options = has.get("options", Spot([], ""))
    return Person(
        id=has["id"].id(),
        selected=has["selected"].truth() if "selected" in has else True,
        options=tuple(_option(item) for item in options.items()),
    )


def _option(spot: Spot) -> Option:
    has = spot.fields("place cost")
    return Option(place=has["place"].id(), cost=has["cost"].integer())


def _couple(spot: Spot) -> Couple:
    has = spot.fields("a b pairs")
    pairs = tuple(_pair(item) for item in has["pairs"].items())
    return Couple(a=has["a"].id(), b=has["b"].id(), pairs=pairs)


def _pair(spot: Spot) -> Pair:
    has = spot.fields("a b cost")
    return Pair(a=has["a"].id(), b=has["b"].id(), cost=has["cost"].integer())


def _quota(spot: Spot) -> Quota:
    has = spot.fields("id max people places")
    return Quota(
        id=has["id"].id(),
        max=has["max"].integer(),
        people=has["people"].ids(),
        places=has["places"].ids(),
    )


def _lock(spot: Spot) -> Lock:
    has = spot.fields("person place")
    return Lock(person=has["person"].id(), place=has["place"].id())


def _previous(spot: Spot) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, value in spot.entries():
        if name in found:
            raise InvalidMarket(spot.inner(name), "stands twice")
        found[name] = value.id()
    return found
