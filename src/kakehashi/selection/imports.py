"""Scores and results as tables: what missions and MOFA bring in."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from functools import partial
from typing import Any

from kakehashi.directory.models import Person
from kakehashi.directory.policy import holds, offices_of
from kakehashi.directory.queries import officers_by_office, people_by_email
from kakehashi.directory.rules import Role
from kakehashi.kernel import cells
from kakehashi.kernel.imports import Column, Fault, ImportKind, Row, offer_import
from kakehashi.kernel.words import Words, _
from kakehashi.recruitment.lifecycle import State
from kakehashi.recruitment.models import Application
from kakehashi.recruitment.queries import applications_by_number, complete_applications
from kakehashi.recruitment.rules import JAPANESE_LEVELS
from kakehashi.selection import queries
from kakehashi.selection.actions import import_results, import_scores
from kakehashi.selection.actions.bringing import INTERVIEW_KIND, SCREENING_KIND
from kakehashi.selection.models import InterviewScore, Result, Round, Screening
from kakehashi.selection.policy import desks
from kakehashi.selection.rules import MOST_POINTS, OUTCOME_NAMES, Outcome

_optional = partial(Column, required=False)
Saying = tuple[Words, Words]

UNKNOWN: Saying = (
    _("This is not known."),
    _("Check how it is written."),  # as of a number that does not exist
)
LATE: Saying = (
    _("The results of this embassy or consulate are proposed already."),
    _("Take the proposal back first."),
)

_number = Column(
    name="application",
    label=_("Application number"),
    read=cells.code,
    among_these=applications_by_number,
    is_listed=False,
    example="27-00042",
)


def _fault(row: Row, column: str, value: object, saying: Saying) -> Fault:
    return Fault(row=row["row"], column=column, value=str(value), says=saying[0], fix=saying[1])


def _theirs(rows: list[Row], by: Person) -> Iterable[Fault]:
    """Refuse what is not theirs in the same words as what is not there."""
    all_of_them = holds(by, Role.MOFA)
    mine = offices_of(by, Role.MISSION)
    for row in rows:
        application: Application = row["application"]
        known = all_of_them or application.mission_id in mine
        own = application.person_id == by.pk
        if not known or own or application.state != State.COMPLETE:
            yield _fault(row, "application", application.number, UNKNOWN)


def _late(rows: list[Row]) -> Iterable[Fault]:
    years = {row["application"].year_id: row["application"].year for row in rows}
    missions = {row["application"].mission_id for row in rows}
    closed = {
        (key, mission)
        for key, year in years.items()
        for mission in queries.closed_missions(year, missions)
    }
    for row in rows:
        application = row["application"]
        if (application.year_id, application.mission_id) in closed:
            yield _fault(row, "application", application.number, LATE)


def _own(rows: list[Row]) -> Iterable[Fault]:
    for row in rows:
        if row["person_email"].pk == row["application"].person_id:
            words = _("Nobody scores their own application."), _("Leave this row out.")
            yield _fault(row, "person_email", row["person_email"].email, words)


def _unseated(rows: list[Row]) -> Iterable[Fault]:
    """A score counts only from somebody who reads or interviews for the mission."""
    missions = {row["application"].mission_id for row in rows}
    seated = {
        kind: officers_by_office(missions, role)
        for kind, role in ((SCREENING_KIND, Role.READER), (INTERVIEW_KIND, Role.INTERVIEWER))
    }
    for row in rows:
        there = seated[row["kind"]][row["application"].mission_id]
        if row["person_email"] not in there:
            words = (
                _("This person has no such seat at the embassy or consulate."),
                _("Write the address of one of its readers or interviewers."),
            )
            yield _fault(row, "person_email", row["person_email"].email, words)


def _scored(rows: list[Row]) -> Iterable[Fault]:
    applications = [row["application"] for row in rows]
    years = {one.year_id for one in applications}
    missions = {one.mission_id for one in applications}
    read = queries.screenings_of(years, missions)
    met = queries.sheets_of(years, missions)
    for row in rows:
        key = (row["application"].pk, row["person_email"].pk)
        screening = read.get(key)
        screened = row["kind"] == SCREENING_KIND and screening and screening.state != "assigned"
        if screened or (row["kind"] == INTERVIEW_KIND and key in met):
            words = _("This person's score stands already."), _("Leave this row out.")
            yield _fault(row, "person_email", row["person_email"].email, words)


def _undated(rows: list[Row]) -> Iterable[Fault]:
    for row in rows:
        if row["kind"] == INTERVIEW_KIND and row["held_on"] is None:
            words = _("An interview needs its day."), _("Write it like 2027-01-26.")
            yield _fault(row, "held_on", "", words)


def _check_scores(rows: list[Row], by: Person, _at: datetime) -> Iterable[Fault]:
    yield from _theirs(rows, by)
    checks: tuple[Callable[[list[Row]], Iterable[Fault]], ...] = (
        _late,
        _own,
        _unseated,
        _scored,
        _undated,
    )
    for check in checks:
        yield from check(rows)


def _unranked(rows: list[Row]) -> Iterable[Fault]:
    for row in rows:
        if row["outcome"] == Outcome.ALTERNATE and row["rank"] is None:
            words = _("An alternate needs a rank."), _("Write a whole number from 1.")
            yield _fault(row, "rank", "", words)


def _left_out(rows: list[Row], by: Person) -> Iterable[Fault]:
    """Nobody's result may be forgotten: every complete application is named."""
    named = {row["application"].pk for row in rows}
    rounds: Mapping[tuple[int, int], Application] = {
        (row["application"].year_id, row["application"].mission_id): row["application"]
        for row in rows
    }
    mine = offices_of(by, Role.MISSION)
    for one in rounds.values():
        if one.mission_id not in mine and not holds(by, Role.MOFA):
            continue
        for missed in complete_applications(one.year, one.mission).exclude(pk__in=named):
            yield Fault(
                row=1,
                column="application",
                value=missed.number,
                says=_("This application is not in the table."),
                fix=_("Add a row with its result."),
            )


def _unmet(rows: list[Row]) -> Iterable[Fault]:
    """Who was not interviewed is not selected, whoever decides."""
    applications = [row["application"] for row in rows]
    met = {
        application
        for application, _interviewer in queries.sheets_of(
            {one.year_id for one in applications}, {one.mission_id for one in applications}
        )
    }
    for row in rows:
        if row["outcome"] != Outcome.NOT_SELECTED and row["application"].pk not in met:
            words = _("This person was not interviewed."), _("Write “not_selected”.")
            yield _fault(row, "outcome", row["outcome"], words)


def _too_many(rows: list[Row]) -> Iterable[Fault]:
    """Never more are shortlisted than the plan in force gives the mission."""
    taken: Counter[tuple[int, int, int, int]] = Counter()
    places: dict[tuple[int, int], dict[tuple[int, int], int]] = {}
    for row in rows:
        if row["outcome"] != Outcome.SHORTLISTED:
            continue
        one = row["application"]
        here, group = (one.year_id, one.mission_id), (one.country_id, one.position_id)
        if here not in places:
            places[here] = queries.places_of(Round(year=one.year, mission=one.mission))
        taken[*here, *group] += 1
        if taken[*here, *group] > places[here].get(group, 0):
            words = (
                _("More are shortlisted than there are places."),
                _("Write “alternate” with a rank, or “not_selected”."),
            )
            yield _fault(row, "outcome", row["outcome"], words)


def _same_rank(rows: list[Row]) -> Iterable[Fault]:
    """Alternates are called in order, so no two share a place in the list."""
    seen: set[tuple[int, ...]] = set()
    for row in rows:
        if row["outcome"] != Outcome.ALTERNATE or row["rank"] is None:
            continue
        one = row["application"]
        key = (one.year_id, one.mission_id, one.country_id, one.position_id, row["rank"])
        if key in seen:
            words = (
                _("Another alternate of this country and position has this rank."),
                _("Give each a rank of their own."),
            )
            yield _fault(row, "rank", row["rank"], words)
        seen.add(key)


def _check_results(rows: list[Row], by: Person, _at: datetime) -> Iterable[Fault]:
    yield from _theirs(rows, by)
    checks: tuple[Callable[[list[Row]], Iterable[Fault]], ...] = (
        _late,
        _unranked,
        _unmet,
        _too_many,
        _same_rank,
    )
    for check in checks:
        yield from check(rows)
    yield from _left_out(rows, by)


def _require(line: str) -> Callable[[Any], None]:
    return lambda person: desks.require(person, line, None)


offer_import(
    ImportKind(
        name="scores",
        label=_("Scores"),
        columns=(
            _number,
            Column(
                name="kind",
                label=_("Kind"),
                read=cells.one_of(SCREENING_KIND, INTERVIEW_KIND),
                example=SCREENING_KIND,
            ),
            Column(
                name="person_email",
                label=_("E-mail of the reader or interviewer"),
                read=cells.email,
                among_these=people_by_email,
                is_listed=False,
                example="reader@example.org",
            ),
            Column(
                name="points",
                label=_("Points"),
                read=cells.whole(0, MOST_POINTS),
                example="72",
            ),
            _optional(
                name="japanese_level",
                label=_("Japanese level"),
                read=cells.one_of(*JAPANESE_LEVELS),
                empty="none",
                example="N4",
            ),
            _optional(name="comment", label=_("Comment"), read=cells.text(2000), empty=""),
            _optional(name="held_on", label=_("Held on"), read=cells.day, example="2027-01-26"),
        ),
        unique=("application", "kind", "person_email"),
        require=_require("import_scores"),
        write=import_scores,
        check=_check_scores,
        undoes=(Screening, InterviewScore),
    )
)
offer_import(
    ImportKind(
        name="results",
        label=_("Results"),
        columns=(
            _number,
            Column(
                name="outcome",
                label=_("Outcome"),
                read=cells.one_of(*OUTCOME_NAMES),
                example=Outcome.SHORTLISTED,
            ),
            _optional(name="rank", label=_("Rank"), read=cells.whole(1, 20_000), example="1"),
        ),
        unique=("application",),
        require=_require("import_results"),
        write=import_results,
        check=_check_results,
        undoes=(Result, Round),
    )
)
