"""Applications as a table: what officers take out, under the headings of the import."""

from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import QuerySet

from kakehashi.directory.models import Person
from kakehashi.directory.rules import Role
from kakehashi.kernel.holdings import Holding, Keeper, hold
from kakehashi.kernel.imports import ExportKind, offer_export
from kakehashi.kernel.scope import seen_by
from kakehashi.kernel.words import _
from kakehashi.recruitment import queries
from kakehashi.recruitment.models import Application
from kakehashi.recruitment.policy import desks

Value = Callable[[Application], object]


def _plain(name: str) -> tuple[str, Value]:
    return name, lambda row: getattr(row, name)


def _yes_no(name: str) -> tuple[str, Value]:
    return name, lambda row: "yes" if getattr(row, name) else "no"


def _code(name: str) -> tuple[str, Value]:
    def value(row: Application) -> str:
        thing = getattr(row, name)
        return thing.code if thing else ""

    return name, value


COLUMNS: tuple[tuple[str, Value], ...] = (
    ("email", lambda row: row.person.email),
    _plain("family_name"),
    _plain("given_name"),
    _plain("date_of_birth"),
    ("nationality", lambda row: row.country.code),
    _code("mission"),
    _code("position"),
    _code("interview_place"),
    _plain("university"),
    _plain("major"),
    _plain("degree_on"),
    _plain("japanese_level"),
    _plain("other_languages"),
    _plain("teaching_months"),
    _yes_no("teaching_qualification"),
    _yes_no("driving_licence"),
    _plain("months_in_japan"),
    _plain("statement"),
    _yes_no("early_departure"),
    _yes_no("may_be_alt"),
    _plain("dependants"),
    _plain("partner_email"),
    _code("wish_1"),
    _code("wish_2"),
    _code("wish_3"),
    _plain("setting"),
    ("year", lambda row: row.year.year),
)


def _require(person: Any) -> None:  # noqa: ANN401 -- the kernel knows no person
    desks.require(person, "export_applications", None)


def _rows(person: Any) -> Iterable[Application]:  # noqa: ANN401 -- the kernel knows no person
    return queries.applications_to_export(person).iterator(chunk_size=1000)


offer_export(
    ExportKind(
        name="applications",
        label=_("Applications"),
        columns=COLUMNS,
        rows=_rows,
        require=_require,
    )
)


def _own_applications(person: Person) -> QuerySet[Application]:
    return (
        seen_by(person, Application)
        .filter(person=person)
        .select_related("mission", "position", "wish_1", "wish_2", "wish_3")
    )


hold(
    Holding(
        name="applications",
        title=_("Your applications"),
        model=Application,
        rows=_own_applications,
        fields={
            "number": _("Number"),
            "state_name": _("State"),
            "mission": _("Embassy or consulate"),
            "position": _("Position"),
            "family_name": _("Family name"),
            "given_name": _("Given name"),
            "date_of_birth": _("Date of birth"),
            "telephone": _("Telephone"),
            "address": _("Address"),
            "university": _("University"),
            "major": _("Major"),
            "degree_on": _("Degree on"),
            "japanese_level": _("Japanese level"),
            "other_languages": _("Other languages"),
            "teaching_months": _("Months of teaching"),
            "teaching_qualification": _("Teaching qualification"),
            "driving_licence": _("Driving licence"),
            "months_in_japan": _("Months in Japan"),
            "statement": _("Statement"),
            "early_departure": _("Early departure"),
            "dependants": _("Dependants"),
            "partner_number": _("Partner's number"),
            "wish_1": _("First wish"),
            "wish_2": _("Second wish"),
            "wish_3": _("Third wish"),
            "setting": _("Setting"),
            "wish_reason": _("Reason for the wish"),
            "started_at": _("Started at"),
            "submitted_at": _("Submitted at"),
        },
        withheld=_(
            "References, readers' points and interviewers' sheets stay with those who decide; "
            "they were given in confidence."
        ),
        correctable=(
            "family_name",
            "given_name",
            "telephone",
            "address",
            "university",
            "major",
        ),
        keeper=lambda row: Keeper(role=Role.MISSION, office=row.mission_id),
    )
)
