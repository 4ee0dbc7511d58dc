"""The lists of rounds and results: which columns each has."""

from django.urls import reverse

from kakehashi.directory.models import Person
from kakehashi.intake.queries import positions_by_code, years_by_number
from kakehashi.kernel.words import Words, _
from kakehashi.selection import queries
from kakehashi.selection.lifecycle import (
    RESULT,
    ROUND,
    SCREENING,
    ResultState,
    RoundState,
    ScreeningState,
)
from kakehashi.selection.models import Round
from kakehashi.selection.policy import sees_points
from kakehashi.selection.rules import OUTCOME_NAMES, Outcome
from kakehashi.web.listing import Batch, Column, Filter, Listing
from kakehashi.web.rows import Rows, named, page_of, within

ROUND_TONES = {RoundState.OPEN: "now", RoundState.DECIDED: "warn", RoundState.RELEASED: "ok"}
OUTCOME_TONES = {
    Outcome.SHORTLISTED: "ok",
    Outcome.ALTERNATE: "warn",
    Outcome.NOT_SELECTED: "",
}
RESULT_TONES = {
    ResultState.PROPOSED: "",
    ResultState.TOLD: "now",
    ResultState.ACCEPTED: "ok",
    ResultState.DECLINED: "",
}


ROUND_COLUMNS = (
    Column(
        name="mission",
        label=_("Embassy or consulate"),
        value=lambda row: row.mission,
        sort=("mission__code",),
        link=page_of("selection:round"),
        head=True,
    ),
    Column(
        name="year",
        label=_("Year of arrival"),
        value=lambda row: str(row.year),
        sort=("year__year",),
    ),
    Column(
        name="decided",
        label=_("Proposed on"),
        value=lambda row: row.decided_at,
        sort=("decided_at",),
        kind="moment",
    ),
    Column(
        name="released",
        label=_("Released on"),
        value=lambda row: row.released_at,
        sort=("released_at",),
        kind="moment",
    ),
    Column(
        name="state",
        label=_("State"),
        value=lambda row: row.state_name,
        sort=("state",),
        kind="tag",
        tone=lambda row: ROUND_TONES[row.state],
    ),
)


def _years() -> list[tuple[str, Words]]:
    return [(number, number) for number in years_by_number()]


def _of_year(path: str) -> Filter:
    """Narrow a list to one programme year."""
    return Filter(
        name="year",
        label=_("Programme year"),
        apply=lambda rows, value: rows.filter(**{path: int(value)}),
        choices=_years,
    )


def round_listing(person: Person) -> Listing:
    """List rounds with their state."""
    return Listing(
        columns=ROUND_COLUMNS,
        rows=queries.rounds_for(person),
        order=("-year__year", "mission__code"),
        caption=_("Rounds of results"),
        empty=_("No round has been opened yet."),
        filters=(
            Filter(
                name="state",
                label=_("State"),
                apply=_by_state,
                choices=lambda: list(ROUND.names.items()),
            ),
            _of_year("year__year"),
        ),
    )


RESULT_COLUMNS = (
    Column(
        name="number",
        label=_("Application"),
        value=lambda row: row.application.number,
        sort=("application__number",),
        link=page_of("selection:result"),
        head=True,
    ),
    Column(
        name="name",
        label=_("Name"),
        value=lambda row: row.application.name,
        sort=("application__family_name", "application__given_name"),
    ),
    Column(
        name="position",
        label=_("Position"),
        value=lambda row: row.application.position.code,
        sort=("application__position__code",),
    ),
    Column(
        name="country",
        label=_("Country"),
        value=lambda row: row.application.country,
        sort=("application__country__code",),
    ),
    Column(
        name="outcome",
        label=_("Outcome"),
        value=lambda row: OUTCOME_NAMES[row.outcome],
        sort=("outcome",),
        kind="tag",
        tone=lambda row: OUTCOME_TONES[row.outcome],
    ),
    Column(
        name="rank",
        label=_("Rank"),
        value=lambda row: row.rank,
        sort=("rank",),
        kind="number",
    ),
)
_POINTS = (
    Column(
        name="total",
        label=_("Total"),
        value=lambda row: f"{row.total_points:.2f}",
        sort=("total_points",),
        kind="number",
    ),
)
_STATE = (
    Column(
        name="state",
        label=_("State"),
        value=lambda row: row.state_name,
        sort=("state",),
        kind="tag",
        tone=lambda row: RESULT_TONES[row.state],
    ),
)


def _positions() -> list[tuple[str, Words]]:
    return [(code, str(one)) for code, one in positions_by_code().items()]


def _by_state(rows: Rows, value: str) -> Rows:
    return rows.filter(state=value)


OUTCOMES = Filter(
    name="outcome",
    label=_("Outcome"),
    apply=lambda rows, value: rows.filter(outcome=value),
    choices=lambda: list(OUTCOME_NAMES.items()),
)
POSITIONS = Filter(
    name="position",
    label=_("Position"),
    apply=lambda rows, value: rows.filter(application__position__code=value),
    choices=_positions,
)


def _of_line(rows: Rows, key: str) -> Rows:
    country, _dash, position = key.partition("-")
    return rows.filter(application__country__code=country, application__position__code=position)


_READS = (
    *("state", "outcome", "rank", "application__position__code"),
    *within("application", "number", "given_name", "family_name"),
    *named("application__country"),
)


def ranking(person: Person, round_: Round, lines: list[queries.Line]) -> Listing:
    """List the results of one round, the best first; `lines` are what it can be narrowed to."""
    groups = Filter(
        name="line",
        label=_("Country and position"),
        apply=_of_line,
        choices=lambda: [(line.key, f"{line.country}, {line.position.code}") for line in lines],
    )
    return Listing(
        columns=(*RESULT_COLUMNS, *(_POINTS if sees_points(person) else ()), *_STATE),
        rows=queries.desk_results(person).filter(round=round_),
        order=("application__position__code", "-total_points", "application__number"),
        caption=_("Ranking"),
        empty=_("There are no results here that you may see."),
        filters=(groups, OUTCOMES),
    )


def result_listing(person: Person, *, may_key: bool) -> Listing:
    """List the results a desk works with, with the replies that came on paper."""
    batch = Batch(
        name="accept",
        label=_("They accept (paper reply)"),
        url=reverse("selection:accept_many"),
        primary=True,
    )
    states = Filter(
        name="state",
        label=_("State"),
        apply=_by_state,
        choices=lambda: list(RESULT.names.items()),
    )
    return Listing(
        columns=(*RESULT_COLUMNS, *_STATE),
        rows=queries.desk_results(person),
        order=("-round__year__year", "application__number"),
        caption=_("Results and replies"),
        empty=_("No result has been proposed yet."),
        filters=(OUTCOMES, POSITIONS, states, _of_year("round__year__year")),
        batch=(batch,) if may_key else (),
        reads=_READS,
    )


SCREENING_TONES = {
    ScreeningState.ASSIGNED: "now",
    ScreeningState.SCORED: "ok",
    ScreeningState.CONFLICTED: "warn",
}
READING_COLUMNS = (
    Column(
        name="application",
        label=_("Application"),
        value=lambda row: row.application.number,
        sort=("application__number",),
        link=page_of("recruitment:application", "application_id"),
        head=True,
    ),
    Column(
        name="reader",
        label=_("Reader"),
        value=lambda row: row.reader,
        sort=("reader__family_name", "reader__given_name"),
    ),
    Column(
        name="mission",
        label=_("Embassy or consulate"),
        value=lambda row: row.application.mission,
        sort=("application__mission__code",),
    ),
    Column(
        name="assigned",
        label=_("Given on"),
        value=lambda row: row.assigned_at,
        sort=("assigned_at",),
        kind="moment",
    ),
    Column(
        name="scored",
        label=_("Scored on"),
        value=lambda row: row.scored_at,
        sort=("scored_at",),
        kind="moment",
    ),
    Column(
        name="state",
        label=_("State"),
        value=lambda row: row.state_name,
        sort=("state",),
        kind="tag",
        tone=lambda row: SCREENING_TONES[row.state],
    ),
)


def readings_listing(person: Person) -> Listing:
    """List who reads what for the missions in this person's charge, and since when; no points."""
    return Listing(
        columns=READING_COLUMNS,
        rows=queries.readings_in_charge(person),
        order=("assigned_at", "application__number"),
        caption=_("Readings"),
        empty=_("No application has been given to a reader yet."),
        filters=(
            Filter(
                name="state",
                label=_("State"),
                apply=_by_state,
                choices=lambda: list(SCREENING.names.items()),
            ),
            _of_year("application__year__year"),
        ),
    )
