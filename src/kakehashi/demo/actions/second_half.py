"""From the requests to the yearbook: requests, the run, notices, arrivals, the census."""

from datetime import date, datetime

from kakehashi.arrival import actions as arrival
from kakehashi.arrival.queries import arrivals_for
from kakehashi.demo.actions.first_half import Cast, resolve
from kakehashi.demo.actions.story import Story
from kakehashi.demo.rules import TOKYO, YEAR, request_row
from kakehashi.directory.models import Office, Person
from kakehashi.directory.queries import officers_of, offices_by_code
from kakehashi.directory.rules import OfficeKind, Role
from kakehashi.intake import actions as intake
from kakehashi.intake.models import ProgrammeYear
from kakehashi.intake.queries import waves_by_code
from kakehashi.kernel import jobs
from kakehashi.placement import actions as placement
from kakehashi.placement.models import Request
from kakehashi.placement.queries import placements_for, requests_for
from kakehashi.statistics.actions import take_census


def ask(story: Story, at: datetime) -> None:
    """Bring the organisations' requests, have the host bodies check and CLAIR accept them."""
    cast, year, chance = story.cast, story.year, story.chance
    organisations, seats = story.organisations, story.newcomers + 6
    rows: list[dict[str, str]] = []
    left = seats
    for row in chance.sample(organisations, len(organisations)):
        if left <= 0:
            break
        cir = len(rows) % 16 == 0
        number = 1 if cir else min(left, chance.choice((1, 1, 2, 3)))
        rows.append(request_row(row["code"], seats=number, cir=cir, chance=chance))
        left -= number
    story.bring("requests", rows, by=cast["clair-placement"], at=at)
    officers = _host_officers()
    filed = requests_for(cast["clair-placement"]).filter(year=year, state="filed")
    by_host: dict[int | None, list[Request]] = {}
    for request in filed.select_related("organisation"):
        by_host.setdefault(request.organisation.parent_id, []).append(request)
    for host, some in by_host.items():
        if host in officers:
            story.do(placement.check_many, some, by=officers[host], at=at)
    checked = requests_for(cast["clair-placement"]).filter(year=year, state="checked")
    story.do(placement.accept_many, checked, by=cast["clair-placement"], at=at)


def limit(story: Story, at: datetime) -> None:
    """Set a least and a most for a few host bodies, and one nationality cap."""
    cast, year = story.cast, story.year
    officer = cast["clair-placement"]
    for host in _hosts_with_requests(cast, year)[:5]:
        placement.set_limit(year, host, minimum=1, maximum=None, by=officer, at=at)


def place(story: Story, at: datetime) -> None:
    """Run the engine, have the committee decide, release the notices, let organisations agree."""
    cast, year = story.cast, story.year
    officer = cast["clair-placement"]
    run = placement.start_run(year, by=officer, at=at)
    jobs.drain()
    run.refresh_from_db()
    resolve(cast, run.key, "run", f"{YEAR}-P1", by="committee-placement", at=at)
    batch = placement.draft_notices(run, by=officer, at=at)
    run.refresh_from_db()
    count = batch.letters.filter(cancelled_at=None).count()
    placement.release_run(run, count=count, by=officer, at=at)
    jobs.drain()


def agree(story: Story, at: datetime) -> None:
    """Let every organisation accept whom it was told of."""
    cast, year = story.cast, story.year
    told = placements_for(cast["clair-placement"]).filter(run__year=year, state="told")
    for row in told.select_related("request__organisation"):
        officer = officers_of(row.request.organisation, Role.ORGANISATION)[0]
        placement.agree(row, by=officer, at=at)


def expect(story: Story, at: datetime) -> None:
    """Put everyone agreed on the list of arrivals."""
    cast, year = story.cast, story.year
    agreed = placements_for(cast["clair-placement"]).filter(run__year=year, state="agreed")
    story.do(arrival.expect, agreed, by=cast["clair-events"], at=at)


def receive(story: Story, _at: datetime) -> None:
    """Record each wave on its day; appointments follow by themselves."""
    cast, year = story.cast, story.year
    for wave in sorted(waves_by_code(year).values(), key=lambda one: one.arrives_on):
        due = arrivals_for(cast["clair-events"]).filter(
            state="expected", due_on=wave.arrives_on
        )
        rows = list(due)
        if rows:
            at = datetime.combine(wave.arrives_on, datetime.min.time(), TOKYO).replace(hour=20)
            arrival.arrive_many(
                rows, arrived_on=wave.arrives_on, by=cast["clair-events"], at=at
            )
            jobs.drain()


def count_on_census_day(story: Story, at: datetime) -> None:
    """Take the census of 1 July."""
    take_census(on=date(YEAR, 7, 1), by=story.cast["mic"], at=at)


def count_everyone(story: Story, at: datetime) -> None:
    """Take a census of this day, when the newcomers are there."""
    take_census(on=at.date(), by=story.cast["mic"], at=at)


def begin_next_year(story: Story, at: datetime) -> None:
    """Copy the year's values to the next year, for MIC to open."""
    intake.clone_year(story.year, by=story.cast["mic"], at=at)


def _host_officers() -> dict[int | None, Person]:
    hosts = offices_by_code(OfficeKind.HOST_BODY).values()
    return {host.pk: found[0] for host in hosts if (found := officers_of(host, Role.HOST))}


def _hosts_with_requests(cast: Cast, year: ProgrammeYear) -> list[Office]:
    rows = requests_for(cast["clair-placement"]).filter(year=year, state="accepted")
    found = {row.organisation.parent_id for row in rows.select_related("organisation")}
    return [host for host in offices_by_code(OfficeKind.HOST_BODY).values() if host.pk in found]
