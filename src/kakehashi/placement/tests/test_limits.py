import pytest

from kakehashi.directory.models import Municipality
from kakehashi.directory.rules import Role
from kakehashi.directory.tests import factories as directory
from kakehashi.intake.tests import factories as intake
from kakehashi.kernel.models import Trace
from kakehashi.kernel.policy import Refused
from kakehashi.placement import actions
from kakehashi.placement.models import NationalityCap, Neighbour, NodeLimit, Weight
from kakehashi.placement.rules import WEIGHTS
from kakehashi.placement.tests import factories as make

pytestmark = pytest.mark.django_db
NOON = directory.NOON


def test_the_pack_brings_every_weight_a_run_needs() -> None:
    make.weights()

    assert set(WEIGHTS) == set(Weight.objects.values_list("code", flat=True))
    assert Weight.objects.get(code="wish-none").value == 400


def test_loading_the_pack_again_keeps_what_an_officer_has_changed() -> None:
    make.weights()
    weight = Weight.objects.get(code="wish-2")
    actions.change_weight(weight, value=150, by=make.clair(), at=NOON)
    make.weights()

    assert Weight.objects.get(code="wish-2").value == 150
    line = Trace.objects.get(thing=weight.key)
    assert line.deed == "change_weight:100:150"


@pytest.mark.parametrize("role", [Role.PLACEMENT_COMMITTEE, Role.AUDITOR, Role.HOST])
def test_only_clair_changes_the_rules(role: Role) -> None:
    make.weights()
    person, year, host = directory.officer(role), intake.year(), directory.host()

    for act in (
        lambda: actions.change_weight(Weight.objects.all()[0], value=1, by=person, at=NOON),
        lambda: actions.set_limit(year, host, minimum=0, maximum=1, by=person, at=NOON),
        lambda: actions.set_cap(
            year, host, country=directory.country("IE"), maximum=1, by=person, at=NOON
        ),
        lambda: actions.load_weights(make.PACK, by=person, at=NOON),
    ):
        with pytest.raises(Refused):
            act()
    assert NodeLimit.objects.count() == NationalityCap.objects.count() == 0


def test_a_limit_is_kept_once_for_each_office_and_says_where_it_comes_from() -> None:
    year, host, clair = intake.year(), directory.host(), make.clair()
    actions.set_limit(year, host, minimum=1, maximum=2, by=clair, at=NOON)
    limit = actions.set_limit(
        year, host, minimum=3, maximum=None, by=clair, at=NOON, source="Resolution 4"
    )

    assert NodeLimit.objects.get() == limit
    assert (limit.minimum, limit.maximum) == (3, None)
    assert (limit.source, limit.assumed) == ("Resolution 4", False)


def test_the_least_is_not_above_the_most() -> None:
    with pytest.raises(actions.LeastAboveMost):
        actions.set_limit(
            intake.year(), directory.host(), minimum=3, maximum=2, by=make.clair(), at=NOON
        )
    assert NodeLimit.objects.count() == 0


def test_a_cap_without_a_source_is_marked_assumed() -> None:
    country = directory.country("IE")
    cap = actions.set_cap(
        intake.year(), directory.host(), country=country, maximum=3, by=make.clair(), at=NOON
    )

    assert (cap.maximum, cap.assumed) == (3, True)


def test_neighbours_share_a_three_digit_postal_area_and_are_joined_once() -> None:
    for code, areas in {"31201": "680 689", "31202": "683", "31302": "681 680"}.items():
        directory.municipality(code)
        Municipality.objects.filter(code=code).update(postal_areas=areas)

    assert actions.load_neighbours(by="system:test", at=NOON) == 1
    assert actions.load_neighbours(by="system:test", at=NOON) == 0
    pair = Neighbour.objects.select_related("a", "b").get()
    assert (pair.a.code, pair.b.code, pair.assumed) == ("31201", "31302", True)
