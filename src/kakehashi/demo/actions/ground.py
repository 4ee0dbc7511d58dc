"""The ground of the demo: organisations, their officers, those already serving, those who left."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from random import Random

from kakehashi.appointment.actions import complete_due
from kakehashi.demo.actions.cast import enter, seat
from kakehashi.demo.actions.numbers import missions_in_use
from kakehashi.demo.actions.story import Story
from kakehashi.demo.rules import CAST, CO, HOST, LATE, SINCE, YEAR, Invented, groups, people
from kakehashi.demo.rules.officers import officer, school
from kakehashi.directory.models import Municipality, Office
from kakehashi.directory.queries import municipalities_by_code, offices_by_code
from kakehashi.directory.rules import EmployerType, OfficeKind, Role
from kakehashi.home.actions import set_up
from kakehashi.intake import actions as intake

OWN_TOWN = "31302"
STAYING = (8, 22)  # who arrived on this day of an earlier year serves on when newcomers come
LEAVING = ((7, 27), (8, 3))
TOWN_TYPES = (
    EmployerType.CITY,
    EmployerType.SPECIAL_WARD,
    EmployerType.TOWN,
    EmployerType.VILLAGE,
)
FEWEST_ORGANISATIONS = 9  # one of each type


def set_up_offices(story: Story, at: datetime) -> None:
    """Load the programme pack, and let the cast enter."""
    set_up(story.pack, at=at)
    story.cast = enter(password=story.scene.password, at=at)
    here = offices_by_code()
    seat(story.cast, [part.slug for part in CAST if part.office in here], at=at)


def organisations(story: Story, at: datetime) -> None:
    """Bring organisations of every type over the host bodies; one of them is the cast's own."""
    hosts = offices_by_code(OfficeKind.HOST_BODY)
    towns = municipalities_by_code()
    numbers = story.marginals.organisations(least=FEWEST_ORGANISATIONS)
    rows = [_board(hosts[host]) for host in _boards(hosts, numbers, story.chance)]
    for kind in TOWN_TYPES:
        rows += [_town(row, hosts) for row in _towns(towns, kind, numbers, story.chance)]
    rows += _invented(towns, hosts, numbers, story.chance)
    rows.sort(key=lambda row: row["code"])
    story.bring("organisations", rows, by=story.cast["clair-desk"], at=at)
    sizes = story.marginals.of("size")
    story.organisations = rows
    story.sizes = [sizes[row["type"]] for row in rows]
    seat(story.cast, [part.slug for part in CAST if part.office == CO], at=at)


def officers(story: Story, at: datetime) -> None:
    """Bring the officers of organisations, host bodies and missions, each with a seat."""
    taken = {(part.role, part.office) for part in CAST}
    hosts = sorted(offices_by_code(OfficeKind.HOST_BODY))
    wanted = [(Role.ORGANISATION, row["code"]) for row in story.organisations]
    wanted += [(Role.HOST, host) for host in hosts]
    in_japan = [_officer(role, office, story.chance) for role, office in wanted]
    missions = {code for codes in missions_in_use(story).values() for code in codes} | {LATE}
    roles = (Role.MISSION, Role.READER, Role.INTERVIEWER)
    posts = [(role, mission) for mission in sorted(missions) for role in roles]
    abroad = _staff_abroad(posts, story)
    table = [row for row in [*in_japan, *abroad] if (row["role"], row["office"]) not in taken]
    story.bring("people", table, by=story.cast["operator"], at=at)


def create_year(story: Story, at: datetime) -> None:
    """Create the year that is told, as a draft."""
    intake.create_year(YEAR, folder=story.pack, by=story.cast["mic"], at=at)


def serve_and_leave(story: Story, at: datetime) -> None:
    """Record those who served in the year before the demo's and have left since."""
    crowd = people(
        groups(story.marginals.number("former", least=1), story.marginals),
        start=1,
        kind="former",
        chance=story.chance,
    )
    days = [date(year, *LEAVING[0]) for year in (2022, 2023, 2024, 2025, 2025)]
    story.bring(
        "arrivals",
        list(_arrivals(crowd, days, story)),
        name="arrivals-former",
        by=story.cast["clair-events"],
        at=at,
    )


def let_go(_story: Story, at: datetime) -> None:
    """Note that the terms of those who left have run out, as the nightly job does."""
    complete_due(at=at)


def join_alumni(story: Story, at: datetime) -> None:
    """Open a seat in the alumni association for some of those who left."""
    register = people_who_left(story)
    some = story.chance.sample(register, max(1, len(register) // 3))
    rows = [
        {
            "email": email,
            "family_name": family,
            "role": Role.ALUMNA.value,
            "office": "JETAA",
            "starts_on": at.date().isoformat(),
        }
        for email, family in sorted(some)
    ]
    story.bring("people", rows, name="people-alumni", by=story.cast["operator"], at=at)


def people_who_left(story: Story) -> list[tuple[str, str]]:
    """Give the addresses and family names that the table of former participants holds."""
    return [(one["email"], one["family_name"]) for one in story.tables["arrivals-former"]]


def serving(story: Story, at: datetime) -> None:
    """Record everyone who serves when the year is planned; the cast's participant among them.

    As many of them leave when the newcomers come; the others serve on.
    """
    marginals, chance = story.marginals, story.chance
    leaving = marginals.number("newcomers", least=1)
    staying = max(story.people - story.newcomers - 1, 0)
    crowd = people(groups(leaving + staying, marginals), start=1, kind="serving", chance=chance)
    shares = marginals.of("service")
    years = [YEAR - int(year) for year, weight in shares.items() for _ in range(weight)]
    going = [date(year, *day) for year in years for day in LEAVING]
    rows = list(_arrivals(crowd[:leaving], going, story))
    on = [date(year, *STAYING) for year in years if year < YEAR - 1] + [date(2025, *STAYING)]
    rows += _arrivals(crowd[leaving:], on, story)
    theo = story.cast["participant"]
    own = {"email": theo.email, "family_name": theo.family_name, "given_name": theo.given_name}
    where = {"country": "GB", "position": "ALT", "organisation": CO}
    rows.append(own | where | {"arrived_on": "2025-08-22"})
    story.bring("arrivals", rows, name="arrivals-serving", by=story.cast["clair-events"], at=at)


def _arrivals(
    crowd: Sequence[Invented], days: Sequence[date], story: Story
) -> Iterator[dict[str, str]]:
    """Write one line of the table of arrivals for each of these people."""
    places = story.chance.choices(story.organisations, story.sizes, k=len(crowd))
    for person, place in zip(crowd, places, strict=True):
        yield {
            "email": person.email,
            "family_name": person.family,
            "given_name": person.given,
            "country": person.country,
            "position": person.position,
            "organisation": place["code"],
            "arrived_on": story.chance.choice(days).isoformat(),
        }


def _officer(role: Role, office: str, chance: Random) -> dict[str, str]:
    family, given = officer(chance)
    return _post(role, office) | {
        "family_name": family.en,
        "given_name": given.en,
        "name_ja": f"{family.ja} {given.ja}",
        "language": "ja",
    }


def _staff_abroad(posts: list[tuple[Role, str]], story: Story) -> list[dict[str, str]]:
    crowd = people(
        groups(len(posts), story.marginals), start=1, kind="staff", chance=story.chance
    )
    return [
        _post(role, office)
        | {"family_name": one.family, "given_name": one.given, "language": "en"}
        for (role, office), one in zip(posts, crowd, strict=True)
    ]


def _post(role: Role, office: str) -> dict[str, str]:
    return {
        "email": f"{role.value}-{office}@demo.invalid".lower(),
        "role": role.value,
        "office": office,
        "starts_on": SINCE.isoformat(),
    }


def _boards(hosts: dict[str, Office], numbers: dict[str, int], chance: Random) -> list[str]:
    """Choose the prefectures and designated cities that ask for themselves."""
    found = []
    for kind in (EmployerType.PREFECTURE, EmployerType.DESIGNATED_CITY):
        those = sorted(code for code, one in hosts.items() if one.employer_type == kind)
        first = [HOST] if HOST in those else []
        rest = [code for code in those if code not in first]
        found += [*first, *chance.sample(rest, len(rest))][: numbers.get(kind, 0)]
    return found


def _towns(
    towns: dict[str, Municipality], kind: str, numbers: dict[str, int], chance: Random
) -> list[Municipality]:
    """Choose municipalities of a type; the cast's own town is always one of the towns."""
    those = sorted(code for code, row in towns.items() if row.kind.replace(" ", "-") == kind)
    first = [OWN_TOWN] if OWN_TOWN in those else []
    rest = [code for code in those if code not in first]
    chosen = [*first, *chance.sample(rest, len(rest))][: numbers.get(kind, 0)]
    return [towns[code] for code in chosen]


def _invented(
    towns: dict[str, Municipality],
    hosts: dict[str, Office],
    numbers: dict[str, int],
    chance: Random,
) -> list[dict[str, str]]:
    """Invent schools, cooperatives and others; each says in its name that it is invented."""
    cities = sorted(code for code, row in towns.items() if row.kind == "city")
    found = []
    for index in range(numbers.get(EmployerType.PRIVATE_SCHOOL, 0)):
        name = school(index)
        found.append((f"co-s{index + 1:03d}", EmployerType.PRIVATE_SCHOOL, name.en, name.ja))
    for index in range(numbers.get(EmployerType.PARTIAL_COOPERATIVE, 0)):
        code = f"co-p{index + 1:03d}"
        en, ja = " Area Education Cooperative (invented)", "地区教育事務組合（架空）"
        found.append((code, EmployerType.PARTIAL_COOPERATIVE, en, ja))
    for index in range(numbers.get(EmployerType.OTHER, 0)):
        en, ja = " International Association (invented)", "国際交流協会（架空）"
        found.append((f"co-x{index + 1:03d}", EmployerType.OTHER, en, ja))
    rows = []
    for code, kind, en, ja in found:
        city = towns[chance.choice(cities)]
        own = kind == EmployerType.PRIVATE_SCHOOL
        names = (en, ja) if own else (f"{city.name_en}{en}", f"{city.name_ja}{ja}")
        rows.append(_row(code, names, kind, city, hosts[f"pref-{city.prefecture.code}"]))
    return rows


def _town(row: Municipality, hosts: dict[str, Office]) -> dict[str, str]:
    names = f"{row.name_en} Board of Education", f"{row.name_ja}教育委員会"
    host = hosts[f"pref-{row.prefecture.code}"]
    return _row(f"co-{row.code}", names, row.kind.replace(" ", "-"), row, host)


def _board(host: Office) -> dict[str, str]:
    names = f"{host.name_en} Board of Education", f"{host.name_ja}教育委員会"
    return _row(f"co-{host.code}", names, str(host.employer_type), host.municipality, host)


def _row(
    code: str, names: tuple[str, str], kind: str, city: Municipality | None, host: Office
) -> dict[str, str]:
    return {
        "code": code,
        "name_en": names[0],
        "name_ja": names[1],
        "type": str(kind),
        "host_body": host.code,
        "municipality": city.code if city else "",
    }
