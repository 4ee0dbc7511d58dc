"""Who may know of screenings, sheets, rounds and results."""

from dataclasses import replace

import pytest

from kakehashi.directory.models import Person
from kakehashi.directory.rules import Role
from kakehashi.directory.tests import factories as make
from kakehashi.kernel.policy import Refused
from kakehashi.kernel.scope import seen_by
from kakehashi.selection.models import InterviewScore, Result, Round, Screening
from kakehashi.selection.policy import desks
from kakehashi.selection.tests import factories as here

pytestmark = pytest.mark.django_db
KINDS = (Screening, InterviewScore, Round, Result)


def known(person: Person) -> list[int]:
    """Count what somebody may know of: screenings, sheets, rounds, results."""
    return [seen_by(person, kind).count() for kind in KINDS]


def test_the_cast_around_a_proposal() -> None:
    cast, other = here.cast(), here.cast("london")
    row = here.decided(cast, 90, 80)
    applicant = here.results(row)[0].application.person
    assert known(cast.officer) == [2, 2, 1, 2]
    assert known(cast.mofa) == [2, 2, 1, 2]
    assert known(cast.reader) == [2, 0, 0, 0]
    assert known(cast.interviewer) == [0, 2, 0, 0]
    assert known(applicant) == [0, 0, 0, 0]
    for stranger in (other.officer, other.reader, other.interviewer, make.person()):
        assert known(stranger) == [0, 0, 0, 0]
    for role in (Role.MIC, Role.MEXT, Role.CLAIR_PLACEMENT):
        assert known(make.officer(role)) == [0, 0, 1, 0]
    for role in (Role.HOST, Role.CLAIR_DESK, Role.AUDITOR, Role.PLACEMENT_COMMITTEE):
        assert known(make.officer(role)) == [0, 0, 0, 0]


def test_an_open_round_is_the_mission_s_and_mofa_s_alone() -> None:
    cast = here.cast()
    here.round_of(cast)
    assert known(cast.officer)[2] == known(cast.mofa)[2] == 1
    assert known(make.officer(Role.MIC))[2] == known(make.officer(Role.CLAIR_PLACEMENT))[2] == 0


def test_once_released_everybody_knows_their_own_and_clair_knows_all() -> None:
    cast = here.cast()
    row = here.released(cast, 90, 80)
    applicant = here.results(row)[0].application.person
    assert known(applicant) == [0, 0, 0, 1]
    assert known(make.officer(Role.CLAIR_PLACEMENT)) == [0, 0, 1, 2]
    assert known(make.officer(Role.MIC)) == [0, 0, 1, 0]


def test_an_officer_who_applies_is_an_applicant_here() -> None:
    cast = here.cast()
    colleague = replace(cast, officer=make.officer(Role.MISSION, cast.mission))
    (mine,) = here.applied(colleague, email=cast.officer.email)
    (other,) = here.applied(colleague)
    here.assigned(colleague, mine, other)
    here.scored(colleague, [mine], 70)
    assert known(colleague.officer) == [2, 1, 0, 0]
    assert known(cast.officer) == [1, 0, 0, 0]
    with pytest.raises(Refused):
        here.assigned(cast, mine)


def test_a_closed_seat_ends_what_one_knows() -> None:
    cast = here.cast()
    here.assigned(cast, *here.applied(cast))
    reader = Person.objects.get(pk=cast.reader.pk)
    reader.as_of = make.TODAY.replace(year=2026, month=3)
    assert known(reader) == [0, 0, 0, 0]


def test_the_desks_and_their_lists() -> None:
    cast = here.cast()
    clair, mic = make.officer(Role.CLAIR_PLACEMENT), make.officer(Role.MIC)
    allowed = {
        "list_reading": {cast.reader},
        "list_interviews": {cast.interviewer},
        "list_rounds": {cast.officer, cast.mofa, clair, mic},
        "list_results": {cast.officer, cast.mofa, clair},
        "import_scores": {cast.officer, cast.mofa},
        "export_scores": {cast.officer, cast.mofa},
        "import_results": {cast.officer, cast.mofa},
        "list_readings": {cast.officer, cast.mofa},
        "export_results": {cast.officer, cast.mofa, clair},
    }
    people = {cast.reader, cast.interviewer, cast.officer, cast.mofa, clair, mic, make.person()}
    assert set(allowed) == set(desks.lines)
    for line, those in allowed.items():
        assert {one for one in people if desks.allows(one, line, None)} == those
