"""The directory's words that need no database: roles, kinds of office, kinds of employer."""

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
    ASSOCIATION = "association"


KIND_NAMES: dict[str, Words] = {
    OfficeKind.MINISTRY: _("Ministry"),
    OfficeKind.SECRETARIAT: _("CLAIR"),
    OfficeKind.OVERSEAS_OFFICE: _("CLAIR overseas office"),
    OfficeKind.MISSION: _("Embassy or consulate"),
    OfficeKind.HOST_BODY: _("Host prefecture or designated city"),
    OfficeKind.ORGANISATION: _("Contracting organisation"),
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
