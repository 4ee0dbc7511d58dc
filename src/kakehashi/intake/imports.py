"""The invitation plan comes in as a table of numbers."""

from collections.abc import Iterable
from datetime import datetime
from typing import cast

from kakehashi.directory.models import Person
from kakehashi.directory.queries import countries_by_code
from kakehashi.intake.actions import import_plan
from kakehashi.intake.lifecycle import YearState
from kakehashi.intake.models import Plan, PlanLine
from kakehashi.intake.policy import policy
from kakehashi.intake.queries import (
    positions_by_code,
    waves_by_year_and_code,
    years_by_number,
)
from kakehashi.kernel import cells
from kakehashi.kernel.imports import Column, Fault, ImportKind, Row, offer_import
from kakehashi.kernel.words import _, pgettext_lazy


def _may_bring(person: Person) -> None:
    policy.require(person, "import_plan", None)


def _check(rows: list[Row], _by: object, _at: datetime) -> Iterable[Fault]:
    """Find waves the year does not have, and years that are closed."""
    waves = waves_by_year_and_code()
    for row in rows:
        year = row["year"]
        if (year.pk, row["wave"]) not in waves:
            yield Fault(
                row=row["row"],
                column="wave",
                value=row["wave"],
                says=_("This year has no such wave."),
                fix=_("Use the code of one of the year's waves."),
            )
        if year.state == YearState.CLOSED:
            yield Fault(
                row=row["row"],
                column="year",
                value=str(year),
                says=_("This year is closed. Its plan cannot be changed."),
                fix=_("Choose a year that is not closed."),
            )


def _write(rows: list[Row], *, by: object, at: datetime) -> int:
    return import_plan(rows, by=cast("Person", by), at=at)


offer_import(
    ImportKind(
        name="plan",
        label=_("Invitation plan"),
        columns=(
            Column(
                name="year",
                label=_("Programme year"),
                read=cells.code,
                among=years_by_number,
                example="2027",
            ),
            Column(
                name="country",
                label=_("Country"),
                read=cells.code,
                among=countries_by_code,
                example="IE",
            ),
            Column(
                name="position",
                label=_("Position"),
                read=cells.code,
                among=positions_by_code,
                example="ALT",
            ),
            Column(name="wave", label=_("Wave"), read=cells.text(10), example="a"),
            Column(
                name="seats",
                label=pgettext_lazy("plan", "Seats"),
                read=cells.whole(0, 20_000),
                example="12",
            ),
        ),
        unique=("year", "country", "position", "wave"),
        require=_may_bring,
        write=_write,
        check=_check,
        undoes=(PlanLine, Plan),
    )
)
