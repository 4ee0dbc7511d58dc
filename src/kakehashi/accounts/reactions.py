"""What we do when allauth adds a second factor to an account or takes one away: the trail knows."""

from allauth.core import context
from allauth.mfa.models import Authenticator
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from kakehashi.directory.models import Person
from kakehashi.kernel import clock
from kakehashi.kernel.trail import Actor, record

KINDS = {
    Authenticator.Type.TOTP: "authenticator_app",
    Authenticator.Type.WEBAUTHN: "passkey",
    Authenticator.Type.RECOVERY_CODES: "recovery_codes",
}


@receiver(post_save, sender=Authenticator)
def added(instance: Authenticator, *, created: bool, **_facts: object) -> None:
    """Write down that an account has another second factor."""
    if created:
        _record(instance, "add")


@receiver(post_delete, sender=Authenticator)
def taken_away(instance: Authenticator, **_facts: object) -> None:
    """Write down that an account has one second factor less."""
    _record(instance, "take_away")


def _record(one: Authenticator, verb: str) -> None:
    deed = f"{verb}_{KINDS[Authenticator.Type(one.type)]}"
    at = clock.now()  # house: looks_at_the_clock -- this is a door: allauth's views end here
    record(f"directory.person/{one.user_id}", deed, by=_actor(), at=at)


def _actor() -> Actor:
    """Say who does it: whoever is at the page; without a page, the system."""
    request = getattr(context, "request", None)
    person = getattr(request, "user", None)
    return person if isinstance(person, Person) else "system:accounts"
