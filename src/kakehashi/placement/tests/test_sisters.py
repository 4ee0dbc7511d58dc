import pytest

from kakehashi.directory.models import SisterTie
from kakehashi.directory.tests import factories as directory
from kakehashi.placement.models import Placement
from kakehashi.placement.tests import factories as make

pytestmark = pytest.mark.django_db


def test_a_run_prefers_the_sister_city_and_keeps_what_it_was_computed_with() -> None:
    make.accepted(make.organisation("co-a"))
    tied = make.organisation("co-b")
    make.accepted(tied)
    tie = SisterTie.objects.create(
        office=tied, country=directory.country("IE"), place_en="Westport", source="test"
    )
    (wishes_elsewhere,) = make.people({"wish_1": directory.prefecture("13")})
    run = make.solved()

    placement = Placement.objects.get(run=run, application=wishes_elsewhere)
    assert placement.request.organisation == tied
    assert placement.parts == [["wish-none", 400], ["sister-city-bonus", -40]]
    assert placement.cost == 360
    assert run.counts["sisters"] == {str(tied.pk): ["IE"]}

    tie.delete()
    run.refresh_from_db()
    assert run.counts["sisters"] == {str(tied.pk): ["IE"]}
