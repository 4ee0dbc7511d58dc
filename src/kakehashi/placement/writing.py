"""How placement's letters are written: from a placement or a request to a letter's facts."""

from collections.abc import Sequence

from kakehashi.directory.models import Named, Office, Person
from kakehashi.kernel.letters import day_in_words
from kakehashi.kernel.words import LANGUAGES, Words, _, say
from kakehashi.placement.letters import (
    PlacementAccepted,
    PlacementNoticeCandidate,
    PlacementNoticeHost,
    PlacementNoticeMission,
    PlacementNoticeOrganisation,
    PlacementVacated,
    PlaceWithdrawn,
    RequestReturned,
    WorkplacesAssigned,
)
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
    return PlacementNoticeHost(
        host=name_in(request.organisation.parent, language),
        year=request.year.year,
        count=len(placements),
        people=_where(placements, language),
    )


def mission_notice(
    mission: Office, placements: Sequence[Placement], language: str, days: int
) -> PlacementNoticeMission:
    """Write one mission's notice about everybody whom it tells."""
    return PlacementNoticeMission(
        mission=name_in(mission, language),
        year=placements[0].request.year.year,
        count=len(placements),
        people=_where(placements, language),
        days=days,
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


def _where(placements: Sequence[Placement], language: str) -> list[str]:
    """Name people with the organisations they come to."""
    colon = "：" if language == "ja" else ": "
    return [
        f"{name_in(one.request.organisation, language)}{colon}{_line(one, language)}"
        for one in placements
    ]


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
