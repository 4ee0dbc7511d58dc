"""Programme years with a plan in force, for every part's tests."""

from datetime import UTC, date, datetime

from kakehashi.councils.tests.factories import resolution
from kakehashi.directory.models import Office
from kakehashi.directory.rules import Role
from kakehashi.directory.tests import factories as make
from kakehashi.intake import actions
from kakehashi.intake.models import Deadline, Plan, Position, ProgrammeYear, Wave

POSITIONS = {
    "ALT": ("Assistant Language Teacher", "外国語指導助手"),
    "CIR": ("Coordinator for International Relations", "国際交流員"),
    "SEA": ("Sports Exchange Advisor", "スポーツ国際交流員"),
}
WAVES = {"april": (4, 6), "a": (7, 27), "b": (8, 3), "c": (8, 22)}


def position(code: str = "ALT") -> Position:
    """Give the position with this code."""
    english, japanese = POSITIONS[code]
    found, _new = Position.objects.get_or_create(
        code=code,
        defaults={
            "name_en": english,
            "name_ja": japanese,
            "rank": [*POSITIONS].index(code) + 1,
            "source": "test",
        },
    )
    return found


def year(number: int = 2027, *, opened: bool = True) -> ProgrammeYear:
    """Give a programme year with its four waves, under way unless told otherwise."""
    there = ProgrammeYear.objects.filter(year=number).first()
    if there:
        return there
    made = ProgrammeYear.objects.create(year=number, census_on=date(number, 7, 1))
    for code, (month, day) in WAVES.items():
        Wave.objects.create(
            year=made,
            code=code,
            name_en=f"Wave {code}",
            name_ja=f"{code}日程",
            arrives_on=date(number, month, day),
            source="test",
        )
    if opened:
        actions.open_year(made, by=make.officer(Role.MIC), at=make.NOON)
    return made


def wave(code: str = "a", of: ProgrammeYear | None = None) -> Wave:
    """Give the wave with this code."""
    return Wave.objects.get(year=of or year(), code=code)


def deadline(
    event: str = "closes",
    mission: Office | None = None,
    at: datetime = datetime(2026, 11, 27, 17, tzinfo=UTC),
    of: ProgrammeYear | None = None,
) -> Deadline:
    """Give a date of a mission's calendar, or of the programme's own."""
    zone = mission.time_zone if mission else "Asia/Tokyo"
    found, _new = Deadline.objects.update_or_create(
        year=of or year(),
        mission=mission,
        event=event,
        defaults={"at": at, "time_zone": zone, "source": "test"},
    )
    return found


def plan(
    seats: dict[tuple[str, str, str], int] | None = None,
    of: ProgrammeYear | None = None,
    *,
    released: bool = True,
) -> Plan:
    """Draft a plan from `{(country, position, wave): seats}`; resolved and in force by default."""
    mine = of or year()
    wanted = {("IE", "ALT", "a"): 10} if seats is None else seats
    mic = make.officer(Role.MIC)
    made = actions.draft_plan(mine, reason="For the tests", by=mic, at=make.NOON)
    lines = [
        (make.country(country), position(code), wave(group, mine), number)
        for (country, code, group), number in wanted.items()
    ]
    actions.set_lines(made, lines, by=mic, at=make.NOON)
    if released:
        actions.submit_plan(made, by=mic, at=make.NOON)
        resolution(made.key, number=f"{mine.year}-{made.number}")
        actions.release_plan(made, by=mic, at=make.NOON)
    return made
