"""What home does by the clock: the daily digest, in the morning of each reader's own zone."""

from django.utils.translation import override

from kakehashi.home import actions, queries
from kakehashi.home.rules import is_due
from kakehashi.intake.queries import current_year
from kakehashi.kernel import clock
from kakehashi.kernel.daily import every_hour
from kakehashi.kernel.jobs import job, progress
from kakehashi.kernel.models import JobRun
from kakehashi.web.dates import zone_named
from kakehashi.web.offers import Reader, work_for


@every_hour
@job
def send_digests(run: JobRun) -> None:
    """Write to everyone whose morning it is and for whom something came; once a day each."""
    at = clock.now()
    people = queries.people_to_digest()
    for done, person in enumerate(people, start=1):
        local = at.astimezone(zone_named(queries.zone_of(person)))
        if is_due(local) and not queries.digested_on(person, local.date()):
            with override(person.language):
                reader = Reader(person=person, year=current_year(person), at=at)
                waiting = [str(work.label) for work in work_for(reader)]
            actions.write_digest(person, waiting=waiting, at=at, day=local.date())
        progress(run, done=done, total=len(people))
