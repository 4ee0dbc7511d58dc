"""What happens in the directory by itself once a day."""

from kakehashi.directory import actions
from kakehashi.kernel import clock
from kakehashi.kernel.daily import every_day
from kakehashi.kernel.jobs import job
from kakehashi.kernel.models import JobRun


@every_day
@job
def reorganise_what_is_due(_run: JobRun) -> None:
    """Let every merger and new name take effect whose day has come; twice changes nothing."""
    actions.take_effect_of_due(at=clock.now())
