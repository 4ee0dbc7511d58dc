"""“Your work today”: what I must do, for whom I wait, what comes next, what happened lately.

Everything is asked of what each part offers (`web/offers.py`) and counted among what this person
may know of; a seat whose part is not built is told so.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import islice

from django.utils.translation import gettext, ngettext

from kakehashi.directory.models import Person
from kakehashi.directory.policy import seats_of
from kakehashi.directory.queries import holds
from kakehashi.directory.rules import ROLE_NAMES, Role
from kakehashi.home import queries
from kakehashi.home.views import bridge, personal, team
from kakehashi.home.views.lines import SOON_DAYS, Line, line_of
from kakehashi.home.views.masthead import OFFICERS
from kakehashi.intake.queries import current_year
from kakehashi.kernel.clock import TOKYO
from kakehashi.kernel.words import Words
from kakehashi.web import offers
from kakehashi.web.components import Dated, News
from kakehashi.web.dates import clock, day_words, moment_words
from kakehashi.web.offers import Moment, Reader, Span

NEXT_DATES = 6
LATEST = 7
AHEAD = timedelta(days=400)
LETTERS = 3
LATER = (  # seats whose own part of the programme is not built yet
    Role.MEXT,
    Role.CLAIR_COORDINATOR,
    Role.CLAIR_DESK,
    Role.CLAIR_FINANCE,
    Role.COUNSELLING_COMMITTEE,
    Role.ADVISOR,
    Role.GROUP_LEADER,
    Role.COUNSELLOR,
    Role.SPECIALIST,
    Role.AJET,
    Role.JETAA,
    Role.ALUMNA,
    Role.CUSTODIAN,
)


def reader_of(person: Person, *, at: datetime) -> Reader:
    """Say who asks, in which year and when."""
    return Reader(person=person, year=current_year(person), at=at)


def page(person: Person, *, at: datetime) -> dict[str, object]:
    """Gather what today's page draws."""
    reader = reader_of(person, at=at)
    tasks = [line_of(work, at=at) for work in offers.work_for(reader)]
    is_personal = not holds(person, *OFFICERS)
    levels = {} if is_personal else offers.levels_for(reader)
    letters = queries.letters_for(person)
    context: dict[str, object] = {
        "year": reader.year,
        "at": at.astimezone(TOKYO),
        "lede": lede(tasks),
        "tasks": tasks,
        "waits": [line_of(work, at=at) for work in offers.waited_for(reader)],
        "dates": list(next_dates(reader)),
        "news": [] if is_personal else list(latest(reader)),
        "letters": letters[:LETTERS],
        "unread": letters.filter(read_at=None).count(),
        "later": [ROLE_NAMES[role] for role in roles_not_built(person)],
        "personal": is_personal,
    }
    if is_personal:
        return context | personal.context_of(reader, tasks)
    context["team"] = team.team_of(person)
    context["figures"] = bridge.figures(levels)
    context["arches"] = bridge.arches(reader, levels)
    return context


def roles_not_built(person: Person) -> list[Role]:
    """List the roles of this person whose own part of the programme is not built yet."""
    held = {seat.role for seat in seats_of(person)}
    return [role for role in LATER if role.value in held]


def lede(tasks: list[Line]) -> str:
    """Say in one sentence what the day asks."""
    if not tasks:
        return gettext("Nothing waits for you today.")
    n = len(tasks)
    said = ngettext("One thing waits for you.", "%(n)s things wait for you.", n) % {"n": n}
    due = next((line for line in tasks if line.work.due), None)
    if due is None:
        return said
    return gettext("%(said)s The nearest is due: %(due)s.") % {"said": said, "due": due.whole}


def next_dates(reader: Reader) -> Iterable[Dated]:
    """List the next dates that concern this person."""
    today = reader.at.astimezone(TOKYO).date()
    span = Span(first=today, last=today + AHEAD)
    ahead = (one for one in offers.dates_for(reader, span) if not one.at or one.at >= reader.at)
    for one in islice(ahead, NEXT_DATES):
        soon = (one.on - today).days < SOON_DAYS
        yield Dated(on=one.on, label=one.label, note=note_of(one), soon=soon, url=one.url)


def note_of(moment: Moment) -> str:
    """Say whose date it is and, unless it is a whole day, at what time there and in Tokyo."""
    when = moment_words(moment.at, moment.zone) if moment.at else ""
    return " · ".join(str(part) for part in (moment.note, when) if part)


def latest(reader: Reader) -> Iterable[News]:
    """List what happened lately, the newest first."""
    today = reader.at.astimezone(TOKYO).date()
    told = ((one.at, one) for one in offers.news_for(reader) if one.at)
    for at, one in islice((pair for pair in told if pair[0] <= reader.at), LATEST):
        local = at.astimezone(TOKYO)
        when: Words = (
            clock(local) if local.date() == today else day_words(local.date(), "short")
        )
        yield News(at=when, text=one.text, iso=at.isoformat(), url=one.url)
