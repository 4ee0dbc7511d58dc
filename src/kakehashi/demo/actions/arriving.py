"""From the places to the yearbook: expected, arrived, appointed, left, counted."""

from datetime import date, datetime

from kakehashi.appointment import actions as appointment
from kakehashi.appointment.queries import appointments_for
from kakehashi.arrival import actions as arrival
from kakehashi.arrival.queries import arrivals_for
from kakehashi.demo.actions.story import Story
from kakehashi.demo.rules import CO, TOKYO, YEAR
from kakehashi.intake.queries import waves_by_code
from kakehashi.kernel import clock, jobs
from kakehashi.placement.queries import agreed_placements
from kakehashi.statistics.actions import take_census

MISSING_EACH = 300  # of so many who are expected one does not come
UNRECORDED = 5  # of whom nobody has noted yet whether they came


def expect(story: Story, at: datetime) -> None:
    """Put everyone agreed on the list of arrivals."""
    rows = agreed_placements(story.year)
    story.do(arrival.expect, rows, by=story.cast["clair-events"], at=at)


def count_on_census_day(story: Story, at: datetime) -> None:
    """Take the census of 1 July."""
    take_census(on=date(YEAR, 7, 1), by=story.cast["mic"], at=at)


def receive(story: Story, _at: datetime) -> None:
    """Record each wave on its evening; appointments follow by themselves."""
    events = story.cast["clair-events"]
    for wave in sorted(waves_by_code(story.year).values(), key=lambda one: one.arrives_on):
        due = arrivals_for(events).filter(state="expected", due_on=wave.arrives_on)
        rows = list(due.order_by("pk"))
        if not rows:
            continue
        at = datetime.combine(wave.arrives_on, datetime.min.time(), TOKYO).replace(hour=20)
        clock.live_at(at)
        missing = rows[MISSING_EACH - 1 :: MISSING_EACH]
        for one in missing:
            arrival.miss(one, by=events, at=at)
        came = [one for one in rows if one not in missing]
        came = came[: max(len(came) - UNRECORDED, len(came) - len(came) // 10)]
        story.do(arrival.arrive_many, came, by=events, at=at, arrived_on=wave.arrives_on)
        jobs.drain()


def leave(_story: Story, at: datetime) -> None:
    """Note the terms that have run out, as the nightly job does."""
    appointment.complete_due(at=at)


def give_notices(story: Story, at: datetime) -> None:
    """Let the cast's organisation send its first newcomers the notice of appointment."""
    rows = appointments_for(story.cast["co"]).filter(organisation__code=CO, noticed_at=None)
    for row in rows.filter(cohort=YEAR, state="serving").order_by("pk")[:1]:
        appointment.give_notice(row, by=story.cast["co"], at=at)


def count_everyone(story: Story, at: datetime) -> None:
    """Take a census of this day, when the newcomers are there."""
    take_census(on=at.date(), by=story.cast["mic"], at=at)
