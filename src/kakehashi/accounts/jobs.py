"""What accounts do by themselves once a day."""

from kakehashi.accounts.actions import forget_old_failures, forget_old_texts, warn_of_ends
from kakehashi.kernel import clock
from kakehashi.kernel.daily import every_day
from kakehashi.kernel.jobs import job
from kakehashi.kernel.models import JobRun


@every_day
@job
def forget_texts(_: JobRun) -> None:
    """Forget what people were typing when they were signed out and did not come back for."""
    forget_old_texts(at=clock.now())


@every_day
@job
def forget_failures(_: JobRun) -> None:
    """Forget the sign-ins that failed long ago."""
    forget_old_failures(at=clock.now())


@every_day
@job
def warn_of_seats_that_end(_: JobRun) -> None:
    """Tell whose seat ends soon while work lies with it, and the head of their office."""
    warn_of_ends(at=clock.now())
