"""Who could go where, and at which cost: every person put before every request, once.

Two thousand people and a thousand requests are two million pairs; but many people ask alike, and
many requests do.  So a rule is asked once for those who are alike, and a cost is added up from
tables: what the place's prefecture costs a wish, and what everything else costs a kind of person.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from kakehashi.placement.queries.people import Opening, Seeker
from kakehashi.placement.rules import (
    BAN,
    SISTER,
    Candidate,
    Offer,
    Post,
    Wish,
    cost_of,
    obstacle,
    parts_beside_wishes,
    wish_part,
)

Costs = dict[int, int]  # request → cost
Rejected = tuple[int, str, list[int]]  # application, rule, requests
Numbers = NDArray[np.int64]
T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class _Shelf:
    """The openings in order, sorted by what rules and costs can tell apart."""

    pks: Numbers
    posts: list[Post]
    post_of: Numbers
    prefectures: list[str]
    prefecture_of: Numbers
    offers: list[Offer]  # without prefecture and sister cities
    offer_of: Numbers
    sisters: list[frozenset[str]]
    sisters_of: Numbers


def possible(
    seekers: Sequence[Seeker],
    openings: Sequence[Opening],
    weights: Mapping[str, int],
    bans: Iterable[tuple[int, int]],
) -> tuple[dict[int, Costs], list[Rejected]]:
    """Give each person's possible requests with their costs, and what a rule or a hand rejects."""
    shelf = _shelf(openings)
    banned: dict[int, set[int]] = defaultdict(set)
    for who, request in bans:
        banned[who].add(request)
    sorted_: dict[Candidate, tuple[Numbers, dict[str, list[int]]]] = {}
    beside: dict[Wish, Numbers] = {}
    found, rejections = {}, []
    for seeker in seekers:
        if seeker.candidate not in sorted_:
            sorted_[seeker.candidate] = _sorted(seeker.candidate, shelf)
        allowed, rejected = sorted_[seeker.candidate]
        rejections += [(seeker.pk, rule, pks) for rule, pks in rejected.items()]
        costs = _costs(seeker.wish, shelf, weights, beside)[allowed]
        kept = dict(zip(shelf.pks[allowed].tolist(), costs.tolist(), strict=True))
        if out := sorted(banned[seeker.pk] & set(kept)):
            for pk in out:
                del kept[pk]
            rejections.append((seeker.pk, BAN, out))
        found[seeker.pk] = kept
    return found, rejections


def _shelf(openings: Sequence[Opening]) -> _Shelf:
    posts, post_of = _told_apart([it.post for it in openings])
    prefectures, prefecture_of = _told_apart([it.offer.prefecture for it in openings])
    offers, offer_of = _told_apart(
        [replace(it.offer, prefecture="", sisters=frozenset()) for it in openings]
    )
    sisters, sisters_of = _told_apart([it.offer.sisters for it in openings])
    return _Shelf(
        pks=np.array([it.pk for it in openings], dtype=np.int64),
        posts=posts,
        post_of=post_of,
        prefectures=prefectures,
        prefecture_of=prefecture_of,
        offers=offers,
        offer_of=offer_of,
        sisters=sisters,
        sisters_of=sisters_of,
    )


def _told_apart(things: Sequence[T]) -> tuple[list[T], Numbers]:
    """List the different ones, and say of each thing which it is."""
    numbers: dict[T, int] = {}
    which = [numbers.setdefault(thing, len(numbers)) for thing in things]
    return list(numbers), np.array(which, dtype=np.int64)


def _sorted(candidate: Candidate, shelf: _Shelf) -> tuple[Numbers, dict[str, list[int]]]:
    """Give the places on the shelf that are possible, and the requests that each rule rejects."""
    rules = [obstacle(candidate, post) for post in shelf.posts]
    stands = np.array([not rule for rule in rules], dtype=np.bool_)[shelf.post_of]
    rejected: dict[str, list[int]] = defaultdict(list)
    out = ~stands
    for pk, post in zip(shelf.pks[out].tolist(), shelf.post_of[out].tolist(), strict=True):
        rejected[rules[post]].append(pk)
    return np.flatnonzero(stands), dict(rejected)


def _costs(
    wish: Wish, shelf: _Shelf, weights: Mapping[str, int], beside: dict[Wish, Numbers]
) -> Numbers:
    """Add up what each place costs a wish; the same as the sum of its parts."""
    where = [weights.get(wish_part(wish, it), 0) for it in shelf.prefectures]
    kind = replace(wish, prefectures=())
    if kind not in beside:
        rest = [cost_of(parts_beside_wishes(kind, it, weights)) for it in shelf.offers]
        beside[kind] = np.array(rest, dtype=np.int64)[shelf.offer_of]
    costs: Numbers = np.array(where, dtype=np.int64)[shelf.prefecture_of] + beside[kind]
    tied = np.array([wish.country in it for it in shelf.sisters], dtype=np.bool_)
    less = np.maximum(costs - weights.get(SISTER, 0), 0)
    return np.where(tied[shelf.sisters_of], less, costs)
