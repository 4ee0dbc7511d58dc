from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kakehashi.directory.rules import Role
from kakehashi.directory.tests import factories as directory
from kakehashi.intake.models import DayOff
from kakehashi.kernel.models import Post
from kakehashi.kernel.policy import Refused
from kakehashi.placement import actions
from kakehashi.placement.models import StepTime
from kakehashi.placement.queries import answer_by
from kakehashi.placement.queries.answering import nth_working_day
from kakehashi.placement.tests import factories as make
from kakehashi.placement.tests.pages import as_, at, read

NOON = directory.NOON  # Thursday 1 October 2026
DAYS = st.dates(date(2026, 1, 1), date(2028, 1, 1))


@given(day=DAYS, days=st.integers(0, 30), off=st.sets(DAYS, max_size=40))
def test_so_many_working_days_lie_between_being_told_and_the_last_day(
    day: date, days: int, off: set[date]
) -> None:
    last = nth_working_day(day, days, off)
    between = [day + timedelta(days=n) for n in range(1, (last - day).days + 1)]
    working = [one for one in between if one.weekday() < 5 and one not in off]
    assert len(working) == days
    assert not working or working[-1] == last


@pytest.mark.django_db
def test_the_organisation_reads_until_when_it_answers() -> None:
    actions.load_step_times(make.PACK, by="system:test", at=NOON)
    placement = make.one_told()
    organisation = placement.request.organisation
    officer = make.officer_of(organisation)
    assert answer_by(placement) == date(2026, 10, 15)
    assert "Thursday 15 October 2026" in read(officer, "placement", placement.pk)

    DayOff.objects.create(
        office=organisation,
        kind="closed",
        first_on=date(2026, 10, 5),
        last_on=date(2026, 10, 6),
        source="test",
    )
    assert answer_by(placement) == date(2026, 10, 19)
    actions.agree(placement, by=officer, at=NOON)
    assert answer_by(placement) is None


@pytest.mark.django_db
@pytest.mark.parametrize("known", [True, False])
def test_the_notice_says_in_how_many_days_and_nothing_where_no_row_holds(known: bool) -> None:  # noqa: FBT001 -- a case
    if known:
        actions.load_step_times(make.PACK, by="system:test", at=NOON)
    make.one_told()
    (letter,) = Post.objects.filter(letter="placement/placement_notice_organisation")
    assert ("within 10 working days" in letter.body) is known
    assert ("or object with a ground. When" in letter.body) is not known


@pytest.mark.django_db
def test_an_officer_changes_the_days_and_a_second_loading_keeps_them() -> None:
    actions.load_step_times(make.PACK, by="system:test", at=NOON)
    time = StepTime.objects.get(code="answer")
    clair = make.clair()
    assert at("change_step_time", time.pk) in read(clair, "rules")
    as_(clair).post(at("change_step_time", time.pk), {"working_days": "7"})
    assert (
        as_(clair).post(at("change_step_time", time.pk), {"working_days": "-1"}).status_code
        == 422
    )
    actions.load_step_times(make.PACK, by="system:test", at=NOON)
    assert StepTime.objects.get(code="answer").working_days == 7
    member = directory.officer(Role.PLACEMENT_COMMITTEE)
    assert as_(member).get(at("change_step_time", time.pk)).status_code == 403
    with pytest.raises(Refused):
        actions.change_step_time(time, working_days=1, by=member, at=NOON)
