"""The invitation plans in force leave as a table of numbers."""

from collections.abc import Iterable

from kakehashi.directory.models import Person
from kakehashi.intake.models import PlanLine
from kakehashi.intake.policy import policy
from kakehashi.intake.queries import released_lines_for
from kakehashi.kernel.imports import ExportKind, offer_export
from kakehashi.kernel.words import _


def _lines(person: Person) -> Iterable[PlanLine]:
    return released_lines_for(person)


def _may_take(person: Person) -> None:
    policy.require(person, "export_plan", None)


offer_export(
    ExportKind(
        name="plan",
        label=_("Invitation plan"),
        columns=(
            ("year", lambda line: line.plan.year.year),
            ("country", lambda line: line.country.code),
            ("position", lambda line: line.position.code),
            ("wave", lambda line: line.wave.code),
            ("seats", lambda line: line.seats),
        ),
        rows=_lines,
        require=_may_take,
    )
)
