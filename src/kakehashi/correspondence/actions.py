"""What can be done: letters are registered, drafted, sent, assigned, answered and closed."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from hashlib import sha256

from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext

from kakehashi.approvals.queries import require_approval
from kakehashi.correspondence import queries
from kakehashi.correspondence.lifecycle import WAITS, State
from kakehashi.correspondence.models import Attachment, Entry, NumberStyle
from kakehashi.correspondence.policy import policy
from kakehashi.correspondence.rules import MOST_BYTES, Direction, fiscal_year, type_of
from kakehashi.directory.models import Office, Person, Seat
from kakehashi.kernel.clock import TOKYO
from kakehashi.kernel.lifecycle import MoveNotAllowed
from kakehashi.kernel.moving import move_many
from kakehashi.kernel.open_work import Piece
from kakehashi.kernel.scope import unscoped
from kakehashi.kernel.trail import Actor, record

FACTS = (
    "counterpart",
    "counterpart_name",
    "their_number",
    "subject",
    "body",
    "dated_on",
    "due_at",
    "time_zone",
    "answers",
    "batch",
)


class NotTaken(ValueError):
    """The file is too large or of a kind that is not taken."""


class TooEarly(ValueError):
    """A new way of numbering would begin before the present one; `since` is when that begins."""

    def __init__(self, since: date) -> None:
        super().__init__(str(since))
        self.since = since


@transaction.atomic
def register(office: Office, facts: Mapping[str, object], *, by: Person, at: datetime) -> Entry:
    """Write a letter that came into the register under the next number."""
    policy.require(by, "register", office)
    made = _written(office, Direction.IN, facts, by=by, at=at)
    _enter(made, "register", by=by, at=at)
    return made


@transaction.atomic
def draft(office: Office, facts: Mapping[str, object], *, by: Person, at: datetime) -> Entry:
    """Draft a letter; it gets its number when it is sent."""
    policy.require(by, "draft", office)
    made = _written(office, Direction.OUT, facts, by=by, at=at)
    record(made.key, "draft", by=by, at=at)
    return made


@unscoped("this very row, as it was read")
@transaction.atomic
def change(entry: Entry, facts: Mapping[str, object], *, by: Person, at: datetime) -> None:
    """Change a draft; what the office approved of it counts no longer."""
    policy.require(by, "change", entry)
    wanted = {name: facts[name] for name in FACTS if name in facts}
    as_i_saw_it = Entry.objects.filter(pk=entry.pk, version=entry.version, state=State.DRAFTED)
    if not as_i_saw_it.update(version=F("version") + 1, **wanted):
        raise MoveNotAllowed(gettext("This is no longer the draft you opened. Open it again."))
    record(entry.key, "change", by=by, at=at)
    entry.refresh_from_db()


@transaction.atomic
def attach(entry: Entry, name: str, data: bytes, *, by: Person, at: datetime) -> Attachment:
    """Add a file to a draft, or to a letter that came.  Raises `NotTaken`."""
    policy.require(by, "attach", entry)
    if entry.direction == Direction.OUT and entry.state != State.DRAFTED:
        raise MoveNotAllowed(gettext("The letter has left; nothing is added to it."))
    if len(data) > MOST_BYTES:
        raise NotTaken(gettext("The file is larger than 10 MB. Send it in parts."))
    kind = type_of(data)
    if kind is None:
        raise NotTaken(
            gettext("This is no PDF, PNG, JPEG, Word or Excel file. Save it as one of these.")
        )
    made = Attachment.objects.create(
        entry=entry,
        name=_with_ending(name, kind[1]),
        media_type=kind[0],
        size=len(data),
        sha256=sha256(data).hexdigest(),
        data=data,
        added_by=by,
        added_at=at,
    )
    record(entry.key, "attach", by=by, at=at)
    return made


@transaction.atomic
def send(entry: Entry, *, by: Person, at: datetime) -> None:
    """Let a letter leave under the next number; it stands in the other office's register at once.

    Raises `NoApproval` where the desk has a route for letters.  What it answers is answered, here
    and in the register of the office that asked.
    """
    policy.require(by, "send", entry)
    if entry.direction != Direction.OUT:
        raise MoveNotAllowed(gettext("This letter came in; draft an answer to it."))
    require_approval(entry.key, lambda: queries.digest_of(entry), by=by, at=at)
    _enter(entry, "send", by=by, at=at)
    arrived = _arrive(entry, by=by, at=at) if entry.counterpart else None
    if entry.answers is None:
        return
    _settle(entry.answers, by=by, at=at)
    if entry.answers.origin is not None:
        _settle(entry.answers.origin, by=by, at=at)
        if arrived is not None:
            _link(arrived, entry.answers.origin)


@transaction.atomic
def assign(entry: Entry, *, answerer: Person, by: Person, at: datetime) -> None:
    """Say who answers."""
    policy.require(by, "assign", entry)
    entry.move("assign", by=by, at=at, answerer=answerer)


@transaction.atomic
def answer(entry: Entry, *, by: Person, at: datetime) -> None:
    """Note that a letter was answered outside the register, such as on the telephone."""
    policy.require(by, "answer", entry)
    entry.move("answer", by=by, at=at)


@transaction.atomic
def close(entry: Entry, *, by: Person, at: datetime) -> None:
    """Close a letter: nothing more is expected."""
    policy.require(by, "close", entry)
    entry.move("close", by=by, at=at)


@transaction.atomic
def discard(entry: Entry, *, by: Person, at: datetime) -> None:
    """Throw a draft away; it had no number."""
    policy.require(by, "discard", entry)
    entry.move("discard", by=by, at=at)


@transaction.atomic
def set_style(  # noqa: PLR0913 -- a way of numbering is an office, a direction, words and a day
    office: Office,
    direction: Direction,
    *,
    prefix: str,
    suffix: str,
    valid_from: date,
    source: str,
    by: Actor,
    at: datetime,
) -> NumberStyle:
    """Say how an office writes its numbers from a day on; the way until then ends the day before.

    Numbers that were given stay as they were written.  Raises `TooEarly` where the present way
    itself begins on that day or later.
    """
    if isinstance(by, Person):
        policy.require(by, "set_style", office)
    _queue_for(office)
    before = queries.open_style(office, direction)
    if before is not None:
        if before.valid_from is not None and before.valid_from >= valid_from:
            raise TooEarly(before.valid_from)
        before.valid_to = valid_from - timedelta(days=1)
        before.save(update_fields=["valid_to"])
        record(before.key, "end_style", by=by, at=at)
    made = NumberStyle.objects.create(
        office=office,
        direction=direction,
        prefix=prefix,
        suffix=suffix,
        valid_from=valid_from,
        source=source,
    )
    record(made.key, "set_style", by=by, at=at)
    return made


def _written(
    office: Office,
    direction: Direction,
    facts: Mapping[str, object],
    *,
    by: Person,
    at: datetime,
) -> Entry:
    known = {name: facts[name] for name in FACTS if name in facts}
    return Entry.objects.create(
        office=office, direction=direction, written_by=by, written_at=at, **known
    )


def _enter(entry: Entry, move: str, *, by: Person, at: datetime) -> None:
    """Give a letter the next number of its register, and move it on."""
    _queue_for(entry.office)
    today = at.astimezone(TOKYO).date()
    year = fiscal_year(today)
    number = queries.next_number(entry.office, entry.direction, year)
    style = queries.style_of(entry.office, entry.direction, today)
    entry.move(
        move,
        by=by,
        at=at,
        fiscal_year=year,
        number=number,
        written_number=entry.number_as(style, number, year),
    )


@unscoped("this very office")
def _queue_for(office: Office) -> None:
    """Let whoever else takes a number of this register wait, so that none is given twice."""
    Office.objects.filter(pk=office.pk).update(code=F("code"))


def _arrive(entry: Entry, *, by: Person, at: datetime) -> Entry:
    """Write a letter that was sent into the register of the office to which it goes."""
    if entry.counterpart is None:
        raise LookupError("a letter without a counterpart arrives nowhere")
    made = Entry.objects.create(
        office=entry.counterpart,
        direction=Direction.IN,
        counterpart=entry.office,
        their_number=entry.written_number,
        subject=entry.subject,
        body=entry.body,
        dated_on=entry.dated_on,
        due_at=entry.due_at,
        time_zone=entry.time_zone,
        origin=entry,
        written_by=by,
        written_at=at,
    )
    _enter(made, "register", by=by, at=at)
    return made


def _settle(entry: Entry, *, by: Person, at: datetime) -> None:
    """Note the answer to a letter, unless it was noted or closed before."""
    if entry.state in WAITS:
        entry.move("answer", by=by, at=at)


@unscoped("the very letter that has just arrived")
def _link(arrived: Entry, asked: Entry) -> None:
    Entry.objects.filter(pk=arrived.pk).update(answers=asked)


def _with_ending(name: str, ending: str) -> str:
    """Name a file by its kind, and without any folder."""
    stem = name.replace("\\", "/").rpartition("/")[2].strip() or "file"
    stem = "".join(one for one in stem if one.isprintable() and one not in '"<>')
    return stem if stem.lower().endswith(f".{ending}") else f"{stem[:180]}.{ending}"


@unscoped("what lies with a seat is asked by whoever lets it end")
def letters_with(seat: Seat) -> list[Piece]:
    """List the letters of this office's register that the holder of the seat is to answer."""
    found = Entry.objects.filter(
        office=seat.office_id, answerer=seat.person_id, state=State.ASSIGNED
    )
    return [
        Piece(
            key=one.key,
            words=gettext("To be answered: %(letter)s") % {"letter": one},
            url=reverse("correspondence:entry", args=[one.pk]),
        )
        for one in found.order_by("pk")
    ]


@unscoped("the letters of the seat that is left")
@transaction.atomic
def hand_over_letters(
    seat: Seat, keys: Sequence[str], *, to: Person, by: Person, at: datetime
) -> int:
    """Let a successor answer these letters; the right to say so is the calling action's to ask."""
    wanted = [int(key.rpartition("/")[2]) for key in keys]
    found = Entry.objects.filter(pk__in=wanted, answerer=seat.person_id, state=State.ASSIGNED)
    return move_many(found, "assign", by=by, at=at, answerer=to)
