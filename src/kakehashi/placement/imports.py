"""Requests come in as a table, from organisations, host bodies or CLAIR."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import cast

from kakehashi.directory.models import Person
from kakehashi.directory.queries import countries_by_code, organisations_in_force
from kakehashi.directory.rules import WORKPLACE_NAMES
from kakehashi.intake.queries import (
    positions_by_code,
    waves_by_year_and_code,
    years_by_number,
)
from kakehashi.kernel import cells
from kakehashi.kernel.imports import Column, Fault, ImportKind, Row, offer_import
from kakehashi.kernel.words import _
from kakehashi.placement.actions import import_requests
from kakehashi.placement.models import Request
from kakehashi.placement.policy import policy, stands_behind
from kakehashi.placement.rules import HOUSING_NAMES, MOST_DAYS, MOST_HOURS, MOST_YEN
from kakehashi.recruitment.rules import JAPANESE_LEVELS, SETTING_NAMES, Setting


def _organisations() -> Mapping[str, object]:
    return organisations_in_force()


def _may_bring(person: Person) -> None:
    policy.require(person, "import_requests", None)


def _check(rows: list[Row], by: object, _at: datetime) -> Iterable[Fault]:
    """Find waves the year does not have, and organisations the sender does not stand behind."""
    waves = waves_by_year_and_code()
    for row in rows:
        if (row["year"].pk, row["wave"]) not in waves:
            yield Fault(
                row=row["row"],
                column="wave",
                value=row["wave"],
                says=_("This year has no such wave."),
                fix=_("Use the code of one of the year's waves."),
            )
        if not stands_behind(cast("Person", by), row["organisation"]):
            yield Fault(
                row=row["row"],
                column="organisation",
                value=row["organisation"].code,
                says=_("You may not bring requests for this organisation."),
                fix=_("Leave the row out, or ask its own officer to file it."),
            )


def _write(rows: list[Row], *, by: object, at: datetime) -> int:
    waves = waves_by_year_and_code()
    found = [{**row, "wave": waves[row["year"].pk, row["wave"]]} for row in rows]
    return import_requests(found, by=cast("Person", by), at=at)


_OFFERED = (
    Column(
        name="workplace_types",
        label=_("Kinds of workplace"),
        read=cells.several_named(WORKPLACE_NAMES),
        required=False,
        empty=[],
        example="elementary-school junior-high-school",
    ),
    Column(
        name="is_replacement",
        label=_("For somebody who leaves, not a new post"),
        read=cells.yes_no,
        required=False,
        empty=False,
        example="yes",
    ),
    Column(
        name="sport",
        label=_("Sport"),
        read=cells.text(60),
        required=False,
        empty="",
    ),
    Column(
        name="car_needed",
        label=_("A car is needed to get to work"),
        read=cells.yes_no,
        required=False,
        empty=False,
        example="no",
    ),
    Column(
        name="housing",
        label=_("Who finds the housing"),
        read=cells.named(HOUSING_NAMES),
        required=False,
        empty="",
        example="provided",
    ),
    Column(
        name="rent",
        label=_("Rent a month, in yen"),
        read=cells.whole(0, MOST_YEN),
        required=False,
        example="25000",
    ),
    Column(
        name="housing_note",
        label=_("About the housing"),
        read=cells.text(300),
        required=False,
        empty="",
    ),
    Column(
        name="monthly_pay",
        label=_("Pay a month, in yen"),
        read=cells.whole(0, MOST_YEN),
        required=False,
    ),
    Column(
        name="weekly_hours",
        label=_("Hours a week"),
        read=cells.decimal(1, MOST_HOURS),
        required=False,
        example="35",
    ),
    Column(
        name="leave_days",
        label=_("Days of paid leave a year"),
        read=cells.whole(0, MOST_DAYS),
        required=False,
    ),
    Column(
        name="terms_note",
        label=_("Other terms"),
        read=cells.text(500),
        required=False,
        empty="",
    ),
)
offer_import(
    ImportKind(
        name="requests",
        label=_("Placement requests"),
        columns=(
            Column(
                name="organisation",
                label=_("Code of the contracting organisation"),
                read=cells.code,
                among=_organisations,
                example="co-31201",
            ),
            Column(
                name="position",
                label=_("Position"),
                read=cells.code,
                among=positions_by_code,
                example="ALT",
            ),
            Column(name="wave", label=_("Arrival wave"), read=cells.text(10), example="a"),
            Column(
                name="seats", label=_("People wanted"), read=cells.whole(1, 500), example="2"
            ),
            Column(
                name="tier",
                label=_("Priority"),
                read=cells.whole(1, 9),
                required=False,
                empty=1,
                example="1",
            ),
            Column(
                name="setting",
                label=_("Where the place is"),
                read=cells.named(SETTING_NAMES),
                required=False,
                empty=Setting.NONE.value,
                example="rural",
            ),
            Column(
                name="language",
                label=_("Language to teach or use"),
                read=cells.text(10),
                required=False,
                empty="",
                example="fr",
            ),
            Column(
                name="country",
                label=_("Nationality required"),
                read=cells.code,
                among=countries_by_code,
                required=False,
                example="FR",
            ),
            Column(
                name="wished_country",
                label=_("Nationality hoped for"),
                read=cells.code,
                among=countries_by_code,
                required=False,
                example="IE",
            ),
            Column(
                name="predecessor_country",
                label=_("Nationality of whoever leaves, to be kept"),
                read=cells.code,
                among=countries_by_code,
                required=False,
                example="IE",
            ),
            Column(
                name="wished_japanese",
                label=_("Japanese hoped for"),
                read=cells.one_of(*JAPANESE_LEVELS),
                required=False,
                empty="none",
                example="N5",
            ),
            Column(
                name="japanese_level",
                label=_("Japanese at least"),
                read=cells.one_of(*JAPANESE_LEVELS),
                required=False,
                empty="none",
                example="N3",
            ),
            Column(
                name="licence_required",
                label=_("A driving licence is required"),
                read=cells.yes_no,
                required=False,
                empty=False,
                example="no",
            ),
            Column(
                name="qualification_required",
                label=_("A teaching qualification is required"),
                read=cells.yes_no,
                required=False,
                empty=False,
                example="no",
            ),
            Column(
                name="family_housing",
                label=_("The housing has room for a family"),
                read=cells.yes_no,
                required=False,
                empty=True,
                example="yes",
            ),
            Column(
                name="workplace",
                label=_("Place of work"),
                read=cells.text(200),
                example="Hoshikawa Junior High School",
            ),
            Column(
                name="duties",
                label=_("Duties"),
                read=cells.text(4000),
                required=False,
                empty="",
            ),
            Column(
                name="year",
                label=_("Programme year"),
                read=cells.code,
                among=years_by_number,
                example="2027",
            ),
            *_OFFERED,
        ),
        unique=("organisation", "position", "wave", "workplace", "year"),
        require=_may_bring,
        write=_write,
        check=_check,
        undoes=(Request,),
    )
)
