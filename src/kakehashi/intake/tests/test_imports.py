import pytest

from kakehashi.directory.models import Person
from kakehashi.directory.rules import Role
from kakehashi.directory.tests import factories as make
from kakehashi.intake import actions
from kakehashi.intake.lifecycle import PlanState
from kakehashi.intake.models import Plan
from kakehashi.intake.tests import factories
from kakehashi.kernel.imports import EXPORTS, IMPORTS, Faulty, bring, send
from kakehashi.kernel.policy import Refused

pytestmark = pytest.mark.django_db
HEAD = "year,country,position,wave,seats\n"


def bring_plan(rows: str, by: Person) -> int:
    return bring(IMPORTS["plan"], (HEAD + rows).encode(), by=by, at=make.NOON)


@pytest.fixture
def mic() -> Person:
    factories.year(2027)
    make.country("IE")
    for code in ("ALT", "CIR"):
        factories.position(code)
    return make.officer(Role.MIC)


def test_a_table_becomes_a_new_draft_of_each_year(mic: Person) -> None:
    factories.year(2028)
    rows = "2027,IE,ALT,a,12\n2027,IE,CIR,b,1\n2028,IE,ALT,april,3\n"
    assert bring_plan(rows, mic) == 3
    drafts = {str(plan.year): plan for plan in Plan.objects.select_related("year")}
    assert {plan.state for plan in drafts.values()} == {PlanState.DRAFT}
    assert {*drafts["2027"].lines.values_list("position__code", "wave__code", "seats")} == {
        ("ALT", "a", 12),
        ("CIR", "b", 1),
    }
    assert drafts["2028"].lines.count() == 1
    assert bring_plan("2027,IE,ALT,a,13\n", mic) == 1
    assert Plan.objects.filter(year__year=2027).count() == 2


def test_every_fault_is_named_and_nothing_is_written(mic: Person) -> None:
    closed = factories.year(2026)
    actions.close_year(closed, by=mic, at=make.NOON)
    rows = (
        "2031,IE,ALT,a,1\n"  # no such year
        "2027,XX,ALT,a,1\n"  # no such country
        "2027,IE,XXX,a,1\n"  # no such position
        "2027,IE,ALT,z,1\n"  # no such wave
        "2027,IE,ALT,a,many\n"  # no number
        "2026,IE,ALT,a,1\n"  # a closed year
        "2027,IE,CIR,a,1\n2027,IE,CIR,a,2\n"  # twice
    )
    with pytest.raises(Faulty) as error:
        bring_plan(rows, mic)
    assert [(fault.row, fault.column) for fault in error.value.faults] == [
        (2, "year"),
        (3, "country"),
        (4, "position"),
        (5, "wave"),
        (6, "seats"),
        (7, "year"),
        (9, "year, country, position, wave"),
    ]
    assert not Plan.objects.exists()


def test_only_mic_brings_numbers(mic: Person) -> None:
    assert mic.pk
    with pytest.raises(Refused):
        bring_plan("", make.officer(Role.MOFA))


def test_the_numbers_in_force_leave_as_they_came() -> None:
    factories.plan({("IE", "ALT", "a"): 12, ("IE", "CIR", "b"): 1})
    factories.plan({("IE", "ALT", "a"): 99}, released=False)
    table = send(EXPORTS["plan"], by=make.officer(Role.MISSION)).decode("utf-8-sig")
    assert table.splitlines() == [HEAD.strip(), "2027,IE,ALT,a,12", "2027,IE,CIR,b,1"]
    with pytest.raises(Refused):
        send(EXPORTS["plan"], by=make.person())
