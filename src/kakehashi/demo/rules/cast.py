"""Who the demo is played by: one account for each role, and the seat it needs."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from kakehashi.directory.rules import Rank, Role

SINCE = date(2020, 4, 1)
MISSION = "london"  # where the applicant, a reader and an interviewer of the cast are
HOST = "pref-31"
LATE = "edinburgh"  # the mission whose round is still open at the end


@dataclass(frozen=True, kw_only=True)
class Part:
    """An account of the demo: the name, and the role and office it acts from."""

    slug: str
    given: str
    family: str
    ja: str = ""
    language: str = "en"
    role: Role | None = None
    office: str = ""
    rank: Rank = Rank.OFFICER

    @property
    def email(self) -> str:
        """Give the address to sign in with."""
        return f"{self.slug}@demo.invalid"


def _officer(slug: str, ja: str, names: str, role: Role, office: str) -> Part:
    given, family = names.split()
    return Part(
        slug=slug, given=given, family=family, ja=ja, language="ja", role=role, office=office
    )


def _ranked(slug: str, ja: str, names: str, rank: Rank) -> Part:
    """Give CLAIR's placement desk somebody above its officer."""
    return replace(_officer(slug, ja, names, Role.CLAIR_PLACEMENT, "CLAIR"), rank=rank)


def _guest(slug: str, names: str, role: Role | None = None, office: str = "") -> Part:
    given, family = names.split()
    return Part(slug=slug, given=given, family=family, role=role, office=office)


CO = "co-31302"  # the organisation in which the demo's supervisor and participant work
CAST: tuple[Part, ...] = (
    _guest("applicant", "Rowan Ashdown"),
    _guest("mission", "Imogen Hartwell", Role.MISSION, MISSION),
    _guest("reader", "Callum Brae", Role.READER, MISSION),
    _guest("interviewer", "Judith Okell", Role.INTERVIEWER, MISSION),
    _officer("mofa", "外山 直子", "Naoko Toyama", Role.MOFA, "MOFA"),
    _officer("mic", "総田 健一", "Kenichi Soda", Role.MIC, "MIC"),
    _officer("mext", "文野 恵", "Megumi Fumino", Role.MEXT, "MEXT"),
    _officer("clair-placement", "橋本 翔", "Kakeru Hashimoto", Role.CLAIR_PLACEMENT, "CLAIR"),
    _ranked("clair-chief", "係川 亮", "Ryo Kakarigawa", Rank.CHIEF),
    _ranked("clair-head", "長瀬 綾子", "Ayako Nagase", Rank.HEAD),
    _guest("clair-pc", "Priya Wexcombe", Role.CLAIR_COORDINATOR, "CLAIR"),
    _officer("clair-desk", "窪田 幸", "Sachi Kubota", Role.CLAIR_DESK, "CLAIR"),
    _officer("clair-events", "行田 誠", "Makoto Gyoda", Role.CLAIR_EVENTS, "CLAIR"),
    _officer("clair-finance", "金井 望", "Nozomi Kanai", Role.CLAIR_FINANCE, "CLAIR"),
    _officer(
        "committee-placement", "配島 学", "Manabu Hajima", Role.PLACEMENT_COMMITTEE, "CLAIR"
    ),
    _officer(
        "committee-counselling",
        "心田 静",
        "Shizuka Shinden",
        Role.COUNSELLING_COMMITTEE,
        "CLAIR",
    ),
    _officer("host", "鳥越 明", "Akira Torigoe", Role.HOST, HOST),
    _guest("pa", "Dana Lindqvist", Role.ADVISOR, HOST),
    _officer("co", "岩見 渉", "Wataru Iwami", Role.ORGANISATION, CO),
    _officer("supervisor", "浦富 美咲", "Misaki Uradome", Role.SUPERVISOR, CO),
    _guest("participant", "Theo Marchbanks"),
    _guest("sgl", "Jiwoo Haneul", Role.GROUP_LEADER, "CLAIR"),
    _officer("counsellor", "相沢 温子", "Atsuko Aizawa", Role.COUNSELLOR, "CLAIR"),
    _officer("specialist", "専田 治", "Osamu Senda", Role.SPECIALIST, "CLAIR"),
    _guest("ajet", "Bryn Castellan", Role.AJET, "AJET"),
    _guest("jetaa", "Odile Farrow", Role.JETAA, "JETAA"),
    _guest("alumna", "Selma Quayle", Role.ALUMNA, "JETAA"),
    _officer("auditor", "監物 律", "Ritsu Kenmotsu", Role.AUDITOR, "CLAIR"),
    _officer("operator", "運野 守", "Mamoru Unno", Role.OPERATOR, "CLAIR"),
    _officer("custodian", "鍵山 護", "Mamoru Kagiyama", Role.CUSTODIAN, "CLAIR"),
)
BY_SLUG: Mapping[str, Part] = {part.slug: part for part in CAST}
