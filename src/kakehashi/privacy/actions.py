"""What can be done: a copy is made, a field is asked to be mended, a notice is read."""

import io
import json
import zipfile
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import TypeAlias

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F
from django.template.loader import render_to_string
from django.utils.translation import gettext, override

from kakehashi.directory.actions import dated, keep
from kakehashi.directory.models import Person
from kakehashi.kernel import clock
from kakehashi.kernel.clock import TOKYO
from kakehashi.kernel.daily import every_day
from kakehashi.kernel.holdings import HOLDINGS, Held
from kakehashi.kernel.jobs import enqueue, job
from kakehashi.kernel.lifecycle import MoveNotAllowed
from kakehashi.kernel.models import JobRun
from kakehashi.kernel.moving import Moving
from kakehashi.kernel.scope import unscoped
from kakehashi.kernel.trail import Actor, record
from kakehashi.kernel.words import LANGUAGES, Words
from kakehashi.privacy import queries
from kakehashi.privacy.models import Correction, DataCopy, NoticeRead, PrivacyNotice
from kakehashi.privacy.policy import pack, policy

Facts: TypeAlias = list[tuple[Words, object]]
KEPT = timedelta(days=7)
UNTOLD_DAYS = 30  # where no notice says how soon wishes are answered


class CannotBeAsked(ValueError):
    """This field is not one that can be asked to be mended, or is asked already."""


class NoReason(ValueError):
    """A wish is refused with a reason."""


@transaction.atomic
def load_notices(rows: Iterable[Mapping[str, str]], *, by: Actor, at: datetime) -> int:
    """Take the privacy notices from a pack's table, known by their version."""
    if isinstance(by, Person):
        pack.require(by, "load_notices", None)
    texts = ("version", "title_en", "title_ja", "text_en", "text_ja")
    notices = [
        {**{name: row[name].replace("\\n", "\n") for name in texts}, **dated(row)}
        | {"answer_days": int(row["answer_days"])}
        for row in rows
    ]
    keep(PrivacyNotice, ("version",), notices)
    record("privacy.pack/notices", "load_notices", by=by, at=at)
    return len(notices)


@unscoped("one's own reading")
@transaction.atomic
def read_notice(notice: PrivacyNotice, *, by: Person, at: datetime) -> None:
    """Note that somebody has read a notice; once is enough."""
    policy.require(by, "read_notice", by)
    _row, is_new = NoticeRead.objects.get_or_create(
        person=by, notice=notice, defaults={"at": at}
    )
    if is_new:
        record(notice.key, "read_notice", by=by, at=at)


@transaction.atomic
def ask_for_copy(*, by: Person, at: datetime) -> DataCopy:
    """Ask for a copy of everything held about oneself; a job makes it."""
    policy.require(by, "copy", by)
    made = DataCopy.objects.create(person=by, asked_at=at)
    made.run = enqueue(make_copy, made.pk, at=at, key=f"data-copy:{made.pk}")
    made.save(update_fields=["run"])
    record(made.key, "copy", by=by, at=at)
    return made


@unscoped("the copy somebody has asked for themselves")
@job
def make_copy(_run: JobRun, copy_id: int) -> None:
    """Write the copy: one file for machines, and one page in each language for people."""
    copy = DataCopy.objects.select_related("person").filter(pk=copy_id).first()
    if copy is None or copy.made_at is not None:
        return
    at = clock.now()
    rows = queries.held(copy.person)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("data.json", json.dumps(_told(rows), ensure_ascii=False, indent=1))
        for language in LANGUAGES:
            file.writestr(f"my-data.{language}.html", _page(copy.person, rows, at, language))
    copy.data, copy.rows, copy.made_at = packed.getvalue(), len(rows), at
    copy.save(update_fields=["data", "rows", "made_at"])


@unscoped("copies are thrown away whoever asked for them")
@every_day
@job
def throw_copies_away(_run: JobRun) -> None:
    """Throw away copies that are older than a week."""
    DataCopy.objects.filter(asked_at__lt=clock.now() - KEPT).delete()


@transaction.atomic
def ask(
    one: Held, field: str, *, wanted: str, reason: str, by: Person, at: datetime
) -> Correction:
    """Ask whoever keeps a record about oneself to mend one field of it.

    Raises `CannotBeAsked`.
    """
    policy.require(by, "ask", by)
    keeper = queries.keeper_of(one)
    if field not in one.holding.correctable or keeper is None:
        raise CannotBeAsked(gettext("This cannot be mended in this way. Write to the office."))
    wanted = wanted.strip()
    try:
        one.row._meta.get_field(field).clean(wanted, one.row)
    except ValidationError as error:
        raise CannotBeAsked(" ".join(error.messages)) from error
    today = at.astimezone(TOKYO).date()
    notice = queries.notice_on(today)
    days = notice.answer_days if notice else UNTOLD_DAYS
    try:
        with transaction.atomic():
            made = Correction.objects.create(
                person=by,
                holding=one.holding.name,
                thing=one.key,
                field=field,
                present=str(one.facts[field] or ""),
                wanted=wanted,
                reason=reason.strip(),
                asked_at=at,
                due_on=today + timedelta(days=days),
                keeper_role=keeper.role,
                keeper_office_id=keeper.office,
            )
    except IntegrityError:
        raise CannotBeAsked(
            gettext("You have asked for this already. Wait for the answer.")
        ) from None
    record(made.key, "ask", by=by, at=at)
    return made


@transaction.atomic
def accept(correction: Correction, *, by: Person, at: datetime, answer: str = "") -> None:
    """Mend the field as wished, unless the record has changed since."""
    policy.require(by, "accept", correction)
    correction.move("accept", by=by, at=at, decided_by=by, decided_at=at, answer=answer.strip())
    _mend(correction)
    record(correction.thing, "correct", by=by, at=at)


@transaction.atomic
def refuse(correction: Correction, *, answer: str, by: Person, at: datetime) -> None:
    """Leave the field as it is, with a reason that the person reads.  Raises `NoReason`."""
    policy.require(by, "refuse", correction)
    if not answer.strip():
        raise NoReason(gettext("Say why it stays as it is."))
    correction.move("refuse", by=by, at=at, decided_by=by, decided_at=at, answer=answer.strip())


@transaction.atomic
def withdraw(correction: Correction, *, by: Person, at: datetime) -> None:
    """Ask for it no longer."""
    policy.require(by, "withdraw", correction)
    correction.move("withdraw", by=by, at=at)


@unscoped("the one field that its keeper has just agreed to mend")
def _mend(correction: Correction) -> None:
    model = HOLDINGS[correction.holding].model
    number = correction.thing.partition("/")[2]
    rows = model._default_manager.filter(pk=number, **{correction.field: correction.present})
    also = {"version": F("version") + 1} if issubclass(model, Moving) else {}
    if not rows.update(**{correction.field: correction.wanted}, **also):
        raise MoveNotAllowed(gettext("The record has changed since. Look at it again."))


def _told(rows: Iterable[Held]) -> dict[str, list[dict[str, object]]]:
    """Write the rows as a file for machines holds them."""
    told: dict[str, list[dict[str, object]]] = {name: [] for name in HOLDINGS}
    for one in rows:
        facts = {name: queries.plain(value) for name, value in one.facts.items()}
        told[one.holding.name].append({"record": one.key, **facts})
    return told


def _page(person: Person, rows: Iterable[Held], at: datetime, language: str) -> str:
    with override(language):
        context = {"person": person, "rows": tables(rows), "at": at, "language": language}
        context["withheld"] = queries.withheld()
        return render_to_string("privacy/copy.html", context)


def tables(rows: Iterable[Held]) -> list[tuple[Words, list[tuple[str, Facts]]]]:
    """Arrange the rows by their kind, each as headings and values."""
    found: dict[str, list[tuple[str, Facts]]] = {}
    for one in rows:
        facts: Facts = [
            (words, one.facts[name])
            for name, words in one.holding.fields.items()
            if one.facts[name] not in (None, "")
        ]
        found.setdefault(one.holding.name, []).append((one.key, facts))
    return [(HOLDINGS[name].title, rows) for name, rows in found.items()]


__all__ = ["CannotBeAsked", "NoReason", "accept", "ask", "ask_for_copy", "refuse", "withdraw"]
