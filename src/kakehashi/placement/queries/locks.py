"""What was decided by hand, and how a market keeps it: who stays where, who goes nowhere near."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from django.db.models import QuerySet

from kakehashi.directory.models import Person
from kakehashi.kernel.scope import seen_by, unscoped
from kakehashi.kernel.words import Words, _
from kakehashi.matching import InvalidMarket, Market
from kakehashi.matching.market import Lock as MarketLock
from kakehashi.matching.validity import check
from kakehashi.placement.lifecycle import LockKind, LockState
from kakehashi.placement.models import Lock
from kakehashi.placement.queries.people import OF_A_REQUEST
from kakehashi.placement.rules import SENTENCES

OUT, ROOM = "out", "room"
LEFT: dict[str, Words] = {
    OUT: _("The person or the request takes no part in this run."),
    ROOM: _("Seats, a most or a cap leave no room for it beside what was decided before."),
}


@dataclass(frozen=True, kw_only=True)
class ByHand:
    """What stands of the decisions by hand: application → request, and the pairs ruled out."""

    places: Mapping[int, int] = field(default_factory=dict)  # in the order they were made
    bans: frozenset[tuple[int, int]] = frozenset()

    def with_(
        self, places: Mapping[int, int], bans: Iterable[tuple[int, int]] = ()
    ) -> "ByHand":
        """Put new decisions last; they replace what they contradict."""
        new_bans = frozenset(bans)
        kept = {
            who: where
            for who, where in self.places.items()
            if who not in places and (who, where) not in new_bans
        }
        old_bans = self.bans - set(places.items())
        return ByHand(places=kept | dict(places), bans=old_bans | new_bans)


@unscoped("a run keeps what was decided by hand, whoever started it")
def by_hand(year_id: int) -> ByHand:
    """Read what stands for a year, the oldest decision first."""
    rows = Lock.objects.filter(year_id=year_id, state=LockState.STANDING).order_by("pk")
    facts = list(rows.values_list("kind", "application_id", "request_id"))
    return ByHand(
        places={who: where for kind, who, where in facts if kind != LockKind.BAN},
        bans=frozenset((who, where) for kind, who, where in facts if kind == LockKind.BAN),
    )


def locked(market: Market, places: Mapping[str, str]) -> tuple[Market, dict[str, str]]:
    """Put locks into a market, the oldest first; leave out those that no plan could keep.

    Returns the market, and for each person left out why: `OUT` or `ROOM`.
    """
    left: dict[str, str] = {}
    options = _options(market)
    kept = []
    for person, place in places.items():
        if place in options.get(person, ()):
            kept.append(MarketLock(person, place))
        else:
            left[person] = OUT
    while True:
        tried = replace(market, locks=tuple(kept))
        try:
            check(tried)
        except InvalidMarket as fault:
            index = _index(fault.path)
            if index is None:
                raise
            left[kept.pop(index).person] = ROOM
        else:
            return tried, left


def _options(market: Market) -> dict[str, set[str]]:
    found = {person.id: {it.place for it in person.options} for person in market.people}
    for couple in market.couples:
        found[couple.a] = {pair.a for pair in couple.pairs}
        found[couple.b] = {pair.b for pair in couple.pairs}
    return found


def _index(path: str) -> int | None:
    """Read which lock a fault is about: `locks[3].place` is 3."""
    if not path.startswith("locks["):
        return None
    return int(path[6 : path.index("]")])


def why_left(code: str) -> Words:
    """Say why a run could not keep what was decided by hand."""
    return LEFT[code] if code in LEFT else SENTENCES[code]


def locks_for(person: Person) -> QuerySet[Lock]:
    """Find what was decided by hand, the latest first."""
    whole = (f"request__{name}" for name in OF_A_REQUEST)
    related = ("application__country", "made_by", "lifted_by", "year", "run", *whole)
    found = seen_by(person, Lock).select_related(*related)
    return found.defer("run__market", "run__plan").order_by("-pk")
