"""What every recorded thing has: a state that moves, and a trail of who moved it."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, ClassVar

from django.db import connection, models, transaction
from django.utils.translation import gettext

from kakehashi.kernel.lifecycle import Lifecycle, MoveNotAllowed
from kakehashi.kernel.trail import MOST_ROWS, Actor, record, record_many
from kakehashi.kernel.words import Words


class Keyed(models.Model):
    """A thing the trail can name for ever.

    `guarded` names the fields that only those may read who may know of the thing, and that are
    never written to a log or a mail; a test puts a canary into each and looks for it everywhere.
    """

    guarded: ClassVar[tuple[str, ...]] = ()

    class Meta:
        abstract = True

    @property
    def key(self) -> str:
        """Name this thing in the trail: `part.model/number`."""
        return f"{self._meta.label_lower}/{self.pk}"


class Moving(Keyed):
    """A thing whose `state` changes only along its lifecycle."""

    lifecycle: ClassVar[Lifecycle[Any]]
    state = models.CharField(max_length=40, editable=False)
    version = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        abstract = True

    @property
    def state_name(self) -> Words:
        """Say the state in the reader's language."""
        return self.lifecycle.names[self.state]

    def move(self, name: str, *, by: Actor, at: datetime, **also: object) -> None:
        """Move along the lifecycle, unless someone else has moved it meanwhile.

        Raises `MoveNotAllowed` from the wrong state, or when the row changed since it was read.
        """
        after = self.lifecycle.after(self.state, name)
        with transaction.atomic():
            as_i_saw_it = type(self)._default_manager.filter(pk=self.pk, version=self.version)
            if not as_i_saw_it.update(state=after, version=self.version + 1, **also):
                raise MoveNotAllowed(gettext("Someone else has moved this on meanwhile."))
            record(self.key, name, by=by, at=at)
        self.refresh_from_db()


def move_many(
    things: Iterable[Moving], name: str, *, by: Actor, at: datetime, **also: object
) -> int:
    """Move many things of one kind in one transaction; all of them or none.  Returns how many."""
    rows = sorted(things, key=lambda thing: thing.pk)
    if not rows:
        return 0
    model, lifecycle = type(rows[0]), rows[0].lifecycle
    after = {lifecycle.after(row.state, name) for row in rows}
    (target,) = after
    with transaction.atomic():
        for some in _handfuls(rows):
            seen = models.Q(pk__in=())
            for version in {row.version for row in some}:
                pks = [row.pk for row in some if row.version == version]
                seen |= models.Q(pk__in=pks, version=version)
            moved = model._default_manager.filter(seen).update(
                state=target, version=models.F("version") + 1, **also
            )
            if moved != len(some):
                raise MoveNotAllowed(gettext("Someone else has moved one of these meanwhile."))
        record_many([(row.key, name) for row in rows], by=by, at=at)
    return len(rows)


def _handfuls(rows: list[Moving]) -> Iterable[list[Moving]]:
    """Cut a long list so that no statement outgrows SQLite's limit of variables."""
    limit = connection.features.max_query_params or 2 * MOST_ROWS
    size = min(MOST_ROWS, limit // 2)  # every row could have a version of its own
    return (rows[start : start + size] for start in range(0, len(rows), size))
