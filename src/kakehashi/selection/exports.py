"""Scores and results as tables: what officers take out, under the headings of the imports."""

from collections.abc import Callable, Iterable
from itertools import chain
from typing import Any

from django.db.models import QuerySet

from kakehashi.directory.models import Person
from kakehashi.kernel.holdings import Holding, hold
from kakehashi.kernel.imports import ExportKind, offer_export
from kakehashi.kernel.scope import seen_by
from kakehashi.kernel.words import _
from kakehashi.selection import queries
from kakehashi.selection.models import InterviewScore, Result, Screening
from kakehashi.selection.policy import desks

Score = Screening | InterviewScore


def _require(line: str) -> Callable[[Any], None]:
    return lambda person: desks.require(person, line, None)


def _scores(person: Any) -> Iterable[Score]:  # noqa: ANN401 -- the kernel knows no person
    read, met = queries.scores_to_export(person)
    return chain(read.iterator(chunk_size=1000), met.iterator(chunk_size=1000))


def _results(person: Any) -> Iterable[Result]:  # noqa: ANN401 -- the kernel knows no person
    return queries.results_to_export(person).iterator(chunk_size=1000)


def _is_read(row: Score) -> bool:
    return isinstance(row, Screening)


def _scorer(row: Score) -> str:
    return row.reader.email if isinstance(row, Screening) else row.interviewer.email


offer_export(
    ExportKind(
        name="scores",
        label=_("Scores"),
        columns=(
            ("application", lambda row: row.application.number),
            ("kind", lambda row: "screening" if _is_read(row) else "interview"),
            ("person_email", _scorer),
            ("points", lambda row: row.points),
            ("japanese_level", lambda row: "none" if _is_read(row) else row.japanese_level),
            ("comment", lambda row: row.comment),
            ("held_on", lambda row: "" if _is_read(row) else row.held_on),
        ),
        rows=_scores,
        require=_require("export_scores"),
    )
)
offer_export(
    ExportKind(
        name="results",
        label=_("Results"),
        columns=(
            ("application", lambda row: row.application.number),
            ("outcome", lambda row: row.outcome),
            ("rank", lambda row: row.rank),
        ),
        rows=_results,
        require=_require("export_results"),
    )
)


def _own_results(person: Person) -> QuerySet[Result]:
    return (
        seen_by(person, Result)
        .filter(application__person=person)
        .select_related("application", "round")
    )


hold(
    Holding(
        name="results",
        title=_("Your results"),
        model=Result,
        rows=_own_results,
        fields={
            "application": _("Application"),
            "outcome": _("Result"),
            "state_name": _("State"),
            "replied_at": _("Replied at"),
        },
    )
)
