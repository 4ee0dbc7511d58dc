from datetime import date
from pathlib import Path

import pytest

from kakehashi.councils import actions
from kakehashi.councils.models import Council, Resolution
from kakehashi.councils.queries import NoResolution, require_resolution, resolution_about
from kakehashi.councils.tests import factories
from kakehashi.directory.actions import read_pack
from kakehashi.directory.models import Person
from kakehashi.directory.rules import Role
from kakehashi.directory.tests import factories as make
from kakehashi.kernel.models import Trace
from kakehashi.kernel.policy import Refused

pytestmark = pytest.mark.django_db
PACK = Path(__file__).parents[4] / "programmes" / "jet"


def adopt(council: Council, by: Person, about: str, number: str = "1") -> Resolution:
    return actions.adopt(
        council,
        number=number,
        adopted_on=date(2026, 9, 30),
        about=about,
        text_en="Resolved.",
        text_ja="決議する。",
        by=by,
        at=make.NOON,
    )


def test_the_packs_councils_decide_what_the_programme_releases() -> None:
    rows = read_pack(PACK, "councils")
    assert actions.load_councils(rows, by="system:set_up", at=make.NOON) == 4
    assert actions.load_councils(rows, by="system:set_up", at=make.NOON) == 4
    decides = dict(Council.objects.values_list("code", "decides"))
    assert decides == {
        "joint-council": "plan results",
        "steering": "programme-plans",
        "placement": "placement-rules run",
        "counselling": "case-advice counselling-system",
    }


def test_only_an_operator_loads_councils_in_person() -> None:
    with pytest.raises(Refused):
        actions.load_councils([], by=make.officer(Role.MIC), at=make.NOON)


@pytest.mark.parametrize(
    ("code", "about", "right", "wrong"),
    [
        ("joint", "intake.plan/1", Role.MIC, Role.PLACEMENT_COMMITTEE),
        ("joint", "selection.round/1", Role.CLAIR_PLACEMENT, Role.CLAIR_DESK),
        ("steering", "", Role.MEXT, Role.MISSION),
        ("placement", "placement.run/1", Role.PLACEMENT_COMMITTEE, Role.CLAIR_PLACEMENT),
        ("counselling", "", Role.COUNSELLING_COMMITTEE, Role.MIC),
    ],
)
def test_a_council_records_what_it_adopted_and_nobody_else_does(
    code: str, about: str, right: Role, wrong: Role
) -> None:
    council = factories.councils()[code]
    with pytest.raises(Refused, match="you sit on this council"):
        adopt(council, make.officer(wrong), about)
    made = adopt(council, make.officer(right), about)
    assert Trace.objects.get(thing=made.key).deed == "adopt"
    assert resolution_about(about) == made


def test_a_number_is_used_once_in_a_council() -> None:
    council, mic = factories.councils()["joint"], make.officer(Role.MIC)
    adopt(council, mic, "intake.plan/1")
    with pytest.raises(actions.NumberTaken):
        adopt(council, mic, "intake.plan/2")
    assert adopt(council, mic, "intake.plan/2", number="2").number == "2"


def test_a_council_does_not_resolve_what_another_decides() -> None:
    every = factories.councils()
    with pytest.raises(actions.WrongCouncil):
        adopt(every["joint"], make.officer(Role.MIC), "placement.run/1")
    with pytest.raises(actions.WrongCouncil):
        adopt(every["placement"], make.officer(Role.PLACEMENT_COMMITTEE), "intake.plan/1")


def test_what_needs_a_resolution_says_whose() -> None:
    factories.councils()
    with pytest.raises(NoResolution, match="The joint council"):
        require_resolution("selection.round/7")
    with pytest.raises(NoResolution, match="The placement council"):
        require_resolution("placement.run/7")
    made = factories.resolution("placement.run/7")
    assert require_resolution("placement.run/7") == made


def test_the_latest_resolution_about_a_thing_counts() -> None:
    first = factories.resolution("intake.plan/1", number="1")
    then = factories.resolution("intake.plan/1", number="2")
    assert first != then
    assert resolution_about("intake.plan/1") == then
