"""Where somebody is signed in is written down, and ended."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.contrib.sessions.models import Session
from django.db import transaction

from kakehashi.accounts.models import Device, FactorGrace
from kakehashi.accounts.policy import policy
from kakehashi.accounts.queries import grace_of, has_factor, needs_factor, value_of
from kakehashi.accounts.rules import RuleCode, device_of
from kakehashi.directory.models import Person
from kakehashi.kernel.scope import unscoped
from kakehashi.kernel.trail import Actor, record, record_many


@unscoped("the sign-in that has just begun is the person's own")
def begin(person: Person, *, session: str, agent: str, at: datetime) -> Device:
    """Remember that a sign-in has begun in this browser."""
    browser, system = device_of(agent)
    facts = {"browser": browser, "system": system, "began_at": at, "seen_at": at}
    row, _new = Device.objects.update_or_create(
        session=session, defaults={"person": person, **facts}
    )
    return row


@unscoped("the sign-in that is being used is the person's own")
def see(session: str, *, at: datetime) -> None:
    """Remember that a sign-in was used just now."""
    Device.objects.filter(session=session).update(seen_at=at)


@unscoped("the session was given another number by its own owner's deed")
def rename(before: str, now: str) -> None:
    """Keep a sign-in's row with its session."""
    Device.objects.filter(session=before).update(session=now)


@unscoped("the sign-in that its owner has just ended")
def forget(session: str) -> None:
    """Forget a sign-in that was ended where it stood."""
    Device.objects.filter(session=session).delete()


@transaction.atomic
def end_device(device: Device, *, by: Person, at: datetime) -> None:
    """End one sign-in: its browser is asked to sign in with the next page."""
    policy.require(by, "end_device", device)
    _end([device], by=by, at=at)


@unscoped("ends every other sign-in of one's own")
@transaction.atomic
def end_others(person: Person, *, but: str, by: Actor, at: datetime) -> int:
    """End every sign-in of a person but this one; returns how many."""
    return _end(Device.objects.filter(person=person).exclude(session=but), by=by, at=at)


@unscoped("the sign-ins were chosen by the calling action")
def _end(devices: Iterable[Device], *, by: Actor, at: datetime) -> int:
    ended = list(devices)
    keys = [one.key for one in ended]
    Session.objects.filter(session_key__in=[one.session for one in ended]).delete()
    Device.objects.filter(pk__in=[one.pk for one in ended]).delete()
    record_many([(key, "end_device") for key in keys], by=by, at=at)
    return len(ended)


@unscoped("the person's own reminder is written at their own sign-in")
@transaction.atomic
def factor_due(person: Person, *, at: datetime) -> datetime | None:
    """Say until when somebody must have a second factor; None when nothing is missing.

    The days of grace run from the first sign-in at which they were told.
    """
    if not needs_factor(person, at=at) or has_factor(person):
        return None
    grace = grace_of(person)
    if grace is None:
        grace, new = FactorGrace.objects.get_or_create(person=person, defaults={"told_at": at})
        if new:
            record(person.key, "ask_for_second_factor", by="system:sign_in", at=at)
    return grace.told_at + timedelta(days=value_of(RuleCode.GRACE_DAYS, at=at))
