"""What is counted by itself: the official census on the programme's census day."""

from kakehashi.kernel import clock
from kakehashi.kernel.daily import every_day
from kakehashi.kernel.jobs import job
from kakehashi.kernel.models import JobRun
from kakehashi.statistics import actions


@every_day
@job
def take_the_census(_run: JobRun) -> None:
    """Count on the census day; on other days, and a second time, nothing happens."""
    actions.take_todays_census(on=clock.today(), at=clock.now())
