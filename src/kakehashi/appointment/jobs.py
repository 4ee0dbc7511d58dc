"""What happens to appointments by itself once a day."""

from kakehashi.appointment import actions
from kakehashi.kernel import clock
from kakehashi.kernel.daily import every_day
from kakehashi.kernel.jobs import job
from kakehashi.kernel.models import JobRun


@every_day
@job
def complete_due_terms(_run: JobRun) -> None:
    """Note every term that has run out; doing it twice changes nothing."""
    actions.complete_due(at=clock.now())
