"""What can be done to a request: drafted, filed, checked, returned, accepted, declined."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext

from kakehashi.directory.models import Office, Person
from kakehashi.directory.queries import officers_by_office
from kakehashi.directory.rules import Role
from kakehashi.intake.models import Position, ProgrammeYear, Wave
from kakehashi.kernel import outbox
from kakehashi.kernel.lifecycle import MoveNotAllowed
from kakehashi.kernel.moving import move_many
from kakehashi.kernel.outbox import Draft
from kakehashi.kernel.policy import Refused
from kakehashi.kernel.scope import unscoped
from kakehashi.kernel.trail import record, record_many
from kakehashi.placement.lifecycle import RequestState
from kakehashi.placement.models import Request
from kakehashi.placement.policy import policy, stands_behind
from kakehashi.placement.writing import language_of, request_returned

FIELDS = (
    "position",
    "wave",
    "seats",
    "tier",
    "setting",
    "language",
    "country",
    "wished_country",
    "predecessor_country",
    "wished_japanese",
    "japanese_level",
    "licence_required",
    "qualification_required",
    "family_housing",
    "workplace",
    "workplace_types",
    "duties",
    "is_replacement",
    "sport",
    "car_needed",
    "housing",
    "rent",
    "housing_note",
    "monthly_pay",
    "weekly_hours",
    "leave_days",
    "terms_note",
)
CHANGEABLE = (RequestState.DRAFT, RequestState.RETURNED)


class RemarkMissing(ValueError):
    """Whoever returns or declines a request must say why."""


class WaveOfAnotherYear(ValueError):
    """A request's wave belongs to the request's own year."""


@transaction.atomic
def draft_request(  # noqa: PLR0913 -- what makes a request one: who asks, for when, for whom, how many
    *,
    organisation: Office,
    year: ProgrammeYear,
    position: Position,
    wave: Wave,
    seats: int,
    by: Person,
    at: datetime,
    **facts: object,
) -> Request:
    """Begin a request; nobody but the organisation sees it before it is filed."""
    policy.require(by, "draft_request", organisation)
    _same_year(year, wave)
    request = Request.objects.create(
        number=_numbers(year, 1)[0],
        year=year,
        organisation=organisation,
        position=position,
        wave=wave,
        seats=seats,
        **_known(facts),
    )
    record(request.key, "create_request", by=by, at=at)
    return request


@transaction.atomic
def change_request(
    request: Request, *, fields: dict[str, Any], by: Person, at: datetime
) -> None:
    """Change a draft, or what came back for correction."""
    policy.require(by, "change_request", request)
    if request.state not in CHANGEABLE:
        raise MoveNotAllowed(
            gettext("It has been filed; it can be changed when it comes back.")
        )
    _same_year(request.year, fields.get("wave", request.wave))
    if not _change(request, _known(fields)):
        raise MoveNotAllowed(gettext("Someone else has moved this on meanwhile."))
    record(request.key, "change_request", by=by, at=at)
    request.refresh_from_db()


@unscoped("only the row that was looked up through its sight, as it was seen")
def _change(request: Request, fields: dict[str, Any]) -> int:
    as_seen = Request.objects.filter(pk=request.pk, version=request.version)
    return as_seen.update(version=request.version + 1, **fields)


@transaction.atomic
def file(request: Request, *, by: Person, at: datetime) -> None:
    """Hand the request to the host body."""
    policy.require(by, "file", request)
    request.move("file", by=by, at=at, filed_at=at, remark="")


@transaction.atomic
def file_many(requests: Iterable[Request], *, by: Person, at: datetime) -> int:
    """File many requests at once, all or none."""
    rows = _allowed(requests, "file", by)
    return _by_state(rows, "file", by=by, at=at, filed_at=at, remark="")


@transaction.atomic
def check(request: Request, *, by: Person, at: datetime) -> None:
    """Pass the request on to CLAIR; the host body stands behind it."""
    policy.require(by, "check", request)
    request.move("check", by=by, at=at, remark="")


@transaction.atomic
def check_many(requests: Iterable[Request], *, by: Person, at: datetime) -> int:
    """Pass many requests on to CLAIR, all or none."""
    return _by_state(_allowed(requests, "check", by), "check", by=by, at=at, remark="")


@transaction.atomic
def return_request(request: Request, *, remark: str, by: Person, at: datetime) -> None:
    """Give the request back for correction, with what is to be corrected; its officers are told."""
    return_many([request], remark=remark, by=by, at=at)
    request.refresh_from_db()


@transaction.atomic
def return_many(requests: Iterable[Request], *, remark: str, by: Person, at: datetime) -> int:
    """Give many requests back with the same remark, all or none."""
    rows = _allowed(requests, "return_request", by)
    remark = _remark(remark)
    letters = _returned(rows, remark)
    moved = _by_state(rows, "return_request", by=by, at=at, remark=remark)
    if letters:
        title = gettext("Requests returned for correction")
        about = rows[0].key
        batch = outbox.draft_batch(letters, about=about, title=title, by=by, at=at)
        outbox.release(batch, count=len(letters), by=by, at=at)
    return moved


def _returned(rows: Sequence[Request], remark: str) -> list[Draft]:
    officers = officers_by_office({row.organisation_id for row in rows}, Role.ORGANISATION)
    return [
        Draft(
            letter=request_returned(row, remark, language_of(officer)),
            to=officer,
            language=language_of(officer),
            about=row.key,
        )
        for row in rows
        for officer in officers[row.organisation_id]
    ]


@transaction.atomic
def accept(request: Request, *, by: Person, at: datetime) -> None:
    """Take the request into the year's placement; from then on it cannot be withdrawn."""
    policy.require(by, "accept", request)
    request.move("accept", by=by, at=at, remark="")


@transaction.atomic
def accept_many(requests: Iterable[Request], *, by: Person, at: datetime) -> int:
    """Accept many requests, all or none."""
    return _by_state(_allowed(requests, "accept", by), "accept", by=by, at=at, remark="")


@transaction.atomic
def decline_request(request: Request, *, remark: str, by: Person, at: datetime) -> None:
    """Decline the request, with the reason that the organisation reads beside it."""
    policy.require(by, "decline_request", request)
    request.move("decline_request", by=by, at=at, remark=_remark(remark))


@transaction.atomic
def decline_many(requests: Iterable[Request], *, remark: str, by: Person, at: datetime) -> int:
    """Decline many requests for the same reason, all or none."""
    rows = _allowed(requests, "decline_request", by)
    return _by_state(rows, "decline_request", by=by, at=at, remark=_remark(remark))


@transaction.atomic
def withdraw(request: Request, *, by: Person, at: datetime) -> None:
    """Take the request back before it is accepted."""
    policy.require(by, "withdraw", request)
    request.move("withdraw", by=by, at=at)


@transaction.atomic
def import_requests(rows: Sequence[dict[str, Any]], *, by: Person, at: datetime) -> int:
    """Bring many requests as a table: each is drafted and filed at once.

    Rows hold the import's columns with their codes looked up.  A row for an organisation that
    `by` does not stand behind refuses the whole table.
    """
    policy.require(by, "import_requests", None)
    for row in rows:
        if not stands_behind(by, row["organisation"]):
            words = gettext("You may not bring requests for %(organisation)s.")
            raise Refused(words % {"organisation": row["organisation"]})
        _same_year(row["year"], row["wave"])
    numbers = {
        year: iter(_numbers(year, sum(row["year"] == year for row in rows)))
        for year in {row["year"] for row in rows}
    }
    made = [
        Request(
            number=next(numbers[row["year"]]),
            year=row["year"],
            organisation=row["organisation"],
            state=RequestState.FILED,
            filed_at=at,
            version=1,
            **_known({name: row[name] for name in FIELDS if row.get(name) is not None}),
        )
        for row in rows
    ]
    Request.objects.bulk_create(made, batch_size=500)
    deeds = [(one.key, deed) for one in made for deed in ("create_request", "file")]
    record_many(deeds, by=by, at=at)
    return len(made)


def _known(facts: dict[str, Any]) -> dict[str, Any]:
    """Take the facts that a request has; a misspelt one is our fault, not the officer's."""
    if strange := set(facts) - set(FIELDS):
        raise TypeError(f"a request has no {sorted(strange)}")
    return facts


def _same_year(year: ProgrammeYear, wave: Wave) -> None:
    if wave.year_id != year.pk:
        words = gettext("Arrival: this wave belongs to another year; choose one of %(year)s.")
        raise WaveOfAnotherYear(words % {"year": year})


def _remark(remark: str) -> str:
    if not remark.strip():
        raise RemarkMissing(gettext("Remark: write what is to be corrected, or why."))
    return remark.strip()


def _allowed(requests: Iterable[Request], verb: str, by: Person) -> list[Request]:
    rows = list(requests)
    for row in rows:
        policy.require(by, verb, row)
    return rows


def _by_state(
    rows: Sequence[Request], name: str, *, by: Person, at: datetime, **also: object
) -> int:
    """Move rows that may stand in different states; each kind of state in one go."""
    states = sorted({row.state for row in rows})
    groups = [[row for row in rows if row.state == state] for state in states]
    return sum(move_many(group, name, by=by, at=at, **also) for group in groups)


@unscoped("numbers run through a whole year, whoever asks")
def _numbers(year: ProgrammeYear, count: int) -> list[str]:
    """Give the next numbers of a year: 27-R0001, 27-R0002 …; the year is locked meanwhile."""
    ProgrammeYear.objects.select_for_update().get(pk=year.pk)
    used = Request.objects.filter(year=year).count()
    return [f"{year.year % 100:02}-R{used + n:04}" for n in range(1, count + 1)]
