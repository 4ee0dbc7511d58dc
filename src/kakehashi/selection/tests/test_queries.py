"""What readers, interviewers, desks and placement are told, and what they are not."""

import pytest

from kakehashi.directory.rules import Role
from kakehashi.directory.tests import factories as make
from kakehashi.intake.tests import factories as intake
from kakehashi.recruitment import actions as recruitment
from kakehashi.recruitment.queries import more_about
from kakehashi.selection import actions, figures, queries
from kakehashi.selection.rules import Outcome
from kakehashi.selection.tests import factories as here

pytestmark = pytest.mark.django_db
NOON = here.NOON


def test_the_copy_stays_shut_until_the_reader_knows_nobody_here() -> None:
    cast = here.cast()
    (screening,) = here.assigned(cast, *here.applied(cast))
    assert queries.blind_copy(screening) is None
    copy = queries.blind_copy(here.opened(screening))
    assert copy is not None
    assert (copy.number, copy.position) == ("27-00001", "Assistant Language Teacher")
    actions.declare_conflict(screening, by=cast.reader, at=NOON)
    assert queries.blind_copy(screening) is None


def test_the_copy_hides_a_name_within_the_text() -> None:
    cast = here.cast()
    text = "As Given1 Family1 I teach.\n\nMail given1@example.org"
    (screening,) = here.assigned(cast, *here.applied(cast, statement=text))
    copy = queries.blind_copy(here.opened(screening))
    assert copy is not None
    assert copy.statement == ["As ▇▇▇ ▇▇▇ I teach.", "Mail ▇▇▇"]


def test_the_queue_goes_on_and_begins_again_at_its_end() -> None:
    cast = here.cast()
    first, second, third = here.assigned(cast, *here.applied(cast, 3))
    assert queries.next_screening(cast.reader) == first
    assert queries.next_screening(cast.reader, after=first.pk) == second
    assert queries.next_screening(cast.reader, after=third.pk) == first
    for screening in (second, third):
        actions.declare_conflict(screening, by=cast.reader, at=NOON)
    assert queries.next_screening(cast.reader, after=first.pk) is None


def test_a_sheet_waits_until_it_is_in_or_the_result_is_proposed() -> None:
    cast, other = here.cast(), here.cast("london")
    done, waiting = here.applied(cast, 2)
    here.scored(cast, [done], 80)
    assert list(queries.to_interview(cast.interviewer, cast.year)) == [waiting]
    assert list(queries.to_interview(other.interviewer, cast.year)) == []
    actions.decide(here.round_of(cast), by=cast.officer, at=NOON)
    assert list(queries.to_interview(cast.interviewer, cast.year)) == []


def test_the_others_sheets_open_once_ones_own_is_in() -> None:
    cast = here.cast()
    second = make.officer(Role.INTERVIEWER, cast.mission)
    (application,) = here.applied(cast)
    here.scored(cast, [application], 80)
    assert [one.points for one in queries.sheets_for(cast.interviewer, application)] == [80]
    assert list(queries.sheets_for(second, application)) == []
    actions.record_interview(
        application,
        interviewer=second,
        points=60,
        japanese_level="none",
        comment="",
        held_on=here.HELD_ON,
        by=second,
        at=NOON,
    )
    assert [one.points for one in queries.sheets_for(second, application)] == [80, 60]


def test_the_dry_run_counts_against_the_plan_and_writes_nothing() -> None:
    cast = here.cast()
    intake.plan({("IE", "ALT", "a"): 1})
    here.scored(cast, here.applied(cast, 3), 50, 50, 40)
    here.applied(cast)
    (line,) = queries.proposal_for(here.round_of(cast)).lines
    assert (line.quota, line.places, line.complete, line.interviewed) == (1, 1, 4, 3)
    assert (line.shortlisted, line.alternates, line.ties, line.is_over) == (1, 1, 2, False)


def test_a_place_of_who_declined_is_free_again_for_the_other_mission() -> None:
    dublin, cork = here.cast("dublin"), here.cast("cork")
    intake.plan({("IE", "ALT", "a"): 1})
    here.scored(dublin, here.applied(dublin, 2), 90, 80)
    here.scored(cork, here.applied(cork, 1), 99)
    row = here.round_of(dublin)
    actions.decide(row, by=dublin.officer, at=NOON)
    assert sum(queries.places_of(here.round_of(cork)).values()) == 0


def test_placement_starts_from_the_shortlisted_who_have_not_said_no() -> None:
    cast = here.cast()
    row = here.released(cast, 90, 85, 80, 70, seats=2)
    first, second, third, fourth = (one.application for one in here.results(row))
    to_be_placed = [one.application.number for one in queries.to_be_placed(cast.year)]
    assert to_be_placed == [first.number, second.number]
    assert [one.application.number for one in queries.alternates(cast.year)] == [third.number]
    actions.decline(here.result_of(first), by=first.person, at=NOON)
    recruitment.withdraw(second, by=second.person, at=NOON)
    actions.accept(here.result_of(third), by=third.person, at=NOON)
    assert list(queries.to_be_placed(cast.year)) == []
    assert [one.application.number for one in queries.alternates(cast.year)] == [third.number]
    assert here.result_of(fourth).outcome == Outcome.NOT_SELECTED


def test_nobody_is_to_be_placed_before_the_release() -> None:
    cast = here.cast()
    here.decided(cast, 90, 80)
    assert list(queries.to_be_placed(cast.year)) == []
    assert list(queries.alternates(cast.year)) == []


def test_an_applicant_hears_on_their_own_page_once_they_are_told() -> None:
    cast = here.cast()
    row = here.decided(cast, 90, 80, 70)
    chosen, spare, unlucky = (one.application for one in here.results(row))
    assert more_about(chosen) == []
    here.drafted(cast, row)
    actions.release(row, count=3, by=cast.mofa, at=NOON)
    assert [more_about(one)[0].tone for one in (chosen, spare, unlucky)] == ["warn", "warn", ""]


def test_what_a_person_is_told_names_no_points() -> None:
    cast = here.cast()
    row = here.released(cast, 90, 80, 70, seats=1)
    first, second, third = (
        queries.told(here.result_of(one.application)) for one in here.results(row)
    )
    assert [(one.outcome, one.rank, one.can_reply) for one in (first, second, third)] == [
        ("shortlisted", None, True),
        ("alternate", 1, True),
        ("not_selected", None, False),
    ]
    assert not [name for name in type(first).__dataclass_fields__ if "point" in name]


def test_the_figures_count_people_and_follow_the_replies() -> None:
    cast = here.cast()
    year, key = cast.year, (make.country("IE").pk, intake.position("ALT").pk)
    row = here.released(cast, 90, 80, 70, seats=1)
    here.applied(cast, 2)
    assert (figures.interviewed(year), figures.interviewed_by(year)) == (3, {key: 3})
    assert (figures.selected(year), figures.selected_by(year)) == (1, {key: 1})
    assert (figures.undecided(year), figures.undecided_by(year)) == (2, {key: 2})
    chosen = here.result_of(here.results(row)[0].application)
    actions.decline(chosen, by=chosen.application.person, at=NOON)
    assert (figures.selected(year), figures.selected_by(year)) == (0, {})
