"""What placement writes to people: the notices, a request returned, a person accepted."""

from dataclasses import dataclass
from typing import ClassVar

from kakehashi.directory.rules import Role
from kakehashi.kernel.letters import Letter
from kakehashi.kernel.models import Way
from kakehashi.kernel.words import Words, _


@dataclass(frozen=True, kw_only=True)
class PlacementNoticeCandidate(Letter):
    """Tells a candidate where they go, and which of their wishes that meets."""

    on_paper: ClassVar[bool] = True
    candidate: str
    number: str
    year: int
    position: str
    organisation: str
    prefecture: str
    host: str
    workplace: str
    wave: str
    arrives_on: str
    wish: str


@dataclass(frozen=True, kw_only=True)
class PlacementNoticeOrganisation(Letter):
    """Tells a contracting organisation who comes to it, and asks for its answer."""

    on_paper: ClassVar[bool] = True
    organisation: str
    year: int
    count: int
    people: list[str]
    days: int | None = None  # working days to answer


@dataclass(frozen=True, kw_only=True)
class PlacementNoticeHost(Letter):
    """Tells a host body who comes to the organisations under it."""

    on_paper: ClassVar[bool] = True
    host: str
    year: int
    count: int
    people: list[str]


@dataclass(frozen=True, kw_only=True)
class PlacementNoticeMission(Letter):
    """Tells a mission where its candidates go, and in how many working days they are told."""

    on_paper: ClassVar[bool] = True
    mission: str
    year: int
    count: int
    people: list[str]
    days: int  # working days; 0: the same day


@dataclass(frozen=True, kw_only=True)
class RunSolved(Letter):
    """Tells the committee and CLAIR that a run lies before them."""

    title: ClassVar[Words] = _("A placement run is solved")
    usual: ClassVar[str] = Way.MAIL
    roles: ClassVar[tuple[str, ...]] = (Role.CLAIR_PLACEMENT, Role.PLACEMENT_COMMITTEE)
    number: int
    year: int


@dataclass(frozen=True, kw_only=True)
class PlacementObjected(Letter):
    """Tells CLAIR that an organisation objects; the ground stands on the placement's page alone."""

    title: ClassVar[Words] = _("An organisation objects to a placement")
    usual: ClassVar[str] = Way.MAIL
    roles: ClassVar[tuple[str, ...]] = (Role.CLAIR_PLACEMENT,)
    number: str
    organisation: str


@dataclass(frozen=True, kw_only=True)
class ObjectionAnswered(Letter):
    """Tells an organisation that CLAIR has answered; the answer stands on the placement's page."""

    title: ClassVar[Words] = _("CLAIR answers your objection")
    usual: ClassVar[str] = Way.MAIL
    roles: ClassVar[tuple[str, ...]] = (Role.ORGANISATION,)
    number: str
    organisation: str


@dataclass(frozen=True, kw_only=True)
class PlacementVacated(Letter):
    """Tells an organisation, its host body and the mission that somebody will not come; never why."""

    title: ClassVar[Words] = _("A placement no longer stands")
    usual: ClassVar[str] = Way.MAIL
    roles: ClassVar[tuple[str, ...]] = (Role.ORGANISATION, Role.HOST, Role.MISSION)
    number: str
    organisation: str


@dataclass(frozen=True, kw_only=True)
class PlaceWithdrawn(Letter):
    """Tells a candidate that they will not go where they were told; never why."""

    candidate: str
    number: str
    organisation: str


@dataclass(frozen=True, kw_only=True)
class RequestReturned(Letter):
    """Tells an organisation that its request must be corrected, and why."""

    title: ClassVar[Words] = _("A request comes back for correction")
    usual: ClassVar[str] = Way.MAIL
    roles: ClassVar[tuple[str, ...]] = (Role.ORGANISATION,)
    organisation: str
    number: str
    workplace: str
    remark: str


@dataclass(frozen=True, kw_only=True)
class PlacementAccepted(Letter):
    """The contracting organisation's own acceptance, to the candidate."""

    on_paper: ClassVar[bool] = True
    candidate: str
    number: str
    year: int
    position: str
    organisation: str
    prefecture: str
    workplace: str
    address: str
    telephone: str
    arrives_on: str
    terms: list[str]


@dataclass(frozen=True, kw_only=True)
class WorkplacesAssigned(Letter):
    """Tells a candidate in which schools or offices of the organisation they will work."""

    title: ClassVar[Words] = _("Your places of work are chosen")
    usual: ClassVar[str] = Way.MAIL
    roles: ClassVar[tuple[str, ...]] = (Role.PARTICIPANT,)
    candidate: str
    number: str
    organisation: str
    workplaces: list[str]


SAMPLES: list[Letter] = [
    PlacementNoticeCandidate(
        candidate="Aoife Byrne",
        number="27-00001",
        year=2027,
        position="Assistant Language Teacher",
        organisation="Hoshikawa City Board of Education",
        prefecture="Tottori",
        host="Tottori Prefecture",
        workplace="Hoshikawa Junior High School",
        wave="Group A",
        arrives_on="Tuesday 27 July 2027",
        wish="it is your second wish for a prefecture",
    ),
    PlacementNoticeOrganisation(
        organisation="Hoshikawa City Board of Education",
        year=2027,
        count=2,
        people=[
            "27-00001 Aoife Byrne (ALT, Ireland, arriving Tuesday 27 July 2027)",
            "27-00002 Sam Reed (ALT, Canada, arriving Tuesday 27 July 2027)",
        ],
        days=10,
    ),
    PlacementNoticeHost(
        host="Tottori Prefecture",
        year=2027,
        count=1,
        people=[
            (
                "Hoshikawa City Board of Education: "
                "27-00001 Aoife Byrne (ALT, Ireland, arriving Tuesday 27 July 2027)"
            ),
        ],
    ),
    PlacementNoticeMission(
        mission="Consulate-General of Japan in Edinburgh",
        year=2027,
        count=1,
        people=[
            (
                "Hoshikawa City Board of Education: "
                "27-00001 Aoife Byrne (ALT, Ireland, arriving Tuesday 27 July 2027)"
            ),
        ],
        days=10,
    ),
    RunSolved(number=2, year=2027),
    PlacementObjected(number="27-00017", organisation="Hoshikawa City Board of Education"),
    ObjectionAnswered(number="27-00017", organisation="Hoshikawa City Board of Education"),
    PlacementVacated(number="27-00017", organisation="Hoshikawa City Board of Education"),
    PlaceWithdrawn(
        candidate="Aoife Byrne",
        number="27-00001",
        organisation="Hoshikawa City Board of Education",
    ),
    RequestReturned(
        organisation="Hoshikawa City Board of Education",
        number="27-R0001",
        workplace="Hoshikawa Junior High School",
        remark="Say whether a driving licence is needed for the two schools in the hills.",
    ),
    PlacementAccepted(
        candidate="Aoife Byrne",
        number="27-00001",
        year=2027,
        position="Assistant Language Teacher",
        organisation="Hoshikawa City Board of Education",
        prefecture="Tottori",
        workplace="Hoshikawa Junior High School",
        address="1-1 Hoshikawa, Tottori",
        telephone="0857-00-0000",
        arrives_on="Tuesday 27 July 2027",
        terms=[
            "Who finds the housing: The organisation provides it",
            "Rent a month: ¥25,000",
            "Hours a week: 35 hours",
            "Days of paid leave a year: 20",
        ],
    ),
    WorkplacesAssigned(
        candidate="Aoife Byrne",
        number="27-00001",
        organisation="Hoshikawa City Board of Education",
        workplaces=["Hoshikawa Junior High School", "Hoshikawa Elementary School"],
    ),
]
