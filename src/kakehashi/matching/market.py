"""What a placement run is asked: people, places, regions, couples, quotas, locks.

The values of a market file as frozen dataclasses. Ids are texts in NFC; costs, seats and
limits are integers from 0 to one million. `reading` makes a market of a file, `validity`
says whether it can be asked at all, `canonical` gives it its one written form.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

FORMAT = "kakehashi-market/1"
WELFARE, STABLE = "welfare", "stable"
OBJECTIVE = ("shortfall", "unplaced", "unfilled", "cost", "lottery")
MOVES = "moves"
HIGHEST = 10**6


class InvalidMarket(ValueError):
    """The market cannot be asked; `path` names the fault as `couples[3].b` does."""

    def __init__(self, path: str, sentence: str) -> None:
        super().__init__(f"{path}: {sentence}")
        self.path = path
        self.sentence = sentence


@dataclass(frozen=True)
class Region:
    """A node of the tree: a contracting organisation, a host body, a block.

    Everyone placed at or below it counts. `min` is wished (its shortfall is a level),
    `max` is never broken; `max` None means without limit.
    """

    id: str
    parent: str | None = None
    min: int = 0
    max: int | None = None


@dataclass(frozen=True)
class Place:
    """The identical seats of one request; `order` (stable mode only) ranks people."""

    id: str
    region: str
    seats: int
    tier: int = 1
    order: tuple[str, ...] = ()


@dataclass(frozen=True)
class Option:
    """A place a person may be given, and what that costs."""

    place: str
    cost: int


@dataclass(frozen=True)
class Person:
    """Somebody to place; not `selected` means an alternate, who may fill a seat."""

    id: str
    selected: bool = True
    options: tuple[Option, ...] = ()


@dataclass(frozen=True)
class Pair:
    """A place for each of a couple, given together or not at all."""

    a: str
    b: str
    cost: int


@dataclass(frozen=True)
class Couple:
    """Two people placed on one of their pairs or not at all."""

    a: str
    b: str
    pairs: tuple[Pair, ...]


@dataclass(frozen=True)
class Quota:
    """At most `max` of these people at these places together."""

    id: str
    max: int
    people: tuple[str, ...]
    places: tuple[str, ...]


@dataclass(frozen=True)
class Lock:
    """This person is placed there, whatever else happens."""

    person: str
    place: str


@dataclass(frozen=True)
class Market:
    """One question to the engine; every plan answers exactly one market."""

    seed: str
    regions: tuple[Region, ...]
    places: tuple[Place, ...]
    people: tuple[Person, ...]
    mode: str = WELFARE
    objective: tuple[str, ...] = OBJECTIVE
    couples: tuple[Couple, ...] = ()
    quotas: tuple[Quota, ...] = ()
    locks: tuple[Lock, ...] = ()
    previous: Mapping[str, str] = field(default_factory=dict)


def level_names(market: Market) -> tuple[str, ...]:
    """The levels of this market in the order in which they are minimised.

    `unfilled` stands for one level per tier present, ascending. Stable mode does not
    minimise; its levels are reported in the default order.
    """
    tiers = sorted({place.tier for place in market.places})
    asked = market.objective if market.mode == WELFARE else OBJECTIVE
    return tuple(
        name
        for wish in asked
        for name in ([f"unfilled/{tier}" for tier in tiers] if wish == "unfilled" else [wish])
    )
