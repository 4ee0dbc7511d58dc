from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from pytest_django import DjangoAssertNumQueries

from kakehashi.councils.queries import NoResolution
from kakehashi.councils.tests.factories import resolution
from kakehashi.directory import actions as directory
from kakehashi.directory.models import Office, Seat
from kakehashi.directory.rules import Role
from kakehashi.directory.tests import factories as make
from kakehashi.intake import actions
from kakehashi.intake.lifecycle import PLAN, YEAR, PlanState, YearState
from kakehashi.intake.models import (
    Deadline,
    DocumentRequirement,
    GlossaryTerm,
    PayRate,
    Plan,
    PlanLine,
    Position,
    ProgrammeYear,
    Wave,
)
from kakehashi.intake.policy import policy
from kakehashi.intake.queries import deadline, latest_plan, plan_in_force, quota, seats_by
from kakehashi.intake.tests import factories
from kakehashi.kernel.lifecycle import MoveNotAllowed
from kakehashi.kernel.models import Trace
from kakehashi.kernel.open_work import lying_with
from kakehashi.kernel.policy import Refused
from kakehashi.kernel.testing import assert_sound

pytestmark = pytest.mark.django_db
PACK = Path(__file__).parents[4] / "programmes" / "jet"
SYSTEM = "system:set_up"


def test_every_move_has_a_rule_and_an_action() -> None:
    assert_sound(YEAR, policy, actions)
    assert_sound(PLAN, policy, actions)


def test_the_pack_gives_positions_papers_pay_and_words_once() -> None:
    directory.load_pack(PACK, by=SYSTEM, at=make.NOON)
    counts = actions.load_pack(PACK, by=SYSTEM, at=make.NOON)
    kept = [Position, DocumentRequirement, PayRate, GlossaryTerm]
    before = [list(model._default_manager.values_list()) for model in kept]
    assert [len(rows) for rows in before] == [
        counts[name] for name in ("positions", "documents", "pay", "glossary")
    ]
    assert actions.load_pack(PACK, by=SYSTEM, at=make.NOON) == counts
    assert [list(model._default_manager.values_list()) for model in kept] == before
    with pytest.raises(Refused):
        actions.load_pack(PACK, by=make.officer(Role.MISSION), at=make.NOON)


def test_a_year_begins_with_the_patterns_of_the_pack_in_each_missions_own_time() -> None:
    directory.load_pack(PACK, by=SYSTEM, at=make.NOON)
    year = actions.create_year(2027, folder=PACK, by=make.officer(Role.MIC), at=make.NOON)
    assert year.census_on == date(2027, 7, 1)
    assert dict(Wave.objects.values_list("code", "arrives_on")) == {
        "april": date(2027, 4, 6),
        "a": date(2027, 7, 27),
        "b": date(2027, 8, 3),
        "c": date(2027, 8, 22),
    }
    closes = {
        code: deadline(year, Office.objects.get(code=code), "closes")
        for code in ("new-york", "london", "sydney")
    }
    moments = {code: one.at for code, one in closes.items() if one}
    assert moments == {
        "new-york": datetime(2026, 11, 16, 9, 59, tzinfo=UTC),  # 23:59 in Hawaii
        "london": datetime(2026, 11, 27, 23, 59, tzinfo=UTC),
        "sydney": datetime(2026, 11, 5, 6, tzinfo=UTC),  # 17:00 there, in summer time
    }
    home = deadline(year, Office.objects.get(code="london"), "demand_due")
    assert home is not None
    assert home.mission is None
    assert home.whole_day
    leaves = deadline(year, Office.objects.get(code="london"), "departure")
    assert leaves is not None
    assert leaves.event == "departure_a"
    with pytest.raises(actions.YearExists):
        actions.create_year(2027, folder=PACK, by=make.officer(Role.MIC), at=make.NOON)


def test_the_next_year_is_this_one_a_year_later_and_says_that_it_is_assumed() -> None:
    year = factories.year(2027)
    mission = make.mission("boston", "US", time_zone="America/New_York")
    factories.deadline("closes", mission, datetime(2026, 11, 27, 22, tzinfo=UTC))  # 17:00 there
    plan = factories.plan({("IE", "ALT", "a"): 10, ("IE", "CIR", "b"): 2})
    made = actions.clone_year(year, by=make.officer(Role.CLAIR_PLACEMENT), at=make.NOON)
    assert (made.year, made.census_on, made.cloned_from) == (2028, date(2028, 7, 1), year)
    assert made.state == YearState.PREPARING
    assert factories.wave("a", made).arrives_on == date(2028, 7, 27)
    moved = Deadline.objects.get(year=made)
    assert moved.at == datetime(2027, 11, 27, 22, tzinfo=UTC)
    assert moved.assumed
    copy = Plan.objects.get(year=made)
    assert (copy.number, copy.state) == (1, PlanState.DRAFT)
    assert {*copy.lines.values_list("position__code", "wave__code", "seats")} == {
        ("ALT", "a", 10),
        ("CIR", "b", 2),
    }
    assert {wave.year_id for wave in Wave.objects.filter(planline__plan=copy)} == {made.pk}
    assert plan.lines.count() == 2
    with pytest.raises(actions.YearExists):
        actions.clone_year(year, by=make.officer(Role.MIC), at=make.NOON)


def test_a_year_is_opened_and_closed_by_those_who_keep_it() -> None:
    year = factories.year(opened=False)
    with pytest.raises(Refused, match="MIC"):
        actions.open_year(year, by=make.officer(Role.MOFA), at=make.NOON)
    actions.open_year(year, by=make.officer(Role.MIC), at=make.NOON)
    actions.close_year(year, by=make.officer(Role.CLAIR_PLACEMENT), at=make.NOON)
    deeds = Trace.objects.filter(thing=year.key).order_by("number")
    assert [*deeds.values_list("deed", flat=True)] == ["open_year", "close_year"]
    with pytest.raises(MoveNotAllowed):
        actions.open_year(year, by=make.officer(Role.MIC), at=make.NOON)
    with pytest.raises(MoveNotAllowed):
        actions.draft_plan(year, reason="Late", by=make.officer(Role.MIC), at=make.NOON)


def test_numbers_that_came_back_need_another_resolution() -> None:
    plan = factories.plan({("IE", "ALT", "a"): 10}, released=False)
    mic, later = make.officer(Role.MIC), make.NOON + timedelta(days=1)
    actions.submit_plan(plan, by=mic, at=make.NOON)
    resolution(plan.key)
    actions.return_plan(plan, by=make.officer(Role.MOFA), at=make.NOON)
    ireland = (make.country("IE"), factories.position("ALT"), factories.wave("a"), 99)
    actions.set_lines(plan, [ireland], by=mic, at=later)
    actions.submit_plan(plan, by=mic, at=later)

    with pytest.raises(NoResolution):
        actions.release_plan(plan, by=mic, at=later)
    assert quota(plan.year) == 0


def test_nothing_of_a_closed_years_plan_is_changed() -> None:
    plan = factories.plan({("IE", "ALT", "a"): 10}, released=False)
    mic = make.officer(Role.MIC)
    actions.close_year(plan.year, by=mic, at=make.NOON)

    with pytest.raises(MoveNotAllowed, match="closed"):
        actions.set_lines(plan, [], by=mic, at=make.NOON)
    with pytest.raises(MoveNotAllowed, match="closed"):
        actions.submit_plan(plan, by=mic, at=make.NOON)
    assert (plan.state, plan.lines.count()) == (PlanState.DRAFT, 1)


def test_numbers_are_in_force_only_after_the_council_has_resolved() -> None:
    plan = factories.plan({("IE", "ALT", "a"): 10}, released=False)
    mic = make.officer(Role.MIC)
    actions.submit_plan(plan, by=mic, at=make.NOON)
    assert quota(plan.year) == 0
    with pytest.raises(NoResolution):
        actions.release_plan(plan, by=mic, at=make.NOON)
    resolution(plan.key)
    with pytest.raises(Refused):
        actions.release_plan(plan, by=make.officer(Role.MOFA), at=make.NOON)
    actions.release_plan(plan, by=mic, at=make.NOON)
    assert plan.released_at == make.NOON
    assert plan_in_force(plan.year) == plan
    assert quota(plan.year) == 10
    ireland, alt = make.country("IE"), factories.position("ALT")
    assert quota(plan.year, country=ireland, position=alt) == 10
    assert quota(plan.year, country=make.country("GB")) == 0
    assert seats_by(plan.year) == {(ireland.pk, alt.pk): 10}


def test_a_newer_version_replaces_the_one_in_force() -> None:
    first = factories.plan({("IE", "ALT", "a"): 10})
    then = factories.plan({("IE", "ALT", "a"): 12, ("GB", "ALT", "b"): 5})
    first.refresh_from_db()
    assert first.state == PlanState.SUPERSEDED
    assert (then.number, plan_in_force(then.year)) == (2, then)
    assert quota(then.year) == 17
    assert latest_plan(then.year) == then


def test_a_version_before_the_council_stands_still_until_it_is_returned() -> None:
    plan = factories.plan(released=False)
    mic = make.officer(Role.MIC)
    actions.submit_plan(plan, by=mic, at=make.NOON)
    with pytest.raises(MoveNotAllowed):
        actions.set_lines(plan, [], by=mic, at=make.NOON)
    with pytest.raises(Refused):
        actions.return_plan(plan, by=make.officer(Role.MISSION), at=make.NOON)
    actions.return_plan(plan, by=make.officer(Role.MOFA), at=make.NOON)
    assert actions.set_lines(plan, [], by=mic, at=make.NOON) == 0
    assert PlanLine.objects.filter(plan=plan).count() == 0


def test_a_stale_page_changes_nothing() -> None:
    plan = factories.plan(released=False)
    mic = make.officer(Role.MIC)
    stale = Plan.objects.get(pk=plan.pk)
    actions.set_lines(plan, [], by=mic, at=make.NOON)
    with pytest.raises(MoveNotAllowed):
        actions.set_lines(stale, [], by=mic, at=make.NOON)
    with pytest.raises(MoveNotAllowed):
        actions.submit_plan(stale, by=mic, at=make.NOON)


def test_lines_that_cannot_stand_are_refused_whole() -> None:
    plan = factories.plan({("IE", "ALT", "a"): 10}, released=False)
    mic, other = make.officer(Role.MIC), factories.year(2028)
    line = (make.country("IE"), factories.position("ALT"), factories.wave("a"))
    wrong = [
        [(*line[:2], factories.wave("a", other), 1)],
        [(*line, -1)],
        [(*line, 20_001)],
        [(*line, 1), (*line, 2)],
    ]
    for lines in wrong:
        with pytest.raises(actions.LineFault, match="IE ALT a"):
            actions.set_lines(plan, lines, by=mic, at=make.NOON)
    assert [*plan.lines.values_list("seats", flat=True)] == [10]
    with pytest.raises(Refused):
        actions.set_lines(plan, [], by=make.officer(Role.MEXT), at=make.NOON)


def test_a_mission_sets_its_own_dates_in_its_own_time() -> None:
    dublin, boston = make.mission("dublin"), make.mission("boston", "US")
    own = factories.deadline("closes", dublin)
    actions.set_deadline(
        own,
        at_local=datetime(2026, 11, 20, 17, 30),  # noqa: DTZ001 -- as the clock there shows it
        by=make.officer(Role.MISSION, dublin),
        at=make.NOON,
    )
    own.refresh_from_db()
    assert own.at == datetime(2026, 11, 20, 17, 30, tzinfo=UTC)
    assert not own.assumed
    assert Trace.objects.get(thing=own.key).deed == "set_deadline"
    with pytest.raises(Refused, match="your own mission"):
        actions.set_deadline(
            own, at_local=make.NOON, by=make.officer(Role.MISSION, boston), at=make.NOON
        )


def test_applications_do_not_close_before_they_open() -> None:
    mofa, dublin = make.officer(Role.MOFA), make.mission("dublin")
    factories.deadline("opens", dublin, datetime(2026, 9, 25, tzinfo=UTC))
    closes = factories.deadline("closes", dublin)
    with pytest.raises(actions.OutOfOrder):
        actions.set_deadline(
            closes, at_local=datetime(2026, 9, 1, tzinfo=UTC), by=mofa, at=make.NOON
        )
    actions.close_year(closes.year, by=make.officer(Role.MIC), at=make.NOON)
    with pytest.raises(MoveNotAllowed):
        actions.set_deadline(closes, at_local=make.NOON, by=mofa, at=make.NOON)


def test_five_hundred_lines_cost_as_many_queries_as_five(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    year = ProgrammeYear.objects.get(pk=factories.year().pk)
    mic = make.officer(Role.MIC)
    plan = actions.draft_plan(year, reason="Large", by=mic, at=make.NOON)
    lines = [
        (make.country(chr(65 + n // 26) + chr(65 + n % 26)), factories.position(), wave, 1)
        for n in range(125)
        for wave in Wave.objects.filter(year=year)
    ]
    with django_assert_max_num_queries(16):
        assert actions.set_lines(plan, lines, by=mic, at=make.NOON) == 500


def test_a_draft_of_the_plan_lies_with_the_last_of_those_who_plan() -> None:
    made = factories.plan({("IE", "ALT", "a"): 10}, released=False)
    planners = list(Seat.objects.filter(role=Role.MIC).order_by("pk"))
    last = planners.pop()
    for seat in planners:
        directory.close_seat(
            seat, ends_on=seat.starts_on, by=make.officer(Role.OPERATOR), at=make.NOON
        )
    (load,) = lying_with(last)
    assert (load.kind.name, [piece.key for piece in load.pieces]) == ("plans", [made.key])
    make.officer(Role.MIC, last.office)
    assert lying_with(last) == []
