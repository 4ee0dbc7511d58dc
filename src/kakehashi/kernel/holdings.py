"""What the system holds about a person: each part says what it keeps, and who keeps it right.

A part declares its holdings in `exports.py`.  A row is given out only where its `rows` find it,
which start from what the person may know of; what is withheld is said in words.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model, QuerySet

from kakehashi.kernel.words import Words


@dataclass(frozen=True, kw_only=True)
class Keeper:
    """Whose business it is that a record is right: a role, in one office or in any."""

    role: str
    office: int | None = None


@dataclass(frozen=True, kw_only=True)
class Holding:
    """One kind of record about a person.

    `fields` names what is given out, by the attribute and its heading; `correctable` are those of
    them that are plain text and can be asked to be mended, from `keeper`.
    """

    name: str
    title: Words
    model: type[Model]
    rows: Callable[[Any], QuerySet[Any]]
    fields: Mapping[str, Words]
    withheld: Words = ""
    correctable: tuple[str, ...] = ()
    keeper: Callable[[Any], Keeper] | None = None


@dataclass(frozen=True, kw_only=True)
class Held:
    """One row of a holding, as it is given out."""

    holding: Holding
    key: str
    row: Any
    facts: dict[str, Any] = field(default_factory=dict)


HOLDINGS: dict[str, Holding] = {}


def hold(holding: Holding) -> None:
    """Make known what a part keeps about people."""
    HOLDINGS[holding.name] = holding


def held_about(person: Any, most: int | None = None) -> list[Held]:  # noqa: ANN401 -- any kind of person
    """Gather the rows about a person that they may know of, up to so many of each kind, newest first."""
    found = []
    for holding in HOLDINGS.values():
        rows = holding.rows(person).order_by("-pk")
        found += [as_held(holding, row) for row in (rows[:most] if most else rows)]
    return found


def as_held(holding: Holding, row: Any) -> Held:  # noqa: ANN401 -- a row of any kind
    """Take the facts of a row that are given out."""
    facts = {name: getattr(row, name) for name in holding.fields}
    return Held(holding=holding, key=f"{row._meta.label_lower}/{row.pk}", row=row, facts=facts)
