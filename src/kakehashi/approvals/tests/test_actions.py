from datetime import timedelta

import pytest

from kakehashi.approvals import actions, queries
from kakehashi.approvals.lifecycle import APPROVAL, State
from kakehashi.approvals.models import Approval, Stamp
from kakehashi.approvals.policy import policy
from kakehashi.approvals.tests import factories
from kakehashi.councils.tests.factories import resolution
from kakehashi.deputies import actions as deputies
from kakehashi.directory.models import Person
from kakehashi.directory.rules import OfficeKind, Rank, Role
from kakehashi.directory.tests import factories as make
from kakehashi.intake import actions as intake
from kakehashi.intake.models import Plan
from kakehashi.intake.tests import factories as years
from kakehashi.kernel.lifecycle import MoveNotAllowed
from kakehashi.kernel.open_work import lying_with
from kakehashi.kernel.policy import Refused
from kakehashi.kernel.scope import seen_by
from kakehashi.kernel.testing import assert_sound

pytestmark = pytest.mark.django_db


class Desk:
    """MIC's desk with a route for its plan, and a plan that the council has resolved about."""

    def __init__(self, way: str = "chief-head") -> None:
        self.office = factories.ministry()
        self.drafter = factories.ranked(Role.MIC, Rank.OFFICER, self.office)
        self.chief = factories.ranked(Role.MIC, Rank.CHIEF, self.office)
        self.head = factories.ranked(Role.MIC, Rank.HEAD, self.office)
        self.plan: Plan = years.plan({("IE", "ALT", "a"): 10}, released=False)
        intake.submit_plan(self.plan, by=self.drafter, at=make.NOON)
        resolution(self.plan.key)
        self.route = factories.route(self.office, Role.MIC, "plan", way)

    def release(self) -> None:
        plan = Plan.objects.get(pk=self.plan.pk)
        intake.release_plan(plan, by=self.drafter, at=make.NOON)

    def draft(self, by: Person | None = None) -> Approval:
        return actions.draft(
            self.plan.key, note="As resolved.", by=by or self.drafter, at=make.NOON
        )


def test_a_paper_moves_only_along_the_diagram() -> None:
    assert_sound(APPROVAL, policy, actions)


def test_the_plan_leaves_only_with_every_stamp_of_the_route() -> None:
    desk = Desk()
    with pytest.raises(queries.NoApproval, match="Section chief → Head of division"):
        desk.release()
    paper = desk.draft()
    with pytest.raises(queries.NoApproval):
        desk.release()
    with pytest.raises(Refused):
        actions.approve(paper, by=desk.head, at=make.NOON)
    actions.stamp(paper, by=desk.chief, at=make.NOON)
    with pytest.raises(queries.NoApproval):
        desk.release()
    actions.approve(paper, by=desk.head, at=make.NOON)
    desk.release()
    assert Plan.objects.get(pk=desk.plan.pk).state == "released"
    stamps = [(one.rank, one.given_by, one.verdict) for one in Stamp.objects.order_by("pk")]
    assert stamps == [("chief", desk.chief, "stamped"), ("head", desk.head, "stamped")]


def test_an_office_without_a_route_works_as_before() -> None:
    desk = Desk()
    actions.end_route(desk.route, by=desk.head, at=make.NOON)
    desk.release()
    with pytest.raises(actions.NothingToApprove):
        desk.draft()


def test_what_changes_after_the_approval_does_not_leave() -> None:
    desk = Desk(way="head")
    paper = factories.approved(desk.plan.key, desk.drafter, desk.head)
    desk.plan.lines.update(seats=11)
    with pytest.raises(queries.NoApproval, match="changed"):
        desk.release()
    again = desk.draft()
    paper.refresh_from_db()
    assert (paper.state, again.edition) == (State.LAPSED, 2)
    actions.approve(again, by=desk.head, at=make.NOON)
    desk.release()


def test_what_changes_on_the_way_is_stamped_no_further() -> None:
    desk = Desk()
    paper = desk.draft()
    desk.plan.lines.update(seats=11)
    with pytest.raises(MoveNotAllowed, match="changed"):
        actions.stamp(paper, by=desk.chief, at=make.NOON)


def test_a_paper_comes_back_with_a_reason_and_a_new_version_begins_anew() -> None:
    desk = Desk()
    paper = desk.draft()
    actions.stamp(paper, by=desk.chief, at=make.NOON)
    with pytest.raises(actions.NoReason):
        actions.return_paper(paper, reason=" ", by=desk.head, at=make.NOON)
    actions.return_paper(paper, reason="Ireland is missing.", by=desk.head, at=make.NOON)
    assert paper.state == State.RETURNED
    again = desk.draft()
    assert (again.edition, again.step, again.state) == (2, 1, State.CIRCULATING)
    assert list(queries.editions_of(desk.head, again)) == [paper]


def test_nobody_stamps_what_they_drafted_nor_out_of_turn_nor_for_another_desk() -> None:
    desk = Desk()
    paper = desk.draft(by=desk.chief)
    assert paper.step == 2  # a chief's own draft goes straight to the head
    other = factories.ranked(Role.MOFA, Rank.HEAD, desk.office)
    elsewhere = factories.ranked(Role.MIC, Rank.HEAD, make.office(OfficeKind.MINISTRY, "MIC-2"))
    for person in (desk.chief, desk.drafter, other, elsewhere):
        with pytest.raises(Refused):
            actions.approve(paper, by=person, at=make.NOON)
    actions.approve(paper, by=desk.head, at=make.NOON)


def test_a_withdrawn_approval_lets_nothing_leave() -> None:
    desk = Desk(way="head")
    paper = factories.approved(desk.plan.key, desk.drafter, desk.head)
    with pytest.raises(Refused):
        actions.withdraw(paper, by=desk.chief, at=make.NOON)
    actions.withdraw(paper, by=desk.drafter, at=make.NOON)
    with pytest.raises(queries.NoApproval):
        desk.release()


def test_a_deputy_stamps_in_the_heads_name_and_the_stamp_names_both() -> None:
    desk = Desk(way="head")
    paper = desk.draft()
    made = deputies.name_deputy(
        desk.head.seats.get(),
        person=desk.chief,
        starts_on=make.TODAY,
        ends_on=make.TODAY,
        by=desk.head,
        at=make.NOON,
    )
    with pytest.raises(Refused):
        actions.approve(paper, by=desk.chief, at=make.NOON)
    desk.chief.acts_from, desk.chief.in_name_of = made.acting_seat_id, desk.head.pk
    actions.approve(paper, by=desk.chief, at=make.NOON)
    stamp = Stamp.objects.get()
    assert (stamp.given_by, stamp.given_for) == (desk.chief, desk.head)


def test_a_drafter_does_not_approve_as_the_heads_deputy() -> None:
    desk = Desk(way="head")
    paper = desk.draft()
    made = deputies.name_deputy(
        desk.head.seats.get(),
        person=desk.drafter,
        starts_on=make.TODAY,
        ends_on=make.TODAY,
        by=desk.head,
        at=make.NOON,
    )
    desk.drafter.acts_from, desk.drafter.in_name_of = made.acting_seat_id, desk.head.pk
    with pytest.raises(Refused):
        actions.approve(paper, by=desk.drafter, at=make.NOON)


def test_papers_are_known_at_their_desk_and_nowhere_else() -> None:
    desk = Desk()
    paper = desk.draft()
    knowing = [desk.drafter, desk.chief, desk.head, make.officer(Role.AUDITOR)]
    others = [
        make.officer(Role.MOFA, desk.office),
        make.officer(Role.MIC, make.office(OfficeKind.MINISTRY, "MIC-2")),
        make.officer(Role.CLAIR_PLACEMENT),
        make.person(),
    ]
    assert [list(seen_by(one, Approval)) for one in knowing] == [[paper]] * 4
    assert [list(seen_by(one, Approval)) for one in others] == [[]] * 4
    assert list(queries.waiting_for(desk.chief)) == [paper]
    assert list(queries.waiting_for(desk.head)) == []


def test_a_desk_has_one_route_of_a_kind_on_a_day() -> None:
    desk = Desk()
    with pytest.raises(actions.RouteTaken):
        factories.route(desk.office, Role.MIC, "plan")
    with pytest.raises(Refused):
        actions.end_route(desk.route, by=desk.chief, at=make.NOON)
    actions.end_route(desk.route, by=desk.head, at=make.NOON + timedelta(days=3))
    with pytest.raises(actions.RouteTaken):
        factories.route(desk.office, Role.MIC, "plan")
    with pytest.raises(Refused):
        actions.set_route(
            desk.office,
            role=Role.MIC,
            kind="plan",
            way="head",
            valid_from=make.TODAY,
            by=desk.drafter,
            at=make.NOON,
        )


def test_a_paper_lies_with_the_only_one_whose_stamp_it_waits_for() -> None:
    desk = Desk()
    paper = desk.draft()
    chief, head = desk.chief.seats.get(), desk.head.seats.get()
    (load,) = lying_with(chief)
    assert (load.kind.name, [piece.key for piece in load.pieces]) == ("approvals", [paper.key])
    assert lying_with(head) == []
    second = factories.ranked(Role.MIC, Rank.CHIEF, desk.office)
    assert lying_with(chief) == []
    actions.stamp(paper, by=second, at=make.NOON)
    assert [load.kind.name for load in lying_with(head)] == ["approvals"]
