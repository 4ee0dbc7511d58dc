"""What a market must keep to be asked at all; everything else is solved.

`check` raises `InvalidMarket` at the first fault, in the order of the file's parts, with
its path in the file. A market whose minima are out of reach is not faulty.
"""

from collections import Counter
from collections.abc import Iterable, Mapping

from kakehashi.matching.market import (
    MOVES,
    OBJECTIVE,
    STABLE,
    Couple,
    InvalidMarket,
    Lock,
    Market,
)


def check(market: Market) -> None:
    """Raise `InvalidMarket` where the market breaks a rule of the form."""
    _objective(market)
    for part in ("regions", "places", "people", "quotas"):
        _once((f"{part}[{i}].id", it.id) for i, it in enumerate(getattr(market, part)))
    _tree(market)
    _places(market)
    _options(market)
    _couples(market)
    _quotas(market)
    _locks(market)
    _previous(market)


def _once(found: Iterable[tuple[str, object]]) -> None:
    seen: set[object] = set()
    for path, value in found:
        if value in seen:
            raise InvalidMarket(path, f"{value!r} stands twice")
        seen.add(value)


def _known(found: Iterable[tuple[str, str]], ids: Iterable[str], what: str) -> None:
    known = set(ids)
    for path, value in found:
        if value not in known:
            raise InvalidMarket(path, f"{value!r} is not a {what} of this market")


def _objective(market: Market) -> None:
    names = list(market.objective)
    plain = [name for name in names if name != MOVES]
    moves = names.count(MOVES)
    if tuple(plain) != OBJECTIVE or moves > 1 or (moves and names[-1] == MOVES):
        raise InvalidMarket(
            "objective",
            f"is not {', '.join(OBJECTIVE)} with '{MOVES}' at most once before 'lottery'",
        )


def _tree(market: Market) -> None:
    parents = {region.id: region.parent for region in market.regions}
    for i, region in enumerate(market.regions):
        if region.parent is not None:
            _known([(f"regions[{i}].parent", region.parent)], parents, "region")
        if region.max is not None and region.min > region.max:
            raise InvalidMarket(f"regions[{i}].min", "is above max")
    sound: set[str] = set()
    for i, region in enumerate(market.regions):
        way: dict[str, None] = {}
        node: str | None = region.id
        while node is not None and node not in sound:
            if node == region.id and way:
                raise InvalidMarket(f"regions[{i}].parent", f"{region.id!r} is above itself")
            if node in way:
                break
            way[node] = None
            node = parents[node]
        else:
            sound.update(way)


def _places(market: Market) -> None:
    regions = {region.id for region in market.regions}
    people = {person.id for person in market.people}
    for i, place in enumerate(market.places):
        _known([(f"places[{i}].region", place.region)], regions, "region")
        order = [(f"places[{i}].order[{j}]", who) for j, who in enumerate(place.order)]
        _known(order, people, "person")
        _once(order)


def _options(market: Market) -> None:
    places = {place.id for place in market.places}
    for i, person in enumerate(market.people):
        at = [
            (f"people[{i}].options[{j}].place", option.place)
            for j, option in enumerate(person.options)
        ]
        _known(at, places, "place")
        _once(at)


def _couples(market: Market) -> None:
    people = {person.id: (i, person) for i, person in enumerate(market.people)}
    sides = [
        (f"couples[{i}].{side}", who)
        for i, couple in enumerate(market.couples)
        for side, who in (("a", couple.a), ("b", couple.b))
    ]
    _known(sides, people, "person")
    _once(sides)
    places = {place.id for place in market.places}
    for i, couple in enumerate(market.couples):
        for j, pair in enumerate(couple.pairs):
            path = f"couples[{i}].pairs[{j}]"
            _known([(f"{path}.a", pair.a), (f"{path}.b", pair.b)], places, "place")
        _once((f"couples[{i}].pairs[{j}]", (it.a, it.b)) for j, it in enumerate(couple.pairs))
        for index, person in (people[couple.a], people[couple.b]):
            if person.options:
                raise InvalidMarket(
                    f"people[{index}].options", "a member of a couple has no own options"
                )
        if people[couple.a][1].selected != people[couple.b][1].selected:
            raise InvalidMarket(f"couples[{i}]", "the two do not agree in 'selected'")


def _quotas(market: Market) -> None:
    if market.quotas and market.mode == STABLE:
        raise InvalidMarket("quotas", "cross the tree; stable mode cannot keep them")
    people = {person.id for person in market.people}
    places = {place.id for place in market.places}
    for i, quota in enumerate(market.quotas):
        for part, ids, known, what in (
            ("people", quota.people, people, "person"),
            ("places", quota.places, places, "place"),
        ):
            found = [(f"quotas[{i}].{part}[{j}]", it) for j, it in enumerate(ids)]
            _known(found, known, what)
            _once(found)


def _locks(market: Market) -> None:
    people = {person.id: person for person in market.people}
    places = {place.id for place in market.places}
    couples = {who: couple for couple in market.couples for who in (couple.a, couple.b)}
    _known(
        ((f"locks[{i}].person", it.person) for i, it in enumerate(market.locks)),
        people,
        "person",
    )
    _once((f"locks[{i}].person", it.person) for i, it in enumerate(market.locks))
    _known(
        ((f"locks[{i}].place", it.place) for i, it in enumerate(market.locks)), places, "place"
    )
    locked: dict[str, str] = {}
    for i, lock in enumerate(market.locks):
        locked[lock.person] = lock.place
        couple = couples.get(lock.person)
        if couple is None:
            possible = lock.place in {it.place for it in people[lock.person].options}
        else:
            possible = bool(open_pairs(couple, locked))
        if not possible:
            raise InvalidMarket(f"locks[{i}].place", "is not among this person's options")
    _room_for_locks(market, couples)


def open_pairs(couple: Couple, locked: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """The pairs of a couple that keep the locks of its members."""
    return tuple(
        (pair.a, pair.b)
        for pair in couple.pairs
        if locked.get(couple.a, pair.a) == pair.a and locked.get(couple.b, pair.b) == pair.b
    )


def _room_for_locks(market: Market, couples: Mapping[str, Couple]) -> None:
    """The locks alone break no seat, max or quota; a locked person's partner finds room."""
    limits = _Limits(market)
    locked = {lock.person: lock.place for lock in market.locks}
    for i, lock in enumerate(market.locks):
        broken = limits.add(lock.person, lock.place)
        if broken:
            raise InvalidMarket(f"locks[{i}]", f"breaks {broken}")
    for i, lock in enumerate(market.locks):
        couple = couples.get(lock.person)
        if couple is not None and not _partner_fits(lock, couple, locked, limits):
            raise InvalidMarket(f"locks[{i}]", "leaves no pair on which the partner fits")


def _partner_fits(
    lock: Lock, couple: Couple, locked: Mapping[str, str], limits: "_Limits"
) -> bool:
    partner = couple.b if lock.person == couple.a else couple.a
    if partner in locked:
        return True
    for pair in open_pairs(couple, locked):
        if not limits.broken(partner, pair[1] if partner == couple.b else pair[0]):
            return True
    return False


class _Limits:
    """What seats, maxima and quotas still allow while people are put down one by one."""

    def __init__(self, market: Market) -> None:
        parents = {region.id: region.parent for region in market.regions}
        self._most: dict[str, int | None] = {}
        self._over: dict[str, list[str]] = {}
        for region in market.regions:
            self._most[f"max of region {region.id!r}"] = region.max
        for place in market.places:
            seats = f"seats of place {place.id!r}"
            self._most[seats] = place.seats
            self._over[place.id] = [seats]
            node: str | None = place.region
            while node is not None:
                self._over[place.id].append(f"max of region {node!r}")
                node = parents[node]
        self._quotas = [
            (f"quota {it.id!r}", frozenset(it.people), frozenset(it.places))
            for it in market.quotas
        ]
        self._most.update({f"quota {it.id!r}": it.max for it in market.quotas})
        self._count: Counter[str] = Counter()

    def _touched(self, person: str, place: str) -> list[str]:
        return self._over[place] + [
            name
            for name, people, places in self._quotas
            if person in people and place in places
        ]

    def broken(self, person: str, place: str) -> str:
        """The first limit that one more person there would break, or nothing."""
        for name in self._touched(person, place):
            most = self._most[name]
            if most is not None and self._count[name] >= most:
                return name
        return ""

    def add(self, person: str, place: str) -> str:
        """Put a person down; the first limit that this breaks, or nothing."""
        broken = self.broken(person, place)
        self._count.update(self._touched(person, place))
        return broken


def _previous(market: Market) -> None:
    paths = [(f"previous.{who}", who, where) for who, where in market.previous.items()]
    _known(((path, who) for path, who, _ in paths), (it.id for it in market.people), "person")
    _known(
        ((path, where) for path, _, where in paths), (it.id for it in market.places), "place"
    )
