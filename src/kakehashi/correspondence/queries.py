"""What can be asked of the register: letters, what is due, who answers, how numbers are written."""

from datetime import date, datetime, timedelta

from django.db.models import Max, Q, QuerySet
from django.urls import reverse

from kakehashi.approvals.policy import DESKS
from kakehashi.approvals.queries import Paper, paper
from kakehashi.approvals.rules import digest
from kakehashi.correspondence.lifecycle import WAITS, State
from kakehashi.correspondence.models import Attachment, Entry, NumberStyle
from kakehashi.correspondence.policy import policy
from kakehashi.directory.models import Office, Person
from kakehashi.directory.policy import offices_of, stands_as
from kakehashi.directory.queries import officers_of
from kakehashi.kernel.dated import in_force
from kakehashi.kernel.lifecycle import Move
from kakehashi.kernel.models import Batch
from kakehashi.kernel.scope import seen_by, unscoped

SOON = timedelta(days=7)
PARTS = ("office", "counterpart", "answerer", "written_by")


def entries_for(person: Person) -> QuerySet[Entry]:
    """Find the letters one may know of."""
    return seen_by(person, Entry).select_related(*PARTS)


def overdue(rows: QuerySet[Entry], at: datetime) -> QuerySet[Entry]:
    """Keep what should have been answered by now."""
    return rows.filter(state__in=WAITS, due_at__lt=at)


def due_soon(rows: QuerySet[Entry], at: datetime) -> QuerySet[Entry]:
    """Keep what is to be answered within a week."""
    return rows.filter(state__in=WAITS, due_at__gte=at, due_at__lt=at + SOON)


def to_answer(person: Person, at: datetime) -> QuerySet[Entry]:
    """Find what this person answers, and what nobody answers yet, that is due within a week."""
    mine = Q(answerer=stands_as(person)) | Q(answerer=None)
    found = entries_for(person).filter(mine, direction="in", due_at__lt=at + SOON)
    return found.filter(office__in=offices_of(person, *DESKS), state__in=WAITS)


def own_offices(person: Person) -> list[Office]:
    """List the offices whose registers this person keeps."""
    found = seen_by(person, Office).filter(pk__in=offices_of(person, *DESKS))
    return [office for office in found.order_by("pk") if policy.allows(person, "draft", office)]


def attachments_of(person: Person, entry: Entry) -> QuerySet[Attachment]:
    """Find what came with a letter, also where it was added in the sender's register."""
    found = seen_by(person, Attachment).filter(Q(entry=entry) | Q(entry=entry.origin_id))
    return found.defer("data").order_by("pk")


def attachments_for(person: Person) -> QuerySet[Attachment]:
    """Find the enclosures one may open."""
    return seen_by(person, Attachment)


def answers_to(person: Person, entry: Entry) -> QuerySet[Entry]:
    """Find the letters of the register that answer this one."""
    return entries_for(person).filter(answers=entry).order_by("pk")


def colleagues(entry: Entry) -> list[Person]:
    """List who may be named to answer a letter."""
    return officers_of(entry.office, *DESKS)


def batches_for(person: Person) -> list[Batch]:
    """List the batches of the outbox with which a letter may go."""
    return list(seen_by(person, Batch).order_by("-pk")[:25])


@unscoped("offices are open to everyone")
def office_named(words: str) -> Office | None:
    """Find an office by its code or its full name in either language."""
    named = Q(code__iexact=words) | Q(name_en__iexact=words) | Q(name_ja=words)
    found = list(Office.objects.filter(named).order_by("pk")[:2])
    return found[0] if len(found) == 1 else None


@unscoped("numbers run on, whoever may read the register")
def next_number(office: Office, direction: str, year: int) -> int:
    """Give the next number of an office's register in a fiscal year."""
    rows = Entry.objects.filter(office=office, direction=direction, fiscal_year=year)
    last: int | None = rows.aggregate(last=Max("number"))["last"]
    return (last or 0) + 1


@unscoped("how an office writes its numbers stands on every letter")
def style_of(office: Office, direction: str, on: date) -> NumberStyle | None:
    """Find how an office writes its numbers on a day."""
    rows = NumberStyle.objects.filter(in_force(on), office=office, direction=direction)
    return rows.order_by("-pk").first()


@unscoped("whoever keeps a register changes how its numbers are written")
def open_style(office: Office, direction: str) -> NumberStyle | None:
    """Find the way of numbering that has no end yet."""
    return NumberStyle.objects.filter(office=office, direction=direction, valid_to=None).first()


def styles_for(person: Person) -> QuerySet[NumberStyle]:
    """Find the ways of numbering this person may know of, the latest first."""
    styles = seen_by(person, NumberStyle).select_related("office")
    return styles.order_by("office__code", "direction", "-valid_from", "-pk")


def moves_for(person: Person, entry: Entry) -> list[Move[State]]:
    """List the moves this person may make now."""
    hidden = {"register", "answer"} if entry.direction == "out" else {"register", "send"}
    on_offer = Entry.lifecycle.moves_from(entry.state)
    return [
        move
        for move in on_offer
        if move.name not in hidden and policy.allows(person, move.name, entry)
    ]


def may(person: Person, action: str, thing: Entry | Office) -> bool:
    """Answer whether a button shall be shown to this person."""
    return policy.allows(person, action, thing)


def require(person: Person, action: str, thing: Entry | Office) -> None:
    """Refuse a page whose button would be refused, with the same sentence."""
    policy.require(person, action, thing)


@unscoped("what is approved is all that would leave")
def digest_of(entry: Entry) -> str:
    """Name a letter by all that it says and encloses."""
    enclosed = Attachment.objects.filter(entry=entry).order_by("pk")
    said = (entry.counterpart_id, entry.counterpart_name, entry.subject, entry.body)
    return digest(said, entry.due_at, [*enclosed.values_list("name", "sha256")])


@paper("correspondence.entry")
def paper_of_letter(person: Person, pk: int) -> Paper | None:
    """Lay an outgoing letter on paper for who may know of it."""
    found = entries_for(person).filter(pk=pk, direction="out").first()
    if found is None:
        return None
    url = reverse("correspondence:entry", args=[pk])
    return Paper(
        label=lambda: f"{found.subject} ({found.other_side})", url=url, digest=digest_of(found)
    )
