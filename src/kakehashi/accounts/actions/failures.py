"""Sign-ins that fail are written down, count towards the lock, and are forgotten after some days."""

from datetime import datetime, timedelta

from django.db import transaction

from kakehashi.accounts.models import FailedSignIn
from kakehashi.accounts.queries import account_of, value_of
from kakehashi.accounts.rules import RuleCode
from kakehashi.directory.models import Person
from kakehashi.kernel.scope import unscoped


@unscoped("nobody is signed in yet: the door itself writes down that it stayed shut")
def note_failure(email: str, *, at: datetime) -> FailedSignIn:
    """Write down that a password did not fit; of the address only whose account it is."""
    return FailedSignIn.objects.create(person=account_of(email.strip().lower()), at=at)


@unscoped("the owner of the account has just been let in, or has set a new password")
def count_anew(person: Person) -> None:
    """Let what failed before count no longer towards the lock."""
    FailedSignIn.objects.filter(person=person, counts=True).update(counts=False)


@unscoped("what is older than the rule says is forgotten, whoever's it is")
@transaction.atomic
def forget_old_failures(*, at: datetime) -> int:
    """Forget the failed sign-ins that are older than the rule for accounts says."""
    until = at - timedelta(days=value_of(RuleCode.FAILURE_DAYS, at=at))
    return FailedSignIn.objects.filter(at__lt=until).delete()[0]
