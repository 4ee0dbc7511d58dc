"""What the first page costs, role by role, however much waits."""

from datetime import date, timedelta
from itertools import count
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kakehashi.accounts.models import FailedSignIn
from kakehashi.appointment.tests.factories import appointments
from kakehashi.arrival.models import Arrival
from kakehashi.arrival.tests.factories import placement
from kakehashi.correspondence.lifecycle import State as EntryState
from kakehashi.correspondence.models import Entry
from kakehashi.directory.models import Office, Person
from kakehashi.directory.rules import ROLES_AT, OfficeKind, Role
from kakehashi.directory.tests import factories as make
from kakehashi.intake.tests import factories as intake
from kakehashi.kernel import clock
from kakehashi.kernel.models import JobRun, Post, RunState
from kakehashi.kernel.trail import lay_anchor
from kakehashi.placement.lifecycle import PlacementState, RequestState
from kakehashi.placement.models import Request
from kakehashi.placement.tests.factories import organisation
from kakehashi.privacy.models import Correction
from kakehashi.recruitment.lifecycle import State as ApplicationState
from kakehashi.recruitment.models import Application
from kakehashi.selection.models import Screening

pytestmark = pytest.mark.django_db
HERE = {Role.ORGANISATION, Role.SUPERVISOR, Role.PARTICIPANT}
COSTS: dict[str, int] = {  # "" has no seat: an applicant
    Role.MISSION: 51,
    Role.READER: 27,
    Role.INTERVIEWER: 27,
    Role.MOFA: 51,
    Role.MIC: 39,
    Role.MEXT: 38,
    Role.CLAIR_PLACEMENT: 56,
    Role.CLAIR_COORDINATOR: 35,
    Role.CLAIR_DESK: 35,
    Role.CLAIR_EVENTS: 36,
    Role.CLAIR_FINANCE: 35,
    Role.PLACEMENT_COMMITTEE: 29,
    Role.COUNSELLING_COMMITTEE: 25,
    Role.HOST: 47,
    Role.ADVISOR: 30,
    Role.ORGANISATION: 47,
    Role.SUPERVISOR: 35,
    Role.PARTICIPANT: 18,
    Role.GROUP_LEADER: 25,
    Role.COUNSELLOR: 24,
    Role.SPECIALIST: 24,
    Role.AJET: 25,
    Role.JETAA: 25,
    Role.ALUMNA: 18,
    Role.AUDITOR: 37,
    Role.OPERATOR: 34,
    Role.CUSTODIAN: 24,
    "": 19,
}
_numbers = count(1)


def readers(town: Office) -> dict[str, Person]:
    """Seat somebody in every role, and have somebody who has none."""
    lead = make.office(OfficeKind.ASSOCIATION, "JETAA")
    seats = dict.fromkeys(ROLES_AT[OfficeKind.ASSOCIATION], lead)
    seats |= dict.fromkeys(HERE, town)
    found: dict[str, Person] = {
        role.value: make.officer(role, seats.get(role)) for role in Role
    }
    return found | {"": make.person()}


def application(person: Person, state: ApplicationState) -> Application:
    return Application(
        number=f"W-{next(_numbers):05d}",
        person=person,
        year=intake.year(),
        mission=make.mission(),
        country=make.country(),
        position=intake.position(),
        family_name=f"Waits{next(_numbers)}",
        state=state,
        started_at=make.NOON,
        submitted_at=make.NOON,
    )


def to_select(more: int, reader: Person) -> None:
    """Hand in applications, leave others incomplete, and give them to a reader."""
    made = Application.objects.bulk_create(
        application(make.person(), state)
        for state in (ApplicationState.SUBMITTED, ApplicationState.INCOMPLETE)
        for _ in range(more)
    )
    Screening.objects.bulk_create(
        Screening(application=one, reader=reader, assigned_at=make.NOON) for one in made
    )


def to_place(more: int, town: Office) -> None:
    """Leave requests with each office of the chain, people to be accepted, people to come."""
    states = (
        RequestState.DRAFT,
        RequestState.FILED,
        RequestState.CHECKED,
        RequestState.RETURNED,
    )
    Request.objects.bulk_create(
        Request(
            number=f"W{next(_numbers)}",
            organisation=town,
            year=intake.year(),
            position=intake.position(),
            wave=intake.wave(),
            seats=1,
            state=state,
            filed_at=make.NOON,
        )
        for state in states
        for _ in range(more)
    )
    for state in (PlacementState.TOLD, PlacementState.AGREED):
        for _ in range(more):
            placed = placement(at=town, state=state)
            placed.told_at = make.NOON
            placed.save()
            if state == PlacementState.AGREED:
                Arrival.objects.create(
                    person=placed.person,
                    placement=placed,
                    organisation=town,
                    position=intake.position(),
                    country=make.country(),
                    due_on=date(2027, 7, 26),
                )


def to_read(more: int, who: dict[str, Person]) -> None:
    """Write to everybody."""
    Post.objects.bulk_create(
        Post(
            letter="test",
            about="thing/1",
            to=person,
            language="en",
            subject=f"Letter {n}",
            body="Word for word.",
            written_at=make.NOON,
            released_at=make.NOON,
        )
        for person in who.values()
        for n in range(more)
    )


def to_answer(more: int, who: dict[str, Person]) -> None:
    """Leave letters to answer with every office, and wishes to have a record mended."""
    offices = Office.objects.filter(seats__person__in=who.values()).distinct()
    Entry.objects.bulk_create(
        Entry(
            office=office,
            direction="in",
            fiscal_year=2026,
            number=next(_numbers),
            subject="A letter to answer",
            dated_on=make.TODAY,
            due_at=make.NOON + timedelta(days=3),
            state=EntryState.REGISTERED,
            written_by=who[Role.MIC],
            written_at=make.NOON,
        )
        for office in offices
        for _ in range(more)
    )
    Correction.objects.bulk_create(
        Correction(
            person=who[Role.PARTICIPANT],
            holding="person",
            thing=f"directory.person/{next(_numbers)}",
            field="given_name",
            asked_at=make.NOON,
            due_on=make.TODAY,
            keeper_role=Role.OPERATOR,
        )
        for _ in range(more)
    )


def to_mend(more: int) -> None:
    """Leave jobs that failed and jobs that wait, and sign-ins that failed."""
    JobRun.objects.bulk_create(
        JobRun(name="test", key=f"k{next(_numbers)}", state=state, queued_at=make.NOON)
        for state in (RunState.FAILED, RunState.QUEUED)
        for _ in range(more)
    )
    FailedSignIn.objects.bulk_create(FailedSignIn(at=clock.now()) for _ in range(more))


def cost(person: Person) -> int:
    client = Client()
    client.force_login(person)
    with CaptureQueriesContext(connection) as asked:
        assert client.get("/").status_code == 200
    return len(asked)


def test_every_role_s_first_page_costs_the_same_however_much_waits(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(settings, "KAKEHASHI_HOME", tmp_path)
    lay_anchor(at=make.NOON)
    intake.year()
    town = organisation("co-1")
    who = readers(town)
    costs = []
    for more in (1, 2, 97):  # so that 1, then 3, then 100 of everything wait
        to_select(more, who[Role.READER])
        to_place(more, town)
        to_read(more, who)
        to_answer(more, who)
        to_mend(more)
        appointments(more, town)
        costs.append({role: cost(person) for role, person in who.items()})
    assert costs == [COSTS, COSTS, COSTS]
