"""What is true of scores and results without a database."""

import re
from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from math import ceil
from typing import TypeVar

from kakehashi.kernel.words import Words, _

K = TypeVar("K", bound=Hashable)

CENT = Decimal("0.01")
NOTHING = Decimal("0.00")
MOST_POINTS = 100
# Assumed: no source states how many alternates are kept.  Half of the places, rounded up; the page
# of a round says so.
ALTERNATES_PER_PLACE = Decimal("0.5")
HIDDEN = "▇▇▇"


class Outcome(StrEnum):
    """What a result says."""

    SHORTLISTED = "shortlisted"
    ALTERNATE = "alternate"
    NOT_SELECTED = "not_selected"


OUTCOME_NAMES: dict[str, Words] = {
    Outcome.SHORTLISTED: _("Shortlisted"),
    Outcome.ALTERNATE: _("Alternate"),
    Outcome.NOT_SELECTED: _("Not selected"),
}


def mean(points: Collection[int]) -> Decimal | None:
    """Average points to two places, halves up; nothing where nobody has scored."""
    return mean_of(sum(points), len(points))


def mean_of(total: int | None, count: int | None) -> Decimal | None:
    """Average points that were added up already; nothing where nobody has scored."""
    if not count or total is None:
        return None
    return (Decimal(total) / count).quantize(CENT, ROUND_HALF_UP)


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """Somebody who may be ranked: the application's number and key, and the means of its scores.

    `group` is what places are counted by, as ids: country and position.
    """

    application: int
    number: str
    group: tuple[int, int]
    screening: Decimal | None
    interview: Decimal | None

    @property
    def total(self) -> Decimal:
        """Add the mean of the screening to the mean of the interview; 0 to 200."""
        return (self.screening or NOTHING) + (self.interview or NOTHING)


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What is proposed for a candidate.

    `rank` counts within the outcome, from 1.  `is_tied` says that an equal total lies on the other
    side of the border and the application's number decided.
    """

    candidate: Candidate
    outcome: Outcome
    rank: int | None
    is_tied: bool


def ranked(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Order those who were interviewed: the highest total first, equal ones by their number."""
    met = [one for one in candidates if one.interview is not None]
    return sorted(met, key=lambda one: (-one.total, one.number))


def verdicts(candidates: Collection[Candidate], *, places: int) -> list[Verdict]:
    """Propose outcomes within one group: the best fill the places, the next are alternates.

    Who was not interviewed is not selected, whatever the screening said.
    """
    order = ranked(candidates)
    spare = alternates_for(places)
    bounds = (places, places + spare)
    found = []
    for index, one in enumerate(order):
        outcome = _outcome(index, bounds)
        first = {Outcome.SHORTLISTED: 0, Outcome.ALTERNATE: places}.get(outcome)
        rank = None if first is None else index - first + 1
        tied = _tied(order, index, bounds)
        found.append(Verdict(candidate=one, outcome=outcome, rank=rank, is_tied=tied))
    unmet = sorted((one for one in candidates if one.interview is None), key=_by_number)
    nothing = Outcome.NOT_SELECTED
    found += [
        Verdict(candidate=one, outcome=nothing, rank=None, is_tied=False) for one in unmet
    ]
    return found


def _by_number(one: Candidate) -> str:
    return one.number


def _outcome(index: int, bounds: tuple[int, int]) -> Outcome:
    if index < bounds[0]:
        return Outcome.SHORTLISTED
    return Outcome.ALTERNATE if index < bounds[1] else Outcome.NOT_SELECTED


def _tied(order: Sequence[Candidate], index: int, bounds: tuple[int, int]) -> bool:
    """Look for an equal total across a border between outcomes."""
    total = order[index].total
    return any(
        order[border - 1].total == order[border].total == total
        for border in set(bounds)
        if 0 < border < len(order)
    )


def alternates_for(places: int) -> int:
    """Say how many alternates are kept for so many places, rounded up; none for no place."""
    return ceil(places * ALTERNATES_PER_PLACE)


def shares(quota: int, applicants: Mapping[K, int]) -> dict[K, int]:
    """Divide a country's places among its missions by their complete applications.

    Largest remainder, equal ones in the order given; the shares add up to the quota, unless nobody
    has applied.  Assumed: the sources do not say how a country's number is divided among its
    missions.
    """
    everybody = sum(applicants.values())
    if not everybody:
        return dict.fromkeys(applicants, 0)
    floors = {key: quota * count // everybody for key, count in applicants.items()}
    remainders = {key: quota * count % everybody for key, count in applicants.items()}
    left = quota - sum(floors.values())
    lucky = sorted(remainders, key=lambda key: -remainders[key])[:left]
    return {key: floor + (key in lucky) for key, floor in floors.items()}


def dealt(
    applications: Sequence[tuple[int, int]],
    readers: Sequence[int],
    *,
    each: int,
    there: Collection[tuple[int, int]] = (),
    aside: Collection[tuple[int, int]] = (),
) -> list[tuple[int, int]]:
    """Deal applications out in turn: new pairs (application, reader).

    `applications` are (application, its person); nobody reads their own, nobody reads one twice,
    and whoever has least to read comes first.  `there` are the pairs that stand already: they
    count towards `each`.  `aside` are those in which the reader stepped aside: somebody else reads.
    """
    load: dict[int, int] = dict.fromkeys(readers, 0)
    held: dict[int, set[int]] = defaultdict(set)
    for application, reader in there:
        held[application].add(reader)
        load[reader] = load.get(reader, 0) + 1
    shut = {*aside}
    places = {reader: place for place, reader in enumerate(readers)}
    pairs = []
    for application, person in applications:
        taken = {person, *held[application]}
        open_to = [
            one for one in readers if one not in taken and (application, one) not in shut
        ]
        open_to.sort(key=lambda one: (load[one], places[one]))
        for reader in open_to[: max(each - len(held[application]), 0)]:
            load[reader] += 1
            held[application].add(reader)
            pairs.append((application, reader))
    return pairs


_ADDRESS = re.compile(r"[^\s@<>()]+@[^\s@<>()]+\.[^\s@<>()]+")


def blinded(text: str, names: Iterable[str]) -> str:
    """Hide a person's names and every e-mail address in what they wrote, whatever the case."""
    hidden = _ADDRESS.sub(HIDDEN, text)
    words = {word for name in names for word in (name.strip(), *name.split()) if len(word) > 1}
    for word in sorted(words, key=len, reverse=True):
        hidden = re.sub(rf"(?<!\w){re.escape(word)}(?!\w)", HIDDEN, hidden, flags=re.IGNORECASE)
    return hidden
