"""Who supervises whom; every April the supervisors rotate, and nobody shall be left alone."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext

from kakehashi.directory.models import Office, Person, Supervision
from kakehashi.directory.policy import policy
from kakehashi.directory.queries import seats_on
from kakehashi.directory.rules import Role
from kakehashi.kernel.scope import unscoped
from kakehashi.kernel.trail import record, record_many


class NotTheirs(ValueError):
    """One of the two does not sit in this organisation on that day."""


class SupervisedAlready(ValueError):
    """This supervisor looks after this participant already."""


@unscoped("whether the two sit there is part of the deed")
@transaction.atomic
def supervise(
    participant: Person,
    *,
    supervisor: Person,
    office: Office,
    starts_on: date,
    by: Person,
    at: datetime,
) -> Supervision:
    """Let somebody supervise a participant from a day; raises `NotTheirs`, `SupervisedAlready`."""
    policy.require(by, "supervise", office)
    _sit_there(participant, supervisor, office, starts_on)
    open_ones = Supervision.objects.filter(office=office, ends_on=None)
    if open_ones.filter(participant=participant, supervisor=supervisor).exists():
        raise SupervisedAlready(gettext("They supervise this participant already."))
    made = Supervision.objects.create(
        participant=participant, supervisor=supervisor, office=office, starts_on=starts_on
    )
    record(made.key, "supervise", by=by, at=at)
    return made


@unscoped("writes only the supervision of one organisation, after asking who may")
@transaction.atomic
def hand_over(
    office: Office,
    *,
    supervisor: Person,
    successor: Person,
    on: date,
    by: Person,
    at: datetime,
) -> int:
    """Give everyone whom one supervises to another, from a day on; says how many.

    The first one's time ends the day before.  Whoever has both already keeps the second only.
    """
    policy.require(by, "supervise", office)
    if not seats_on(on, office, Role.SUPERVISOR, successor).exists():
        raise NotTheirs(gettext("The new supervisor has no such seat here on that day."))
    rows = list(
        Supervision.objects.filter(
            office=office, supervisor=supervisor, ends_on=None, starts_on__lt=on
        )
    )
    theirs = Supervision.objects.filter(office=office, supervisor=successor, ends_on=None)
    held = set(theirs.values_list("participant", flat=True))
    for row in rows:
        row.ends_on = on - timedelta(days=1)
    Supervision.objects.bulk_update(rows, ["ends_on"], batch_size=200)
    new = [
        Supervision(
            participant_id=row.participant_id, supervisor=successor, office=office, starts_on=on
        )
        for row in rows
        if row.participant_id not in held
    ]
    Supervision.objects.bulk_create(new, batch_size=300)
    deeds = [(row.key, "hand_over") for row in rows] + [(row.key, "supervise") for row in new]
    record_many(deeds, by=by, at=at)
    return len(rows)


@transaction.atomic
def end_supervision(row: Supervision, *, ends_on: date, by: Person, at: datetime) -> None:
    """Let one supervision end; `ends_on` is its last day.  Raises `NotTheirs` before its first."""
    policy.require(by, "supervise", row.office)
    if ends_on < row.starts_on:
        raise NotTheirs(gettext("The last day lies before the first day."))
    row.ends_on = ends_on
    row.save(update_fields=["ends_on"])
    record(row.key, "end_supervision", by=by, at=at)


def _sit_there(participant: Person, supervisor: Person, office: Office, on: date) -> None:
    if not seats_on(on, office, Role.PARTICIPANT, participant).exists():
        raise NotTheirs(gettext("This participant does not serve here on that day."))
    if not seats_on(on, office, Role.SUPERVISOR, supervisor).exists():
        raise NotTheirs(gettext("This person is no supervisor here on that day."))
