"""What can be asked about one's own data: what is held, what was looked at, which notice held."""

from datetime import date, datetime
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from kakehashi.directory.models import Person
from kakehashi.kernel.clock import TOKYO
from kakehashi.kernel.dated import in_force
from kakehashi.kernel.holdings import HOLDINGS, Held, Keeper, as_held, held_about
from kakehashi.kernel.lifecycle import Move
from kakehashi.kernel.models import Kind, Post, Trace
from kakehashi.kernel.scope import seen_by, unscoped
from kakehashi.privacy.lifecycle import State
from kakehashi.privacy.models import Correction, DataCopy, NoticeRead, PrivacyNotice
from kakehashi.privacy.policy import policy


def notice_on(day: date) -> PrivacyNotice | None:
    """Find the notice that holds on a day."""
    return _notices_on(day).first()


@unscoped("the notice is open to everyone, also before they sign in")
def _notices_on(day: date) -> QuerySet[PrivacyNotice]:
    """Find the notices in force on a day, the latest first."""
    return PrivacyNotice.objects.filter(in_force(day)).order_by("-valid_from", "-pk")


@unscoped("earlier notices are open to everyone too")
def notices() -> QuerySet[PrivacyNotice]:
    """List every version of the notice, newest first."""
    return PrivacyNotice.objects.order_by("-valid_from", "-pk")


def notice_at_sign_up(person: Person) -> PrivacyNotice | None:
    """Find the notice that held when this person's account was opened."""
    return notice_on(person.joined_at.astimezone(TOKYO).date()) if person.joined_at else None


def has_read(person: Person, notice: PrivacyNotice) -> NoticeRead | None:
    """Find when this person read a notice."""
    return seen_by(person, NoticeRead).filter(person=person, notice=notice).first()


def unread_notice(person: Person, day: date) -> PrivacyNotice | None:
    """Find the notice that holds on a day, unless this person has read it."""
    read = seen_by(person, NoticeRead).filter(person=person, notice=OuterRef("pk"))
    notice = _notices_on(day).annotate(is_read=Exists(read)).first()
    return None if notice is None or notice.is_read else notice


def held(person: Person, most: int | None = None) -> list[Held]:
    """Gather what is held about this person and what they may know of it."""
    return held_about(person, most)


def withheld() -> list[tuple[object, object]]:
    """List what is kept from people about themselves, each with the reason."""
    return [(one.title, one.withheld) for one in HOLDINGS.values() if one.withheld]


@unscoped("who looked at one's own record is one's own business")
def looked_at(rows: list[Held]) -> list[Trace]:
    """List who looked at the records about this person, newest first."""
    keys = [one.key for one in rows]
    found = []
    for start in range(0, len(keys), 400):
        some = Trace.objects.filter(kind=Kind.VIEW, thing__in=keys[start : start + 400])
        found += list(some)
    return sorted(found, key=lambda line: -line.number)


def held_row(person: Person, holding: str, number: int) -> Held | None:
    """Find one row about this person, by its kind and number."""
    kind = HOLDINGS.get(holding) or HOLDINGS["person"]  # the same questions for what is unknown
    row = kind.rows(person).filter(pk=number).first()
    if holding not in HOLDINGS or row is None:
        return None
    return as_held(kind, row)


def keeper_of(one: Held) -> Keeper | None:
    """Say whose business it is that a row is right."""
    return one.holding.keeper(one.row) if one.holding.keeper else None


def corrections_for(person: Person) -> QuerySet[Correction]:
    """Find the wishes one may know of."""
    return seen_by(person, Correction).select_related("person", "keeper_office", "decided_by")


def to_answer(person: Person) -> QuerySet[Correction]:
    """Find the wishes that wait for this person's answer."""
    found = corrections_for(person).filter(state=State.ASKED).exclude(person=person)
    return found.order_by("due_on", "pk")


def copies_for(person: Person) -> QuerySet[DataCopy]:
    """Find the copies one may take, newest first, without their bytes."""
    return seen_by(person, DataCopy).select_related("run").order_by("-pk")


def letters_to(person: Person) -> QuerySet[Post]:
    """Find the letters written to this person."""
    return seen_by(person, Post).filter(to=person)


def moves_for(person: Person, correction: Correction) -> list[Move[State]]:
    """List the moves this person may make now."""
    on_offer = Correction.lifecycle.moves_from(correction.state)
    return [move for move in on_offer if policy.allows(person, move.name, correction)]


def require(person: Person, action: str, thing: Person | Correction) -> None:
    """Refuse a page whose button would be refused, with the same sentence."""
    policy.require(person, action, thing)


def plain(value: Any) -> object:  # noqa: ANN401 -- a value of any field
    """Write a value as a file can hold it."""
    if value is None or isinstance(value, (bool, int, float, str)):
        return value
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    return str(value)
