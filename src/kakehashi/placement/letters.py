"""What placement writes to people: the notices, a request returned, a person accepted."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from kakehashi.directory.models import Named, Office, Person
from kakehashi.directory.rules import Role
from kakehashi.kernel.letters import Letter, day_in_words
from kakehashi.kernel.models import Way
from kakehashi.kernel.words import LANGUAGES, Words, _, say
from kakehashi.placement.models import Placement, Request
from kakehashi.placement.queries import prefecture_of, terms_in_words
from kakehashi.recruitment.models import Application

KINDS = ("candidate", "organisation", "host")
SENDER: Words = _("Council of Local Authorities for International Relations (CLAIR)")
WISHES: dict[int | None, Words] = {
    1: _("it is your first wish for a prefecture"),
    2: _("it is your second wish for a prefecture"),
    3: _("it is your third wish for a prefecture"),
    None: _("it is none of the prefectures you wished for"),
}
NO_WISH: Words = _("you named no prefecture")


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
    """Tells an organisation and its host body that somebody will not come; never why."""

    title: ClassVar[Words] = _("A placement no longer stands")
    usual: ClassVar[str] = Way.MAIL
    roles: ClassVar[tuple[str, ...]] = (Role.ORGANISATION, Role.HOST)
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


def language_of(person: Person) -> str:
    """Choose the language in which to write to somebody."""
    return person.language if person.language in LANGUAGES else "en"


def candidate_notice(placement: Placement, language: str) -> PlacementNoticeCandidate:
    """Write a candidate's notice."""
    request, application = placement.request, placement.application
    return PlacementNoticeCandidate(
        candidate=application.name,
        number=application.number,
        year=request.year.year,
        position=name_in(request.position, language),
        organisation=name_in(request.organisation, language),
        prefecture=prefecture_in(request.organisation, language),
        host=name_in(request.organisation.parent, language),
        workplace=request.workplace,
        wave=name_in(request.wave, language),
        arrives_on=day_in_words(request.wave.arrives_on, language),
        wish=say(wish_words(placement), language),
    )


def wish_words(placement: Placement) -> Words:
    """Say which wish a placement meets, to the person who wished."""
    application: Application = placement.application
    wished = (application.wish_1_id, application.wish_2_id, application.wish_3_id)
    return WISHES[placement.wish_met] if any(wished) else NO_WISH


def organisation_notice(
    placements: Sequence[Placement], language: str, days: int | None = None
) -> PlacementNoticeOrganisation:
    """Write one organisation's notice about everybody who comes to it."""
    request = placements[0].request
    return PlacementNoticeOrganisation(
        organisation=name_in(request.organisation, language),
        year=request.year.year,
        count=len(placements),
        people=[_line(placement, language) for placement in placements],
        days=days,
    )


def host_notice(placements: Sequence[Placement], language: str) -> PlacementNoticeHost:
    """Write one host body's notice about everybody who comes to its organisations."""
    request = placements[0].request
    people = [
        f"{name_in(one.request.organisation, language)}: {_line(one, language)}"
        for one in placements
    ]
    return PlacementNoticeHost(
        host=name_in(request.organisation.parent, language),
        year=request.year.year,
        count=len(placements),
        people=people,
    )


def request_returned(request: Request, remark: str, language: str) -> RequestReturned:
    """Write why a request comes back."""
    return RequestReturned(
        organisation=name_in(request.organisation, language),
        number=request.number,
        workplace=request.workplace,
        remark=remark,
    )


def accepted_notice(placement: Placement, language: str) -> PlacementAccepted:
    """Write the organisation's acceptance."""
    request, application = placement.request, placement.application
    return PlacementAccepted(
        candidate=application.name,
        number=application.number,
        year=request.year.year,
        position=name_in(request.position, language),
        organisation=name_in(request.organisation, language),
        prefecture=prefecture_in(request.organisation, language),
        workplace=request.workplace,
        address=request.organisation.address,
        telephone=request.organisation.telephone,
        arrives_on=day_in_words(request.wave.arrives_on, language),
        terms=terms_in_words(request, language),
    )


def place_withdrawn(placement: Placement, language: str) -> PlaceWithdrawn:
    """Tell a candidate that their placement no longer stands."""
    return PlaceWithdrawn(
        candidate=placement.application.name,
        number=placement.application.number,
        organisation=name_in(placement.request.organisation, language),
    )


def placement_vacated(placement: Placement, language: str) -> PlacementVacated:
    """Tell an organisation and its host body that somebody will not come."""
    return PlacementVacated(
        number=placement.application.number,
        organisation=name_in(placement.request.organisation, language),
    )


def workplaces_notice(placement: Placement, workplaces: Sequence[Office]) -> WorkplacesAssigned:
    """Write where in the organisation somebody will work, in their language."""
    language = language_of(placement.person)
    return WorkplacesAssigned(
        candidate=placement.application.name,
        number=placement.application.number,
        organisation=name_in(placement.request.organisation, language),
        workplaces=[name_in(one, language) for one in workplaces],
    )


def _line(placement: Placement, language: str) -> str:
    """Name a person as an officer's list does: number, name, position, country, arrival."""
    request, application = placement.request, placement.application
    country = name_in(application.country, language)
    arrives = day_in_words(request.wave.arrives_on, language)
    position = request.position.code
    if language == "ja":
        return (
            f"{application.number} {application.name}（{position}、{country}、{arrives}来日）"
        )
    return (
        f"{application.number} {application.name} ({position}, {country}, arriving {arrives})"
    )


def name_in(named: Named | Office | None, language: str) -> str:
    """Give a name in one language; nothing for nobody."""
    if named is None:
        return ""
    return named.name_ja if language == "ja" else named.name_en


def prefecture_in(organisation: Office, language: str) -> str:
    """Name an organisation's prefecture in one language."""
    return name_in(prefecture_of(organisation), language)


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
