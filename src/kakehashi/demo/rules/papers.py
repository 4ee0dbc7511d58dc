"""What invented people and organisations write on their papers: the rows of the imports."""

from collections.abc import Iterator, Sequence
from datetime import date
from random import Random

from kakehashi.demo.rules.invention import YEAR, Invented

_PLACES = (
    "the Estuary", "Northfield", "Harbourton", "Elmbridge", "Saltmarsh", "Kestrel Bay",
    "Westermoor", "Larchwood", "Oxmere", "Fallow Hill", "Brackwater", "Highcairn", "Rosemount",
    "Stillwater", "Thornwick", "Ashgrove", "Millbrook Vale", "Cedar Plain", "Lakemoor",
    "Silverstrand", "Eastmarch", "Greyfriars", "Palmhaven", "Redcliff", "Sundown Ridge",
)  # fmt: skip
UNIVERSITIES = tuple(
    f"{kind} {place} (invented)"
    for place in _PLACES
    for kind in ("University of", "College of", "Institute of")
)
MAJORS = (
    "History", "Linguistics", "Education", "Biology", "Japanese", "Economics", "Music",
    "English Literature", "International Relations", "Psychology", "Computer Science",
    "Environmental Science", "Political Science", "Mathematics", "Geography", "Fine Art",
    "Asian Studies", "Anthropology", "Chemistry", "Film Studies", "Physics", "Sociology",
    "Sports Science", "Journalism", "Philosophy", "Nursing", "Mechanical Engineering",
)  # fmt: skip
STATEMENT = (
    "I would like to teach where a town knows its teachers by name. I have tutored newcomers in "
    "my own town for two years and learnt how much a patient listener can do."
)
_WHY = (
    "I would like to teach where a town knows its teachers by name.",
    "My grandparents hosted exchange students, and I want to be at the other end of such a visit.",
    "A year of Japanese at university left me with more questions than it answered.",
    "I have taught swimming to children who were afraid of water, and English can be taught so.",
    "I grew up between two languages and know how a shy pupil feels.",
    "Since a school concert with a visiting choir I have wanted to work between two places.",
    "I want to learn how another country runs its schools before I teach in my own.",
    "My town has a sister city in Japan, and nobody I know has been there.",
)
_WHAT = (
    "I have tutored newcomers in my own town for two years.",
    "I led a debating club of twelve and saw the quietest become the sharpest.",
    "At a summer camp I planned lessons for mixed ages out of nothing but paper and string.",
    "I wrote a small dictionary of our dialect with pupils of a village school.",
    "In a library I read to children every Saturday and chose the books with them.",
    "I coached a football team whose players shared no language.",
    "I translated for families at a hospital desk and learnt to listen first.",
    "I have helped a teacher of the deaf and learnt to be plain.",
)
_THEN = (
    "It taught me how much a patient listener can do.",
    "I hope to bring that patience, and to be corrected often.",
    "After the programme I would like to train as a teacher.",
    "I would gladly go where few people ask to go.",
    "I would join whatever the town does on Sundays.",
    "I cook, I sing badly, and I do both with others.",
)
_STEMS = (
    "第一", "第二", "第三", "東", "西", "南", "北", "中央", "若葉", "清水", "緑", "桜", "港", "山手", "川辺",
    "松原", "城北", "城南", "朝日", "光", "栄", "本町", "新町", "大橋", "泉", "岡", "浜", "森", "原", "里",
)  # fmt: skip
_KINDS = ("中学校", "小学校・中学校", "小学校", "中学校（巡回）")
_UPPER = ("高等学校", "高等学校・特別支援学校", "総合高等学校")
_OFFICES = ("国際交流課", "観光国際課", "企画課", "地域振興課", "文化交流課", "多文化共生課")
_DUTIES = (
    "英語の授業の補助、教材づくり",
    "英語の授業の補助、部活動、地域の行事への参加",
    "外国語活動の補助、教員の研修の補助",
    "英語の授業の補助、スピーチ大会の指導",
)
_EXCHANGE = (
    "通訳・翻訳、交流事業の企画",
    "姉妹都市との連絡、広報の翻訳、学校訪問",
    "外国人住民への案内、交流事業の企画",
)


def statement(chance: Random) -> str:
    """Invent why somebody applies."""
    return " ".join(chance.choice(part) for part in (_WHY, _WHAT, _THEN))


def application_row(
    person: Invented, *, mission: str, prefectures: Sequence[str], chance: Random
) -> dict[str, str]:
    """Invent what one applicant writes; the columns of the import."""
    fluent = person.position == "CIR"
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
        "nationality": person.country,
        "mission": mission,
        "position": person.position,
        "university": chance.choice(UNIVERSITIES),
        "major": chance.choice(MAJORS),
        "degree_on": f"{2020 + chance.randrange(7)}-06-15",
        "japanese_level": level,
        "teaching_months": str(chance.choice((0, 0, 3, 12, 24))),
        "teaching_qualification": chance.choice(("yes", "no", "no", "no")),
        "driving_licence": chance.choice(("yes", "yes", "no")),
        "months_in_japan": str(chance.choice((0, 0, 0, 1, 6))),
        "statement": statement(chance),
        "early_departure": "no",
        "may_be_alt": "yes" if fluent else "no",
        "wish_1": wishes[0],
        "wish_2": wishes[1],
        "wish_3": wishes[2],
        "setting": chance.choice(("urban", "semi-rural", "rural", "none", "none")),
        "year": str(YEAR),
    }


def couple(rows: list[dict[str, str]], *, pairs: int) -> None:
    """Let applicants of the same mission apply as partners, `pairs` couples at most."""
    alone = {row["email"]: row for row in rows}
    for _ in range(pairs):
        for first in list(alone.values()):
            second = next((row for row in alone.values() if _may_pair(first, row)), None)
            if second is not None:
                first["partner_email"], second["partner_email"] = (
                    second["email"],
                    first["email"],
                )
                for wish in ("wish_1", "wish_2", "wish_3", "setting"):
                    second[wish] = first[wish]
                del alone[first["email"]], alone[second["email"]]
                break


def _may_pair(first: dict[str, str], second: dict[str, str]) -> bool:
    return first is not second and first["mission"] == second["mission"]


def request_row(organisation: str, *, seats: int, cir: bool, chance: Random) -> dict[str, str]:
    """Invent one request of an organisation; the columns of the import."""
    row = {
        "organisation": organisation,
        "position": "CIR" if cir else "ALT",
        "wave": chance.choice(("a", "b")),
        "seats": str(seats),
        "tier": chance.choice(("1", "1", "1", "2")),
        "setting": chance.choice(("urban", "semi-rural", "rural", "none")),
        "language": "",
        "wished_japanese": "N1" if cir else chance.choice(("none", "none", "N5", "N4")),
        "japanese_level": "N2" if cir else "none",
        "licence_required": chance.choice(("no", "no", "no", "yes")),
        "qualification_required": "no",
        "family_housing": chance.choice(("yes", "yes", "no")),
        "workplace": next(workplaces("town", cir=cir, chance=chance)),
        "duties": chance.choice(_EXCHANGE if cir else _DUTIES),
        "year": str(YEAR),
    }
    return row | _offered(row)


def _offered(row: dict[str, str]) -> dict[str, str]:
    """Invent what an organisation offers with a place: the more rural, the cheaper."""
    rural, far = row["setting"] == "rural", row["licence_required"] == "yes"
    return {
        "workplace_types": "国際交流協会" if row["position"] == "CIR" else "小学校、中学校",
        "is_replacement": "はい" if row["tier"] == "1" else "いいえ",
        "predecessor_country": "US" if row["tier"] == "1" and row["setting"] == "urban" else "",
        "car_needed": "はい" if far else "いいえ",
        "housing": "任用団体が用意する" if rural else "任用団体が探し、参加者が借りる",
        "rent": "18000" if rural else "42000" if row["setting"] == "urban" else "30000",
        "housing_note": "家具・家電付き。敷金なし。" if rural else "",
        "weekly_hours": "35",
        "leave_days": "20" if row["tier"] == "1" else "12",
        "terms_note": "夏季休暇5日。" if row["tier"] == "1" else "",
    }


def workplaces(kind: str, *, cir: bool, chance: Random) -> Iterator[str]:
    """Name places of work of an organisation, none twice."""
    if cir:
        yield from chance.sample(_OFFICES, len(_OFFICES))
        return
    schools = _UPPER if kind in {"prefecture", "private-school"} else _KINDS
    yield from chance.sample(
        [f"{stem}{school}" for school in schools for stem in _STEMS], len(_STEMS) * len(schools)
    )
