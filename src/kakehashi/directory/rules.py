"""The directory's words that need no database: roles, kinds of office, kinds of employer."""

import unicodedata
from collections.abc import Iterable
from enum import StrEnum

from kakehashi.kernel.words import Words, _


class Role(StrEnum):
    """What a person does in an office; every right of theirs comes from one of these."""

    MISSION = "mission"
    READER = "reader"
    INTERVIEWER = "interviewer"
    MOFA = "mofa"
    MIC = "mic"
    MEXT = "mext"
    CLAIR_PLACEMENT = "clair_placement"
    CLAIR_COORDINATOR = "clair_pc"
    CLAIR_DESK = "clair_desk"
    CLAIR_EVENTS = "clair_events"
    CLAIR_FINANCE = "clair_finance"
    PLACEMENT_COMMITTEE = "committee_placement"
    COUNSELLING_COMMITTEE = "committee_counselling"
    HOST = "host"
    ADVISOR = "pa"
    ORGANISATION = "co"
    SUPERVISOR = "supervisor"
    PARTICIPANT = "participant"
    GROUP_LEADER = "sgl"
    COUNSELLOR = "counsellor"
    SPECIALIST = "specialist"
    AJET = "ajet"
    JETAA = "jetaa"
    ALUMNA = "alumna"
    AUDITOR = "auditor"
    OPERATOR = "operator"
    CUSTODIAN = "custodian"


ROLE_NAMES: dict[str, Words] = {
    Role.MISSION: _("Embassy or consulate coordinator"),
    Role.READER: _("Reader of applications"),
    Role.INTERVIEWER: _("Interviewer"),
    Role.MOFA: _("MOFA desk officer"),
    Role.MIC: _("MIC planner"),
    Role.MEXT: _("MEXT officer"),
    Role.CLAIR_PLACEMENT: _("CLAIR placement officer"),
    Role.CLAIR_COORDINATOR: _("CLAIR programme coordinator (PC)"),
    Role.CLAIR_DESK: _("CLAIR Japanese-speaking desk"),
    Role.CLAIR_EVENTS: _("CLAIR events officer"),
    Role.CLAIR_FINANCE: _("CLAIR grants and finance officer"),
    Role.PLACEMENT_COMMITTEE: _("Member of the placement committee"),
    Role.COUNSELLING_COMMITTEE: _("Member of the counselling committee"),
    Role.HOST: _("Host body officer"),
    Role.ADVISOR: _("Prefectural advisor (PA)"),
    Role.ORGANISATION: _("Contracting organisation officer"),
    Role.SUPERVISOR: _("Supervisor"),
    Role.PARTICIPANT: _("Participant"),
    Role.GROUP_LEADER: _("Self-support group leader (SGL)"),
    Role.COUNSELLOR: _("Counsellor"),
    Role.SPECIALIST: _("Mental-health specialist"),
    Role.AJET: _("AJET officer"),
    Role.JETAA: _("JETAA chapter officer"),
    Role.ALUMNA: _("Former participant"),
    Role.AUDITOR: _("Auditor"),
    Role.OPERATOR: _("Operator"),
    Role.CUSTODIAN: _("Custodian of the key"),
}


class Rank(StrEnum):
    """Who stands above whom at a desk; it gives no right but that to stamp the desk's papers."""

    OFFICER = ""
    CHIEF = "chief"
    HEAD = "head"


RANK_NAMES: dict[str, Words] = {
    Rank.OFFICER: _("Officer in charge"),
    Rank.CHIEF: _("Section chief"),
    Rank.HEAD: _("Head of division"),
}


class OfficeKind(StrEnum):
    """What kind of office it is."""

    MINISTRY = "ministry"
    SECRETARIAT = "secretariat"
    OVERSEAS_OFFICE = "overseas_office"
    MISSION = "mission"
    HOST_BODY = "host_body"
    ORGANISATION = "organisation"
    WORKPLACE = "workplace"
    ASSOCIATION = "association"


KIND_NAMES: dict[str, Words] = {
    OfficeKind.MINISTRY: _("Ministry"),
    OfficeKind.SECRETARIAT: _("CLAIR"),
    OfficeKind.OVERSEAS_OFFICE: _("CLAIR overseas office"),
    OfficeKind.MISSION: _("Embassy or consulate"),
    OfficeKind.HOST_BODY: _("Host prefecture or designated city"),
    OfficeKind.ORGANISATION: _("Contracting organisation"),
    OfficeKind.WORKPLACE: _("Workplace"),
    OfficeKind.ASSOCIATION: _("Association"),
}


# The roles that are usually held in an office of a kind, as a form offers them.
ROLES_AT: dict[OfficeKind, tuple[Role, ...]] = {
    OfficeKind.MINISTRY: (Role.MIC, Role.MOFA, Role.MEXT),
    OfficeKind.SECRETARIAT: (
        Role.CLAIR_PLACEMENT,
        Role.CLAIR_COORDINATOR,
        Role.CLAIR_DESK,
        Role.CLAIR_EVENTS,
        Role.CLAIR_FINANCE,
        Role.PLACEMENT_COMMITTEE,
        Role.COUNSELLING_COMMITTEE,
        Role.COUNSELLOR,
        Role.SPECIALIST,
        Role.GROUP_LEADER,
        Role.AUDITOR,
        Role.OPERATOR,
        Role.CUSTODIAN,
    ),
    OfficeKind.OVERSEAS_OFFICE: (Role.CLAIR_DESK,),
    OfficeKind.MISSION: (Role.MISSION, Role.READER, Role.INTERVIEWER),
    OfficeKind.HOST_BODY: (Role.HOST, Role.ADVISOR),
    OfficeKind.ORGANISATION: (Role.ORGANISATION, Role.SUPERVISOR, Role.PARTICIPANT),
    OfficeKind.WORKPLACE: (),  # rights come from the organisation, never from a school
    OfficeKind.ASSOCIATION: (Role.AJET, Role.JETAA, Role.ALUMNA),
}


class EmployerType(StrEnum):
    """The types of contracting organisation that the yearbook counts."""

    PREFECTURE = "prefecture"
    DESIGNATED_CITY = "designated-city"
    CITY = "city"
    SPECIAL_WARD = "special-ward"
    TOWN = "town"
    VILLAGE = "village"
    PARTIAL_COOPERATIVE = "partial-cooperative"
    PRIVATE_SCHOOL = "private-school"
    OTHER = "other"


EMPLOYER_NAMES: dict[str, Words] = {
    EmployerType.PREFECTURE: _("Prefecture"),
    EmployerType.DESIGNATED_CITY: _("Designated city"),
    EmployerType.CITY: _("City"),
    EmployerType.SPECIAL_WARD: _("Special ward"),
    EmployerType.TOWN: _("Town"),
    EmployerType.VILLAGE: _("Village"),
    EmployerType.PARTIAL_COOPERATIVE: _("Partial cooperative"),
    EmployerType.PRIVATE_SCHOOL: _("Private school corporation"),
    EmployerType.OTHER: _("Other"),
}


class WorkplaceType(StrEnum):
    """Where participants work for an organisation."""

    BOARD = "board-of-education"
    DIVISION = "division"
    ELEMENTARY = "elementary-school"
    JUNIOR_HIGH = "junior-high-school"
    SENIOR_HIGH = "senior-high-school"
    COMBINED = "combined-school"
    SPECIAL_NEEDS = "special-needs-school"
    PRE_SCHOOL = "pre-school"
    ASSOCIATION = "international-association"
    UNIVERSITY = "university"
    CONVENTION = "convention-bureau"
    SPORTS = "sports-facility"
    OTHER = "other"


WORKPLACE_NAMES: dict[str, Words] = {
    WorkplaceType.BOARD: _("Board of education"),
    WorkplaceType.DIVISION: _("Division of the office"),
    WorkplaceType.ELEMENTARY: _("Elementary school"),
    WorkplaceType.JUNIOR_HIGH: _("Junior high school"),
    WorkplaceType.SENIOR_HIGH: _("Senior high school"),
    WorkplaceType.COMBINED: _("Combined school"),
    WorkplaceType.SPECIAL_NEEDS: _("Special needs school"),
    WorkplaceType.PRE_SCHOOL: _("Pre-school"),
    WorkplaceType.ASSOCIATION: _("International association"),
    WorkplaceType.UNIVERSITY: _("University"),
    WorkplaceType.CONVENTION: _("Convention bureau"),
    WorkplaceType.SPORTS: _("Sports facility"),
    WorkplaceType.OTHER: _("Other"),
}


class Seen(StrEnum):
    """Who may know of a contact point."""

    PUBLIC = "public"
    OFFICES = "offices"
    CHAIN = "chain"


SEEN_NAMES: dict[str, Words] = {
    Seen.PUBLIC: _("Everyone who signs in"),
    Seen.OFFICES: _("Officers of the programme"),
    Seen.CHAIN: _("The office, the office above it, and CLAIR"),
}


class Change(StrEnum):
    """How an office changes from a day on."""

    MERGER = "merger"
    RENAME = "rename"


CHANGE_NAMES: dict[str, Words] = {Change.MERGER: _("Merger"), Change.RENAME: _("New name")}


class ChangeState(StrEnum):
    """Whether a merger or a new name is ahead, in force, or was taken back."""

    PLANNED = "planned"
    DONE = "done"
    UNDONE = "undone"


CHANGE_STATE_NAMES: dict[str, Words] = {
    ChangeState.PLANNED: _("Planned"),
    ChangeState.DONE: _("In force"),
    ChangeState.UNDONE: _("Taken back"),
}


class Hand(StrEnum):
    """Who holds the pen over an office's entry."""

    OWN = "own"  # an officer of the office itself; for a workplace, of its organisation
    ABOVE = "above"  # an officer of the host body above it
    CLAIR = "clair"
    OPERATOR = "operator"


_EVERY = frozenset(Hand)
_FRAME = frozenset({Hand.ABOVE, Hand.CLAIR, Hand.OPERATOR})
_CENTRE = frozenset({Hand.CLAIR, Hand.OPERATOR})

# Whose fields are whose: the one table by which every edit and every bulk edit is judged.
FIELD_HANDS: dict[str, frozenset[Hand]] = {
    "name_en": _FRAME,
    "name_ja": _FRAME,
    "kana": _EVERY,
    "employer_type": _FRAME,
    "workplace_type": _EVERY,
    "municipality": _FRAME,
    "address": _EVERY,
    "telephone": _EVERY,
    "fax": _EVERY,
    "website": _EVERY,
    "city_en": _CENTRE,
    "city_ja": _CENTRE,
    "jet_desk": _EVERY,
    "other_interview_places": _EVERY,
    "time_zone": _CENTRE,
    "opened_in": _CENTRE,
    "taking_part": _CENTRE,
    "role_en": _CENTRE,
    "role_ja": _CENTRE,
}

FIELD_NAMES: dict[str, Words] = {
    "name_en": _("Name (English)"),
    "name_ja": _("Name (Japanese)"),
    "kana": _("Reading (kana)"),
    "employer_type": _("Type of organisation"),
    "workplace_type": _("Type of workplace"),
    "municipality": _("Municipality"),
    "address": _("Address"),
    "telephone": _("Telephone"),
    "fax": _("Fax"),
    "website": _("Website"),
    "city_en": _("City (English)"),
    "city_ja": _("City (Japanese)"),
    "jet_desk": _("JET desk"),
    "other_interview_places": _("Also interviews in"),
    "time_zone": _("Time zone"),
    "opened_in": _("Opened in"),
    "taking_part": _("Taking part"),
    "role_en": _("Its part (English)"),
    "role_ja": _("Its part (Japanese)"),
}

_NAMES = ("name_en", "name_ja", "kana")
_REACH = ("address", "telephone", "fax", "website")
_CITY = ("city_en", "city_ja")
FIELDS_AT: dict[str, tuple[str, ...]] = {
    OfficeKind.MINISTRY: (*_NAMES, *_REACH, "role_en", "role_ja"),
    OfficeKind.SECRETARIAT: (*_NAMES, *_REACH, "role_en", "role_ja"),
    OfficeKind.OVERSEAS_OFFICE: (*_NAMES, *_CITY, *_REACH, "time_zone", "opened_in"),
    OfficeKind.MISSION: (
        *_NAMES,
        *_CITY,
        *_REACH,
        "jet_desk",
        "other_interview_places",
        "time_zone",
    ),
    OfficeKind.HOST_BODY: (*_NAMES, *_REACH, "taking_part"),
    OfficeKind.ORGANISATION: (*_NAMES, "employer_type", "municipality", *_REACH),
    OfficeKind.WORKPLACE: (*_NAMES, "workplace_type", "municipality", *_REACH),
    OfficeKind.ASSOCIATION: (*_NAMES, *_REACH),
}

# The role whose holders are the officers of an office of a kind.
OFFICER_AT: dict[str, tuple[Role, ...]] = {
    OfficeKind.MINISTRY: (Role.MIC, Role.MOFA, Role.MEXT),
    OfficeKind.MISSION: (Role.MISSION,),
    OfficeKind.HOST_BODY: (Role.HOST,),
    OfficeKind.ORGANISATION: (Role.ORGANISATION,),
    OfficeKind.WORKPLACE: (Role.ORGANISATION,),
    OfficeKind.ASSOCIATION: (Role.AJET, Role.JETAA),
}


def fields_open(kind: str, hands: Iterable[Hand]) -> tuple[str, ...]:
    """List the fields of an office of this kind that somebody with these hands may write."""
    mine = frozenset(hands)
    return tuple(name for name in FIELDS_AT[kind] if FIELD_HANDS[name] & mine)


_TO_HIRAGANA = {code: code - 0x60 for code in range(0x30A1, 0x30F7)}
_MARKS = range(0x300, 0x370)


def plain(text: str) -> str:
    """Write a text as searches compare it.

    Full and half width, capitals, macrons and the two kana are the same; spaces count as one.
    """
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    bare = "".join(letter for letter in apart if ord(letter) not in _MARKS)
    return " ".join(unicodedata.normalize("NFC", bare).translate(_TO_HIRAGANA).split())
