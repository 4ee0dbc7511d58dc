"""What home does itself: set a new system up, run a failed job again, remember a language."""

import csv
import secrets
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import F, QuerySet
from django.urls import reverse
from django.utils.translation import gettext

from kakehashi.accounts.actions import load_pack as load_accounts
from kakehashi.councils.actions import load_councils
from kakehashi.directory.actions import keep, open_seat, read_pack, register_people, sourced
from kakehashi.directory.actions import load_pack as load_directory
from kakehashi.directory.models import Person, Seat
from kakehashi.directory.queries import offices_by_code
from kakehashi.directory.rules import Role
from kakehashi.home import queries
from kakehashi.home.actions.bringing import (
    LARGE,
    NotAsSeen,
    keep_upload,
    look,
    map_headings,
    meanings,
    queue_upload,
    read_upload,
    stop_upload,
    throw_away,
    undo_upload,
    write_upload,
)
from kakehashi.home.letters import DailyDigest
from kakehashi.home.policy import SENDERS, batches, posts, runs
from kakehashi.intake.actions import load_pack as load_intake
from kakehashi.kernel import outbox
from kakehashi.kernel.clock import TOKYO
from kakehashi.kernel.jobs import ask_to_stop, enqueue_again
from kakehashi.kernel.letters import letters as letters_known
from kakehashi.kernel.models import (
    Batch,
    BatchState,
    CalendarKey,
    Hold,
    JobRun,
    Kind,
    MailChoice,
    Post,
)
from kakehashi.kernel.open_work import OpenWork, Piece, register
from kakehashi.kernel.scope import unscoped
from kakehashi.kernel.trail import Actor, record, record_many
from kakehashi.kernel.words import LANGUAGES, _
from kakehashi.placement.actions import load_neighbours, load_step_times, load_weights
from kakehashi.privacy.actions import load_notices
from kakehashi.statistics.actions import load_series

__all__ = [
    "LARGE",
    "HasOperator",
    "NotAsSeen",
    "first_operator",
    "keep_upload",
    "look",
    "map_headings",
    "meanings",
    "note_read",
    "operators_there",
    "queue_upload",
    "read_upload",
    "remember_language",
    "run_again",
    "set_up",
    "stop_upload",
    "throw_away",
    "undo_upload",
    "write_upload",
]
SET_UP = "system:set_up"
SECRETARIAT = "CLAIR"  # the office that operates the system


@transaction.atomic
def set_up(folder: Path, *, at: datetime) -> dict[str, int]:
    """Load a programme pack: every office, place, document list and table that it names.

    May be run again after the pack was changed; rows are known by their codes.
    """
    counts = dict(load_directory(folder, by=SET_UP, at=at))
    with (folder / "councils.csv").open(newline="", encoding="utf-8") as file:
        load_councils(list(csv.DictReader(file)), by=SET_UP, at=at)
    counts |= load_intake(folder, by=SET_UP, at=at) or {}
    load_accounts(folder, by=SET_UP, at=at)
    load_notices(read_pack(folder, "privacy_notices"), by=SET_UP, at=at)
    load_weights(folder, by=SET_UP, at=at)
    load_step_times(folder, by=SET_UP, at=at)
    load_neighbours(by=SET_UP, at=at)
    load_series(folder, by=SET_UP, at=at)
    load_holds(folder, by=SET_UP, at=at)
    return counts


def load_holds(folder: Path, *, by: Actor, at: datetime) -> int:
    """Bring from a pack how long released letters wait; writes only what is new or has changed."""
    rows = [
        {"kind": line["kind"], "minutes": int(line["minutes"]), **sourced(line)}
        for line in read_pack(folder, "holds")
    ]
    if written := keep(Hold, ("kind",), rows):
        record("kernel.hold/all", "load_holds", by=by, at=at)
    return written


class HasOperator(Exception):
    """Somebody operates this system already; only they give seats."""


@transaction.atomic
def first_operator(email: str, *, at: datetime) -> str:
    """Let the first operator of a new system in; returns their password, which is kept nowhere.

    Raises `HasOperator` once anybody holds an operator's seat.
    """
    if operators_there():
        raise HasOperator("This system has an operator already; ask them for a seat.")
    person = register_people([{"email": email}], by=SET_UP, at=at)[email.strip().lower()]
    password = secrets.token_urlsafe(12)
    person.set_password(password)
    person.save(update_fields=["password"])
    office = offices_by_code()[SECRETARIAT]
    today = at.astimezone(TOKYO).date()
    open_seat(person, office=office, role=Role.OPERATOR, starts_on=today, by=SET_UP, at=at)
    return password


@transaction.atomic
def run_again(run: JobRun, *, by: Person, at: datetime) -> None:
    """Queue a failed job once more."""
    runs.require(by, "run_again", run)
    enqueue_again(run, at=at)
    record(f"kernel.jobrun/{run.pk}", "run_again", by=by, at=at)


@transaction.atomic
def stop_job(run: JobRun, *, by: Person, at: datetime) -> None:
    """Ask a job to stop at its next step; what is done in one go is then not done at all."""
    runs.require(by, "stop", run)
    ask_to_stop(run, at=at)
    record(f"kernel.jobrun/{run.pk}", "stop", by=by, at=at)


def send_now(batch: Batch, *, by: Person, at: datetime) -> None:
    """Let a released batch leave without waiting; it cannot be taken back any more."""
    batches.require(by, "send_now", batch)
    outbox.send_now(batch, by=by, at=at)


def try_again(letter: Post, *, by: Person, at: datetime) -> None:
    """Send a letter that did not arrive once more, to the address its reader has now."""
    posts.require(by, "try_again", letter)
    outbox.try_again(letter, by=by, at=at)


def note_returned(letter: Post, *, by: Person, at: datetime) -> None:
    """Note that a letter came back, so that somebody asks for another address."""
    posts.require(by, "note_returned", letter)
    outbox.note_returned(letter, by=by, at=at)


def print_letters(batch: Batch, letters: Iterable[int], *, by: Person, at: datetime) -> None:
    """Note for every letter that it leaves on paper, before the first of them does."""
    batches.require(by, "print_letters", batch)
    lines = [(f"kernel.post/{number}", "print") for number in letters]
    record_many(lines, by=by, at=at, kind=Kind.VIEW)


@unscoped("the first operator may be let in only where there is none")
def operators_there() -> bool:
    """Say whether anybody has ever held an operator's seat."""
    return Seat.objects.filter(role=Role.OPERATOR).exists()


def note_read(letter: Post, *, at: datetime) -> None:
    """Remember when a letter was first opened."""
    if letter.read_at is None:
        letter.read_at = at
        letter.save(update_fields=["read_at"])


def note_all_read(letters: QuerySet[Post], *, at: datetime) -> int:
    """Mark these letters as read; says how many were new.  They are the reader's own."""
    return letters.filter(read_at=None).order_by().update(read_at=at)


@transaction.atomic
def choose_ways(ways: Mapping[str, str], *, by: Person, at: datetime) -> None:
    """Remember how somebody wants each kind of letter to come; binding kinds always come by mail."""
    known = letters_known()
    for name, way in ways.items():
        if name in known and known[name].usual:
            _choose(by, name, way)
    record(by.key, "choose_ways", by=by, at=at)


@unscoped("one's own choice")
def _choose(person: Person, name: str, way: str) -> None:
    MailChoice.objects.update_or_create(person=person, letter=name, defaults={"way": way})


@transaction.atomic
def renew_calendar(*, by: Person, at: datetime) -> None:
    """Give somebody's calendar a new secret address; the old one is nobody's from now on."""
    _renew(by, at)
    record(by.key, "renew_calendar", by=by, at=at)


@unscoped("one's own key")
def _renew(person: Person, at: datetime) -> None:
    key, _new = CalendarKey.objects.get_or_create(person=person)
    CalendarKey.objects.filter(pk=key.pk).update(version=F("version") + 1, renewed_at=at)


@transaction.atomic
def write_digest(person: Person, *, waiting: list[str], at: datetime, day: date) -> bool:
    """Name in one e-mail what came since the last; written once a day, with what it names.

    The letters it names count as sent with it, in the same transaction: none is named twice, none
    is left out.
    """
    rows = list(queries.undigested(person))
    if not rows:
        return False
    letter = DailyDigest(
        count=len(rows),
        subjects=[row.subject for row in rows],
        waiting=waiting,
        link=settings.KAKEHASHI_ADDRESS.rstrip("/") + reverse("home:letters"),
    )
    language = person.language if person.language in LANGUAGES else "en"
    draft = outbox.Draft(
        letter=letter, to=person, language=language, about=person.key, once=f"digest:{day}"
    )
    outbox.post(draft, at=at)
    _sent_with_it([row.pk for row in rows], at)
    return True


@unscoped("the letters a digest has named")
def _sent_with_it(keys: list[int], at: datetime) -> None:
    Post.objects.filter(pk__in=keys, sent_at=None).update(sent_at=at)


def remember_language(person: Person, language: str) -> None:
    """Write to this person in the language they chose."""
    person.language = language
    person.save(update_fields=["language"])


@unscoped("what lies with a seat is asked by whoever lets it end")
def drafts_with(seat: Seat) -> list[Piece]:
    """List the batches of letters this person has drafted and nobody has released."""
    found = Batch.objects.filter(drafted_by=seat.person_id, state=BatchState.DRAFT)
    return [
        Piece(
            key=one.key,
            words=gettext("Letters not released: %(title)s") % {"title": one.title},
            url=reverse("home:batch", args=[one.pk]),
        )
        for one in found.order_by("pk")
    ]


@unscoped("the drafts of the seat that is left")
@transaction.atomic
def hand_over_drafts(
    seat: Seat, keys: Sequence[str], *, to: Person, by: Person, at: datetime
) -> int:
    """Let a successor release these letters, or throw them away."""
    wanted = [int(key.rpartition("/")[2]) for key in keys]
    rows = Batch.objects.filter(pk__in=wanted, drafted_by=seat.person_id)
    drafts = list(rows.filter(state=BatchState.DRAFT).order_by("pk"))
    Batch.objects.filter(pk__in=[one.pk for one in drafts]).update(drafted_by_id=to.pk)
    record_many([(one.key, "hand_over") for one in drafts], by=by, at=at)
    return len(drafts)


def offer_open_work() -> None:
    """Make the letters that wait known as open work of whoever drafted them."""
    register(
        OpenWork(
            name="letters",
            label=_("Letters that wait to be released"),
            roles=frozenset(SENDERS),
            find=drafts_with,
            hand_over=hand_over_drafts,
        )
    )
