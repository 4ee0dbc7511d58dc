"""The register as a table that leaves."""

from collections.abc import Iterable
from typing import Any

from kakehashi.approvals.policy import DESKS
from kakehashi.correspondence.queries import entries_for, own_offices
from kakehashi.directory.models import Person
from kakehashi.directory.policy import holds
from kakehashi.kernel.imports import ExportKind, offer_export
from kakehashi.kernel.policy import Policy, rule
from kakehashi.kernel.words import _


@rule(_("you keep the register of an office"))
def _keeps_one(person: Person, _thing: None) -> bool:
    return holds(person, *DESKS)


_policy = Policy[Person, None](export_correspondence=_keeps_one)


def _require(person: Person) -> None:
    _policy.require(person, "export_correspondence", None)


def _rows(person: Person) -> Iterable[Any]:
    rows = entries_for(person).filter(office__in=own_offices(person))
    return rows.order_by("office", "fiscal_year", "direction", "number", "pk")


offer_export(
    ExportKind(
        name="correspondence",
        label=_("Correspondence register"),
        columns=(
            ("office", lambda row: row.office.code),
            ("direction", lambda row: row.direction),
            ("number", lambda row: row.written_number),
            ("dated_on", lambda row: row.dated_on.isoformat()),
            ("counterpart", lambda row: row.other_side),
            ("their_number", lambda row: row.their_number),
            ("subject", lambda row: row.subject),
            ("due_at", lambda row: row.due_at.isoformat() if row.due_at else ""),
            ("time_zone", lambda row: row.time_zone),
            ("answerer", lambda row: row.answerer.email if row.answerer else ""),
            ("state", lambda row: row.state),
        ),
        rows=_rows,
        require=_require,
    )
)
