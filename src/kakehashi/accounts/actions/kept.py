"""What somebody was typing when their sign-in ended is kept for them, and for nobody else."""

import json
from datetime import datetime

from django.db import transaction

from kakehashi.accounts.models import KeptText
from kakehashi.accounts.policy import policy
from kakehashi.accounts.queries import KEPT_FOR
from kakehashi.accounts.rules import MOST_KEPT, may_be_kept
from kakehashi.directory.models import Person
from kakehashi.kernel.cloak import NotOurs, cloak, uncloak
from kakehashi.kernel.scope import unscoped
from kakehashi.kernel.trail import record

Typed = list[tuple[str, list[str]]]


@transaction.atomic
def keep_text(
    person: Person, typed: Typed, *, page: str, action: str, at: datetime
) -> KeptText | None:
    """Keep a form as it was typed; None when it is too long or says nothing that may be kept."""
    kept = [(name, values) for name, values in typed if may_be_kept(name)]
    words = json.dumps(kept, ensure_ascii=False)
    if not kept or len(words) > MOST_KEPT:
        return None
    hidden = cloak(words, about=_about(person))
    row = KeptText.objects.create(
        person=person, page=page[:400], action=action[:400], hidden=hidden, kept_at=at
    )
    record(row.key, "keep_text", by=person, at=at)
    return row


def text_of(kept: KeptText) -> Typed:
    """Read what was typed; nothing when the system's secret key has been changed since."""
    try:
        read: Typed = json.loads(uncloak(kept.hidden, about=_about(kept.person)))
    except NotOurs:
        return []
    return read


@transaction.atomic
def throw_away(kept: KeptText, *, by: Person, at: datetime) -> None:
    """Forget a kept text: it has been sent, or is not wanted."""
    policy.require(by, "throw_away", kept)
    record(kept.key, "throw_away", by=by, at=at)
    kept.delete()


@unscoped("what is older than a day is forgotten, whoever's it is")
@transaction.atomic
def forget_old_texts(*, at: datetime) -> int:
    """Forget every kept text that nobody came back for within a day."""
    return KeptText.objects.filter(kept_at__lt=at - KEPT_FOR).delete()[0]


def _about(person: Person) -> str:
    return f"text of {person.pk}"
