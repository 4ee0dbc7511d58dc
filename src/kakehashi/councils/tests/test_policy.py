import pytest

from kakehashi.councils.models import Council, Resolution
from kakehashi.councils.tests import factories
from kakehashi.directory.models import Person
from kakehashi.directory.rules import Role
from kakehashi.directory.tests import factories as make
from kakehashi.kernel.scope import seen_by

pytestmark = pytest.mark.django_db


def known_to(person: Person) -> set[str]:
    return {*seen_by(person, Resolution).values_list("about", flat=True)}


def test_each_knows_of_the_resolutions_that_concern_them() -> None:
    keys = {"intake.plan/1", "selection.round/1", "placement.run/1"}
    for number, key in enumerate(sorted(keys)):
        factories.resolution(key, number=str(number))
    for role in (Role.MIC, Role.MOFA, Role.CLAIR_DESK, Role.PLACEMENT_COMMITTEE, Role.AUDITOR):
        assert known_to(make.officer(role)) == keys
    for role in (Role.MISSION, Role.HOST):
        assert known_to(make.officer(role)) == {"intake.plan/1"}
    for stranger in (make.person(), make.officer(Role.PARTICIPANT, make.office())):
        assert known_to(stranger) == set()
        assert seen_by(stranger, Council).count() == 4
