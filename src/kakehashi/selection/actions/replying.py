"""Replies: a person accepts or declines; the mission types what came on paper."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils.translation import get_language, gettext

from kakehashi.directory.models import Person
from kakehashi.kernel import outbox
from kakehashi.kernel.moving import move_many
from kakehashi.kernel.outbox import Draft, post
from kakehashi.recruitment.letters import language_of, moment_in
from kakehashi.recruitment.rules import has_passed
from kakehashi.selection import queries
from kakehashi.selection.letters import reply_received
from kakehashi.selection.lifecycle import ResultState
from kakehashi.selection.models import Result
from kakehashi.selection.policy import results


class ReplyTooLate(ValueError):
    """The mission took replies until a moment that is over; the words give it, here and in Tokyo."""


@transaction.atomic
def accept(result: Result, *, by: Person, at: datetime) -> None:
    """Accept a place, or a place in waiting.  Raises `ReplyTooLate` for the person concerned."""
    results.require(by, "accept", result)
    if by.pk == result.application.person_id:
        _require_in_time(result, at=at)
    post(_receipt(result, ResultState.ACCEPTED), at=at)
    result.move("accept", by=by, at=at, replied_at=at)


@transaction.atomic
def decline(result: Result, *, by: Person, at: datetime) -> None:
    """Decline for good, also after having accepted; it is never too late for that."""
    results.require(by, "decline", result)
    post(_receipt(result, ResultState.DECLINED), at=at)
    result.move("decline", by=by, at=at, replied_at=at)


@transaction.atomic
def accept_many(found: Collection[Result], *, by: Person, at: datetime) -> int:
    """Keep many replies that came on paper, all or none; says how many."""
    if not found:
        return 0
    for result in found:
        results.require(by, "accept", result)
    drafts = [_receipt(result, ResultState.ACCEPTED) for result in found]
    first = min(found, key=lambda one: one.pk)
    title = gettext("Replies received: %(count)s letters") % {"count": len(drafts)}
    batch = outbox.draft_batch(drafts, about=first.key, title=title, by=by, at=at)
    outbox.release(batch, count=len(drafts), by=by, at=at)
    return move_many(found, "accept", by=by, at=at, replied_at=at)


def _receipt(result: Result, reply: ResultState) -> Draft:
    letter, language = reply_received(result, reply=reply)
    person = result.application.person
    return Draft(letter=letter, to=person, language=language, about=result.key)


def _require_in_time(result: Result, *, at: datetime) -> None:
    application = result.application
    reply_by = queries.reply_deadline(application.year, application.mission)
    if reply_by is None or not has_passed(closes=reply_by.at, at=at):
        return
    language = language_of(get_language() or "")
    moment = moment_in(reply_by.at, application.mission, language)
    raise ReplyTooLate(
        gettext("Replies were taken until %(moment)s. Ask the embassy or consulate.")
        % {"moment": moment}
    )
