"""The table of arrivals: this year's by application number, and people already serving."""

from collections.abc import Iterable
from datetime import date, datetime

from kakehashi.arrival import actions, queries
from kakehashi.arrival.lifecycle import State
from kakehashi.arrival.models import Arrival
from kakehashi.arrival.policy import policy
from kakehashi.arrival.rules import may_have_arrived, may_still_serve
from kakehashi.directory.models import Person
from kakehashi.directory.queries import countries_by_code, organisations_in_force
from kakehashi.intake.queries import positions_by_code
from kakehashi.kernel import cells
from kakehashi.kernel.clock import TOKYO
from kakehashi.kernel.imports import Column, Fault, ImportKind, Row, offer_import
from kakehashi.kernel.words import Words, _

NEEDED = ("email", "family_name", "country", "position", "organisation")


def check(rows: list[Row], _by: Person, at: datetime) -> Iterable[Fault]:
    """Find what one cell alone cannot know: who is expected, and on what day people can come."""
    today = at.astimezone(TOKYO).date()
    known = queries.recorded_days(row["email"] for row in rows if not row["application"])
    for row in rows:
        if row["application"]:
            yield from _of_this_year(row, today)
        else:
            yield from _already_serving(row, today, known)


def _of_this_year(row: Row, today: date) -> Iterable[Fault]:
    arrival: Arrival = row["application"]
    number = arrival.placement.application.number if arrival.placement else ""
    if arrival.state != State.EXPECTED:
        says = _("This person's arrival is recorded already, or they did not come.")
        yield _fault(row, "application", number, says, _("Delete the row."))
    elif not queries.has_a_place(arrival):
        says = _("This person's place has been vacated.")
        yield _fault(row, "application", number, says, _("Delete the row."))
    if row["organisation"] and row["organisation"].pk != arrival.organisation_id:
        says = _("This person is expected at another organisation.")
        fix = _(
            "Leave the cell empty, or write the code of the organisation they are placed at."
        )
        yield _fault(row, "organisation", row["organisation"].code, says, fix)
    if not may_have_arrived(row["arrived_on"], due_on=arrival.due_on, today=today):
        says = _("Nobody can have arrived on this day.")
        fix = _("Write a day that is not in the future, within 300 days of the wave.")
        yield _fault(row, "arrived_on", str(row["arrived_on"]), says, fix)


def _already_serving(row: Row, today: date, known: set[tuple[str, object]]) -> Iterable[Fault]:
    for name in NEEDED:
        if not row[name]:
            says = _("This cell is empty.")
            fix = _("Write a value; it may be empty only where there is an application number.")
            yield _fault(row, name, "", says, fix)
    if not may_still_serve(row["arrived_on"], today=today):
        says = _("Nobody who arrived on this day can be serving today.")
        fix = _("Write the day of their first arrival, at most five years and four months ago.")
        yield _fault(row, "arrived_on", str(row["arrived_on"]), says, fix)
    if (row["email"], row["arrived_on"]) in known:
        says = _("This person's arrival on this day is recorded already.")
        yield _fault(row, "email", row["email"], says, _("Delete the row."))


def _fault(row: Row, column: str, value: str, says: Words, fix: Words) -> Fault:
    return Fault(row=row["row"], column=column, value=value, says=says, fix=fix)


COLUMNS = (
    Column(
        name="application",
        label=_("Application number"),
        read=cells.code,
        among_these=queries.arrivals_by_number,
        is_listed=False,
        required=False,
        example="27-00001",
    ),
    Column(
        name="email",
        label=_("E-mail address"),
        read=cells.email,
        required=False,
        empty="",
        example="name@example.org",
    ),
    Column(
        name="family_name",
        label=_("Family name"),
        read=cells.text(80),
        required=False,
        empty="",
    ),
    Column(
        name="given_name", label=_("Given name"), read=cells.text(80), required=False, empty=""
    ),
    Column(
        name="country",
        label=_("Country"),
        read=cells.code,
        among=countries_by_code,
        required=False,
        example="IE",
    ),
    Column(
        name="position",
        label=_("Position"),
        read=cells.code,
        among=positions_by_code,
        required=False,
        example="ALT",
    ),
    Column(
        name="organisation",
        label=_("Contracting organisation"),
        read=cells.code,
        among=organisations_in_force,
        required=False,
    ),
    Column(name="arrived_on", label=_("Day of arrival"), read=cells.day, example="2026-07-26"),
    Column(name="flight", label=_("Flight"), read=cells.text(20), required=False, empty=""),
)

ARRIVALS = ImportKind(
    name="arrivals",
    label=_("Arrivals"),
    columns=COLUMNS,
    unique=("application", "email"),
    require=lambda by: policy.require(by, "import_arrivals", None),
    write=actions.import_arrivals,
    check=check,
)
offer_import(ARRIVALS)
