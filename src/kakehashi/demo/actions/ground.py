"""The ground of the demo: organisations, their officers, and those already serving."""

from datetime import date, datetime
from random import Random

from kakehashi.demo.actions.cast import enter, seat
from kakehashi.demo.actions.first_half import missions_in_use
from kakehashi.demo.actions.story import Story
from kakehashi.demo.rules import CAST, CO, HOST, SINCE, YEAR, people
from kakehashi.directory.models import Municipality, Office
from kakehashi.directory.queries import municipalities_by_code, offices_by_code
from kakehashi.directory.rules import OfficeKind, Role
from kakehashi.home.actions import set_up
from kakehashi.intake import actions as intake

PEOPLE_EACH = 4  # about as many people serve with one organisation
COHORTS = (2024, 2025, 2026)


def set_up_offices(story: Story, at: datetime) -> None:
    """Load the programme pack, and let the cast enter."""
    set_up(story.pack, at=at)
    story.cast = enter(password=story.scene.password, at=at)
    here = offices_by_code()
    seat(story.cast, [part.slug for part in CAST if part.office in here], at=at)


def organisations(story: Story, at: datetime) -> None:
    """Bring organisations over many host bodies; one of them is the cast's own."""
    chance = story.chance
    count = max(8, story.people // PEOPLE_EACH)
    hosts = offices_by_code(OfficeKind.HOST_BODY)
    towns = municipalities_by_code()
    rows = [_town(towns["31302"], hosts[HOST])]
    for town in chance.sample(sorted(towns), min(count, len(towns))):
        row = towns[town]
        if row.code != "31302" and row.kind != "designated city":
            rows.append(_town(row, hosts[f"pref-{row.prefecture.code}"]))
    boards = chance.sample(sorted(hosts), max(2, count // 10))
    rows += [_board(hosts[host]) for host in boards]
    story.bring("organisations", rows, by=story.cast["clair-desk"], at=at)
    story.organisations = rows


def officers(story: Story, at: datetime) -> None:
    """Bring the officers of organisations, host bodies and missions, each with a seat."""
    rows, cast = story.organisations, story.cast
    missions = sorted({code for codes in missions_in_use().values() for code in codes})
    taken = {(part.role, part.office) for part in CAST}
    wanted = [(Role.ORGANISATION, row["code"], "ja") for row in rows]
    wanted += [(Role.HOST, host, "ja") for host in sorted({row["host_body"] for row in rows})]
    roles = (Role.MISSION, Role.READER, Role.INTERVIEWER)
    wanted += [(role, mission, "en") for mission in missions for role in roles]
    table = [
        {
            "email": f"{role.value}-{office}@demo.invalid".lower(),
            "family_name": "担当" if language == "ja" else "Officer",
            "given_name": office,
            "name_ja": f"{office} 担当者" if language == "ja" else "",
            "language": language,
            "role": role.value,
            "office": office,
            "starts_on": SINCE.isoformat(),
        }
        for role, office, language in wanted
        if (role, office) not in taken
    ]
    story.bring("people", table, by=cast["operator"], at=at)
    seat(cast, [part.slug for part in CAST if part.office == CO], at=at)


def create_year(story: Story, at: datetime) -> None:
    """Create the year that is told, as a draft."""
    intake.create_year(YEAR, folder=story.pack, by=story.cast["mic"], at=at)


def serving(story: Story, at: datetime) -> None:
    """Record those who came in past years and still serve; the cast's participant among them."""
    rows, cast, chance = story.organisations, story.cast, story.chance
    count = story.people - story.newcomers
    table = [
        {
            "email": person.email,
            "family_name": person.family,
            "given_name": person.given,
            "country": person.origin.code,
            "position": person.origin.position,
            "organisation": chance.choice(rows)["code"],
            "arrived_on": _arrival(chance).isoformat(),
        }
        for person in people(max(count - 1, 0), start=1, kind="serving", chance=chance)
    ]
    theo = cast["participant"]
    table.append(
        {
            "email": theo.email,
            "family_name": theo.family_name,
            "given_name": theo.given_name,
            "country": "GB",
            "position": "ALT",
            "organisation": CO,
            "arrived_on": "2025-08-22",
        }
    )
    story.bring("arrivals", table, name="arrivals-serving", by=cast["clair-events"], at=at)


def _arrival(chance: Random) -> date:
    """Invent a day of arrival in the third wave, so that terms overlap the newcomers'."""
    return date(chance.choice(COHORTS), 8, 22)


def _town(row: Municipality, host: Office) -> dict[str, str]:
    return {
        "code": f"co-{row.code}",
        "name_en": f"{row.name_en} Board of Education",
        "name_ja": f"{row.name_ja}教育委員会",
        "type": row.kind.replace(" ", "-"),
        "host_body": host.code,
        "municipality": row.code,
    }


def _board(host: Office) -> dict[str, str]:
    return {
        "code": f"co-{host.code}",
        "name_en": f"{host.name_en} Board of Education",
        "name_ja": f"{host.name_ja}教育委員会",
        "type": str(host.employer_type),
        "host_body": host.code,
        "municipality": host.municipality.code if host.municipality else "",
    }
