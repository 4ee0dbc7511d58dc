"""A lost second factor is taken off an account by two people together."""

from datetime import datetime

from allauth.mfa.models import Authenticator
from django.db import IntegrityError, transaction
from django.utils.translation import gettext

from kakehashi.accounts.actions.devices import end_others
from kakehashi.accounts.letters import FactorResetAsked, FactorTakenOff
from kakehashi.accounts.models import FactorGrace, FactorReset
from kakehashi.accounts.policy import policy
from kakehashi.accounts.queries import has_factor
from kakehashi.directory.models import Person
from kakehashi.kernel.letters import Letter
from kakehashi.kernel.outbox import Draft, post
from kakehashi.kernel.scope import unscoped
from kakehashi.kernel.trail import record


class NothingToReset(ValueError):
    """The account has no second factor, or somebody has asked already."""


def ask_reset(person: Person, *, reason: str, by: Person, at: datetime) -> FactorReset:
    """Ask that the second factor be taken off an account; its owner is told at once.

    Nothing changes until a second person has confirmed.  Raises `NothingToReset`.
    """
    policy.require(by, "ask_reset", person)
    if not has_factor(person):
        raise NothingToReset(gettext("This account has no second factor."))
    try:
        with transaction.atomic():
            reset = FactorReset.objects.create(
                person=person, reason=reason, asked_by=by, asked_at=at
            )
            record(reset.key, "ask_reset", by=by, at=at)
            _tell(FactorResetAsked(asked_by=str(by)), reset, at=at)
    except IntegrityError:
        raise NothingToReset(
            gettext("Somebody has asked for this already; a second person must confirm it.")
        ) from None
    return reset


@unscoped("the second factors of the account in question")
@transaction.atomic
def confirm_reset(reset: FactorReset, *, by: Person, at: datetime) -> None:
    """Take every second factor and recovery code off the account, and end its sign-ins.

    The days of grace begin again, so that the owner can come in and set up a new one.
    """
    policy.require(by, "confirm_reset", reset)
    reset.move("confirm_reset", by=by, at=at, decided_by=by, decided_at=at)
    Authenticator.objects.filter(user=reset.person).delete()
    FactorGrace.objects.filter(person=reset.person).delete()
    end_others(reset.person, but="", by=by, at=at)
    _tell(FactorTakenOff(asked_by=str(reset.asked_by), confirmed_by=str(by)), reset, at=at)


@transaction.atomic
def refuse_reset(reset: FactorReset, *, by: Person, at: datetime) -> None:
    """Leave the second factor where it is."""
    policy.require(by, "refuse_reset", reset)
    reset.move("refuse_reset", by=by, at=at, decided_by=by, decided_at=at)


def _tell(letter: Letter, reset: FactorReset, *, at: datetime) -> None:
    person = reset.person
    post(Draft(letter=letter, to=person, language=person.language, about=reset.key), at=at)
