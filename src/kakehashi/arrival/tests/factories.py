"""People who are expected or have come, for the tests of this part and of later ones."""

from collections.abc import Sequence
from datetime import date, datetime
from itertools import count

from kakehashi.arrival import actions
from kakehashi.arrival.models import Arrival
from kakehashi.directory.models import Office, Person
from kakehashi.directory.rules import OfficeKind, Role
from kakehashi.directory.tests import factories as make
from kakehashi.intake.tests import factories as intake
from kakehashi.placement.lifecycle import PlacementState, RequestState, RunState
from kakehashi.placement.models import Placement, Request, Run
from kakehashi.recruitment.lifecycle import State as ApplicationState
from kakehashi.recruitment.models import Application

_numbers = count(1)


def organisation(
    code: str = "co-31302",
    parent: Office | None = None,
    *,
    employer_type: str = "town",
    hosted: bool = True,
) -> Office:
    """Give a contracting organisation under a host body, Tottori's where none is named."""
    above = (parent or make.host()) if hosted else None
    return make.office(OfficeKind.ORGANISATION, code, above, employer_type=employer_type)


def events_officer() -> Person:
    """Make somebody at CLAIR who meets the waves."""
    return make.officer(Role.CLAIR_EVENTS)


def placement(
    person: Person | None = None,
    at: Office | None = None,
    *,
    wave: str = "a",
    position: str = "ALT",
    state: PlacementState = PlacementState.AGREED,
) -> Placement:
    """Leave behind what recruitment and placement leave: a placement, without running them."""
    number, year = next(_numbers), intake.year()
    who = person or make.person(given_name="Aoife", family_name=f"Byrne{number}")
    facts = {"year": year, "position": intake.position(position)}
    application = Application.objects.create(
        number=f"27-{number:05d}",
        person=who,
        mission=make.mission(),
        country=make.country(),
        family_name=who.family_name,
        state=ApplicationState.COMPLETE,
        started_at=make.NOON,
        **facts,
    )
    wanted = Request.objects.create(
        number=f"R{number}",
        organisation=at or organisation(),
        wave=intake.wave(wave),
        seats=1,
        state=RequestState.ACCEPTED,
        **facts,
    )
    return Placement.objects.create(
        run=_run(),
        application=application,
        person=who,
        request=wanted,
        cost=0,
        state=state,
    )


def expected(
    person: Person | None = None,
    at: Office | None = None,
    *,
    wave: str = "a",
    position: str = "ALT",
) -> Arrival:
    """Give somebody who is expected with a wave of 2027."""
    placed = placement(person, at, wave=wave, position=position)
    actions.expect([placed], by=events_officer(), at=make.NOON)
    return Arrival.objects.get(placement=placed)


def row(  # noqa: PLR0913 -- the columns of the table
    *,
    application: Arrival | None = None,
    email: str = "",
    family_name: str = "",
    country: str = "IE",
    position: str = "ALT",
    organisation: Office | None = None,
    arrived_on: date = date(2026, 7, 27),
) -> dict[str, object]:
    """Write a row of the table of arrivals as it was understood."""
    return {
        "row": 2,
        "application": application,
        "email": email,
        "family_name": family_name,
        "given_name": "",
        "country": make.country(country) if not application else None,
        "position": intake.position(position) if not application else None,
        "organisation": organisation,
        "arrived_on": arrived_on,
        "flight": "",
    }


def serving(
    people: int,
    at: Office | None = None,
    *,
    arrived_on: date = date(2026, 7, 27),
    country: str = "IE",
    position: str = "ALT",
    moment: datetime = make.NOON,
) -> Sequence[Arrival]:
    """Bring people who came before this system and still serve at an organisation."""
    rows = [
        row(
            email=f"serving{next(_numbers)}@demo.invalid",
            family_name="Serving",
            country=country,
            position=position,
            organisation=at or organisation(),
            arrived_on=arrived_on,
        )
        for _ in range(people)
    ]
    actions.import_arrivals(rows, by=events_officer(), at=moment)
    emails = [one["email"] for one in rows]
    return list(Arrival.objects.filter(person__email__in=emails).order_by("pk"))


def _run() -> Run:
    """Give the one run of the year, as it is when its notices are released."""
    found, _new = Run.objects.get_or_create(
        year=intake.year(),
        number=1,
        defaults={
            "state": RunState.RELEASED,
            "seed": "seed",
            "salt": "salt",
            "seed_commitment": "commitment",
            "started_by": make.officer(Role.CLAIR_PLACEMENT),
            "started_at": make.NOON,
        },
    )
    return found
