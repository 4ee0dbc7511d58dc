"""References: asked for by a link that works once, written without an account."""

import secrets
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import get_language, gettext

from kakehashi.directory.actions import register_people
from kakehashi.directory.models import Person
from kakehashi.kernel.outbox import Draft, post
from kakehashi.kernel.trail import record
from kakehashi.recruitment import queries
from kakehashi.recruitment.letters import language_of, reference_requested
from kakehashi.recruitment.models import Application, Reference
from kakehashi.recruitment.policy import policy
from kakehashi.recruitment.rules import MOST_REFERENCES

ANONYMOUS = "anonymous"
POSTMAN = "system:ask_reference"  # the outbox writes to accounts alone, so a referee gets one


class NotAReferee(ValueError):
    """Nobody writes about themselves, nobody is asked twice, and two are enough; the words say which."""


@transaction.atomic
def ask_reference(
    application: Application,
    *,
    name: str,
    email: str,
    relation: str,
    by: Person,
    at: datetime,
) -> tuple[Reference, str]:
    """Ask somebody for a reference; gives it and the token of the link.

    The token is told in the letter alone; kept with the reference is its SHA-256.
    Raises `NotAReferee`.
    """
    policy.require(by, "ask_reference", application)
    address = email.strip().lower()
    _require_a_referee(application, address)
    token = secrets.token_urlsafe(32)
    reference = Reference.objects.create(
        application=application,
        name=name,
        email=address,
        relation=relation,
        token_hash=queries.hash_of(token),
        asked_at=at,
    )
    language = language_of(get_language() or "")
    account = {"email": address, "language": language}
    referee = register_people([account], by=POSTMAN, at=at)[address]
    letter = reference_requested(reference, link=link_of(token), language=language)
    post(Draft(letter=letter, to=referee, language=language, about=reference.key), at=at)
    record(reference.key, "ask_reference", by=by, at=at)
    return reference, token


@transaction.atomic
def write_reference(reference: Reference, *, text: str, at: datetime) -> None:
    """Keep what a referee wrote; the link is dead from then on.

    Whoever holds the link may write, so the policy is not asked; `queries.reference_by_token`
    found the reference by it.  A second time raises `MoveNotAllowed`.
    """
    reference.move("write_reference", by=ANONYMOUS, at=at, text=text, received_at=at)


def link_of(token: str) -> str:
    """Write the whole address of a reference's page, as a letter needs it."""
    scheme = "https" if settings.PRODUCTION else "http"
    home = (
        getattr(settings, "KAKEHASHI_ADDRESS", "") or f"{scheme}://{settings.ALLOWED_HOSTS[0]}"
    )
    return home.rstrip("/") + reverse("recruitment:write_reference", args=[token])


def _require_a_referee(application: Application, address: str) -> None:
    asked = queries.addresses_asked(application)
    if address == application.person.email:
        raise NotAReferee(gettext("Nobody can write a reference about themselves."))
    if address in asked:
        raise NotAReferee(gettext("This person has been asked already."))
    if len(asked) >= MOST_REFERENCES:
        raise NotAReferee(gettext("Two references are enough; no more can be asked for."))
