"""What the telling of the year carries from act to act, and how an act is written."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from pathlib import Path
from random import Random
from typing import Any, Protocol

from kakehashi.demo.actions.tables import bring_rows
from kakehashi.demo.models import Scene
from kakehashi.demo.rules import LATE, YEAR, Marginals, Stage
from kakehashi.directory.models import Office, Person
from kakehashi.directory.queries import offices_by_code
from kakehashi.directory.rules import OfficeKind
from kakehashi.intake.models import ProgrammeYear
from kakehashi.intake.queries import year_of
from kakehashi.kernel.words import Words
from kakehashi.recruitment.queries import applications_for

FEWEST_NEWCOMERS = 12


class Teller(Protocol):
    """Who hears how far the telling is: the terminal, or nobody."""

    def begin(self, act: "Act", number: int, of: int) -> None:
        """Hear that an act begins."""

    def far(self, done: int, of: int) -> None:
        """Hear how much of the act is done."""

    def end(self) -> None:
        """Hear that the act is over."""


class Silence:
    """Tell nobody."""

    def begin(self, act: "Act", number: int, of: int) -> None:
        """Say nothing of a beginning."""

    def far(self, done: int, of: int) -> None:
        """Say nothing of what is done."""

    def end(self) -> None:
        """Say nothing of an end."""


@dataclass
class Story:
    """What the telling needs from one act to the next.

    Every act asks `chance` alone, which is its own: an act that is added changes no other.
    """

    people: int
    seed: str
    scene: Scene
    marginals: Marginals
    pack: Path
    teller: Teller
    chance: Random = field(default_factory=Random)
    cast: dict[str, Person] = field(default_factory=dict)
    organisations: list[dict[str, str]] = field(default_factory=list)
    sizes: list[int] = field(default_factory=list)  # how many serve at each organisation, about
    tables: dict[str, Sequence[dict[str, str]]] = field(default_factory=dict)

    @property
    def newcomers(self) -> int:
        """Say how many newcomers the year invites."""
        return self.marginals.number("newcomers", least=FEWEST_NEWCOMERS)

    @cached_property
    def year(self) -> ProgrammeYear:
        """Give the year that is told; it must have been created by now."""
        return year_of(YEAR)

    def missions(self) -> list[Office]:
        """List the missions with applications of the year, but the one that starts late."""
        there = applications_for(self.cast["mofa"]).filter(year=self.year)
        pks = set(there.values_list("mission", flat=True))
        offices = offices_by_code(OfficeKind.MISSION).values()
        return [one for one in offices if one.pk in pks and one.code != LATE]

    def far(self, done: int, of: int) -> None:
        """Say how much of the act is done."""
        self.teller.far(done, of)

    def bring(
        self,
        kind: str,
        rows: Sequence[dict[str, str]],
        *,
        by: Person,
        at: datetime,
        name: str = "",
    ) -> None:
        """Bring a table as the officers do: whole."""
        self.tables[name or kind] = rows
        bring_rows(kind, rows, name=name, by=by, at=at)

    def do(
        self,
        deed: Callable[..., object],
        things: Iterable[Any],
        *,
        by: Person,
        at: datetime,
        **facts: object,
    ) -> None:
        """Do one of the officers' bulk actions to all these things."""
        deed(list(things), by=by, at=at, **facts)


@dataclass(frozen=True)
class Act:
    """One thing that happens in the invented year: until which stage, when, what, and how.

    `play(story, at)` runs the officers' own actions; queued work is done after each act.  The last
    act of a stage is played only where the telling stops there: later acts leave no room for it.
    """

    stage: Stage
    at: datetime
    words: Words
    play: Callable[[Story, datetime], None]
    is_last_of_its_stage: bool = False
