"""What the applicant does: begin, write, hand in, withdraw.  An officer does it for paper."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import get_language, gettext

from kakehashi.directory.actions import register_people
from kakehashi.directory.models import Country, Office, Person
from kakehashi.intake.lifecycle import YearState
from kakehashi.intake.models import Position, ProgrammeYear
from kakehashi.kernel.lifecycle import MoveNotAllowed
from kakehashi.kernel.outbox import Draft, post
from kakehashi.kernel.scope import unscoped
from kakehashi.kernel.trail import record
from kakehashi.recruitment import queries
from kakehashi.recruitment.letters import (
    application_received,
    language_of,
    mission_in,
    moment_in,
)
from kakehashi.recruitment.lifecycle import State
from kakehashi.recruitment.models import Application
from kakehashi.recruitment.policy import desks, policy
from kakehashi.recruitment.rules import (
    FIELD_NAMES,
    SECTION_FIELDS,
    has_passed,
    missing_fields,
    number_of,
)

WRITABLE = frozenset(name for names in SECTION_FIELDS.values() for name in names)


class NotInvited(ValueError):
    """The year, the mission or the position does not take this application; the words say which."""


class AlreadyApplied(ValueError):
    """This person has a live application of the year: one position, one country, one mission."""


class UnknownField(ValueError):
    """Somebody tries to write what is not a field of the form."""


class DeadlinePassed(ValueError):
    """The mission takes no more; the words give the moment there and in Tokyo."""


class FieldsMissing(ValueError):
    """Required fields are empty; `fields` are their names, the words name them for people."""

    def __init__(self, fields: list[str]) -> None:
        self.fields = fields
        names = ", ".join(str(FIELD_NAMES[name]) for name in fields)
        super().__init__(
            gettext("Fill these in before you hand in: %(fields)s.") % {"fields": names}
        )


@transaction.atomic
def begin(  # noqa: PLR0913 -- what an application is for is five things
    *,
    person: Person,
    year: ProgrammeYear,
    mission: Office,
    country: Country,
    position: Position,
    by: Person,
    at: datetime,
) -> Application:
    """Open an empty application under a number of its own.

    An officer of the mission begins one that came on paper.  Raises `NotInvited`,
    `AlreadyApplied`, or `DeadlinePassed` for an applicant who comes too late.
    """
    on_paper = by.pk != person.pk
    application = Application(
        person=person,
        year=year,
        mission=mission,
        country=country,
        position=position,
        family_name=person.family_name,
        given_name=person.given_name,
        keyed_by=by if on_paper else None,
        started_at=at,
    )
    policy.require(by, "begin", application)
    _require_invited(application)
    if not on_paper:
        _require_in_time(application, at=at)
    application.number = number_of(year=year.year, running=queries.next_running(year))
    if queries.people_who_applied([person.pk], year):
        raise AlreadyApplied(
            gettext("There is already an application of this year. One person applies once.")
        )
    application.save()
    record(application.key, "begin", by=by, at=at)
    return application


@transaction.atomic
def key_paper(
    names: Mapping[str, str], facts: Mapping[str, Any], *, by: Person, at: datetime
) -> Application:
    """Begin an application that came on paper, with an account for whoever has none.

    `names` are `email`, `family_name` and `given_name`; `facts` are `year`, `mission`, `country`
    and `position`.  Raises what `begin` does.
    """
    desks.require(by, "key_paper", None)
    account = {**names, "nationality": facts["country"]}
    people = register_people([account], by="system:key_paper", at=at)
    person = people[names["email"].strip().lower()]
    application = begin(person=person, **facts, by=by, at=at)
    fields = {name: names[name] for name in ("family_name", "given_name")}
    save_draft(application, fields=fields, by=by, at=at)
    return application


@transaction.atomic
def save_draft(
    application: Application, *, fields: Mapping[str, object], by: Person, at: datetime
) -> None:
    """Keep some answers of a draft; nothing else of it changes.

    Raises `MoveNotAllowed` when it has been handed in, or written to elsewhere, since it was read.
    """
    policy.require(by, "save_draft", application)
    if unknown := sorted(set(fields) - WRITABLE):
        raise UnknownField(
            gettext("No such field: %(fields)s.") % {"fields": ", ".join(unknown)}
        )
    for name, value in fields.items():
        setattr(application, name, value)
    _require_well_written(application, fields)
    _write(application, fields)
    record(application.key, "save_draft", by=by, at=at)


@transaction.atomic
def submit(application: Application, *, by: Person, at: datetime) -> None:
    """Hand in for good; from then on the mission sees it and the answers stand.

    Raises `DeadlinePassed` or `FieldsMissing`.  The mission judges itself whether a paper it types
    came in time.
    """
    policy.require(by, "submit", application)
    if application.keyed_by_id is None:
        _require_in_time(application, at=at)
    places = queries.has_places(by, application.mission)
    facts = queries.facts_of(application, FIELD_NAMES)
    position = application.position.code
    if fields := missing_fields(facts, position=position, has_places=places):
        raise FieldsMissing(fields)
    who, language = application.person, language_of(application.person.language)
    letter = application_received(application, language=language, at=at)
    post(Draft(letter=letter, to=who, language=language, about=application.key), at=at)
    application.move("submit", by=by, at=at, submitted_at=at)


@transaction.atomic
def withdraw(application: Application, *, by: Person, at: datetime) -> None:
    """Take the application back, at any time; nobody reads or scores it from then on."""
    policy.require(by, "withdraw", application)
    application.move("withdraw", by=by, at=at)


@unscoped("this very row, as it was read")
def _write(application: Application, fields: Mapping[str, object]) -> None:
    rows = Application.objects.filter(pk=application.pk, state=State.DRAFT)
    as_i_saw_it = rows.filter(version=application.version)
    if not as_i_saw_it.update(version=application.version + 1, **fields):
        raise MoveNotAllowed(gettext("Someone else has moved this on meanwhile."))
    application.version += 1


def _require_invited(application: Application) -> None:
    year, mission, country = application.year, application.mission, application.country
    if year.state != YearState.OPEN:
        raise NotInvited(gettext("This year is not open for applications."))
    if not queries.serves(mission, country):
        raise NotInvited(
            gettext("This embassy or consulate does not recruit from this country.")
        )
    if not queries.positions_open(year, country).filter(pk=application.position.pk).exists():
        raise NotInvited(gettext("This country is not invited to this position this year."))


def _require_in_time(application: Application, *, at: datetime) -> None:
    closes = queries.closing(application.year, application.mission)
    if closes is None or not has_passed(closes=closes.at, at=at):
        return
    language = language_of(get_language() or "")
    raise DeadlinePassed(
        gettext(
            "The %(mission)s took applications until %(moment)s. It takes no more this year."
        )
        % {
            "mission": mission_in(application.mission, language),
            "moment": moment_in(closes.at, application.mission, language),
        }
    )


def _require_well_written(application: Application, fields: Mapping[str, object]) -> None:
    """Let the model's own fields refuse what they cannot hold; a draft may be blank."""
    written = {name for name, value in fields.items() if value != ""}
    others = {field.name for field in application._meta.fields} - written
    try:
        application.clean_fields(exclude=others)
    except ValidationError as error:
        name, words = next(iter(error.message_dict.items()))
        raise UnknownField(f"{FIELD_NAMES[name]}: {' '.join(words)}") from None
