"""How the invented year is invented: plain chance from a seed, no database.

Municipalities bear their real names.  People, organisations' requests and scores are invented,
and every page of a demo says so.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from random import Random
from zoneinfo import ZoneInfo

TOKYO = ZoneInfo("Asia/Tokyo")
YEAR = 2027  # the year of arrival that the demo tells


class Stage(StrEnum):
    """Where a demo can stop: at the arch that is then under way."""

    PLAN = "plan"
    RECRUITMENT = "recruitment"
    SELECTION = "selection"
    PLACEMENT = "placement"
    ARRIVAL = "arrival"
    APPOINTMENT = "appointment"


NOT_STANDING = ("support", "alumni")
MOMENTS: dict[Stage, datetime] = {
    Stage.PLAN: datetime(2026, 9, 15, 9, 0, tzinfo=TOKYO),
    Stage.RECRUITMENT: datetime(2026, 10, 26, 9, 0, tzinfo=TOKYO),
    Stage.SELECTION: datetime(2027, 2, 15, 9, 0, tzinfo=TOKYO),
    Stage.PLACEMENT: datetime(2027, 4, 16, 9, 0, tzinfo=TOKYO),
    Stage.ARRIVAL: datetime(2027, 6, 30, 9, 0, tzinfo=TOKYO),
    Stage.APPOINTMENT: datetime(2027, 8, 10, 9, 0, tzinfo=TOKYO),
}


@dataclass(frozen=True, kw_only=True)
class Origin:
    """A sending country in the demo: its share of the people, and names heard there."""

    code: str
    share: int
    position: str
    given: tuple[str, ...]
    family: tuple[str, ...]


_ENGLISH_GIVEN = (
    "Maya", "Robin", "Ethan", "Grace", "Liam", "Nora", "Caleb", "Hannah", "Owen", "Ruth",
    "Jasper", "Ivy", "Noel", "Tessa", "Miles", "Clara", "Felix", "Paige", "Reid", "Wren",
)  # fmt: skip
_ENGLISH_FAMILY = (
    "Fernweh", "Ashdown", "Calloway", "Penrose", "Whitlock", "Harrowgate", "Linden", "Marsh",
    "Ellery", "Thorne", "Brightwell", "Vance", "Quill", "Hollis", "Merrow", "Stanhope",
    "Larkin", "Weatherby", "Dunmore", "Eastlake",
)  # fmt: skip
ORIGINS = (
    Origin(code="US", share=50, position="ALT", given=_ENGLISH_GIVEN, family=_ENGLISH_FAMILY),
    Origin(code="GB", share=11, position="ALT", given=_ENGLISH_GIVEN, family=_ENGLISH_FAMILY),
    Origin(code="CA", share=10, position="ALT", given=_ENGLISH_GIVEN, family=_ENGLISH_FAMILY),
    Origin(code="AU", share=7, position="ALT", given=_ENGLISH_GIVEN, family=_ENGLISH_FAMILY),
    Origin(code="NZ", share=4, position="ALT", given=_ENGLISH_GIVEN, family=_ENGLISH_FAMILY),
    Origin(
        code="IE",
        share=3,
        position="ALT",
        given=("Aoife", "Cian", "Niamh", "Oisin", "Saoirse", "Fionn"),
        family=("Tuohill", "Glenmore", "Kilbride", "Rathe", "Corrane"),
    ),
    Origin(
        code="ZA",
        share=3,
        position="ALT",
        given=("Thandi", "Sipho", "Lerato", "Pieter", "Anika"),
        family=("Umhlaba", "Vlakveld", "Mokoena", "Dwyka", "Karoosig"),
    ),
    Origin(
        code="JM",
        share=3,
        position="ALT",
        given=("Shanice", "Damion", "Kerry", "Tavia", "Orlando"),
        family=("Bluepeak", "Portmore", "Treasure", "Hopewell", "Mandeville"),
    ),
    Origin(
        code="PH",
        share=4,
        position="ALT",
        given=("Amihan", "Jose", "Liwayway", "Paolo", "Corazon"),
        family=("Bituin", "Dalisay", "Magsaya", "Tanglaw", "Silayan"),
    ),
    Origin(
        code="CN",
        share=2,
        position="CIR",
        given=("Ming", "Lan", "Hao", "Xue"),
        family=("Yunfei", "Shuilin", "Qiaoan"),
    ),
    Origin(
        code="KR",
        share=2,
        position="CIR",
        given=("Ara", "Jisoo", "Haneul", "Minjun"),
        family=("Dari", "Gureum", "Sandeul"),
    ),
    Origin(
        code="DE",
        share=1,
        position="CIR",
        given=("Lena", "Jonas", "Frieda"),
        family=("Brueckner", "Fernau", "Lindwurm"),
    ),
)
UNIVERSITIES = ("University of the Estuary", "Northfield College", "Harbour University")
MAJORS = ("History", "Linguistics", "Education", "Biology", "Japanese", "Economics", "Music")
STATEMENT = (
    "I would like to teach where a town knows its teachers by name. I have tutored newcomers in "
    "my own town for two years and learnt how much a patient listener can do."
)


@dataclass(frozen=True, kw_only=True)
class Invented:
    """One invented person."""

    email: str
    given: str
    family: str
    origin: Origin


def people(count: int, *, start: int, kind: str, chance: Random) -> list[Invented]:
    """Invent people in proportion to the origins' shares; every origin has at least one."""
    weights = [origin.share for origin in ORIGINS]
    some = min(count, len(ORIGINS))
    drawn = [*ORIGINS[:some], *chance.choices(ORIGINS, weights, k=count - some)]
    return [
        Invented(
            email=f"{kind}{start + index:05d}@demo.invalid",
            given=chance.choice(origin.given),
            family=chance.choice(origin.family),
            origin=origin,
        )
        for index, origin in enumerate(drawn)
    ]


def quota(count: int) -> dict[str, int]:
    """Share `count` invitations among the origins: one each, and the rest by their shares."""
    total = sum(origin.share for origin in ORIGINS)
    rest = max(count - len(ORIGINS), 0)
    seats = {origin.code: 1 + rest * origin.share // total for origin in ORIGINS}
    seats[ORIGINS[0].code] += rest - sum(seats.values()) + len(ORIGINS)
    return seats


def application_row(
    person: Invented, *, mission: str, prefectures: list[str], chance: Random
) -> dict[str, str]:
    """Invent what one applicant writes; the columns of the import."""
    fluent = person.origin.position == "CIR"
    wishes = chance.sample(prefectures, 3)
    level = (
        chance.choice(("N1", "N2")) if fluent else chance.choice(("none",) * 4 + ("N5", "N3"))
    )
    born = date(1992 + chance.randrange(11), 1 + chance.randrange(12), 1 + chance.randrange(28))
    return {
        "email": person.email,
        "family_name": person.family,
        "given_name": person.given,
        "date_of_birth": born.isoformat(),
        "nationality": person.origin.code,
        "mission": mission,
        "position": person.origin.position,
        "university": chance.choice(UNIVERSITIES),
        "major": chance.choice(MAJORS),
        "degree_on": f"{2020 + chance.randrange(7)}-06-15",
        "japanese_level": level,
        "teaching_months": str(chance.choice((0, 0, 3, 12, 24))),
        "teaching_qualification": chance.choice(("yes", "no", "no", "no")),
        "driving_licence": chance.choice(("yes", "yes", "no")),
        "months_in_japan": str(chance.choice((0, 0, 0, 1, 6))),
        "statement": STATEMENT,
        "early_departure": "no",
        "may_be_alt": "yes" if fluent else "no",
        "wish_1": wishes[0],
        "wish_2": wishes[1],
        "wish_3": wishes[2],
        "setting": chance.choice(("urban", "semi-rural", "rural", "none", "none")),
        "year": str(YEAR),
    }


def couple(rows: list[dict[str, str]], *, pairs: int) -> None:
    """Let the first applicants of the same mission apply as partners, `pairs` couples."""
    by_mission: dict[str, list[dict[str, str]]] = {}
    for row in rows:
        by_mission.setdefault(row["mission"], []).append(row)
    chosen = [some for some in by_mission.values() if len(some) > 1][:pairs]
    for first, second, *_ in chosen:
        first["partner_email"], second["partner_email"] = second["email"], first["email"]
        for wish in ("wish_1", "wish_2", "wish_3", "setting"):
            second[wish] = first[wish]


def request_row(organisation: str, *, seats: int, cir: bool, chance: Random) -> dict[str, str]:
    """Invent one request of an organisation; the columns of the import."""
    return {
        "organisation": organisation,
        "position": "CIR" if cir else "ALT",
        "wave": chance.choice(("a", "b")),
        "seats": str(seats),
        "tier": chance.choice(("1", "1", "1", "2")),
        "setting": chance.choice(("urban", "semi-rural", "rural", "none")),
        "language": "",
        "japanese_level": "N2" if cir else "none",
        "licence_required": chance.choice(("no", "no", "no", "yes")),
        "qualification_required": "no",
        "family_housing": chance.choice(("yes", "yes", "no")),
        "workplace": "国際交流課"
        if cir
        else chance.choice(("中学校", "小学校・中学校", "高等学校")),
        "duties": "通訳・翻訳、交流事業の企画" if cir else "英語の授業の補助、教材づくり",
        "year": str(YEAR),
    }
