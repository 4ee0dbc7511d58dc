"""What can be asked at home: letters, batches, tables, the trail, and what a search finds."""

from collections.abc import Callable, Collection
from datetime import date
from typing import TypeVar

from django.db.models import Count, Model, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac

from kakehashi.councils.queries import Subject, describe, subjects
from kakehashi.directory.models import Person, Seat
from kakehashi.directory.policy import holds, seats_held, seats_of
from kakehashi.directory.queries import officers_seats
from kakehashi.directory.rules import Role
from kakehashi.kernel.imports import EXPORTS, IMPORTS, ExportKind, ImportKind
from kakehashi.kernel.letters import Letter
from kakehashi.kernel.letters import letters as letters_known
from kakehashi.kernel.models import (
    Batch,
    CalendarKey,
    HeadingMap,
    JobRun,
    MailChoice,
    Post,
    Trace,
    Upload,
    Way,
)
from kakehashi.kernel.policy import Refused
from kakehashi.kernel.scope import seen_by, unscoped
from kakehashi.kernel.words import Words, _
from kakehashi.recruitment.queries import own_applications

LONGEST_NUMBER = 9  # digits; no row of ours has a longer one
M = TypeVar("M", bound=Model)


def letters_for(person: Person) -> QuerySet[Post]:
    """Find the letters written to this person, newest first."""
    named = seen_by(person, Post).exclude(letter=DIGEST)  # the daily e-mail only names others
    return named.order_by("-released_at", "-pk")


def unread(person: Person) -> int:
    """Count the letters somebody has not opened."""
    return letters_for(person).filter(read_at=None).count()


def kinds_for(person: Person) -> dict[str, type[Letter]]:
    """List the kinds of letter somebody may get and choose a way for, by the letter's name."""
    mine = {seat.role for seat in seats_of(person)}
    return {
        name: kind
        for name, kind in sorted(letters_known().items())
        if kind.usual and (not kind.roles or mine & set(kind.roles))
    }


def binding_kinds() -> list[Words]:
    """Name the kinds that always come by e-mail: they decide something, or guard the account."""
    return [
        _("Results and placements, and every other decision about you"),
        _("Papers that are missing, and links that work once"),
        _("Your account: passwords, addresses, sign-in"),
    ]


@unscoped("one's own choices")
def ways_of(person: Person) -> dict[str, str]:
    """Give the way each kind of letter comes to somebody now."""
    rows = MailChoice.objects.filter(person=person).values_list("letter", "way")
    chosen = dict(rows)
    return {name: chosen.get(name, kind.usual) for name, kind in kinds_for(person).items()}


@unscoped("the digest's own job, which writes to each of them about themselves")
def people_to_digest() -> list[Person]:
    """List whom a letter waits for that is to be named in their daily e-mail."""
    waiting = _to_digest().order_by().values("to")
    return list(Person.objects.filter(pk__in=waiting, is_active=True).order_by("pk"))


def undigested(person: Person) -> QuerySet[Post]:
    """Find the letters to be named in somebody's next daily e-mail, the oldest first."""
    return _to_digest().filter(to=person).order_by("released_at", "pk")


@unscoped("part of what people_to_digest and undigested say")
def _to_digest() -> QuerySet[Post]:
    return Post.objects.filter(
        way=Way.DIGEST, sent_at=None, read_at=None, cancelled_at=None, released_at__isnull=False
    )


@unscoped("one's own digest")
def digested_on(person: Person, day: date) -> bool:
    """Say whether somebody has had their digest of a day."""
    return Post.objects.filter(to=person, once=f"digest:{day}").exists()


def zone_of(person: Person) -> str:
    """Say in which time zone somebody works: their office's, or that of the mission they apply to."""
    seat = first_seat(person)
    if seat is not None:
        return seat.office.time_zone
    application = own_applications(person).first()
    return application.mission.time_zone if application else "Asia/Tokyo"


DIGEST = "home/daily_digest"
CALENDAR = "kakehashi.home.calendar"


@unscoped("one's own key")
def calendar_secret(person: Person) -> str:
    """Give the secret of somebody's calendar: who knows it reads their dates, nothing else."""
    key = CalendarKey.objects.filter(person=person).first()
    return f"{person.pk}-{_mac(person.pk, key.version if key else 0)}"


@unscoped("whoever holds the secret address reads that one calendar, without an account")
def person_of_calendar(secret: str) -> Person | None:
    """Find whose calendar a secret opens; nobody's once it was renewed."""
    number, _dash, _mac_given = secret.partition("-")
    if not (number.isascii() and number.isdigit() and len(number) <= LONGEST_NUMBER):
        return None
    person = Person.objects.filter(pk=int(number), is_active=True).first()
    if person is None or not constant_time_compare(secret, calendar_secret(person)):
        return None
    return person


def _mac(number: int, version: int) -> str:
    return salted_hmac(CALENDAR, f"{number}:{version}", algorithm="sha256").hexdigest()[:48]


@unscoped("batches that were found through their sight")
def batches_for(person: Person) -> QuerySet[Batch]:
    """Find the batches this person may know of, newest first, with their number of letters."""
    batches = seen_by(person, Batch).select_related("drafted_by", "released_by")
    live = Post.objects.filter(batch=OuterRef("pk"), cancelled_at=None).order_by()
    size, failed = _number(live), _number(live.exclude(failure=""))
    return batches.annotate(size=size, failed=failed).order_by("-drafted_at", "-pk")


def _number(letters: QuerySet[Post]) -> Coalesce:
    """Count a batch's letters for the rows that are drawn, not for all."""
    counted = letters.values("batch").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted), 0)


@unscoped("whoever may know of a batch may read what is in it before it leaves")
def letters_in(batch: Batch) -> QuerySet[Post]:
    """List the letters of a batch."""
    return Post.objects.filter(batch=batch).select_related("to").order_by("pk")


@unscoped(
    "whoever may know of a batch may read what is in it; an operator mends single letters"
)
def posted_by(person: Person) -> QuerySet[Post]:
    """Find the letters this person looks after: those of their batches.

    To an operator, letters of no batch (receipts, reminders) that did not arrive; never their words.
    """
    own = Q(batch__in=seen_by(person, Batch).order_by().values("pk"))
    if holds(person, Role.OPERATOR):
        own |= Q(batch=None) & ~Q(failure="")
    rows = Post.objects.filter(own, cancelled_at=None).select_related("to", "batch")
    return rows.order_by("-pk")


def failures_for(person: Person) -> int:
    """Count the letters this person looks after that did not arrive."""
    return posted_by(person).exclude(failure="").count()


def trail_for(person: Person) -> QuerySet[Trace]:
    """Find the lines of the trail this person may read, newest first."""
    return seen_by(person, Trace).order_by("-number")


def jobs_for(person: Person) -> QuerySet[JobRun]:
    """Find the queue's runs, newest first."""
    return seen_by(person, JobRun).select_related("by").order_by("-pk")


def works_on(person: Person, rows: QuerySet[JobRun]) -> dict[str, Subject]:
    """Put into words what these runs work on, as far as this person may know of it."""
    keys = rows.exclude(about="").order_by().values_list("about", flat=True).distinct()
    return subjects(person, keys)


@describe("kernel.batch")
def batches_in_words(person: Person, numbers: Collection[int]) -> dict[int, Subject]:
    """Say which batch of letters a job sends."""
    rows = seen_by(person, Batch).filter(pk__in=numbers)
    return {
        row.pk: Subject(label=row.title, url=reverse("home:batch", args=[row.pk]))
        for row in rows
    }


@describe("kernel.post")
def letters_in_words(person: Person, numbers: Collection[int]) -> dict[int, Subject]:
    """Say which letter a job sends once more."""
    rows = posted_by(person).filter(pk__in=numbers)
    return {
        row.pk: Subject(label=str(row.to), url=reverse("home:post", args=[row.pk]))
        for row in rows
    }


def uploads_for(person: Person) -> QuerySet[Upload]:
    """Find the tables this person sent, the newest first."""
    return seen_by(person, Upload).select_related("run").order_by("-at", "-pk")


def my_seats(person: Person) -> QuerySet[Seat]:
    """List one's own seats, the newest first."""
    mine = seen_by(person, Seat).filter(person=person)
    return mine.select_related("office").order_by("-starts_on", "-pk")


def officers_seats_ending(person: Person, first: date, last: date) -> list[tuple[date, int]]:
    """Count day by day the officers whose seat ends in a span, as far as one may know of them."""
    ending = officers_seats(person).filter(ends_on__range=(first, last))
    by_day = ending.order_by("ends_on").values_list("ends_on")
    return list(by_day.annotate(n=Count("person", distinct=True)))


@unscoped("the terminal names who acts; every action then asks what that person may")
def person_named(email: str) -> Person | None:
    """Find an account by its address."""
    return Person.objects.filter(email=email.lower(), is_active=True).first()


def imports_for(person: Person) -> list[ImportKind]:
    """List the tables this person may bring."""
    return [kind for kind in IMPORTS.values() if _let(kind.require, person)]


def exports_for(person: Person) -> list[ExportKind]:
    """List the tables this person may take."""
    return [kind for kind in EXPORTS.values() if _let(kind.require, person)]


def _let(require: Callable[[Person], None], person: Person) -> bool:
    try:
        require(person)
    except Refused:
        return False
    return True


@unscoped("what the headings of an office's files mean is known to its people")
def remembered(person: Person, kind: str) -> dict[str, str]:
    """Say what headings meant in earlier files of this person, or of others in their offices."""
    offices = {seat.office for seat in seats_of(person)}
    beside = Seat.objects.filter(seats_held(), office__in=offices).values("person")
    maps = HeadingMap.objects.filter(Q(by__in=beside) | Q(by=person), kind=kind)
    found: dict[str, str] = {}
    for row in sorted(maps, key=lambda row: (row.by_id == person.pk, row.at)):
        found |= row.mapping
    return found


@unscoped("one's own seats")
def first_seat(person: Person) -> Seat | None:
    """Give the seat this person has held longest of those they hold now."""
    held = {(seat.role, seat.office) for seat in seats_of(person)}
    if not held:
        return None
    mine = Seat.objects.filter(person=person).select_related("office").order_by("starts_on")
    return next((seat for seat in mine if (seat.role, seat.office_id) in held), None)
